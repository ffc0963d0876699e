"""What code and speech show without a judge: sizes, complexity, own tests; pace, fillers, structure.

Facts only: nothing here gives a score, runs a process, or raises on anything a candidate can write.
"""

from interviewlab.analysis.code import code_facts
from interviewlab.analysis.delivery import delivery_facts

__all__ = ["code_facts", "delivery_facts"]
