"""Findings written as a table, JSON, CSV or SARIF, identity values masked unless asked otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.cli.speech import language, number, t
from desktop_app.core.plain_cells import plain_column
from validation_rules.contract import Contract
from validation_rules.text import Text, counted, rows
from validation_rules.verdicts import detailed

if TYPE_CHECKING:
    from desktop_app.core.causes import RootCause
    from desktop_app.core.stages import Mapped

Format = Literal["table", "json", "csv", "sarif"]

MASK = "•••"
SARIF_LEVELS = {"error": "error", "confirm": "warning", "info": "note"}
TABLE_ROWS = 200
_AT_ONCE = 50_000
_COLUMNS = ("row", "record", "field", "rule_id", "severity", "value", "detail")
_COUNTED = {
    "error": (Text("erreur", "error"), Text("erreurs", "errors")),
    "confirm": (Text("à confirmer", "to confirm"), Text("à confirmer", "to confirm")),
    "info": (Text("information", "note"), Text("informations", "notes")),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A checked extract, ready to be written. `counts` are findings by rule id; `parts` gives the findings in
    order, as `shown` makes them, each time it is called. `causes` are those that many findings share."""

    contract: Contract
    file: str
    rows: int
    counts: Mapping[str, int]
    parts: Callable[[], Iterator[pl.DataFrame]]
    causes: tuple[RootCause, ...] = ()

    def count(self, severity: str) -> int:
        """Findings of that severity."""
        return sum(self.counts.get(rule.id, 0) for rule in self.contract.rules if rule.severity == severity)

    @property
    def total(self) -> int:
        """All findings."""
        return sum(self.counts.values())

    def stopping(self, severity: str) -> int:
        """Findings of that severity, without those of the site's own rules that stop nothing."""
        stops = (rule for rule in self.contract.rules if rule.severity == severity and rule.blocking)
        return sum(self.counts.get(rule.id, 0) for rule in stops)


def verdict(contract: Contract, mapped: Mapped, findings: pl.DataFrame, *, show_identities: bool) -> Verdict:
    """The verdict on mapped rows, see `shown`."""
    from desktop_app.core.causes import root_causes

    frame = mapped.frame
    names = findings.with_columns(pl.col("rule_id").cast(pl.String))
    told = detailed(frame, findings, contract, language())
    told = names.join(told, on=["row_id", "rule_id"], how="left", maintain_order="left")
    findings = findings.with_columns(told.get_column("detail").fill_null(""))
    found = shown(contract, findings, frame, show_identities=show_identities)
    by_rule = found.group_by(pl.col("rule_id").cast(pl.String)).len()
    return Verdict(
        contract,
        mapped.source.path.name,
        frame.height,
        dict(by_rule.iter_rows()),
        lambda: found.iter_slices(_AT_ONCE),
        tuple(root_causes(mapped, frame, findings)),
    )


def shown(
    contract: Contract, findings: pl.DataFrame, rows: pl.DataFrame, *, show_identities: bool
) -> pl.DataFrame:
    """Findings with the `record` each is about, and `detail`: with which rows a finding over several records
    stands, and why ("" unless they have it). Values of the identity zone are masked unless `show_identities`.

    `rows` hold `row_id` and, when identities are shown, the contract's record key.
    """
    if "detail" not in findings.columns:
        findings = findings.with_columns(pl.lit("").alias("detail"))
    if not show_identities:
        return findings.with_columns(masked_value(contract), pl.lit(MASK).alias("record"))
    parts = [pl.col(name).fill_null("") for name in contract.record_key]
    record = pl.concat_str(parts, separator="/").alias("record")
    return findings.join(rows.select("row_id", record), on="row_id", how="left", maintain_order="left")


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
    return {rule.id: result.counts[rule.id] for rule in result.contract.rules if result.counts.get(rule.id)}


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
        "causes": [_plain_cause(cause) for cause in result.causes],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": ['
    columns = [pl.col("row_id").alias("row"), "record", "field", "rule_id", "severity", "value", "detail"]
    separator = "\n"
    for part in _texts(result):
        lines = part.select(columns).select(pl.struct(pl.all()).struct.json_encode()).to_series()
        yield separator + ",\n".join(lines)
        separator = ",\n"
    yield "\n]}\n"


def _csv(result: Verdict) -> Iterator[str]:
    yield ",".join(_COLUMNS) + "\n"
    for part in _texts(result):
        cells = part.select(pl.col("row_id").alias("row"), *_COLUMNS[1:-2], *map(plain_column, _COLUMNS[-2:]))
        yield cells.write_csv(include_header=False, quote_style="non_numeric")


def _texts(result: Verdict) -> Iterator[pl.DataFrame]:
    for part in result.parts():
        for piece in part.iter_slices(_AT_ONCE):
            yield piece.with_columns(pl.col("field", "rule_id", "severity", "value").cast(pl.String))


