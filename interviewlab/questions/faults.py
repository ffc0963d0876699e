"""The seeded faults of an exercise as programs. They run in a process of their own, never in the candidate's."""

from __future__ import annotations

from interviewlab.types import Exercise, Fault, Submission


def right_solution(exercise: Exercise) -> Submission:
    """The Python solution of the bank, which the candidate's own tests must agree with."""
    return Submission(code=exercise.solution["python"], language="python")


def faulty_solution(exercise: Exercise, fault: Fault) -> Submission:
    """The Python solution with one fault in it."""
    return Submission(code=exercise.solution["python"].replace(fault.change, fault.into, 1), language="python")
