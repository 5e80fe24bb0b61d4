"""The correction log: who changed or confirmed what, when and why; on disk before anybody sees it.

The log is append-only. Undo and redo are actions of their own; what holds now is found by folding the log, so
undo is unlimited and survives a restart. A step that was undone stays in the log and is never applied again
once another step follows it.

Edits carry the record they were made on (`record`, a hash of the contract's record key as the source has
it, see `months.records`), so that they hold again on a later extract of the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from typing import Literal, cast

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.payload import (
    MANY_CELLS,
    blocks_in,
    digests,
    packed,
    packed_block,
    records_of,
    unpacked,
)
from desktop_app.core.workspace import Workspace
from desktop_app.core.workspace.correction_store import CorrectionRow, NewCorrection
from desktop_app.core.workspace.lock import os_user
from validation_rules.contract import Contract, Rule
from validation_rules.text import Text
from validation_rules.verdicts import circles, spans_records

Kind = Literal["edit", "carry", "confirm", "revoke", "withdraw", "reinstate", "undo", "redo"]
# Steps that write cells: those of a person, and those of earlier batches that hold again on a new extract.
EDITS: tuple[Kind, ...] = ("edit", "carry")

Schema = dict[str, type[pl.DataType] | pl.DataType]

EDIT_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "record": pl.String,
}
# The same without the name of the record, which only a later extract asks for.
CHANGE_SCHEMA: Schema = {name: kind for name, kind in EDIT_SCHEMA.items() if name != "record"}
# What was decided on an earlier extract keeps its author, its day and its reason.
CARRY_SCHEMA: Schema = {**EDIT_SCHEMA, "by": pl.String, "at": pl.Datetime("us", "UTC"), "because": pl.String}
STAMP_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "rule_id": pl.String,
    "field": pl.String,
    "fingerprint": pl.String,
    "record": pl.String,
}
# Between values no cell can hold: normalised cells have no control characters.
_BETWEEN, _ABSENT = "\x1f", "\x00"

CONFIRMATION_REASONS: Mapping[str, Text] = {
    "checked_record": Text(
        "Vérifié dans le dossier du patient", "Checked against the patient’s medical record"
    ),
    "checked_pathology": Text(
        "Vérifié dans le compte rendu d’anatomopathologie", "Checked against the pathology report"
    ),
    "checked_clinician": Text("Confirmé par le clinicien", "Confirmed by the clinician"),
    "checked_registry": Text(
        "Confirmé par le comité ou l’expert du registre", "Confirmed by the registry’s expert or committee"
    ),
    "source_unavailable": Text(
        "Conforme à la source, qui ne peut plus être complétée",
        "As in the source, which can no longer be completed",
    ),
    "other": Text("Autre raison (à préciser)", "Other reason (say which)"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """One action of the log; each is itself and no other. Its repr holds no cell value.

    `cells`: EDIT_SCHEMA for an edit, CARRY_SCHEMA for what is carried from an earlier batch, STAMP_SCHEMA to
    confirm or revoke, WITHDRAWAL_SCHEMA (see `withdrawals`) to withdraw or reinstate a record, else None.
    `target` is the `seq` of the step that an undo or a redo is about; `why` of a confirmation is its reason.

    The cells of an edit of many are not held in memory: `read` gives them from the disk, see `blocks`, and
    `cells` is without `record` then.
    """

    order: int
    seq: int
    kind: Kind
    target: int | None
    who: str
    when: datetime
    why: str
    note: str = field(repr=False)
    size: int
    held: pl.DataFrame | None = field(default=None, repr=False)
    read: Callable[[], Iterator[pl.DataFrame]] | None = field(default=None, repr=False)

    @property
    def cells(self) -> pl.DataFrame | None:
        """What it is about. Of many cells: read anew each time."""
        if self.read is None:
            return self.held
        blocks = list(self.read())
        return pl.concat(blocks) if blocks else pl.DataFrame(schema=CHANGE_SCHEMA)

    def blocks(self) -> Iterator[pl.DataFrame]:
        """The cells of an edit, one field after the other: all of many are never in memory together."""
        if self.read is not None:
            yield from self.read()
        elif self.held is not None:
            yield from self.held.partition_by("field", maintain_order=True)

    def first(self, count: int) -> pl.DataFrame | None:
        """The first of `cells`, without reading all of many."""
        if self.read is None:
            return None if self.held is None else self.held.head(count)
        return next(self.read(), pl.DataFrame(schema=CHANGE_SCHEMA)).head(count)

    def without_cells(self, cells: pl.DataFrame) -> Action:
        """The same action without these (`row_id`, `field`), when it is an edit."""

        def left(of: pl.DataFrame) -> pl.DataFrame:
            return of.join(cells, on=("row_id", "field"), how="anti", maintain_order="left")

        if self.kind not in EDITS:
            return self
        if self.read is None:
            held = None if self.held is None else left(self.held)
            return replace(self, held=held, size=0 if held is None else held.height)
        read = self.read
        size = sum(left(block).height for block in read())
        return replace(self, size=size, read=lambda: filter(len, map(left, read())))


@dataclass(frozen=True, slots=True)
class History:
    """The steps that hold, oldest first, and those that a redo would bring back, next one last."""

    done: tuple[Action, ...] = ()
    undone: tuple[Action, ...] = ()

    def then(self, action: Action) -> History:
        """The history after one more action. Raises AppError when the action does not follow from it."""
        if action.kind == "undo":
            step = _expected(self.done, action)
            return History(self.done[:-1], (*self.undone, step))
        if action.kind == "redo":
            step = _expected(self.undone, action)
            return History((*self.done, step), self.undone[:-1])
        return History((*self.done, action), ())

    def way_to(self, seq: int) -> tuple[Literal["undo", "redo"], tuple[Action, ...]]:
        """What to undo or redo, in that order, so that step `seq` is the last that holds; 0: none holds.

        Raises KeyError when no such step holds or can be redone.
        """
        done = [0, *(step.seq for step in self.done)]
        if seq in done:
            return "undo", self.done[done.index(seq) :][::-1]
        undone = [step.seq for step in self.undone]
        if seq not in undone:
            raise KeyError(seq)
        return "redo", self.undone[undone.index(seq) :][::-1]

    def turned(self, kind: Literal["undo", "redo"], count: int) -> History:
        """The history after `count` undos or redos; there are as many steps."""
        if kind == "undo":
            kept = len(self.done) - count
            return History(self.done[:kept], (*self.undone, *self.done[kept:][::-1]))
        kept = len(self.undone) - count
        return History((*self.done, *self.undone[kept:][::-1]), self.undone[:kept])

    def of_kind(self, *kinds: Kind) -> list[Action]:
        """The steps that hold, of these kinds, oldest first."""
        return [step for step in self.done if step.kind in kinds]

    def mapped(self, change: Callable[[Action], Action]) -> History:
        """The same history with every step passed through `change`."""
        return replace(self, done=tuple(map(change, self.done)), undone=tuple(map(change, self.undone)))


def _expected(steps: Sequence[Action], action: Action) -> Action:
    if steps and steps[-1].seq == action.target:
        return steps[-1]
    raise AppError(
        "corrections.inconsistent",
        Text(
            "Le journal des corrections de ce lot n’est pas cohérent.",
            "The correction log of this batch is not consistent.",
        ),
        Text(
            "Ne modifiez plus ce lot ; remettez la dernière sauvegarde du dossier de travail et signalez-le.",
            "Leave this batch as it is; restore the last backup of the workspace and report it.",
        ),
    )


class CorrectionLog:
    """The log of one batch. Not for two threads at once; raises AppError when the disk refuses."""

    def __init__(self, workspace: Workspace, batch_id: str) -> None:
        self._workspace = workspace
        self._store = workspace.corrections
        self.batch_id = batch_id

    def append(
        self,
        kind: Kind,
        cells: pl.DataFrame | None = None,
        *,
        target: int | None = None,
        why: str = "",
        note: str = "",
    ) -> Action:
        """Add an action; it is on disk, encrypted, when this returns."""
        size = 0 if cells is None else cells.height
        payload = None if cells is None else packed(cells)
        return replace(self._added(kind, size, payload, target, why, note), held=cells)

    def append_edit(self, edit: PackedEdit, why: str = "") -> Action:
        """The same for an edit of any size, as `packed_edit` prepared it."""
        action = self._added("edit", edit.size, edit.payload, None, why, "")
        return self._read_later(action) if edit.cells is None else replace(action, held=edit.cells)

    def _added(
        self, kind: Kind, size: int, payload: bytes | None, target: int | None, why: str, note: str
    ) -> Action:
        display = self._workspace.person()
        stored = self._store.append(
            self.batch_id, NewCorrection(kind, os_user(), display, target, why, note, size, payload)
        )
        return _action(stored)

    def turn(self, kind: Literal["undo", "redo"], steps: Sequence[Action]) -> Action:
        """Undo or redo these steps, one after the other: all of it is on disk, or nothing. The last one."""
        with self._workspace.together():
            return [self.append(kind, target=step.seq) for step in steps][-1]

    def actions(self) -> list[Action]:
        """Every action of this batch, in order, undone ones too, with its cells."""
        return [self.with_cells(_action(row)) for row in self._store.of_batch(self.batch_id)]

    def history(self) -> History:
        """What the log folds to. Cells of steps that nothing brings back stay on the disk, and so do those
        of edits of many, until they are asked for."""
        folded = reduce(History.then, map(_action, self._store.of_batch(self.batch_id)), History())
        return folded.mapped(
            lambda step: self._read_later(step) if _is_block(step) else self.with_cells(step)
        )

    def with_cells(self, action: Action) -> Action:
        """`action` with its cells, and the names of their records, read from disk."""
        payload = self._store.payload(action.order)
        return action if payload is None else replace(action, held=unpacked(payload, EDIT_SCHEMA))

    def _read_later(self, action: Action) -> Action:
        def read() -> Iterator[pl.DataFrame]:
            payload = self._store.payload(action.order)
            return iter(()) if payload is None else blocks_in(payload)

        return replace(action, read=read)

    def earlier_confirmations(self) -> list[Action]:
        """What the other batches of this site confirm or revoke, in the order in which it was done."""
        found: list[Action] = []
        for batch_id in self._store.batches_that_confirm():
            if batch_id != self.batch_id:
                actions = (_action(row) for row in self._store.of_batch(batch_id))
                found += reduce(History.then, actions, History()).of_kind("confirm", "revoke")
        return [self.with_cells(action) for action in sorted(found, key=lambda action: action.order)]


@dataclass(frozen=True, slots=True, repr=False)
class PackedEdit:
    """An edit ready to be written. `cells`: EDIT_SCHEMA, to be held in memory; None when they are many."""

    size: int
    payload: bytes
    cells: pl.DataFrame | None = None


def packed_edit(blocks: Sequence[pl.DataFrame], names: pl.DataFrame) -> PackedEdit:
    """What `append_edit` takes: `blocks` and `names` are those of `payload.packed_block`."""
    size = sum(block.height for block in blocks)
    if size >= MANY_CELLS:
        return PackedEdit(size, packed_block(blocks, names))
    told = dict(zip(names.get_column("row_id").to_list(), records_of(names).to_list(), strict=True))
    cells = blocks[0] if len(blocks) == 1 else pl.concat(blocks)
    records = [told.get(row) for row in cells.get_column("row_id").to_list()]
    record = pl.Series("record", records, dtype=pl.String)
    cells = pl.DataFrame([*(cells.get_column(name) for name in CHANGE_SCHEMA), record])
    return PackedEdit(size, packed(cells), cells)


def _is_block(step: Action) -> bool:
    return step.kind in EDITS and step.size >= MANY_CELLS


def confirmed_by(steps: Sequence[Action]) -> dict[str, Action]:
    """Fingerprint -> the action that confirms it, after these confirmations and revocations in order."""
    holding: dict[str, Action] = {}
    for step in steps:
        prints = [] if step.cells is None else step.cells["fingerprint"].to_list()
        if step.kind == "confirm":
            holding.update(dict.fromkeys(prints, step))
        else:
            for fingerprint in prints:
                holding.pop(fingerprint, None)
    return holding


def rules_judged(action: Action) -> list[str]:
    """The rules whose findings a step confirms, or takes back."""
    if action.cells is None or action.kind not in ("confirm", "revoke"):
        return []
    return action.cells["rule_id"].unique().to_list()


def record_hashes(rows: pl.DataFrame, contract: Contract) -> pl.Series:
    """For each row of contract fields: SHA-256 hex over the fields of the contract's record key."""
    return digests(record_keys(rows, contract))


