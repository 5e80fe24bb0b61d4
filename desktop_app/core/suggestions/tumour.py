"""Site, histology, behaviour, edition, grade, side."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea, with_table
from validation_rules.tables import table

_EDITIONS = (("3.2", "in_3_2"), ("3.1", "in_3_1"), ("3", "in_3"))
_FIRST_YEAR = {"3.2": 2019, "3.1": 2011, "3": 2000}  # of use; source: contract rnc-tumeurs, ICO-04
_BEHAVIOURS = ("3", "2", "1", "0")
_HAEMATOLOGICAL = 9590
_MOST_ALIKE = 3
_CARCINOMAS = (8010, 8589)
_NO_EPITHELIUM = r"^C(4[0-279]|7[0-2]|77)"
_GENERAL = ["8010", "8070", "8120", "8140", "8800"]
_ALIKE_GROUPS = ["1", "2", "3", "5", "6"]

# Where ICD-10 has a category of its own for what ICD-O tells by the histology: melanoma, mesothelioma,
# Kaposi, lymphomas, plasma cells, leukaemias. Source: ICD-O-3, "Differences between ICD-O and ICD-10".
_FROM_ICD10 = (
    (r"^C43\.(\d)$", "C44.${1}"),
    (r"^C45\.0$", "C38.4"),
    (r"^C45\.1$", "C48.2"),
    (r"^C45\.2$", "C38.0"),
    (r"^C8[1-6]\.\d$", "C77.9"),
    (r"^C90\.\d$", "C42.1"),
    (r"^C9[1-5]\.\d$", "C42.1"),
)


def site_unspecified(scene: Scene) -> Iterator[Idea]:
    """The part of the organ is unknown: the code .9 of the category, where ICD-O has one."""
    site = pl.col("site").str.extract(r"^(C\d\d)", 1) + ".9"
    yield from idea(scene, "site.unspecified", _in_table(site), {"site": site})


def site_from_icd10(scene: Scene) -> Iterator[Idea]:
    """A code of ICD-10 that ICD-O does not have."""
    site = pl.col("site")
    for pattern, by in _FROM_ICD10:
        yield from idea(
            scene, "site.icd10", site.str.contains(pattern), {"site": site.str.replace(pattern, by)}
        )


def site_of_histology(scene: Scene) -> Iterator[Idea]:
    """The one organ in which the histology is found."""
    looked = _on(scene, scene.frame.with_columns(_code().alias("code")))
    looked = with_table(looked, "icdo_histology", {"histology": "code"}, {"lone": "lone_category"})
    marrow = pl.when(pl.col("lone") == "C42").then(pl.lit("C42.1"))
    known = [pl.when(_in_table(pl.col("lone") + part)).then(pl.col("lone") + part) for part in (".9", ".0")]
    site = pl.coalesce(marrow, *known)
    yield from idea(looked, "site.lone", site.is_not_null(), {"site": site})


def site_of_blood(scene: Scene) -> Iterator[Idea]:
    """Leukaemias and tumours of the blood and marrow are coded C42.1. Source: ICD-O-3, rule D."""
    blood = _code().cast(pl.Int32, strict=False) >= _HAEMATOLOGICAL
    yield from idea(scene, "site.blood", blood, {"site": pl.lit("C42.1")})


def site_unknown(scene: Scene) -> Iterator[Idea]:
    """A metastasis of an unknown primary is C80.9 with behaviour 3. Source: ICD-O-3, rule F."""
    metastasis = pl.col("behaviour") == "6"
    cells = {"site": pl.lit("C80.9"), "behaviour": pl.lit("3")}
    yield from idea(scene, "site.unknown", metastasis, cells)
    cells = {**cells, "side": pl.lit("0")}
    yield from idea(scene, "site.unknown", metastasis & pl.col("side").is_in(list("1234")), cells)


def site_of_metastasis(scene: Scene) -> Iterator[Idea]:
    """A carcinoma where no epithelium is, in bone, marrow, nerves, brain or nodes, came from elsewhere.

    Source: ICD-O-3, rule F; ENCR, unknown primary.
    """
    code = _code().cast(pl.Int32, strict=False)
    carcinoma = code.is_between(_CARCINOMAS[0], _CARCINOMAS[1])
    here = carcinoma & pl.col("site").str.contains(_NO_EPITHELIUM) & (pl.col("behaviour") == "3")
    yield from idea(scene, "site.metastasis", here, {"site": pl.lit("C80.9")})
    cells = {"site": pl.lit("C80.9"), "side": pl.lit("0")}
    yield from idea(scene, "site.metastasis", here & pl.col("side").is_in(list("1234")), cells)


def histology_exchanged(scene: Scene) -> Iterator[Idea]:
    """Two neighbouring digits of the histology typed the wrong way round."""
    known = table("icdo_histology").get_column("histology").implode()
    code = pl.col("histology")
    for at in range(3):
        new = (
            code.str.slice(0, at) + code.str.slice(at + 1, 1) + code.str.slice(at, 1) + code.str.slice(at + 2)
        )
        yield from idea(scene, "histology.exchanged", (new != code) & new.is_in(known), {"histology": new})


def histology_alike(scene: Scene) -> Iterator[Idea]:
    """A histology of the same group that the site allows, with the same behaviour: the nearest first.

    Group: those in which two tumours count as one (IARC/IACR 2004).
    """
    cases = scene.frame.select(_code(), "site", "behaviour", "edition").unique(maintain_order=True)
    found = cases.join(_alike(), on=["histology", "behaviour"]).filter(_edition_has())
    banned = found.join(_bans(), left_on=["family", "site"], right_on=["family", "site"], how="semi")
    only = pl.col("family").str.starts_with("ONLY")
    allowed = found.filter(only).join(_bans(), on=["family", "site"], how="semi")
    free = found.filter(~only).join(banned.filter(~only), on=found.columns, how="anti", nulls_equal=True)
    ranked = pl.concat([allowed, free]).sort("rank", "distance", "other")
    keys = ["histology", "site", "behaviour", "edition"]
    ranked = ranked.with_columns(place=pl.int_range(pl.len()).over(keys))
    for place in range(_MOST_ALIKE):
        here = ranked.filter(pl.col("place") == place).select(*keys, "other")
        rows = scene.frame.with_columns(pl.col("histology").alias("whole code"), _code())
        rows = rows.join(here, on=keys, how="left", nulls_equal=True, maintain_order="left")
        yield from idea(
            _on(scene, scene.frame.with_columns(rows["other"])),
            "histology.alike",
            pl.col("other").is_not_null(),
            {"histology": pl.col("other")},
        )


def behaviour_listed(scene: Scene) -> Iterator[Idea]:
    """The behaviours that ICD-O lists for the histology, in the edition stated."""
    pairs = table("icdo_pair")
    for behaviour in _BEHAVIOURS:
        have = pairs.filter(pl.col("behaviour") == behaviour)
        looked = _on(scene, scene.frame.with_columns(_code().alias("code")))
        looked = _joined(looked, have, ["histology"], ["code"])
        here = pl.col("histology_known") & _edition_has()
        yield from idea(looked, "behaviour.listed", here, {"behaviour": pl.lit(behaviour)})


def behaviour_of_t(scene: Scene) -> Iterator[Idea]:
    """T says whether the tumour invades: Tis is in situ, T1 to T4 are invasive."""
    t = pl.coalesce(_usable_t("pt"), _usable_t("ct"))
    in_situ, invasive = t.str.contains("^(IS|A)"), t.str.contains("^[1-4]")
    yield from idea(scene, "behaviour.t", in_situ, {"behaviour": pl.lit("2")})
    graded = in_situ & pl.col("grade").is_in(list("12345678"))
    cells = {"behaviour": pl.lit("2"), "grade": pl.lit("9")}
    yield from idea(scene, "behaviour.t_grade", graded, cells)
    yield from idea(scene, "behaviour.t", invasive, {"behaviour": pl.lit("3")})


def edition_with_code(scene: Scene) -> Iterator[Idea]:
    """The editions that have the histology with this behaviour: those in use at the incidence first."""
    pairs = table("icdo_pair")
    looked = _on(scene, scene.frame.with_columns(_code().alias("code"), _year("incidence").alias("year")))
    looked = _joined(looked, pairs, ["histology", "behaviour"], ["code", "behaviour"])
    for in_use in (True, False):
        for edition, column in _EDITIONS:
            now = (pl.col("year") >= _FIRST_YEAR[edition]).fill_null(value=False) == pl.lit(in_use)
            has = pl.col("histology_known") & (pl.col(column) == "1") & now
            yield from idea(looked, "edition.listed", has, {"edition": pl.lit(edition)})


def grade_fixed(scene: Scene) -> Iterator[Idea]:
    """The grades that the histology itself states."""
    looked = _on(scene, scene.frame.with_columns(_code().alias("code")))
    looked = with_table(looked, "grade_by_histology", {"histology": "code"}, {"grades": "grades"})
    for grade in "12345678":
        fits = pl.col("grades").str.contains(grade, literal=True)
        yield from idea(looked, "grade.fixed", fits, {"grade": pl.lit(grade)})


def grade_nine(scene: Scene) -> Iterator[Idea]:
    """9: unknown, or a tumour that is not graded."""
    yield from idea(scene, "grade.none", pl.lit(value=True), {"grade": pl.lit("9")})


def side_none(scene: Scene) -> Iterator[Idea]:
    """0: the organ is not paired."""
    yield from idea(scene, "side.none", pl.lit(value=True), {"side": pl.lit("0")})


def side_of_site(scene: Scene) -> Iterator[Idea]:
    """0 for an organ that is not paired, by the table of sites."""
    looked = with_table(scene, "icdo_topography", {"code": "site"}, {"known site": "code", "asked": "side"})
    unpaired = pl.col("known site").is_not_null() & pl.col("asked").is_null()
    yield from idea(looked, "side.none", unpaired, {"side": pl.lit("0")})


def side_unknown(scene: Scene) -> Iterator[Idea]:
    """9: the organ is paired and nobody knows the side."""
    yield from idea(scene, "side.unknown", pl.lit(value=True), {"side": pl.lit("9")})


def _usable_t(part: str) -> pl.Expr:
    body = pl.col(part).str.to_uppercase().str.extract(r"^[RAU]*[CP]?T?((IS|[A01234X]).*)$", 1)
    return pl.when(~body.str.starts_with("X")).then(body)


def _code() -> pl.Expr:
    """Histology without the sixth character of edition 4."""
    return pl.col("histology").str.slice(0, 4)


def _year(part: str) -> pl.Expr:
    return pl.col(part).str.slice(0, 4).cast(pl.Int32, strict=False)


def _on(scene: Scene, frame: pl.DataFrame) -> Scene:
    from dataclasses import replace

    return replace(scene, frame=frame)


def _joined(scene: Scene, rows: pl.DataFrame, there: list[str], here: list[str]) -> Scene:
    """The scene with the columns `in_*` of these rows, and `histology_known` where there is one."""
    columns = rows.select(*there, pl.col("^in_.*$"), pl.lit(value=True).alias("histology_known"))
    frame = scene.frame.join(columns, left_on=here, right_on=there, how="left", maintain_order="left")
    return _on(scene, frame.with_columns(pl.col("histology_known").fill_null(value=False)))


def _in_table(site: pl.Expr) -> pl.Expr:
    return site.is_in(table("icdo_topography").get_column("code").implode())


def _edition_has() -> pl.Expr:
    """Whether the edition stated has the code; any of them where none is stated."""
    has = pl.any_horizontal(pl.col(column) == "1" for _, column in _EDITIONS)
    for edition, column in _EDITIONS:
        has = pl.when(pl.col("edition") == edition).then(pl.col(column) == "1").otherwise(has)
    return has


@functools.lru_cache(maxsize=1)
def _bans() -> pl.DataFrame:
    """(family, site): allowed for a family ONLYnn, excluded for a family NOTnn."""
    return table("family_sites").select("family", "site")


def _is_general() -> pl.Expr:
    return pl.col("histology_other").is_in(_GENERAL)


@functools.lru_cache(maxsize=1)
def _alike() -> pl.DataFrame:
    """(histology, behaviour, other, family, in_*, rank, distance): other histologies of the same group.

    `rank`: 0 in the same ten, 1 for the general term of the group (8140 of the adenocarcinomas). The groups
    of what is left over hold tumours that have nothing in common: there, the same ten only.
    """
    groups = table("mp_groups_iarc_2004").with_columns(pl.col("first", "last").cast(pl.Int32))
    codes = table("icdo_histology").select("histology", "family", number=pl.col("histology").cast(pl.Int32))
    grouped = codes.join_where(
        groups, pl.col("number") >= pl.col("first"), pl.col("number") <= pl.col("last")
    )
    pairs = grouped.join(table("icdo_pair"), on="histology")
    one = grouped.select("histology", "number", "group")
    both = one.join(pairs, on="group", suffix="_other").filter(
        pl.col("histology") != pl.col("histology_other")
    )
    near = pl.col("number") // 10 == pl.col("number_other") // 10
    both = both.filter(near | (_is_general() & pl.col("group").is_in(_ALIKE_GROUPS)))
    return both.select(
        "histology",
        "behaviour",
        "family",
        "in_3",
        "in_3_1",
        "in_3_2",
        other="histology_other",
        rank=pl.when(near).then(0).otherwise(1),
        distance=(pl.col("number") - pl.col("number_other")).abs(),
    )
