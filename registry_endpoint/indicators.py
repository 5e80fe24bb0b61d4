"""Quality indicators of a site beside the median of all sites.

Codes and formulas: MV (microscopically verified, basis 5 to 8), DCO (basis 0), CLIN (basis 1 to 4), UNKB
(basis 9) after CanReg5 and ENCR; PSU (primary site unknown: C26, C39, C48, C76, C80),
UM (histology 8000 to 8005).
"""

from __future__ import annotations

from statistics import median

import polars as pl

from desktop_app.core.batches import wire

_BASIS = pl.col("base_diagnostic")
_CONDITIONS: dict[str, pl.Expr] = {
    "MV": _BASIS.str.contains(r"^[5-8]"),
    "DCO": _BASIS == "0",
    "CLIN": _BASIS.str.contains(r"^[1-4]"),
    "UNKB": _BASIS == "9",
    "PSU": pl.col("topographie").str.contains(r"^C(26|39|48|76|80)"),
    "UM": pl.col("morphologie").str.contains(r"^800[0-5]"),
}


def indicators(clinical: pl.DataFrame) -> dict[str, float | None]:
    """Percentages (0 to 100) by code over all rows; None when there is no row; empty for notifications.

    A notification is no tumour: one tumour has several, and they have no basis of diagnosis.
    """
    if not {name for expr in _CONDITIONS.values() for name in expr.meta.root_names()} <= set(
        clinical.columns
    ):
        return {}
    if clinical.is_empty():
        return dict.fromkeys(_CONDITIONS)
    means = clinical.select(
        (expr.fill_null(False).mean() * 100).alias(code) for code, expr in _CONDITIONS.items()
    )
    return means.row(0, named=True)


def beside_others(own: dict[str, float | None], all_sites: dict[str, list[float]]) -> list[wire.Indicator]:
    """The site's values with the median over every site that has one."""
    return [
        wire.Indicator(
            code=code,
            own=value,
            median=median(all_sites[code]) if all_sites.get(code) else None,
            sites=len(all_sites.get(code, ())),
        )
        for code, value in own.items()
    ]
