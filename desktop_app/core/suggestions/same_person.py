"""What the other rows of the batch tell of the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea
from desktop_app.core.suggestions.number import body_of

_OF_A_PERSON = ("ins", "birth_name", "used_name", "given_names", "sex", "birth", "birth_place")
_HAEMATOLOGICAL = 9590
_OTHER_SIDE = {"1": "2", "2": "1"}
_MARKS = r"[^\p{L}]"


def as_other_records(scene: Scene) -> Iterator[Idea]:
    """What the other records of the same patient say, where they all say the same."""
    patient = scene.names.fields.get("patient")
    if patient is None:
        return
    mates = scene.whole.filter(pl.col(patient).is_in(scene.frame["patient"].unique().implode()))
    for part in ("birth", "sex"):
        name = scene.names.fields.get(part)
        if name is None:
            continue
        told = mates.filter(pl.col(name).is_not_null()).group_by(patient, name).len()
        alone = told.filter(pl.len().over(patient) == 2)
        other = alone.select(pl.col(patient).alias("patient"), pl.col(name).alias("other"))
        own = alone.filter(pl.col("len") == 1).select(patient, name)
        rows = scene.frame.select("row_id", "patient", part).join(
            own, left_on=["patient", part], right_on=[patient, name], how="semi"
        )
        pairs = rows.join(other, on="patient").filter(pl.col("other") != pl.col(part))
        looked = _beside(scene, pairs.select("row_id", "other"), "row_id")
        cells = {part: pl.col("other")}
        yield from idea(looked, "person.other", pl.col("other").is_not_null(), cells)


def of_other_rows(scene: Scene) -> Iterator[Idea]:
    """A value that the row lacks, or that cannot be used, as the patient's other rows all have it."""
    part = scene.names.part_of(scene.field)
    if part in _OF_A_PERSON:
        yield from _of_mates(scene, part)


def number_of_other_rows(scene: Scene) -> Iterator[Idea]:
    """The INS number that the patient's other rows all have, where the row has none."""
    if "ins" in scene.names.fields:
        yield from _of_mates(scene, "ins")


def _of_mates(scene: Scene, part: str) -> Iterator[Idea]:
    told = _mates(scene).select("patient", other=scene.names.fields[part]).drop_nulls().unique()
    alone = told.filter(pl.len().over("patient") == 1)
    looked = _beside(scene, alone, "patient")
    yield from idea(looked, "person.other", pl.col("other").is_not_null(), {part: pl.col("other")})


def last_news(scene: Scene) -> Iterator[Idea]:
    """The death, else the latest news, that another row of the patient holds."""
    names = scene.names.fields
    if "vital" not in names or "news" not in names:
        return
    mates = _mates(scene).select("patient", told=names["vital"], when=names["news"])
    mates = mates.filter(pl.col("told").is_in(["1", "2"]), pl.col("when").is_not_null())
    last = mates.sort("told", "when", descending=True).unique("patient", keep="first")
    looked = _beside(scene, last, "patient")
    other = (pl.col("told") != pl.col("vital")) | pl.col("news").is_null() | (pl.col("when") > pl.col("news"))
    cells = {"vital": pl.col("told"), "news": pl.col("when")}
    yield from idea(looked, "person.news", pl.col("told").is_not_null() & other.fill_null(value=True), cells)


def graft_elsewhere(scene: Scene) -> Iterator[Idea]:
    """A graft that the haematological malignancy of the same patient holds too is the graft of that one."""
    names = scene.names.fields
    if "graft" not in names or "histology" not in names:
        return
    code = pl.col(names["histology"]).str.slice(0, 4).cast(pl.Int32, strict=False)
    held = _mates(scene).filter(code >= _HAEMATOLOGICAL, pl.col(names["graft"]) == "1")
    looked = _beside(scene, held.select("patient", other=pl.lit("0")).unique(), "patient")
    yield from idea(looked, "treatment.graft", pl.col("other").is_not_null(), {"graft": pl.lit("0")})


def one_side_each(scene: Scene) -> Iterator[Idea]:
    """Two sides are two records: the side that another record of the organ leaves, else either."""
    names = scene.names.fields
    if "side" not in names or "site" not in names:
        return
    looked = replace(scene, frame=scene.frame.with_columns(pl.col("site").str.slice(0, 3).alias("organ")))
    mates = _mates(scene).select("patient", organ=pl.col(names["site"]).str.slice(0, 3), other=names["side"])
    mates = mates.filter(pl.col("other").is_in(["1", "2"])).unique()
    alone = mates.filter(pl.len().over("patient", "organ") == 1)
    frame = looked.frame.join(alone, on=["patient", "organ"], how="left", maintain_order="left")
    looked = replace(looked, frame=frame)
    left = pl.col("other").replace_strict(_OTHER_SIDE, default=None, return_dtype=pl.String)
    yield from idea(looked, "side.other", left.is_not_null(), {"side": left})
    for side in ("1", "2"):
        yield from idea(looked, "side.each", pl.col("other").is_null(), {"side": pl.lit(side)})


