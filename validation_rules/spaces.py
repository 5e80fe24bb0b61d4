"""Values that many rows share, kept once: a column of a million cells often holds a few hundred values.

A `Space` is a table of such values and, for each row, the line of the table that it has. What is computed on
the lines holds for the rows; two spaces are crossed when something reads columns of both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

SAMPLE = 8_192
_MOSTLY_DISTINCT = 0.9
_WIDEST = 4_096
_SPREAD = 2_654_435_761


class Space:
    """Row i has the values of line `codes[i]` of `table`; without codes, those of line i.

    Lines may be there that no row has, and twice the same.
    """

    def __init__(self, table: pl.DataFrame, codes: Callable[[], pl.Series] | pl.Series | None) -> None:
        self.table = table
        self._codes = codes

    @property
    def codes(self) -> pl.Series | None:
        """UInt32, one a row; computed when first asked for, since many spaces never need it."""
        if callable(self._codes):
            self._codes = self._codes()
        return self._codes

    @property
    def is_rows(self) -> bool:
        """Whether the lines are the rows themselves."""
        return self._codes is None

    def spread(self, values: pl.Series) -> pl.Series:
        """A value a line -> a value a row."""
        if self.codes is None:
            return values
        if values.dtype == pl.Boolean:  # Bytes are gathered faster than bits.
            return values.cast(pl.UInt8).gather(self.codes).cast(pl.Boolean)
        return values.gather(self.codes)

    def rows(self, lines: pl.Series) -> pl.Series:
        """Positions, UInt32 and ascending, of the rows whose line is marked (Boolean without null)."""
        return self.spread(lines).arg_true()

    def marked(self, lines: pl.DataFrame) -> Iterator[pl.Series]:
        """As `rows`, for each column of `lines`."""
        # Few rows have a line that any column marks: they are found once for all.
        some = self.rows(lines.select(pl.any_horizontal(pl.all())).to_series())
        at = some if self.codes is None else self.codes.gather(some)
        yield from (some.filter(column.gather(at)) for column in lines.iter_columns())


def sampled(columns: pl.DataFrame, rows: int) -> pl.DataFrame:
    """At most so many rows, from everywhere. Not one in so many: files are full of what comes back every
    hundred or thousand rows."""
    step = columns.height // rows + 1
    begins = pl.int_range(0, columns.height - step + 1, step, dtype=pl.UInt64)
    at = (begins + begins * _SPREAD // 2**16 % step).cast(pl.UInt32)
    return columns.select(pl.all().gather(pl.select(at).to_series()))


def distinct_at_least(sample: pl.DataFrame) -> dict[str, int]:
    """Column -> how many distinct values the sample holds, for the columns where values repeat."""
    if not sample.width:
        return {}
    distinct = sample.select(pl.all().n_unique()).row(0, named=True)
    return {name: known for name, known in distinct.items() if known <= _MOSTLY_DISTINCT * sample.height}


def encoded(columns: pl.DataFrame) -> dict[str, Space]:
    """A space for each column of texts."""
    kinds = {name: pl.Categorical(pl.Categories.random()) for name in columns.columns}
    if not kinds:
        return {}
    coded = columns.select(pl.col(name).cast(kind).implode() for name, kind in kinds.items())
    codes = {name: coded[name][0].to_physical().rename(name) for name in kinds}
    return {name: _of(codes[name], kind) for name, kind in kinds.items()}


def _of(codes: pl.Series, kind: pl.Categorical) -> Space:
    last = codes.max()
    known = last + 1 if isinstance(last, int) else 0
    has_blank = codes.null_count() > 0
    line = pl.int_range(known + has_blank, dtype=pl.UInt32)
    value = pl.when(line < known).then(line).cat.to(kind).cast(pl.String)
    return Space(pl.select(value.alias(codes.name)), codes.fill_null(known))


def numbered(columns: pl.DataFrame) -> dict[str, Space]:
    """A space for each column of small integers or of Booleans."""
    spaces = {column.name: _of_numbers(column) for column in columns}
    return {name: space for name, space in spaces.items() if space}


def _of_numbers(values: pl.Series) -> Space | None:
    if values.dtype == pl.Boolean:
        line = values.cast(pl.UInt32).fill_null(2)
        return Space(pl.Series(values.name, [False, True, None]).to_frame(), line)
    low, high = (values.min(), values.max()) if values.dtype.is_integer() else (None, None)
    if not isinstance(low, int) or not isinstance(high, int) or high - low > _WIDEST:
        return None
    line = (values.cast(pl.Int64) - low).cast(pl.UInt32).fill_null(high - low + 1)
    lines = pl.int_range(low, high + 1, eager=True).cast(values.dtype).alias(values.name)
    return Space(lines.append(pl.Series([None], dtype=values.dtype)).to_frame(), line)


def projected(space: Space, names: Iterable[str]) -> Space:
    """The same rows with these columns only, each combination of values once."""
    wanted = space.table.select(names)
    lines = wanted.unique(maintain_order=True)
    if lines.height == wanted.height:
        return Space(wanted, lambda: _codes(space))
    to = wanted.join(
        lines.with_row_index(" line"),
        on=lines.columns,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return Space(lines, lambda: to.get_column(" line").gather(_codes(space)))


def size(spaces: Iterable[Space]) -> int:
    """The number of lines of these spaces crossed."""
    return math.prod(space.table.height for space in spaces)


def crossed(spaces: Sequence[Space]) -> Space:
    """Every line of one with every line of the others."""
    table = spaces[0].table
    for other in spaces[1:]:
        table = table.join(other.table, how="cross", maintain_order="left_right")
    return Space(table, lambda: _cross_codes(spaces))


def _cross_codes(spaces: Sequence[Space]) -> pl.Series:
    codes = _codes(spaces[0])
    for other in spaces[1:]:
        if other.table.height > 1:
            codes = codes * other.table.height + _codes(other)
    return codes


def _codes(space: Space) -> pl.Series:
    if space.codes is None:
        raise ValueError("rows are not coded")
    return space.codes
