"""What a process has loaded stays until it ends: Python's collector of garbage need not look at it again and again."""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect once, and leave whatever is there out of later collections. Blocking, a fraction of a second.

    A full collection holds up every thread while it looks at each object of each module and model; in the midst of a
    call that is heard. Called where something large has been loaded.
    """
    gc.collect()
    gc.freeze()
