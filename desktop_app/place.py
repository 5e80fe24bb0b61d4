"""Where this installation keeps its workspace."""

from __future__ import annotations

import os
from pathlib import Path


def workspace_folder(chosen: Path | None = None) -> Path:
    """`chosen`, else `NAVETTE_WORKSPACE`, else the user's data folder of the operating system."""
    if chosen is not None:
        return chosen
    if named := os.environ.get("NAVETTE_WORKSPACE"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("Navette", appauthor=False)
