"""Spoilt files of each format: no traceback, no hang, bounded memory, nothing written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.ugly.seeds import seeds

if sys.platform == "win32":
    pytest.skip("the reader is bounded by what POSIX offers", allow_module_level=True)

from tests.ugly.fuzz import fuzz

FORMATS = sorted(seeds())


@pytest.mark.parametrize("form", FORMATS)
def test_a_few_spoilt_files(form: str, tmp_path: Path) -> None:
    report = fuzz(form, 40, tmp_path)
    assert report.faults == []
    assert sum(report.answers.values()) == 40


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_two_thousand_spoilt_files(form: str, tmp_path: Path) -> None:
    report = fuzz(form, 2000, tmp_path)
    assert report.faults == []
    # Both must occur, or the files are spoilt too little or too much to prove anything.
    assert 0 < report.answers["rows"] < 2000
