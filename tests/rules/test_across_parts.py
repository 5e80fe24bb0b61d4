"""Records that come in parts: the rules over several records find what they find in the whole."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules import across
from validation_rules.across import Across, GroupTooLargeError, across_rules
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.cross_record import letters
from validation_rules.normalise import normalise
from validation_rules.packs import Packs, not_alone
from validation_rules.verdicts import detailed

CELLS: dict[str, list[str | None]] = {
    "numero_patient": ["P1", "P2", "P3", "P4", "§§", None],
    "numero_tumeur": ["1", "2", "x"],
    "matricule_ins": [None, "185057800608491", "285057800608436"],
    "nom_naissance": ["Martin", "MARTIN", "Lefèvre", None],
    "date_naissance": ["1960-05-04", "1960", "1960-13-01"],
    "sexe": ["1", "2", "8"],
    "topographie": ["C50.4", "C50.9", "C61.9", "C99.9"],
    "morphologie": ["8500", "8140", "9999"],
    "date_incidence": ["2024-02-03", "2024-03", "2031-01-01"],
    "lateralite": ["1", "2", None],
}
RECORDS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}),
    min_size=1,
    max_size=20,
)


def frame_of(records: list[dict[str, str | None]], contract: Contract) -> pl.DataFrame:
    columns = {name: pl.Series([each[name] for each in records], dtype=pl.String) for name in CELLS}
    return normalise(pl.DataFrame({**contract.example, **columns}), contract)


def plain(findings: pl.DataFrame) -> pl.DataFrame:
    """In one order, with types that do not depend on how they were found."""
    texts = pl.col("field", "rule_id", "severity").cast(pl.String)
    return findings.with_columns(texts, pl.col("row_id").cast(pl.UInt32)).sort("row_id", "rule_id", "field")


def in_whole(frame: pl.DataFrame, contract: Contract, checker: Checker) -> pl.DataFrame:
    """What the rules over several records find, with their details and the patient."""
    ours = pl.col("rule_id").is_in([rule.id for rule in across_rules(contract)])
    found = checker.check(frame)
    told = detailed(frame, found, contract, "fr")
    found = found.with_columns(pl.col("rule_id").cast(pl.String)).filter(ours)
    found = found.join(frame.select("row_id", "numero_patient"), on="row_id")
    return found.join(told, on=["row_id", "rule_id"], how="left").with_columns(pl.col("detail").fill_null(""))


def in_parts(
    frame: pl.DataFrame, contract: Contract, checker: Checker, rows: int, budget: int
) -> tuple[pl.DataFrame, int]:
    """The findings of every share, and how many shares; a part numbers its rows as a batch does."""
    kept, shares, more = Across(contract, budget, ("numero_patient",)), 0, True
    found = [in_whole(frame.clear(), contract, checker).cast({"row_id": pl.UInt64})]
    while more:
        for before in range(0, frame.height, rows):
            part = frame.slice(before, rows).with_columns(pl.col("row_id") - before)
            kept.add(part, checker.check_alone(part)[1], before)
        found += [each.cast({"rule_id": pl.String}) for each in kept.findings()]
        more, shares = kept.next_share(), shares + 1
    return pl.concat(found), shares


@settings(max_examples=15, deadline=None)
@given(
    records=RECORDS,
    rows=st.integers(1, 30),
    budget=st.sampled_from([9_500, 10**9]),
    at_once=st.sampled_from([300, 10**6]),
)
def test_any_parts_give_the_findings_of_the_whole(
    contract: Contract,
    checker: Checker,
    records: list[dict[str, str | None]],
    rows: int,
    budget: int,
    at_once: int,
) -> None:
    frame = frame_of(records, contract)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(across, "_AT_ONCE", at_once)
        parts, _ = in_parts(frame, contract, checker, rows, budget)
    assert plain(parts).equals(plain(in_whole(frame, contract, checker)))


def test_shares_of_the_keys_give_the_findings_of_the_whole(contract: Contract, checker: Checker) -> None:
    draw = Random(7)
    records = [{name: draw.choice(cells) for name, cells in CELLS.items()} for _ in range(600)]
    for each in records:
        each |= {"numero_patient": f"P{draw.randrange(300)}", "matricule_ins": None}
        each |= {"date_naissance": f"{draw.randrange(1940, 1960)}-{draw.randrange(1, 13):02}-07"}
    frame = frame_of(records, contract)
    parts, shares = in_parts(frame, contract, checker, 40, 10_000)
    assert shares >= 3
    assert plain(parts).equals(plain(in_whole(frame, contract, checker)))


def test_one_key_on_more_rows_than_memory_holds_is_refused_with_its_fields(contract: Contract) -> None:
    rows = [f"P{at}" if at % 10 == 0 else "P0" for at in range(400)]
    frame = normalise(pl.DataFrame({**contract.example, "numero_patient": rows}), contract)
    kept = Across(contract, 60_000)
    with pytest.raises(GroupTooLargeError) as refusal:
        kept.add(frame, Checker(contract, date(2026, 11, 22)).check_alone(frame)[1], 0)
        list(kept.findings())
    assert refusal.value.fields == ("numero_patient",)
    assert refusal.value.rows == 361
    assert "P0" not in str(refusal.value)


def test_packs_give_back_the_records_that_are_wanted_in_their_order() -> None:
    packs, numbers = Packs(), [1, 2, 5, 9, 10, 40, 2**40]
    for at in range(0, 7, 2):
        records = pl.DataFrame(
            {"row_id": numbers[at : at + 2], "a": "x"}, schema_overrides={"row_id": pl.UInt64}
        )
        packs.put(records, pl.Series(range(at, at + records.height), dtype=pl.UInt32))
    assert (packs.rows, packs.hashes().to_list()) == (7, [*range(7)])
    assert packs.size > 0
    wanted = pl.Series([True, False, True, True, False, False, True])
    given_back = [*packs.emptied(wanted)]
    assert pl.concat([records for records, _ in given_back])["row_id"].to_list() == [1, 5, 9, 2**40]
    assert pl.concat([hashes for _, hashes in given_back]).to_list() == [0, 2, 3, 6]
    assert (packs.rows, packs.size, packs.hashes().len()) == (0, 0, 0)


def test_a_key_that_is_missing_is_alone() -> None:
    keys = pl.Series([7, None, 8, None, 7, 9, 7], dtype=pl.UInt64)
    assert not_alone(keys).to_list() == [True, False, False, False, True, False, True]
    assert not_alone(keys.clear()).len() == 0


def test_names_that_come_often_have_the_letters_of_one_that_comes_once() -> None:
    names = ["Lefèvre", "d'ARRAS", None, "Œuf Æ", "??", "Le  Goff"]
    many = pl.Series("nom", names * 1_000, dtype=pl.String)
    assert letters(many).to_list() == letters(pl.Series("nom", names, dtype=pl.String)).to_list() * 1_000
    assert letters(many).name == "nom"
    assert letters(pl.Series("nom", [None] * 5_000, dtype=pl.String)).null_count() == 5_000
