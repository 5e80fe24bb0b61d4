"""A contract as SQL text for DuckDB: an engine of others that must find the same rows.

Nothing here imports or runs DuckDB. The script starts from a table of normalised values (`row_id` and the
fields of the contract, VARCHAR, null = blank). It adds what the predicates read (derived columns, lookups,
the day of the check) and takes unusable values out, stage by stage. The predicates are those of the contract,
letter for letter; only `${property}` is replaced.

    sql = duckdb_sql(load_contract(), date.today())
    for statement in sql.setup:
        connection.execute(statement)
    for query in sql.queries:
        rows = connection.execute(query.rows).fetchall()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Contract, Field, Lookup, Rule
from validation_rules.sql import expression
from validation_rules.steps import Level, Step, steps
from validation_rules.tables import table_path

# Letters, marks, digits, the circled letters that Unicode counts as alphabetic; connectors but "_"; joiners.
_WORD = (
    r"\p{L}\p{M}\p{Nd}\p{Nl}\x{24B6}-\x{24E9}\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189}"
    r"\x{203F}\x{2040}\x{2054}\x{FE33}\x{FE34}\x{FE4D}-\x{FE4F}\x{FF3F}\x{200C}\x{200D}"
)
_REPEATED = re.compile(r"\^(\(\[[^\[\]]+\](?:\|\[[^\[\]]+\])*\))\{1,(\d+)\}\$")
_CLASSES = MappingProxyType({r"[^\W_]": f"[{_WORD}]"})


@dataclass(frozen=True, slots=True)
class RuleQuery:
    """One rule, on one field or on all it reads: `where` is true in the rows of `table` where it fires."""

    step: Step
    table: str
    where: str

    @property
    def id(self) -> str:
        """The rule's id; with the field for a rule that looks at fields one by one."""
        return self.step.name.replace(" ", "-")

    @property
    def count(self) -> str:
        """The query that counts the rows in which the rule fires."""
        return f"SELECT COUNT(*) FROM {quoted(self.table)} WHERE {self.where}"

    @property
    def rows(self) -> str:
        """The query that gives the `row_id` of those rows, in order."""
        return f"SELECT row_id FROM {quoted(self.table)} WHERE {self.where} ORDER BY row_id"


@dataclass(frozen=True, slots=True)
class DuckDbSql:
    """`setup` is run once, in order, then each of `queries`. `left_out` are the rules that are not SQL."""

    setup: tuple[str, ...]
    queries: tuple[RuleQuery, ...]
    left_out: tuple[Rule, ...]


def read_csv(table: str) -> str:
    """A reference table of the program, read where it lies: all VARCHAR, an empty cell is null."""
    path = text(str(table_path(table)))
    return f"read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"


def duckdb_sql(
    contract: Contract, today: date, reference: Callable[[str], str] = read_csv, source: str = "records"
) -> DuckDbSql:
    """The rules of a contract as they stand on one day.

    `reference` gives, for the name of a reference table, what to read it from: a table of the database, or a
    call of `read_csv`. `source` is the table of normalised values. Raises `ContractError` when the rules go
    in a circle.
    """
    plan = steps(contract)
    cells = [RuleQuery(step, source, _cell(step, contract)) for step in plan.cells]
    vocabulary = f"{source} 1"
    setup = [_vocabulary(contract, today, source, vocabulary, cells, plan.levels, reference)]
    queries, now = list(cells), vocabulary
    for number, layer in enumerate(plan.layers, 2):
        spoilers = [RuleQuery(step, now, _guarded(step)) for step in layer if step.rule.kind == "sql"]
        queries += spoilers
        if spoilers:
            setup.append(_spoilt(now, f"{source} {number}", spoilers, plan.touches))
            now = f"{source} {number}"
    queries += [RuleQuery(step, now, _guarded(step)) for step in plan.others if step.rule.kind == "sql"]
    left_out = tuple(rule for rule in contract.rules if rule.kind == "custom")
    return DuckDbSql(tuple(setup), tuple(queries), left_out)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def _usable(field: str) -> str:
    return quoted(f"usable {field}")


def _guarded(step: Step) -> str:
    return " AND ".join([*(_usable(name) for name in step.guards), f"({step.where})"])


def _cell(step: Step, contract: Contract) -> str:
    """Where a check of single cells fires: a value has one fault at most, its form comes before its code."""
    field = contract.field(step.fields[0])
    form, code = form_of(field), code_of(field)
    match step.rule.kind:
        case "REQ":
            return f"{quoted(field.name)} IS NULL"
        case "FMT":
            return f"NOT ({form})"
        case "COD":
            return " AND ".join([*([f"({form})"] if form else []), f"NOT ({code})"])
        case _:
            return " AND ".join(f"({part})" for part in (form, code, step.where) if part)


def form_of(field: Field) -> str | None:
    """True where a value has the form of its field, null where it is blank; None for a field of any form."""
    if field.pattern is None:
        return None
    value = quoted(field.name)
    form = _matches(value, field.pattern)
    if field.variants:
        whens = " ".join(
            f"WHEN {quoted(v.field)} IN ({_texts(v.values)}) THEN {_matches(value, v.pattern)}"
            for v in reversed(field.variants)
        )
        form = f"CASE {whens} ELSE {form} END"
    if field.bounds:
        least, most = field.bounds
        within = f"COALESCE(TRY_CAST({value} AS BIGINT) BETWEEN {least} AND {most}, FALSE)"
        # With an empty text for none: a blank has no form, it does not have a wrong one.
        form = f"{form} AND ({within} OR {value} = {text(field.unknown_value or '')})"
    return form


