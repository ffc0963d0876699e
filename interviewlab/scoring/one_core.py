"""numpy kept to one core where its products are small.

The products of the grader are of some dozen words by some dozen. Shared out to the threads of a BLAS they take longer
than on one, because those threads spin while they wait, and on a busy machine ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy  # noqa: F401 - its BLAS has to be there to be found
from threadpoolctl import ThreadpoolController


@contextmanager
def on_one_core() -> Iterator[None]:
    """Inside, the BLAS of this process has one thread, and afterwards what it had.

    The first thread that asks decides for all until it leaves; what others ask meanwhile changes nothing.
    """
    with _blas().limit(limits=1, user_api="blas"):
        yield


@cache
def _blas() -> ThreadpoolController:
    """Finding the libraries takes a millisecond."""
    return ThreadpoolController().select(user_api="blas")
