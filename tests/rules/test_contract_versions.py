"""Two versions of a contract: everything that differs is told, and every row that is judged otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.rules.next_version import write_next
from validation_rules.check import Checker
from validation_rules.compare import Change, by_rule, diff, preview
from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    return load_contract(write_next(tmp_path_factory.mktemp("next")))


@pytest.fixture(scope="module")
def changes(contract: Contract, following: Contract) -> dict[str, Change]:
    return {change.name: change for change in diff(contract, following)}


def _parts(change: Change) -> dict[str, tuple[str, str]]:
    return {part.name: (part.before, part.after) for part in change.parts}


def test_a_contract_is_the_same_as_itself(contract: Contract) -> None:
    assert diff(contract, contract) == ()


def test_fields(changes: dict[str, Change]) -> None:
    assert _parts(changes["grade"]) == {"required": (changes["grade"].parts[0].before, "yes")}
    was, now = _parts(changes["sexe"])["codes"]
    assert set(was.split(", ")) - set(now.split(", ")) == {"3"}
    assert _parts(changes["code_postal"])["leaves_site_as"][1] == "as_is"
    assert (changes["quartier"].fate, changes["quartier"].kind) == ("added", "field")
    assert changes["nom_naissance"].words_only and not changes["grade"].words_only


def test_rules(changes: dict[str, Change]) -> None:
    assert _parts(changes["SEX-01"]) == {"severity": ("error", "confirm"), "version": ("1", "2")}
    assert changes["SEX-02"].fate == "changed" and "title" in _parts(changes["SEX-02"])
    assert changes["AGE-01"].fate == "removed"
    assert changes["SEX-90"].fate == changes["REQ-grade"].fate == "added"


def test_a_rule_that_reads_a_column_computed_otherwise_is_named(
    contract: Contract, following: Contract, changes: dict[str, Change]
) -> None:
    assert changes["topographie_categorie"].kind == "derived"
    through = {name for name, change in changes.items() if "topographie_categorie" in change.through}
    expected = {r.id for r in contract.rules if r.where and "topographie_categorie" in r.where}
    assert expected and expected - {"AGE-01"} <= through
    assert not any(changes[name].words_only for name in through)


def test_the_way_back_is_the_mirror(contract: Contract, following: Contract) -> None:
    there, back = diff(contract, following), diff(following, contract)
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(c.kind, c.name, mirror[c.fate]) for c in there} == {(c.kind, c.name, c.fate) for c in back}


def _frame(contract: Contract, *changes: dict[str, str]) -> pl.DataFrame:
    rows = [{**contract.example, "numero_patient": f"P{n}", **change} for n, change in enumerate(changes)]
    return pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))


def test_rows_that_would_be_judged_otherwise(contract: Contract, following: Contract) -> None:
    raw = _frame(
        contract, {}, {"grade": ""}, {"sexe": "3"}, {"sexe": "1", "topographie": "C53.9"},
        {"sexe": "2", "topographie": "C61.9"}, {"date_naissance": "2060-01-01"},
    )  # fmt: skip
    now, then = normalise(raw, contract), normalise(raw, following)
    changed = preview(now, then, contract, following, DAY)
    told = {(row, rule): (before, after) for row, rule, _, before, after, _ in changed.iter_rows()}
    assert told[(2, "REQ-grade")] == (None, "error")
    assert told[(3, "COD-sexe")] == (None, "error")
    assert told[(4, "SEX-01")] == ("error", "confirm")
    assert told[(5, "SEX-90")] == (None, "error")
    assert not any(row in (1, 6) and rule[:3] != "AGE" for row, rule in told)
    table = {row["rule_id"]: row for row in by_rule(changed).to_dicts()}
    assert table["SEX-01"] == {"rule_id": "SEX-01", "appear": 0, "go": 0, "severity": 1, "rows": 1}
    assert changed.height == sum(row["appear"] + row["go"] + row["severity"] for row in table.values())


def test_a_preview_is_the_difference_of_two_checks(
    shared: Path, contract: Contract, following: Contract
) -> None:
    raw = pl.read_csv(shared / "samples" / "desordre" / "canonical.csv", infer_schema=False)
    now, then = normalise(raw, contract), normalise(raw, following)
    key = ["row_id", "rule_id", "field", "severity"]

    def found(checked: Contract, frame: pl.DataFrame) -> set[tuple[object, ...]]:
        return set(
            Checker(checked, DAY)
            .check(frame)
            .with_columns(pl.col(key[1:]).cast(pl.String))
            .select(key)
            .rows()
        )

    before, after = found(contract, now), found(following, then)
    changed = preview(now, then, contract, following, DAY)
    mine = set(changed.select("row_id", "rule_id", "field", pl.col("before")).drop_nulls("before").rows())
    theirs = set(changed.select("row_id", "rule_id", "field", pl.col("after")).drop_nulls("after").rows())
    assert changed.height and (mine, theirs) == (before - after, after - before)


def test_a_looser_severity_alone_changes_no_row_but_its_own(contract: Contract) -> None:
    rules = tuple(replace(r, severity="info") if r.id == "SEX-01" else r for r in contract.rules)
    rows = normalise(_frame(contract, {"sexe": "1", "topographie": "C53.9"}, {}), contract)
    changed = preview(rows, rows, contract, replace(contract, rules=rules), DAY)
    assert changed.select("row_id", "rule_id", "before", "after").rows() == [(1, "SEX-01", "error", "info")]