def code_of(field: Field) -> str | None:
    """True where a value is in the code list of its field, null where it is blank; None without a list."""
    if not field.codes:
        return None
    value = quoted(field.name)
    if field.separator is None:
        return f"{value} IN ({_texts(field.codes)})"
    return f"list_has_all([{_texts(field.codes)}], string_split({value}, {text(field.separator)}))"


def _matches(value: str, pattern: str) -> str:
    """A class of all the letters of Unicode, up to a hundred times, takes seconds to compile: the letters and
    their number are told apart."""
    repeated = _REPEATED.fullmatch(pattern)
    if repeated is None or re2(pattern) == pattern:
        return f"regexp_matches({value}, {text(re2(pattern))})"
    letter, most = repeated.groups()
    return f"(regexp_matches({value}, {text(re2(f'^{letter}+$'))}) AND LENGTH({value}) <= {most})"


def re2(pattern: str) -> str:
    """A pattern of a field as RE2 reads it, in which classes such as "letter or digit" know ASCII alone."""
    for ours, its in _CLASSES.items():
        pattern = pattern.replace(ours, its)
    return pattern


def _texts(values: Sequence[str]) -> str:
    return ", ".join(text(value) for value in values)


def _vocabulary(
    contract: Contract,
    today: date,
    source: str,
    result: str,
    cells: Iterable[RuleQuery],
    levels: Iterable[Level],
    reference: Callable[[str], str],
) -> str:
    """The table that row rules read first. A table and no view: hundreds of queries read it."""
    faults: dict[str, list[str]] = {name: [] for name in contract.field_names}
    for query in cells:
        if query.step.rule.spoils:
            faults[query.step.fields[0]].append(f"COALESCE({query.where}, FALSE)")
    flags = [f"{_none_of(wrong)} AS {_usable(name)}" for name, wrong in faults.items()]
    values = [f"CASE WHEN {_usable(n)} THEN {quoted(n)} END AS {quoted(n)}" for n in contract.field_names]
    kept = ["row_id", *values, *(_usable(name) for name in contract.field_names)]
    day = [
        f"CAST({part} AS BIGINT) AS {quoted(name)}"
        for name, part in zip(contract.parameters, (today.year, today.month, today.day), strict=False)
    ]
    inner = f"SELECT *, {', '.join(flags)} FROM {quoted(source)}"
    inner = f"SELECT {', '.join([*kept, *day])} FROM (\n{inner})"
    known: dict[str, pl.DataType] = {name: pl.String() for name in contract.field_names}
    known |= {name: pl.Int64() for name in contract.parameters}
    for level in levels:
        inner = _level(inner, level, reference, known)
    return f"CREATE OR REPLACE TABLE {quoted(result)} AS\n{inner}"


def _none_of(parts: Sequence[str]) -> str:
    return f"NOT ({' OR '.join(parts)})" if parts else "TRUE"


def _level(inner: str, level: Level, reference: Callable[[str], str], known: dict[str, pl.DataType]) -> str:
    """One level of the vocabulary around `inner`; `known`, the types of the columns so far, grows."""
    if level.derived:
        empty = pl.DataFrame(schema=known).select(expression(d.sql).alias(d.name) for d in level.derived)
        # A product of two SMALLINT overflows in DuckDB, and a predicate may well multiply a year by 10000.
        wide = {name for name, kind in empty.schema.items() if kind.is_integer()}
        derived = (
            f"{f'CAST({d.sql} AS BIGINT)' if d.name in wide else d.sql} AS {quoted(d.name)}"
            for d in level.derived
        )
        inner = f"SELECT *, {', '.join(derived)} FROM (\n{inner})"
        known.update(empty.schema)
    known.update({name: pl.String() for lookup in level.lookups for name in lookup.columns})
    if not level.lookups:
        return inner
    columns, joins = [], []
    for number, lookup in enumerate(level.lookups):
        columns += [f"r{number}.{quoted(of)} AS {quoted(name)}" for name, of in lookup.columns.items()]
        joins.append(f"LEFT JOIN {reference(lookup.table)} AS r{number} ON {_keys(lookup, number)}")
    return f"SELECT t.*, {', '.join(columns)} FROM (\n{inner}) AS t\n" + "\n".join(joins)


def _keys(lookup: Lookup, number: int) -> str:
    return " AND ".join(f"t.{quoted(ours)} = r{number}.{quoted(key)}" for key, ours in lookup.key.items())


def _spoilt(
    before: str, after: str, spoilers: Iterable[RuleQuery], touches: dict[str, tuple[str, ...]]
) -> str:
    """What the next layer reads: without what a rule made unusable, and all that is derived from it."""
    flags: list[str] = []
    wrong: dict[str, list[str]] = {}
    for number, query in enumerate(spoilers):
        flag = quoted(f"fires {number}")
        flags.append(f"COALESCE({query.where}, FALSE) AS {flag}")
        wrong.setdefault(str(query.step.spoils), []).append(flag)
    columns: dict[str, list[str]] = {}
    for field, fired in wrong.items():
        for column in touches[field]:
            columns.setdefault(column, []).extend(fired)
    replaced = [
        *(f"CASE WHEN {_none_of(fired)} THEN {quoted(c)} END AS {quoted(c)}" for c, fired in columns.items()),
        *(f"{_usable(f)} AND {_none_of(fired)} AS {_usable(f)}" for f, fired in wrong.items()),
    ]
    inner = f"SELECT *, {', '.join(flags)} FROM {quoted(before)}"
    names = ", ".join(quoted(f"fires {number}") for number in range(len(flags)))
    return (
        f"CREATE OR REPLACE VIEW {quoted(after)} AS\n"
        f"SELECT * EXCLUDE ({names}) REPLACE ({', '.join(replaced)}) FROM (\n{inner})"
    )
