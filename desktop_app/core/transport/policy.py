"""What to do when sending does not go as it should: the one place where that is decided.

| what happened | what follows |
|---|---|
| the connection breaks or times out | ask the registry for its offset and go on from there, for ever |
| 401, 403 | stop: a person must see to a credential |
| 400, 404, 409, 413, 422 | stop: the registry refuses, and says why |
| 423, 429, 5xx | wait as long as the registry says, else as after a break |
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from desktop_app.core.progress import Progress
from validation_rules.text import Text

Verdict = Literal["done", "wait", "credential", "refused"]

_SLICE = 0.2
WAITING = Text("En attente du registre", "Waiting for the registry")


@dataclass(frozen=True, slots=True)
class Policy:
    """Times in seconds; `piece` in bytes. `sleep` and `chance` are there for tests to replace."""

    first: float = 1.0
    most: float = 300.0
    longest_told: float = 3600.0
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    poll: float = 1.0
    piece: int = 8 << 20
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def delay(self, attempt: int, told: float | None = None) -> float:
        """Seconds before try number `attempt` (from 1): as told, else doubling with jitter of one half."""
        if told is not None:
            return min(max(told, 0.0), self.longest_told)
        whole = min(self.most, self.first * 2.0 ** min(attempt - 1, 30))
        return whole * (0.5 + 0.5 * self.chance())

    def pause(
        self, seconds: float, progress: Progress, done: int, total: int | None, what: Text = WAITING
    ) -> None:
        """Wait, in slices short enough for `progress` to cancel; `what` says why."""
        left = seconds
        while left > 0:
            progress(done, total, what)
            self.sleep(min(_SLICE, left))
            left -= _SLICE


def judge(status: int) -> Verdict:
    """What an HTTP status means for a sender."""
    if status < 400:
        return "done"
    if status in (401, 403):
        return "credential"
    if status in (408, 423, 425, 429) or status >= 500:
        return "wait"
    return "refused"
