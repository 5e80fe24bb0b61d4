"""T, N, M, their edition, and the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea
from desktop_app.core.suggestions.names import TNM
from validation_rules.contract import Rule
from validation_rules.tables import table
from validation_rules.tnm import NOTHING_SAID, body, given, stages_given

_AXES = {part: part[1].upper() for part in TNM}
_OTHER = {"ct": "pt", "cn": "pn", "cm": "pm", "pt": "ct", "pn": "cn", "pm": "cm"}
_LYMPHOMA = r"^9(59\d|6\d\d|7[0-2]\d|73[578]|81[1-9]|823|827|837)"
_STAGES = "01234"


def edition_in_force(scene: Scene) -> Iterator[Idea]:
    """The editions in force in the year of incidence: those well inside their years first."""
    year = pl.col("incidence").str.slice(0, 4).cast(pl.Int32, strict=False)
    rows = table("tnm_editions").with_columns(pl.col("first_year", "last_year").cast(pl.Int32, strict=False))
    known = sorted(rows.iter_rows(), key=lambda row: int(row[0]) != 8)
    for inside in (True, False):
        for edition, first, last in known:
            if edition == "9":
                continue  # in use for a few sites only
            begins, ends = first or 0, last or 9999
            core = year.is_between(begins + 1, ends - 1)
            around = year.is_between(begins, ends)
            fits = core if inside else around & ~core
            yield from idea(scene, "tnm.edition", fits, {"tnm_edition": pl.lit(edition)})


def letters(scene: Scene) -> Iterator[Idea]:
    """The letter O for a zero, I or L for a one, a roman figure, a comma or a dash."""
    part = _part(scene)
    if part is None:
        return
    value = pl.col(part).str.to_uppercase()
    axis = _AXES[part]
    digits = value.str.replace(rf"^([YRAU]*[CP]?{axis}?)O", "${1}0")
    yield from idea(scene, "tnm.letters", digits != value, {part: digits})
    for roman, digit in (("IV", "4"), ("III", "3"), ("II", "2"), ("[IL]", "1")):
        new = value.str.replace(rf"^([YRAU]*[CP]?{axis}?){roman}([A-D]?)$", "${1}" + digit + "${2}")
        yield from idea(scene, "tnm.letters", new != value, {part: new})
    bare = value.str.replace_all(r"[ ,;:./_-]", "")
    yield from idea(scene, "tnm.marks", bare != value, {part: bare})


def together(scene: Scene) -> Iterator[Idea]:
    """T1N0M0 written in one cell goes to its three cells, where the two others are free."""
    part = _part(scene)
    if part is None:
        return
    value = pl.col(part).str.to_uppercase().str.replace_all(r"[ ,;:./_-]", "")
    cells = {}
    free = value.str.contains(r"T.+N.+M")
    for number, axis in enumerate("TNM"):
        other = part[0] + axis.lower()
        ends = "TNM"[number + 1 :]
        stop = f"[CP]?{ends[0]}" if ends else "$"
        found = value.str.extract(rf"{axis}([A-Z0-9+()]+?)(?:{stop})", 1)
        cells[other] = found
        free &= found.is_not_null() & (pl.col(other).is_null() | pl.lit(other == part))
    yield from idea(scene, "tnm.together", free, cells)


def not_assessed(scene: Scene) -> Iterator[Idea]:
    """MX is no category since the seventh edition: nothing is written instead."""
    part = _part(scene)
    if part is None or _AXES[part] != "M":
        return
    unknown = pl.col(part).str.to_uppercase().str.contains(r"^[YRAU]*[CP]?M?X$")
    yield from idea(scene, "tnm.mx", unknown, {part: pl.lit(None, pl.String)})


def other_column(scene: Scene) -> Iterator[Idea]:
    """A clinical value in the pathological column or the reverse; or the letter alone is wrong."""
    part = _part(scene)
    if part is None:
        return
    other = _OTHER[part]
    value, letter = pl.col(part).str.to_uppercase(), other[0].upper()
    of_other = value.str.contains(rf"^[YRAU]*{letter}")
    move = {part: pl.lit(None, pl.String), other: pl.col(part)}
    yield from idea(scene, "tnm.other_column", of_other & pl.col(other).is_null(), move)
    bare = value.str.replace(rf"^([YRAU]*){letter}", "${1}")
    yield from idea(scene, "tnm.no_letter", of_other, {part: bare})


def parent_category(scene: Scene) -> Iterator[Idea]:
    """The category without its subdivision."""
    part = _part(scene)
    if part is None:
        return
    value = pl.col(part)
    shorter = value.str.replace(r"(?i)^([yrau]*[cp]?[tnm]?[0-4])[a-z0-9].*$", "${1}")
    yield from idea(scene, "tnm.parent", shorter != value, {part: shorter})


def to_clinical(scene: Scene) -> Iterator[Idea]:
    """Without surgery T is clinical: pT goes to cT, where cT is free or says the same."""
    pt, ct = pl.col("pt"), pl.col("ct")
    bare = pt.str.replace(r"(?i)^p", "")
    free = ct.is_null() | (body(ct, "T") == body(pt, "T"))
    cells = {"pt": pl.lit(None, pl.String), "ct": pl.coalesce(ct, bare)}
    yield from idea(scene, "tnm.to_clinical", free.fill_null(value=False), cells)


def no_tnm(scene: Scene) -> Iterator[Idea]:
    """A haematological malignancy has no T, N, M."""
    blank = pl.lit(None, pl.String)
    yield from idea(
        scene, "tnm.none", pl.lit(value=True), {**dict.fromkeys(TNM, blank), "tnm_edition": blank}
    )


def stage_of_tables(scene: Scene) -> Iterator[Idea]:
    """The stages that the tables of the edition give for T, N and M."""
    rule = next((r for r in scene.contract.rules if r.implementation == "tnm_stage_not_given"), None)
    if rule is None:
        return
    stages = _given_stages(scene, rule)
    looked = replace(scene, frame=scene.frame.with_columns(stages.alias("stages")))
    for stage in _STAGES:
        fits = pl.col("stages").str.contains(stage, literal=True)
        yield from idea(looked, "stage.tables", fits, {"stage": pl.lit(stage)})


def stage_four(scene: Scene) -> Iterator[Idea]:
    """Distant metastases are stage 4."""
    far = _m1("cm") | _m1("pm")
    yield from idea(scene, "stage.four", far, {"stage": pl.lit("4")})


def stage_zero(scene: Scene) -> Iterator[Idea]:
    """In situ is stage 0."""
    yield from idea(scene, "stage.zero", pl.col("behaviour") == "2", {"stage": pl.lit("0")})


def system(scene: Scene) -> Iterator[Idea]:
    """The system that the rest of the record speaks of."""
    clinical = pl.any_horizontal(pl.col(part).is_not_null() for part in TNM[:3])
    pathological = pl.any_horizontal(pl.col(part).is_not_null() for part in TNM[3:])
    lymphoma = pl.col("histology").str.contains(_LYMPHOMA)
    for fits, code in (
        (lymphoma, "A"),
        (pathological & ~clinical, "pS"),
        (clinical & ~pathological, "cS"),
        (clinical & pathological, "S"),
        (clinical & pathological, "pS"),
        (clinical & pathological, "cS"),
    ):
        yield from idea(scene, "stage.system", fits, {"system": pl.lit(code)})


def _part(scene: Scene) -> str | None:
    """The T, N or M that the finding is about."""
    part = scene.names.part_of(scene.field)
    return part if part in TNM else None


def _m1(part: str) -> pl.Expr:
    return body(pl.col(part), "M").str.starts_with("1").fill_null(value=False)


def _given_stages(scene: Scene, rule: Rule) -> pl.Series:
    """The digits of the stages, as long as the scene; null where the tables give none."""
    clinical = pl.col("system") == "cS"
    m = pl.when(clinical).then(pl.coalesce("cm", "pm")).otherwise(pl.coalesce("pm", "cm"))
    cases = scene.frame.with_row_index("at").select(
        "at",
        "site",
        pl.col("histology").str.slice(0, 4),
        "tnm_edition",
        sex=pl.col("sex"),
        timing=pl.when(clinical).then(pl.lit("clinical")).otherwise(pl.lit("pathological")),
        T=body(pl.when(clinical).then("ct").otherwise("pt"), "T"),
        N=body(pl.when(clinical).then("cn").otherwise("pn"), "N"),
        M=body(given(m), "M"),
    )
    cases = cases.filter(scene.frame["system"].is_in(["cS", "pS"])).drop_nulls(["T", "N", "M"])
    arguments = [_words(rule, name) for name in ("editions", "schemas", "stage_uses", "stage_tables")]
    found = [
        stages_given(cases.filter(pl.col("tnm_edition") == edition), schemas, uses, stages)
        for edition, schemas, uses, stages in zip(*arguments, strict=True)
    ]
    known = pl.concat(found).group_by("at").agg(pl.col("stages").str.join("")) if found else None
    blank = pl.Series("stages", [None], dtype=pl.String).new_from_index(0, scene.frame.height)
    if known is None or known.is_empty():
        return blank
    known = known.filter(~pl.col("stages").str.contains(NOTHING_SAID, literal=True))
    return blank.clone().scatter(known["at"], known["stages"]) if known.height else blank


def _words(rule: Rule, argument: str) -> list[str]:
    value = rule.arguments[argument]
    return [str(part) for part in value] if isinstance(value, tuple) else [str(value)]
