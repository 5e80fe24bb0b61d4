"""Suggestions for one finding, and what one of them gives on many rows. Never applied without a person."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desktop_app.core.progress import Progress, silent
from desktop_app.core.standing import Standing
from desktop_app.core.suggestions.catalogue import makers_of
from desktop_app.core.suggestions.idea import GUESSES, Idea, Scene
from desktop_app.core.suggestions.names import PARTS, Names
from desktop_app.core.suggestions.trial import Batch, Kept, Trial
from desktop_app.core.suggestions.wording import WORDS
from validation_rules.contract import Contract
from validation_rules.text import Language, Text

_BLANK = Text("vide", "blank")
MOST = 6
"""Suggestions told for one finding."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a suggestion: what it holds and what it would hold; None is blank."""

    field: str
    old: str | None
    new: str | None

    def __repr__(self) -> str:
        """Without the values: they may be an identity, and a repr may reach a log."""
        return f"Cell({self.field!r}, ...)"


@dataclass(frozen=True, slots=True, repr=False)
class Suggestion:
    """What would make one finding go, without any new error on the row.

    `kind` is the way it was found; `why` a sentence that may hold values of the row (for the screen); `name`
    says the way in a few words without any value (for the log). `adds` are rules that would then ask for a
    confirmation.
    """

    kind: str
    row_id: int
    cells: tuple[Cell, ...]
    why: Text
    name: Text
    adds: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Without any value of the row."""
        return f"Suggestion({self.kind!r}, row_id={self.row_id}, {self.cells})"

    @property
    def new(self) -> dict[str, str | None]:
        """The new value by field."""
        return {cell.field: cell.new for cell in self.cells}


@dataclass(frozen=True, slots=True, repr=False)
class Spread:
    """One suggestion on many rows.

    `cells`: row_id, field, old, new. `rows` are those it would correct, of `asked` rows with the finding: the
    others have no such value, more than one, or would get an error. `adds` counts the rows that would then
    ask for a confirmation.
    """

    cells: pl.DataFrame
    rows: int
    asked: int
    adds: int = 0

    def changes(self, most: int = 200) -> pl.DataFrame:
        """`field, old, new, count`, most frequent first."""
        counted = self.cells.group_by("field", "old", "new").agg(count=pl.len())
        return counted.sort(["count", "field", "old", "new"], descending=[True, False, False, False]).head(
            most
        )


class Suggester:
    """The suggestions of one batch. Any thread may ask; made once for a batch."""

    def __init__(self, batch: Batch, trial: Trial | None = None) -> None:
        self._batch = batch
        self._names = Names.of(batch.contract)
        self._trial = trial or Trial(batch.contract, batch.today)

    @property
    def contract(self) -> Contract:
        """The contract of the rows."""
        return self._batch.contract

    def suggest(self, row_id: int, rule_id: str, field: str, progress: Progress = silent) -> list[Suggestion]:
        """What would make this finding go, best first: ideas that ask for no confirmation before others.

        Empty when the row has no such finding any more, or nothing can be computed.
        """
        standing = self._batch.standing
        rows = pl.Series("row_id", [row_id], dtype=pl.UInt32)
        kept = self._kept(standing, rows, rule_id, field, progress)
        told: dict[tuple[tuple[str, str | None], ...], Suggestion] = {}
        for one in kept:
            made = self._told(standing, one, row_id)
            told.setdefault(tuple(made.new.items()), made)
        return sorted(told.values(), key=lambda made: bool(made.adds))[:MOST]

    def spread(
        self,
        suggestion: Suggestion,
        rule_id: str,
        field: str,
        rows: pl.Series,
        same_values: bool,
        progress: Progress = silent,
    ) -> Spread:
        """What the suggestion gives on these rows, each held to the rules for itself.

        `same_values`: the very values of the suggestion; else what the same way gives on each row, where it
        gives one value only. Rows without that finding are left out.
        """
        standing = self._batch.standing
        kept = [
            one for one in self._kept(standing, rows, rule_id, field, progress) if one.kind == suggestion.kind
        ]
        lines = [_lines(one, number) for number, one in enumerate(kept)]
        if not lines:
            return Spread(_no_cells(), 0, rows.n_unique())
        table = pl.concat(lines)
        table = _with_values(table, suggestion.new) if same_values else _alone(table)
        good = self._trial.together(standing, rule_id, field, table.select("row_id", "field", "new"))
        cells = _with_old(table.filter(pl.col("row_id").is_in(good.implode())), standing.frame)
        adds = pl.concat([one.adds["row_id"] for one in kept]).unique()
        chosen = cells["row_id"].unique()
        return Spread(cells, chosen.len(), rows.n_unique(), int(chosen.is_in(adds.implode()).sum()))

    def _kept(
        self, standing: Standing, rows: pl.Series, rule_id: str, field: str, progress: Progress
    ) -> list[Kept]:
        there = _with_finding(standing, rows, rule_id, field)
        if there.is_empty():
            return []
        contract = self._batch.contract
        frame = standing.frame[standing.frame["row_id"].search_sorted(there)]
        scene = Scene(
            frame=self._names.frame(frame, field),
            whole=standing.records(),
            contract=contract,
            names=self._names,
            rule=contract.rule(rule_id),
            field=field,
            today=self._batch.today,
        )
        ideas = [(there, idea) for idea in _ideas(scene)]
        kept = self._trial.keep(standing, self._names, rule_id, field, ideas, progress)
        return [sure for one in kept if (sure := _sure(one)).rows.height]

    def _told(self, standing: Standing, kept: Kept, row_id: int) -> Suggestion:
        row = standing.frame.row(int(standing.frame["row_id"].search_sorted(row_id)), named=True)
        new = kept.rows.row(0, named=True)
        cells = tuple(
            Cell(field, row[field], new[field]) for field in kept.fields if row[field] != new[field]
        )
        adds = tuple(kept.adds["rule_id"])
        name, why = WORDS[kept.kind]
        return Suggestion(kept.kind, row_id, cells, self._filled(why, cells, row), name, adds)

    def _filled(self, told: Text, cells: tuple[Cell, ...], row: dict[str, str | None]) -> Text:
        contract, first = self._batch.contract, cells[0]

        def words(language: Language) -> dict[str, str]:
            parts = dict.fromkeys(PARTS, _BLANK.in_(language)) | {
                part: _shown(contract, name, row[name], language) for part, name in self._names.fields.items()
            }
            return parts | {
                "old": _shown(contract, first.field, first.old, language),
                "new": _shown(contract, first.field, first.new, language),
                "label": contract.field(first.field).label.in_(language),
            }

        return Text(told.fr.format_map(words("fr")), told.en.format_map(words("en")))


def _ideas(scene: Scene) -> list[Idea]:
    return [idea for maker in makers_of(scene.contract.id, scene.names, scene.rule) for idea in maker(scene)]


def _sure(kept: Kept) -> Kept:
    """A guess without evidence in the record is told only where nothing else speaks against it."""
    if kept.kind not in GUESSES:
        return kept
    rows = kept.rows.filter(~pl.col("row_id").is_in(kept.adds["row_id"].implode()))
    return Kept(kept.kind, rows, kept.adds.clear())


def _with_finding(standing: Standing, rows: pl.Series, rule_id: str, field: str) -> pl.Series:
    """Those of `rows` that have the finding, ascending."""
    here = (pl.col("rule_id").cast(pl.String) == rule_id) & (pl.col("field").cast(pl.String) == field)
    found = standing.found.filter(here & pl.col("row_id").is_in(rows.implode()))
    return found["row_id"].cast(pl.UInt32).unique().sort()


def _lines(kept: Kept, number: int) -> pl.DataFrame:
    """`number, row_id, field, new`."""
    long = kept.rows.unpivot(index="row_id", variable_name="field", value_name="new")
    return long.select(pl.lit(number).alias("number"), "row_id", "field", "new")


def _with_values(table: pl.DataFrame, new: dict[str, str | None]) -> pl.DataFrame:
    """The ideas that write exactly these values."""
    wanted = pl.DataFrame(list(new.items()), schema={"field": pl.String, "new": pl.String}, orient="row")
    same = table.join(wanted, on=["field", "new"], how="semi", nulls_equal=True)
    whole = same.group_by("number", "row_id").len().filter(pl.col("len") == len(new))
    return same.join(whole, on=["number", "row_id"], how="semi").unique(["row_id", "field"], keep="first")


def _alone(table: pl.DataFrame) -> pl.DataFrame:
    """The ideas of the rows that have one only; two that write the same are one."""
    several = (
        table.sort("field")
        .group_by("number", "row_id")
        .agg(values=pl.struct("field", "new"))
        .unique(["row_id", "values"])
        .filter(pl.len().over("row_id") == 1)
    )
    return table.join(several, on=["number", "row_id"], how="semi")


def _with_old(table: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """`row_id, field, old, new` of the cells that change, sorted."""
    parts = [
        group.select(
            "row_id",
            "field",
            frame[str(field)].gather(frame["row_id"].search_sorted(group["row_id"])).alias("old"),
            "new",
        )
        for (field,), group in table.partition_by("field", as_dict=True).items()
    ]
    cells = pl.concat(parts) if parts else _no_cells()
    return cells.filter(pl.col("old").ne_missing(pl.col("new"))).sort("row_id", "field")


def _no_cells() -> pl.DataFrame:
    return pl.DataFrame(schema={"row_id": pl.UInt32} | dict.fromkeys(("field", "old", "new"), pl.String))


def _shown(contract: Contract, name: str, value: str | None, language: Language) -> str:
    if not value:
        return _BLANK.in_(language)
    label = contract.field(name).code_labels.get(value)
    return f"{value} ({label.in_(language)})" if label else value
