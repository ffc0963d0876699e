"""From answers and code to scores that show their evidence: rubric, answer grader, judge, evidence check."""
