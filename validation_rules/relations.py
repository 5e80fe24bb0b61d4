"""Which rows of a frame stand against each other, found without ever pairing rows with rows.

A row *offers* tokens and *asks* for tokens; each time it also shows a mark. It is found when another row with
another mark offers a token that it asks for. For "two tumours of one patient", the token stands for the
patient and what makes tumours one, the mark for the number of the tumour. Least and greatest mark of a token
answer for every row at once, so a million rows under one token cost no more than a million tokens.

Frames hold `at` (position of the row, UInt32), `token` and `mark` (UInt64). Codes are exact: no hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from validation_rules.few import FEW

AT, OTHER, TOKEN, MARK, ALSO = "at", "other", "token", "mark", "also"
_WIDEST = 2**62
_CLAIM = pl.Schema({AT: pl.UInt32(), TOKEN: pl.UInt64(), MARK: pl.UInt64()})
# Made once: making them takes as long as running them on the few rows of a card.
_RANK = (pl.first().rank("dense") - 1).cast(pl.UInt64)
_FIRST = pl.col(TOKEN).first()
_DIFFERS = pl.col(MARK).min().over(TOKEN) != pl.col(MARK).max().over(TOKEN)


def codes(values: pl.Series) -> pl.Series:
    """A small number for each distinct value (UInt64), null where null."""
    if len(values) <= FEW:  # One call of the engine, where distinct values to begin with would take five.
        return values.to_frame().select(_RANK).to_series()
    distinct = values.drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(values.name, [None], dtype=pl.UInt64).new_from_index(0, len(values))
    return values.cast(pl.Enum(distinct)).to_physical().cast(pl.UInt64)


def packed(*parts: pl.Series) -> pl.Series:
    """One number for several (UInt64): equal where all the parts are, and nowhere else."""
    token, room = parts[0].cast(pl.UInt64), room_of(parts[0])
    for part in parts[1:]:
        more = room_of(part)
        if room * more > _WIDEST:
            token = token.rank("dense").cast(pl.UInt64)
            room = room_of(token)
        token, room = token * more + part.cast(pl.UInt64), room * more
    return token.alias(TOKEN)


def tokens(rows: pl.DataFrame, *names: str) -> pl.Series:
    """One number for what a row holds in these columns (UInt64), of rows without a null in them."""
    if rows.height <= FEW:  # The place of the first row alike is as good a number, and one call finds it.
        placed = rows.select(names).with_row_index(TOKEN)
        return placed.select(_FIRST.over(names).cast(pl.UInt64)).to_series()
    return packed(*(codes(rows.get_column(name)) for name in names))


def room_of(part: pl.Series) -> int:
    """How many numbers from 0 hold the codes of `part`."""
    greatest = part.max()
    return 1 + (int(greatest) if isinstance(greatest, int) else 0)


def claims(at: pl.Series, token: pl.Series, mark: pl.Series) -> pl.DataFrame:
    """`at, token, mark`, without the rows that lack one of the two."""
    frame = pl.DataFrame({AT: at, TOKEN: token, MARK: mark}, schema=_CLAIM)
    return frame.drop_nulls()


class Relation(Protocol):
    """What one rule says between the rows of one frame."""

    def found(self) -> pl.Series:
        """Positions of the rows that stand against another one, each once."""

    def partners(self, at: pl.Series, most: int) -> pl.DataFrame:
        """`at, other`: for each of these rows some of the rows it stands against, one at least; the first
        `most` of each kind in the order of the frame."""

    def circles(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """`at, token` of the found rows and `token, at` of the rows behind each token: all that the finding
        of a row rests on."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Found when an asked token is offered with another mark. With `also` in the frames, that must differ
    as well; the rows that ask are then those that offer."""

    offers: pl.DataFrame
    asks: pl.DataFrame

    @classmethod
    def mutual(cls, frame: pl.DataFrame) -> Claims:
        """Rows that ask for what they offer."""
        return cls(frame, frame)

    def _firing(self) -> pl.DataFrame:
        if self.offers.is_empty() or (self.offers is self.asks and self.offers.height < 2):
            return self.asks.clear()
        if ALSO in self.offers.columns:
            return self._differing_twice()
        if self.offers is self.asks and self.asks.height <= FEW:
            return self.asks.filter(_DIFFERS)
        ends = self.offers.group_by(TOKEN).agg(least=pl.col(MARK).min(), most=pl.col(MARK).max())
        asked = self.asks.join(ends, on=TOKEN)
        return asked.filter((pl.col("least") != pl.col(MARK)) | (pl.col("most") != pl.col(MARK)))

    def _differing_twice(self) -> pl.DataFrame:
        """Of the distinct pairs (mark, also) of a token, one is left when those that share either are out."""
        pairs = self.offers.select(TOKEN, MARK, ALSO).unique()
        counted = pairs.with_columns(
            left=pl.len().over(TOKEN) + 1 - pl.len().over(TOKEN, MARK).cast(pl.Int64)
            - pl.len().over(TOKEN, ALSO).cast(pl.Int64)
        )  # fmt: skip
        return self.asks.join(counted.filter(pl.col("left") > 0), on=[TOKEN, MARK, ALSO], how="semi")

    def found(self) -> pl.Series:
        return self._firing().get_column(AT).unique()

    def partners(self, at: pl.Series, most: int) -> pl.DataFrame:
        asked = self.asks.join(at.rename(AT).unique().to_frame(), on=AT, how="semi")
        offered = self.offers.join(asked.select(TOKEN).unique(), on=TOKEN, how="semi").sort(AT)
        chosen = self._differing(offered, most) if ALSO in offered.columns else _first_marks(offered, most)
        met = asked.join(chosen.rename({AT: OTHER}), on=TOKEN, suffix="_other")
        differs = pl.col(MARK) != pl.col(MARK + "_other")
        if ALSO in offered.columns:
            differs &= pl.col(ALSO) != pl.col(ALSO + "_other")
        return met.filter(differs).select(AT, OTHER)

    def _differing(self, offered: pl.DataFrame, most: int) -> pl.DataFrame:
        """Rows among which each row that stands against any finds one that differs from it twice.

        The first row answers those that share nothing with it. Those that share its `also` find another mark
        among two rows of another `also`, and the other way round.
        """
        firsts = _first_marks(offered, most)
        turns = []
        for same, other in ((ALSO, MARK), (MARK, ALSO)):
            rest = offered.filter(pl.col(same) != pl.col(same).first().over(TOKEN))
            turns.append(rest.unique([TOKEN, other], keep="first", maintain_order=True))
        turns = [turn.filter(pl.col(AT).cum_count().over(TOKEN) <= 2) for turn in turns]
        return pl.concat([firsts, *turns]).unique()

    def circles(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        firing = self._firing().select(AT, TOKEN)
        return firing, self.offers.join(firing, on=TOKEN, how="semi").select(TOKEN, AT)


def _first_marks(offered: pl.DataFrame, most: int) -> pl.DataFrame:
    """The first row of each mark of a token, at most one more of them than wanted: one may be the asker's."""
    first = offered.unique([TOKEN, MARK], keep="first", maintain_order=True)
    return first.filter(pl.col(AT).cum_count().over(TOKEN) <= most + 1)


