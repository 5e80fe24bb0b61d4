"""A batch opened again without its file: the pages that show the file have it read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core import kept
from desktop_app.demo.large import write_large
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle, read_and_check


@pytest.mark.parametrize("page", ["map", "load"])
def test_the_file_is_read_once_a_page_shows_it(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
) -> None:
    monkeypatch.setattr(kept, "FEWEST_ROWS", 1)
    path = tmp_path / "a.csv"
    write_large(path, 30, wrong=0.5)
    session.open_file(path)
    settle()
    read_and_check(session, settle)
    assert session.batch is not None and session.bench is not None
    batch, before = session.batch.id, session.bench.findings
    session.new_batch()
    session.open_batch(batch)
    settle()
    assert session.extract is None and session.bench is not None
    assert session.bench.findings.equals(before)
    told = {station.key: station.state for station in session.stations()}
    assert (told["load"], told["map"]) == ("done", "done")
    window.go(page)
    settle()
    assert session.extract is not None and session.extract.frame.height == 30
    assert session.bench is not None and session.recipe is not None
