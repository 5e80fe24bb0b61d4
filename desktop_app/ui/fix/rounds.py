"""The way to a colleague without the program and back: export, import, and the menu that offers both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from desktop_app.ui import tasks, theme
from desktop_app.ui.fix.export_dialog import Asked, ExportDialog
from desktop_app.ui.fix.return_dialog import ReturnDialog
from desktop_app.ui.fix.rounds_work import compared, gathered, read, written

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.rounds import Answers, Outgoing, Returned
    from desktop_app.ui.fix.desk import Desk, Outcome
    from desktop_app.ui.session import Session


class Rounds(QObject):
    """Works on the batch of the desk; a button of `make_button` goes where the page wants it."""

    def __init__(self, session: Session, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._desk, self._page = session, desk, page
        self._outcome: Outcome | None = None
        self.dialog: ExportDialog | ReturnDialog | None = None
        self._back: tuple[Bench, Returned] | None = None
        self.export_action = self._action(self.tr("Findings for a colleague…"), "Ctrl+Shift+E")
        self.import_action = self._action(self.tr("Bring back what a colleague filled in…"), "Ctrl+Shift+I")
        self.export_action.triggered.connect(self.ask_export)
        self.import_action.triggered.connect(self.ask_import)
        desk.shown.connect(self._seen)
        desk.refreshed.connect(self._seen)

    def make_button(self) -> QToolButton:
        """A button with both in its menu."""
        button = QToolButton()
        theme.set_icon(button, "person", "text", 18)
        button.setAccessibleName(self.tr("Colleague"))
        button.setToolTip(self.tr("Send findings to a colleague without Navette, and bring them back"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addActions([self.export_action, self.import_action])
        button.setMenu(menu)
        return button

    def _action(self, text: str, keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page.addAction(action)  # so that its keys work while the menu is closed
        return action

    def _seen(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def close(self) -> None:
        """The batch is put away."""
        self._outcome = None

    # out

    def ask_export(self) -> None:
        """What is to leave."""
        outcome = self._outcome
        if outcome is None or self._desk.bench is None:
            return
        selection = outcome.view.selection
        self.dialog = ExportDialog(
            self._session, len(outcome.view.positions), selection.narrowed, self._page.window()
        )
        self.dialog.asked.connect(self._choose_target)
        self.dialog.open()

    def _choose_target(self, asked: Asked) -> None:
        kinds = {
            "xlsx": self.tr("Workbooks (*.xlsx)"),
            "csv": self.tr("CSV files (*.csv)"),
            "html": self.tr("Web pages (*.html)"),
        }
        name = f"{self.tr('findings')}-{self._session.today}.{asked.form}"
        path, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Findings for a colleague"), str(Path.home() / name), kinds[asked.form]
        )
        if path:
            self.export(asked, Path(path))

    def export(self, asked: Asked, path: Path) -> None:
        """Gathers where the batch is worked on, writes where files are."""
        session, bench, outcome = self._session, self._desk.bench, self._outcome
        if bench is None or outcome is None or session.workspace is None or session.batch is None:
            return
        rows: frozenset[int] | None = None
        if asked.only_view:
            rows = frozenset(outcome.snapshot.frame["row_id"].gather(outcome.view.positions).to_list())
        job = gathered(bench, session.workspace, session.batch.id, asked, rows, session.language)

        def write(outgoing: Outgoing) -> None:
            batch = session.batch
            label = self.tr("Writing the findings")
            work = written(outgoing, asked.form, path, batch)
            tasks.run(self, work, self._written, session.fail, label=label, lane="io")

        tasks.run(self, job, write, session.fail, label=self.tr("Gathering the findings"))

    def _written(self, done: tuple[Outgoing, Path]) -> None:
        outgoing, path = done
        count = self.tr("%Ln finding(s)", "", outgoing.cases.height)
        sentence = self.tr("{name} is written: {count}.").format(name=path.name, count=count)
        if outgoing.left_out:
            left = self.tr("%Ln finding(s) about identities were left out.", "", outgoing.left_out)
            sentence = f"{sentence} {left}"
        self._session.message.emit(sentence)

    # back

    def ask_import(self) -> None:
        """Which file came back."""
        if self._desk.bench is None:
            return
        if self._session.readonly:
            self._session.message.emit(
                self.tr("This workspace is open to read only: nothing can be taken in.")
            )
            return
        path, _ = QFileDialog.getOpenFileName(
            self._page,
            self.tr("Bring back what a colleague filled in"),
            str(Path.home()),
            self.tr("Workbooks and CSV files (*.xlsx *.xls *.ods *.csv *.txt);;All files (*)"),
        )
        if path:
            self.bring_back(Path(path))

    def bring_back(self, path: Path) -> None:
        """Reads the file, holds it against the batch, and shows what it would change."""
        session, bench = self._session, self._desk.bench
        if bench is None or session.workspace is None or session.batch is None:
            return
        workspace, batch = session.workspace, session.batch.id

        def compare(answers: Answers) -> None:
            if self._desk.bench is bench:
                label = self.tr("Comparing with the batch")
                tasks.run(
                    self, compared(answers, bench, workspace, batch), self._show, session.fail, label=label
                )

        label = self.tr("Reading what came back")
        tasks.run(self, read(path, bench.contract), compare, session.fail, label=label, lane="io")

    def _show(self, returned: Returned) -> None:
        bench = self._desk.bench
        if bench is None:
            return
        if returned.empty and not returned.aside:
            self._session.message.emit(
                self.tr("Nothing in this file differs from the batch: there is nothing to take.")
            )
            return
        self.dialog = ReturnDialog(returned, bench.contract, self._session, self._page.window())
        self._back = bench, returned
        self.dialog.wanted.connect(self._take)
        self.dialog.open()

    def _take(self, theirs: Sequence[tuple[int, str]], without: Sequence[tuple[int, str]]) -> None:
        """Each step is an action of its own: logged, then shown, and undone one by one."""
        from desktop_app.core.rounds import steps

        if self._back is None or self._desk.bench is not self._back[0]:
            return
        returned, self._back = self._back[1], None
        for step in steps(returned, self._session.language, theirs=theirs, without=without):
            cells = () if step.cells is None else step.cells.rows()
            self._desk.perform(step.run, {(row, name): new for row, name, new in cells})
