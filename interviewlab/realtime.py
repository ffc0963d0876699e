"""What a process that carries calls asks of Python: that nothing holds up its event loop for long."""

from __future__ import annotations

import atexit
import gc
import sys

SWITCH_S = 0.0005
"""A thread that computes gives way to the event loop after so long. With Python's own 5 ms, two such threads made a
loop that wakes fifty times a second and sends five packets late by 0.1 to 0.3 s at the median, with this by 8 ms."""


def give_way() -> None:
    """Threads that compute (grading, phonemes, regular expressions) hold up the event loop no longer than ``SWITCH_S``
    each time that it has something to do: late packets make a browser hold all that follow back."""
    sys.setswitchinterval(SWITCH_S)


def settle() -> None:
    """Collect garbage once, and leave whatever is there out of later collections. Blocking, a fraction of a second.

    A full collection holds up every thread while it looks at each object of each module and model (0.45 s in the app);
    in the midst of a call that is heard. Called where something large has been loaded, which stays.
    """
    if not gc.get_freeze_count():
        atexit.register(gc.unfreeze)  # else libraries complain at the end of what nobody gave back
    gc.collect()
    gc.freeze()
