"""What came back, held against the batch: what it changes, what also changed here, what is left out.

Three values decide: the one that left (rebuilt from the log, never taken from the file), the one that came
back, and the one that stands here now. A cell that a colleague left alone changes nothing, whatever a
spreadsheet program made of its spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from desktop_app.core.bench_frames import CELL, applied, edits_of, rows_at, values_of
from desktop_app.core.corrections import EDITS, CorrectionLog, History, values_read
from desktop_app.core.progress import Progress, silent
from desktop_app.core.rounds import terms
from desktop_app.core.rounds.answers import Answers
from desktop_app.core.rounds.reference import Mark, Marker, marked_batch, parse
from desktop_app.core.rounds.values import meant, same_key, untouched
from validation_rules.normalise import normalise
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.workspace import Workspace

Why = Literal[
    "mark", "batch", "gone", "twice", "computed", "formula", "title", "rule", "reason", "closed", "moved"
]

WHYS: dict[str, Text] = {
    "mark": Text(
        "le repère de la ligne manque ou ne correspond plus à ce dossier",
        "the reference of the row is missing or no longer fits this record",
    ),
    "batch": Text("la ligne vient d’un autre lot", "the row comes from another batch"),
    "gone": Text("le dossier n’est plus dans le lot", "the record is no longer in the batch"),
    "twice": Text("deux valeurs différentes pour la même cellule", "two different values for the same cell"),
    "computed": Text(
        "la cellule contient une erreur de calcul du tableur", "the cell holds a spreadsheet error"
    ),
    "formula": Text(
        "la cellule contient une formule qui n’a pas été calculée",
        "the cell holds a formula that was not computed",
    ),
    "title": Text("ce titre n’est pas celui d’un champ", "this title is not that of a field"),
    "rule": Text(
        "cette règle n’a pas de constat à confirmer ici", "this rule has no finding to confirm here"
    ),
    "reason": Text(
        "ce motif n’est pas dans la liste, ou demande une précision",
        "this reason is not in the list, or needs details",
    ),
    "closed": Text("ce constat n’est plus ouvert", "this finding is no longer open"),
    "moved": Text(
        "les valeurs ont changé ici depuis l’export", "the values have changed here since the export"
    ),
}

CHANGES: dict[str, Any] = {
    "line": pl.UInt32,
    "row_id": pl.UInt32,
    "field": pl.String,
    "left": pl.String,
    "here": pl.String,
    "back": pl.String,
    "note": pl.String,
    "state": pl.String,
}
_CONFIRMS: dict[str, Any] = {
    "row_id": pl.UInt32,
    "rule_id": pl.String,
    "reason": pl.String,
    "note": pl.String,
}
_COMPARING = Text("Comparaison avec le lot", "Comparing with the batch")


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that was not taken, and why; `line` is its line in its sheet (0: the titles), `row` that of
    the batch where it is known."""

    line: int
    why: Why
    about: str = ""
    row: int | None = None

    @property
    def text(self) -> Text:
        """The reason in words; `about` is a title or a rule, never a value."""
        said = WHYS[self.why]
        return Text(f"{said.fr} ({self.about})", f"{said.en} ({self.about})") if self.about else said


