"""What a screen reader of Linux is told through the accessibility bus, on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = next(
    (
        place
        for folder in ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib/x86_64-linux-gnu/at-spi2-core")
        if (place := Path(folder) / "at-spi-bus-launcher").is_file()
    ),
    None,
)
CONTROLS = ("push button", "check box", "radio button", "table", "tree", "page tab", "combo box", "text")
SYSTEM_PYTHON = Path("/usr/bin/python3")
# One bus and one screen for the window and its reader; both are gone when the script ends.
SCRIPT = """
    set -e
    Xvfb -displayfd 3 -screen 0 1400x900x24 3>"$PLACE/display" 2>/dev/null & screen=$!
    trap 'kill $window $bus $screen 2>/dev/null || true' EXIT
    for n in $(seq 100); do [ -s "$PLACE/display" ] && break; sleep 0.1; done
    export DISPLAY=":$(cat "$PLACE/display")"
    "$LAUNCHER" --launch-immediately 2>/dev/null & bus=$!
    mkfifo "$PLACE/keep"
    "$PYTHON" -m tests.ui.atspi_window <"$PLACE/keep" >"$PLACE/said" 2>"$PLACE/errors" & window=$!
    exec 4>"$PLACE/keep"
    for n in $(seq 600); do grep -q ready "$PLACE/said" && break; sleep 0.1; done
    grep -q ready "$PLACE/said" || { cat "$PLACE/errors" >&2; exit 1; }
    "$SYSTEM_PYTHON" -W ignore tests/ui/atspi_reader.py Navette >"$PLACE/tree"
"""


def lacking() -> str:
    """Why the bus cannot be asked here; empty when it can."""
    if sys.platform != "linux":
        return "AT-SPI is the accessibility bus of Linux"
    missing = [name for name in ("Xvfb", "dbus-run-session") if shutil.which(name) is None]
    if LAUNCHER is None:
        missing.append("at-spi2-core")
    if (
        not SYSTEM_PYTHON.is_file()
        or subprocess.run(
            [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"],
            capture_output=True,
            check=False,
        ).returncode
    ):
        missing.append("python3-gi and gir1.2-atspi-2.0")
    return f"not installed: {', '.join(missing)}" if missing else ""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Everything that a screen reader finds in the window."""
    if why := lacking():
        pytest.skip(why)
    place = tmp_path_factory.mktemp("atspi")
    environment = os.environ | {
        "PLACE": str(place),
        "LAUNCHER": str(LAUNCHER),
        "PYTHON": sys.executable,
        "SYSTEM_PYTHON": str(SYSTEM_PYTHON),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "0",
    }
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    command = ["dbus-run-session", "--", "bash", "-c", textwrap.dedent(SCRIPT)]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert ran.returncode == 0, ran.stderr
    yield json.loads((place / "tree").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_cell_tells_its_row_column_value_and_finding(heard: dict[str, Any]) -> None:
    table = heard["tables"]["Lignes du lot"]
    assert table["rows"] == 4 and table["columns"] == 48
    wrong = [cell for cell in table["cells"] if "COD-sexe" in cell["name"]]
    assert [cell["row_header"] for cell in wrong] == ["2", "3"]
    assert {cell["header"] for cell in wrong} == {"Sexe"}
    assert all(cell["name"].startswith("Sexe\N{NO-BREAK SPACE}: 7. Erreur") for cell in wrong)
    assert all(cell["name"] and cell["header"] and cell["row_header"] for cell in table["cells"])


@pytest.mark.slow
def test_every_control_in_sight_has_a_name(heard: dict[str, Any]) -> None:
    nodes = heard["nodes"]
    controls = [node for node in nodes if node["shown"] and node["focusable"] and node["role"] in CONTROLS]
    assert len(controls) > 20
    assert [node for node in controls if not node["name"]] == []
    assert [node for node in controls if node["role"] == "combo box" and not node["description"]] == []
