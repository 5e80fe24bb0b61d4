"""The demonstration in the window: the registry's side runs beside it, the hospital has already sent."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from desktop_app.demo.run import DemoFolder, Tell, registry_desk
from desktop_app.demo.site import PASSPHRASE
from validation_rules.text import Language


def run_windowed(root: Path, tell: Tell, language: Language, day: date, *, fresh: bool) -> int:
    """Open the window on the registry's sample, or where the last demonstration in `root` was left."""
    folder = DemoFolder.fresh(root) if fresh else DemoFolder.kept(root)
    samples = folder.samples()
    with folder.endpoint() as endpoint:
        desk = registry_desk(folder, samples, endpoint, day, tell)
        with desk.workspace:
            begun = bool(desk.workspace.batches.list())
        os.environ["NAVETTE_PASSPHRASE"] = PASSPHRASE
        from desktop_app.ui.app import run_window

        return run_window(
            [] if begun else [samples.registry.extract], desk.workspace.folder, language, today=day
        )
