"""Rule id -> what is wrong, why it matters, how to put it right, in the reader's language."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from validation_rules.contract import Contract, Rule
from validation_rules.sql import expression, names
from validation_rules.table_rules import WORDS
from validation_rules.tables import table
from validation_rules.text import Language, Text

_BLANK = Text("vide", "blank")
_EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The words of a finding's card. `message` holds the values: it is for the screen, never for a log."""

    title: str
    message: str
    why: str
    fix: str
    source: str


def explain(
    contract: Contract,
    rule_id: str,
    values: Mapping[str, str | None],
    language: Language,
    field: str | None = None,
) -> Explanation:
    """The card of a finding. `values`: field -> value of the record as the rules read it, of all fields that
    the rule reads.

    Codes are followed by their label; what the contract derives or looks up from those values is worked out.
    `field` tells which one a rule that looks at fields one by one speaks of; by default the first of its
    fields that `values` holds. KeyError when the contract has no such rule.
    """
    rule = contract.rule(rule_id)
    words = {name: _shown(contract, name, values.get(name), language) for name in _reads(rule)}
    looked_at = field or next((name for name in rule.fields if name in values), rule.fields[0])
    if rule.each:
        words["value"] = words[looked_at]
        words["label"] = contract.field(looked_at).label.in_(language)
    if rule.implementation in WORDS:
        words[_EXPECTED] = _expected(rule, values, looked_at).in_(language)
    for name in _named(rule, language) - words.keys():
        value = _worked_out(contract, name, values).item()
        words[name] = _BLANK.in_(language) if value is None else str(value)
    return Explanation(
        title=_fill(rule.title, words, language),
        message=_fill(rule.message, words, language),
        why=_fill(rule.why, words, language),
        fix=_fill(rule.fix, words, language),
        source=rule.source.in_(language),
    )


def has_place(contract: Contract, rule: Rule, name: str) -> bool:
    """Whether the texts of a rule may hold `{name}`: a field that it reads, or a column made of those."""
    own = ("value", "label") if rule.each else ()
    told = (_EXPECTED,) if rule.implementation in WORDS else ()
    return name in (*own, *told) or _origins(contract, name, frozenset()) <= set(_reads(rule))


def _reads(rule: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*rule.fields, *rule.required, *rule.optional)))


def _expected(rule: Rule, values: Mapping[str, str | None], field: str) -> Text:
    """What the rule's tables expect of this one record."""
    names = dict.fromkeys((field, *_reads(rule)))
    record = pl.DataFrame(
        {name: [values.get(name) or None] for name in names}, schema_overrides=dict.fromkeys(names, pl.String)
    )
    return WORDS[str(rule.implementation)](record, rule)


def _named(rule: Rule, language: Language) -> set[str]:
    texts = (text.in_(language) for text in (rule.title, rule.message, rule.why, rule.fix))
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def _origins(contract: Contract, name: str, above: frozenset[str]) -> frozenset[str]:
    """The fields, or names that are no column, that a column of the vocabulary comes from."""
    parts = () if name in above else _parts(contract, name)
    origins = (_origins(contract, part, above | {name}) for part in parts)
    return frozenset[str]().union(*origins) if parts else frozenset({name})


def _parts(contract: Contract, name: str) -> tuple[str, ...]:
    """What a derived or looked-up column is made from."""
    derived = next((d for d in contract.derived if d.name == name), None)
    if derived:
        return tuple(sorted(names(expression(derived.sql))))
    lookup = next((look for look in contract.lookups if name in look.columns), None)
    return tuple(lookup.key.values()) if lookup else ()


def _worked_out(contract: Contract, name: str, values: Mapping[str, str | None]) -> pl.Series:
    """A column of the vocabulary for one record."""
    parts = [_worked_out(contract, part, values) for part in _parts(contract, name)]
    derived = next((d for d in contract.derived if d.name == name), None)
    if derived:
        return pl.DataFrame(parts).select(expression(derived.sql).alias(name)).to_series()
    lookup = next((look for look in contract.lookups if name in look.columns), None)
    if lookup is None:
        return pl.Series(name, [values.get(name) or None], dtype=pl.String)
    key = zip(lookup.key, (part.item() for part in parts), strict=True)
    rows = table(lookup.table).filter(pl.col(k) == pl.lit(v, pl.String) for k, v in key)
    found = rows.get_column(lookup.columns[name]).head(1)
    return pl.Series(name, found.to_list() or [None], dtype=pl.String)


def _fill(text: Text, words: Mapping[str, str], language: Language) -> str:
    return text.in_(language).format_map(words)


def _shown(contract: Contract, name: str, value: str | None, language: Language) -> str:
    if not value:
        return _BLANK.in_(language)
    label = contract.field(name).code_labels.get(value)
    return f"{value} ({label.in_(language)})" if label else value
