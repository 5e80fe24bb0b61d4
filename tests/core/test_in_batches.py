"""A file checked in batches gives the findings of the same file checked in memory, to the byte."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.cli.findings_output import TABLE_ROWS, Format, Verdict, shown, verdict, written
from desktop_app.core import in_batches
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import open_extract, open_stream
from desktop_app.core.flow import mapped_through
from desktop_app.core.in_batches import KEY_BUDGET, BatchFindings, Plan, check_guessing, check_in_batches
from desktop_app.core.mapping import Recipe, draft_recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.spool import IN_MEMORY, Spool
from desktop_app.core.stages import ImportOptions
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.text import Text

DAY = date(2026, 11, 22)
CONTRACT = load_contract()
FIELDS = CONTRACT.field_names
# Few numbers and few persons, so that groups spread over batches; values that spoil a field; odd characters.
CELLS: dict[str, list[str]] = {
    "numero_patient": ["P1", "P2", "P3", "p1 ", "", "§§"],
    "numero_tumeur": ["1", "2", "01", "x"],
    "matricule_ins": ["", "185057800608491", "1850578006084", "285057800608436"],
    "nom_naissance": ["Martin", "MARTIN", "Lefèvre", 'dit "Le Gall"', "D;E", "A\nB", ""],
    "prenoms": ["Zoé", "Zoe Marie", "Jean-Pierre"],
    "date_naissance": ["1960-05-04", "1960", "1961-01-01", "1960-13-01"],
    "sexe": ["1", "2", "9", "8"],
    "topographie": ["C50.4", "C50.9", "C61.9", "C99.9"],
    "morphologie": ["8500", "8140", "9999"],
    "comportement": ["3", "2", "7"],
    "date_incidence": ["2024-02-03", "2024-03", "2031-01-01", "1950-01-01"],
    "lateralite": ["1", "2", ""],
}
RECORD = st.fixed_dictionaries({}, optional={name: st.sampled_from(cells) for name, cells in CELLS.items()})
LINE = st.one_of(
    RECORD.map(lambda cells: [({**CONTRACT.example, **cells}).get(name, "") for name in FIELDS]),
    st.just([]),  # a blank line
    st.just([""] * len(FIELDS)),
    RECORD.map(lambda cells: list(cells.values())),  # too few cells
    RECORD.map(lambda cells: [*CONTRACT.example.values(), "more", "and more"] + list(cells.values())[:2]),
)
FILES = st.lists(LINE, min_size=1, max_size=14)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16-le"])


def text(lines: list[list[str]], separator: str = ";") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows([list(FIELDS), *lines])
    return stream.getvalue()


def plan(recipe: Recipe, identities: bool = True, budget: int = KEY_BUDGET, most: int | None = None) -> Plan:
    hide = partial(shown, CONTRACT, show_identities=identities)
    more = CONTRACT.record_key if identities else ()
    return Plan(recipe, CONTRACT, DAY, hide, more, budget, most)


def in_memory(path: Path, options: ImportOptions | None, form: Format, identities: bool = True) -> str:
    extract = open_extract(path, options)
    mapped = mapped_through(extract, draft_recipe(extract, CONTRACT).recipe, CONTRACT)
    findings = Checker(CONTRACT, DAY).check(mapped.frame)
    whole = verdict(CONTRACT, path.name, mapped.frame, findings, show_identities=identities)
    return "".join(written(whole, form))


def in_parts(
    path: Path,
    options: ImportOptions | None,
    form: Format,
    rows: int,
    piece: int = 8 << 20,
    budget: int = KEY_BUDGET,
    held: int = IN_MEMORY,
    identities: bool = True,
    progress: Progress = silent,
) -> str:
    stream = open_stream(path, options, rows)
    stream.piece = piece
    most = TABLE_ROWS if form == "table" else None
    with Spool(path.parent, held) as spool:
        planned = partial(plan, identities=identities, budget=budget, most=most)
        found = check_guessing(stream, CONTRACT, planned, spool, progress)[1]
        return "".join(written(result_of(path, found), form))


def result_of(path: Path, found: BatchFindings) -> Verdict:
    return Verdict(CONTRACT, path.name, found.rows, found.counts, partial(found.parts, silent))


def outcome(check: partial[str]) -> str:
    try:
        return check()
    except AppError as error:
        return error.code


@settings(max_examples=8, deadline=None)
@given(
    lines=FILES,
    encoding=ENCODINGS,
    guessed=st.booleans(),
    rows=st.integers(1, 9),
    piece=st.integers(20, 3000),
    budget=st.sampled_from([KEY_BUDGET, 6_000]),
)
def test_any_batches_give_the_bytes_of_the_whole(
    lines: list[list[str]], encoding: str, guessed: bool, rows: int, piece: int, budget: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text(lines).encode(encoding, "replace"))
        options = None if guessed else ImportOptions("delimited", encoding, ";")
        whole = outcome(partial(in_memory, path, options, "csv"))
        assert outcome(partial(in_parts, path, options, "csv", rows, piece, budget, held=2_000)) == whole
