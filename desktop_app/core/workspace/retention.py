"""Retention: what identifies patients in batches long done is destroyed; that they were sent is kept.

After a purge nothing here says who a record was about: no value before or after a correction, no note,
no line of the reverse table, no name of a source file, no answer of the registry on a record. Kept are the
batch, its receipts and its place in the chain, who corrected and when, and the confirmations as hashes, so
that what was confirmed once is not asked again. Copies made elsewhere (backups) are not reached from here.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace.files import cannot_write
from desktop_app.core.workspace.lock import os_user
from desktop_app.core.workspace.recovery import ASIDE
from desktop_app.core.workspace.small_stores import now
from validation_rules.text import Text, counted

if TYPE_CHECKING:
    from desktop_app.core.workspace.batch_store import BatchRow
    from desktop_app.core.workspace.workspace import Workspace

MONTHS, DEFAULT_MONTHS = "retention_months", 24  # 0: identities are kept until a person purges them
UNFINISHED = "purge_unfinished"
OUTBOX_FOLDER = "outbox"
# A batch on its way needs its reverse table and its sealed file.
_UNDER_WAY = ("waiting", "sending")
# What each table holds, so that a new one cannot be forgotten: `identities` is what `_blank` sees to.
HOLDS: dict[str, Literal["identities", "nothing of a patient"]] = {
    "batch": "identities",  # the name of the source file, in its recipe too
    "correction": "identities",
    "reverse": "identities",
    "record_state_sealed": "identities",
    "feedback": "identities",
    "setting": "identities",  # the files last opened, those seen in the watched folder
    "outbox": "nothing of a patient",
    "record_state": "nothing of a patient",  # what the registry holds, by pseudonym
    "receipt": "nothing of a patient",
    "chain": "nothing of a patient",
    "recipe": "identities",  # in those of earlier versions, the name of the file it was made for
    "recipe_version": "identities",
    "purge": "nothing of a patient",
}
_RECIPES = ("recipe", "recipe_version")
# What a purge leaves none of, by batch.
_OF_PURGED = "batch_id IN (SELECT batch_id FROM purge)"
_LEFT = (
    "SELECT id FROM batch WHERE id IN (SELECT batch_id FROM purge) "
    "AND (source_path <> '' OR options <> 'null')",
    f"SELECT DISTINCT batch_id FROM correction WHERE {_OF_PURGED} AND (note <> '' OR (why <> '' AND "
    "kind <> 'confirm') OR (payload IS NOT NULL AND kind NOT IN ('confirm', 'revoke')))",
    "SELECT batch_id FROM reverse",
    "SELECT batch_id FROM record_state_sealed",
)
_PURGING = Text("Effacement des identités", "Destroying the identities")


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did: batches blanked, sealed files and put-aside databases removed."""

    batches: int
    files: int


def months_kept(workspace: Workspace) -> int:
    """The setting of the site: months after which identities are due; 0 for never."""
    return max(0, workspace.settings.get(MONTHS, DEFAULT_MONTHS))


def due(workspace: Workspace, months: int, day: datetime | None = None) -> list[BatchRow]:
    """Batches nothing was done to for `months` months, oldest first; none that is on its way or purged.

    A batch is no older than one that was made before it: its date is then that of a clock set back.
    """
    if months <= 0:
        return []
    day = day or datetime.now(UTC)
    limit = _months_before(day, months)
    acted = workspace.database.read("SELECT batch_id, max(at) FROM correction GROUP BY batch_id")
    last = {str(batch): at for batch, at in acted}
    gone, found, made = purged(workspace), [], _instant(None)
    for row in reversed(workspace.batches.list()):
        if made < row.created <= day:  # one of the future says nothing of those after it
            made = row.created
        acted_on = max(row.changed, row.created, made, _instant(last.get(row.id)))
        if row.state not in _UNDER_WAY and row.id not in gone and acted_on < limit:
            found.append(row)
    return found


def purged(workspace: Workspace) -> dict[str, datetime]:
    """Batch id -> when its identities were destroyed."""
    rows = workspace.database.read("SELECT batch_id, at FROM purge")
    return {str(batch): datetime.fromisoformat(str(at)) for batch, at in rows}


def purge(workspace: Workspace, batch_ids: Iterable[str], progress: Progress = silent) -> Purged:
    """Destroy the identities of these batches for good: in the database, its copies, and the outbox.

    It is all or nothing in the database; what follows (files, copies) is done again at the next opening when
    it was cut. Raises KeyError for an unknown batch, AppError `retention.under_way` for one on its way.
    """
    wanted = [workspace.batches.get(batch_id) for batch_id in batch_ids]
    for row in wanted:
        if row.state in _UNDER_WAY:
            raise _under_way(row.name)
    with workspace.database.write() as run:
        for number, row in enumerate(wanted):
            progress(number, len(wanted), _PURGING)
            run("INSERT OR IGNORE INTO purge VALUES (?, ?, ?, ?)",
                (row.id, now(), os_user(), workspace.person()))  # fmt: skip
            _blank(workspace, row, run)
        workspace.settings.put(UNFINISHED, True)
    return Purged(len(wanted), finish(workspace, progress))


