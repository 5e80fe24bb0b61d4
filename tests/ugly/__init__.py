"""A collection of ugly files, made anew each time. `python -m tests.ugly FOLDER` writes them all."""

from __future__ import annotations

from tests.ugly.archives import archives
from tests.ugly.case import Ugly
from tests.ugly.other_books import other_books
from tests.ugly.texts import texts
from tests.ugly.workbooks import workbooks


def collection() -> list[Ugly]:
    """Every file of the collection; names are unique."""
    return [*texts(), *workbooks(), *other_books(), *archives()]
