"""Makes the page of a key; a page is imported when it is first shown, so that the window comes first.

Spelled out one by one, so that a frozen build and the type checker see every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop_app.ui.session import Session


def _batches(session: Session) -> QWidget:
    from desktop_app.ui.pages.batches import BatchesPage

    return BatchesPage(session)


def _load(session: Session) -> QWidget:
    from desktop_app.ui.pages.load import LoadPage

    return LoadPage(session)


def _map(session: Session) -> QWidget:
    from desktop_app.ui.pages.map import MapPage

    return MapPage(session)


def _map_in_parts(session: Session) -> Iterator[QWidget | None]:
    from desktop_app.ui.mapping.columns import ColumnsPane
    from desktop_app.ui.mapping.fields import FieldsPane
    from desktop_app.ui.mapping.panel import FieldPanel
    from desktop_app.ui.mapping.workbench import Workbench
    from desktop_app.ui.pages.map import MapPage

    fields = FieldsPane(session)
    yield None
    panel = FieldPanel(session)
    yield None
    columns = ColumnsPane(session)
    yield None
    bench = Workbench(session, (fields, panel, columns))
    yield None
    yield MapPage(session, bench)


def _fix(session: Session) -> QWidget:
    from desktop_app.ui.pages.fix import FixPage

    return FixPage(session)


def _send(session: Session) -> QWidget:
    from desktop_app.ui.pages.send import SendPage

    return SendPage(session)


def _feedback(session: Session) -> QWidget:
    from desktop_app.ui.pages.feedback import FeedbackPage

    return FeedbackPage(session)


def _quality(session: Session) -> QWidget:
    from desktop_app.ui.pages.quality import QualityPage

    return QualityPage(session)


def _settings(session: Session) -> QWidget:
    from desktop_app.ui.pages.settings import SettingsPage

    return SettingsPage(session)


MAKERS: dict[str, Callable[[Session], QWidget]] = {
    "batches": _batches,
    "load": _load,
    "map": _map,
    "fix": _fix,
    "send": _send,
    "feedback": _feedback,
    "quality": _quality,
    "settings": _settings,
}
_IN_PARTS: dict[str, Callable[[Session], Iterator[QWidget | None]]] = {"map": _map_in_parts}


def in_parts(key: str, session: Session) -> Iterator[QWidget | None]:
    """Makes the page of a key part after part, as far as it has parts; the page itself comes last."""
    if key in _IN_PARTS:
        yield from _IN_PARTS[key](session)
    else:
        yield MAKERS[key](session)
