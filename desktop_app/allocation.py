"""How the memory that the engine gives back returns to the system."""

from __future__ import annotations

import os

_SETTING = "_RJEM_MALLOC_CONF"  # the allocator inside Polars reads it once, when Polars is imported
# A thread of its own gives pages back soon after an action, and whole: by itself the allocator does so only
# while it is used again, and a person who looks at the screen after a large action uses nothing.
_SOONER = "background_thread:true,dirty_decay_ms:200,muzzy_decay_ms:0,narenas:4"


def give_back_sooner() -> None:
    """To be called before Polars is imported; what somebody set for this computer is left as it is."""
    os.environ.setdefault(_SETTING, _SOONER)
