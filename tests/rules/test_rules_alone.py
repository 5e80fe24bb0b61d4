"""The rules stand alone and start fast."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from validation_rules.contract import load_contract
from validation_rules.check import Checker
import datetime
Checker(load_contract(), datetime.date(2026, 11, 22))
heavy = {"PySide6", "desktop_app", "requests", "pandas", "pandera", "duckdb", "pydantic", "keyring"}
print(sorted(heavy & set(sys.modules)))
"""


def test_nothing_heavy_is_loaded_with_the_rules() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
