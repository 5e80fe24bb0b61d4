"""Findings written as a table, JSON, CSV or SARIF, identity values masked unless asked otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import polars as pl

from desktop_app.cli.speech import language, number, t
from validation_rules.contract import Contract
from validation_rules.text import Text, counted, rows

Format = Literal["table", "json", "csv", "sarif"]

MASK = "•••"
SARIF_LEVELS = {"error": "error", "confirm": "warning", "info": "note"}
TABLE_ROWS = 200
_COUNTED = {
    "error": (Text("erreur", "error"), Text("erreurs", "errors")),
    "confirm": (Text("à confirmer", "to confirm"), Text("à confirmer", "to confirm")),
    "info": (Text("information", "note"), Text("informations", "notes")),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A checked extract, ready to be written. `findings` has a column `record` besides the usual ones."""

    contract: Contract
    file: str
    rows: int
    findings: pl.DataFrame

    def count(self, severity: str) -> int:
        """Findings of that severity."""
        return self.findings.filter(pl.col("severity") == severity).height


def verdict(
    contract: Contract, file: str, frame: pl.DataFrame, findings: pl.DataFrame, *, show_identities: bool
) -> Verdict:
    """Findings with the record each is about; values of the identity zone masked unless `show_identities`."""
    plain = findings.with_columns(pl.col("field", "rule_id", "severity", "value").cast(pl.String))
    parts = [pl.col(name).fill_null("") for name in contract.record_key]
    record = pl.concat_str(parts, separator="/").alias("record")
    plain = plain.join(frame.select("row_id", record), on="row_id", how="left", maintain_order="left")
    if not show_identities:
        plain = plain.with_columns(pl.lit(MASK).alias("record"), masked_value(contract))
    return Verdict(contract, file, frame.height, plain)


def masked_value(contract: Contract) -> pl.Expr:
    """`value` with the parts that come from identity fields replaced by dots; the clinical parts stay."""
    identity = set(contract.identity_fields)
    combinations = {"+".join(rule.fields) for rule in contract.rules} | set(contract.field_names)
    hidden = [name for name in combinations if identity.intersection(name.split("+"))]
    shown = pl.col("value")
    for name in hidden:
        masked = _masked_parts(name.split("+"), identity)
        shown = pl.when(pl.col("field") == name, pl.col("value") != "").then(masked).otherwise(shown)
    return shown.alias("value")


def _masked_parts(fields: list[str], identity: set[str]) -> pl.Expr:
    # A value may itself hold the separator: then which part is whose is unknown, and all of it is hidden.
    parts = pl.col("value").str.split(" / ")
    kept = [pl.lit(MASK) if name in identity else parts.list.get(i, null_on_oob=True).fill_null("")
            for i, name in enumerate(fields)]  # fmt: skip
    whole = parts.list.len() == len(fields)
    return pl.when(whole).then(pl.concat_str(kept, separator=" / ")).otherwise(pl.lit(MASK))


def counts(result: Verdict) -> dict[str, int]:
    """Findings per rule id, in the contract's order."""
    found = dict(result.findings.group_by("rule_id").len().iter_rows())
    return {rule.id: found[rule.id] for rule in result.contract.rules if rule.id in found}


def written(result: Verdict, form: Format) -> Iterator[str]:
    """The text of the findings, piece by piece, so that a large file need not be held twice."""
    return {"json": _json, "csv": _csv, "sarif": _sarif, "table": _table}[form](result)


