"""How memory that was used for a moment returns to the system. To be asked for before Polars is imported."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

SETTING = "_RJEM_MALLOC_CONF"  # read once, by the allocator inside Polars
# By itself that allocator gives pages back only while it is used again, and a person who looks at the screen
# after a large action uses nothing: here a thread of its own does it. Few arenas: what one thread has given
# back is taken again by the next, where each would otherwise keep its own.
SOONER = "background_thread:true,dirty_decay_ms:50,muzzy_decay_ms:0,narenas:4"
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # parameters of mallopt(3), see malloc.h of glibc
_LARGE = 1 << 20  # bytes


def give_back_sooner() -> None:
    """Sets both allocators; what somebody set for this computer is left as it is."""
    os.environ.setdefault(SETTING, SOONER)
    if sys.platform == "linux":
        _set_that_of_c()


def _set_that_of_c() -> None:
    """Large blocks go back as soon as they are free. By itself glibc keeps ever larger ones for later."""
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        c = ctypes.CDLL(None)
        for parameter in (_TRIM_THRESHOLD, _MMAP_THRESHOLD):
            c.mallopt(parameter, _LARGE)