def finish(workspace: Workspace, progress: Progress = silent) -> int:
    """What follows a purge: no byte is left in free pages, the WAL, sealed files, copies. Files removed."""
    removed = sum(map(_remove, _files(workspace)))
    for batch_id in purged(workspace):
        workspace.kept.drop(batch_id)
    workspace.database.rewrite()
    workspace.keep_copy(progress, anew=True)
    workspace.settings.put(UNFINISHED, False)
    return removed


def finish_if_cut(workspace: Workspace) -> None:
    """At an opening: a purge that was cut is finished, and one that a copy had undone is done again.

    A recovery brings lines back one by one: any part of a purged batch may be there again, or the note that
    it was purged be missing while its lines are blank.
    """
    with workspace.database.write() as run:
        run("INSERT OR IGNORE INTO purge SELECT id, ?, ?, '' FROM batch WHERE source_path = ''",
            (now(), os_user()))  # fmt: skip
        left = _with_something_left(workspace)
        for row in left:
            _blank(workspace, row, run)
        if left:
            workspace.settings.put(UNFINISHED, True)
        if workspace.recovered and purged(workspace):
            _forget_all_but_kept(workspace)
    if workspace.settings.get(UNFINISHED, False):
        try:
            finish(workspace)
        except AppError as error:
            if error.code != "workspace.busy":  # someone reads it or its copy: the next opening will do
                raise


def _with_something_left(workspace: Workspace) -> list[BatchRow]:
    """The purged batches of which something is there that a purge destroys."""
    gone = purged(workspace)
    if not gone:
        return []
    found = {str(row[0]) for sql in _LEFT for row in workspace.database.read(sql)}
    named = any(_unnamed(text) != text for table in _RECIPES for _, text in _recipes(workspace, table))
    return [
        row
        for row in workspace.batches.list()
        if row.id in gone
        and (
            named
            or _sealed(row) & found
            or _unnamed(row.recipe_json) != row.recipe_json
            or any(_bare(text) != text for batch in _sealed(row) for _, text in _answers(workspace, batch))
        )
    ]


def in_words(result: Purged) -> Text:
    """What a purge did, as a sentence."""
    lots = counted(
        result.batches,
        Text("lot purgé", "batch purged"),
        Text("lots purgés", "batches purged"),
    )
    return Text(
        f"{lots.fr} : leurs identités ont été détruites sur ce poste, les reçus sont conservés. Détruisez "
        "aussi les sauvegardes faites avant ce jour.",
        f"{lots.en}: their identities were destroyed on this computer, the receipts are kept. Destroy the "
        "backups made before today too.",
    )


def _blank(workspace: Workspace, row: BatchRow, run: Callable[..., object]) -> None:
    """Everything of HOLDS that says who the records of a batch are about."""
    batches = workspace.batches.list()
    sealed = _sealed(row)
    known = {one for other in batches for one in _sealed(other)}
    kept = [str(batch) for (batch,) in workspace.database.read("SELECT batch_id FROM reverse")]
    # What a person wrote may name a patient. A confirmation's `why` is a code of a list, and tells the next
    # month why a finding holds; its payload, like a revocation's, is made of hashes.
    run("UPDATE correction SET note = '' WHERE batch_id = ?", (row.id,))
    run("UPDATE correction SET why = '' WHERE batch_id = ? AND kind <> 'confirm'", (row.id,))
    run("UPDATE correction SET payload = NULL WHERE batch_id = ? AND kind NOT IN ('confirm', 'revoke')",
        (row.id,))  # fmt: skip
    for batch in sealed | {batch for batch in kept if batch not in known}:  # those that were refused, too
        run("DELETE FROM reverse WHERE batch_id = ?", (batch,))
        run("DELETE FROM record_state_sealed WHERE batch_id = ?", (batch,))
    for batch in sealed:
        _blank_feedback(workspace, batch, run)
    gone = purged(workspace)
    _forget(workspace, _files_of(row).difference(*(_files_of(one) for one in batches if one.id not in gone)))
    # A batch without a name of its own bears that of its file, which may be a person's.
    named = row.source_path.name and row.source_path.stem in row.name
    name = f"{row.created:%Y-%m-%d}" if named else row.name
    run("UPDATE batch SET source_path = '', options = 'null', name = ?, recipe = ? WHERE id = ?",
        (name, _unnamed(row.recipe_json), row.id))  # fmt: skip
    for table in _RECIPES:
        for place, text in _recipes(workspace, table):
            if _unnamed(text) != text:
                run(f"UPDATE {table} SET recipe = ? WHERE rowid = ?", (_unnamed(text), place))


def _sealed(row: BatchRow) -> set[str]:
    """The ids under which something of a batch is kept: its own, and that of what was sealed of it."""
    return {row.id, str(row.detail.get("sealed_id", row.id))}


