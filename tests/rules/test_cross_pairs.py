"""Rules over several records against what their definitions say of every pair of rows, one by one."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.contract import Contract
from validation_rules.cross_pairs import PairedRules
from validation_rules.cross_record import find
from validation_rules.tables import table
from validation_rules.verdicts import spans_records, verdicts

Row = dict[str, str | None]
VALUES = {
    "numero_patient": ["A", "A", "A", "B", None],
    "numero_tumeur": ["1", "2", "3", "4", None],
    "matricule_ins": ["2500369123001", "250036912300179", "1500369123001", None],
    "nom_naissance": ["Lefèvre-Cœur", "LEFEVRE COEUR", "LEFEVRE", None],
    "prenoms": ["Anne, Marie", "ANNE LISE", "ANNE-LISE", None],
    "sexe": ["1", "2", "9", None],
    "date_naissance": ["1950", "1950-03", "1950-04", "1950-03-12", "1950-03-13", "1951-03-12", None],
    "topographie": ["C50.4", "C50.9", "C18.2", "C00.1", "C06.9", "C67.0", "C42.1", "C80.9", "C34.1", None],
    "morphologie": [
        "8500", "8480", "8070", "8010", "8000", "8800", "8158", "8023", "8041", "9140", "9050", "9680",
        "9712", "9702", "9590", "9811", "9992", "9861", "85003", "8090", "8720", None,
    ],
    "comportement": ["3", "3", "3", "2", "0", "6", None],
    "date_incidence": ["2020", "2020-06", "2020-06-15", "2020-08-14", "2020-08-15", "2020-05-02", None],
    "lateralite": ["1", "2", "9", None],
}  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}), max_size=9
)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFD", name.upper().replace("Œ", "OE"))
    return "".join(letter for letter in text if "A" <= letter <= "Z")


def _person(row: Row) -> tuple[str | None, ...] | None:
    first = (row["prenoms"] or "").replace(",", " ").split(" ")[0]
    key = (_plain(row["nom_naissance"] or ""), _plain(first), row["date_naissance"], row["sexe"])
    full = len(row["date_naissance"] or "") == 10
    return key if key[0] and key[1] and full and row["sexe"] in ("1", "2", "3") else None


def _differ(a: str | None, b: str | None) -> bool:
    return (
        bool(a and b) and str(a)[: min(len(str(a)), len(str(b)))] != str(b)[: min(len(str(a)), len(str(b)))]
    )


def _filled(value: str) -> date:
    return date.fromisoformat(value + {4: "-07-01", 7: "-15", 10: ""}[len(value)])


def _pair(a: Row, b: Row, *fields: str) -> bool:
    """Two tumours of one patient, with all of these fields."""
    read = ("numero_patient", "numero_tumeur", *fields)
    whole = all(row[name] for row in (a, b) for name in read)
    return whole and a["numero_patient"] == b["numero_patient"] and a["numero_tumeur"] != b["numero_tumeur"]


def _alike(a: Row, b: Row) -> bool:
    return (
        str(a["topographie"])[:3] == str(b["topographie"])[:3]
        and str(a["morphologie"])[:4] == str(b["morphologie"])[:4]
    )


@cache
def _paired_sites() -> frozenset[str]:
    return frozenset(table("icdo_topography").filter(pl.col("side") == "expected").get_column("code"))


def _two_sides(a: Row, b: Row) -> bool:
    paired = {str(a["topographie"]), str(b["topographie"])} <= _paired_sites()
    return paired and {a["lateralite"], b["lateralite"]} == {"1", "2"}


@cache
def _facts(shared: Path) -> tuple[list[tuple[int, int, int]], dict[str, str]]:
    with (shared / "reference/iarc/mp_histology_groups.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["variant"] == "IARC_2004"]
    with (shared / "reference/iarc/mp_topography_groups.csv").open(encoding="utf-8") as file:
        sites = {c: row["group"] for row in csv.DictReader(file) for c in row["member_categories"].split(";")}
    return [(int(r["histology_from"]), int(r["histology_to"]), int(r["group"])) for r in rows], sites


def _group(shared: Path, histology: int) -> int:
    if histology == 9712:
        return 9
    return next((group for first, last, group in _facts(shared)[0] if first <= histology <= last), 0)


def _primaries(shared: Path, a: Row, b: Row) -> str:
    """one, several or undecided, as the catalogue's definition of MPT-01 and MPT-02 reads."""
    for row in (a, b):
        if row["comportement"] != "3" and not (
            str(row["topographie"])[:3] == "C67" and row["comportement"] in ("0", "1", "2")
        ):
            return "several"
    h1, h2 = int(str(a["morphologie"])[:4]), int(str(b["morphologie"])[:4])
    g1, g2 = sorted((_group(shared, h1), _group(shared, h2)))
    sites = _facts(shared)[1]
    s1, s2 = (sites.get(str(row["topographie"])[:3], str(row["topographie"])[:3]) for row in (a, b))
    if g1 == g2 == 15 or (g1 >= 8 and g2 <= 14 and (g1 == g2 or g2 == 14)):
        return "one"
    if g1 and s1 == s2:
        nos = (1 <= g1 <= 4 and g2 == 5) or (g2 == 17 and g1 in (*range(1, 8), 15, 16))
        return "one" if g1 == g2 or nos else "several"
    if g1:
        return "several"
    if h1 == h2:
        return "one" if h1 >= 9590 or s1 == s2 else "several"
    both_high, both_low = min(h1, h2) >= 9590, max(h1, h2) < 9590
    return "undecided" if both_high or (both_low and s1 == s2) else "several"


