"""SAS, SPSS and Stata files, through ReadStat: the stored codes, with the labels that the file gives them."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.columnar import Described
from desktop_app.core.extracts.kind import KINDS
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.extracts.source import READING
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import ImportOptions

# Text cells are Python objects while they are read: so many at a time bound the memory.
_CELLS = 2_500_000
_MOST_LABELS = 5_000
_LABEL_LENGTH = 200
# What a SAS or Stata display format that is a date is called, without its width. French ones included.
_DAYS = re.compile(
    r"%?-?(?:(?:DDMMYY|MMDDYY|YYMMDD|JULIAN|YYQ|YYMM|MMYY|MONYY)[BCDNPS]?|DATE|WEEKDATX?|WORDDATX?"
    r"|(?:FRA|EUR)DF(?:DD|DE|DN|MY|WDX|WKX)|NLDATE|E8601DA|B8601DA|IS8601DA|DDMMYYYY|YYMMDDD)\d*(?:\.\d*)?",
    re.IGNORECASE,
)
_MOMENTS = re.compile(
    r"(?:DATETIME|DATEAMPM|(?:FRA|EUR)DFDT|NLDATM|E8601D[TZ]|B8601D[TZ]|IS8601D[TZ])\d*(?:\.\d*)?",
    re.IGNORECASE,
)
_ENCODINGS = (None, "UTF-8", "WINDOWS-1252")


class _Watched(io.RawIOBase):
    """A file for ReadStat that tells how far it was read.

    ReadStat never returns from an exception of `read`: what the progress raises is kept, and the file then
    seems to end, at which ReadStat stops by itself.
    """

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._file, self._progress = file, progress
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)
        self._reads = 0
        self.stopped: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        if self.stopped is None:
            self._reads += 1
            if self._reads % 32 == 0 or size > 8192:
                self._tell()
        if self.stopped is not None:
            return b""
        try:
            return self._file.read(size)
        except OSError as error:
            self.stopped = error
            return b""

    def _tell(self) -> None:
        try:
            self._progress(min(self._file.tell(), self._size), self._size, READING)
        except BaseException as error:  # noqa: BLE001 - raised again as soon as ReadStat has returned
            self.stopped = error

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def describe_statistical(path: Path, options: ImportOptions, progress: Progress = silent) -> Described:
    """Its columns, labels and encoding. Raises AppError for a file that ReadStat does not take."""
    _refuse_cut(path, options)
    for encoding in (options.encoding,) if options.encoding else _ENCODINGS:
        try:
            # One row tells that the encoding fits the names; `None` is the file's own word for it.
            _, told = _call(path, options, progress, encoding=encoding, row_limit=1)
        except _BadEncoding:
            continue
        names = tuple(told.column_names)
        rows = told.number_rows if isinstance(told.number_rows, int) and told.number_rows > 0 else None
        titles = {name: text for name, text in told.column_names_to_labels.items() if text}
        return Described(names, rows, encoding, _labels(told), titles)
    raise problems.not_decodable(path, options.encoding or "UTF-8", 1)


def _labels(told: Any) -> dict[str, dict[str, str]]:
    return {
        name: {_code(code): str(text)[:_LABEL_LENGTH] for code, text in words.items() if text is not None}
        for name, words in told.variable_value_labels.items()
        if 0 < len(words) <= _MOST_LABELS
    }


def _code(code: Any) -> str:
    return str(int(code)) if isinstance(code, float) and code == int(code) else str(code)


def statistical_pieces(
    path: Path, options: ImportOptions, told: Described, progress: Progress, limit: int | None
) -> Iterator[pl.DataFrame]:
    """The frame in pieces of whole rows; dates as dates, special missing values as Stata writes them."""
    size = min(limit or _CELLS, max(1000, _CELLS // max(1, len(told.columns))))
    days, moments = _dates(path, options, told)
    start = 0
    while limit is None or start < limit:
        try:
            piece, _ = _call(
                path,
                options,
                progress,
                encoding=told.encoding,
                row_limit=size,
                row_offset=start,
                extra_date_formats=days,
                extra_datetime_formats=moments,
            )
        except _BadEncoding:
            # The first row was in it, which is all that `describe_statistical` looks at.
            raise problems.not_decodable(path, told.encoding or "UTF-8", start + 1) from None
        if piece.height:
            yield piece
        start += piece.height
        if piece.height < size or start == told.rows:
            break


def _dates(path: Path, options: ImportOptions, told: Described) -> tuple[list[str], list[str]]:
    """The display formats of the file that are dates, as it spells them."""
    if options.format != "sas":
        return [], []
    try:
        _, words = _call(path, options, silent, encoding=told.encoding, metadataonly=True)
    except _BadEncoding:
        raise problems.not_decodable(path, told.encoding or "UTF-8", 1) from None
    spelled = {form for form in words.original_variable_types.values() if form}
    moments = [form for form in spelled if _MOMENTS.fullmatch(form)]
    return [form for form in spelled if _DAYS.fullmatch(form) and form not in moments], moments


class _BadEncoding(Exception):  # noqa: N818 - reads as what happened
    """The text of the file is not in the encoding that was tried."""


def _call(path: Path, options: ImportOptions, progress: Progress, **asked: Any) -> tuple[pl.DataFrame, Any]:
    import pyreadstat

    with _source(path, options.member, progress) as file:
        read = _reader(file, options)
        asked = {name: value for name, value in asked.items() if value not in (None, [])}
        if "row_offset" in asked and not asked["row_offset"]:
            del asked["row_offset"]
        try:
            frame, told = read(file, output_format="polars", **asked)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
            if (file.stopped is None and "encoding" in str(error).lower()) or "convert string" in str(error):
                raise _BadEncoding from None
            frame, told = None, None
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            OverflowError,
            MemoryError,
            pl.exceptions.PolarsError,
        ):
            frame, told = None, None
        if file.stopped is not None:
            raise file.stopped
        if frame is None:
            raise _damaged(path, options)
        return frame, told


@contextmanager
def _source(path: Path, member: str | None, progress: Progress) -> Iterator[_Watched]:
    try:
        with in_memory(path, member, progress) as file:
            yield _Watched(file, progress)
    except OSError as error:
        raise problems.from_os(path, error) from None


def _reader(file: _Watched, options: ImportOptions) -> Callable[..., tuple[Any, Any]]:
    """The reader of this form, keeping the codes that the file declares to be missing values."""
    import pyreadstat

    start = file.read(400)
    file.seek(0)
    if options.format == "sas":
        if start.startswith(b"HEADER RECORD"):
            return pyreadstat.read_xport
        return lambda source, **asked: pyreadstat.read_sas7bdat(source, user_missing=True, **asked)
    if options.format == "stata":
        return lambda source, **asked: pyreadstat.read_dta(source, user_missing=True, **asked)
    if start.startswith((b"$FL2", b"$FL3")):
        return lambda source, **asked: pyreadstat.read_sav(source, user_missing=True, **asked)
    return _portable


def _portable(source: IO[bytes], **asked: Any) -> tuple[Any, Any]:
    import pyreadstat

    read: Callable[..., tuple[Any, Any]] = pyreadstat.read_por
    asked.pop("encoding", None)  # such a file holds ASCII only
    return read(source, **asked)


def _damaged(path: Path, options: ImportOptions) -> AppError:
    return problems.statistical(path, KINDS[options.format])


def _refuse_cut(path: Path, options: ImportOptions) -> None:
    """A SAS transport file does not say how many rows it has, but its records have 80 bytes each."""
    if options.format != "sas":
        return
    with _source(path, options.member, silent) as file:
        start, size = file.read(13), file.seek(0, os.SEEK_END)
        if start == b"HEADER RECORD" and size % 80:
            raise _damaged(path, options)
