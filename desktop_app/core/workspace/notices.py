"""What a person is told once a workspace is open: something happened to it, and nothing is asked of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from validation_rules.text import Text, counted

if TYPE_CHECKING:
    from desktop_app.core.workspace.database import Database
    from desktop_app.core.workspace.recovery import Recovered
    from desktop_app.core.workspace.standing import Standing

# Less is the ordinary trembling of a clock that the network sets right.
SET_BACK = timedelta(minutes=10)
_LATEST = (
    "SELECT max(changed) FROM batch",
    "SELECT at FROM correction ORDER BY id DESC LIMIT 1",
    "SELECT max(stored) FROM receipt",
)


def put_back(recovered: Recovered, whole: bool = True, kept: bool = True) -> Text:
    """The database was damaged, and the last good state is there again.

    `whole`: as far as is known, nothing was lost; `kept`: the damaged file is still there.
    """
    aside = Text(
        f" Le fichier endommagé est gardé sous le nom {recovered.aside}.",
        f" The damaged file is kept as {recovered.aside}.",
    )
    aside = aside if kept else Text("", "")
    if recovered.whole and whole:
        return Text(
            "La base du dossier de travail était endommagée : elle a été réparée, et rien n’y "
            f"manque.{aside.fr}",
            f"The database of the workspace was damaged: it was repaired, and nothing is missing.{aside.en}",
        )
    found = counted(recovered.later, Text("action", "action"), Text("actions", "actions"))
    when = recovered.copied.astimezone()
    return Text(
        f"La base du dossier de travail était endommagée : l’état du {when:%d/%m/%Y à %H:%M} a été remis, "
        f"avec ce qui a pu être relu depuis ({found.fr} de correction). Relisez les lots ouverts ce "
        f"jour-là.{aside.fr}",
        f"The database of the workspace was damaged: its state of {when:%d/%m/%Y at %H:%M} was put back, "
        f"with what could be read of what was done since ({found.en} of correction). Look again at the "
        f"batches of that day.{aside.en}",
    )


def missing(acknowledged: Standing, here: Standing) -> Text:
    """What was said to be saved is not in the database any more, and in no copy."""
    count, when = acknowledged.actions - here.actions, Text("", "")
    if here.moment is not None:
        since = here.moment.astimezone()
        when = Text(f" après le {since:%d/%m/%Y à %H:%M}", f" after {since:%d/%m/%Y %H:%M}")
    what = Text("des changements enregistrés", "changes saved")
    if count > 0:
        one = Text("action de correction enregistrée", "correction saved")
        what = counted(count, one, Text("actions de correction enregistrées", "corrections saved"))
    return Text(
        f"Il manque {what.fr}{when.fr} : la fin de la base a été perdue ou endommagée, et n’a pas pu être "
        "relue. Relisez les derniers lots, refaites ce qui y manque, et faites vérifier le disque.",
        f"There is a loss of {what.en}{when.en}: the end of the database was lost or damaged and could not "
        "be read. Look again at the latest batches, do again what they lack, and have the disk checked.",
    )


def latest(database: Database) -> datetime | None:
    """The latest instant that this workspace knows of."""
    found = [row[0] for sql in _LATEST for row in database.read(sql) if row[0] is not None]
    return max((datetime.fromisoformat(str(at)) for at in found), default=None)


def clock(database: Database, now: datetime | None = None) -> Text | None:
    """A sentence when the clock of the computer stands before what was already saved; nothing is refused."""
    last, now = latest(database), now or datetime.now(UTC)
    if last is None or last - now < SET_BACK:
        return None
    return Text(
        f"L’horloge de cet ordinateur ({_day(now)}) retarde sur le dernier travail enregistré "
        f"({_day(last)}). "
        "Rien n’est perdu, mais les dates des corrections et des envois seront fausses : réglez l’horloge, "
        "puis "
        "rouvrez Navette.",
        f"The clock of this computer ({_day(now)}) is behind the last work saved ({_day(last)}). Nothing is "
        f"lost, "
        "but the dates of corrections and of what is sent will be wrong: set the clock, then open Navette "
        "again.",
    )


def _day(instant: datetime) -> str:
    return f"{instant.astimezone():%d/%m/%Y %H:%M}"
