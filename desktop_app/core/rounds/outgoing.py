"""What is asked of a colleague: rows, the fields that their findings are about, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.bench_frames import rows_at
from desktop_app.core.corrections import values_read
from desktop_app.core.progress import Progress, silent
from desktop_app.core.rounds.reference import Marker
from desktop_app.core.rounds.terms import nothing_to_ask
from validation_rules.explain import explain
from validation_rules.text import Language, Text
from validation_rules.verdicts import spans_records, verdicts

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.workspace import Workspace
    from validation_rules.contract import Contract, Rule

Identities = Literal["none", "needed", "all"]
_INSTITUTIONS = ("finess_diagnostic", "finess_etablissement")
_GATHERING = Text("Préparation des constats", "Gathering the findings")
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes out: open findings of these severities, of these rows and rules (None, empty: all).

    `identities`: `none` leaves out direct identifiers and the findings about them; `needed` names each record
    and shows the identity fields that its findings are about; `all` shows every identity field.
    `institution` None takes all; "" those rows that name none.
    """

    rows: frozenset[int] | None = None
    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ("error", "confirm")
    identities: Identities = "needed"
    whole_record: bool = False
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a file is made of. `frame`: row_id, then `fields`, in file order; `references`: its marks.

    `cases`: row_id, rule_id, field, severity, message, fix, one line a finding, in the order of `frame`.
    `keys` are the fields of the record key among `fields`. `left_out` counts findings that were not shown
    because they are about identities.
    """

    contract: Contract
    language: Language
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    frame: pl.DataFrame = field(repr=False)
    institutions: list[str] = field(repr=False)
    references: list[str] = field(repr=False)
    cases: pl.DataFrame = field(repr=False)
    left_out: int = 0

    def say(self, text: Text) -> str:
        """A sentence in the language of the file."""
        return text.in_(self.language)


def gather(
    bench: Bench,
    workspace: Workspace,
    batch_id: str,
    wish: Wish,
    language: Language,
    progress: Progress = silent,
) -> Outgoing:
    """The open findings of the bench as `wish` says. AppError when there is none.

    Nothing may change the bench meanwhile: call it where its actions run.
    """
    contract = bench.contract
    asked = _asked(bench, wish)
    shown = asked if wish.identities != "none" else _without_identifiers(asked, contract)
    if shown.is_empty():
        raise nothing_to_ask()
    rows = rows_at(bench.frame, shown["row_id"])
    keys = () if wish.identities == "none" else contract.record_key
    fields = _fields(shown, contract, wish, keys)
    log = workspace.corrections.of_batch(batch_id)
    marker = Marker(workspace, batch_id, bench.mapped)
    base = rows_at(bench.mapped.frame.sort("row_id"), rows["row_id"])
    return Outgoing(
        contract=contract,
        language=language,
        fields=fields,
        keys=keys,
        frame=rows.select("row_id", *fields),
        institutions=_institutions(rows),
        references=marker.of_rows(base, log[-1].seq if log else 0),
        cases=_told(bench, shown, rows, language, progress),
        left_out=asked.height - shown.height,
    )


def _asked(bench: Bench, wish: Wish) -> pl.DataFrame:
    """The findings wished for: row_id, field, rule_id, severity; errors before the others in each row."""
    found = bench.findings.select(
        "row_id", *(pl.col(name).cast(pl.String) for name in ("field", "rule_id", "severity", "state"))
    ).filter((pl.col("state") == "open") & pl.col("severity").is_in(list(wish.severities)))
    if wish.rules:
        found = found.filter(pl.col("rule_id").is_in(list(wish.rules)))
    if wish.rows is not None:
        found = found.filter(pl.col("row_id").is_in(sorted(wish.rows)))
    if wish.institution is not None:
        here = bench.frame.filter(_institution(bench.frame) == wish.institution).select("row_id")
        found = found.join(here, on="row_id", how="semi")
    return found.sort("row_id", pl.col("severity") != "error", maintain_order=True)


def _institution(frame: pl.DataFrame) -> pl.Expr:
    name = next((name for name in _INSTITUTIONS if name in frame.columns), None)
    return (pl.lit(None, pl.String) if name is None else pl.col(name)).fill_null("")


def _institutions(rows: pl.DataFrame) -> list[str]:
    return rows.select("row_id", at=_institution(rows))["at"].to_list()


def _read(contract: Contract, rule_id: str, place: str) -> set[str]:
    return {*place.split("+"), *values_read(contract.rule(rule_id), place)}


def _without_identifiers(found: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Without what reads a direct identifier: the words of such a finding hold it."""
    direct = {f.name for f in contract.fields if f.classification == "direct_identifier"}
    kinds = found.select("rule_id", "field").unique(maintain_order=True)
    open_ones = [not direct & _read(contract, rule_id, place) for rule_id, place in kinds.rows()]
    return found.join(kinds.filter(pl.Series(open_ones, dtype=pl.Boolean)), on=kinds.columns, how="semi")


def _fields(found: pl.DataFrame, contract: Contract, wish: Wish, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The record key, then in the order of the contract what the findings read and what was asked for."""
    kinds = found.select("rule_id", "field").unique()
    wanted = {name for rule_id, place in kinds.rows() for name in _read(contract, rule_id, place)}
    if wish.whole_record:
        wanted |= {f.name for f in contract.fields if f.zone != "identity"}
    if wish.identities == "all":
        wanted |= set(contract.identity_fields)
    rest = [name for name in contract.field_names if name in wanted and name not in contract.record_key]
    return (*keys, *rest)


def _told(
    bench: Bench, found: pl.DataFrame, rows: pl.DataFrame, language: Language, progress: Progress
) -> pl.DataFrame:
    """Each finding with its words: what is wrong, with which other rows, and what to do."""
    contract, held = bench.contract, dict(zip(rows["row_id"], rows.iter_rows(named=True), strict=True))
    others = _others(bench, found, language)
    messages, fixes = [], []
    lines = found.select("row_id", "field", "rule_id").rows()
    for number, (row_id, place, rule_id) in enumerate(lines):
        if number % _TELL_EVERY == 0:
            progress(number, len(lines), _GATHERING)
        words = explain(contract, rule_id, held[row_id], language, _one(contract.rule(rule_id), place))
        with_whom = others.get((row_id, rule_id), "")
        messages.append(f"{words.message} {with_whom}".strip())
        fixes.append(words.fix)
    return found.select("row_id", "rule_id", "field", "severity").with_columns(
        message=pl.Series(messages, dtype=pl.String), fix=pl.Series(fixes, dtype=pl.String)
    )


def _one(rule: Rule, place: str) -> str | None:
    return place if rule.each else None


def _others(bench: Bench, found: pl.DataFrame, language: Language) -> dict[tuple[int, str], str]:
    """Of findings over several records: with which rows, and why."""
    told: dict[tuple[int, str], str] = {}
    plain = bench.findings.with_columns(pl.col("rule_id", "field").cast(pl.String))
    for (rule_id,), group in found.group_by("rule_id"):
        if spans_records(bench.contract.rule(str(rule_id))):
            said = verdicts(bench.frame, plain, bench.contract, str(rule_id), group["row_id"].unique())
            told |= {(row, str(rule_id)): text for row, text in said.select("row_id", language).rows()}
    return told
