"""Which counts become which charts."""

from __future__ import annotations

import polars as pl

from desktop_app.core.reports.columns import SOLID
from desktop_app.core.reports.labels import site_label
from desktop_app.core.reports.model import Chart, Item
from validation_rules.text import Text

TOP_SITES = 15
CASES = (Text("cas", "cases"),)


def charts(rows: pl.DataFrame) -> list[Chart]:
    """Cases by year, by site, by age and sex, basis, stage and delay; `rows` as `derived` gives them."""
    return [
        _by_year(rows),
        _by_delay(rows),
        _by_site(rows),
        _by_age(rows),
        _by_basis(rows),
        _by_stage(rows),
    ]


def _by_year(rows: pl.DataFrame) -> Chart:
    counts = rows.filter(pl.col("year").is_not_null()).group_by("year").len().sort("year").tail(25)
    return Chart(
        "years",
        "columns",
        Text("Cas par année d’incidence", "Cases by year of incidence"),
        Text("Toutes les tumeurs du lot.", "All the tumours of the batch."),
        CASES,
        tuple(Item(Text(str(year), str(year)), (float(count),)) for year, count in counts.iter_rows()),
    )


def _by_site(rows: pl.DataFrame) -> Chart:
    counts = (
        rows.filter(pl.col("site").str.contains(r"^C\d\d$"))
        .group_by("site")
        .len()
        .sort("len", "site", descending=[True, False])
    )
    shown, others = counts.head(TOP_SITES), counts.slice(TOP_SITES)
    items = [Item(site_label(site), (float(count),)) for site, count in shown.iter_rows()]
    if not others.is_empty():
        rest = Text(f"{others.height} autres sites", f"{others.height} other sites")
        items.append(Item(rest, (float(others["len"].sum()),)))
    return Chart(
        "sites",
        "bars",
        Text("Cas par localisation", "Cases by site"),
        Text("Les quinze catégories les plus fréquentes.", "The fifteen most frequent categories."),
        CASES,
        tuple(items),
    )


def _by_age(rows: pl.DataFrame) -> Chart:
    known = rows.filter(pl.col("age").is_not_null() & pl.col("sexe").is_in(("1", "2")))
    counts = (
        known.with_columns((pl.col("age") // 5).clip(0, 18).alias("group"))
        .group_by("group")
        .agg((pl.col("sexe") == "1").sum().alias("men"), (pl.col("sexe") == "2").sum().alias("women"))
    )
    found = {group: (float(men), float(women)) for group, men, women in counts.iter_rows()}
    return Chart(
        "ages",
        "pyramid",
        Text("Âge à l’incidence", "Age at incidence"),
        Text("Classes de cinq ans ; âge et sexe connus.", "Five-year groups; age and sex known."),
        (Text("hommes", "men"), Text("femmes", "women")),
        tuple(Item(_age_group(group), found.get(group, (0.0, 0.0))) for group in range(19)),
    )


def _age_group(group: int) -> Text:
    if group == 18:
        return Text("90 et plus", "90 and over")
    return Text(f"{5 * group}-{5 * group + 4}", f"{5 * group}-{5 * group + 4}")


_BASES = (
    (("7", "7.1", "7.2", "7.3"), Text("Histologie de la tumeur primitive", "Histology of the primary")),
    (("6",), Text("Histologie d’une métastase", "Histology of a metastasis")),
    (("5",), Text("Cytologie", "Cytology")),
    (("8",), Text("Biologie moléculaire", "Molecular biology")),
    (("4",), Text("Marqueur tumoral", "Tumour marker")),
    (("2",), Text("Examens cliniques", "Clinical investigation")),
    (("1",), Text("Clinique seule", "Clinical only")),
    (("0",), Text("Certificat de décès seul", "Death certificate only")),
    (("9",), Text("Inconnue", "Unknown")),
)


def _by_basis(rows: pl.DataFrame) -> Chart:
    counts = dict(rows.filter(pl.col("basis").is_not_null()).group_by("basis").len().iter_rows())
    items = [Item(label, (float(sum(counts.get(code, 0) for code in codes)),)) for codes, label in _BASES]
    return Chart(
        "bases",
        "bars",
        Text("Base du diagnostic", "Basis of diagnosis"),
        Text("De la plus forte à la plus faible.", "From the strongest to the weakest."),
        CASES,
        tuple(item for item in items if item.values[0]),
    )


_STAGES = (
    (("0",), Text("Stade 0", "Stage 0")),
    (("1",), Text("Stade 1", "Stage 1")),
    (("2",), Text("Stade 2", "Stage 2")),
    (("3",), Text("Stade 3", "Stage 3")),
    (("4",), Text("Stade 4", "Stage 4")),
)


def _by_stage(rows: pl.DataFrame) -> Chart:
    solid = rows.filter(SOLID)
    counts = dict(solid.filter(pl.col("stage").is_not_null()).group_by("stage").len().iter_rows())
    items = [Item(label, (float(counts.get(code, 0)),)) for (code,), label in _STAGES]
    unknown = solid.height - sum(int(item.values[0]) for item in items)
    items.append(Item(Text("Inconnu", "Unknown"), (float(unknown),)))
    return Chart(
        "stages",
        "bars",
        Text("Stade", "Stage"),
        Text("Tumeurs solides malignes.", "Malignant solid tumours."),
        CASES,
        tuple(items),
    )


def _by_delay(rows: pl.DataFrame) -> Chart:
    months = rows.filter(pl.col("delay") >= 0).select((pl.col("delay") // 91).clip(0, 8).alias("quarter"))
    counts = dict(months.group_by("quarter").len().iter_rows())
    labels = [Text(f"{3 * q}-{3 * q + 3}", f"{3 * q}-{3 * q + 3}") for q in range(8)]
    labels.append(Text("24 et plus", "24 or more"))
    return Chart(
        "delays",
        "columns",
        Text("Délai de l’incidence à l’enregistrement", "Delay from incidence to registration"),
        Text("En mois.", "In months."),
        CASES,
        tuple(Item(label, (float(counts.get(q, 0)),)) for q, label in enumerate(labels)),
    )