@dataclass(frozen=True, slots=True)
class Returned:
    """What can be taken. `changes`: line, row_id, field, left, here, back, note, state (`ready`, or
    `conflict` where the value here is no longer the one that left); `confirms`: row_id, rule_id, reason,
    note.

    `rows` counts the records that came back, `already` the cells that hold the value that came back.
    """

    changes: pl.DataFrame = field(repr=False)
    confirms: pl.DataFrame = field(repr=False)
    aside: tuple[Aside, ...]
    rows: int
    already: int
    who: str

    @property
    def conflicts(self) -> pl.DataFrame:
        """The changes that somebody must decide."""
        return self.changes.filter(pl.col("state") == "conflict")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take."""
        return self.changes.is_empty() and self.confirms.is_empty()


def compare(
    answers: Answers, bench: Bench, workspace: Workspace, batch_id: str, progress: Progress = silent
) -> Returned:
    """What the answers would change in the bench. AppError when no row of them is of this batch.

    Nothing may change the bench meanwhile: call it where its actions run.
    """
    return _Comparison(answers, bench, workspace, batch_id).done(progress)


class _Comparison:
    """One comparison under way."""

    def __init__(self, answers: Answers, bench: Bench, workspace: Workspace, batch_id: str) -> None:
        self.answers, self.bench, self.contract = answers, bench, bench.contract
        self.workspace, self.batch_id = workspace, batch_id
        self.marker = Marker(workspace, batch_id, bench.mapped)
        self.aside: list[Aside] = [Aside(0, "title", name[:60]) for name in answers.titles]
        self.withdrawn = frozenset(bench.withdrawn()["row_id"].to_list())
        self.source = bench.mapped.frame.sort("row_id")

    def done(self, progress: Progress) -> Returned:
        """All of it."""
        self._refuse_others()
        marked = self._marked()
        left = self._as_left(marked["row_id"], marked["seq"].unique())
        known = self._own(marked, left)
        cells, reasons = (
            lines.join(known, on="place", how="inner", maintain_order="left").drop("place")
            for lines in (self.answers.cells, self.answers.reasons)
        )
        reasons = reasons.unique(("row_id", "seq", "rule_id"), keep="last", maintain_order=True)
        progress(1, 3, _COMPARING)
        changes, already = self._changes(cells, left)
        progress(2, 3, _COMPARING)
        confirms = self._confirms(reasons, left)
        progress(3, 3, _COMPARING)
        aside = tuple(
            sorted(set(self.aside), key=lambda each: (each.row or 0, each.line, each.why, each.about))
        )
        return Returned(changes, confirms, aside, known["row_id"].n_unique(), already, self.answers.who)

    # marks

    def _refuse_others(self) -> None:
        """A file of another batch says of which one."""
        marks = self.answers.marks()
        if not marks:
            raise terms.no_mark()
        if any(mark.batch == self.marker.batch for mark in marks):
            return
        batches = {row.id: row.name for row in self.workspace.batches.list()}
        found = marked_batch(self.workspace, marks[0], list(batches))
        raise terms.other_batch(None if found is None else batches[found])

    def _marked(self) -> pl.DataFrame:
        """The lines under genuine marks of rows that are here: place, line, `row_id`, `seq`, number, the
        record key, and `sure`: whether the values that left can be rebuilt (the recipe is the same)."""
        seen = self.answers.seen
        found = {text: parse(text) for text in seen["mark"].unique()}
        keys = self._record_keys(sorted({mark.row_id for mark in found.values() if mark is not None}))
        told: list[tuple[str, int, int, bool]] = []
        refused: dict[str | None, Why] = {}
        for text, mark in found.items():
            why = self._refusal(mark, keys)
            if why is not None or mark is None or text is None:
                refused[text] = why or "mark"
            else:
                told.append((text, mark.row_id, mark.seq, mark.recipe == self.marker.recipe))
        # Each line without a mark is another one; a record is left out once, however many lines it has.
        first = seen.select("line", "mark", first=pl.col("mark").is_first_distinct()).rows()
        self.aside += [
            Aside(line, refused[text])
            for line, text, once in first
            if text in refused and (once or found[text] is None)
        ]
        schema = {"mark": pl.String, "row_id": pl.UInt32, "seq": pl.Int64, "sure": pl.Boolean}
        marks = pl.DataFrame(told, schema=schema, orient="row")
        return seen.join(marks, on="mark", how="inner", maintain_order="left").drop("mark")

    def _own(self, marked: pl.DataFrame, left: dict[int, pl.DataFrame]) -> pl.DataFrame:
        """The lines of `marked` whose own number and record key are those of the record under their mark:
        somebody who sorts a part of the columns leaves the marks behind. place, line, row_id, seq, sure."""
        names = self.contract.record_key
        fields = [self.contract.field(name) for name in names]
        gone = {
            (seq, row): key
            for seq, rows in left.items()
            for row, *key in rows.select("row_id", *names).rows()
        }
        kept = []
        for line, row, seq, number, *texts in marked.select("line", "row_id", "seq", "number", *names).rows():
            numbered = not number or number == str(row)
            keyed = all(map(same_key, texts, gone[seq, row], fields))
            kept.append(numbered and keyed)
            if not kept[-1]:
                self.aside.append(Aside(line, "mark", row=row if numbered else None))
        return marked.filter(pl.Series(kept, dtype=pl.Boolean)).drop("number", *names)

    def _record_keys(self, ids: Sequence[int]) -> dict[int, tuple[str | None, ...]]:
        rows = self.source.filter(pl.col("row_id").is_in(ids))
        return {row: tuple(key) for row, *key in rows.select("row_id", *self.contract.record_key).rows()}

    def _refusal(self, mark: Mark | None, keys: dict[int, tuple[str | None, ...]]) -> Why | None:
        if mark is None:
            return "mark"
        if mark.batch != self.marker.batch:
            return "batch"
        key = keys.get(mark.row_id)
        if key is None:
            return "gone"
        if not self.marker.proved(mark, key):
            return "mark"
        return "gone" if mark.row_id in self.withdrawn else None

    # values

    def _as_left(self, ids: pl.Series, seqs: Iterable[int]) -> dict[int, pl.DataFrame]:
        """seq -> the rows as they were after that action: the source with the edits that held then."""
        if ids.is_empty():
            return {}
        rows = rows_at(self.source, ids)
        log = CorrectionLog(self.workspace, self.batch_id).actions()
        frames = {}
        for seq in seqs:
            held = reduce(History.then, (step for step in log if step.seq <= seq), History())
            edits = edits_of(held.of_kind(*EDITS)).unique(CELL, keep="last", maintain_order=True)
            edits = edits.join(rows.select("row_id"), on="row_id", how="semi", maintain_order="left")
            edits = edits.join(self.bench.stale, on=list(CELL), how="anti", maintain_order="left")
            frames[seq] = applied(rows, edits) if edits.height else rows
        return frames

    def _changes(self, cells: pl.DataFrame, left: dict[int, pl.DataFrame]) -> tuple[pl.DataFrame, int]:
        """CHANGES of the cells that differ from what left, and how many hold that value here already."""
        parts = [
            self._touched(group, left[int(str(seq))])
            for (seq,), group in cells.group_by("seq", maintain_order=True)
        ]
        touched = (
            pl.concat(parts) if parts else pl.DataFrame(schema={**CHANGES, "sure": pl.Boolean}).drop("state")
        )
        touched = self._once(touched)
        if touched.is_empty():
            return pl.DataFrame(schema=CHANGES), 0
        touched = self._beside_now(touched)
        wanted = touched.filter(pl.col("back").ne_missing(pl.col("left")) | ~pl.col("sure"))
        differs = wanted.filter(pl.col("back").ne_missing(pl.col("here")))
        ready = pl.col("here").eq_missing(pl.col("left")) & pl.col("sure")
        state = pl.when(ready).then(pl.lit("ready")).otherwise(pl.lit("conflict"))
        changes = differs.with_columns(state=state).select(pl.col(n).cast(t) for n, t in CHANGES.items())
        return changes.sort("row_id", maintain_order=True), wanted.height - differs.height

    def _touched(self, cells: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """The cells that a person changed: line, row_id, field, left, back, note, sure."""
        values = values_of(rows, cells.unique(CELL, maintain_order=True)).rename({"value": "left"})
        beside = cells.join(values, on=list(CELL), how="left", maintain_order="left")
        written = pl.col("text").fill_null("")
        shown = pl.col("left").map_elements(terms.cell_text, return_dtype=pl.String).fill_null("")
        differing = beside.filter(written != shown) if self.answers.whole else beside
        kept, texts = [], []
        for line, row, name, text, before in differing.select(
            "line", "row_id", "field", "text", "left"
        ).rows():
            unread = _unread(text)
            if unread is not None:
                self.aside.append(Aside(line, unread, row=row))
            touched = unread is None and self._was_touched(name, text, before)
            kept.append(touched)
            texts.append(meant(text, self.contract.field(name)) if touched and text else None)
        back = differing.with_columns(back=pl.Series(texts, dtype=pl.String))
        return back.filter(pl.Series(kept, dtype=pl.Boolean)).select(
            "line", "row_id", "field", "left", pl.lit(None, pl.String).alias("here"), "back", "note", "sure"
        )

    def _was_touched(self, name: str, text: str | None, before: str | None) -> bool:
        if not self.answers.whole:
            return True
        return not untouched(text or "", terms.cell_text(before), self.contract.field(name))

    def _once(self, touched: pl.DataFrame) -> pl.DataFrame:
        """One line a cell: the same value twice is said once, two values are for nobody to choose."""
        values = pl.col("back").fill_null("").n_unique().over(CELL)
        torn = touched.filter(values > 1)
        self.aside += [Aside(line, "twice", row=row) for line, row in torn.select("line", "row_id").rows()]
        return touched.filter(values == 1).unique(CELL, keep="last", maintain_order=True)

    def _beside_now(self, touched: pl.DataFrame) -> pl.DataFrame:
        """With the value here now, and what came back spelled as the mapping spells it."""
        rows = rows_at(self.bench.frame, touched["row_id"])
        here = values_of(rows, touched).rename({"value": "here"})
        spelled = normalise(applied(rows, touched.select(*CELL, new="back")), self.contract)
        back = values_of(spelled, touched).rename({"value": "back"})
        plain = touched.drop("here", "back")
        for values in (here, back):
            plain = plain.join(values, on=list(CELL), how="left", maintain_order="left")
        return plain

    # confirmations

    def _confirms(self, reasons: pl.DataFrame, left: dict[int, pl.DataFrame]) -> pl.DataFrame:
        """The reasons given for findings that are still open, on values that are still those that left."""
        state = self.bench.findings.select(
            "row_id", *(pl.col(name).cast(pl.String) for name in ("rule_id", "field", "severity", "state"))
        ).join(reasons.select("row_id").unique(), on="row_id", how="semi")
        found: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
        for row, rule, place, severity, how in state.rows():
            found.setdefault((row, rule), []).append((place, severity, how))
        taken = []
        for line in reasons.iter_rows(named=True):
            why = self._not_confirmable(
                line, found.get((line["row_id"], line["rule_id"]), []), left[line["seq"]]
            )
            if why is None:
                taken.append((line["row_id"], line["rule_id"], line["reason"], line["note"] or ""))
            else:
                self.aside.append(Aside(line["line"], why, self._rule_name(line["rule_id"]), line["row_id"]))
        return pl.DataFrame(taken, schema=_CONFIRMS, orient="row").unique(
            ("row_id", "rule_id"), keep="last", maintain_order=True
        )

    def _rule_name(self, rule_id: str | None) -> str:
        """A rule of the contract by its id; a cell that names none is not repeated."""
        return rule_id if rule_id in {rule.id for rule in self.contract.rules} and rule_id else ""

    def _not_confirmable(
        self, line: dict[str, Any], found: list[tuple[str, str, str]], left: pl.DataFrame
    ) -> Why | None:
        if not self._rule_name(line["rule_id"]):
            return "rule"
        if line["reason"] is None or (line["reason"] == "other" and not line["note"]):
            return "reason"
        if any(severity != "confirm" for _, severity, _ in found):
            return "rule"
        if not any(state == "open" for _, _, state in found):
            return "closed"
        rule = self.contract.rule(line["rule_id"])
        read = {name for place, _, _ in found for name in values_read(rule, place)}
        same = line["sure"] and self._same_now(line["row_id"], left, sorted(read))
        return None if same and self._others_same(line["row_id"], line["rule_id"], line["seq"]) else "moved"

    def _same_now(self, row_id: int, left: pl.DataFrame, names: Sequence[str]) -> bool:
        present = [name for name in names if name in left.columns]
        ids = pl.Series([row_id], dtype=pl.UInt32)
        return rows_at(left, ids).select(present).equals(rows_at(self.bench.frame, ids).select(present))

    def _others_same(self, row_id: int, rule_id: str, seq: int) -> bool:
        """Whether no row that a finding over several records rests on was edited since the file left."""
        verdict = self.bench.verdict(row_id, rule_id)
        if verdict is None or not verdict.others:
            return True
        later = self.bench.corrected.lines.filter(pl.col("seq") > seq)
        return later.filter(pl.col("row_id").is_in(list(verdict.others))).is_empty()


def _unread(text: str | None) -> Why | None:
    """Why a cell holds nothing that a person wrote."""
    if text == terms.NOT_COMPUTED:
        return "formula"
    return "computed" if (text or "").strip().upper().startswith(terms.EXCEL_ERRORS) else None
