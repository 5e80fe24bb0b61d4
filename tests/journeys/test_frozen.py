"""The frozen build does the whole flow on its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_folder_build_passes_its_selftest(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", str(ROOT / "packaging" / "navette.spec")]
    build += ["--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "build")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=900)
    program = tmp_path / "dist" / "navette" / "navette"
    # An empty environment: nothing of this Python, its packages or its settings.
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "NAVETTE_LANG": "en"}
    done = subprocess.run(
        [str(program), "selftest"],
        env=bare,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "selftest: OK" in done.stdout
