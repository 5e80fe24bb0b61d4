"""How the checks tell where they are."""

from __future__ import annotations

from typing import Protocol

from validation_rules.text import Text


class Progress(Protocol):
    """Called between steps of long work; may raise to stop it. `total` is None while it is not known."""

    def __call__(self, done: int, total: int | None, what: Text) -> None: ...


def silent(done: int, total: int | None, what: Text) -> None:
    """The progress of work that nobody watches."""
