"""The one frame of findings: row_id, field, rule_id, severity, value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from weakref import ref

import polars as pl

from validation_rules.contract import Contract, Rule
from validation_rules.few import selected
from validation_rules.splice import lines_in, replaced
from validation_rules.stale import Stale

ROW_ID, FIELD, RULE_ID, SEVERITY, VALUE = "row_id", "field", "rule_id", "severity", "value"


_SORTED_AT_ONCE = 2_000_000
_BY_HAND = 100  # rows: up to here, a query takes longer than going through them


class FindingFrames:
    """Builds frames of findings of one contract; all of them have the same types and can be concatenated.

    `field`, `rule_id` and `severity` are Enum: one byte or two a finding, compared with strings as usual.
    """

    def __init__(self, contract: Contract) -> None:
        fields = sorted({name for rule in contract.rules for name in rule.finding_fields})
        self.schema = pl.Schema(
            {
                ROW_ID: pl.UInt32(),
                FIELD: pl.Enum(fields),
                RULE_ID: pl.Enum(sorted(rule.id for rule in contract.rules)),
                SEVERITY: pl.Enum(["error", "confirm", "info"]),
                VALUE: pl.String(),
            }
        )
        self._last: ref[pl.DataFrame] | None = None
        # Made once: a literal of an Enum takes longer than the few rows of most rules.
        self._values = {
            name: (pl.Series(name, words, dtype=kind), {word: place for place, word in enumerate(words)})
            for name, kind in self.schema.items()
            if isinstance(kind, pl.Enum)
            for words in [kind.categories.to_list()]
        }

    def of(self, frame: pl.DataFrame, rule: Rule, fields: tuple[str, ...], at: pl.Series) -> pl.DataFrame:
        """One finding for each row of the positions `at` (UInt32)."""
        columns = [frame.get_column(name) for name in (ROW_ID, *fields)]
        row_ids, *texts = columns if at.len() == frame.height else [column[at] for column in columns]
        same = {FIELD: "+".join(fields), RULE_ID: rule.id, SEVERITY: rule.severity}
        repeated = [self._repeated(column, value, row_ids.len()) for column, value in same.items()]
        return pl.DataFrame([row_ids, *repeated, _joined(texts)])

    def _repeated(self, column: str, value: str, times: int) -> pl.Series:
        values, place = self._values[column]
        return values.new_from_index(place[value], times)

    def gather(self, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """All parts as `of` gives them, sorted by row_id, rule_id, field.

        Each part holds one rule and one field: with the parts in their order, a stable sort by row is enough,
        four times faster when every row of a large file has findings.
        """
        frames = [part for part in parts if part.height]
        if not frames:
            return self.schema.to_frame()
        frames.sort(key=lambda part: part.row(0)[2:0:-1])
        if sum(part.height for part in frames) <= _SORTED_AT_ONCE:
            return pl.concat(frames).sort(ROW_ID, maintain_order=True)
        return pl.concat(_range_by_range(frames))

    @staticmethod
    def apart(findings: pl.DataFrame) -> list[pl.DataFrame]:
        """Findings that are in order as `gather` takes them: one rule and one field each, by row."""
        return findings.partition_by(RULE_ID, FIELD, maintain_order=True) if findings.height else []

    @staticmethod
    def of_rules(parts: Iterable[pl.DataFrame], rules: Set[str]) -> Iterator[pl.DataFrame]:
        """Those of the parts that `gather` takes that are of these rules."""
        return (part for part in parts if part.height and part.item(0, RULE_ID) in rules)

    def renewed(
        self, findings: pl.DataFrame, rows: pl.Series, stale: Stale, again: pl.DataFrame
    ) -> pl.DataFrame:
        """`findings`, sorted by row_id, rule_id, field, with those that are `stale`, all on these `rows`, as
        `again` has them; the very same frame when nothing differs.

        Only these rows are sorted again: a sort of all would take longer than the check of an edit.
        """
        lines = lines_in(rows, findings.get_column(ROW_ID))
        parts = [part for part in (stale.others(findings[lines]), stale.of(again)) if part.height]
        few = parts[0] if len(parts) == 1 else self.join(parts)  # each by itself is in order
        return self._given(replaced(findings, lines, few, ROW_ID))

    def typed(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Findings in these types: those of another may have other ones, and more columns."""
        # A look at the types of an Enum takes longer than a look at the rows of an edit.
        if (self._last is not None and self._last() is findings) or findings.schema == self.schema:
            return findings
        return findings.select(self.schema.names()).cast(self.schema)

    def _given(self, findings: pl.DataFrame) -> pl.DataFrame:
        self._last = ref(findings)
        return findings

    def join(self, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """All parts, whatever they hold, sorted by row_id, rule_id, field."""
        frames = [part for part in parts if part.height]
        if not frames:
            return self.schema.to_frame()
        return pl.concat(frames).sort(ROW_ID, RULE_ID, FIELD)


def _range_by_range(frames: Sequence[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """These frames, each in the order of its rows, as one; some rows at a time: a sort of millions of lines
    goes all over the memory."""
    rows = [part.get_column(ROW_ID) for part in frames]
    total = sum(part.height for part in frames)
    first, last = min(int(ids[0]) for ids in rows), max(int(ids[-1]) for ids in rows)
    count = -(-total // _SORTED_AT_ONCE)
    bounds = [first + (last + 1 - first) * place // count for place in range(count + 1)]
    ends = [ids.search_sorted(pl.Series(bounds, dtype=pl.UInt64)).to_list() for ids in rows]
    for place in range(count):
        slices = [
            part.slice(end[place], end[place + 1] - end[place])
            for part, end in zip(frames, ends, strict=True)
            if end[place] < end[place + 1]
        ]
        if slices:
            yield pl.concat(slices).sort(ROW_ID, maintain_order=True)


def _joined(texts: Sequence[pl.Series]) -> pl.Series:
    """The texts of each row, null as ""."""
    if texts[0].len() <= _BY_HAND:
        rows = zip(*(column.to_list() for column in texts), strict=True)
        return pl.Series(VALUE, [" / ".join(text or "" for text in row) for row in rows], dtype=pl.String)
    if len(texts) > 1:
        joined = pl.concat_str(pl.all().fill_null(""), separator=" / ")
        return selected(pl.DataFrame(texts), joined.alias(VALUE)).to_series()
    text = texts[0].alias(VALUE)
    return text.fill_null("") if text.null_count() else text
