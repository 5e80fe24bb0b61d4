"""Quality: six figures with their intervals, the charts, and the report to keep or print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import tasks, theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from desktop_app.core.reports import Chart, Report

WAIT_MS = 400


class QualityPage(QWidget):
    """Drawn again when the findings or the feedback change, and only while it is on the screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.report: Report | None = None
        self._stale = True
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.refresh)
        self._empty = EmptyState(
            "quality",
            self.tr("No figures yet"),
            self.tr("The figures of a batch appear here once its file has been loaded and checked."),
        )
        self._summary = PlainLabel()
        self.export = QPushButton(self.tr("Export as HTML…"))
        self._body = QWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.export)
        session.changed.connect(self._changed)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Quality")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr("The quality of the batch in figures and charts, beside the national median.")

    def refresh(self) -> None:
        """Counts everything again, off the UI thread."""
        from desktop_app.ui.send import work

        bench = self.session.bench
        if bench is None:
            self.report = None
            self._stack.setCurrentWidget(self._empty)
            return
        self._stale = False
        job = work.report(bench, self.session.workspace, self.session.batch)
        label = self.tr("Counting the indicators")
        self.session.under_way("quality", tasks.run(self, job, self._show, label=label, lane="io"))

    def save(self, path: Path) -> None:
        """Writes the report as one HTML page."""
        from desktop_app.ui.send import work

        if self.report is not None:
            job = work.write_report(self.report, self.session.language, path, self.session.own_files)
            tasks.run(self, job, self._saved, label=self.tr("Writing the report"), lane="io")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        filled, inner = QWidget(), QVBoxLayout()
        filled.setLayout(inner)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._head())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Figures and charts"))
        self._body.setObjectName("page")
        scroll.setWidget(self._body)
        inner.addWidget(scroll, 1)
        for widget in (self._empty, filled):
            self._stack.addWidget(widget)
        self._filled = filled
        column.addWidget(self._stack)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(24, 12, 24, 8)
        self._summary.setProperty("role", "muted")
        theme.set_icon(self.export, "export", "text", 16)
        self.export.setToolTip(
            self.tr("One page that opens anywhere and prints; it holds counts only (Ctrl+E)")
        )
        self.export.setShortcut(QKeySequence("Ctrl+E"))
        self.export.clicked.connect(self._choose)
        self._summary.setWordWrap(True)
        line.addWidget(self._summary, 1)
        line.addWidget(self.export)
        return line

    def _show(self, report: Report) -> None:
        from desktop_app.core.reports.report import tiles
        from desktop_app.ui.send.tile import Tile

        self.report = report
        session = self.session
        first, last = report.period or ("–", "–")
        said = [self.tr("%Ln record(s)", "", report.records), self.tr("%Ln person(s)", "", report.persons)]
        said.append(self.tr("years of incidence {first} to {last}").format(first=first, last=last))
        self._summary.setText(", ".join(said))
        self._clear()
        grid = self._grid()
        for place, figure in enumerate(tiles(report)):
            grid.addWidget(Tile(figure, session.language), place // 3, 2 * (place % 3), 1, 2)
        row = 2
        for place, chart in enumerate(chart for chart in report.charts if chart.items):
            wide = chart.kind == "stack"
            grid.addWidget(
                self._framed(chart), row + place // 2, 0 if wide else 3 * (place % 2), 1, 6 if wide else 3
            )
        grid.setRowStretch(grid.rowCount(), 1)
        self._stack.setCurrentWidget(self._filled)

    def _grid(self) -> QGridLayout:
        grid = self._body.layout()
        if not isinstance(grid, QGridLayout):
            grid = QGridLayout(self._body)
            grid.setContentsMargins(24, 4, 24, 24)
            grid.setSpacing(12)
            for column in range(6):
                grid.setColumnStretch(column, 1)
                grid.setColumnMinimumWidth(column, 1)
        return grid

    def _clear(self) -> None:
        layout = self._body.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _framed(self, chart: Chart) -> QWidget:
        from desktop_app.ui.send.chart_view import ChartView

        frame, column = QWidget(), QVBoxLayout()
        frame.setLayout(column)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(2)
        head, note = (
            PlainLabel(chart.title.in_(self.session.language)),
            PlainLabel(chart.note.in_(self.session.language)),
        )
        head.setProperty("role", "section")
        note.setProperty("role", "small")
        for widget in (head, note):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(ChartView(chart, self.session.language))
        column.addStretch(1)
        return frame

    def _choose(self) -> None:
        word = self.tr("quality-report")
        name = f"{word}-{self.session.today}.html"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the report"), str(Path.home() / name), self.tr("Web pages (*.html)")
        )
        if chosen:
            self.save(Path(chosen))

    def _saved(self, path: Path) -> None:
        self.session.message.emit(self.tr("The report is written: {name}").format(name=path.name))

    def _changed(self, change: str) -> None:
        if change in ("findings", "feedback", "batch"):
            self._stale = True
            if self.isVisible():
                self._wait.start()
