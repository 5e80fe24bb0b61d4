"""The panes of the fixing page, made part after part while nobody waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

if TYPE_CHECKING:
    from validation_rules.contract import Contract

Steps = Callable[["Contract"], "Iterator[QWidget | None]"]  # the last of the steps is the page itself


class Ahead:
    """What was begun for one contract; of no use for another."""

    def __init__(self, make: Steps) -> None:
        self._make = make
        self._begun: tuple[Contract, Iterator[QWidget | None]] | None = None

    def one_more(self, contract: Contract, parent: QWidget) -> bool:
        """Makes one more part; False when there is none to make."""
        if self._begun is None:
            self._begun = contract, self._make(contract)
        page = next(self._begun[1], None)
        if page is not None:
            self._begun = contract, iter((page,))
            page.setParent(parent)  # styled as a part of the window, though not shown yet
            for part in page.findChildren(QWidget):
                part.ensurePolished()
        return page is None

    def take(self, contract: Contract) -> QWidget:
        """The page for a contract, with what is still missing of it."""
        known, steps = self._begun or (None, iter(()))
        if known is not contract:
            steps = self._make(contract)
        self._begun = None
        return next(page for page in steps if page is not None)


def drop_all_but_first(stack: QStackedLayout) -> None:
    """The page of the batch before goes; the one that says what the page is for stays."""
    while stack.count() > 1:
        old = stack.widget(1)
        if old is None:
            break
        stack.removeWidget(old)
        old.deleteLater()
