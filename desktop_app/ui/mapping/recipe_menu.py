"""The recipe as a whole: its history, giving it to a colleague, taking one from a colleague."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from desktop_app.ui import theme

HISTORY, IMPORT, EXPORT, DRIFT, DRAFT, UNDO, REDO = (
    "history",
    "import",
    "export",
    "drift",
    "draft",
    "undo",
    "redo",
)


class RecipeMenu(QPushButton):
    """`asked(what)` with one of the names above."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("&Recipe"))
        self.setAccessibleName(self.tr("Recipe"))
        self.setToolTip(self.tr("History, import and export of the recipe"))
        theme.set_icon(self, "history", "text", 16)
        menu = QMenu(self)
        self.actions_of: dict[str, QAction] = {}
        for what, words, keys in (
            (UNDO, self.tr("Take the last change back"), "Ctrl+Z"),
            (REDO, self.tr("Make it again"), "Ctrl+Shift+Z"),
            ("", "", ""),
            (DRIFT, self.tr("What changed since the recipe was made…"), ""),
            (HISTORY, self.tr("History…"), "Ctrl+H"),
            (DRAFT, self.tr("Start again from the program's proposal"), ""),
            ("", "", ""),
            (IMPORT, self.tr("Import a recipe…"), ""),
            (EXPORT, self.tr("Export the recipe…"), "Ctrl+E"),
        ):
            if not what:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setData(what)
            action.setShortcut(keys)
            self.actions_of[what] = action
        menu.triggered.connect(self._ask)
        self.setMenu(menu)

    def allow(self, what: str, possible: bool) -> None:
        """Whether an entry can be chosen now."""
        self.actions_of[what].setEnabled(possible)

    def _ask(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))
