"""With which records a record stands in a finding over several records, and why, in both languages.

Rows are named by their number; values of the identity zone never appear in these words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from validation_rules import levels
from validation_rules import multiple_primaries as primaries
from validation_rules.contract import Contract, Rule
from validation_rules.cross_record import contradictions, filled_date, relation, tumour_parts
from validation_rules.cross_vocabulary import VOCABULARY, argument, field_of
from validation_rules.findings import FIELD, ROW_ID, RULE_ID
from validation_rules.relations import AT, OTHER, TOKEN
from validation_rules.text import Language, Text

MOST = 5
"""Other rows named at most for each kind of link of a row."""
_HIDDEN = "•••"
_LANGUAGES: tuple[Language, Language] = ("fr", "en")
_NBSP = "\N{NO-BREAK SPACE}"


class Verdict(NamedTuple):
    """The other rows of a finding, by `row_id`, and why, in words."""

    others: tuple[int, ...]
    text: Text


def spans_records(rule: Rule) -> bool:
    """Whether a rule looks at several records."""
    return rule.implementation in VOCABULARY


def readable(frame: pl.DataFrame, findings: pl.DataFrame, contract: Contract, rule: Rule) -> pl.DataFrame:
    """`row_id` and the fields of `rule`, null where a finding says that the value is unusable."""
    rows = frame.select(ROW_ID, *rule.fields)
    spoilers = {r.id: r.spoils for r in contract.rules if r.spoils and r.id != rule.id}
    here = findings.join(rows.select(ROW_ID), on=ROW_ID, how="semi")
    bad = here.select(ROW_ID, pl.col(FIELD, RULE_ID).cast(pl.String))
    bad = bad.filter(pl.col(RULE_ID).is_in(list(spoilers)))
    for (rule_id, of), group in bad.group_by([RULE_ID, FIELD]):
        name = str(of) if spoilers[str(rule_id)] == "*" else str(spoilers[str(rule_id)])
        if name in rule.fields:
            hit = pl.col(ROW_ID).is_in(group.get_column(ROW_ID).implode())
            rows = rows.with_columns(pl.when(~hit).then(pl.col(name)).alias(name))
    return rows


def circles(
    frame: pl.DataFrame, findings: pl.DataFrame, contract: Contract, rule: Rule
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All that findings of `rule` rest on: `row_id, token` of the rows found, and `token, row_id` of the rows
    behind each token.

    `frame` holds whole groups (see `cross_record.groups`) and `findings` what was found on its rows.
    """
    rows = readable(frame, findings, contract, rule)
    found, members = relation(rows.drop(ROW_ID), rule).circles()
    ids = rows.get_column(ROW_ID)
    return (
        found.select(ids.gather(found.get_column(AT)), TOKEN),
        members.select(TOKEN, ids.gather(members.get_column(AT))),
    )


def verdicts(
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    contract: Contract,
    rule_id: str,
    row_ids: pl.Series,
) -> pl.DataFrame:
    """With which rows each of `row_ids` stands in a finding of a rule over several records, and why.

    Columns: `row_id`, `others` (list of row ids, the first ones when they are many), `fr`, `en`; one line a
    row that has the finding. `frame` holds at least the whole groups of these rows, `findings` what was found
    on it. Cost: a few rows for each of `row_ids`, however large the group. KeyError for an unknown rule.
    """
    rule = contract.rule(rule_id)
    # Whoever stands against a row that was found was found too.
    found = findings.filter(pl.col(RULE_ID) == rule_id).select(ROW_ID)
    rows = readable(frame.join(found, on=ROW_ID, how="semi", maintain_order="left"), findings, contract, rule)
    wanted = rows.with_row_index(AT).join(row_ids.rename(ROW_ID).to_frame(), on=ROW_ID, how="semi")
    pairs = relation(rows.drop(ROW_ID), rule).partners(wanted.get_column(AT), MOST).unique()
    pairs = pairs.sort(AT, OTHER).filter(pl.col(OTHER).cum_count().over(AT) <= MOST)
    said = _WORDS[str(rule.implementation)](rows, pairs, rule, contract)
    return _assembled(said, rows.get_column(ROW_ID), _tail(rule))


def verdict(
    frame: pl.DataFrame, findings: pl.DataFrame, contract: Contract, rule_id: str, row_id: int
) -> Verdict | None:
    """The same for one row; None when the row has no such finding."""
    told = verdicts(frame, findings, contract, rule_id, pl.Series(ROW_ID, [row_id], dtype=pl.UInt32))
    if told.is_empty():
        return None
    _, others, fr, en = told.row(0)
    return Verdict(tuple(others), Text(fr, en))


