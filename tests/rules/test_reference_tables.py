"""The product's tables against the facts they restate."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from validation_rules.contract import ContractError
from validation_rules.tables import table, table_names


def _facts(shared: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(shared / "reference" / name, infer_schema=False)


def test_topography(shared: Path) -> None:
    facts = _facts(shared, "icdo/icdo3_topography.csv")
    assert (
        table("icdo_topography").select("code", "sex").rows()
        == facts.select("code", "sex_restriction").rows()
    )
    paired = table("icdo_topography").filter(pl.col("side") == "expected").get_column("code")
    assert set(paired) == set(facts.filter(pl.col("laterality_expectation") == "expected").get_column("code"))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("in_3", "behaviours_icdo3_2000"), ("in_3_1", "behaviours_icdo3_1"), ("in_3_2", "behaviours_icdo3_2")],
)
def test_pairs_of_an_edition(shared: Path, ours: str, theirs: str) -> None:
    facts = _facts(shared, "icdo/icdo3_histology_behaviours.csv").select("histology4", theirs).drop_nulls()
    pairs = table("icdo_pair").filter(pl.col(ours) == "1").select("histology", "behaviour").rows()
    assert set(pairs) == {(histology, b) for histology, behaviours in facts.rows() for b in behaviours}
    in_edition = table("icdo_histology").filter(pl.col(ours) == "1").get_column("histology")
    assert set(in_edition) == {histology for histology, _ in pairs}


def test_families(shared: Path) -> None:
    facts = _facts(shared, "iarc/histology_family.csv").select("histology4", "family_id").rows()
    assert dict(table("icdo_histology").select("histology", "family").rows()) == dict(facts)


def test_lone_category_derives_from_the_allowed_sites() -> None:
    sites = defaultdict(set)
    for family, site in table("family_sites").filter(pl.col("family").str.starts_with("ONLY")).rows():
        sites[family].add(site[:3])
    for family, lone in table("icdo_histology").select("family", "lone_category").unique().rows():
        rest = sites[family] - {"C26", "C39", "C76", "C79", "C80"}
        assert lone == (min(rest) if len(rest) == 1 else None)


def test_sites_of_families(shared: Path) -> None:
    patterns = [
        row
        for kind in ("allowed", "excluded")
        for row in _facts(shared, f"iarc/family_{kind}_sites.csv").rows()
    ]
    sites = [f"C{number // 10:02}.{number % 10}" for number in range(1000)]
    covered = {(f, s) for f, p in patterns for s in sites if s.startswith(p.removesuffix("x"))}
    rows = table("family_sites").rows()
    assert len(rows) == len(covered) and set(rows) == covered


def test_sides_of_unpaired_organs(shared: Path) -> None:
    """The categories are those of rule LAT-02."""
    may_have = {f"C{n:02}" for n in (9, 30, 40, 41, 44, 47, 49, 57, 63, 70, 71, 72, 76, 77)} | {"C75.4"}
    for code, side in table("icdo_topography").select("code", "side").rows():
        optional = code[:3] in may_have or code in may_have
        assert side == "expected" or (side == "optional") is optional, code


def test_basis_exceptions(shared: Path) -> None:
    facts = _facts(shared, "iarc/basis_morphology_exceptions.csv").rows()
    wanted = defaultdict(set)
    for histologies, site in facts:
        first, _, last = histologies.partition("-")
        for histology in range(int(first), int(last or first) + 1):
            wanted[str(histology)].add((site or "any").removesuffix(".x"))
    assert {h: set(c.split()) for h, c in table("basis_exceptions").rows()} == wanted


@pytest.mark.parametrize(
    ("histology", "grades"), [("9712", "6"), ("9714", "457"), ("9702", "5"), ("9719", "5"), ("9701", "58")]
)
def test_a_code_alone_goes_before_a_range(histology: str, grades: str) -> None:
    assert table("grade_by_histology").row(by_predicate=pl.col("histology") == histology)[1] == grades


def test_communes(shared: Path) -> None:
    facts = _facts(shared, "french_ids/insee_communes_cog2026.csv")
    ours = table("communes").filter(pl.col("current").is_not_null())
    assert set(ours["code"]) == set(facts["insee_code"]) and ours["code"].is_unique().all()
    in_force = facts.filter(pl.col("type") == "commune-actuelle")
    assert set(ours.filter(pl.col("current") == pl.col("code"))["code"]) == set(in_force["insee_code"])
    parents = dict(facts.drop_nulls("parent_commune").select("insee_code", "parent_commune").iter_rows())
    names = dict(in_force.select("insee_code", "name").iter_rows())
    replaced = ours.filter(pl.col("current") != pl.col("code"))
    assert replaced.select("code", "current", "current_name").rows() == [
        (code, parents[code], names[parents[code]]) for code in replaced["code"]
    ]


def test_postal_codes_of_a_commune(shared: Path) -> None:
    facts = _facts(shared, "french_ids/insee_communes_cog2026.csv").drop_nulls("postal_codes")
    ours = {code: (prefix, other or "") for code, _, prefix, other, _ in table("communes").iter_rows()}
    for code, department, listed in facts.select("insee_code", "department", "postal_codes").iter_rows():
        prefix, other = ours[code]
        assert prefix == ("20" if department in ("2A", "2B") else department)
        assert other.split(";") == [p for p in listed.split(";") if not p.startswith(prefix)] or not other
        assert all(p.startswith(prefix) or p in other for p in listed.split(";"))


@pytest.mark.parametrize(
    ("code", "known"),
    [("20004", True), ("75012", True), ("78012", True), ("20999", False), ("76999", False), ("78999", False)],
)
def test_codes_of_departments_that_were(code: str, known: bool) -> None:
    rows = table("communes").filter(pl.col("code") == code)
    assert rows.height == known and rows["current"].null_count() == rows.height


def test_every_table_has_its_source_and_no_label() -> None:
    sources = Path(__file__).resolve().parents[2] / "validation_rules" / "reference" / "SOURCES.md"
    text = sources.read_text(encoding="utf-8")
    for name in table_names():
        assert f"`{name}.csv`" in text
        if name in ("communes", "departments"):
            continue  # names of places are Insee's, under an open licence
        # Codes, their lists and ranges, names of schemas and tables: no phrase.
        phrases = table(name).select(pl.any_horizontal(pl.all().str.contains(r"[a-z]{2}[ ,]+[a-z]{2}")).any())
        assert phrases.item() is not True, name
    with pytest.raises(ContractError):
        table("no_such_table")
