"""Normalisation: one spelling, null for blank, and nothing more the second time."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise

TEXT = st.text(
    st.sampled_from("aZß ŉéeé\u0301\u0308\u00a0\u2009\u202f\u200b\ufeff\t\n1.4cSC+ΐ\u1e9e")
    | st.characters(codec="utf-8"),
    max_size=8,
)
FIELDS = ("nom_naissance", "topographie", "systeme_stade", "sources", "sexe")


@pytest.mark.parametrize(
    ("field", "raw", "clean"),
    [
        ("nom_naissance", "\u00a0 Dupont\u2009\u202f Martin\t", "Dupont Martin"),
        ("nom_naissance", "Zoe\u0308", "Zoë"),
        ("numero_patient", " ab  c ", "ab c"),
        ("topographie", "c 504", "C50.4"),
        ("topographie", "C50.4", "C50.4"),
        ("topographie", "C50", "C50"),
        ("systeme_stade", "CS", "cS"),
        ("systeme_stade", "cps", "cpS"),
        ("statut_identite", "vali", "VALI"),
        ("sources", "acp + pmsi", "ACP+PMSI"),
        ("matricule_ins", "2 85 05 2a 000 000", "285052A000000"),
        ("code_adicap", "\u202f ", None),
        ("date_incidence", "", None),
    ],
)
def test_spelling(contract: Contract, field: str, raw: str, clean: str | None) -> None:
    frame = normalise(pl.DataFrame({field: [raw], "numero_tumeur": ["1"]}), contract)
    assert frame.get_column(field).to_list() == [clean]


def test_shape(contract: Contract) -> None:
    frame = normalise(pl.DataFrame({"sexe": [1, None, 2], "other": [1, 2, 3]}), contract)
    assert frame.columns == ["row_id", *contract.field_names]
    assert frame.select("row_id", "sexe").rows() == [(1, "1"), (3, "2")]
    assert set(frame.dtypes[1:]) == {pl.String} and frame.schema["row_id"] == pl.UInt32


def test_no_row_at_all(contract: Contract) -> None:
    assert normalise(pl.DataFrame({"sexe": []}, schema={"sexe": pl.String}), contract).height == 0
    assert normalise(pl.DataFrame(), contract).height == 0


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(*[TEXT] * len(FIELDS)), min_size=1, max_size=4))
def test_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    contract = load_contract()
    once = normalise(pl.DataFrame(rows, schema=list(FIELDS), orient="row"), contract)
    assert_frame_equal(normalise(once, contract), once)
    for value in once.select(FIELDS).unpivot().get_column("value").drop_nulls():
        assert unicodedata.is_normalized("NFC", value) and value and not value[0].isspace()
