"""How long work tells where it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol

from validation_rules.text import Text


class Progress(Protocol):
    """Called by long work at least every 100 ms; raises `Cancelled` when the person wants to stop.

    `done` and `total` share any unit (bytes, rows); `total` is None while it is not known.
    """

    def __call__(self, done: int, total: int | None, what: Text) -> None: ...


def silent(done: int, total: int | None, what: Text) -> None:
    """The progress of work that nobody watches."""