def detailed(
    frame: pl.DataFrame, findings: pl.DataFrame, contract: Contract, language: Language
) -> pl.DataFrame:
    """`row_id, rule_id, detail` of every finding over several records of a checked frame, in one language."""
    parts = [pl.DataFrame(schema={ROW_ID: pl.UInt32, RULE_ID: pl.String, "detail": pl.String})]
    ids = findings.select(ROW_ID, pl.col(RULE_ID).cast(pl.String))
    for rule in contract.rules:
        rows = ids.filter(pl.col(RULE_ID) == rule.id).get_column(ROW_ID) if spans_records(rule) else None
        if rows is not None and rows.len():
            told = verdicts(frame, findings, contract, rule.id, rows)
            parts.append(
                told.select(ROW_ID, pl.lit(rule.id).alias(RULE_ID), pl.col(language).alias("detail"))
            )
    return pl.concat(parts)


def _assembled(said: pl.DataFrame, ids: pl.Series, tail: Text) -> pl.DataFrame:
    """`said`: `at, other, fr, en`, one line a pair. Rows of the same words are told together."""
    named = said.with_columns(other_id=ids.gather(said.get_column(OTHER)))
    told = named.select(AT).unique(maintain_order=True)
    for language, row, rows, joint, colon in (
        ("fr", "la ligne", "les lignes", " et ", f"{_NBSP}: "),
        ("en", "row", "rows", " and ", ": "),
    ):
        start = "Avec " if language == "fr" else "With "
        lines = named.group_by(AT, language, maintain_order=True).agg(
            number=pl.col("other_id").cast(pl.String)
        )
        last, many = pl.col("number").list.last(), pl.col("number").list.len() > 1
        before = pl.col("number").list.head(pl.col("number").list.len() - 1).list.join(", ")
        listed = (
            pl.when(many).then(pl.lit(f"{rows} ") + before + joint + last).otherwise(pl.lit(f"{row} ") + last)
        )
        semicolon = f"{_NBSP}; {start.lower()}" if language == "fr" else f"; {start.lower()}"
        phrase = (
            lines.select(AT, phrase=listed + colon + pl.col(language))
            .group_by(AT, maintain_order=True)
            .agg(
                (start + pl.col("phrase").str.join(semicolon) + "." + tail.in_(language)).alias(language)  # type: ignore[arg-type]
            )
        )
        told = told.join(phrase, on=AT, maintain_order="left")
    others = named.group_by(AT).agg(others=pl.col("other_id").unique().sort())
    told = told.join(others, on=AT, maintain_order="left")
    return told.select(ids.gather(told.get_column(AT)).alias(ROW_ID), "others", "fr", "en").sort(ROW_ID)


# What is said of a pair, by implementation: from the readable rows, the pairs `at, other`, to `fr` and `en`

_Words = Callable[[pl.DataFrame, pl.DataFrame, Rule, Contract], pl.DataFrame]


def _label(contract: Contract, name: str) -> Text:
    label = contract.field(name).label
    return Text(f"«{_NBSP}{label.fr}{_NBSP}»", f"“{label.en}”")


def _listed(texts: Sequence[Text]) -> Text:
    return Text(", ".join(text.fr for text in texts), ", ".join(text.en for text in texts))


def _constant(pairs: pl.DataFrame, text: Text) -> pl.DataFrame:
    return pairs.with_columns(fr=pl.lit(text.fr), en=pl.lit(text.en))


