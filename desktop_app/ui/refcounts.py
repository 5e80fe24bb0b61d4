"""Keeps None, True and False alive where PySide6 gives their references away.

The wheels of PySide6 6.12 are built for interpreters where these are immortal (Python 3.12 and later). On 3.11
each call of theirs that returns nothing takes one reference from None that was never given, and a signal that
carries a bool does the same to it; after some ten thousand repaints the interpreter ends with "deallocating
None". A large count to begin with outlasts any day.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def keep_constants() -> None:
    """Gives the constants references to lose; nothing where they are immortal, or when it was done before."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(constant) < _PLENTY >> 1:
            ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY
