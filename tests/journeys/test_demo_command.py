"""`navette demo` without a window: every station tells its figures and leaves what it promises."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STATIONS = (
    "Charger", "Associer", "Vérifier", "Corriger", "Pseudonymiser", "Sceller", "Envoyer", "Retours", "Rapport"
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    environment = os.environ | {"HOME": str(folder), "NAVETTE_LANG": "fr", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "desktop_app", "demo", "--headless", "--output", str(folder / "out")]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, folder / "out"


def test_one_line_a_station(demo: tuple[str, Path]) -> None:
    told, _ = demo
    for station in STATIONS:
        assert len(re.findall(rf"^  {station}\u00a0:", told, re.MULTILINE)) == 1


def test_findings_are_corrected_before_anything_leaves(demo: tuple[str, Path]) -> None:
    told, _ = demo
    assert re.search(r"Vérifier\u00a0: [1-9]\d* erreurs, [1-9]\d* à confirmer", told)
    assert "0 constats bloquants restants" in told


def test_the_feedback_tells_of_shared_patients(demo: tuple[str, Path]) -> None:
    told, _ = demo
    found = re.search(r"known_person (\d+)", told)
    assert found is not None
    assert int(found.group(1)) >= 100


def test_what_is_left(demo: tuple[str, Path]) -> None:
    _, out = demo
    report = (out / "rapport.html").read_text(encoding="utf-8")
    assert "<svg" in report
    assert "http" not in re.sub(r"http://www\.w3\.org/\S+", "", report)
    assert (out / "lot.navette").stat().st_size > 100_000
    assert "payload" in json.loads((out / "recu.jws.json").read_text(encoding="utf-8"))
    pictures = sorted((out / "images").glob("*.png"))
    assert len(pictures) == 8
    assert all(picture.read_bytes().startswith(PNG) for picture in pictures)
    assert len({picture.read_bytes() for picture in pictures}) == 8


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    command = [sys.executable, "-m", "desktop_app", "demo", "--headless", "--output", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 2
    assert [item.name for item in tmp_path.iterdir()] == ["mine.txt"]