def record_keys(rows: pl.DataFrame, contract: Contract) -> pl.Series:
    """For each row of contract fields: the text that `record_hashes` gives the digest of."""
    return rows.select(key=_joined(contract.record_key, rows.columns))["key"]


def row_digests(rows: pl.DataFrame) -> pl.Series:
    """For each row: SHA-256 hex over all its values."""
    return digests(rows.select(key=_joined(rows.columns, rows.columns))["key"])


def stamps(
    findings: pl.DataFrame,
    rows: pl.DataFrame,
    contract: Contract,
    found: pl.DataFrame | None = None,
    own: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """STAMP_SCHEMA: the fingerprint of each finding (`row_id, rule_id, field`), values taken from `rows`.

    A fingerprint covers the contract id, rule id, rule version, field, record key and every value of the row
    that the rule may read: when one of them changes, a confirmation no longer fits. That of a rule over
    several records also covers the record keys and values of all records that the finding rests on: `rows`
    then holds these too, and `found` what was found on `rows` (which values cannot be read).

    `own`: `row_id, record` of those of `rows` whose record key does not tell them, and the name that does: it
    is covered too, so that a confirmation is of that row alone, and it is their `record`.
    """
    own = pl.DataFrame(schema={"row_id": pl.UInt32, "record": pl.String}) if own is None else own
    wanted = findings.select(pl.col(key).cast(STAMP_SCHEMA[key]) for key in ("row_id", "rule_id", "field"))
    parts = [
        _stamps_of(group, rows, contract, found, own)
        for group in wanted.partition_by(["rule_id", "field"], maintain_order=True)
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=STAMP_SCHEMA)


def _stamps_of(
    group: pl.DataFrame,
    rows: pl.DataFrame,
    contract: Contract,
    found: pl.DataFrame | None,
    own: pl.DataFrame,
) -> pl.DataFrame:
    """Stamps of findings that share rule and field."""
    rule, field = contract.rule(group["rule_id"][0]), group["field"][0]
    head = _BETWEEN.join((contract.id, rule.id, str(rule.version), field))
    full = group.join(rows, on="row_id", how="left", maintain_order="left")
    record = record_hashes(full, contract)
    parts = [pl.lit(head), pl.lit(record), _joined(values_read(rule, field), rows.columns)]
    if spans_records(rule):
        parts.append(pl.lit(_others(group["row_id"], rows, rule, field, contract, found)))
    text = full.select(key=pl.concat_str(parts, separator=_BETWEEN))["key"]
    return of_one_row(group.with_columns(fingerprint=digests(text), record=record), own)


def of_one_row(stamped: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Stamps made by the record key alone, with the names of `own` covered too, see `stamps`."""
    named = stamped.join(own.rename({"record": "own"}), on="row_id", how="left", maintain_order="left")
    if named["own"].is_null().all():
        return stamped
    narrow = digests(named["fingerprint"] + _BETWEEN + named["own"].fill_null(""))
    return named.with_columns(
        fingerprint=pl.when(pl.col("own").is_null()).then("fingerprint").otherwise(narrow),
        record=pl.coalesce("own", "record"),
    ).drop("own")


def _others(
    row_ids: pl.Series,
    rows: pl.DataFrame,
    rule: Rule,
    field: str,
    contract: Contract,
    found: pl.DataFrame | None,
) -> pl.Series:
    """For each of `row_ids` a digest of the records that its finding rests on, whatever their order."""
    if found is None:
        found = pl.DataFrame(schema={"row_id": pl.UInt32, "rule_id": pl.String, "field": pl.String})
    of_rows, of_tokens = circles(rows, found, contract, rule)
    of_rows = of_rows.join(row_ids.to_frame(), on="row_id", how="semi")
    of_tokens = of_tokens.join(of_rows, on="token", how="semi")
    members = rows.join(of_tokens, on="row_id", how="semi")
    values = members.select(_joined(values_read(rule, field), rows.columns)).to_series()
    texts = record_hashes(members, contract) + _BETWEEN + values
    named = members.select("row_id", text=digests(texts))
    tokens = of_tokens.join(named, on="row_id").group_by("token").agg(pl.col("text").sort())
    tokens = tokens.select("token", text=digests(tokens["text"].list.join(_BETWEEN)))
    circle = of_rows.join(tokens, on="token").group_by("row_id").agg(pl.col("text").unique().sort())
    joined = circle.select("row_id", pl.col("text").list.join(_BETWEEN))
    return (
        row_ids.to_frame().join(joined, on="row_id", how="left", maintain_order="left")["text"].fill_null("")
    )


def values_read(rule: Rule, field: str) -> tuple[str, ...]:
    """Names of the fields of one row that `rule` read for a finding on `field`, in a fixed order.

    A rule that looks at its fields one by one read the field of the finding, and what stands beside it.
    """
    if not rule.each:
        return tuple(dict.fromkeys((*rule.fields, *rule.required, *rule.optional)))
    beside = [name for name in (*rule.required, *rule.optional) if name not in rule.fields]
    return (field, *dict.fromkeys(beside))


def _joined(names: Sequence[str], present: Sequence[str]) -> pl.Expr:
    held = [pl.col(name) if name in present else pl.lit(None, pl.String) for name in names]
    return pl.concat_str([value.fill_null(_ABSENT) for value in held] or [pl.lit("")], separator=_BETWEEN)


def _action(row: CorrectionRow) -> Action:
    return Action(
        order=row.id,
        seq=row.seq,
        kind=cast(Kind, row.kind),
        target=row.target,
        who=row.display_name or row.os_user,
        when=row.at,
        why=row.why,
        note=row.note,
        size=row.size,
    )
