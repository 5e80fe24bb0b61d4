"""How the command line speaks: its language, its progress bars, its errors and exit codes."""

from __future__ import annotations

import contextlib
import locale
import os
import re
import sys
import time
from collections.abc import Iterator
from enum import IntEnum
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.progress import Progress
from desktop_app.diagnostics import trail
from validation_rules.contract import ContractError
from validation_rules.text import Language, Text, grouped, typeset

# Controls but tab and newline, and marks that turn the writing direction: a header may hold them.
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Exit(IntEnum):
    """What a script can rely on."""

    FINE = 0
    FINDINGS = 1
    COULD_NOT_RUN = 2


def language() -> Language:
    """`NAVETTE_LANG`, else the system's: English where it says so, French everywhere else."""
    named = (os.environ.get(name) for name in ("NAVETTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    # Python answers en_US for the C locale, which says nothing of the person: ask it on Windows only.
    wanted = next(filter(None, named), None) or (locale.getlocale()[0] if sys.platform == "win32" else None)
    return "en" if (wanted or "").lower().startswith("en") else "fr"


def t(fr: str, en: str) -> str:
    """The sentence in the language of this run (help texts are made when the program starts)."""
    return typeset(fr) if language() == "fr" else en


def say(text: str, stream: TextIO | None = None) -> None:
    """One line on the terminal, as it is: nothing in it is markup, and no cell steers the terminal."""
    (stream or sys.stdout).write(_STEERS.sub("\N{REPLACEMENT CHARACTER}", text) + "\n")


def number(value: int) -> str:
    """`48 210` in French (narrow no-break space), `48,210` in English."""
    return grouped(value).in_(language())


class _BarProgress:
    """A progress bar fed by the core's progress calls."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._last = 0.0

    def __call__(self, done: int, total: int | None, what: Text) -> None:
        now = time.monotonic()
        if now - self._last < 0.05 and done != total:
            return
        self._last = now
        description = what.in_(language())
        if self._task is None:
            self._task = self._bar.add_task(description, total=total)
        self._bar.update(self._task, completed=done, total=total, description=description)


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on the terminal's error stream; nothing at all in a pipe."""
    console = Console(stderr=True)
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        yield _BarProgress(bar)


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Turn what went wrong into a sentence and exit code 2; never show a value or a traceback's locals."""
    try:
        yield
    except AppError as error:
        say(error.sentence(language()), sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN) from None
    except ContractError as error:
        say(f"{error.what.in_(language())} {error.todo.in_(language())}", sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN) from None
    except BrokenPipeError:
        # The reader of the pipe (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(Exit.FINE) from None
    except (KeyboardInterrupt, Cancelled):
        say(t("Interrompu ; rien n’a été perdu.", "Interrupted; nothing was lost."), sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN) from None
    except Exception as error:  # noqa: BLE001 - the last door: a bug must not print cell values
        say(_where(error), sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN) from None


def _where(error: Exception) -> str:
    """The kind of a bug and the lines it came through: never its message, which may hold a cell's value."""
    lines = trail(error.__traceback__)
    return t(
        f"Erreur inattendue de Navette ({type(error).__name__}, {lines}). Votre fichier n’a pas été modifié. "
        "Transmettez cette ligne à l’assistance.",
        f"Unexpected error in Navette ({type(error).__name__}, {lines}). Your file was not changed. "
        "Send this line to support.",
    )
