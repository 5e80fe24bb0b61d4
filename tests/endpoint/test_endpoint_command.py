"""The command of the endpoint: what it says when it cannot run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desktop_app.core.transport import read_enrolment_file
from registry_endpoint.__main__ import main
from tests.exchange_parts import FINESS


def test_a_folder_without_a_registry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--folder", str(tmp_path), "--port", "0"]) == 2
    assert "--init" in capsys.readouterr().err


def test_an_enrolment_file_needs_an_address_and_a_sound_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offer = tmp_path / "offer.json"
    base = ["--folder", str(tmp_path / "registry"), "--init", "-o", str(offer)]
    assert main([*base, "--enrol-site", FINESS, "Site"]) == 2
    assert main([*base, "--url", "https://registre.example", "--enrol-site", "12", "Site"]) == 2
    assert "FINESS" in capsys.readouterr().err and not offer.exists()
    assert main([*base, "--url", "https://registre.example", "--enrol-site", FINESS, "Site"]) == 0
    assert read_enrolment_file(offer).endpoint == "https://registre.example"
    assert stat.S_IMODE(offer.stat().st_mode) == 0o600


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    assert main(["--folder", str(tmp_path), "--init"]) == 0
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*.key")}
    assert main(["--folder", str(tmp_path), "--init"]) == 0
    assert kept == {path: path.read_bytes() for path in tmp_path.rglob("*.key")} and len(kept) == 8
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
