"""``python -m evals replay``."""
def replay() -> None:
    """Later."""
