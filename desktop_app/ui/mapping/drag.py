"""A column of the file dragged onto a contract field, and a table that takes it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTableView, QWidget

MIME = "application/x-navette-column"


def mime_of(header: str) -> QMimeData:
    """What is dragged: the name of the column, for this window only."""
    data = QMimeData()
    data.setData(MIME, header.encode())
    return data


def header_in(data: QMimeData) -> str:
    """The column that is dragged; empty when it is something else."""
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else ""


class DropTable(QTableView):
    """`dropped(index, header)` when a column is let go over a line, which is selected meanwhile."""

    dropped = Signal(QModelIndex, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.setDragDropMode(QTableView.DragDropMode.DropOnly)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if header_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and header_in(event.mimeData()):
            self.selectRow(index.row())
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index, header = self.indexAt(event.position().toPoint()), header_in(event.mimeData())
        if index.isValid() and header:
            event.acceptProposedAction()
            self.dropped.emit(index, header)
