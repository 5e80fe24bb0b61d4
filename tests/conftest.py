"""Fixtures every room uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and samples that lies beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    assert folder.is_dir(), "the folder shared/ must lie beside the checkout"
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_system_keyring() -> Iterator[None]:
    """The tests never touch the keyring of who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield
