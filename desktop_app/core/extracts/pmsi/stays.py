"""From RUMs to stays, and from the diagnoses of a stay to notifications: one row a stay and tumour code.

A stay is what one administrative number covers, however many units, summaries or sessions it has. A code that
several RUMs carry is notified once, in the highest of its roles: principal, linked, associated.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

import polars as pl

from desktop_app.core.extracts.pmsi.records import LINE
from desktop_app.core.progress import Progress, silent
from validation_rules.tables import table
from validation_rules.text import Text

STAY = "stay"
RSS_ZONES = (
    "FINESS", "NRSS", "NADL", "NRUM", "DNAIS", "SEXE", "NUM", "DEUM", "DSUM", "MSUM", "CPRE", "NBSE",
    "DP", "DR",
)  # fmt: skip
RSS_BLOCKS = ("DA", "ZA")
ROLES = ("DP", "DR", "DAS")
SEARCHING = Text("Recherche des tumeurs", "Looking for the tumours")
MOST_ACTS = 50  # what the field of the contract holds
_DIED = "9"
_ABROAD = "99"
_CODE = r"^([A-Z]\d{2}[0-9A-Z+]{0,5})$"
_NUMBER_LENGTH = 20
_SLICE = 10_000  # rows that are searched between two calls of the progress


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
        persons=pl.max_horizontal(pl.col(name).drop_nulls().n_unique() for name in ("DNAIS", "SEXE")),
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


def tumours(rums: pl.DataFrame, progress: Progress = silent) -> pl.DataFrame:
    """`stay`, `code`, `role`, `order`: each tumour code of each stay once, by role, then as in the file."""
    parts: list[pl.DataFrame] = []
    for start in range(0, max(1, rums.height), _SLICE):
        progress(start, rums.height, SEARCHING)
        parts.append(_coded(rums.slice(start, _SLICE)))
    found = pl.concat(parts).sort("rank", LINE, maintain_order=True)
    best = found.unique([STAY, "code"], keep="first", maintain_order=True)
    role = pl.col("rank").replace_strict(dict(enumerate(ROLES)), return_dtype=pl.String)
    return best.with_row_index("order").select(STAY, "code", "order", role.alias("role"))


def _coded(rums: pl.DataFrame) -> pl.DataFrame:
    """Every tumour code of some RUMs: `stay`, LINE, `code`, and `rank`, the place of its role in ROLES."""
    associated = rums.select(STAY, LINE, pl.col("DA").str.extract_all(r".{1,8}").alias("code"))
    parts = [
        rums.select(STAY, LINE, pl.col("DP").alias("code"), rank=pl.lit(0)),
        rums.select(STAY, LINE, pl.col("DR").alias("code"), rank=pl.lit(1)),
        associated.explode("code").select(STAY, LINE, "code", rank=pl.lit(2)),
    ]
    codes = pl.concat(parts).drop_nulls("code").with_columns(_plain("code"))
    headings = table("icd10_tumours").get_column("code").str.slice(0, 3).unique()
    return codes.filter(pl.col("code").str.slice(0, 3).is_in(headings.implode()))


def _plain(name: str) -> pl.Expr:
    """A code as the file writes it, without dot or padding; null when it is no ICD-10 code."""
    bare = pl.col(name).str.to_uppercase().str.replace_all(r"[.\s]", "")
    return bare.str.extract(_CODE, 1).alias(name)


def notifications(found: pl.DataFrame, summary: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The rows that a hospital notifies, in the order of the file: what `COLUMNS` shows of them.

    `found` as `tumours`, `summary` as `stays`; `persons`: `stay`, IPP, `ins`, DNAIS, SEXE, `match`.
    """
    known = summary.join(persons, on=STAY, how="left", suffix="_vh")
    rows = found.join(known, on=STAY, how="inner").sort(LINE, "order")
    left, abroad = pl.col("leaves").is_not_null(), pl.col("CPRE").str.starts_with(_ABROAD)
    return rows.with_columns(
        number=_numbers(rows),
        sex=pl.coalesce("SEXE", "SEXE_vh"),
        birth=pl.coalesce("DNAIS", "DNAIS_vh"),
        postcode=pl.when(~abroad).then(pl.col("CPRE")),
        abroad=pl.when(abroad).then(pl.col("CPRE")),
        source=pl.lit("PMSI"),
        alive=pl.when(pl.col("MSUM") == _DIED).then(pl.lit("2")).when(left).then(pl.lit("1")),
        news=pl.when(left).then(pl.col("DSUM")),
        sessions=pl.when(pl.col("sessions") > 0).then(pl.col("sessions").cast(pl.String)),
        place=pl.col(LINE).cast(pl.String),
        document=pl.coalesce("NADL", "NRSS"),
    )


def _numbers(rows: pl.DataFrame) -> pl.Series:
    """What names a notification next month too: stay number and code, or a digest where they are long."""
    stay = pl.coalesce("NADL", "NRSS", pl.lit("")).str.strip_chars_start("0")
    plain = rows.select(pl.concat_str(stay, pl.lit("-"), "code").alias("number")).to_series()
    long = plain.filter(plain.str.len_chars() > _NUMBER_LENGTH)
    return plain.replace(long, [_digest(number) for number in long])


def _digest(number: str) -> str:
    return b32encode(sha256(number.encode()).digest()).decode()[:_NUMBER_LENGTH]