def _recipes(workspace: Workspace, table: str) -> list[tuple[int, str]]:
    """(rowid, recipe) of every line that may name a file."""
    rows = workspace.database.read(f"SELECT rowid, recipe FROM {table} WHERE recipe LIKE '%\"file\"%'")
    return [(int(str(place)), str(text)) for place, text in rows]


def _unnamed(recipe_json: str) -> str:
    """A recipe without the name of the file it was made for, else as it was written."""
    held = json.loads(recipe_json)
    if not isinstance(held, dict) or "file" not in held:
        return recipe_json
    return json.dumps({key: held[key] for key in held if key != "file"}, ensure_ascii=False, indent=1) + "\n"


def _files_of(row: BatchRow) -> set[str]:
    """Names of the files that a batch was read from; many exports bear the same one each month."""
    if row.options is None:
        return {row.source_path.name}
    beside = (row.options.companion, row.options.identities)
    return {
        row.source_path.name,
        *(part.name for part in row.options.parts),
        *(Path(name).name for name in beside if name),
    }


def _forget(workspace: Workspace, names: set[str]) -> None:
    """No setting names these files any more. One that still lies in the watched folder is proposed again."""
    from desktop_app.core.watched import KNOWN, known

    recent: list[str | list[str]] = workspace.settings.get("recent_files", [])
    workspace.settings.put("recent_files", [entry for entry in recent if not names & _names(entry)])
    seen = {name: facts for name, facts in known(workspace).items() if name not in names}
    workspace.settings.put(KNOWN, seen)


def _forget_all_but_kept(workspace: Workspace) -> None:
    """After a recovery nobody knows any more which names were those of purged batches."""
    from desktop_app.core.watched import known

    gone = purged(workspace)
    kept = {name for row in workspace.batches.list() if row.id not in gone for name in _files_of(row)}
    recent: list[str | list[str]] = workspace.settings.get("recent_files", [])
    there = {*known(workspace), *(name for entry in recent for name in _names(entry))}
    if there - kept:
        _forget(workspace, there - kept)


def _names(entry: str | list[str]) -> set[str]:
    """File names of one entry of the list of files last opened: one file, or several read together."""
    return {Path(name).name for name in ([entry] if isinstance(entry, str) else entry)}


def _blank_feedback(workspace: Workspace, batch: str, run: Callable[..., object]) -> None:
    """The figures of an answer stay for the report; what it says of a record goes."""
    for number, document in _answers(workspace, batch):
        run("UPDATE feedback SET document = ? WHERE batch_id = ? AND number = ?",
            (_bare(document), batch, number))  # fmt: skip


def _answers(workspace: Workspace, batch: str) -> list[tuple[int, str]]:
    """(number, document) of what the registry answered on a batch."""
    rows = workspace.database.read("SELECT number, document FROM feedback WHERE batch_id = ?", (batch,))
    return [(int(str(number)), str(document)) for number, document in rows]


def _bare(document: str) -> str:
    held = json.loads(document)
    said = [name for name in ("outcomes", "findings") if held.get(name)]
    return json.dumps({**held, **{key: [] for key in said}}) if said else document


def _files(workspace: Workspace) -> list[Path]:
    """Sealed files of purged batches, and databases that were put aside."""
    folder = workspace.folder
    gone = purged(workspace)
    ids = [sealed for row in workspace.batches.list() if row.id in gone for sealed in _sealed(row)]
    entries = [entry.path for one in ids if (entry := workspace.outbox.get(one)) is not None]
    place = (folder / OUTBOX_FOLDER).resolve()
    return [*(path for path in entries if path.resolve().parent == place), *folder.glob(f"{ASIDE}*")]


def _remove(path: Path) -> bool:
    try:
        there = path.exists()
        path.unlink(missing_ok=True)
    except OSError:
        raise cannot_write(path.parent) from None
    return there


def _instant(at: object) -> datetime:
    return datetime.min.replace(tzinfo=UTC) if at is None else datetime.fromisoformat(str(at))


def _months_before(day: datetime, months: int) -> datetime:
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    last = calendar.monthrange(max(year, 1), month + 1)[1]
    return day.replace(year=max(year, 1), month=month + 1, day=min(day.day, last))


def _under_way(name: str) -> AppError:
    return AppError(
        "retention.under_way",
        Text(
            f"Le lot « {name} » est en cours d’envoi : ses identités servent encore.",
            f"The batch “{name}” is on its way: its identities are still needed.",
        ),
        Text("Attendez son reçu, puis recommencez.", "Wait for its receipt, then try again."),
    )


def purged_batch(when: datetime) -> AppError:
    """The error for opening a batch whose identities are gone."""
    day = f"{when.astimezone():%d/%m/%Y}"
    return AppError(
        "workspace.purged",
        Text(
            f"Les identités de ce lot ont été détruites le {day} : il ne peut plus être rouvert.",
            f"The identities of this batch were destroyed on {day}: it cannot be opened any more.",
        ),
        Text(
            "Son reçu reste dans la liste. Pour corriger ces cas, faites un nouveau lot.",
            "Its receipt stays in the list. To correct these cases, make a new batch.",
        ),
    )
