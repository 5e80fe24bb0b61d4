"""A contract rendered as the Open Data Contract Standard document that `datacontract test` runs on DuckDB.

Three things of a contract cannot be said in the SQL of a single `quality` item, and are written out here: a
rule is silent where a field that it needs is unusable (a guard before its predicate, and the stage it reads
from), it may look at several fields one by one (an item per field, in place of `${property}`), and a form may
have bounds or depend on another field. Items that mean the same to both engines stay as they are; rules that
are not SQL are left out.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from validation_rules.contract import Contract, Field
from validation_rules.duckdb_sql import DuckDbSql, RuleQuery, re2


def duckdb_document(
    document: Mapping[str, Any], contract: Contract, sql: DuckDbSql, database: str
) -> dict[str, Any]:
    """The document whose rules are the queries of `sql`, over the DuckDB database file at `database`.

    `document` is the parsed file of `contract`. `sql` must have been made with the name of the document's
    table as `source`, and its `setup` must have run in the database. The `id` of each item is that of the
    rule; for a rule that looks at fields one by one the field follows it.
    """
    rendered = copy.deepcopy(dict(document))
    rendered["servers"] = [{"server": "duckdb", "type": "duckdb", "database": database, "schema": "main"}]
    queries: dict[str, list[RuleQuery]] = {}
    for query in sql.queries:
        queries.setdefault(query.step.rule.id, []).append(query)
    table = rendered["schema"][0]
    of_field = {node["name"]: node for node in table["properties"]}
    for name, node in of_field.items():
        items = [_cell_item(item, contract.field(name), queries) for item in node.get("quality") or []]
        node["quality"] = items
        # Normalised values are texts: what a date or a number must look like is said by its form.
        node["logicalType"] = "string"
    rows: list[dict[str, Any]] = []
    for item in table.get("quality") or []:
        for query in queries.get(item["id"], []):
            place = of_field[query.step.fields[0]]["quality"] if query.step.rule.each else rows
            place.append(_sql_item(item, query))
    table["quality"] = rows
    return rendered


def _cell_item(item: dict[str, Any], field: Field, queries: Mapping[str, list[RuleQuery]]) -> dict[str, Any]:
    return item if _alike(item, field) else _sql_item(item, queries[item["id"]][0])


def _alike(item: Mapping[str, Any], field: Field) -> bool:
    """Whether an item means to another engine what it means to ours."""
    if item.get("metric") == "nullValues":
        return True
    if field.codes and field.pattern:
        # A value is told once: a badly formed one is no unknown code. And two metrics would share one name.
        return False
    bare = not (field.variants or field.bounds or field.separator)
    return bare and re2(field.pattern or "") == (field.pattern or "")


def _sql_item(item: Mapping[str, Any], query: RuleQuery) -> dict[str, Any]:
    kept = {
        key: value for key, value in item.items() if key not in ("metric", "arguments", "customProperties")
    }
    return {**kept, "id": query.id, "type": "sql", "query": query.count, "mustBe": 0}
