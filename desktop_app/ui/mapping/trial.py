"""A recipe tried on the distinct values of an extract: what each local value becomes, and what fits no code.

A million rows hold a few thousand distinct cells; trying those takes a moment, and goes through
`apply_recipe`: what is shown is what will happen. Every count is of all rows of the file, never of a sample.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.mapping import Recipe, apply_recipe
from desktop_app.core.mapping.apply import fill, headers_of, match_headers
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column
    from validation_rules.contract import Contract, Field

MOST_VALUES = 300  # of a field, on the screen; the counts are over all of them
_ROWS_OF_A_STATE = 12
_PLACING = ("header", "index", "field", "fields", "split", "join", "join_with")
_COUNTING = Text("Décompte des valeurs", "Counting the values")
_KIND = "\N{UNIT SEPARATOR}kind"  # no header holds a control character

State = Literal["unfit", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Distinct:
    """Every value of every source column.

    `groups`: column -> frame `value` (String, trimmed, never blank), `kind` UInt8, `rows` UInt32, `first`
    UInt32 (`row_id` of the first row that holds it), most frequent first.
    """

    extract: Extract = dataclasses.field(repr=False)
    groups: Mapping[str, pl.DataFrame] = dataclasses.field(repr=False)
    _sizes: Mapping[str, tuple[int, int]] = dataclasses.field(repr=False)  # a list asks at every repaint

    @property
    def headers(self) -> list[str]:
        """The columns in file order."""
        return list(self.groups)

    def filled(self, header: str) -> int:
        """How many rows hold something in a column."""
        return self._sizes[header][0]

    def number(self, header: str) -> int:
        """How many different values a column holds."""
        return self._sizes[header][1]

    def most_frequent(self, header: str, most: int = MOST_VALUES) -> list[tuple[str, int]]:
        """Values of a column with their number of rows."""
        top = self.groups[header].head(most)
        return list(zip(top.get_column("value").to_list(), top.get_column("rows").to_list(), strict=True))


@dataclass(frozen=True, slots=True)
class Tried:
    """One local value: in how many rows it stands, what it becomes, whether the contract knows that."""

    local: str
    rows: int
    becomes: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a column gives in one field. `values`: misfits first, then by frequency, at most MOST_VALUES.

    `filled`, `changed` and `unfit` count rows of the whole file, `distinct` and `unfit_values` its values.
    """

    values: tuple[Tried, ...] = dataclasses.field(default=(), repr=False)
    filled: int = 0
    changed: int = 0
    unfit: int = 0
    distinct: int = 0
    unfit_values: int = 0


@dataclass(frozen=True, slots=True)
class RowSample:
    """A real row of the file: `row` as in the file, its cells before, its fields after."""

    row: int
    before: tuple[str, ...] = dataclasses.field(repr=False)
    after: tuple[str, ...] = dataclasses.field(repr=False)
    state: State = "same"


@dataclass(frozen=True, slots=True)
class ColumnTrial:
    """One column of a recipe tried on all values of the file. `headers` are the columns that it reads."""

    headers: tuple[str, ...]
    fields: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    rows: tuple[RowSample, ...]


def distinct(extract: Extract, progress: Progress = silent) -> Distinct:
    """Counts the values of every column, trimmed as recodes compare them; blank cells are left out."""
    groups, sizes = {}, {}
    for place, name in enumerate(extract.columns):
        progress(place, len(extract.columns), _COUNTING)
        group = _grouped(extract, (name,)).rename({name: "value", _kind(name): "kind"})
        groups[name] = group
        sizes[name] = int(group.get_column("rows").sum()), group.get_column("value").n_unique()
    progress(len(groups), len(groups), _COUNTING)
    return Distinct(extract, groups, sizes)


def _kind(name: str) -> str:
    return name + _KIND


def _grouped(extract: Extract, headers: Sequence[str]) -> pl.DataFrame:
    """The distinct combinations of some columns with their kinds, `rows` and `first`; blank ones left out."""
    cells = [extract.frame.get_column(name).str.strip_chars().replace("", None) for name in headers]
    frame = pl.DataFrame([extract.frame.get_column("row_id"), *cells])
    frame = frame.with_columns(_kinds(extract, name).alias(_kind(name)) for name in headers)
    frame = frame.filter(~pl.all_horizontal(pl.col(name).is_null() for name in headers))
    counts = frame.group_by([*headers, *map(_kind, headers)]).agg(
        pl.len().cast(pl.UInt32).alias("rows"), pl.col("row_id").min().alias("first")
    )
    return counts.sort("rows", "first", descending=[True, False])


