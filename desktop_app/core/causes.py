"""Root causes: many findings that one wrong setting explains, told as one, with its one fix.

41,000 findings because a column was not mapped, a default is wrong, a recode points to the wrong code or a
date form was not declared are one mistake, made in the mapping, and are put right there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from validation_rules.cross_record import FINDERS
from validation_rules.text import Text, grouped

if TYPE_CHECKING:
    from desktop_app.core.stages import Mapped
    from validation_rules.contract import Contract, Rule

Kind = Literal["unmapped", "default", "recode", "form"]

FEWEST = 20
"""Findings below which a shared cause is not told: they are as quickly put right one by one."""
_SHARE_OF_DEFAULT = 0.2
_SHARE_OF_RECODE = 0.5
_SEVERITIES = ("error", "confirm", "info")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class RootCause:
    """One mistake and its findings. `key` names it within a batch; `value` is the default, the recoded code
    or the form that it is about, never a value of a patient. `count` is in findings, `rows` in records."""

    key: str
    kind: Kind
    field: str
    value: str
    rule_ids: tuple[str, ...]
    severity: str
    count: int
    rows: int
    title: Text
    fix: Text


def root_keys(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> pl.Series:
    """Key of the root cause of each finding, null where it has none: String, as long as `findings`.

    `frame` is what was checked (`mapped.frame`, corrected or not); `findings` as `Checker.check` gives them.
    """
    plain = findings.select("row_id", *(pl.col(c).cast(pl.String) for c in ("rule_id", "field", "value")))
    finders = (_unmapped, _defaults, _recodes, _forms)
    keys = pl.Series("key", [None], dtype=pl.String).new_from_index(0, plain.height)
    for find in finders:
        for key, mask in find(mapped, frame, plain):
            keys = pl.select(pl.when(keys.is_null() & mask).then(pl.lit(key)).otherwise(keys)).to_series()
    counted = pl.DataFrame({"key": keys}).select(pl.when(pl.len().over("key") >= FEWEST).then("key"))
    return counted.to_series().rename("key")


def root_causes(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> list[RootCause]:
    """The root causes, worst first: by severity, then by number of findings."""
    keys = root_keys(mapped, frame, findings)
    table = (
        findings.select("row_id", pl.col("rule_id", "severity").cast(pl.String), key=keys)
        .filter(pl.col("key").is_not_null())
        .group_by("key")
        .agg(
            pl.col("rule_id").unique().sort(),
            pl.col("severity").unique(),
            pl.len().alias("count"),
            pl.col("row_id").n_unique().alias("rows"),
        )
    )
    causes = [_cause(mapped, *row) for row in table.iter_rows()]
    return sorted(causes, key=lambda cause: (_SEVERITIES.index(cause.severity), -cause.count, cause.key))


def named(mapped: Mapped, key: str) -> tuple[Text, Text]:
    """Title and fix of the cause of that key."""
    kind, field, value = key.split(_SEPARATOR)
    label = mapped.contract.field(field).label
    title, fix = _TEXTS[kind]
    words = {"fr": {"label": label.fr}, "en": {"label": label.en}}
    for language in words.values():
        language |= {"value": value, "sources": _sources(mapped, field, value) if kind == "recode" else ""}
    return (
        Text(title.fr.format_map(words["fr"]), title.en.format_map(words["en"])),
        Text(fix.fr.format_map(words["fr"]), fix.en.format_map(words["en"])),
    )


def _cause(
    mapped: Mapped, key: str, rule_ids: list[str], severities: list[str], count: int, rows: int
) -> RootCause:
    kind, field, value = key.split(_SEPARATOR)
    title, fix = named(mapped, key)
    worst = min(severities, key=_SEVERITIES.index)
    return RootCause(key, kind, field, value, tuple(rule_ids), worst, count, rows, title, fix)  # type: ignore[arg-type]


def _key(kind: Kind, field: str, value: str = "") -> str:
    return _SEPARATOR.join((kind, field, value))


_Found = Iterator[tuple[str, pl.Series]]


def _of_rules(findings: pl.DataFrame, rule_ids: list[str]) -> pl.Series:
    return findings.get_column("rule_id").is_in(rule_ids)


def _reading(contract: Contract, field: str) -> list[str]:
    """Rules that cannot speak without the field: where it is blank and one fires, the blank is the reason."""
    return [
        rule.id
        for rule in contract.rules
        if field in (rule.required if rule.kind not in ("REQ", "FMT", "COD") else rule.fields)
    ]


def _of_one_record(contract: Contract, field: str) -> Iterator[Rule]:
    """Rules that read the field of one record: a setting does not make two records alike."""
    return (rule for rule in contract.rules if field in rule.fields and rule.implementation not in FINDERS)


def _unmapped(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> _Found:
    """Fields that are blank on every row, and the findings that say so."""
    for field in mapped.contract.field_names:
        if frame.get_column(field).null_count() == frame.height:
            yield _key("unmapped", field), _of_rules(findings, _reading(mapped.contract, field))


def _defaults(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> _Found:
    """Values that the recipe gives to every row, and a finding on a good part of the rows."""
    for field, value in mapped.recipe.defaults.items():
        if field in mapped.recipe.targets:
            continue
        for rule in _of_one_record(mapped.contract, field):
            mask = _of_rules(findings, [rule.id])
            if mask.sum() >= _SHARE_OF_DEFAULT * frame.height:
                yield _key("default", field, value), mask


def _recodes(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> _Found:
    """Recoded values of which most rows have a finding of one rule."""
    for column in mapped.recipe.columns:
        if column.field is None or not column.recode:
            continue
        field = column.field
        values = frame.get_column(field)
        here = findings.select("row_id").join(
            frame.select("row_id", field), on="row_id", how="left", maintain_order="left"
        )
        for rule in _of_one_record(mapped.contract, field):
            if not (of_rule := _of_rules(findings, [rule.id])).any():
                continue
            for value in dict.fromkeys(column.recode.values()):
                mask = of_rule & (here.get_column(field) == value).fill_null(value=False)
                if mask.sum() >= max(FEWEST, _SHARE_OF_RECODE * int((values == value).sum())):
                    yield _key("recode", field, value), mask


def _forms(mapped: Mapped, frame: pl.DataFrame, findings: pl.DataFrame) -> _Found:
    """Values written in one form that the contract does not know, such as 99/99/9999."""
    badly_formed = findings.get_column("rule_id").str.starts_with("FMT-")
    shapes = findings.select(
        "field",
        shape=pl.when(badly_formed).then(
            pl.col("value").str.replace_all(r"\p{N}", "9").str.replace_all(r"\p{L}+", "A").str.head(40)
        ),
    )
    frequent = shapes.drop_nulls().group_by("field", "shape").len().filter(pl.col("len") >= FEWEST)
    for field, shape, _ in frequent.sort("len", descending=True).head(200).iter_rows():
        same = shapes.select((pl.col("field") == field) & (pl.col("shape") == shape)).to_series()
        yield _key("form", field, shape.replace(_SEPARATOR, " ")), same.fill_null(value=False)


def _sources(mapped: Mapped, field: str, value: str) -> str:
    """The local codes that are recoded to a value: settings of the recipe, not values of a patient."""
    column = next(column for column in mapped.recipe.columns if column.field == field)
    local = [source for source, target in column.recode.items() if target == value]
    return ", ".join(local[:5]) + (", …" if len(local) > 5 else "")


_TEXTS = {
    "unmapped": (
        Text(
            "« {label} » est vide sur toutes les lignes",
            "“{label}” is blank on every row",
        ),
        Text(
            "À la station Associer, reliez une colonne du fichier à « {label} », ou donnez une valeur par "
            "défaut. Si votre fichier n’a pas cette donnée, demandez-la à qui le produit.",
            "At the station Map, link a column of the file to “{label}”, or give a default value. If your "
            "file does not hold it, ask whoever makes the file.",
        ),
    ),
    "default": (
        Text(
            "La valeur par défaut « {value} » de « {label} » ne convient pas",
            "The default “{value}” of “{label}” does not fit",
        ),
        Text(
            "À la station Associer, changez la valeur par défaut de « {label} », ou reliez-y une colonne du "
            "fichier.",
            "At the station Map, change the default of “{label}”, or link a column of the file to it.",
        ),
    ),
    "recode": (
        Text(
            "Le recodage de {sources} en « {value} » pour « {label} » est sans doute faux",
            "The recode of {sources} to “{value}” for “{label}” is probably wrong",
        ),
        Text(
            "À la station Associer, vérifiez vers quel code vont {sources} dans « {label} ».",
            "At the station Map, check which code {sources} go to in “{label}”.",
        ),
    ),
    "form": (
        Text(
            "« {label} » est écrit sous la forme {value}",
            "“{label}” is written in the form {value}",
        ),
        Text(
            "À la station Associer, déclarez cette forme pour « {label} » (9 tient lieu de chiffre, A de "
            "lettres), ou recodez ces valeurs.",
            "At the station Map, declare this form for “{label}” (9 stands for a digit, A for letters), or "
            "recode these values.",
        ),
    ),
}


def told(cause: RootCause) -> Text:
    """The cause in one line, with its counts."""
    count, rows = grouped(cause.count), grouped(cause.rows)
    return Text(
        f"{cause.title.fr} : {count.fr} constats sur {rows.fr} lignes.",
        f"{cause.title.en}: {count.en} findings on {rows.en} rows.",
    )
