"""Errors a person can act on. Bugs are ordinary exceptions; these are not bugs."""

from __future__ import annotations

from validation_rules.text import Language, Text


class AppError(Exception):
    """What happened and what to do next, in both languages, under a stable code.

    `what` and `todo` never hold the value of an identity field: both may reach a log or a terminal.
    """

    def __init__(self, code: str, what: Text, todo: Text) -> None:
        super().__init__(f"{code}: {what.en}")
        self.code = code
        self.what = what
        self.todo = todo

    def sentence(self, language: Language) -> str:
        """What happened, then what to do, ready for a person."""
        return f"{self.what.in_(language)} {self.todo.in_(language)}"


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person cancelled; raised by a progress callback inside long work and caught by its caller."""