def one_patient(scene: Scene) -> Iterator[Idea]:
    """Two patients of one number, names, birth and sex are one: the number of the other one.

    Where that one has a tumour of the same number, this tumour takes the next one.
    """
    people = _people(scene)
    if people is None or "tumour" not in scene.names.fields:
        return
    own = people.filter(pl.col("row_id").is_in(scene.frame["row_id"].implode()))
    same = ["body", "name", "given", "person_birth", "person_sex"]
    pairs = own.join(people.drop("row_id", "number").unique(), on=same, suffix="_other")
    pairs = pairs.filter(pl.col("patient") != pl.col("patient_other"))
    pairs = pairs.filter(pl.col("patient_other").n_unique().over("row_id") == 1)
    taken = people.select(patient_other="patient", other_number="number")
    there = pairs.join(taken, on="patient_other", how="left")
    last = pl.col("other_number").str.extract(r"(\d+)$", 1).cast(pl.Int64, strict=False).max()
    free = there.group_by("row_id", "number", "patient_other").agg(
        used=(pl.col("other_number") == pl.col("number")).any(), last=last
    )
    following = pl.col("number").str.replace(r"\d+$", "") + (pl.col("last") + 1).cast(pl.String)
    free = free.with_columns(new=pl.when("used").then(following).otherwise("number"))
    looked = _beside(scene, free.select("row_id", "new", other="patient_other"), "row_id")
    cells = {"patient": pl.col("other"), "tumour": pl.col("new")}
    yield from idea(looked, "person.one_patient", pl.col("other").is_not_null(), cells)


def number_of_other(scene: Scene) -> Iterator[Idea]:
    """A number that tells the sex and the birth of the other patient, not of this row, is the other's."""
    people = _people(scene)
    if people is None:
        return
    agreed = people.group_by("body", "patient").agg(all_agree=pl.col("agrees").all())
    own = people.filter(~pl.col("agrees"), pl.col("row_id").is_in(scene.frame["row_id"].implode()))
    pairs = own.join(agreed.filter("all_agree"), on="body", suffix="_other")
    pairs = pairs.filter(pl.col("patient") != pl.col("patient_other"))
    looked = _beside(scene, pairs.select("row_id", other="patient_other").unique("row_id"), "row_id")
    blank = pl.lit(None, pl.String)
    status = pl.when(pl.col("identity_status") == "VALI").then(pl.lit("PROV")).otherwise("identity_status")
    cells = {"ins": blank, "identity_status": status}
    yield from idea(looked, "ins.of_other", pl.col("other").is_not_null(), cells)


def patient_of_number(scene: Scene) -> Iterator[Idea]:
    """A row without a patient, where one patient only has its INS number."""
    names = scene.names.fields
    if "patient" not in names or "ins" not in names:
        return
    known = _of_bodies(scene).select(body=body_of(pl.col(names["ins"])), other=names["patient"])
    known = known.drop_nulls().unique().filter(pl.len().over("body") == 1)
    looked = replace(scene, frame=scene.frame.with_columns(body_of(pl.col("ins")).alias("body")))
    looked = _beside(looked, known, "body")
    yield from idea(looked, "person.patient", pl.col("other").is_not_null(), {"patient": pl.col("other")})


def _mates(scene: Scene) -> pl.DataFrame:
    """The other rows of the patients of the scene, contract fields and `patient`."""
    patient = scene.names.fields.get("patient")
    if patient is None:
        return scene.whole.clear().with_columns(pl.lit(None, pl.String).alias("patient"))
    return scene.whole.filter(
        pl.col(patient).is_in(scene.frame["patient"].drop_nulls().unique().implode()),
        ~pl.col("row_id").is_in(scene.frame["row_id"].implode()),
    ).with_columns(pl.col(patient).alias("patient"))


def _of_bodies(scene: Scene) -> pl.DataFrame:
    """The rows of the batch that have an INS number of the scene, with or without its key."""
    bodies = scene.frame.select(body_of(pl.col("ins"))).to_series().drop_nulls().unique()
    return scene.whole.filter(body_of(pl.col(scene.names.fields["ins"])).is_in(bodies.implode()))


def _people(scene: Scene) -> pl.DataFrame | None:
    """Rows whose INS number is that of a row of the scene: who they are, and whether the number says so.

    `row_id, patient, number` (of the tumour), `body, name, given, person_birth, person_sex, agrees`.
    """
    names = scene.names.fields
    parts = ("patient", "tumour", "ins", "birth_name", "given_names", "birth", "sex")
    if any(part not in names for part in parts):
        return None
    body = body_of(pl.col(names["ins"]))
    rows = _of_bodies(scene).select(
        "row_id",
        body.alias("body"),
        patient=names["patient"],
        number=names["tumour"],
        name=_letters(pl.col(names["birth_name"])),
        given=_letters(pl.col(names["given_names"]).str.extract(r"^([^ ,]+)", 1)),
        person_birth=names["birth"],
        person_sex=names["sex"],
    )
    rows = rows.drop_nulls()
    told = pl.col("body")
    month = told.str.slice(3, 2)
    real = month.cast(pl.Int32, strict=False).is_between(1, 12)
    written = pl.col("person_birth").str.slice(5, 2)
    agrees = (
        (told.str.slice(0, 1) == pl.col("person_sex"))
        & (told.str.slice(1, 2) == pl.col("person_birth").str.slice(2, 2))
        & (~real | (written == "") | (written == month))
    )
    return rows.with_columns(agrees.alias("agrees"))


def _letters(name: pl.Expr) -> pl.Expr:
    """Upper case, without accents and marks."""
    bare = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return bare.str.to_uppercase().str.replace_all(_MARKS, "")


def _beside(scene: Scene, told: pl.DataFrame, key: str) -> Scene:
    """The scene with the columns of `told`, one row a key, null where it has none."""
    return replace(scene, frame=scene.frame.join(told, on=key, how="left", maintain_order="left"))
