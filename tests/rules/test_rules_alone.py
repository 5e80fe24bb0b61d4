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


BARE = """
import sys
import validation_rules
from validation_rules import to_pandera
heavy = {"PySide6", "desktop_app", "requests", "pandas", "pandera", "duckdb", "pydantic", "sqlglot", "polars"}
print(sorted(heavy & set(sys.modules)))
"""


def test_naming_the_notebook_schema_loads_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", BARE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


TEXT_ONLY = """
import sys
import datetime
from validation_rules.contract import load_contract
from validation_rules.duckdb_sql import duckdb_sql
import validation_rules.odcs_duckdb
duckdb_sql(load_contract(), datetime.date(2026, 11, 22))
print(sorted({"duckdb", "pandas", "pandera", "PySide6"} & set(sys.modules)))
"""


def test_sql_for_duckdb_is_text_alone() -> None:
    done = subprocess.run([sys.executable, "-c", TEXT_ONLY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_rules_import_in_a_blink() -> None:
    """0.3 s of processor is the promise; the interpreter's own start is taken off."""

    def seconds(code: str) -> float:
        script = f"import time; start = time.process_time(); {code}; print(time.process_time() - start)"
        runs = [
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
            for _ in range(3)
        ]
        return min(float(run.stdout) for run in runs)

    assert seconds("import validation_rules, validation_rules.contract") < 0.3
