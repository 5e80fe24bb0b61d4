"""Sending what waits, as `submit` and `outbox --send` do it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.speech import Exit, language, say, t
from desktop_app.core.errors import Cancelled
from desktop_app.core.saving import save_text
from validation_rules.text import Text, counted

if TYPE_CHECKING:
    from desktop_app.core.dispatch import Dispatch
    from desktop_app.core.progress import Progress
    from desktop_app.core.stages import Receipt

RECORDS = (Text("enregistrement", "record"), Text("enregistrements", "records"))
PEOPLE = (Text("personne", "person"), Text("personnes", "people"))


def send_all(dispatch: Dispatch, progress: Progress, wait: float | None, output: Path | None) -> None:
    """Send what waits and say each receipt; exit code 1 when refused, 2 when a person must act."""
    from desktop_app.core.transport import Refused

    told = progress if sys.stderr.isatty() else ToldOnce(progress)
    patient = told if wait is None else Patience(told, wait)
    try:
        while (receipt := dispatch.send_next(patient)) is not None:
            _say_sent(receipt, output)
    except Refused as refused:
        say(refused.sentence(language()), sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN if refused.credential else Exit.FINDINGS) from None
    except WaitedEnough:
        late = Text(
            "Le registre n’a pas encore répondu. Le lot reste dans la boîte d’envoi : navette outbox --send.",
            "The registry has not answered yet. The batch is in the outbox: navette outbox --send.",
        )
        say(late.in_(language()), sys.stderr)
        raise SystemExit(Exit.COULD_NOT_RUN) from None


class WaitedEnough(Cancelled):
    """The time that `--wait` gave is over."""


@dataclass
class ToldOnce:
    """Where no bar shows, one line when sending begins and one for each reason to wait."""

    progress: Progress
    said: set[Text] = field(default_factory=set)

    def __call__(self, done: int, total: int | None, what: Text) -> None:
        self.progress(done, total, what)
        if what not in self.said:
            self.said.add(what)
            say(what.in_(language()), sys.stderr)


@dataclass
class Patience:
    """A progress that stops the work once `seconds` have passed."""

    progress: Progress
    seconds: float
    began: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int | None, what: Text) -> None:
        self.progress(done, total, what)
        if time.monotonic() - self.began > self.seconds:
            raise WaitedEnough


def _say_sent(receipt: Receipt, output: Path | None) -> None:
    records, people = counted(receipt.records, *RECORDS), counted(receipt.persons, *PEOPLE)
    say(
        t(
            f"Envoyé : reçu {receipt.number}, {records.fr} de {people.fr}.",
            f"Sent: receipt {receipt.number}, {records.en} of {people.en}.",
        )
    )
    if output is not None:
        save_text(output / f"{receipt.batch_id}.receipt.json", [receipt.jws])
