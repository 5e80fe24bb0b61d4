"""Quality shows six figures and the charts of the batch, and exports what it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.quality import QualityPage
from desktop_app.ui.send.chart_view import ChartView
from desktop_app.ui.send.tile import Tile
from desktop_app.ui.session import Session
from tests.ui.send_parts import load

Settle = Callable[[], None]


def page(window: MainWindow, settle: Settle) -> QualityPage:
    window.show_page("quality")
    settle()
    return cast(QualityPage, window.pages["quality"])


def test_without_a_batch_there_are_no_figures(window: MainWindow, settle: Settle) -> None:
    assert page(window, settle).report is None


def test_six_tiles_and_the_charts(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path
) -> None:
    load(session, tmp_path)
    shown = page(window, settle)
    tiles = [tile.accessibleName() for tile in shown.findChildren(Tile)]
    assert len(tiles) == 6
    assert tiles[0].startswith("Vérification microscopique, 100,0")
    charts = shown.findChildren(ChartView)
    assert len(charts) >= 6
    assert all(chart.accessibleDescription() and chart.renderer.isValid() for chart in charts)


def test_it_counts_again_after_a_change(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path
) -> None:
    load(session, tmp_path)
    assert page(window, settle).report is not None
    load(session, tmp_path, base_diagnostic="9")
    shown = page(window, settle)
    shown.refresh()
    settle()
    assert shown.report is not None
    assert shown.report.figure("MV").numerator == 11


def test_the_report_is_written(window: MainWindow, session: Session, settle: Settle, tmp_path: Path) -> None:
    load(session, tmp_path)
    page(window, settle).save(tmp_path / "report.html")
    settle()
    written = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert written.startswith("<!doctype html>")
    assert "Zyxwv" not in written
