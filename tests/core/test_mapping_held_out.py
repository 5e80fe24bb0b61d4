"""The draft under headers that it has never seen: nearly all right, and never wrong without a word."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.mapping import draft_recipe
from desktop_app.core.mapping.tokens import likeness, tokens
from desktop_app.core.stages import Extract
from tests.core.draft_parts import SAMPLES, Score, sample, score, small_extract, under
from tests.core.header_variants import FOREIGN, HELD_OUT, NEAR_MISSES, TUNING
from validation_rules.contract import load_contract

ROWS = 400


@cache
def read(folder: Path, name: str) -> tuple[Extract, dict[str, tuple[str, ...]]]:
    return sample(folder, name, ROWS)


def over_samples(shared: Path, headers: dict[str, str], seed: int) -> Score:
    total = Score(0, 0, 0, 0, 0, 0)
    for place, name in enumerate(SAMPLES):
        total += score(*under(*read(shared / "samples", name), headers, seed + place), load_contract())
    return total


@pytest.mark.parametrize("title", [*TUNING, *HELD_OUT])
def test_other_headers_among_unknown_columns(shared: Path, title: str) -> None:
    got = over_samples(shared, dict({**TUNING, **HELD_OUT}[title]), len(title))
    assert got.right >= 0.95 * got.mapped, got.what
    assert got.silent == 0, got.what


@pytest.mark.parametrize("title", FOREIGN)
def test_another_language_is_left_to_the_person_rather_than_guessed_wrong(shared: Path, title: str) -> None:
    got = over_samples(shared, dict(FOREIGN[title]), 7)
    assert got.silent == 0, got.what


@pytest.mark.parametrize("header", NEAR_MISSES)
def test_a_close_name_without_the_true_column_is_never_sure(header: str) -> None:
    draft = draft_recipe(small_extract({header: list(NEAR_MISSES[header]), "x": ["a", "b"]}), load_contract())
    assert draft.columns[0].confidence < 0.8, draft.columns[0]


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("PAT_DATE_NAISS", "Date de naissance du patient"),
        ("DateNaiss", "date_naissance"),
        ("DATENAISS", "Date Naiss."),
        ("T clinique (cTNM)", "cT"),
        ("Topo. CIM-O-3", "topographie ICD-O"),
        ("StatVit", "Statut vital"),
    ],
)
def test_one_name_written_in_two_ways(header: str, same: str) -> None:
    assert likeness(tokens(header), [tokens(same)]) > 0.8


@settings(max_examples=200, deadline=500)
@given(st.text(max_size=200))
def test_any_header_has_its_words(header: str) -> None:
    assert 0 <= likeness(tokens(header), [tokens("Date de naissance")]) <= 1
