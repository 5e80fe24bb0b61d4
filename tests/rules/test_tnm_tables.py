"""TNM-02 and STA-03 against a slow and simple reading of the published tables, record by record."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import polars as pl
import pytest

from validation_rules.check import Checker
from validation_rules.contract import Argument, Contract, ContractError
from validation_rules.explain import explain
from validation_rules.table_rules import check_table_arguments

FIELDS = ("ct", "cn", "cm", "pt", "pn", "pm")
TIMING = {"c": "clinical", "p": "pathological"}
NO_STAGE = {"88", "99", "invalid_combination", "see_special_table"}
OCULAR = {"C44.1", "C69.0", "C69.5", "C69.6"}
Record = dict[str, str]


def within(value: str, ranges: str) -> bool:
    for part in ranges.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first <= value <= (last or first):
            return True
    return False


class Published:
    """The tables as they were published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.schemas = self._rows("tnm7_schemas")

    def _rows(self, name: str) -> list[Record]:
        with (self._folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def values(self) -> dict[tuple[str, str, str], set[str]]:
        lists = defaultdict(set)
        for row in self._rows("tnm7_valid_values"):
            lists[row["schema_id"], row["timing"], row["axis"]].add(row["code"])
        return lists

    @cached_property
    def uses(self) -> list[Record]:
        return [row for row in self._rows("tnm7_schema_stage_tables") if row["mapping_id"] == "tnm7_stage"]

    @cached_property
    def stages(self) -> dict[str, list[Record]]:
        tables = defaultdict(list)
        for row in self._rows("tnm7_stage_tables"):
            tables[row["stage_table_id"]].append(row)
        return tables

    def schemas_of(self, record: Record) -> Iterable[str]:
        site, histology = record["topographie"].replace(".", ""), record["morphologie"][:4]
        for row in self.schemas:
            of_sex = row["extra_selector"].startswith("sex=") and record["sexe"] in ("1", "2")
            if of_sex and not within(record["sexe"], row["extra_selector"].removeprefix("sex=")):
                continue
            if within(site, row["sites"]) and within(histology, row["histologies"]):
                yield row["schema_id"]

    def value_is_wrong(self, record: Record, field: str) -> bool:
        histology, value = record["morphologie"][:4], record[field]
        lymphoid = histology >= "9590" and histology not in ("9700", "9701")
        if not value or (lymphoid and record["topographie"] not in OCULAR):
            return False
        lists = [self.values.get((s, TIMING[field[0]], field[1].upper())) for s in self.schemas_of(record)]
        there = [codes for codes in lists if codes]
        spelled = value.replace("MOL", "M").replace("ISPD", "ISD").replace("ISPU", "ISU")
        return bool(there) and not any(spelled == code[1:] for codes in there for code in codes)

    def stages_of(self, record: Record) -> set[str]:
        own, other = ("c", "p") if record["systeme_stade"] == "cS" else ("p", "c")
        t, n = record[own + "t"], record[own + "n"].replace("MOL", "M")
        m = record[own + "m"] or record[other + "m"]
        found = set()
        for schema in self.schemas_of(record) if t and n and m else ():
            for use in self.uses:
                if (use["schema_id"], use["timing"]) == (schema, TIMING[own]) and applies(
                    use["applies_if"], record
                ):
                    rows = self.stages[use["stage_table_id"]]
                    found |= {row["stage"] for row in rows if fits(row, {"t": t, "n": n, "m": m})}
        return found

    def stage_is_wrong(self, record: Record) -> bool:
        if record["systeme_stade"] not in ("cS", "pS") or record["stade"] not in ("0", "1", "2", "3", "4"):
            return False
        found = self.stages_of(record)
        return bool(found) and not found & NO_STAGE and record["stade"] not in {stage[0] for stage in found}


def applies(condition: str, record: Record) -> bool:
    site, histology = record["topographie"].replace(".", ""), record["morphologie"][:4]
    for alternative in condition.split("|"):
        parts = dict(part.strip().split("=") for part in alternative.split(";"))
        if within(site, parts.get("site", site)) and within(histology, parts.get("hist", histology)):
            return True
    return False


def fits(row: Record, values: Record) -> bool:
    return all(row[axis] == "*" or value in row[axis].split(",") for axis, value in values.items())


@pytest.fixture(scope="module")
def published(shared: Path) -> Published:
    return Published(shared / "reference" / "tnm")


def some(ranges: str, chance: random.Random) -> str:
    first, _, last = chance.choice(ranges.replace(" ", "").split(",")).partition("-")
    low, high = int(first.lstrip("C")), int((last or first).lstrip("C"))
    return f"{chance.randint(low, high):0{len(first.lstrip('C'))}}"


def invented(published: Published, chance: random.Random) -> Record:
    """A record of some schema, most values from its lists, now and then one from anywhere."""
    schema = chance.choice(published.schemas)
    site = some(schema["sites"], chance)
    bodies = sorted({code[1:] for codes in published.values.values() for code in codes} - {"88", "8"})
    spelled = {"ISD": "ISPD", "ISU": "ISPU", "0M+": "0MOL+"}
    record = {
        "topographie": f"C{site[:2]}.{site[2]}",
        "morphologie": some(schema["histologies"], chance) + "3",
        "edition_cimo": "4",
        "sexe": chance.choice("1239"),
        "edition_tnm": "7",
        "systeme_stade": chance.choice(("cS", "pS", "pS", "cpS", "")),
        "stade": chance.choice("012349"),
    }
    for field in FIELDS:
        own = published.values.get((schema["schema_id"], TIMING[field[0]], field[1].upper()), {"c0", "c1"})
        body = (
            chance.choice(sorted(code[1:] for code in own if code != "88"))
            if chance.random() < 0.9
            else chance.choice(bodies)
        )
        record[field] = "" if chance.random() < 0.15 else spelled.get(body, body)
    return record


@pytest.mark.parametrize("seed", [1, 2])
def test_vectorised_and_slow_readings_agree(
    published: Published, checker: Checker, records: Callable[..., pl.DataFrame], seed: int
) -> None:
    chance = random.Random(seed)
    cases = [invented(published, chance) for _ in range(1_500)]
    found = checker.check(records(*cases)).select("row_id", pl.col("rule_id", "field").cast(pl.String))
    unread = set(found.filter(pl.col("rule_id") == "TNM-01").select("row_id", "field").rows())
    for n, case in enumerate(cases, 1):
        case |= {field: "" for row, field in unread if row == n}
    ours = set(found.filter(pl.col("rule_id") == "TNM-02").select("row_id", "field").rows())
    slow = {(n, f) for n, c in enumerate(cases, 1) for f in FIELDS if published.value_is_wrong(c, f)}
    assert ours == slow and len(slow) > 200
    ours_staged = set(found.filter(pl.col("rule_id") == "STA-03").get_column("row_id"))
    assert ours_staged == {n for n, case in enumerate(cases, 1) if published.stage_is_wrong(case)}
    assert len(ours_staged) > 100


def test_the_card_says_what_the_tables_expect(contract: Contract) -> None:
    record = {"topographie": "C50.4", "morphologie": "8500", "edition_tnm": "7", "sexe": "2"}
    stage = {"systeme_stade": "pS", "stade": "3", "pt": "1c", "pn": "0", "cm": "0"}
    told = explain(contract, "STA-03", record | stage, "fr")
    assert told.message.endswith("l’édition TNM 7 (7e édition) donne 1.")
    value = explain(contract, "TNM-02", record | {"pm": "1a"}, "en", "pm")
    assert value.message.endswith("Values accepted: 0, 0I+, 1.")
    assert explain(contract, "STA-03", {}, "en").message.endswith("gives ….")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site", None),
        ("site", "age_incidence"),
        ("clinical", ("ct", "cn")),
        ("schemas", ("no_such_table",)),
        ("schemas", ("tnm7_schemas", "tnm7_schemas")),
        ("editions", ()),
    ],
)
def test_arguments_that_do_not_fit_are_refused(contract: Contract, name: str, value: Argument | None) -> None:
    for rule_id in ("TNM-02", "STA-03"):
        rule = contract.rule(rule_id)
        check_table_arguments(rule)
        arguments = {**rule.arguments, name: value or ()}
        if value is None:
            del arguments[name]
        with pytest.raises(ContractError):
            check_table_arguments(replace(rule, arguments=arguments))
