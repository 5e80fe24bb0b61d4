"""Values that many rows share, kept once: a column of a million cells often holds a few hundred values.

A `Space` is a table of such values and, for each row, the line of the table that it has. What is computed on
the lines holds for the rows; two spaces are crossed when something reads columns of both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import polars as pl

_SAMPLE = 8_192
_MOSTLY_DISTINCT = 0.9
_WIDEST = 4_096


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


class Values(Space):
    """The distinct values of one column that is looked at by itself: its rows are told from the value."""

    def __init__(self, column: pl.Series, distinct: pl.Series) -> None:
        super().__init__(distinct.to_frame(column.name), self._find)
        self._column = column

    def _find(self) -> pl.Series:
        at = self.table.with_row_index(" line")
        found = self._column.to_frame().join(
            at, on=self._column.name, how="left", nulls_equal=True, maintain_order="left"
        )
        return found.get_column(" line")

    def marked(self, lines: pl.DataFrame) -> Iterator[pl.Series]:
        for column in lines.iter_columns():
            bad = self.table.get_column(self._column.name).filter(column)
            yield self._column.is_in(bad.implode(), nulls_equal=True).arg_true()


def encoded(columns: pl.DataFrame, alone: Collection[str] = ()) -> dict[str, Space]:
    """A space for each column of texts that repeat. Of those `alone`, that nothing reads together with
    another column, the distinct values are enough: finding these takes half of the time."""
    if not columns.width:
        return {}
    step = columns.height // _SAMPLE + 1
    sample = columns.gather_every(step)
    distinct = sample.select(pl.all().n_unique()).row(0)
    few = [n for n, d in zip(columns.columns, distinct, strict=True) if d <= _MOSTLY_DISTINCT * sample.height]
    kinds = {name: pl.Categorical(pl.Categories.random()) for name in few if name not in alone}
    apart = [name for name in few if name in alone]
    coded = columns.select(
        *(pl.col(name).cast(kind).implode() for name, kind in kinds.items()),
        *(pl.col(name).unique().implode() for name in apart),
    )
    codes = {name: coded[name][0].to_physical().rename(name) for name in kinds}
    spaces: dict[str, Space] = {name: _of(codes[name], kind) for name, kind in kinds.items()}
    return spaces | {name: Values(columns.get_column(name), coded[name][0]) for name in apart}


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
