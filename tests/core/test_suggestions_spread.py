"""One suggestion on many rows: only where it is the one value, and never a new error."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from desktop_app.core.errors import Cancelled
from tests.core.suggestion_parts import Rows, Values, rows_of, suggester, suggestions
from tests.core.test_suggestions_person import WOMAN
from validation_rules.text import Text


def ids(rows: Rows) -> pl.Series:
    return rows.standing.frame["row_id"]


def batch(*records: Values) -> Rows:
    return rows_of([{**WOMAN, **record} for record in records])


def test_each_row_gets_its_own_value() -> None:
    rows = batch({"age_incidence": "17"}, {"age_incidence": "18", "date_naissance": "1960-01-15"}, {})
    first = suggestions(rows, 1, "DAT-04")[0]
    field = "age_incidence+date_naissance+date_incidence"
    spread = suggester(rows).spread(first, "DAT-04", field, ids(rows), same_values=False)
    assert spread.cells.rows() == [(1, "age_incidence", "17", "71"), (2, "age_incidence", "18", "61")]
    assert (spread.rows, spread.asked) == (2, 3)


def test_the_same_values_only() -> None:
    rows = batch({"age_incidence": "17"}, {"age_incidence": "17", "date_naissance": "1960-01-15"})
    first = suggestions(rows, 1, "DAT-04")[0]
    field = "age_incidence+date_naissance+date_incidence"
    spread = suggester(rows).spread(first, "DAT-04", field, ids(rows), same_values=True)
    assert spread.cells["row_id"].to_list() == [1]


def test_a_row_with_two_values_is_left_to_a_person() -> None:
    record = {"comportement": None, "morphologie": "8120", "topographie": "C67.9", "grade": "9"}
    rows = batch(record, {**record, "morphologie": "8140", "topographie": "C61.9", "sexe": "1"})
    first = suggestions(rows, 1, "REQ-comportement")[0]
    spread = suggester(rows).spread(first, "REQ-comportement", "comportement", ids(rows), same_values=False)
    assert 1 not in spread.cells["row_id"], "in situ and malignant are both listed"


def test_two_rows_do_not_take_each_others_value() -> None:
    one: Values = {"numero_patient": "P9", "numero_tumeur": "1"}
    two: Values = {"numero_patient": "P9", "numero_tumeur": "2", "date_naissance": "1950-01-16"}
    rows = batch(one, {**two, "topographie": "C34.9"})
    found = rows.standing.found.filter(pl.col("rule_id").cast(pl.String) == "IDN-10")
    field = found["field"].cast(pl.String)[0]
    first = suggestions(rows, 1, "IDN-10")[0]
    spread = suggester(rows).spread(first, "IDN-10", field, ids(rows), same_values=False)
    assert spread.cells.is_empty()


def test_changes_are_counted_before_and_after() -> None:
    rows = batch(*[{"lateralite": side} for side in ("1", "1", "2")])
    first = suggestions(rows, 1, "LAT-02")[0]
    spread = suggester(rows).spread(first, "LAT-02", "lateralite+topographie", ids(rows), same_values=False)
    assert spread.changes().rows() == [("lateralite", "1", "0", 2), ("lateralite", "2", "0", 1)]


def test_a_cancel_is_heard() -> None:
    rows = batch({"age_incidence": "17"})

    def stop(done: int, total: int | None, what: Text) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        suggester(rows).suggest(1, "DAT-04", "age_incidence+date_naissance+date_incidence", stop)


def test_nothing_for_a_finding_that_is_gone() -> None:
    assert suggester(batch({})).suggest(1, "DAT-04", "age_incidence+date_naissance+date_incidence") == []


def test_a_withdrawn_record_is_no_witness() -> None:
    one: Values = {"numero_patient": "P9", "numero_tumeur": "1", "topographie": "C34.9"}
    rows = batch(one, {**one, "numero_tumeur": "2", "date_naissance": "1950-01-16"})
    gone = pl.Series("row_id", [2], dtype=pl.UInt32)
    standing = replace(rows.standing, withdrawn=gone)
    assert standing.records()["row_id"].to_list() == [1]
    assert suggestions(rows, 1, "IDN-10") and not suggestions(replace(rows, standing=standing), 1, "IDN-10")
