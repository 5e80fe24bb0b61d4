"""The same frame before three engines, ours, DuckDB, pandera: each gives rule (and field) -> row_id."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from pandera.errors import SchemaErrors

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.duckdb_sql import DuckDbSql, quoted
from validation_rules.normalise import normalise
from validation_rules.pandera_schema import ContractSchema
from validation_rules.steps import Step

Rows = dict[str, list[int]]

GARBAGE = [
    *(
        None,
        "X",
        "0",
        "-1",
        "+5",
        "1.5",
        "1e3",
        "9",
        "99",
        "999",
        "٣",
        "É",
        "ß",
        "😀",
        "a\u0301",
        "O'Nil",
        '"',
        "…",
    ),
    *(
        "0000",
        "2020",
        "2020-00",
        "2020-02-30",
        "2019-13-01",
        "9999-12-31",
        "1899-12-31",
        "2030-01-01",
        "C80.9",
    ),
    *(
        "C50",
        "C99.9",
        "8000",
        "9999",
        "89999",
        "2A004",
        "99999",
        "99100",
        "1+2",
        "ACP+",
        "+ACP",
        "ACP+PMSI",
        "R99",
    ),
]


def random_frame(contract: Contract, seed: int, rows: int) -> pl.DataFrame:
    """A normalised frame made of the contract's own examples, mixed and spoilt; rows share patients."""
    pick = random.Random(seed)
    examples = [dict(example.values) for rule in contract.rules for example in rule.examples]
    pools: dict[str, list[str | None]] = {
        f.name: [*f.codes, *(e[f.name] for e in examples if f.name in e), *GARBAGE] for f in contract.fields
    }
    records = []
    for _ in range(rows):
        record: dict[str, str | None] = {
            **contract.example,
            contract.record_key[0]: f"P{pick.randrange(rows)}",
        }
        for _ in range(pick.choice((0, 1, 1, 2))):
            record |= pick.choice(examples)
        for name in pick.choices(contract.field_names, k=pick.choice((0, 0, 1, 1, 2, 6, 60))):
            record[name] = pick.choice(pools[name])
        records.append(record)
    return normalise(pl.DataFrame(records, schema=dict.fromkeys(contract.field_names, pl.String)), contract)


def ours(checker: Checker, contract: Contract, frame: pl.DataFrame) -> Rows:
    """What `Checker` finds, under the names of the other two."""
    found: Rows = {}
    columns = checker.check(frame).select("row_id", pl.col("rule_id", "field").cast(pl.String))
    for row, rule_id, field in columns.iter_rows():
        rule = contract.rule(rule_id)
        found.setdefault(Step(rule, (field,) if rule.each else rule.fields).name, []).append(row)
    return found


def load(folder: Path, frame: pl.DataFrame, table: str) -> str:
    """The statement that makes the table of a normalised frame; its values lie in `folder`."""
    frame.write_ndjson(folder / "rows.json")
    texts = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in frame.columns[1:])
    return (
        f"CREATE TABLE {quoted(table)} AS SELECT * FROM read_json('{folder}/rows.json', "
        f"format = 'newline_delimited', columns = {{row_id: 'UINTEGER', {texts}}})"
    )


def in_duckdb(sql: DuckDbSql, frame: pl.DataFrame) -> Rows:
    """What the queries find in a database in memory that may fetch nothing."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=OFFLINE) as connection:
        for statement in (load(Path(folder), frame, "records"), *sql.setup):
            connection.execute(statement)
        found = {q.step.name: connection.execute(q.rows).fetchall() for q in sql.queries}
    return {name: [row for (row,) in rows] for name, rows in found.items() if rows}


OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def in_pandera(schema: ContractSchema, frame: object) -> Rows:
    """The failure cases of the schema."""
    found: Rows = {}
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        for row, check in errors.failure_cases.select("failure_case", "check").iter_rows():
            found.setdefault(check, []).append(int(row))
    return found


def apart(left: Mapping[str, list[int]], right: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Rule -> the rows that one side has and the other has not, or has twice; empty when the two agree."""
    names = sorted({*left, *right})
    pairs = {name: (left.get(name, []), right.get(name, [])) for name in names}
    return {name: sorted({*a} ^ {*b}) or a + b for name, (a, b) in pairs.items() if a != b}


def today_of(contract: Contract) -> date:
    """The day on which the contract's examples hold."""
    return date.fromisoformat(contract.example_day)
