"""The bank that is graded with: everything that weighs words in the evals asks here, so that it is one."""

from __future__ import annotations

from interviewlab.questions.bank import Bank, load_bank
from interviewlab.scoring.text import Rarity
from interviewlab.settings import read_settings


def bank_used() -> Bank:
    """The bundled bank with the folders of the settings."""
    return load_bank(read_settings().bank_folders)


def bank_rarity() -> Rarity:
    """How rare words are among its model answers."""
    return Rarity(bank_used().answers)
