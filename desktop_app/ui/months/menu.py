"""The months before, from the page Fix: a button with its menu, and the dialogs that it opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from desktop_app.ui import tasks, theme
from desktop_app.ui.months import work
from desktop_app.ui.months.carried_dialog import CarriedDialog
from desktop_app.ui.months.comparison_dialog import ComparisonDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.core.bench import Bench
    from desktop_app.core.errors import AppError
    from desktop_app.ui.fix.desk import Desk
    from desktop_app.ui.session import Session


class Months(QObject):
    """What one month leaves to the next; `button` is for the toolbar. Dialogs belong to `page`."""

    def __init__(self, session: Session, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._desk, self._page = session, desk, page
        self._review: work.Review | None = None
        self._carried: CarriedDialog | None = None
        self._compared: ComparisonDialog | None = None
        self._earlier: str | None = None
        desk.shown.connect(self.after_check)

    def make_button(self) -> QToolButton:
        """A new button with the menu of this batch and the ones before it."""
        button = QToolButton()
        name = self.tr("From one month to the next")
        theme.set_icon(button, "history", "text", 18)
        button.setAccessibleName(name)
        button.setToolTip(
            self.tr("Corrections of earlier batches, what the source has to put right, comparison")
        )
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(self.tr("Corrections of earlier batches…"), self.show_carried)
        menu.addAction(self.tr("Compare with an earlier batch…"), self.show_comparison)
        menu.addAction(self.tr("To correct in the source system: make the list…"), self.ask_source_list)
        button.setMenu(menu)
        return button

    def after_check(self) -> None:
        """Once after a check: what earlier batches left is told, if they left anything."""
        if self._session.fresh_check:
            self._session.fresh_check = False
            self._look(self._tell_news)

    def close(self) -> None:
        """The batch is put away: what was said of it must not be done to another."""
        self._close_carried()
        self._close_compared()
        self._review = None

    def show_carried(self) -> None:
        """What became of the corrections of earlier batches."""
        self._look(self._open_carried)

    def show_comparison(self) -> None:
        """The batch beside the one before it."""
        bench = self._desk.bench
        if bench is None:
            return
        self._close_compared()
        dialog = ComparisonDialog(bench.contract, self._session.language, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.batch_wanted.connect(self._compare_with)
        dialog.file_wanted.connect(self._ask_file)
        dialog.row_wanted.connect(self._show_rows)
        dialog.save_wanted.connect(self._ask_comparison_file)
        self._compared, self._earlier = dialog, None
        dialog.finished.connect(self._comparison_closed)
        self._compare()
        dialog.show()

    def ask_source_list(self) -> None:
        """Asks where the list for the source system goes, and writes it."""
        bench = self._desk.bench
        if bench is not None:
            name = self.tr("to-correct-in-the-source")
            if path := self._asked(self.tr("List for the source system"), name, page=True):
                self.write_source_list(path)

    def write_source_list(self, path: Path) -> None:
        """Writes what is still wrong in the source system."""
        bench = self._desk.bench
        if bench is not None:
            job = work.write_source_list(bench, path, self._session.language, True, self._session.own_files)
            tasks.run(self, job, self._written, label=self.tr("Writing the list"), lane="io")

    # corrections of earlier batches

    def _look(self, done: Callable[[work.Review], None]) -> None:
        workspace, batch, bench = self._session.workspace, self._session.batch, self._desk.bench
        if workspace is None or batch is None or bench is None:
            return

        def tell(review: work.Review) -> None:
            if self._desk.bench is bench:
                done(review)

        job = work.review(workspace, batch.id, bench, self._session.language)
        label = self.tr("Looking at the corrections of earlier batches")
        tasks.run(self, job, tell, label=label)

    def _tell_news(self, review: work.Review) -> None:
        if review.news:
            self._open_carried(review)

    def _open_carried(self, review: work.Review) -> None:
        bench = self._desk.bench
        if bench is None:
            return
        self._close_carried()
        self._review = review
        dialog = CarriedDialog(bench.contract, self._session.language, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_review(review, self._session.readonly)
        dialog.row_wanted.connect(self._show_rows)
        dialog.undo_wanted.connect(self._put_back)
        dialog.wanted.connect(self._take_ours)
        dialog.save_wanted.connect(self._ask_carried_file)
        dialog.finished.connect(self._carried_closed)
        self._carried = dialog
        dialog.show()

    def _put_back(self) -> None:
        """As one action: undone while it is the last step, else each cell back to the source's value."""
        review, bench = self._review, self._desk.bench
        if review is None or bench is None:
            return
        if self._is_last(bench):
            self._desk.undo()
        else:
            self._desk.discard(review.applied.rows())
        self._close_carried()

    def _is_last(self, bench: Bench) -> bool:
        done = bench.history.done
        return bool(done) and done[-1].kind == "carry"

    def _take_ours(self, cells: list[tuple[int, str, str | None]]) -> None:
        self._desk.edit(cells)
        self._close_carried()

    def _close_carried(self) -> None:
        if self._carried is not None:
            self._carried.close()
        self._carried = None

    def _carried_closed(self) -> None:
        self._carried = None

    def _ask_carried_file(self) -> None:
        bench, review = self._desk.bench, self._review
        path = self._asked(self.tr("Corrections of earlier batches"), self.tr("carried-over"), page=False)
        if path and bench is not None and review is not None:
            language, own = self._session.language, self._session.own_files
            job = work.write_carried(bench, review.carried, path, language, own)
            tasks.run(self, job, self._written, label=self.tr("Writing the list"), lane="io")

    # comparison

    def _compare(self, file: Path | None = None) -> None:
        workspace, batch, bench = self._session.workspace, self._session.batch, self._desk.bench
        if workspace is None or batch is None or bench is None or self._compared is None:
            return
        self._compared.wait()
        dialog = self._compared

        def show(beside: work.Beside) -> None:
            if self._compared is dialog:  # else it is closed, or another batch is at hand
                self._compared_with(beside)

        job = work.compare(workspace, batch.id, bench, self._session.language, self._earlier, file)
        tasks.run(self, job, show, self._not_compared, label=self.tr("Comparing"), lane="io")

    def _compare_with(self, batch_id: str) -> None:
        self._earlier = batch_id
        self._compare()

    def _compared_with(self, beside: work.Beside) -> None:
        if self._compared is not None:
            self._earlier = beside.before.id
            self._compared.offer_batches([(row.id, row.name) for row in beside.others], beside.before.id)
            self._compared.show_comparison(beside)

    def _not_compared(self, error: AppError) -> None:
        if self._compared is not None:
            self._compared.show_error(error)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._compared, self.tr("The file of the earlier batch"))
        if chosen:
            self._compare(Path(chosen))

    def _ask_comparison_file(self) -> None:
        beside = self._compared.beside if self._compared is not None else None
        path = self._asked(self.tr("Comparison of two batches"), self.tr("comparison"), page=True)
        if path and beside is not None:
            job = work.write_comparison(beside, path, self._session.language, self._session.own_files)
            tasks.run(self, job, self._written, label=self.tr("Writing the list"), lane="io")

    def _close_compared(self) -> None:
        if self._compared is not None:
            self._compared.close()
        self._compared = None

    def _comparison_closed(self) -> None:
        self._compared = None

    # both

    def _show_rows(self, rows: list[int]) -> None:
        if self._session.batch is not None and rows:
            self._session.show_rows(rows, self._session.batch.id)

    def _asked(self, title: str, name: str, page: bool) -> Path | None:
        kinds = {".csv": self.tr("Tables (*.csv)")}
        if page:
            kinds = {".pdf": self.tr("PDF (*.pdf)"), ".html": self.tr("Pages to print (*.html)"), **kinds}
        start = str(Path.home() / f"{name}-{self._session.today}{next(iter(kinds))}")
        chosen, kind = QFileDialog.getSaveFileName(self._page, title, start, ";;".join(kinds.values()))
        if not chosen:
            return None
        path = Path(chosen)
        ending = next((ending for ending, words in kinds.items() if words == kind), next(iter(kinds)))
        return path if path.suffix.lower() in kinds else path.with_name(path.name + ending)

    def _written(self, path: Path) -> None:
        self._session.message.emit(
            self.tr("The list is written: {name}. It names patients: keep it safe.").format(name=path.name)
        )
