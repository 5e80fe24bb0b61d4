"""Who a stay is of: the lines of VID-HOSP, and their stay numbers brought to the spelling of the RSS."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts.pmsi.stays import STAY

VIDHOSP_ZONES = ("FINESS", "NADL", "DNAIS", "SEXE", "IPP", "INS", "NIMI", "CNIMI", "NIA")
MATCHED, ABSENT, BIRTH, SEX, OTHER = (
    "trouvé", "absent", "naissance différente", "sexe différent", "autre personne",
)  # fmt: skip
_SINGLE = ("DNAIS", "SEXE", "IPP", "ins")


class Keyed(NamedTuple):
    """Both frames with `stay`; `by_finess` is false when the two files name no hospital in common."""

    rums: pl.DataFrame
    lines: pl.DataFrame
    by_finess: bool


def same_stays(rums: pl.DataFrame, lines: pl.DataFrame, beat: Callable[[], None] = lambda: None) -> Keyed:
    """Adds `stay` to both: the hospital and the administrative number, whose leading zeros count only where
    two stays of one file differ by them. Without such a number, a RUM goes by that of its RSS.
    `beat` is called between the steps.
    """
    common = set(rums.get_column("FINESS").drop_nulls()) & set(lines.get_column("FINESS").drop_nulls())
    beat()
    bare = all(_bare_is_enough(frame, beat) for frame in (rums, lines))
    keys = [pl.col("NADL").str.strip_chars_start("0") if bare else pl.col("NADL")]
    if common:
        keys.insert(0, pl.col("FINESS"))
    key = pl.when(pl.col("NADL").is_not_null()).then(pl.concat_str(keys, separator=" ", ignore_nulls=True))
    lone = pl.concat_str(
        pl.lit("RSS"), pl.col("NRSS").fill_null(pl.col("line").cast(pl.String)), separator=" "
    )
    keyed = rums.with_columns(pl.coalesce(key, lone).alias(STAY))
    beat()
    return Keyed(keyed, lines.with_columns(key.alias(STAY)).drop_nulls(STAY), bool(common))


def _bare_is_enough(frame: pl.DataFrame, beat: Callable[[], None]) -> bool:
    written = frame.select("FINESS", "NADL").drop_nulls("NADL").unique()
    beat()
    bare = written.with_columns(pl.col("NADL").str.strip_chars_start("0"))
    return bare.unique().height == written.height


def persons(lines: pl.DataFrame) -> pl.DataFrame:
    """`stay`, DNAIS, SEXE, IPP, `ins`, `only_insured`, `contradicts`: one row a stay of VID-HOSP.

    `ins` is the person's own number (INS, else the individual one): that of the insured may be another
    person's. What the lines of one stay contradict each other on is left out.
    """
    own = lines.with_columns(_own_number().alias("ins"))
    distinct = {name: pl.col(name).drop_nulls().unique() for name in _SINGLE}
    return own.group_by(STAY, maintain_order=True).agg(
        *(pl.when(each.len() == 1).then(each.first()).alias(name) for name, each in distinct.items()),
        only_insured=(pl.col("ins").is_null().all() & _real("NIA").is_not_null().any()),
        contradicts=pl.any_horizontal(each.len() > 1 for each in distinct.values()),
    )


def _own_number() -> pl.Expr:
    individual = pl.concat_str(_real("NIMI"), pl.col("CNIMI").fill_null(""))
    return pl.coalesce(_real("INS"), individual)


def _real(name: str) -> pl.Expr:
    """A number; zones of zeros or nines alone say that there is none."""
    return pl.when(~pl.col(name).str.contains(r"^(0+|9+)$")).then(pl.col(name))


def matched(stays: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The persons of these stays (`stay`, DNAIS, SEXE), with `match`.

    Where both the date of birth and the sex differ, the number was given to somebody else: nothing of that
    line is used.
    """
    both = stays.select(STAY, pl.col("DNAIS").alias("b"), pl.col("SEXE").alias("s")).join(
        known.with_columns(known=pl.lit(value=True)), on=STAY, how="left"
    )
    birth = (pl.col("b") != pl.col("DNAIS")).fill_null(value=False)
    sex = (pl.col("s") != pl.col("SEXE")).fill_null(value=False)
    match = (
        pl.when(pl.col("known").is_null()).then(pl.lit(ABSENT))
        .when(birth & sex).then(pl.lit(OTHER))
        .when(birth).then(pl.lit(BIRTH))
        .when(sex).then(pl.lit(SEX))
        .otherwise(pl.lit(MATCHED))
    )  # fmt: skip
    told = both.with_columns(match=match)
    nobody = pl.col("match") == OTHER
    blanked = [pl.when(~nobody).then(pl.col(name)).alias(name) for name in _SINGLE]
    return told.select(
        STAY, *blanked, "match", *(pl.col(n).fill_null(value=False) for n in ("only_insured", "contradicts"))
    )
