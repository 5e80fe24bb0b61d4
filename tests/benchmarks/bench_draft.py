"""How right the automatic draft is: the four samples, then the same under other headers, shuffled, among others.

    .venv/bin/python tests/benchmarks/bench_draft.py [FOLDER OF THE SAMPLES] [--wrong]

A column is right when the draft gives it the fields of the sample's own recipe; missed when it gives none;
wrong when it gives others; wrong silently when it is then 0.8 sure or more, which is what nobody is told of.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.core.extracts import open_extract  # noqa: E402
from desktop_app.core.mapping import draft_recipe, load_recipe  # noqa: E402
from desktop_app.core.stages import Extract  # noqa: E402
from tests.core.header_variants import FOREIGN, HELD_OUT, TUNING, UNKNOWN  # noqa: E402
from validation_rules.contract import Contract, load_contract  # noqa: E402

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
TOLD_BELOW = 0.8


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
        counts = (one + two for one, two in zip(self[:6], other[:6], strict=True))
        return Score(*counts, (*self.what, *other.what))


def score(extract: Extract, intended: Mapping[str, tuple[str, ...]], contract: Contract) -> Score:
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


def under(extract: Extract, intended: Mapping[str, tuple[str, ...]], headers: Mapping[str, str], seed: int
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


def measured(samples: Path, sets: Mapping[str, Mapping[str, str]], contract: Contract) -> Iterator[tuple[str, Score]]:
    """(what, score) for each set of headers over the four samples; the samples as they are when there is none."""
    read = {}
    for name, file in SAMPLES.items():
        recipe = load_recipe(samples / name / "mapping.json")
        intended = {str(column.header): column.targets for column in recipe.columns if column.targets}
        read[name] = (open_extract(samples / name / file), intended)
    if not sets:
        for name, (extract, intended) in read.items():
            yield name, score(extract, intended, contract)
    for place, (title, headers) in enumerate(sets.items()):
        total = Score(0, 0, 0, 0, 0, 0)
        for seed, (extract, intended) in enumerate(read.values()):
            total += score(*under(extract, intended, headers, 10 * place + seed), contract)
        yield title, total


def main() -> None:
    """Prints a line a set, and every column that is not right when asked."""
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    samples = Path(folders[0]) if folders else ROOT.parent / "shared" / "samples"
    write, contract = sys.stdout.write, load_contract()
    write(f"{'':<36} {'mapped':>7} {'right':>7} {'%':>6} {'sure':>6} {'missed':>7} {'wrong':>6} {'silent':>7}\n")
    for heading, sets in {"": {}, "tuning": TUNING, "held out": HELD_OUT, "foreign": FOREIGN}.items():
        start = time.process_time()
        for title, got in measured(samples, sets, contract):
            name = f"{heading}: {title}" if heading else title
            share = 100 * got.right / got.mapped
            write(
                f"{name:<36} {got.mapped:>7} {got.right:>7} {share:>6.1f} {got.sure:>6} {got.missed:>7} "
                f"{got.wrong:>6} {got.silent:>7}\n"
            )
            if "--wrong" in sys.argv:
                sys.stdout.writelines(f"    {line}\n" for line in sorted(set(got.what)))
        write(f"  CPU {time.process_time() - start:.1f} s\n")


if __name__ == "__main__":
    main()
