"""What a node of a predicate means here is what DuckDB means by it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.contract import ContractError
from validation_rules.sql import expression, names

TEXTS = [
    None,
    "",
    "abc",
    "C50.4",
    "Éa",
    "12",
    "-7",
    "9999999999",
    "pT1a(m)",
    "a$b",
    "NON RENSEIGNÉ",
    "ébc",
]
NUMBERS = [None, 0, 1, 7, 12, 105, 1950, 9999]
EXPRESSIONS = [
    "t IN ('abc', 'ébc')",
    "t NOT IN ('abc')",
    "'12' IN (t, u)",
    "n BETWEEN 1 AND 12",
    "t BETWEEN 'a' AND 'b'",
    "t IS NULL",
    "t IS NOT NULL",
    "t IS DISTINCT FROM u",
    "t IS NOT DISTINCT FROM u",
    "(t = u) IS TRUE",
    "NOT (t = u)",
    "t = u OR n > 7",
    "t <> u AND n <= 7",
    "CASE WHEN t = u THEN 1 WHEN n > 7 THEN 2 ELSE 3 END",
    "CASE t WHEN 'abc' THEN n END",
    "COALESCE(t, u, 'x')",
    "NULLIF(t, 'abc')",
    "TRY_CAST(SUBSTR(t, 1, 2) AS INTEGER)",
    "n * 100 + m",
    "n * 9999",
    "n - m",
    "-n",
    "n % 7",
    "n // 7",
    "t || u",
    "t || 'x'",
    "ABS(n - m)",
    "LEAST(n, m)",
    "GREATEST(n, m, 5)",
    "SUBSTR(t, 2, 3)",
    "SUBSTR(t, 3)",
    "STRPOS(t, 'b')",
    "STRPOS(t, u)",
    "STARTS_WITH(t, 'a')",
    "CONTAINS(t, u)",
    "LENGTH(t)",
    "UPPER(t)",
    "REPLACE(t, 'a', 'b$')",
    "REGEXP_MATCHES(t, '^[a-z]+$')",
    "REGEXP_REPLACE(t, 'a|b', 'z')",
    "REGEXP_REPLACE(t, '(a)(b)', '\\2-\\1$', 'g')",
    "REGEXP_EXTRACT(t, '([a-z])([0-9])', 2)",
    "REGEXP_EXTRACT(t, '[A-Z]')",
    "STRIP_ACCENTS(t)",
]


ROWS = [(t, u, n, m) for t in TEXTS for u in TEXTS[:4] for n in NUMBERS for m in NUMBERS[::3]]


@pytest.fixture(scope="module")
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        values = ", ".join(str((i, *row)).replace("None", "NULL") for i, row in enumerate(ROWS))
        connection.execute(
            "CREATE TABLE f AS SELECT i, t, u, n::INTEGER AS n, m::INTEGER AS m "
            f"FROM (VALUES {values}) v(i, t, u, n, m)"
        )
        yield connection


@pytest.mark.parametrize("sql", EXPRESSIONS)
def test_a_node_means_what_duckdb_means(base: duckdb.DuckDBPyConnection, sql: str) -> None:
    schema = {"t": pl.String, "u": pl.String, "n": pl.Int32, "m": pl.Int32}
    frame = pl.DataFrame(ROWS, schema=schema, orient="row")
    ours = frame.select(expression(sql).alias("x"))["x"].to_list()
    theirs = [row[0] for row in base.execute(f"SELECT {sql} FROM f ORDER BY i").fetchall()]
    assert ours == theirs


@pytest.mark.parametrize(
    "sql",
    [
        "read_csv('/etc/passwd')",
        "t IN (SELECT x FROM y)",
        "1; DROP TABLE f",
        "SELECT 1",
        "COPY f TO 'x'",
        "*",
        "ROW_NUMBER() OVER ()",
        "f.t = 'x'",
        "regexp_matches(t, u)",
        "CAST(t AS INTEGER)",
        "TRY_CAST(t AS BLOB)",
        "getenv('HOME')",
        "t = ",
        "",
        "(" * 3_000 + "t" + ")" * 3_000,
        "t LIKE '%x'",
        "random() > 0",
        "1.5 > n",
        "@",
        "n BETWEEN SYMMETRIC 3 AND 1",
        "STRIP_ACCENTS()",
        "STRIP_ACCENTS(t, u)",
        "EXISTS (FROM 'x.parquet')",
        "t = 'a' OR " * 300 + "t = 'b'",
        "'x'::INTEGER",
        "t[1]",
        "{'a': 1}",
        "regexp_matches(t, '" + "a" * 301 + "')",
        "lambda x: x",
        "$1",
        "?",
        "list_transform([1], x -> x)",
    ],
)
def test_all_else_is_refused(sql: str) -> None:
    with pytest.raises(ContractError):
        expression(sql)


PARTS = [
    "t",
    "u",
    "n",
    "(",
    ")",
    "'a'",
    "1",
    "IN",
    "AND",
    "NOT",
    "CASE",
    "WHEN",
    "END",
    "@",
    "||",
    ",",
    "::",
    "SUBSTR",
    "UPPER",
    "REGEXP_EXTRACT",
    "STRIP_ACCENTS",
    "TRY_CAST",
    "AS",
    "IS",
    "NULL",
    "-",
    "[",
    "]",
    "~",
]


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join)))
def test_any_text_is_an_expression_or_a_sentence(text: str) -> None:
    try:
        names(expression(text))
    except ContractError as error:
        assert error.what.fr and error.what.en
