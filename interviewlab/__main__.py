"""``python -m interviewlab`` is ``interviewlab``."""

from interviewlab.cli import main

if __name__ == "__main__":
    main()
