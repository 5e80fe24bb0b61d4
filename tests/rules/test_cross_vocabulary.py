"""What an epidemiologist can write: other fields, other arguments, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest

from validation_rules.contract import Argument, Contract, ContractError
from validation_rules.cross_arguments import check_arguments
from validation_rules.cross_record import FINDERS, find, group_key
from validation_rules.cross_vocabulary import VOCABULARY
from validation_rules.multiple_primaries import GROUPS, variants
from validation_rules.tables import table


def _found(contract: Contract, rule_id: str, rows: dict[str, list[str]], **arguments: Argument) -> list[bool]:
    rule = contract.rule(rule_id)
    rule = replace(rule, arguments=MappingProxyType({**rule.arguments, **arguments}))
    return find(pl.DataFrame(rows), rule).to_list()


def _tumours(**columns: list[str]) -> dict[str, list[str]]:
    first = {"numero_patient": ["A", "A"], "numero_tumeur": ["1", "2"], "comportement": ["3", "3"]}
    return first | columns


@pytest.mark.parametrize(
    ("morphologies", "variant", "one"),
    [
        (["9811", "9680"], "IARC_2004", False),
        (["9811", "9680"], "CANREG5_2014", True),
        (["9712", "9680"], "IARC_2004", True),
        (["9712", "9680"], "CANREG5_2014", False),
        (["9992", "9680"], "CANREG5_2014", True),
    ],
)
def test_the_edition_of_the_groups_is_an_argument(
    contract: Contract, morphologies: list[str], variant: str, one: bool
) -> None:
    rows = _tumours(topographie=["C42.1", "C77.0"], morphologie=morphologies)
    assert _found(contract, "MPT-01", rows, variant=variant) == [one, one]


def test_the_number_of_days_is_an_argument(contract: Contract) -> None:
    rows = _tumours(
        topographie=["C18.2", "C18.7"],
        morphologie=["8140", "8140"],
        date_incidence=["2020-01-01", "2020-01-31"],
        lateralite=["", ""],
    )
    assert _found(contract, "DUP-02", rows, days=30) == [True, True]
    assert _found(contract, "DUP-02", rows, days=29) == [False, False]


def test_fields_play_parts_by_name_as_well_as_by_order(contract: Contract) -> None:
    rule = replace(
        contract.rule("IDN-09"),
        fields=("ipp", "sejour"),
        arguments=MappingProxyType({"shared": "ipp", "value": "sejour"}),
    )
    rows = pl.DataFrame({"ipp": ["A", "A", "B"], "sejour": ["1", "2", "1"]})
    assert find(rows, rule).to_list() == [True, True, False]
    assert set(group_key(rule).meta.root_names()) == {"ipp"}


def test_every_word_of_the_vocabulary_is_explained() -> None:
    assert set(VOCABULARY) == set(FINDERS)
    for implementation in VOCABULARY.values():
        texts = [implementation.meaning, *(parameter.meaning for parameter in implementation.parameters)]
        assert all(text.fr and text.en for text in texts)


@pytest.mark.parametrize(
    ("rule_id", "arguments"),
    [
        ("MPT-01", {"variant": "IARC_1990"}),
        ("MPT-01", {"varient": "IARC_2004"}),
        ("MPT-01", {"patient": "sexe"}),
        ("DUP-02", {"days": "60"}),
        ("DUP-02", {"days": -1}),
        ("DUP-02", {"days": True}),
        ("MPT-03", {"sides": ("1",)}),
        ("IDN-10", {"dates": ("date_incidence",)}),
        ("KEY-01", {"first_characters": 3}),
    ],
)
def test_arguments_that_cannot_be_are_refused(
    contract: Contract, rule_id: str, arguments: dict[str, Argument]
) -> None:
    rule = contract.rule(rule_id)
    check_arguments(rule)
    with pytest.raises(ContractError, match=next(iter(arguments))):
        check_arguments(replace(rule, arguments=MappingProxyType(arguments)))


def test_a_part_without_a_field_is_refused(contract: Contract) -> None:
    with pytest.raises(ContractError, match="behaviour"):
        check_arguments(replace(contract.rule("MPT-01"), fields=contract.rule("MPT-01").fields[:4]))
    check_arguments(replace(contract.rule("DUP-02"), fields=contract.rule("DUP-02").fields[:5]))


@pytest.mark.parametrize(
    ("ours", "theirs"), [("iarc_2004", "IARC_2004"), ("canreg5_2014", "CanReg5_Ferlay2014")]
)
def test_groups_restate_the_facts(shared: Path, ours: str, theirs: str) -> None:
    facts = pl.read_csv(shared / "reference" / "iarc" / "mp_histology_groups.csv", infer_schema=False)
    facts = facts.filter(pl.col("variant") == theirs).sort(pl.col("group") == "14")
    columns = ("histology_from", "histology_to", "group")
    told = {h: g for a, b, g in _ranges(facts, *columns) for h in range(a, b + 1)}
    held = {h: g for a, b, g in _ranges(table(f"mp_groups_{ours}"), "first", "last", "group")
            for h in range(a, b + 1)}  # fmt: skip
    assert {h: (told[h], held[h]) for h in told if told[h] != held[h]} == (
        {9712: (10, 9)} if ours == "iarc_2004" else {}
    )
    assert set(told) == set(held) and set(held.values()) == set(GROUPS) - {0}
    assert theirs.startswith("Can") or theirs in variants()


def _ranges(frame: pl.DataFrame, *columns: str) -> list[tuple[int, int, int]]:
    """The last range first, so that the first one that holds a histology decides."""
    return frame.select(pl.col(columns).cast(pl.Int32)).reverse().rows()
