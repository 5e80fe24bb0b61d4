"""Parts of one check side by side: the engine leaves a core idle between two of its calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar, cast

_AT_ONCE = 2

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class StoppedError(Exception):
    """The work that this was a part of has failed or was called off."""


class Beside:
    """Two workers while the context lasts; without them, when the work is `worth` none, all is done in place.

    What a worker raises is raised where its result is asked for.
    """

    def __init__(self, worth: bool) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE) if worth else None
        self._lock = Lock()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._stopped = error is not None
            self._pool.shutdown(cancel_futures=True)

    def in_turn(self, tick: Callable[[], None]) -> Callable[[], None]:
        """`tick` for workers to call: one at a time, and no more once the work has ended with an error, so
        that a cancel need not wait for the other worker."""

        def called() -> None:
            with self._lock:
                if self._stopped:
                    raise StoppedError
                tick()

        return called

    def start(self, make: Callable[[], _Made]) -> Callable[[], _Made]:
        """Begins; the answer waits for the result."""
        if self._pool is None:
            return make
        return self._pool.submit(make).result

    def each(self, make: Callable[[_Given], _Made], of: Iterable[_Given]) -> Iterator[_Made]:
        """What each gives, in their order."""
        return map(make, of) if self._pool is None else self._pool.map(make, of)


def ahead(made: Iterator[_Made]) -> Iterator[_Made]:
    """The same things in the same order; the next one is made while the caller works on the last.

    Two at most are there at a time. Closing the iterator waits for the one in the making.
    """
    end = object()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, made, end)
        while (one := coming.result()) is not end:
            coming = pool.submit(next, made, end)
            yield cast(_Made, one)
