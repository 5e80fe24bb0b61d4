"""Whatever is exported, and wherever the person says: the extract itself is never written over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.stages import SourceFile
from desktop_app.core.workspace import Workspace
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.quality import QualityPage
from desktop_app.ui.pages.send import SendPage
from tests.ui.conftest import Settle
from tests.ui.fix_parts import put_on_bench, small_batch

OWN = "Sexe\n2\n"


def confirmations(window: MainWindow, path: Path, settle: Settle) -> None:
    page = window.pages["fix"]
    assert isinstance(page, FixPage)
    page.windows._export(pl.DataFrame({"row_id": []}), path)


def source_list(window: MainWindow, path: Path, settle: Settle) -> None:
    page = window.pages["fix"]
    assert isinstance(page, FixPage)
    page.months.write_source_list(path)


def report(window: MainWindow, path: Path, settle: Settle) -> None:
    window.show_page("quality")
    settle()
    page = window.pages["quality"]
    assert isinstance(page, QualityPage)
    page.save(path)


def receipt(window: MainWindow, path: Path, settle: Settle) -> None:
    window.show_page("send")
    settle()
    page = window.pages["send"]
    assert isinstance(page, SendPage)
    page._receipt = "jws"
    page.save_receipt(path)


@pytest.mark.parametrize("write", [confirmations, source_list, report, receipt])
@pytest.mark.parametrize("ending", [".csv", ".pdf"])
def test_the_extract_stays_as_it_is(
    window: MainWindow,
    workspace: Workspace,
    tmp_path: Path,
    settle: Settle,
    write: Callable[[MainWindow, Path, Settle], None],
    ending: str,
) -> None:
    path = tmp_path / f"novembre{ending}"
    path.write_text(OWN, encoding="utf-8")
    put_on_bench(window.session, workspace, replace(small_batch(), source=SourceFile(path, "ab" * 32, 7)))
    window.show_page("fix")
    settle()
    write(window, path, settle)
    settle()
    assert path.read_text(encoding="utf-8") == OWN
    write(window, tmp_path / f"autre{ending}", settle)
    settle()
    assert (tmp_path / f"autre{ending}").stat().st_size > 0
