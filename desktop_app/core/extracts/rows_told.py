"""How many rows were read so far, and how many a second, beside the bytes that a progress counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from desktop_app.core.progress import Progress
from validation_rules.text import Text, grouped

if TYPE_CHECKING:
    import polars as pl

_TELL_FROM = 0.5  # seconds: a speed that was measured over less means nothing


class RowsTold:
    """A `Progress` that adds the rows to what is said; `rows` is set, or counted by `counted`."""

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress, self._clock = progress, clock
        self._begun = clock()
        self.rows = 0

    def counted(self, frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The same frames; their rows are told from then on."""
        for frame in frames:
            self.rows += frame.height
            yield frame

    def __call__(self, done: int, total: int | None, what: Text) -> None:
        spent = self._clock() - self._begun
        if self.rows and spent >= _TELL_FROM:
            what = _with_rows(what, self.rows, round(self.rows / spent))
        self._progress(done, total, what)


def _with_rows(what: Text, rows: int, speed: int) -> Text:
    count, pace = grouped(rows), grouped(speed)
    return Text(
        f"{what.fr}, {count.fr} lignes, {pace.fr} par seconde",
        f"{what.en}, {count.en} rows, {pace.en} per second",
    )
