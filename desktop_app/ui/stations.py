"""The six stations of the rail: their state, their count, and why a later one is still closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.ui.session import Station

if TYPE_CHECKING:
    from desktop_app.ui.session import Session

translate = QCoreApplication.translate
KEYS = ("load", "map", "fix", "send", "feedback", "quality")


def stations(session: Session) -> list[Station]:
    """The stations in order of the flow."""
    left = session.left()
    made = [
        _load(session),
        _map(session),
        _fix(session, left),
        _send(session, left),
        _feedback(session),
        _quality(session),
    ]
    busy = session.busy
    return [replace(station, state="busy") if station.key in busy else station for station in made]


def _load(session: Session) -> Station:
    title = translate("Stations", "Load")
    read = session.extract is not None or session.reopening.unread
    return Station("load", title, "done" if read else "ready")


def _map(session: Session) -> Station:
    title = translate("Stations", "Map")
    if session.extract is None and not session.reopening.unread:
        why = translate("Stations", "Load a file first: its columns are mapped here.")
        return Station("map", title, "closed", why=why)
    if session.undecided:
        why = translate("Stations", "Say first, on the page Load, whether the day or the month comes first.")
        return Station("map", title, "closed", why=why)
    return Station("map", title, "done" if session.mapped is not None else "ready")


def _fix(session: Session, left: int) -> Station:
    title = translate("Stations", "Fix")
    if session.bench is None:
        why = translate("Stations", "Map the columns first: the findings come from the check.")
        return Station("fix", title, "closed", why=why)
    return Station("fix", title, "attention" if left else "done", left or None)


def _send(session: Session, left: int) -> Station:
    title = translate("Stations", "Send")
    if session.bench is None:
        why = translate("Stations", "Check a batch first: only a checked batch can leave.")
        return Station("send", title, "closed", why=why)
    if left:
        return Station("send", title, "closed", why=session.left_in_words())
    state = session.batch.state if session.batch is not None else "preparing"
    return Station("send", title, "done" if state in ("sent", "answered") else "ready")


def _feedback(session: Session) -> Station:
    title = translate("Stations", "Feedback")
    count = len(session.workspace.feedback.known()) if session.workspace is not None else 0
    if not count:
        why = translate("Stations", "The registry answers after a batch was sent.")
        return Station("feedback", title, "closed", why=why)
    unread = session.unread()
    return Station("feedback", title, "attention" if unread else "done", unread or None)


def _quality(session: Session) -> Station:
    title = translate("Stations", "Quality")
    if session.bench is None:
        why = translate("Stations", "The figures are drawn from a checked batch.")
        return Station("quality", title, "closed", why=why)
    return Station("quality", title, "ready")
