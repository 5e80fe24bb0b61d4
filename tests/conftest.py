"""Fixtures every room uses."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and samples that lies beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    assert folder.is_dir(), "the folder shared/ must lie beside the checkout"
    return folder
