"""Where this installation keeps its workspace, and whether a window can be seen there."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def workspace_folder(chosen: Path | None = None) -> Path:
    """`chosen`, else `NAVETTE_WORKSPACE`, else the user's data folder of the operating system."""
    if chosen is not None:
        return chosen
    if named := os.environ.get("NAVETTE_WORKSPACE"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("Navette", appauthor=False)


def has_display() -> bool:
    """Whether a window can open: a screen, or a Qt platform that the person chose."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
