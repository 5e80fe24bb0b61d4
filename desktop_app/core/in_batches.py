"""A text file of any size mapped and checked batch after batch: the findings of `flow` and `Checker`, in
bounded memory.

One pass over the file when what the rules over several records read fits the budget, else one more for each
share of the keys. Findings wait in a spool until those rules have spoken, so that they come out in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.stream import RecordStream
from desktop_app.core.flow import nothing_mapped
from desktop_app.core.mapping import Draft, Recipe, apply_recipe, draft_recipe
from desktop_app.core.mapping.apply import check_contract, names_exactly
from desktop_app.core.mapping.profile import SAMPLE_ROWS, distinct_words
from desktop_app.core.progress import Progress, silent
from desktop_app.core.spool import Spool
from validation_rules.across import Across, GroupTooLargeError, fields_read, for_records_only
from validation_rules.beside import ahead
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.findings import FIELD, ROW_ID, RULE_ID
from validation_rules.text import Language, Text, grouped

KEY_BUDGET = 768 * 1024**2
_AT_ONCE = 50_000
CHECKING = Text("Contrôle par paquets", "Checking in batches")
_AGAIN = Text("Contrôle entre lignes, autre passage", "Checking across rows, one more pass")
_WRITING = Text("Écriture des constats", "Writing the findings")
_LOOKING = Text("Examen du fichier", "Looking at the file")

Shown = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
"""Findings and the rows that they are about -> the findings as they will be shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to check, and how much memory to take.

    `shown` is given findings and rows that hold `row_id` and the fields `more`; it may add columns and hide
    values, row by row. `key_budget` is in bytes. `most` is the number of findings that are wanted back, the
    first ones in order; None for all of them. All are counted. `language` is that of their details.
    """

    recipe: Recipe
    contract: Contract
    day: date
    shown: Shown
    more: tuple[str, ...] = ()
    key_budget: int = KEY_BUDGET
    most: int | None = None
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class BatchFindings:
    """What was found. `rows` were checked; `counts` are findings by rule id.

    `parts` gives the findings in order (row_id UInt64, else as `Checker.check` and `Plan.shown` make them),
    as long as the spool is open.
    """

    rows: int
    counts: Mapping[str, int]
    parts: Callable[[Progress], Iterator[pl.DataFrame]]


@dataclass(slots=True)
class _Tally:
    """What is known of the batches so far. `starts`: rows of the file before each."""

    rows: int = 0
    starts: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    listed: int = 0

    def count(self, findings: pl.DataFrame) -> None:
        """Adds findings to those of their rules."""
        by_rule = findings.get_column(RULE_ID).value_counts().cast({RULE_ID: pl.String})
        self.counts.update(dict(by_rule.iter_rows()))


def check_in_batches(
    stream: RecordStream, plan: Plan, spool: Spool, progress: Progress = silent
) -> BatchFindings:
    """Maps and checks a file through. Same findings as the file mapped and checked as a whole.

    AppError as `apply_recipe` and reading raise it, when no cell reaches a field, when one key is shared by
    more records than memory holds, and when there is no room for the findings. Cancelled through `progress`.
    """
    check_contract(plan.recipe, plan.contract)
    spool.clear()
    if not names_exactly(plan.recipe, stream.columns()):
        stream.look_through(progress, _LOOKING)
    across = Across(plan.contract, plan.key_budget, plan.more, plan.language)
    tally = _Tally()
    try:
        _first_pass(stream, plan, spool, across, tally, progress)
        _keep_across(across, plan, spool, tally)
        while across.next_share():
            _one_more_pass(stream, plan, across, progress)
            _keep_across(across, plan, spool, tally)
    except GroupTooLargeError as error:
        raise _one_key(error) from None
    places = len(tally.starts)
    return BatchFindings(tally.rows, dict(tally.counts), lambda told: _in_order(spool, places, told))


def check_guessing(
    stream: RecordStream,
    contract: Contract,
    plan: Callable[[Recipe], Plan],
    spool: Spool,
    progress: Progress = silent,
) -> tuple[Draft, BatchFindings]:
    """Checks through the draft that the file gives as a whole, and gives that draft too.

    The draft from the first rows is nearly always that one: the file is checked through it, and checked again
    only when what the pass saw (words to recode, columns) makes another.
    """
    draft = _draft(stream, contract)
    while True:
        found = check_in_batches(stream, plan(draft.recipe), spool, progress)
        last, draft = draft, _draft(stream, contract)
        if _fill_alike(last.recipe, draft.recipe):
            return draft, found


def _draft(stream: RecordStream, contract: Contract) -> Draft:
    """The draft from the first rows and from what whole passes saw; its words are watched from now on."""
    head = stream.head(SAMPLE_ROWS)

    def words(name: str) -> list[str]:
        stream.watch([name])
        known = stream.words(name)
        return distinct_words(head, name) if known is None else known

    return draft_recipe(head, contract, words=words)


def _fill_alike(one: Recipe, other: Recipe) -> bool:
    """Whether two drafts for a file fill the fields alike."""
    filling = [[column for column in recipe.columns if column.targets] for recipe in (one, other)]
    return filling[0] == filling[1] and one.defaults == other.defaults


def _first_pass(
    stream: RecordStream, plan: Plan, spool: Spool, across: Across, tally: _Tally, progress: Progress
) -> None:
    checker = Checker(plan.contract, plan.day)
    for rows, before, beat in ahead(_mapped(stream, plan.recipe, plan.contract, progress, CHECKING)):
        findings, unusable = checker.check_alone(rows, lambda *_: beat())  # noqa: B023 - called in this turn
        across.add(rows, unusable, before)
        tally.rows += rows.height
        tally.count(findings)
        tally.starts.append(before)
        if plan.most is None or tally.listed < plan.most:
            tally.listed += findings.height
            _put(spool, plan, findings, rows, len(tally.starts) - 1, before)
    if not tally.rows:
        raise nothing_mapped()


def _one_more_pass(stream: RecordStream, plan: Plan, across: Across, progress: Progress) -> None:
    """Only what the rules over several records read is mapped and checked again."""
    contract = for_records_only(plan.contract)
    wanted = fields_read(contract.rules) | {*plan.more} | _deciding(contract)
    columns = tuple(column for column in plan.recipe.columns if wanted.intersection(column.targets))
    recipe = plan.recipe.model_copy(update={"columns": columns})
    checker = Checker(contract, plan.day)
    for rows, before, beat in ahead(_mapped(stream, recipe, contract, progress, _AGAIN)):
        across.add(rows, checker.check_alone(rows, lambda *_: beat())[1], before)  # noqa: B023


class _Rows(NamedTuple):
    """Contract rows of a batch, the number of rows of the file before it, and a call that tells the last
    progress again: a cancel is heard in the middle."""

    rows: pl.DataFrame
    before: int
    beat: Callable[[], None]


def _mapped(
    stream: RecordStream, recipe: Recipe, contract: Contract, progress: Progress, what: Text
) -> Iterator[_Rows]:
    last: list[tuple[int, int | None, Text]] = [(0, None, what)]

    def told(done: int, total: int | None, what: Text) -> None:
        last[0] = (done, total, what)
        progress(*last[0])

    for batch in stream.batches(told, what):
        rows = apply_recipe(batch.extract, recipe, contract).frame
        yield _Rows(rows, batch.before, lambda: progress(*last[0]))


def _keep_across(across: Across, plan: Plan, spool: Spool, tally: _Tally) -> None:
    """Puts the findings of the rules over several records with the batch that holds their row.

    They come in many small frames, which are put together first: showing and packing cost by the frame.
    """
    held: list[pl.DataFrame] = []
    for found in across.findings():
        tally.count(found)
        held.append(found.head(plan.most) if plan.most is not None else found)
        if sum(frame.height for frame in held) >= _AT_ONCE:
            _put_across(pl.concat(held), plan, spool, tally)
            held.clear()
    if held:
        _put_across(pl.concat(held), plan, spool, tally)


def _put_across(found: pl.DataFrame, plan: Plan, spool: Spool, tally: _Tally) -> None:
    starts = pl.Series("starts", tally.starts, dtype=pl.UInt64)
    rows = found.select(ROW_ID, *plan.more).unique(ROW_ID)
    shown = plan.shown(found.drop(plan.more), rows)
    at = starts.search_sorted(found.get_column(ROW_ID) - 1, side="right") - 1
    parts = shown.with_columns(at.alias("batch")).partition_by("batch", as_dict=True, include_key=False)
    for (batch,), part in parts.items():
        spool.put(int(batch), part)


def _put(
    spool: Spool, plan: Plan, findings: pl.DataFrame, rows: pl.DataFrame, place: int, before: int
) -> None:
    if findings.height:
        shown = plan.shown(findings, rows)
        spool.put(place, shown.with_columns(pl.col(ROW_ID).cast(pl.UInt64) + before))


def _in_order(spool: Spool, places: int, progress: Progress) -> Iterator[pl.DataFrame]:
    for place in range(places):
        progress(place, places, _WRITING)
        parts = spool.take(place)
        if parts:
            yield pl.concat(parts).sort(ROW_ID, RULE_ID, FIELD)


def _deciding(contract: Contract) -> frozenset[str]:
    """Fields that decide the form of another one."""
    return frozenset(variant.field for each in contract.fields for variant in each.variants)


def _one_key(error: GroupTooLargeError) -> AppError:
    count, fields = grouped(error.rows), "+".join(error.fields)
    return AppError(
        "check.one_key",
        Text(
            f"Plus de {count.fr} lignes portent la même valeur de {fields} : elles ne tiennent pas en "
            "mémoire pour être comparées entre elles.",
            f"More than {count.en} rows carry the same value of {fields}: they do not fit in memory to be "
            "compared with one another.",
        ),
        Text(
            "Cette valeur en remplace sans doute une inconnue : laissez la cellule vide, puis recommencez.",
            "That value probably stands for an unknown one: leave the cell blank, then try again.",
        ),
    )
