"""What the tests of the bench share: a small batch, and a checker that is plain and slow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench
from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.mapping import Recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace
from validation_rules.check import Rechecked
from validation_rules.contract import Contract, Rule, load_contract
from validation_rules.group_index import GroupIndex
from validation_rules.normalise import normalise
from validation_rules.text import Text

TODAY = date(2026, 11, 22)
SOURCE = SourceFile(Path("novembre.csv"), "ab" * 32, 1000)
RECIPE = Recipe.model_validate_json(
    '{"contract": "rnc-tumeurs", "format": "delimited", "columns": [{"header": "Sexe", "field": "sexe"}]}'
)
NOTHING = Text("", "")


def rule(rule_id: str, severity: str, *fields: str) -> Rule:
    """A rule that the plain checker knows."""
    return Rule(
        id=rule_id, version=1, severity=severity, family="test", kind="custom", fields=fields,  # type: ignore[arg-type]
        required=fields, optional=(), each=False, spoils=None, where=None, implementation=None,
        title=NOTHING, message=NOTHING, why=NOTHING, fix=NOTHING, source=NOTHING,
    )  # fmt: skip


@cache
def contract() -> Contract:
    """The product's fields with three rules: one error, one to confirm, one over several rows."""
    rules = (
        rule("T-1", "error", "sexe"),
        rule("T-2", "confirm", "sexe", "topographie"),
        rule("T-3", "confirm", "numero_patient", "sexe"),
    )
    return replace(load_contract(), rules=rules)


class PlainChecker:
    """T-1: sexe is blank. T-2: sexe 1 and topographie C53.9. T-3: two sexes for one patient."""

    def check(
        self, frame: pl.DataFrame, progress: Progress | None = None, index: GroupIndex | None = None
    ) -> pl.DataFrame:
        """All findings, row by row."""
        sexes: dict[str | None, set[str]] = {}
        rows = frame.select("row_id", "numero_patient", "sexe", "topographie").rows()
        for _, patient, sexe, _ in rows:
            sexes.setdefault(patient, set()).update({sexe} if sexe else ())
        found = []
        for row, patient, sexe, site in rows:
            if sexe is None:
                found.append((row, "sexe", "T-1", "error", ""))
            if sexe == "1" and site == "C53.9":
                found.append((row, "sexe+topographie", "T-2", "confirm", "1 / C53.9"))
            if sexe is not None and len(sexes[patient]) > 1:
                found.append((row, "numero_patient+sexe", "T-3", "confirm", f"{patient} / {sexe}"))
        schema = {"row_id": pl.UInt32, "field": pl.String, "rule_id": pl.String} | dict.fromkeys(
            ("severity", "value"), pl.String
        )
        return pl.DataFrame(found, schema=schema, orient="row")

    def index(self, frame: pl.DataFrame) -> GroupIndex:
        """One group of all rows: its key is null where a record was withdrawn."""
        return GroupIndex({"all": pl.repeat(1, frame.height, dtype=pl.UInt64, eager=True)})

    def recheck_with(
        self,
        after: pl.DataFrame,
        findings: pl.DataFrame,
        changed_rows: pl.Series,
        index: GroupIndex,
        fields: Iterable[str] | None = None,
    ) -> Rechecked:
        """The same as a whole check of the records that are in the batch."""
        where = after["row_id"].is_in(changed_rows.implode()).arg_true()
        now = index.with_rows(where, self.index(after[where]))
        return Rechecked(self.check(after.filter(now.keys["all"].is_not_null())), now, after["row_id"])

    def without(
        self, frame: pl.DataFrame, findings: pl.DataFrame, rows: pl.Series, index: GroupIndex
    ) -> Rechecked:
        """A whole check of the records that are left."""
        now = index.without(frame["row_id"].is_in(rows.implode()).arg_true())
        return Rechecked(self.check(frame.filter(now.keys["all"].is_not_null())), now, frame["row_id"])

    def another_day(self, frame: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
        """None of its rules looks at the day."""
        return findings

    def mates(self, index: GroupIndex, rule_id: str, where: pl.Series) -> pl.Series:
        """These rows alone."""
        return where


def batch(rows: Sequence[tuple[str | None, ...]]) -> Mapped:
    """A batch of (numero_patient, sexe, topographie)."""
    schema = dict.fromkeys(("numero_patient", "sexe", "topographie"), pl.String)
    frame = pl.DataFrame(list(rows), schema=schema, orient="row").with_columns(numero_tumeur=pl.lit("1"))
    return Mapped(SOURCE, RECIPE, contract(), normalise(frame, contract()))


SMALL = [("P1", "1", "C53.9"), ("P1", "2", "C50.1"), ("P2", None, "C53.9"), ("P3", "1", "C61.9")]


def new_batch(workspace: Workspace, source: SourceFile = SOURCE) -> str:
    """The id of a new batch in `workspace`."""
    return workspace.batches.create(source, "rnc-tumeurs", "1.0.0", "{}").id


def bench_of(workspace: Workspace, batch_id: str, mapped: Mapped | None = None) -> Bench:
    """The bench of a batch under the plain checker."""
    log = CorrectionLog(workspace, batch_id)
    bench = Bench(mapped or batch(SMALL), PlainChecker(), TODAY, log)
    bench.replay(silent)
    return bench


def verdicts(bench: Bench) -> list[tuple[int, str, str]]:
    """(row, rule, state) of every finding."""
    return bench.findings.select("row_id", "rule_id", "state").rows()
