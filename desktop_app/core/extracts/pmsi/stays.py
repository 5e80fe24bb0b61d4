"""From RUMs to stays, and from the diagnoses of a stay to notifications: one row a stay and tumour code.

A stay is what one administrative number covers, however many units, summaries or sessions it has. A code that
several RUMs carry is notified once, in the highest of its roles: principal, linked, associated.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

import polars as pl

from desktop_app.core.extracts.pmsi.records import LINE
from validation_rules.tables import table

STAY = "stay"
RSS_ZONES = (
    "FINESS", "NRSS", "NADL", "NRUM", "DNAIS", "SEXE", "NUM", "DEUM", "DSUM", "MSUM", "CPRE", "NBSE",
    "DP", "DR",
)  # fmt: skip
RSS_BLOCKS = ("DA", "ZA")
ROLES = ("DP", "DR", "DAS")
MOST_ACTS = 50  # what the field of the contract holds
_DIED = "9"
_ABROAD = "99"
_CODE = r"^([A-Z]\d{2}[0-9A-Z+]{0,5})$"
_NUMBER_LENGTH = 20


def stays(rums: pl.DataFrame) -> pl.DataFrame:
    """One row a stay, from a frame of RSS_ZONES and RSS_BLOCKS with `stay`.

    Entry is that of the first unit, discharge and its mode those of the last one.
    """
    ordered = rums.with_columns(_ordinal("DEUM").alias("enters"), _ordinal("DSUM").alias("leaves"))
    by_exit = ordered.sort("leaves", "enters", LINE, nulls_last=False)
    last = by_exit.group_by(STAY, maintain_order=True).agg(
        pl.col("DSUM").last(), pl.col("MSUM").last(), leaves=pl.col("leaves").last()
    )
    by_entry = ordered.sort("enters", LINE, nulls_last=True)
    first = by_entry.group_by(STAY, maintain_order=True).agg(
        pl.col("DEUM").first(),
        *(pl.col(name).drop_nulls().first() for name in ("FINESS", "NADL", "DNAIS", "SEXE", "CPRE")),
        *(_listed(name) for name in ("NRSS", "NUM")),
        pl.col(LINE).min(),
        rums=pl.len().cast(pl.String),
        sessions=pl.col("NBSE").str.to_integer(strict=False).sum(),
        persons=pl.struct("DNAIS", "SEXE").n_unique(),
    )
    return first.join(last, on=STAY, how="left").join(_acts(by_entry), on=STAY, how="left").sort(LINE)


def _ordinal(name: str) -> pl.Expr:
    """A date written ddmmyyyy as text that sorts by time; null when it is no such text."""
    value = pl.col(name)
    turned = pl.concat_str(value.str.slice(4, 4), value.str.slice(2, 2), value.str.slice(0, 2))
    return pl.when(value.str.contains(r"^\d{8}$")).then(turned)


def _listed(name: str) -> pl.Expr:
    return pl.col(name).drop_nulls().unique(maintain_order=True).str.join("+")


def _acts(rums: pl.DataFrame) -> pl.DataFrame:
    """`acts`: the distinct CCAM codes of each stay, by day; `acts_over` counts those beyond MOST_ACTS."""
    pieces = rums.select(STAY, pl.col("ZA").str.extract_all(r".{15,29}").alias("act")).explode("act")
    acts = pieces.drop_nulls().select(
        STAY,
        pl.concat_str(
            pl.col("act").str.slice(4, 4), pl.col("act").str.slice(2, 2), pl.col("act").str.slice(0, 2)
        ).alias("day"),
        pl.col("act").str.slice(8, 7).str.strip_chars().str.to_uppercase().alias("code"),
    )
    codes = acts.filter(pl.col("code") != "").sort("day", maintain_order=True)
    distinct = codes.unique([STAY, "code"], keep="first", maintain_order=True)
    return distinct.group_by(STAY, maintain_order=True).agg(
        acts=pl.col("code").head(MOST_ACTS).str.join("+"),
        acts_over=(pl.len().cast(pl.Int64) - MOST_ACTS).clip(0),
    )


def tumours(rums: pl.DataFrame) -> pl.DataFrame:
    """`stay`, `code`, `role`: each tumour code of each stay once, by role, then in the order of the file."""
    associated = rums.select(STAY, LINE, pl.col("DA").str.extract_all(r".{1,8}").alias("code"))
    parts = [
        rums.select(STAY, LINE, pl.col("DP").alias("code"), rank=pl.lit(0)),
        rums.select(STAY, LINE, pl.col("DR").alias("code"), rank=pl.lit(1)),
        associated.explode("code").select(STAY, LINE, "code", rank=pl.lit(2)),
    ]
    coded = pl.concat(parts).drop_nulls("code").with_columns(_plain("code"))
    headings = table("icd10_tumours").get_column("code").str.slice(0, 3).unique()
    notified = coded.filter(pl.col("code").str.slice(0, 3).is_in(headings.implode()))
    best = notified.sort("rank", LINE, maintain_order=True).unique(
        [STAY, "code"], keep="first", maintain_order=True
    )
    role = pl.col("rank").replace_strict(dict(enumerate(ROLES)), return_dtype=pl.String)
    return best.select(STAY, "code", "rank", role.alias("role"))


def _plain(name: str) -> pl.Expr:
    """A code as the file writes it, without dot or padding; null when it is no ICD-10 code."""
    bare = pl.col(name).str.to_uppercase().str.replace_all(r"[.\s]", "")
    return bare.str.extract(_CODE, 1).alias(name)


def notifications(rums: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The rows that a hospital notifies, in the order of the file: what `COLUMNS` shows of them.

    `persons`: `stay`, IPP, `ins`, DNAIS, SEXE, `match` of the stays that VID-HOSP knows.
    """
    found = tumours(rums).join(stays(rums), on=STAY, how="inner")
    rows = found.join(persons, on=STAY, how="left", suffix="_vh").sort(LINE, "rank", maintain_order=True)
    number = pl.struct("NADL", "NRSS", "code").map_elements(_number, return_dtype=pl.String)
    left = pl.col("leaves").is_not_null()
    return rows.with_columns(
        number=number,
        sex=pl.coalesce("SEXE", "SEXE_vh"),
        birth=pl.coalesce("DNAIS", "DNAIS_vh"),
        postcode=pl.when(~pl.col("CPRE").str.starts_with(_ABROAD)).then(pl.col("CPRE")),
        abroad=pl.when(pl.col("CPRE").str.starts_with(_ABROAD)).then(pl.col("CPRE")),
        source=pl.lit("PMSI"),
        alive=pl.when(pl.col("MSUM") == _DIED).then(pl.lit("2")).when(left).then(pl.lit("1")),
        news=pl.when(left).then(pl.col("DSUM")),
        sessions=pl.when(pl.col("sessions") > 0).then(pl.col("sessions").cast(pl.String)),
        place=pl.col(LINE).cast(pl.String),
        document=pl.coalesce("NADL", "NRSS"),
    )


def _number(parts: dict[str, str | None]) -> str:
    """What names a notification next month too: the number of the stay and the code, or a digest of both."""
    stay = (parts["NADL"] or parts["NRSS"] or "").lstrip("0")
    plain = f"{stay}-{parts['code']}"
    if len(plain) <= _NUMBER_LENGTH:
        return plain
    return b32encode(sha256(plain.encode()).digest()).decode()[:_NUMBER_LENGTH]