def _sarif(result: Verdict) -> Iterator[str]:
    speech = language()
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title.in_(speech)},
            "fullDescription": {"text": rule.why.in_(speech)},
            "help": {"text": rule.fix.in_(speech)},
            "defaultConfiguration": {"level": SARIF_LEVELS[rule.severity]},
            "properties": {"tags": [rule.family, *(["site"] if rule.site else [])]},
        }
        for rule in result.contract.rules
    ]
    titles = {rule.id: rule.title.in_(speech) for rule in result.contract.rules}
    driver = {"name": "navette", "version": _version(), "rules": rules}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    head = json.dumps({"$schema": schema, "version": "2.1.0"}, ensure_ascii=False)
    tool = json.dumps({"driver": driver}, ensure_ascii=False)
    yield head[:-1] + ', "runs": [{"tool": ' + tool + ', "results": ['
    separator = ""
    for part in _texts(result):
        found = part.select("row_id", "field", "rule_id", "severity", "value", "detail").iter_rows()
        lines = (_sarif_result(result.file, titles, *finding) for finding in found)
        yield separator + ", ".join(json.dumps(line, ensure_ascii=False) for line in lines)
        separator = ", "
    yield '], "columnKind": "unicodeCodePoints"}]}\n'


def _sarif_result(
    file: str,
    titles: Mapping[str, str],
    row: int,
    field: str,
    rule_id: str,
    severity: str,
    value: str | None,
    detail: str,
) -> dict[str, object]:
    return {
        "ruleId": rule_id,
        "level": SARIF_LEVELS[severity],
        "message": {"text": f"{titles[rule_id]} ({field}: {value or ''}). {detail}".rstrip(". ")},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": file}},
                "logicalLocations": [{"fullyQualifiedName": f"row {row}", "kind": "row"}],
            }
        ],
    }


def _version() -> str:
    from importlib.metadata import version

    return version("navette")


def _table(result: Verdict) -> Iterator[str]:
    return chain(_table_head(result), _table_causes(result), _table_by_rule(result), _table_rows(result))


def _table_head(result: Verdict) -> Iterator[str]:
    contract = f"{result.contract.id} {result.contract.version}"
    height = rows(result.rows).in_(language())
    yield t(f"{result.file} : {height}, contrat {contract}", f"{result.file}: {height}, contract {contract}")
    if not result.total:
        yield t(f"\nAucun constat sur {height}.\n", f"\nNo finding in {height}.\n")
        return
    found = [counted(result.count(severity), *words).in_(language()) for severity, words in _COUNTED.items()]
    yield "\n" + ", ".join(found) + "\n\n"


def _plain_cause(cause: RootCause) -> dict[str, object]:
    speech = language()
    return {
        "kind": cause.kind,
        "field": cause.field,
        "value": cause.value,
        "rules": list(cause.rule_ids),
        "findings": cause.count,
        "rows": cause.rows,
        "title": cause.title.in_(speech),
        "fix": cause.fix.in_(speech),
    }


def _table_causes(result: Verdict) -> Iterator[str]:
    """What explains many findings at once, before the rules one by one."""
    from desktop_app.core.causes import told

    if not result.causes:
        return
    yield t("Causes communes", "Shared causes") + "\n"
    for cause in result.causes:
        yield f"  {told(cause).in_(language())}\n    {cause.fix.in_(language())}\n"
    yield "\n"


def _table_by_rule(result: Verdict) -> Iterator[str]:
    speech = language()
    order = {"error": 0, "confirm": 1, "info": 2}
    found = counts(result)
    words = {"error": t("erreur", "error"), "confirm": t("à confirmer", "to confirm"), "info": "info"}
    rules = sorted(
        (rule for rule in result.contract.rules if rule.id in found), key=lambda r: order[r.severity]
    )
    for rule in rules:
        title = rule.title.in_(speech) + (t(" (règle du site)", " (rule of the site)") if rule.site else "")
        yield f"  {words[rule.severity]:<12} {rule.id:<28} {number(found[rule.id]):>9}  {title}\n"


def _table_rows(result: Verdict) -> Iterator[str]:
    if not result.total:
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
    left = TABLE_ROWS
    for part in _texts(result):
        listed = part.select("row_id", "rule_id", "field", "value", "detail").head(left)
        for row, rule_id, field, value, detail in listed.iter_rows():
            yield f"{number(row):>9}  {rule_id:<28}  {_values(field, value or '')}\n"
            if detail:
                yield f"{'':>9}  {'':<28}  {detail}\n"
        left -= listed.height
        if not left:
            break
    more = result.total - (TABLE_ROWS - left)
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
