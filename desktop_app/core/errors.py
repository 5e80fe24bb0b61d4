"""Errors a person can act on. Bugs are ordinary exceptions; these are not bugs."""

from __future__ import annotations

import errno

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


def cannot_write(error: OSError, where: str) -> AppError:
    """The sentence for a file that could not be written: a full disk, or another reason of the system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AppError(
            "write.disk_full",
            Text(
                f"Le disque est plein : {where} n’a pas été écrit.",
                f"The disk is full: {where} was not written.",
            ),
            Text(
                "Libérez de la place, ou choisissez un autre disque.",
                "Free some space, or choose another disk.",
            ),
        )
    reason = error.strerror or type(error).__name__
    return AppError(
        "cli.cannot_write",
        Text(f"Impossible d’écrire {where} : {reason}.", f"Cannot write {where}: {reason}."),
        Text("Choisissez un dossier où vous pouvez écrire.", "Choose a folder that you can write to."),
    )


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person cancelled; raised by a progress callback inside long work and caught by its caller."""
