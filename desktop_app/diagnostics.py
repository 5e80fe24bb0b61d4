"""The log and the last-resort error hooks. Neither ever holds the value of a cell."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG_NAME = "navette.log"
LOG_BYTES = 1_000_000


def start(folder: Path) -> None:
    """Log warnings to `folder`/navette.log (three files of 1 MB) and name unexpected errors there."""
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(ValueFreeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


class ValueFreeFormatter(logging.Formatter):
    """Writes where an exception came from, never what it says: libraries quote cell values there."""

    def formatException(  # noqa: N802 - the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        if ei[0] is None:
            return ""
        return f"{ei[0].__name__} at {trail(ei[2])}"


def trail(tb: TracebackType | None) -> str:
    """File names and line numbers of a traceback, innermost first."""
    frames = traceback.extract_tb(tb)
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))


def _log_uncaught(kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("navette").critical("uncaught %s at %s", kind.__name__, trail(tb))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    logging.getLogger("navette").critical(
        "uncaught %s at %s", args.exc_type.__name__, trail(args.exc_traceback)
    )
