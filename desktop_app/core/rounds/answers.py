"""What a colleague sent back, as it stands in the file: untrusted, and not yet held against the batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from desktop_app.core.corrections import CONFIRMATION_REASONS
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect
from desktop_app.core.plain_cells import given_column
from desktop_app.core.progress import Progress, silent
from desktop_app.core.rounds import terms
from desktop_app.core.rounds.reference import Mark, parse
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.workbook import Book
    from validation_rules.contract import Contract

MOST_BYTES = 64 << 20
MOST_LINES = 250_000
_LONGEST_NOTE = 500
_BOOKS = ("xlsx", "xls", "ods")
CELLS: dict[str, Any] = {
    "place": pl.UInt32,
    "field": pl.String,
    "text": pl.String,
    "note": pl.String,
}
REASONS: dict[str, Any] = {
    "place": pl.UInt32,
    "rule_id": pl.String,
    "reason": pl.String,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True)
class Answers:
    """`seen`, every line that holds something: place (its number over all sheets), line, mark, number (what
    stands under « Ligne »), and a column for each field of the record key, null where the sheet has none.
    `cells`: place, field, text (null: empty), note; `reasons`: place, rule_id, reason, note.

    `whole` tells whether `cells` are all cells that came back, or only those with a new value; `titles` are
    column titles that are no field's; `who` is the name that the colleague gave.
    """

    cells: pl.DataFrame = field(repr=False)
    reasons: pl.DataFrame = field(repr=False)
    seen: pl.DataFrame = field(repr=False)
    whole: bool
    titles: tuple[str, ...] = ()
    who: str = ""

    def marks(self) -> list[Mark]:
        """The marks that can be read."""
        return [mark for text in self.seen["mark"] if (mark := parse(text)) is not None]


def read_back(path: Path, contract: Contract, progress: Progress = silent) -> Answers:
    """What is in a workbook or a CSV file that was exported and filled in; also saved in another format.

    AppError when it cannot be read, is too large, or is not such a file; nothing in it is run or trusted.
    """
    preview = detect(path, limit=MOST_BYTES, progress=progress)
    if preview.options.format in _BOOKS:
        return _from_book(path, preview, contract, progress)
    if preview.options.format == "delimited":
        return _from_text(path, preview, contract, progress)
    raise terms.not_ours()


# Workbooks


def _from_book(path: Path, preview: Preview, contract: Contract, progress: Progress) -> Answers:
    from desktop_app.core.extracts.workbook import glance, open_workbook, read_workbook

    cells: list[pl.DataFrame] = []
    reasons: list[pl.DataFrame] = []
    seen: list[pl.DataFrame] = []
    titles: list[str] = []
    with open_workbook(path, preview.options.format, preview.options.member, progress) as book:
        heads = {name: (glance(book, name, 1).rows or [[]])[0] for name in book.names}
        who = _name_in(book, [name for name in book.names if _at(heads[name], terms.REFERENCE) is None])
    for name, head in heads.items():
        if _at(head, terms.REFERENCE) is None:
            continue
        options = replace(preview.options, sheet=name, header_row=1, ragged="keep")
        sheet = _bounded(read_workbook(path, options, (), progress, terms.NOT_COMPUTED).frame)
        table = _Table(sheet, contract, sum(each.height for each in seen))
        seen.append(table.seen())
        if table.column(terms.RULE) is None:
            cells.append(table.wide())
            titles += table.unknown()
        else:
            reasons.append(table.reasons())
    if not seen:
        raise terms.not_ours()
    return Answers(
        pl.concat([pl.DataFrame(schema=CELLS), *cells]),
        pl.concat([pl.DataFrame(schema=REASONS), *reasons]),
        pl.concat(seen),
        whole=True,
        titles=tuple(titles),
        who=who,
    )


def _name_in(book: Book, sheets: Sequence[str]) -> str:
    """What stands beside « Votre nom » on the sheet of instructions."""
    from desktop_app.core.extracts.workbook import glance

    for sheet in sheets:
        for row in glance(book, sheet).rows:
            if len(row) > 1 and terms.names(row[0], terms.YOUR_NAME):
                return terms.one_line(row[1])[:80]
    return ""


# Text


def _from_text(path: Path, preview: Preview, contract: Contract, progress: Progress) -> Answers:
    from desktop_app.core.extracts.delimited import read_delimited

    options = replace(preview.options, header_row=1, ragged="keep")
    with _as_not_ours():
        frame = read_delimited(path, options, preview.guesses, progress).frame
    table = _Table(_bounded(frame.with_columns(map(given_column, frame.columns[1:]))), contract)
    if table.column(terms.REFERENCE) is None:
        raise terms.not_ours()
    if table.column(terms.NEW) is None:
        no_reasons = pl.DataFrame(schema=REASONS)
        return Answers(table.wide(), no_reasons, table.seen(), whole=True, titles=tuple(table.unknown()))
    return Answers(table.long(), table.reasons(), table.seen(), whole=False, titles=tuple(table.unnamed()))


@contextmanager
def _as_not_ours() -> Iterator[None]:
    """A text without a header line that names our columns."""
    try:
        yield
    except AppError as error:
        if error.code.endswith("no_header"):
            raise terms.not_ours() from None
        raise


def _bounded(frame: pl.DataFrame) -> pl.DataFrame:
    if frame.height > MOST_LINES:
        raise terms.too_large(MOST_BYTES)
    return frame


def _at(head: Sequence[str], title: Text) -> int | None:
    """The place of a title, in either language."""
    return next((place for place, text in enumerate(head) if terms.names(text, title)), None)


def _plain(texts: pl.Expr) -> pl.Expr:
    return texts.map_elements(terms.plain, return_dtype=pl.String)


class _Table:
    """One sheet under its titles, in the language in which it left."""

    def __init__(self, frame: pl.DataFrame, contract: Contract, before: int = 0) -> None:
        """`before`: how many lines the sheets before this one gave."""
        held = frame.rename({"row_id": "\0line"})
        self.names = held.columns[1:]
        empty = pl.all_horizontal(pl.col(self.names).str.strip_chars().fill_null("") == "")
        self.frame = held.filter(~empty).with_row_index("\0place", before)
        self.labels = {
            terms.plain(text): known.name for known in contract.fields for text in (*known.label, known.name)
        }
        self.fields = {
            name: self.labels[terms.plain(name)] for name in self.names if terms.plain(name) in self.labels
        }
        self.keys = contract.record_key

    def column(self, title: Text) -> str | None:
        """The name of the column of that title."""
        return next((name for name in self.names if terms.names(name, title)), None)

    def unknown(self) -> list[str]:
        """Titles that are neither a field's nor ours."""
        ours = (terms.REFERENCE, terms.ROW, terms.NOTE, terms.SAID)
        known = {terms.plain(text) for title in ours for text in title}
        return [name for name in self.names if name not in self.fields and terms.plain(name) not in known]

    def unnamed(self) -> list[str]:
        """Titles of fields in column « Champ » that the contract does not have."""
        column = self.column(terms.FIELD)
        if column is None:
            return []
        given = self.frame.get_column(column).drop_nulls().unique(maintain_order=True).to_list()
        return [text for text in given if terms.plain(text) not in self.labels][:20]

    def _text(self, title: Text, most: int | None = None) -> pl.Expr:
        name = self.column(title)
        if name is None:
            return pl.lit(None, pl.String)
        text = pl.col(name).str.strip_chars()
        if most is None:
            return text
        text = text.str.replace(terms.NOT_COMPUTED, "", literal=True)
        return text.map_elements(terms.one_line, return_dtype=pl.String).str.slice(0, most)

    def _line(self) -> pl.Expr:
        # Line 1 holds the titles.
        return (pl.col("\0line") + 1).cast(pl.UInt32).alias("line")

    def _place(self) -> pl.Expr:
        return pl.col("\0place").alias("place")

    def seen(self) -> pl.DataFrame:
        """Every line, with what it says of whose it is."""
        columns = {of: name for name, of in self.fields.items()}
        keys = [pl.col(columns[key]) if key in columns else pl.lit(None, pl.String) for key in self.keys]
        return self.frame.select(
            self._place(),
            self._line(),
            self._text(terms.REFERENCE).alias("mark"),
            self._text(terms.ROW).alias("number"),
            *(text.str.strip_chars().alias(key) for key, text in zip(self.keys, keys, strict=True)),
        )

    def wide(self) -> pl.DataFrame:
        """CELLS of a sheet with a column for each field; the columns of the record key are only proofs."""
        fields = {name: of for name, of in self.fields.items() if of not in self.keys}
        named = self.frame.select(
            self._place(),
            self._text(terms.NOTE, _LONGEST_NOTE).alias("note"),
            *(pl.col(name) for name in fields),
        )
        long = named.unpivot(
            on=list(fields), index=["place", "note"], variable_name="column", value_name="text"
        )
        of = (
            pl.col("column").replace_strict(fields, return_dtype=pl.String)
            if fields
            else pl.lit("", pl.String)
        )
        return long.with_columns(field=of).select(pl.col(name).cast(kind) for name, kind in CELLS.items())

    def long(self) -> pl.DataFrame:
        """CELLS of a list with a column for the new value; « (vide) » empties a cell."""
        new, blank = self._text(terms.NEW), [terms.plain(text) for text in terms.EMPTY]
        cells = self.frame.select(
            self._place(),
            _plain(self._text(terms.FIELD))
            .replace_strict(self.labels, default=None, return_dtype=pl.String)
            .alias("field"),
            pl.when(~_plain(new).is_in(blank)).then(new).alias("text"),
            self._text(terms.DETAILS, _LONGEST_NOTE).alias("note"),
            given=new.fill_null("") != "",
        )
        wanted = cells.filter(pl.col("given") & pl.col("field").is_not_null())
        return wanted.select(pl.col(name).cast(kind) for name, kind in CELLS.items())

    def reasons(self) -> pl.DataFrame:
        """REASONS: what was said to be right as it is; `reason` null where its words are none of ours."""
        codes = {
            terms.plain(text): code
            for code, words in CONFIRMATION_REASONS.items()
            for text in (code, words.fr, words.en)
        }
        reason = self._text(terms.REASON)
        given = self.frame.select(
            self._place(),
            self._text(terms.RULE).alias("rule_id"),
            _plain(reason).replace_strict(codes, default=None, return_dtype=pl.String).alias("reason"),
            self._text(terms.DETAILS, _LONGEST_NOTE).alias("note"),
            given=reason.fill_null("") != "",
        )
        return given.filter("given").select(pl.col(name).cast(kind) for name, kind in REASONS.items())
