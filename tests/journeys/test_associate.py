"""« Open with »: what the packaging registers is what the window reads, and can be taken back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from configparser import ConfigParser
from pathlib import Path

import pytest

from desktop_app.core.watched import KINDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def associate(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home / "share")}
    command = ["sh", str(PACKAGING / "associate.sh"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def entry(path: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return dict(parser["Desktop Entry"])


@pytest.mark.skipif(sys.platform != "linux", reason="desktop files are of Linux")
def test_the_program_is_offered_and_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "mes 100% « outils » $HOME"
    folder.mkdir()
    program = folder / "navette"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/told"\n')
    program.chmod(0o755)
    done = associate(tmp_path, str(program))
    assert done.returncode == 0, done.stderr
    desktop = tmp_path / "share/applications/navette.desktop"
    command = entry(desktop)["Exec"].replace("\\\\", "\\")  # the first of the two layers of the format
    opened = command.replace("%%", "%").replace("%F", "'/a b.csv' /c.csv")  # quoted as in a shell
    subprocess.run(["sh", "-c", opened], check=True, timeout=10)
    assert (tmp_path / "told").read_text().splitlines() == ["open", "/a b.csv", "/c.csv"]
    assert associate(tmp_path, "--remove").returncode == 0
    left = [path for path in (tmp_path / "share").rglob("navette*") if path.is_file()]
    assert left == []


@pytest.mark.skipif(sys.platform != "linux", reason="desktop files are of Linux")
def test_no_program_no_entry(tmp_path: Path) -> None:
    done = associate(tmp_path, str(tmp_path / "absent"))
    assert done.returncode == 2 and "There is no program" in done.stderr
    assert not (tmp_path / "share").exists()


def test_every_system_offers_it_for_the_same_kinds() -> None:
    script = (PACKAGING / "associate.ps1").read_text(encoding="utf-8")
    listed = script.partition("$kinds = ")[2].partition("$sendTo")[0]
    assert set(re.findall(r"'(\.\w+)'", listed)) == KINDS
    spec = (PACKAGING / "navette.spec").read_text(encoding="utf-8")
    bundle = re.search(r'"(csv [a-z0-9 ]+)"', spec)
    assert bundle is not None and {f".{kind}" for kind in bundle[1].split()} == KINDS


def test_the_types_that_we_name_are_asked_for() -> None:
    asked = entry(PACKAGING / "desktop/navette.desktop")["MimeType"].rstrip(";").split(";")
    assert len(asked) == len(set(asked))
    named = ElementTree.parse(PACKAGING / "desktop/navette-mime.xml").getroot()
    assert {kind.attrib["type"] for kind in named} <= set(asked)
    globs = {glob.attrib["pattern"].lstrip("*") for glob in named.iter() if glob.tag.endswith("glob")}
    assert globs <= KINDS
