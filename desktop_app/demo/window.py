"""The demonstration in the window: the registry's side runs beside it, the hospital has already sent."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from desktop_app.demo.run import HOSPITAL_DESK, REGISTRY_DESK, DemoFolder, Tell, send_quietly
from desktop_app.demo.site import PASSPHRASE, DemoDesk
from validation_rules.text import Language


def run_windowed(root: Path, tell: Tell, language: Language, day: date, *, fresh: bool) -> int:
    """Open the window on the registry's sample, or where the last demonstration in `root` was left."""
    folder = DemoFolder.fresh(root) if fresh else DemoFolder.kept(root)
    samples = folder.samples()
    with folder.endpoint() as endpoint:
        hospital = DemoDesk.open(samples.hospital, folder.root / HOSPITAL_DESK, day)
        with hospital.workspace:
            send_quietly(hospital, endpoint, tell)
        desk = DemoDesk.open(samples.registry, folder.root / REGISTRY_DESK, day)
        with desk.workspace:
            desk.enrol(endpoint)
            begun = bool(desk.workspace.batches.list())
        os.environ["NAVETTE_PASSPHRASE"] = PASSPHRASE
        from desktop_app.ui.app import run_window

        return run_window(
            None if begun else samples.registry.extract, desk.workspace.folder, language, today=day
        )
