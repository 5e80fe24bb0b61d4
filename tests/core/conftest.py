"""Fixtures of the core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.workspace import SecretStore, Workspace, open_secrets

PASSPHRASE = "quatre mots sans lien"


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> SecretStore:
    """A store under a passphrase, one a module: deriving its key is slow by design."""
    return open_secrets(tmp_path_factory.mktemp("secrets"), lambda: PASSPHRASE)


@pytest.fixture
def workspace(tmp_path: Path, secrets: SecretStore) -> Iterator[Workspace]:
    """A new workspace."""
    with Workspace.open(tmp_path / "work", secrets) as opened:
        yield opened