def _json(result: Verdict) -> Iterator[str]:
    head = {
        "contract": result.contract.id,
        "contract_version": result.contract.version,
        "file": result.file,
        "rows": result.rows,
        "counts": counts(result),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": ['
    columns = [pl.col("row_id").alias("row"), "record", "field", "rule_id", "severity", "value"]
    separator = "\n"
    for part in result.findings.select(columns).iter_slices(50_000):
        lines = part.select(pl.struct(pl.all()).struct.json_encode()).to_series()
        yield separator + ",\n".join(lines)
        separator = ",\n"
    yield "\n]}\n"


def _csv(result: Verdict) -> Iterator[str]:
    frame = result.findings.select(
        pl.col("row_id").alias("row"), "record", "field", "rule_id", "severity", _no_formula("value")
    )
    yield frame.write_csv()


def _no_formula(column: str) -> pl.Expr:
    """A spreadsheet runs a cell that begins with one of these; an apostrophe keeps it text."""
    risky = pl.col(column).str.contains(r"^[=+\-@\t\r]")
    return pl.when(risky).then("'" + pl.col(column)).otherwise(pl.col(column)).alias(column)


def _sarif(result: Verdict) -> Iterator[str]:
    speech = language()
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title.in_(speech)},
            "fullDescription": {"text": rule.why.in_(speech)},
            "help": {"text": rule.fix.in_(speech)},
            "defaultConfiguration": {"level": SARIF_LEVELS[rule.severity]},
        }
        for rule in result.contract.rules
    ]
    titles = {rule.id: rule.title.in_(speech) for rule in result.contract.rules}
    results = [
        {
            "ruleId": rule_id,
            "level": SARIF_LEVELS[severity],
            "message": {"text": f"{titles[rule_id]} ({field}: {value or ''})"},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": result.file}},
                    "logicalLocations": [{"fullyQualifiedName": f"row {row}", "kind": "row"}],
                }
            ],
        }
        for row, field, rule_id, severity, value in result.findings.select(
            "row_id", "field", "rule_id", "severity", "value"
        ).iter_rows()
    ]
    driver = {"name": "navette", "version": _version(), "rules": rules}
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    yield json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False) + "\n"


def _version() -> str:
    from importlib.metadata import version

    return version("navette")


def _table(result: Verdict) -> Iterator[str]:
    return chain(_table_head(result), _table_by_rule(result), _table_rows(result))


def _table_head(result: Verdict) -> Iterator[str]:
    contract = f"{result.contract.id} {result.contract.version}"
    height = rows(result.rows).in_(language())
    yield t(f"{result.file} : {height}, contrat {contract}", f"{result.file}: {height}, contract {contract}")
    if result.findings.is_empty():
        yield t(f"\nAucun constat sur {height}.\n", f"\nNo finding in {height}.\n")
        return
    found = [counted(result.count(severity), *words).in_(language()) for severity, words in _COUNTED.items()]
    yield "\n" + ", ".join(found) + "\n\n"


def _table_by_rule(result: Verdict) -> Iterator[str]:
    speech = language()
    order = {"error": 0, "confirm": 1, "info": 2}
    found = counts(result)
    words = {"error": t("erreur", "error"), "confirm": t("à confirmer", "to confirm"), "info": "info"}
    rules = sorted(
        (rule for rule in result.contract.rules if rule.id in found), key=lambda r: order[r.severity]
    )
    for rule in rules:
        title = rule.title.in_(speech)
        yield f"  {words[rule.severity]:<12} {rule.id:<28} {number(found[rule.id]):>9}  {title}\n"


def _table_rows(result: Verdict) -> Iterator[str]:
    if result.findings.is_empty():
        return
    yield (
        "\n"
        + t("ligne", "row").rjust(9)
        + "  "
        + t("règle", "rule").ljust(28)
        + "  "
        + t("valeur", "value")
        + "\n"
    )
    shown = result.findings.head(TABLE_ROWS)
    for row, rule_id, field, value in shown.select("row_id", "rule_id", "field", "value").iter_rows():
        yield f"{number(row):>9}  {rule_id:<28}  {_values(field, value or '')}\n"
    more = result.findings.height - shown.height
    if more:
        others = counted(
            more, Text("autre constat", "more finding"), Text("autres constats", "more findings")
        )
        yield t(
            f"… et {others.fr} : --format csv --output constats.csv les écrit tous.\n",
            f"… and {others.en}: --format csv --output findings.csv writes them all.\n",
        )


def _values(field: str, value: str) -> str:
    """`sexe = 1, topographie = C53.9`; as it is when a value holds the separator itself."""
    names, parts = field.split("+"), value.split(" / ")
    if len(names) != len(parts):
        return f"{field} = {value}"
    blank = t("(vide)", "(blank)")
    return ", ".join(f"{name} = {part.strip() or blank}" for name, part in zip(names, parts, strict=True))