def _kinds(extract: Extract, name: str) -> pl.Series:
    if extract.kinds is None or name not in extract.kinds.columns:
        return pl.Series([0], dtype=pl.UInt8).new_from_index(0, extract.frame.height)
    return extract.kinds.get_column(name).cast(pl.UInt8)


def sources_of(column: Column, headers: Sequence[str]) -> tuple[str, ...]:
    """The columns of the file that a column of a recipe reads; one that the file lacks stays as the recipe
    says it."""
    named = list(headers_of(column))
    if not named and column.index is not None:
        return (headers[column.index - 1],) if column.index <= len(headers) else (str(column.index),)
    found, _ = match_headers(headers, named)
    return tuple(found.get(name, name) for name in named)


def try_recipe(
    values: Distinct,
    recipe: Recipe,
    contract: Contract,
    known: Mapping[str, ColumnTrial] | None = None,
    progress: Progress = silent,
) -> dict[str, ColumnTrial]:
    """The trial of every column that fills a field, by the JSON of the column; `known` ones are kept."""
    tried: dict[str, ColumnTrial] = {}
    for place, column in enumerate(recipe.columns):
        progress(place, len(recipe.columns), _COUNTING)
        if column.targets:
            key = column.model_dump_json()
            done = (known or {}).get(key) or try_column(values, recipe, column, contract)
            if done is not None:
                tried[key] = done
    return tried


def try_column(values: Distinct, recipe: Recipe, column: Column, contract: Contract) -> ColumnTrial | None:
    """One column tried; None when the file lacks it, or a change of it is not finished."""
    headers = sources_of(column, values.headers)
    if not headers or any(name not in values.groups for name in headers):
        return None
    groups, small = distinct_rows(values, headers)
    column = by_name(column, headers)
    try:
        alone = alone_in(recipe, column)
        before = _before_steps(small, column)
        after = _mapped(small, alone, contract)
    except AppError:
        return None  # a recipe in the middle of a change; the check itself will say what is wrong
    fields = tuple(contract.field(name) for name in column.targets)
    frame = _side_by_side(groups, before, after, fields)
    outcomes = {field.name: _outcome(frame, place) for place, field in enumerate(fields)}
    reshaped = len(headers) > 1 or len(fields) > 1  # joined or split: no cell stays what it was
    return ColumnTrial(headers, column.targets, outcomes, _samples(frame, headers, len(fields), reshaped))


def _before_steps(small: Extract, column: Column) -> dict[str, pl.Series]:
    """Field -> the cells that reach it, columns joined and cells split, before any other step: what a recode
    compares."""
    bare = {name: getattr(column, name) for name in _PLACING}
    sources, _ = match_headers(small.columns, headers_of(column))
    return dict(fill(small, type(column).model_validate(bare), sources))


def by_name(column: Column, headers: Sequence[str]) -> Column:
    """The column that reads these headers of the file, none of them by its place."""
    names = {"header": headers[0], "join": tuple(headers[1:]), "index": None, "start": None, "length": None}
    return column.model_copy(update=names)


def alone_in(recipe: Recipe, column: Column) -> Recipe:
    """The recipe with that column only, and no value for every row."""
    return recipe.model_copy(update={"columns": (column,), "defaults": {}})


def distinct_rows(values: Distinct, headers: tuple[str, ...]) -> tuple[pl.DataFrame, Extract]:
    """The distinct rows of some columns with `rows` and `first`, and the same as an extract of its own.

    `row_id` of that extract counts the distinct rows from 1.
    """
    if len(headers) == 1:
        groups = values.groups[headers[0]].rename({"value": headers[0], "kind": _kind(headers[0])})
    else:
        groups = _grouped(values.extract, tuple(dict.fromkeys(headers)))
    numbers = pl.int_range(1, groups.height + 1, dtype=pl.UInt32, eager=True).alias("row_id")
    names = list(dict.fromkeys(headers))
    frame = groups.select(names).insert_column(0, numbers)
    kinds = groups.select(pl.col(_kind(name)).alias(name) for name in names)
    with_kinds = kinds if values.extract.kinds is not None else None
    return groups, dataclasses.replace(values.extract, frame=frame, kinds=with_kinds)


