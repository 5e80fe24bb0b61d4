"""Rule id -> what is wrong, why it matters, how to put it right, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from validation_rules.contract import Contract, Lookup, Rule
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

    Codes are followed by their label; what the contract looks up by those values alone is read in its table.
    `field` tells which one a rule that looks at fields one by one speaks of; by default the first of its
    fields that `values` holds. KeyError when the contract has no such rule.
    """
    rule = contract.rule(rule_id)
    words = {name: _shown(contract, name, values.get(name), language) for name in _reads(rule)}
    looked_at = field or next((name for name in rule.fields if name in values), rule.fields[0])
    for lookup in _lookups(contract, rule):
        words |= {name: value or _BLANK.in_(language) for name, value in _found(lookup, values).items()}
    if rule.each:
        words["value"] = words[looked_at]
        words["label"] = contract.field(looked_at).label.in_(language)
    if rule.implementation in WORDS:
        words[_EXPECTED] = _expected(rule, values, looked_at).in_(language)
    return Explanation(
        title=_fill(rule.title, words, language),
        message=_fill(rule.message, words, language),
        why=_fill(rule.why, words, language),
        fix=_fill(rule.fix, words, language),
        source=rule.source,
    )


def places(contract: Contract, rule: Rule) -> frozenset[str]:
    """The `{places}` that the texts of a rule may hold: its fields, and what is looked up by them alone."""
    each = ("value", "label") if rule.each else ()
    looked_up = (name for lookup in _lookups(contract, rule) for name in lookup.columns)
    return frozenset(
        (*_reads(rule), *each, *looked_up, *([_EXPECTED] if rule.implementation in WORDS else []))
    )


def _reads(rule: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*rule.fields, *rule.required, *rule.optional)))


def _expected(rule: Rule, values: Mapping[str, str | None], field: str) -> Text:
    """What the rule's tables expect of this one record."""
    names = dict.fromkeys((field, *_reads(rule)))
    record = pl.DataFrame(
        {name: [values.get(name) or None] for name in names}, schema_overrides=dict.fromkeys(names, pl.String)
    )
    return WORDS[str(rule.implementation)](record, rule)


def _lookups(contract: Contract, rule: Rule) -> Iterator[Lookup]:
    """Those that need nothing but the fields of a rule, which speaks of all of them at once."""
    if not rule.each:
        yield from (look for look in contract.lookups if set(look.key.values()) <= set(rule.fields))


def _found(lookup: Lookup, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Name in the contract -> value in the table, None where the key is not in it."""
    rows = table(lookup.table)
    keys = (pl.col(key).eq(pl.lit(values.get(name), pl.String)) for key, name in lookup.key.items())
    row = next(rows.filter(*keys).iter_rows(named=True), {})
    return {name: row.get(column) for name, column in lookup.columns.items()}


def _fill(text: Text, words: Mapping[str, str], language: Language) -> str:
    return text.in_(language).format_map(words)


def _shown(contract: Contract, name: str, value: str | None, language: Language) -> str:
    if not value:
        return _BLANK.in_(language)
    label = contract.field(name).code_labels.get(value)
    return f"{value} ({label.in_(language)})" if label else value
