"""The bank: questions and exercises as data, one YAML file each, validated on load.

``load_bank`` reads, ``check_bank`` reviews, the functions of ``choose`` pick what comes next.
"""

from interviewlab.questions.bank import Bank, load_bank
from interviewlab.questions.check import check_bank
from interviewlab.questions.choose import next_exercise, next_question, plan_areas

__all__ = ["Bank", "check_bank", "load_bank", "next_exercise", "next_question", "plan_areas"]
