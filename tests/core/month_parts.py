"""A person who corrects everything, and the extract of the month after."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench
from desktop_app.core.bench_frames import WANTED_SCHEMA
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace
from validation_rules.contract import load_contract

TODAY = date(2026, 11, 22)
KEY = ("numero_patient", "numero_tumeur")
SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
NUMBERS = ("matricule_ins", "oid_ins", "statut_identite")


def sample(shared: Path, name: str) -> Mapped:
    """A sample as its recipe reads it."""
    folder = shared / "samples" / name
    recipe = load_recipe(folder / "mapping.json")
    file = folder / SAMPLES[name]
    extract = open_extract(file, import_options(recipe, file))
    return apply_recipe(extract, recipe, load_contract(recipe.contract))


def month(mapped: Mapped, rows: pl.DataFrame, number: int) -> Mapped:
    """The extract of a month: these rows, in this order, as a file of its own."""
    numbered = rows.drop("row_id").with_row_index("row_id", offset=1)
    source = SourceFile(Path(f"{number}.csv"), f"{number:02}" * 32, 1000)
    return replace(mapped, source=source, frame=numbered.select(mapped.frame.columns))


def start(workspace: Workspace, mapped: Mapped) -> tuple[Bench, str]:
    """A new batch of these rows."""
    row = workspace.batches.create(mapped.source, mapped.contract.id, mapped.contract.version, "{}")
    return Bench.start(workspace, row.id, mapped, TODAY), row.id


def patients(frame: pl.DataFrame) -> pl.Series:
    """The group of each row: those of a patient, and a row without a number by itself."""
    alone = pl.concat_str(pl.lit("row "), pl.col("row_id").cast(pl.String))
    return frame.select(pl.coalesce("numero_patient", alone)).to_series()


def treat(bench: Bench) -> None:
    """Corrects every error and confirms the rest, as a person would who has no time for medicine."""
    for round_ in range(4):
        errors = bench.findings.filter(pl.col("severity") == "error")["row_id"].unique()
        if errors.is_empty():
            break
        _rewrite(bench, errors, round_)
    asks = bench.findings.filter((pl.col("severity") == "confirm") & (pl.col("state") == "open"))
    pairs = asks.select("row_id", pl.col("rule_id").cast(pl.String)).unique()
    bench.confirm(pairs.rows(), "checked_record")
    assert bench.checked().blocking().is_empty()


def _rewrite(bench: Bench, errors: pl.Series, seed: int) -> None:
    """All rows of the patients of these rows, after rows without a finding."""
    frame = bench.frame.with_columns(patient=patients(bench.frame))
    wrong = frame.filter(pl.col("row_id").is_in(errors.implode()))["patient"].unique()
    found = bench.findings["row_id"].unique()
    clean = frame.filter(~pl.col("row_id").is_in(found.implode())).to_dicts()
    draw = random.Random(seed)
    cells: list[tuple[int, str, str | None]] = []
    theirs = frame.filter(pl.col("patient").is_in(wrong.implode()))
    for rows in theirs.partition_by("patient", maintain_order=True):
        model, first = draw.choice(clean), rows["row_id"][0]
        unique = rows["numero_tumeur"].is_unique()
        for row_id, number, alone in zip(rows["row_id"], rows["numero_tumeur"], unique, strict=True):
            own = {
                "numero_patient": rows["numero_patient"][0] or f"X{row_id}",
                "numero_tumeur": number if number and alone and not seed else f"T{row_id}",
                "nom_naissance": f"Cas{_letters(first)}",
                "nom_utilise": None,
            }
            new = model | dict.fromkeys(NUMBERS) | own
            cells += [(row_id, name, new[name]) for name in bench.contract.field_names]
    bench.edit(pl.DataFrame(cells, schema=WANTED_SCHEMA, orient="row"), why="dossier relu")


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