@dataclass(frozen=True, slots=True)
class Near:
    """Found when a row of another mark has the same token and lies at most `within` days away.

    `rows`: `at, token, mark, day` (Int32), `side` (0 neither, 1 or 2): two rows of opposite sides do not
    stand against each other.
    """

    rows: pl.DataFrame
    within: int

    def _lines(self) -> list[pl.DataFrame]:
        """For each side, the rows that it can meet, by token and day; `own` tells the rows of that side."""
        sides = [side for side in (0, 1, 2) if (self.rows.get_column("side") == side).any()]
        met = [self.rows if side == 0 else self.rows.filter(pl.col("side") != 3 - side) for side in sides]
        return [
            rows.sort(TOKEN, "day", AT).with_columns(own=pl.col("side") == side)
            for rows, side in zip(met, sides, strict=True)
        ]

    def _neighbours(self, line: pl.DataFrame) -> pl.DataFrame:
        """`at, other, own`: the nearest row of another mark before and after, when it is near enough."""
        row = pl.int_range(pl.len(), dtype=pl.Int64)
        begins = (pl.col(TOKEN) != pl.col(TOKEN).shift(1)) | (pl.col(MARK) != pl.col(MARK).shift(1))
        ends = begins.shift(-1)
        before = pl.when(begins.fill_null(value=True)).then(row).forward_fill() - 1
        after = pl.when(ends.fill_null(value=True)).then(row).backward_fill() + 1
        places = line.select(before=before, after=after)
        return pl.concat([self._near(line, places.get_column(name)) for name in ("before", "after")])

    def _near(self, line: pl.DataFrame, place: pl.Series) -> pl.DataFrame:
        inside = place.is_between(0, line.height - 1)
        here = line.filter(inside)
        there = line.select(AT, TOKEN, MARK, "day")[place.filter(inside)]
        there.columns = [OTHER, "t", "m", "d"]
        close = (pl.col("day") - pl.col("d")).abs() <= self.within
        met = pl.concat([here, there], how="horizontal")
        met = met.filter((pl.col(TOKEN) == pl.col("t")) & (pl.col(MARK) != pl.col("m")) & close)
        return met.select(AT, OTHER, "own")

    def found(self) -> pl.Series:
        near = [self._neighbours(line).filter("own").get_column(AT) for line in self._lines()]
        return pl.concat(near).unique() if near else pl.Series(AT, [], dtype=pl.UInt32)

    def partners(self, at: pl.Series, most: int) -> pl.DataFrame:
        tokens = self.rows.join(at.rename(AT).to_frame(), on=AT, how="semi").select(TOKEN).unique()
        few = Near(self.rows.join(tokens, on=TOKEN, how="semi"), self.within)
        parts = []
        for line in few._lines():
            row = pl.Series(range(line.height), dtype=pl.Int64)
            parts.append(few._neighbours(line))
            parts += [few._near(line, row + step) for step in range(-most, most + 1) if step]
        empty = pl.DataFrame(schema={AT: pl.UInt32, OTHER: pl.UInt32, "own": pl.Boolean})
        met = pl.concat([empty, *parts]).filter("own").select(AT, OTHER).unique()
        return met.join(at.rename(AT).unique().to_frame(), on=AT, how="semi")

    def circles(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """A circle is a chain of rows in which each lies near the next."""
        line = self.rows.sort(TOKEN, "day", AT)
        far = (pl.col(TOKEN) != pl.col(TOKEN).shift(1)) | (pl.col("day").diff() > self.within)
        chains = line.select(AT, far.fill_null(value=True).cum_sum().cast(pl.UInt64).alias(TOKEN))
        found = chains.join(self.found().to_frame(), on=AT, how="semi")
        return found, chains.join(found, on=TOKEN, how="semi").select(TOKEN, AT)


@dataclass(frozen=True, slots=True)
class Several:
    """Relations that each suffice."""

    parts: Sequence[Relation]

    def found(self) -> pl.Series:
        none = pl.Series(AT, [], dtype=pl.UInt32)
        return pl.concat([none, *(part.found() for part in self.parts)]).unique()

    def partners(self, at: pl.Series, most: int) -> pl.DataFrame:
        none = pl.DataFrame(schema={AT: pl.UInt32, OTHER: pl.UInt32})
        return pl.concat([none, *(part.partners(at, most) for part in self.parts)]).unique()

    def circles(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        of_rows = [pl.DataFrame(schema={AT: pl.UInt32, TOKEN: pl.UInt64})]
        of_tokens = [pl.DataFrame(schema={TOKEN: pl.UInt64, AT: pl.UInt32})]
        for number, part in enumerate(self.parts):
            apart = (pl.col(TOKEN) * len(self.parts) + number).alias(TOKEN)
            rows, tokens = part.circles()
            of_rows.append(rows.with_columns(apart))
            of_tokens.append(tokens.with_columns(apart))
        return pl.concat(of_rows), pl.concat(of_tokens)
