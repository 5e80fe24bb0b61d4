"""Verifies a contract that comes from outside: standard, SQL, tables, texts, dependencies.

The predicates are compiled to expressions and never reach a database, yet only what the vocabulary needs is
let through: a contract is data, and stays portable to any SQL engine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from validation_rules import cross_record, table_rules
from validation_rules.check import Checker
from validation_rules.compile import sources
from validation_rules.contract import Contract, ContractError, Example, Field, Lookup, Rule
from validation_rules.cross_arguments import check_arguments
from validation_rules.explain import places
from validation_rules.normalise import normalise
from validation_rules.reading import NAME, bad, template_places
from validation_rules.sql import PROPERTY, expression, names
from validation_rules.tables import table

MAX_FIELDS = 500
MAX_RULES = 2_000


def check_models(document: Mapping[str, Any]) -> None:
    """Raises `ContractError` when the document does not fit the models of the Open Data Contract Standard."""
    from open_data_contract_standard.model import OpenDataContractStandard
    from pydantic import ValidationError

    try:
        OpenDataContractStandard.model_validate(document)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise bad(
            where,
            "ce n’est pas ce que le standard ODCS attend",
            "this is not what the ODCS standard expects",
        ) from None


def check_contract(contract: Contract) -> None:
    """Raises `ContractError`, with the place, for the first thing that cannot work in a contract."""
    if len(contract.fields) > MAX_FIELDS or len(contract.rules) > MAX_RULES:
        raise bad("document", "trop de champs ou de règles", "too many fields or rules")
    for lookup in contract.lookups:
        _check_lookup(lookup)
    vocabulary = _vocabulary(contract)
    for derived in contract.derived:
        _check_sql(derived.sql, derived.name, vocabulary)
    for field in contract.fields:
        _check_field(field, contract.field_names)
    for rule in contract.rules:
        _check_rule(rule, contract, vocabulary)
    _check_fields_read(contract)
    _try_out(contract)


def _vocabulary(contract: Contract) -> frozenset[str]:
    looked_up = [name for lookup in contract.lookups for name in lookup.columns]
    added = [*contract.parameters, *(d.name for d in contract.derived), *looked_up]
    every = [*contract.field_names, *added]
    for name in added:
        if not NAME.fullmatch(name) or every.count(name) > 1:
            raise bad(
                name, "nom de colonne irrégulier ou déjà pris", "column name irregular or already taken"
            )
    if len(contract.parameters) > 3:
        raise bad("parameters", "année, mois et jour sont attendus", "year, month and day are expected")
    return frozenset(every)


def _check_lookup(lookup: Lookup) -> None:
    has = table(lookup.table).columns
    for column in (*lookup.key, *lookup.columns.values()):
        if column not in has:
            raise bad(
                lookup.table,
                f"la table n’a pas de colonne {column}",
                f"the table has no column {column}",
            )


def _check_field(field: Field, names: Iterable[str]) -> None:
    for variant in field.variants:
        if variant.field not in names:
            raise _unknown(field.name, variant.field)


def _check_rule(rule: Rule, contract: Contract, vocabulary: frozenset[str]) -> None:
    for name in (*rule.fields, *rule.required, *rule.optional):
        if name not in contract.field_names:
            raise _unknown(rule.id, name)
    if rule.spoils and rule.spoils not in (*rule.fields, *(["*"] if rule.each else [])):
        raise _unknown(rule.id, rule.spoils)
    for text in (rule.title, rule.message, rule.why, rule.fix):
        for name in template_places(text, rule.id) - places(contract, rule):
            raise _unknown(rule.id, name)
    if rule.implementation not in (None, *cross_record.FINDERS, *table_rules.FINDERS):
        raise bad(rule.id, "implémentation inconnue", "unknown implementation")
    check_arguments(rule)
    for name in rule.fields if rule.each else rule.fields[:1]:
        if rule.where is not None:
            _check_sql(rule.where.replace(PROPERTY, name), rule.id, vocabulary)


def _check_fields_read(contract: Contract) -> None:
    """A rule names every field that its predicate reads, however far: its silence depends on it."""
    known = sources(contract)
    for rule in contract.rules:
        for name in rule.fields if rule.where is not None else ():
            read = names(expression(str(rule.where), name))
            fields = frozenset[str]().union(*(known.get(column, frozenset()) for column in read))
            allowed = {name, *rule.required, *rule.optional} if rule.each else set(rule.fields)
            for unnamed in fields - allowed:
                raise bad(
                    rule.id,
                    f"elle lit {unnamed} sans le nommer dans ses champs",
                    f"it reads {unnamed} without naming it in its fields",
                )


def _check_sql(text: str, where: str, vocabulary: frozenset[str]) -> None:
    try:
        expr = expression(text)
    except ContractError as error:
        raise bad(where, error.what.fr.rstrip("."), error.what.en.rstrip(".")) from error
    for name in sorted(names(expr) - vocabulary):
        raise _unknown(where, name)


def _try_out(contract: Contract) -> None:
    """Runs every rule on one row of nothing much: what Polars cannot type or compile shows here."""
    row = pl.DataFrame({name: ["0"] for name in contract.field_names})
    try:
        Checker(contract, date(2026, 1, 1)).check(normalise(row, contract))
    except PolarsError as error:
        raise bad("quality", "une règle ne peut pas être calculée", "a rule cannot be computed") from error


def broken_examples(contract: Contract) -> list[tuple[str, int]]:
    """(rule id, position of the example from 0) of the examples that do not come out as the contract says."""
    by_day: dict[str, list[tuple[Rule, int]]] = {}
    broken = []
    checkers = functools.cache(lambda day: Checker(contract, date.fromisoformat(day)))
    for rule in contract.rules:
        for position, example in enumerate(rule.examples):
            if example.records:
                checker = checkers(example.today or contract.example_day)
                broken += [] if _comes_out(example, rule, contract, checker) else [(rule.id, position)]
            else:
                by_day.setdefault(example.today or contract.example_day, []).append((rule, position))
    for day, cases in by_day.items():
        rows = [
            {**contract.example, contract.field_names[0]: f"P{n}", **rule.examples[position].values}
            for n, (rule, position) in enumerate(cases)
        ]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
        found = checkers(day).check(normalise(frame, contract))
        fired = set(found.select("row_id", pl.col("rule_id").cast(pl.String)).iter_rows())
        broken += [
            (rule.id, position)
            for n, (rule, position) in enumerate(cases, 1)
            if ((n, rule.id) in fired) != rule.examples[position].fails
        ]
    return broken


def _comes_out(example: Example, rule: Rule, contract: Contract, checker: Checker) -> bool:
    """Whether the rule fires on the records that the example of several says, in a frame of their own."""
    rows = [{**contract.example, **values} for values in example.records]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
    found = checker.check(normalise(frame, contract)).filter(pl.col("rule_id") == rule.id)
    return set(found.get_column("row_id")) == set(example.found)


def _unknown(where: str, name: str) -> ContractError:
    return bad(where, f"« {name} » n’est pas connu", f"“{name}” is not known")