def _of_key(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    names = _listed([_label(contract, name) for name in rule.fields])
    return _constant(pairs, Text(f"mêmes valeurs de {names.fr}", f"same values of {names.en}"))


def _of_value(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    shared, value = (_label(contract, field_of(rule, part)) for part in ("shared", "value"))
    return _constant(
        pairs,
        Text(f"même {shared.fr}, autre {value.fr}", f"same {shared.en}, other {value.en}"),
    )


def _of_person(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    person = _label(contract, field_of(rule, "person"))
    return _constant(
        pairs,
        Text(
            f"même nom, même premier prénom, même date de naissance et même sexe, autre {person.fr}",
            f"same surname, first given name, date of birth and sex, other {person.en}",
        ),
    )


def _of_contradiction(
    rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract
) -> pl.DataFrame:
    values: dict[str, list[pl.Series]] = {}
    for name, value in contradictions(rule):
        one = rows.select(value).to_series()
        differs = one.gather(pairs.get_column(AT)) != one.gather(pairs.get_column(OTHER))
        values.setdefault(name, []).append(differs.fill_null(value=False))
    columns = {}
    for language in _LANGUAGES:
        said = []
        for name, masks in values.items():
            hit = pl.any_horizontal([pl.lit(mask) for mask in masks])
            said.append(pl.when(hit).then(pl.lit(_label(contract, name).in_(language))))
        columns[language] = pl.concat_str(said, separator=", ", ignore_nulls=True)
    return pairs.with_columns(
        fr="valeur différente de " + columns["fr"], en="different value of " + columns["en"]
    )


def _sided(rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """`pairs` with the columns of both rows: the second one's end in `_other`."""
    here, there = rows[pairs.get_column(AT)], rows[pairs.get_column(OTHER)]
    there.columns = [f"{name}_other" for name in there.columns]
    return pl.concat([pairs, here, there], how="horizontal")


def _clinical(rows: pl.DataFrame, rule: Rule, contract: Contract, *parts: str) -> pl.DataFrame:
    """The fields that play these parts as text: blank where null, hidden where they tell who it is."""
    columns = []
    for part in parts:
        name = field_of(rule, part)
        hidden = bool(name) and contract.field(name).zone == "identity"
        value = pl.lit(_HIDDEN) if hidden else pl.col(name).fill_null("") if name else pl.lit("")
        columns.append(value.alias(part))
    return rows.select(columns)


def _of_tumour(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    shown = _clinical(rows, rule, contract, "topography", "morphology", "date")
    shown = shown.with_columns(rows.select(day=filled_date(pl.col(field_of(rule, "date"))).to_physical()))
    both = _sided(shown, pairs)
    days = (pl.col("day") - pl.col("day_other")).abs()
    here, there = ((pl.format("{} {} ({})", *(pl.col(n + s) for n in ("topography", "morphology", "date"))))
                   for s in ("", "_other"))  # fmt: skip
    days_fr = pl.when(days < 2).then(pl.lit(" jour")).otherwise(pl.lit(" jours"))
    days_en = pl.when(days == 1).then(pl.lit(" day")).otherwise(pl.lit(" days"))
    return both.select(
        AT, OTHER,
        fr=pl.format("{} ici, {} là, à {}{} d’écart", here, there, days, days_fr),
        en=pl.format("{} here, {} there, {}{} apart", here, there, days, days_en),
    )  # fmt: skip


def _of_sides(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    both = _sided(_clinical(rows, rule, contract, "topography", "morphology", "side"), pairs)
    labels = contract.field(field_of(rule, "side")).code_labels
    columns = {}
    for language, here, there in (("fr", "ici", "là"), ("en", "here", "there")):
        names = {code: text.in_(language) for code, text in labels.items()}  # type: ignore[arg-type]
        told = [
            pl.format("{} {} {}", f"topography{s}", f"morphology{s}", pl.col(f"side{s}").replace(names))
            for s in ("", "_other")
        ]
        columns[language] = pl.format(f"{{}} {here}, {{}} {there}", *told)
    return both.select(AT, OTHER, **columns)


def _of_primaries(rows: pl.DataFrame, pairs: pl.DataFrame, rule: Rule, contract: Contract) -> pl.DataFrame:
    """Topography, morphology and histology group of both, the site groups, and the rule that decides."""
    shown = _clinical(rows, rule, contract, "topography", "morphology", "behaviour")
    counted = primaries.tumours(tumour_parts(rows, rule), str(argument(rule, "variant")))
    facts = shown.with_row_index(AT).join(counted.select(AT, "site", "histology", "group"), on=AT, how="left")
    both = primaries.why(_sided(facts.drop(AT), pairs), str(argument(rule, "verdict")))
    sites = facts.get_column("site").drop_nulls().unique()
    site_names = {site: primaries.site_group_name(site) for site in sites}
    both = both.filter(pl.col("reason_fr").is_not_null())
    columns = {}
    for language, site_is, here, there, stop in (
        ("fr", "siège", "ici", "là", f"{_NBSP}: "),
        ("en", "site", "here", "there", ": "),
    ):
        told = [_tumour_told(side, language) for side in ("", "_other")]
        site, other = (pl.col(f"site{side}").replace(site_names) for side in ("", "_other"))
        where = pl.when(site == other).then(site).otherwise(site + " / " + other)
        columns[language] = pl.format(
            f"{{}} {here}, {{}} {there}, {site_is} {{}}{stop}{{}}", *told, where, f"reason_{language}"
        )
    return both.select(AT, OTHER, **columns)


def _tumour_told(side: str, language: str) -> pl.Expr:
    """`C50.4 8500/3 (groupe 3, adénocarcinomes)`."""
    word = {"fr": "groupe", "en": "group"}[language]
    names = {
        number: f"{word} {number}, {name.in_(language)}" if number else name.in_(language)  # type: ignore[arg-type]
        for number, name in primaries.GROUPS.items()
    }
    group = pl.col(f"group{side}").replace_strict(names, default="", return_dtype=pl.String)
    code = pl.format("{} {}/{}", f"topography{side}", f"morphology{side}", f"behaviour{side}")
    return pl.format("{} ({})", code, group)


def _tail(rule: Rule) -> Text:
    """What is said once, after all pairs."""
    if rule.implementation != "multiple_primaries":
        return Text("", "")
    edition = primaries.edition(str(argument(rule, "variant")))
    return Text(
        f" Table des groupes d’histologie{_NBSP}: {edition}.", f" Table of histology groups: {edition}."
    )


_WORDS: MappingProxyType[str, _Words] = MappingProxyType({
    "repeated_key": _of_key,
    "one_value_per_group": _of_value,
    "contradictory_values": _of_contradiction,
    "same_person": _of_person,
    "same_tumour": _of_tumour,
    "both_sides": _of_sides,
    "multiple_primaries": _of_primaries,
    **dict.fromkeys(levels.RELATIONS, _of_key),  # what they find stands against no row: there is no pair
})  # fmt: skip
