"""The draft held against what each column is, under the headers of a sample or others."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import draft_recipe, load_recipe
from desktop_app.core.stages import Extract, ImportOptions, SourceFile
from tests.core.header_variants import UNKNOWN
from validation_rules.contract import Contract

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
TOLD_BELOW = 0.8
Intended = Mapping[str, tuple[str, ...]]


class Score(NamedTuple):
    """Counts of columns; `mapped` are those that the sample's own recipe maps."""

    mapped: int
    right: int
    missed: int
    wrong: int
    silent: int
    sure: int
    what: tuple[str, ...] = ()

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(
            self.mapped + other.mapped,
            self.right + other.right,
            self.missed + other.missed,
            self.wrong + other.wrong,
            self.silent + other.silent,
            self.sure + other.sure,
            (*self.what, *other.what),
        )


def score(extract: Extract, intended: Intended, contract: Contract) -> Score:
    """The draft of an extract against what each column is."""
    total = Score(0, 0, 0, 0, 0, 0)
    for guess in draft_recipe(extract, contract).columns:
        fields = intended.get(guess.source, ())
        right = guess.fields == fields
        wrong = bool(guess.fields) and not right
        what = f"{guess.source}: {'+'.join(guess.fields) or '-'} ({guess.confidence}), is {'+'.join(fields)}"
        total += Score(
            bool(fields),
            right and bool(fields),
            bool(fields) and not guess.fields,
            wrong,
            wrong and guess.confidence >= TOLD_BELOW,
            right and bool(fields) and guess.confidence >= TOLD_BELOW,
            () if right else (what,),
        )
    return total


def under(extract: Extract, intended: Intended, headers: Mapping[str, str], seed: int
          ) -> tuple[Extract, dict[str, tuple[str, ...]]]:  # fmt: skip
    """The extract under other headers, its columns shuffled among columns that no contract knows."""
    draw = random.Random(seed)
    names = {name: headers.get(fields[0], name) for name, fields in intended.items()}
    kept = [name for name in extract.columns if name in names]
    frame = extract.frame.select("row_id", *kept).rename(names)
    extra = {
        name: [draw.choice(cells) for _ in range(frame.height)]
        for name, cells in UNKNOWN.items()
        if name not in names.values()
    }
    frame = frame.with_columns(pl.Series(name, cells, pl.String) for name, cells in extra.items())
    order = frame.columns[1:]
    draw.shuffle(order)
    kinds = extract.kinds.select(kept).rename(names) if extract.kinds is not None else None
    if kinds is not None:
        kinds = kinds.with_columns(pl.lit(0, pl.UInt8).alias(name) for name in extra).select(order)
    options = replace(extract.options, layout=())
    changed = replace(extract, frame=frame.select("row_id", *order), kinds=kinds, options=options)
    return changed, {names[name]: fields for name, fields in intended.items()}


def sample(folder: Path, name: str, rows: int | None = None) -> tuple[Extract, dict[str, tuple[str, ...]]]:
    """One of the four samples, or its first rows, and what each of its mapped columns is."""
    recipe = load_recipe(folder / name / "mapping.json")
    extract = open_extract(folder / name / SAMPLES[name])
    if rows is not None:
        kinds = extract.kinds.head(rows) if extract.kinds is not None else None
        extract = replace(extract, frame=extract.frame.head(rows), kinds=kinds)
    return extract, {str(column.header): column.targets for column in recipe.columns if column.targets}


def small_extract(columns: Mapping[str, list[str]], rows: int = 200) -> Extract:
    """An extract whose columns repeat these cells."""
    cells = {name: (values * rows)[:rows] for name, values in columns.items()}
    frame = pl.DataFrame(cells, dict.fromkeys(cells, pl.String)).with_row_index("row_id", offset=1)
    return Extract(
        SourceFile(Path("a.csv"), "0" * 64, 1), ImportOptions("delimited", "utf-8", ";"), (), frame
    )