def _mapped(small: Extract, recipe: Recipe, contract: Contract) -> pl.DataFrame:
    """The fields of each distinct row, in the order of the rows: rows left blank are there too."""
    mapped = apply_recipe(small, recipe, contract).frame.select("row_id", *recipe.targets)
    return small.frame.select("row_id").join(mapped, on="row_id", how="left", maintain_order="left")


def _side_by_side(
    groups: pl.DataFrame, before: Mapping[str, pl.Series], after: pl.DataFrame, fields: Sequence[Field]
) -> pl.DataFrame:
    """`groups` with, for field number i, `local{i}`, `becomes{i}`, `fits{i}` and `changed{i}`."""
    frame = groups
    for place, field in enumerate(fields):
        local = before[field.name].str.strip_chars().replace("", None).alias(f"local{place}")
        becomes = after.get_column(field.name).alias(f"becomes{place}")
        frame = frame.with_columns(local, becomes).with_columns(
            fitting(field, pl.col(f"becomes{place}")).alias(f"fits{place}"),
            pl.col(f"becomes{place}").ne_missing(pl.col(f"local{place}")).alias(f"changed{place}"),
        )
    return frame


def fitting(field: Field, value: pl.Expr) -> pl.Expr:
    """Whether the contract knows a value: in the closed list, else of a form of the field; blank fits."""
    if field.codes and field.separator:
        codes = list(field.codes)
        known = value.str.split(field.separator).list.eval(pl.element().is_in(codes)).list.all()
    elif field.codes:
        known = value.is_in(list(field.codes))
    else:
        forms = [field.pattern, *(variant.pattern for variant in field.variants)]
        known = pl.any_horizontal(
            *(value.str.contains(form) for form in forms if form), pl.lit(not any(forms))
        )
    if field.bounds is not None and not field.codes:
        number = value.cast(pl.Int64, strict=False)
        known = known & number.is_between(*field.bounds).fill_null(value=False)
    return value.is_null() | known


def _outcome(frame: pl.DataFrame, place: int) -> Outcome:
    names = {f"local{place}": "local", f"becomes{place}": "becomes", f"fits{place}": "fits"}
    part = frame.select(
        pl.col(name).alias(alias)
        for name, alias in {**names, f"changed{place}": "changed", "rows": "rows"}.items()
    ).drop_nulls("local")
    values = part.group_by("local", "becomes", "fits").agg(pl.col("rows").sum())
    shown = values.sort("fits", "rows", "local", descending=[False, True, False]).head(MOST_VALUES)
    rows, misfits = pl.col("rows"), values.filter(~pl.col("fits"))
    return Outcome(
        tuple(Tried(local, count, becomes or "", fits) for local, becomes, fits, count in shown.iter_rows()),
        int(part.get_column("rows").sum()),
        int(part.select(rows.filter(pl.col("changed")).sum()).item()),
        int(misfits.get_column("rows").sum()),
        values.get_column("local").n_unique(),
        misfits.height,
    )


def _samples(
    frame: pl.DataFrame, headers: Sequence[str], fields: int, reshaped: bool
) -> tuple[RowSample, ...]:
    """Real rows of the file: some that fit nothing, some that change, some that stay, in file order."""
    unfit = ~pl.all_horizontal(pl.col(f"fits{place}") for place in range(fields))
    changed = pl.any_horizontal(pl.lit(reshaped), *(pl.col(f"changed{place}") for place in range(fields)))
    state = (
        pl.when(unfit).then(pl.lit("unfit")).when(changed).then(pl.lit("changed")).otherwise(pl.lit("same"))
    )
    some = (
        frame.with_columns(state.alias("state"))
        .group_by("state", maintain_order=True)
        .head(_ROWS_OF_A_STATE)
        .sort("first")
    )
    after = [f"becomes{place}" for place in range(fields)]
    return tuple(
        RowSample(
            row["first"],
            tuple(row[name] or "" for name in headers),
            tuple(row[name] or "" for name in after),
            row["state"],
        )
        for row in some.iter_rows(named=True)
    )
