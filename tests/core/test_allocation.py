"""The allocators are set before Polars is there, and what somebody set for a computer is left alone."""

from __future__ import annotations

import os
import subprocess
import sys

_TOLD = "import os, polars; print(os.environ['_RJEM_MALLOC_CONF'])"
_ASKED = "from desktop_app.allocation import give_back_sooner; give_back_sooner(); "


def run(code: str, **environment: str) -> str:
    """What a new process prints."""
    kept = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    args = [sys.executable, "-c", code]
    return subprocess.run(args, env=kept | environment, capture_output=True, text=True, check=True).stdout


def test_polars_takes_the_setting() -> None:
    assert "background_thread:true" in run(_ASKED + _TOLD)


def test_what_somebody_set_is_kept() -> None:
    told = run(_ASKED + _TOLD, _RJEM_MALLOC_CONF="dirty_decay_ms:7")
    assert "dirty_decay_ms:7" in told
    assert "background_thread" not in told


def test_the_program_asks_before_polars_is_imported() -> None:
    assert run("import sys, desktop_app.__main__; print('polars' in sys.modules)").strip() == "False"
