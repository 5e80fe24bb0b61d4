"""Rules over several records, for records that come in parts and do not fit in memory together.

Two records bear on each other only when they share a key (`cross_record.group_key`). Of each part, what these
rules read is kept packed in memory, beside a hash of each key. When all parts have come, the hashes tell
which records are not alone under their key: only these are unpacked and looked at, as many at a time as
memory holds, in whole groups. The hash decides only which records are looked at together; verdicts come from
the values themselves.

When the budget is used up, half of the keys are let go: they make another *share* of the records, for which
the source is read once more. Nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validation_rules.contract import Contract, Rule
from validation_rules.cross_record import FINDERS, find, group_key, narrowed
from validation_rules.findings import ROW_ID, FindingFrames
from validation_rules.packs import Packs, not_alone
from validation_rules.text import Language
from validation_rules.verdicts import verdicts

_HASH, _UNUSABLE, _PLACE = "hash of the key", "unusable ", "place"
_SPARE = 0.9
_AT_ONCE = 128 * 1024**2
_MOST_PLACES = 1024


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

    def has(self, hashes: pl.Series) -> pl.Series:
        """Which of these keys are in this share."""
        return hashes % self.of == self.rest


@dataclass(slots=True)
class _Grouping:
    """Rules whose records meet under the same key, what they read, and the records."""

    key: pl.Expr
    rules: list[Rule]
    more: tuple[str, ...]
    packs: Packs = field(default_factory=Packs)

    @property
    def fields(self) -> list[str]:
        """Every field that its rules read."""
        return list(dict.fromkeys(name for rule in self.rules for name in rule.fields))

    def records(
        self, frame: pl.DataFrame, unusable: Mapping[str, pl.Series], before: int
    ) -> tuple[pl.DataFrame, pl.Series]:
        """What to keep of a part: row_id over all parts, values, and where they are unusable; and the hash of
        the key (UInt32) of each. Half of a hash will do: with ten million records, one in five hundred is
        looked at in vain."""
        never = pl.lit(value=False)
        flags = [(unusable.get(name, never)).alias(_UNUSABLE + name) for name in self.fields]
        values = dict.fromkeys((*self.fields, *self.more))
        marked = frame.select((pl.col(ROW_ID).cast(pl.UInt64) + before), *values).with_columns(flags)
        hashed = marked.select(_readable(name) for name in self.fields).select(self.key).to_series()
        if hashed.null_count():
            marked, hashed = marked.filter(hashed.is_not_null()), hashed.drop_nulls()
        return marked, (hashed & 0xFFFFFFFF).cast(pl.UInt32)

    def shared(self, share: Share, at_once: int) -> Iterator[pl.DataFrame]:
        """The records that are not alone under their key, whole groups at a time, in the order in which they
        came: about `at_once` bytes of them. What was kept, all of it of one share, goes."""
        several = not_alone(self.packs.hashes())
        bytes_each = self.packs.raw / max(1, self.packs.rows)
        places = min(_MOST_PLACES, 1 + int(int(several.sum()) * bytes_each / at_once))
        sorted_in = [Packs() for _ in range(places)]
        for records, hashes in self.packs.emptied(several):
            if places == 1:
                sorted_in[0].put(records, hashes)
                continue
            placed = records.with_columns(hashes.alias(_HASH), (hashes // share.of % places).alias(_PLACE))
            for (place,), part in placed.partition_by(_PLACE, as_dict=True, include_key=False).items():
                sorted_in[int(place)].put(part.drop(_HASH), part.get_column(_HASH))
        for packs in sorted_in:
            if packs.rows:
                yield pl.concat([records for records, _ in packs.emptied()])


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

    def add(self, frame: pl.DataFrame, unusable: Mapping[str, pl.Series], before: int) -> None:
        """Keeps what the rules read in a checked part; `before` rows came in the parts before it.

        `frame` and `unusable` are as `Checker.check_rows` takes and gives them. Raises `GroupTooLargeError`.
        """
        for grouping in self._groupings:
            records, hashes = grouping.records(frame, unusable, before)
            self._keep(grouping, records, hashes)
        while sum(grouping.packs.size for grouping in self._groupings) > self._budget:
            self._let_go()

    def findings(self) -> Iterator[pl.DataFrame]:
        """Findings of the present share, as `Checker.check` gives them but with `row_id` UInt64 counted over
        all parts, and with the columns `more` and `detail` (see `verdicts.detailed`).

        Each frame is sorted by row_id. What was kept goes. Raises `GroupTooLargeError`.
        """
        for grouping in self._groupings:
            self._refuse_one_large_group(grouping)
            for records in grouping.shared(self._share, min(self._budget, _AT_ONCE)):
                readable = records.select(ROW_ID, *(_readable(name) for name in grouping.fields))
                keys: dict[str, pl.Series] = {}
                for rule in grouping.rules:
                    key = group_key(rule)
                    name = key.meta.output_name()
                    if name not in keys:
                        keys[name] = readable.select(key).to_series()
                    found = self._fired(records, readable, rule, keys[name])
                    if found.height:
                        yield found
            grouping.packs = Packs()

    def next_share(self) -> bool:
        """Goes on to the next share of the keys; False when there is none left."""
        if not self._left:
            return False
        self._share = self._left.pop()
        return True

    def _keep(self, grouping: _Grouping, records: pl.DataFrame, hashes: pl.Series) -> None:
        """Keeps the records of the present share."""
        if self._share.of > 1:
            mine = self._share.has(hashes)
            records, hashes = records.filter(mine), hashes.filter(mine)
        grouping.packs.put(records, hashes)

    def _let_go(self) -> None:
        """Goes on with half of the keys; the other half makes a share of its own."""
        for grouping in self._groupings:
            self._refuse_one_large_group(grouping)
        self._share, other = self._share.halves()
        self._left.append(other)
        for grouping in self._groupings:
            kept, grouping.packs = grouping.packs, Packs()
            for records, hashes in kept.emptied():
                self._keep(grouping, records, hashes)

    def _refuse_one_large_group(self, grouping: _Grouping) -> None:
        """The records under one key are looked at together: halving the keys does not help them."""
        packs = grouping.packs
        held = max(packs.raw, packs.size) / self._budget
        if held <= _SPARE:
            return
        alike = packs.most_alike()
        if alike / packs.rows * held > _SPARE:
            raise GroupTooLargeError(tuple(dict.fromkeys(grouping.key.meta.root_names())), alike)

    def _fired(
        self, records: pl.DataFrame, readable: pl.DataFrame, rule: Rule, key: pl.Series
    ) -> pl.DataFrame:
        values = readable.select(ROW_ID, *rule.fields)
        fires = narrowed(values, rule, not_alone(key).arg_true(), key)
        if fires.len():
            fires = fires.filter(find(values[fires].drop(ROW_ID), rule))
        found = self._frames.of(records, rule, rule.fields, fires)
        if not found.height:
            return found
        told = verdicts(values, found, self._contract, rule.id, found.get_column(ROW_ID))
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
