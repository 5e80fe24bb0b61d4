"""The quality indicators of one batch: how each is counted, and where that comes from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from desktop_app.core.reports.columns import CLINICAL, ILL_DEFINED, MICROSCOPIC, SOLID
from desktop_app.core.reports.model import Figure, Point
from desktop_app.core.reports.numbers import Z95, wilson
from validation_rules.text import Text

BRAY = "Bray & Parkin, Eur J Cancer 2009;45:747-755"
GIUSTI = "Giusti et al., 2023 (JRC-ENCR)"
CANREG = "CanReg5"


@dataclass(frozen=True, slots=True)
class Share:
    """100 x records that are `counted` / records that are `eligible`, over the columns of `derived`."""

    code: str
    title: Text
    definition: Text
    source: str
    counted: pl.Expr
    eligible: pl.Expr


_ALL = pl.lit(True)

SHARES = (
    Share(
        "MV",
        Text("Vérification microscopique", "Microscopic verification"),
        Text(
            "Base du diagnostic 5, 6, 7 (liste de 1999) ou 5, 7 à 7.3, 8 (2022), sur tous les cas.",
            "Basis of diagnosis 5, 6 or 7 (1999 list) or 5, 7, 7.1 to 7.3 or 8 (2022 list), over all cases.",
        ),
        f"{CANREG}\u00a0; {GIUSTI}",
        pl.col("basis").is_in(MICROSCOPIC),
        _ALL,
    ),
    Share(
        "DCO",
        Text("Certificat de décès seul", "Death certificate only"),
        Text("Base du diagnostic 0, sur tous les cas.", "Basis of diagnosis 0, over all cases."),
        f"{CANREG}\u00a0; {GIUSTI}",
        pl.col("basis") == "0",
        _ALL,
    ),
    Share(
        "PSU",
        Text("Site primitif mal défini", "Primary site unknown"),
        Text(
            "Topographie C26, C39, C48, C76 ou C80, sur tous les cas.",
            "Topography C26, C39, C48, C76 or C80, over all cases.",
        ),
        GIUSTI,
        pl.col("site").is_in(ILL_DEFINED),
        _ALL,
    ),
    Share(
        "STAGEC",
        Text("Stade connu", "Known stage"),
        Text(
            "Stade 0 à 4, sur les tumeurs solides malignes (comportement 3, histologie inférieure à 9590).",
            "Stage 0 to 4, over malignant solid tumours (behaviour 3, histology below 9590).",
        ),
        "ECIS",
        pl.col("stage").is_in(("0", "1", "2", "3", "4")),
        SOLID,
    ),
    Share(
        "UM",
        Text("Morphologie non précisée", "Unspecified morphology"),
        Text("Histologie 8000 à 8005, sur tous les cas.", "Histology 8000 to 8005, over all cases."),
        GIUSTI,
        pl.col("histology").is_between(8000, 8005),
        _ALL,
    ),
    Share(
        "CLIN",
        Text("Diagnostic clinique", "Clinical diagnosis"),
        Text(
            "Base du diagnostic 1, 2 ou 4, sur tous les cas.", "Basis of diagnosis 1, 2 or 4, over all cases."
        ),
        CANREG,
        pl.col("basis").is_in(CLINICAL),
        _ALL,
    ),
    Share(
        "UNKB",
        Text("Base inconnue", "Unknown basis"),
        Text("Base du diagnostic 9, sur tous les cas.", "Basis of diagnosis 9, over all cases."),
        CANREG,
        pl.col("basis") == "9",
        _ALL,
    ),
    Share(
        "AGEUNK",
        Text("Âge inconnu", "Unknown age"),
        Text(
            "Âge ni calculable depuis les dates ni donné, sur tous les cas.",
            "Age neither computable from the dates nor given, over all cases.",
        ),
        BRAY,
        pl.col("age").is_null(),
        _ALL,
    ),
)


def shares(rows: pl.DataFrame) -> list[Figure]:
    """Every `Share` with its Wilson interval and its values by year of incidence."""
    return [_share(rows, share) for share in SHARES]


def _share(rows: pl.DataFrame, share: Share) -> Figure:
    eligible = rows.filter(share.eligible)
    part = eligible.filter(share.counted).height
    figure = Figure(share.code, share.title, share.definition, share.source, "percent", None)
    if eligible.is_empty():
        return figure
    low, high = wilson(part, eligible.height)
    by_year = _by_year(eligible, (share.counted.fill_null(False).mean() * 100))
    return replace(
        figure,
        value=100 * part / eligible.height,
        low=100 * low,
        high=100 * high,
        numerator=part,
        denominator=eligible.height,
        trend=by_year,
    )


def timeliness(rows: pl.DataFrame) -> Figure:
    """Median days from incidence to registration, over records with both dates; partial ones are filled.

    The bounds are order statistics: ranks n/2 ± 1.96 √n / 2 (Hollander & Wolfe). Source: Giusti 2023, TIME.
    """
    known = rows.filter(pl.col("delay").is_not_null())
    figure = Figure(
        "TIME",
        Text("Délai d’enregistrement", "Timeliness"),
        Text(
            "Médiane des jours entre incidence et enregistrement, quand les deux dates sont connues.",
            "Median days from incidence to registration, over cases with both dates.",
        ),
        GIUSTI,
        "days",
        None,
    )
    if known.is_empty():
        return figure
    ordered, n = known["delay"].sort(), known.height
    half = Z95 * math.sqrt(n) / 2
    low, high = max(0, math.floor(n / 2 - half) - 1), min(n - 1, math.ceil(n / 2 + half))
    return replace(
        figure,
        value=_float(ordered.median()),
        low=float(ordered[low]),
        high=float(ordered[high]),
        denominator=n,
        trend=_by_year(known, pl.col("delay").median()),
    )


def sex_ratio(rows: pl.DataFrame) -> Figure:
    """Men over women; bounds exp(ln r ± 1.96 √(1/m + 1/w)), a ratio of two counts."""
    men, women = (rows.filter(pl.col("sexe") == code).height for code in ("1", "2"))
    figure = Figure(
        "SR",
        Text("Rapport hommes / femmes", "Male to female ratio"),
        Text("Cas de sexe 1 divisés par cas de sexe 2.", "Cases of sex 1 divided by cases of sex 2."),
        BRAY,
        "ratio",
        None,
        denominator=men + women,
    )
    if not men or not women:
        return figure
    ratio, spread = men / women, Z95 * math.sqrt(1 / men + 1 / women)
    return replace(
        figure,
        value=ratio,
        low=ratio * math.exp(-spread),
        high=ratio * math.exp(spread),
        numerator=men,
    )


def with_findings(rows: pl.DataFrame, findings: pl.DataFrame) -> list[Figure]:
    """ERR and WARN: records with at least one open error, and with at least one thing to confirm.

    Source: Tagliabue 2023 (0.17 % and 2.79 % with the JRC-ENCR checks on Italian data).
    """
    kinds: tuple[tuple[str, Text, Text, Callable[[], pl.Expr]], ...] = (
        (
            "ERR",
            Text("Enregistrements en erreur", "Records with an error"),
            Text(
                "Au moins un constat d’erreur ouvert, sur tous les cas.",
                "At least one open error, over all cases.",
            ),
            lambda: pl.col("severity").cast(pl.String) == "error",
        ),
        (
            "WARN",
            Text("Enregistrements à confirmer", "Records to confirm"),
            Text(
                "Au moins un constat à confirmer, confirmé ou non, sur tous les cas.",
                "At least one finding to confirm, confirmed or not, over all cases.",
            ),
            lambda: pl.col("severity").cast(pl.String) == "confirm",
        ),
    )
    made = []
    for code, title, definition, which in kinds:
        hit = findings.filter(which())["row_id"].unique()
        counted = pl.col("row_id").is_in(hit.implode())
        made.append(_share(rows, Share(code, title, definition, "Tagliabue et al., 2023", counted, _ALL)))
    return made


def _by_year(rows: pl.DataFrame, value: pl.Expr) -> tuple[Point, ...]:
    years = (
        rows.filter(pl.col("year").is_between(1900, 2200))
        .group_by("year")
        .agg(value.alias("value"), pl.len().alias("records"))
        .sort("year")
        .tail(12)
    )
    return tuple(Point(year, value, records) for year, value, records in years.iter_rows())


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