def _relations(shared: Path) -> dict[str, Callable[[Row, Row], bool]]:
    tumour = ("topographie", "morphologie")
    return {
        "KEY-01": lambda a, b: bool(
            a["numero_patient"] and a["numero_tumeur"] and a["numero_patient"] == b["numero_patient"]
        ) and a["numero_tumeur"] == b["numero_tumeur"],
        "IDN-09": lambda a, b: bool(a["matricule_ins"] and b["matricule_ins"] and a["numero_patient"])
        and str(a["matricule_ins"])[:13] == str(b["matricule_ins"])[:13]
        and b["numero_patient"] not in (None, a["numero_patient"]),
        "IDN-10": lambda a, b: bool(a["numero_patient"]) and a["numero_patient"] == b["numero_patient"]
        and (_differ(a["date_naissance"], b["date_naissance"]) or {a["sexe"], b["sexe"]} == {"1", "2"}),
        "DUP-01": lambda a, b: bool(_person(a)) and _person(a) == _person(b)
        and None not in (a["numero_patient"], b["numero_patient"])
        and a["numero_patient"] != b["numero_patient"],
        "DUP-02": lambda a, b: _pair(a, b, *tumour, "date_incidence") and _alike(a, b)
        and abs(_filled(str(a["date_incidence"])) - _filled(str(b["date_incidence"]))) <= timedelta(60)
        and not _two_sides(a, b),
        "MPT-01": lambda a, b: _pair(a, b, *tumour, "comportement") and _primaries(shared, a, b) == "one",
        "MPT-02": lambda a, b: _pair(a, b, *tumour, "comportement")
        and _primaries(shared, a, b) == "undecided",
        "MPT-03": lambda a, b: _pair(a, b, *tumour, "lateralite") and _alike(a, b) and _two_sides(a, b),
    }  # fmt: skip


def _linked(rows: list[Row], relation: Callable[[Row, Row], bool]) -> Iterator[tuple[int, int]]:
    for a, b in permutations(range(len(rows)), 2):
        if relation(rows[a], rows[b]):
            yield a + 1, b + 1


def _frame(rows: list[Row], contract: Contract) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(VALUES, pl.String))
    absent = [
        pl.lit(None, dtype=pl.String).alias(name) for name in contract.field_names if name not in VALUES
    ]
    frame = frame.with_columns(absent).with_row_index("row_id", offset=1)
    return frame.select(pl.col("row_id").cast(pl.UInt32), *contract.field_names)


@pytest.mark.parametrize(
    "rule_id", ["KEY-01", "IDN-09", "IDN-10", "DUP-01", "DUP-02", "MPT-01", "MPT-02", "MPT-03"]
)
@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_found_and_told_as_pair_by_pair(
    shared: Path, contract: Contract, rule_id: str, rows: list[Row]
) -> None:
    rule, frame = contract.rule(rule_id), _frame(rows, contract)
    linked = set(_linked(rows, _relations(shared)[rule_id]))
    found = frame.filter(find(frame.select(rule.fields), rule)).get_column("row_id")
    assert set(found) == {a for a, _ in linked}
    by_pairs = PairedRules([rule])
    assert by_pairs.take(frame.height)
    assert by_pairs.found(frame.select(by_pairs.fields))[rule_id].to_list() == [row - 1 for row in found]
    findings = found.to_frame().with_columns(field=pl.lit("+".join(rule.fields)), rule_id=pl.lit(rule_id))
    told = verdicts(frame, findings, contract, rule_id, frame.get_column("row_id"))
    assert set(told.get_column("row_id")) == set(found)
    for row, others, fr, en in told.iter_rows():
        assert others and {(row, other) for other in others} <= linked
        assert all(str(other) in fr and str(other) in en for other in others)
        assert not any(str(rows[row - 1][name]) in fr + en for name in ("matricule_ins", "nom_naissance"))


def test_every_rule_over_several_records_is_held_to_its_definition(shared: Path, contract: Contract) -> None:
    assert {rule.id for rule in contract.rules if spans_records(rule)} == set(_relations(shared))


def test_a_tumour_without_site_is_paired_with_none(contract: Contract) -> None:
    tumour = {"numero_patient": "A", "morphologie": "9140", "comportement": "3"}
    rows: list[Row] = [
        {**tumour, "numero_tumeur": "1", "topographie": None},
        {**tumour, "numero_tumeur": "2", "topographie": "C50.4"},
    ]
    by_pairs = PairedRules([contract.rule("MPT-01")])
    frame = _frame(rows, contract).select(by_pairs.fields)
    assert by_pairs.found(frame)["MPT-01"].is_empty()
