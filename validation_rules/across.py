"""Rules over several records, for records that come in parts and do not fit in memory together.

Two records bear on each other only when they share a key (`cross_record.group_key`). Of each part, what these
rules read is kept compressed in memory, in buckets by a hash of the key: a bucket holds whole groups, and is
checked alone. The hash decides only where a record is kept; verdicts come from the values themselves.

When the budget is used up, half of the keys are let go: they make another *share* of the records, for which
the source is read once more. Nothing is written to disk.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validation_rules.contract import Contract, Rule
from validation_rules.cross_record import FINDERS, group_key
from validation_rules.findings import ROW_ID, FindingFrames
from validation_rules.text import Language
from validation_rules.verdicts import verdicts

BUCKETS = 32
_HASH, _BUCKET, _UNUSABLE = "hash of the key", "bucket", "unusable "
_SPARE = 0.9
_SMALL = 64 * 1024
_CELL = 16  # bytes that a cell takes besides its text


class GroupTooLargeError(Exception):
    """More records share one key than memory can hold; `fields` are those that the key is made of."""

    def __init__(self, fields: tuple[str, ...], rows: int) -> None:
        super().__init__(f"{rows} records share one key")
        self.fields = fields
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Share:
    """The keys whose hash is `rest` modulo `of`: 0 modulo 1 stands for all of them."""

    of: int = 1
    rest: int = 0

    def halves(self) -> tuple[Share, Share]:
        """The two shares that make up this one."""
        return Share(2 * self.of, self.rest), Share(2 * self.of, self.rest + self.of)


@dataclass(slots=True)
class _Bucket:
    """Records of some keys, packed; `raw` is their size once unpacked, in bytes."""

    pieces: list[bytes] = field(default_factory=list)
    rows: int = 0
    raw: int = 0

    def put(self, records: pl.DataFrame) -> int:
        """Packs the records. Returns by how many bytes the packs grew.

        A pack of few records is mostly headings: it is made anew with those that follow.
        """
        self.rows += records.height
        self.raw += int(records.estimated_size()) + _CELL * records.height * records.width
        before = 0
        if self.pieces and len(self.pieces[-1]) < _SMALL:
            before = len(self.pieces[-1])
            records = pl.concat([pl.read_ipc(io.BytesIO(self.pieces.pop())), records])
        stream = io.BytesIO()
        records.rechunk().write_ipc(stream, compression="zstd")
        self.pieces.append(stream.getvalue())
        return len(self.pieces[-1]) - before

    def records(self) -> pl.DataFrame:
        """All records, in the order in which they came."""
        return pl.concat([pl.read_ipc(io.BytesIO(piece)) for piece in self.pieces])

    def most_alike(self) -> int:
        """The number of records under its most frequent key."""
        hashes = [pl.read_ipc(io.BytesIO(piece), columns=[_HASH]) for piece in self.pieces]
        return int(pl.concat(hashes).get_column(_HASH).value_counts().get_column("count").max() or 0)  # type: ignore[arg-type]


@dataclass(slots=True)
class _Grouping:
    """Rules whose records meet under the same key, what they read, and the buckets."""

    key: pl.Expr
    rules: list[Rule]
    more: tuple[str, ...]
    buckets: dict[int, _Bucket] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """Every field that its rules read."""
        return list(dict.fromkeys(name for rule in self.rules for name in rule.fields))

    def records(self, frame: pl.DataFrame, unusable: Mapping[str, pl.Series], before: int) -> pl.DataFrame:
        """What to keep of a part: row_id over all parts, values, where they are unusable, hash of the key."""
        never = pl.lit(value=False)
        flags = [(unusable.get(name, never)).alias(_UNUSABLE + name) for name in self.fields]
        values = dict.fromkeys((*self.fields, *self.more))
        marked = frame.select((pl.col(ROW_ID).cast(pl.UInt64) + before), *values).with_columns(flags)
        readable = marked.select(_readable(name) for name in self.fields)
        hashed = readable.select(self.key.alias(_HASH)).to_series()
        return marked.with_columns(hashed).filter(hashed.is_not_null())


class Across:
    """Findings of the rules over several records. `add` every part, then take `findings`.

    `budget` is in bytes. `more` are fields to hand on with the findings, `language` is that of their details.
    After the findings of one share, `next_share` says whether every record must be added once more.
    """

    def __init__(
        self, contract: Contract, budget: int, more: tuple[str, ...] = (), language: Language = "fr"
    ) -> None:
        self._contract = contract
        self._language: Language = language
        self._frames = FindingFrames(contract)
        self._budget = budget
        self._more = more
        self._groupings = _groupings(contract, more)
        self._share = Share()
        self._left: list[Share] = []
        self._size = 0

    def add(self, frame: pl.DataFrame, unusable: Mapping[str, pl.Series], before: int) -> None:
        """Keeps what the rules read in a checked part; `before` rows came in the parts before it.

        `frame` and `unusable` are as `Checker.check_rows` takes and gives them. Raises `GroupTooLargeError`.
        """
        for grouping in self._groupings:
            self._keep(grouping, grouping.records(frame, unusable, before))
        while self._too_much():
            self._let_go()

    def findings(self) -> Iterator[pl.DataFrame]:
        """Findings of the present share, as `Checker.check` gives them but with `row_id` UInt64 counted over
        all parts, and with the columns `more` and `detail` (see `verdicts.detailed`).

        Each frame is sorted by row_id. What was kept goes.
        """
        for grouping in self._groupings:
            for place in sorted(grouping.buckets):
                # A record alone under its key cannot be found.
                records = grouping.buckets.pop(place).records().filter(pl.col(_HASH).is_duplicated())
                for rule in grouping.rules:
                    found = self._fired(records, rule)
                    if found.height:
                        yield found
        self._size = 0

    def next_share(self) -> bool:
        """Goes on to the next share of the keys; False when there is none left."""
        if not self._left:
            return False
        self._share = self._left.pop()
        return True

    def _keep(self, grouping: _Grouping, records: pl.DataFrame) -> None:
        """Puts the records of the present share in their buckets."""
        of = self._share.of
        if of > 1:
            records = records.filter(pl.col(_HASH) % of == self._share.rest)
        placed = records.with_columns((pl.col(_HASH) // of % BUCKETS).alias(_BUCKET))
        for place, part in placed.partition_by(_BUCKET, as_dict=True, include_key=False).items():
            bucket = grouping.buckets.setdefault(int(place[0]), _Bucket())
            self._size += bucket.put(part)

    def _too_much(self) -> bool:
        return self._size > self._budget or any(
            bucket.raw > self._budget for grouping in self._groupings for bucket in grouping.buckets.values()
        )

    def _let_go(self) -> None:
        """Goes on with half of the keys; the other half makes a share of its own."""
        self._refuse_one_large_group()
        self._share, other = self._share.halves()
        self._left.append(other)
        self._size = 0
        for grouping in self._groupings:
            kept, grouping.buckets = grouping.buckets, {}
            # The records of one bucket stay in file order: they were put there so, and are taken out so.
            for place in sorted(kept):
                for piece in kept.pop(place).pieces:
                    self._keep(grouping, pl.read_ipc(io.BytesIO(piece)))

    def _refuse_one_large_group(self) -> None:
        """Halving the keys does not help when nearly everything is under one of them."""
        for grouping in self._groupings:
            largest = max(grouping.buckets.values(), key=lambda bucket: bucket.raw, default=None)
            if largest is None:
                continue
            alike = largest.most_alike()
            held = sum(len(piece) for piece in largest.pieces) / self._budget
            if alike / largest.rows * max(largest.raw / self._budget, held) > _SPARE:
                raise GroupTooLargeError(tuple(dict.fromkeys(grouping.key.meta.root_names())), alike)

    def _fired(self, records: pl.DataFrame, rule: Rule) -> pl.DataFrame:
        readable = records.select(ROW_ID, *(_readable(name) for name in rule.fields))
        fires = FINDERS[str(rule.implementation)](readable.drop(ROW_ID), rule).arg_true()
        found = self._frames.of(records, rule, rule.fields, fires)
        if not found.height:
            return found
        told = verdicts(readable, found, self._contract, rule.id, found.get_column(ROW_ID))
        found = found.with_columns(records[fires].select(self._more))
        told = told.select(ROW_ID, pl.col(self._language).alias("detail"))
        return (
            found.join(told, on=ROW_ID, how="left").with_columns(pl.col("detail").fill_null("")).sort(ROW_ID)
        )


def _readable(name: str) -> pl.Expr:
    return pl.when(~pl.col(_UNUSABLE + name)).then(pl.col(name)).alias(name)


def across_rules(contract: Contract) -> tuple[Rule, ...]:
    """The rules of a contract that see more than one record."""
    return tuple(rule for rule in contract.rules if rule.implementation in FINDERS)


def _groupings(contract: Contract, more: tuple[str, ...]) -> list[_Grouping]:
    """Rules by key. One whose key is made of more fields goes with those that meet under a part of them."""
    groupings: dict[frozenset[str], _Grouping] = {}
    by_key = [(rule, group_key(rule)) for rule in across_rules(contract)]
    for rule, key in sorted(by_key, key=lambda pair: len(_parts(pair[1]))):
        parts = _parts(key)
        whole = parts <= set(contract.field_names)
        home = next((held for held in groupings if held == parts or (whole and held <= parts)), parts)
        groupings.setdefault(home, _Grouping(key, [], more)).rules.append(rule)
    return list(groupings.values())


def _parts(key: pl.Expr) -> frozenset[str]:
    """The name of a key: the fields that it is made of, or another name as a whole."""
    return frozenset(key.meta.output_name().split("+"))


def for_records_only(contract: Contract) -> Contract:
    """The contract with its rules over several records and those that make what they read unusable.

    What reading the source once more needs: the same verdicts of those rules, at a part of the cost.
    """
    wanted = {rule.id for rule in across_rules(contract)}
    while True:
        fields = fields_read(rule for rule in contract.rules if rule.id in wanted) | _variants(contract)
        spoilers = {
            rule.id
            for rule in contract.rules
            if rule.spoils and not fields.isdisjoint(rule.fields if rule.spoils == "*" else [rule.spoils])
        }
        if spoilers <= wanted:
            break
        wanted |= spoilers
    kept = [rule for rule in contract.rules if rule.id in wanted]
    return replace(
        contract,
        rules=tuple(replace(r, depends_on=tuple(i for i in r.depends_on if i in wanted)) for r in kept),
    )


def fields_read(rules: Iterable[Rule]) -> frozenset[str]:
    """Every field that one of the rules looks at."""
    return frozenset(name for rule in rules for name in (*rule.fields, *rule.required, *rule.optional))


def _variants(contract: Contract) -> frozenset[str]:
    """Fields that decide the form of another one."""
    return frozenset(variant.field for field_ in contract.fields for variant in field_.variants)
