"""The confirmations that were given, as a list: which hold, which have lapsed and why, and all of it as CSV.

A confirmation lapses when a value that its rule read, the rule, or another record of its group is no longer
the one that was confirmed. To tell which, a confirmation remembers the version of the rule and a digest of
each value: with the record's own digest in it, so that it says nothing by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from desktop_app.core.bench_frames import rows_at
from desktop_app.core.corrections import (
    CONFIRMATION_REASONS,
    STAMP_SCHEMA,
    Action,
    Schema,
    record_hashes,
    values_read,
)
from desktop_app.core.plain_cells import as_csv
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from validation_rules.contract import Contract

_FINDING = ("row_id", "rule_id", "field")
_DIGITS = 12
# What is kept beside a stamp: version of the rule, and `field=digest` of each value read, joined by commas.
MEMORY_SCHEMA: Schema = {"version": pl.Int64, "reads": pl.String}
# `state`: holds, lapsed, settled (the rule finds the record no more), absent (no such record in this batch).
# `cause` of a lapse: values (`changed` names the fields), rule, others, shared, unknown; withdrawn: of one
# that is settled. `earlier`: given in another batch. `row_id` is null where the record is not in this one.
LISTED_SCHEMA: Schema = {
    **STAMP_SCHEMA,
    "state": pl.String,
    "cause": pl.String,
    "changed": pl.String,
    "reason": pl.String,
    "note": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "earlier": pl.Boolean,
}
STATES = {
    "holds": Text("en vigueur", "in force"),
    "lapsed": Text("à revoir", "to look at again"),
    "settled": Text("sans objet", "no longer needed"),
    "absent": Text("enregistrement absent de ce lot", "record not in this batch"),
}
_CAUSES = {
    "values": Text("a changé depuis : {fr}", "changed since: {en}"),
    "rule": Text("la règle a changé depuis", "the rule has changed since"),
    "others": Text(
        "un autre enregistrement du groupe a changé, est arrivé ou est parti",
        "another record of the group has changed, come or gone",
    ),
    "shared": Text(
        "son numéro est aussi celui d’un autre enregistrement, ou manque",
        "its number is also that of another record, or is missing",
    ),
    "withdrawn": Text("l’enregistrement a été retiré du lot", "the record was withdrawn from the batch"),
    "unknown": Text(
        "une valeur lue par la règle a changé depuis", "a value that the rule reads has changed since"
    ),
}


def remembered(stamped: pl.DataFrame, rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """STAMP_SCHEMA and MEMORY_SCHEMA: stamps with what will tell why they lapse. `rows` holds their rows."""
    parts = [
        _remembered(group, rows, contract)
        for group in stamped.partition_by(["rule_id", "field"], maintain_order=True)
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema={**STAMP_SCHEMA, **MEMORY_SCHEMA})


def _remembered(group: pl.DataFrame, rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    rule = contract.rule(group["rule_id"][0])
    names = [name for name in values_read(rule, group["field"][0]) if name in rows.columns]
    full = group.select("row_id", "record").join(rows, on="row_id", how="left", maintain_order="left")
    reads = [
        ",".join(f"{name}={_digest(record, name, value)}" for name, value in zip(names, values, strict=True))
        for record, *values in full.select("record", *names).iter_rows()
    ]
    return group.select(STAMP_SCHEMA.keys()).with_columns(
        version=pl.lit(rule.version, pl.Int64), reads=pl.Series(reads, dtype=pl.String)
    )


def _digest(record: str, name: str, value: str | None) -> str:
    text = "\x1f".join((record, name, "\x00" if value is None else value))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def listed(bench: Bench) -> pl.DataFrame:
    """LISTED_SCHEMA: every confirmation that nobody took back, those to look at again first, then by row.

    One that was given anew for the same finding is listed once, as it is now. Hashes the record keys of the
    whole batch when confirmations of earlier batches do not hold: some 2 s for a million rows.
    """
    given = _given(bench.confirmation_steps())
    if given.is_empty():
        return pl.DataFrame(schema=LISTED_SCHEMA)
    now = bench.known_stamps().select(*_FINDING, now="fingerprint")
    holds = given.drop("row_id").join(
        now.rename({"now": "fingerprint"}), on=["fingerprint", "rule_id", "field"]
    )
    holds = holds.with_columns(state=pl.lit("holds"), cause=pl.lit(None), changed=pl.lit(None))
    rest = _without_renewed(given.join(holds, on="fingerprint", how="anti"), given, holds)
    told = _told(_placed(rest, bench), now, bench)
    columns = [pl.col(name).cast(kind) for name, kind in LISTED_SCHEMA.items()]
    order = pl.col("state").replace_strict({"lapsed": 0, "holds": 1, "settled": 2, "absent": 3})
    return pl.concat([holds.select(columns), told.select(columns)]).sort(order, "row_id", "rule_id", "field")


def _given(steps: Sequence[tuple[Action, bool]]) -> pl.DataFrame:
    """STAMP_SCHEMA and MEMORY_SCHEMA of what was not taken back, with reason, note, who, when, earlier."""
    parts = []
    for number, (step, earlier) in enumerate(steps):
        if step.cells is None:
            continue
        memory = [name for name in MEMORY_SCHEMA if name not in step.cells.columns]
        parts.append(
            step.cells.with_columns(pl.lit(None, MEMORY_SCHEMA[name]).alias(name) for name in memory).select(
                *STAMP_SCHEMA,
                *MEMORY_SCHEMA,
                reason=pl.lit(step.why),
                note=pl.lit(step.note),
                who=pl.lit(step.who),
                when=pl.lit(step.when).cast(pl.Datetime("us", "UTC")),
                earlier=pl.lit(earlier),
                step=pl.lit(number),
                given=pl.lit(step.kind == "confirm"),
            )
        )
    if not parts:
        return pl.DataFrame(schema={**STAMP_SCHEMA, "given": pl.Boolean})
    last = pl.concat(parts).unique("fingerprint", keep="last", maintain_order=True)
    return last.filter("given").drop("given")


def _without_renewed(rest: pl.DataFrame, given: pl.DataFrame, holds: pl.DataFrame) -> pl.DataFrame:
    """`rest` without what was confirmed anew since: for the same row, or for the same record of an earlier
    batch (a record key may be on two rows, a row is one)."""
    kept = []
    for earlier, same in ((False, ["row_id", "rule_id", "field"]), (True, ["record", "rule_id", "field"])):
        mine = rest.filter(pl.col("earlier") == earlier)
        rivals = given if earlier else given.filter(~pl.col("earlier"))
        last = rivals.group_by(same).agg(last=pl.col("step").max())
        mine = mine.join(last, on=same, how="left", maintain_order="left").filter(
            pl.col("step") == pl.col("last")
        )
        kept.append(mine.drop("last").join(holds, on=same, how="anti", maintain_order="left"))
    return pl.concat(kept)


def _placed(given: pl.DataFrame, bench: Bench) -> pl.DataFrame:
    """With the row that holds the record in this batch; null where none does."""
    own, earlier = given.filter(~pl.col("earlier")), given.filter("earlier")
    if earlier.is_empty():
        return own
    key = bench.frame.select("row_id", *bench.contract.record_key)
    held = key.select("row_id").with_columns(record=record_hashes(key, bench.contract))
    held = pl.concat([held, bench.told_apart(bench.frame, bench.frame)])
    placed = earlier.drop("row_id").join(held, on="record", how="left", maintain_order="left")
    return pl.concat([own, placed.select(own.columns)])


def _told(given: pl.DataFrame, now: pl.DataFrame, bench: Bench) -> pl.DataFrame:
    """`state`, `cause` and `changed` of confirmations that do not hold."""
    there = given.join(now, on=_FINDING, how="left", maintain_order="left")
    gone = pl.col("row_id").is_in(bench.withdrawn()["row_id"].implode())
    there = there.with_columns(
        state=pl.when(pl.col("row_id").is_null())
        .then(pl.lit("absent"))
        .when(pl.col("now").is_null())
        .then(pl.lit("settled"))
        .otherwise(pl.lit("lapsed")),
        cause=pl.when(gone).then(pl.lit("withdrawn")).otherwise(pl.lit(None, pl.String)),
    )
    lapsed = there.filter(pl.col("state") == "lapsed")
    causes = [_cause(*line) for line in _compared(lapsed, bench)]
    why = lapsed.select("fingerprint", "row_id").with_columns(
        pl.DataFrame(causes, schema={"lapse": pl.String, "changed": pl.String}, orient="row")
    )
    why = _as_shared(why, lapsed, bench)
    told = there.join(why, on=["fingerprint", "row_id"], how="left", maintain_order="left")
    return told.with_columns(cause=pl.coalesce("lapse", "cause"))


def _as_shared(why: pl.DataFrame, lapsed: pl.DataFrame, bench: Bench) -> pl.DataFrame:
    """`why` with what was confirmed under a record key that does not tell the row, or no longer does."""
    if lapsed.is_empty():
        return why
    own = bench.told_apart(bench.frame, rows_at(bench.frame, lapsed["row_id"])).rename({"record": "own"})
    beside = lapsed.select("row_id", "record").join(own, on="row_id", how="left", maintain_order="left")
    shared = (beside["own"].is_not_null() & (beside["own"] != beside["record"])).fill_null(value=False)
    return why.with_columns(
        lapse=pl.when(shared).then(pl.lit("shared")).otherwise("lapse"),
        changed=pl.when(~shared).then("changed"),
    )


def _compared(lapsed: pl.DataFrame, bench: Bench) -> list[tuple[int | None, int, str | None, str]]:
    """Version and values then and now of each."""
    if lapsed.is_empty():
        return []
    present = remembered(lapsed, rows_at(bench.frame, lapsed["row_id"]), bench.contract)
    both = lapsed.select("fingerprint", "row_id", "version", "reads").join(
        present.select("fingerprint", "row_id", version_now="version", reads_now="reads"),
        on=["fingerprint", "row_id"],
        how="left",
        maintain_order="left",
    )
    return both.select("version", "version_now", "reads", "reads_now").rows()


def _cause(
    version: int | None, version_now: int, reads: str | None, reads_now: str
) -> tuple[str, str | None]:
    if version is None or reads is None:
        return "unknown", None
    if version != version_now:
        return "rule", None
    then = dict(part.split("=") for part in reads.split(",") if part)
    present = dict(part.split("=") for part in reads_now.split(",") if part)
    changed = [name for name in present if then.get(name) != present[name]]
    return ("values", ",".join(changed)) if changed else ("others", None)


def lapse_of(lines: pl.DataFrame, row_id: int, rule_id: str) -> dict[str, Any] | None:
    """The line of `listed` that tells of a lapsed confirmation of this finding; None when there is none."""
    about = (pl.col("row_id") == row_id) & (pl.col("rule_id") == rule_id) & (pl.col("state") == "lapsed")
    found = lines.filter(about)
    return found.row(0, named=True) if found.height else None


def why_not(line: dict[str, Any], contract: Contract) -> Text:
    """Why a line of `listed` does not hold, in words; empty when there is nothing to say."""
    cause = line["cause"]
    if cause is None:
        return Text("", "")
    names = [name for name in str(line["changed"] or "").split(",") if name]
    labels = [contract.field(name).label for name in names]
    told = _CAUSES[str(cause)]
    return told.format(fr=", ".join(label.fr for label in labels), en=", ".join(label.en for label in labels))


def exported(lines: pl.DataFrame, contract: Contract, language: Language) -> str:
    """Lines of `listed` as CSV: row, rule, field, state, why, reason, note, who, when; no formula in it."""
    heads: tuple[str, ...] = {
        "fr": ("Ligne", "Règle", "Champs", "État", "Pourquoi", "Motif", "Note", "Qui", "Quand"),
        "en": ("Row", "Rule", "Fields", "State", "Why", "Reason", "Note", "Who", "When"),
    }[language]
    rows = [
        (
            line["row_id"],
            line["rule_id"],
            " + ".join(contract.field(name).label.in_(language) for name in line["field"].split("+")),
            STATES[line["state"]].in_(language),
            why_not(line, contract).in_(language),
            CONFIRMATION_REASONS[line["reason"]].in_(language),
            line["note"],
            line["who"],
            line["when"].isoformat(timespec="seconds"),
        )
        for line in lines.iter_rows(named=True)
    ]
    return as_csv(heads, rows)
