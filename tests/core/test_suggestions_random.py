"""On rows made at random: every suggestion makes its finding go, and brings no error to its row."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.bench_frames import applied, wanted_cells
from tests.core.suggestion_parts import Rows, Values, checker, rows_of, suggester
from tests.core.test_suggestions_promise import found
from tests.core.test_suggestions_spread import ids
from validation_rules.normalise import normalise

_DATES = ["1950-01-15", "2019-03-04", "2019", "1919-04-31", "2012-11-02", "2033-05-17", "INCONNUE", "FIN2019"]
_POOLS: dict[str, list[str | None]] = {
    "numero_patient": ["P1", "P2", None],
    "numero_tumeur": ["1", "2"],
    "matricule_ins": [
        "2500138185001", "250013818500107", "250013818500100", "1500138185001", "250013818500X", None,
    ],
    "oid_ins": ["1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.8", "NIR", None],
    "statut_identite": ["VALI", "PROV", "VALIDE"],
    "nom_naissance": ["EXEMPLE", "X", "DUPONT2", None],
    "sexe": ["1", "2", "9", "F"],
    "date_naissance": [*_DATES, None],
    "commune_residence": ["38185", "38600", "14615", "99999", None],
    "code_postal": ["38000", "13005", "67120", None],
    "date_incidence": [*_DATES],
    "age_incidence": ["69", "71", "7", "999", None],
    "topographie": ["C50.4", "C18.2", "C53.9", "C61.9", "C77.2", "C71.1", "C42.1", "C80.9", "C50.7", None],
    "morphologie": ["8500", "8140", "8070", "9823", "9084", "8720", "8000", "5800", "8140/3", None],
    "comportement": ["0", "2", "3", "6", None],
    "edition_cimo": ["3", "3.1", "3.2", None],
    "base_diagnostic": ["0", "2", "5", "6", "7", "7.2", "9", None],
    "lateralite": ["0", "1", "2", "4", "D", None],
    "grade": ["1", "6", "9", None],
    "statut_vital": ["1", "2", "9", None],
    "date_dernieres_nouvelles": [*_DATES, None],
    "cause_deces": ["C50.9", None],
    "edition_tnm": ["7", "8", None],
    "ct": ["1", "IS", "T1N0M0", "O", "pT2", None],
    "cn": ["0", "1", None],
    "cm": ["0", "1", "X", None],
    "pt": ["2", "PT1", None],
    "systeme_stade": ["cS", "pS", "A", None],
    "stade": ["0", "1", "4", "II", None],
    "chirurgie": ["0", "1", "9"],
    "chimiotherapie": ["0", "2", "OUI"],
    "greffe_csh": ["0", "1"],
    "sources": ["DC", "ACP+PMSI", "PMSI+RCP", "ACP/RCP", None],
}  # fmt: skip
_ONE = st.dictionaries(st.sampled_from(sorted(_POOLS)), st.none(), min_size=1, max_size=9)


@st.composite
def record(draw: st.DrawFn) -> Values:
    """A few fields of the example, with values of the pools."""
    return {name: draw(st.sampled_from(_POOLS[name])) for name in draw(_ONE)}


@dataclass(frozen=True)
class Told:
    """What became of one suggestion when it was written into the batch."""

    before: set[tuple[str, str, str]]
    after: set[tuple[str, str, str]]


def written(rows: Rows, cells: list[tuple[int, str, str | None]], row_id: int) -> Told:
    """A check of the whole batch, which suggestions never make."""
    frame = normalise(applied(rows.standing.frame, wanted_cells(cells)), rows.contract)
    check = checker(rows.contract.id).check(frame)
    return Told(found(rows.standing.found, row_id), found(check, row_id))


def assert_kept(told: Told, rule_id: str, field: str, why: object) -> None:
    assert (rule_id, field) not in {(rule, where) for rule, where, _ in told.after}, why
    assert not [rule for rule, _, severity in told.after - told.before if severity == "error"], why


def drawn(rows: Rows, data: st.DataObject) -> list[tuple[int, str, str]]:
    """The findings of some rows in any order: row id, rule id, field."""
    cases = rows.standing.found.select("row_id", pl.col("rule_id", "field").cast(pl.String)).rows()
    return data.draw(st.permutations(cases))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(record(), min_size=2, max_size=4), st.data())
def test_every_suggestion_keeps_its_promise(records: list[Values], data: st.DataObject) -> None:
    rows = rows_of(records)
    asked = suggester(rows)
    for row_id, rule_id, field in drawn(rows, data)[:5]:
        made = asked.suggest(row_id, rule_id, field)
        assert len({tuple(one.new.items()) for one in made}) == len(made)
        for one in made[:2]:
            assert one.cells and all(cell.old != cell.new for cell in one.cells)
            assert one.why.fr and one.why.en and "{" not in one.why.fr + one.why.en
            cells = [(row_id, name, value) for name, value in one.new.items()]
            assert_kept(written(rows, cells, row_id), rule_id, field, one)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(record(), min_size=3, max_size=5), st.data())
def test_a_suggestion_on_many_rows_keeps_it_too(records: list[Values], data: st.DataObject) -> None:
    rows = rows_of(records)
    asked = suggester(rows)
    for row_id, rule_id, field in drawn(rows, data)[:3]:
        for one in asked.suggest(row_id, rule_id, field)[:1]:
            spread = asked.spread(one, rule_id, field, ids(rows), same_values=False)
            cells = spread.cells.select("row_id", "field", "new").rows()
            for other in spread.cells["row_id"].unique():
                assert_kept(written(rows, cells, other), rule_id, field, one)


@pytest.mark.parametrize("field", sorted(_POOLS))
def test_the_pools_are_of_the_contract(field: str) -> None:
    assert field in rows_of([{}]).contract.field_names
