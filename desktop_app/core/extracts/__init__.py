"""From the user's file to an Extract: text, workbooks, Web pages, Parquet, SAS, SPSS, Stata; archives too.

`detect` guesses from the first megabytes and says why; `open_extract` reads the whole file; `open_stream`
reads a text file of any size in batches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.capacity import memory_free, memory_needed, refuse_what_does_not_fit
from desktop_app.core.errors import AppError
from desktop_app.core.extracts.kind import TYPED, real_format
from desktop_app.core.extracts.packed import unpacked_size
from desktop_app.core.extracts.preview import Preview, detect, member_guess
from desktop_app.core.extracts.source import MAX_BYTES, examine, read_head
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, FileFormat, Guess, ImportOptions
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.extracts.stream import RecordStream

    Reader = Callable[[Path, ImportOptions, tuple[Guess, ...], Progress], Extract]

__all__ = [
    "BATCHES_FROM",
    "TEXT_FORMATS",
    "Preview",
    "detect",
    "open_extract",
    "open_stream",
    "wants_batches",
]

_SURE_ENOUGH = 0.5
TEXT_FORMATS = ("delimited", "fixed_width")
BATCHES_FROM = 512 * 1024**2
"""`navette check` reads a larger text file in batches, and a smaller one as a whole."""


def open_extract(path: Path, options: ImportOptions | None = None, progress: Progress = silent) -> Extract:
    """Reads the whole of `path` as `options` say, or as `detect` guesses.

    Raises AppError, with what to do, for a file that cannot be read so; Cancelled through `progress`.
    """
    from desktop_app.core.alike_columns import alike_shared
    from desktop_app.core.extracts.aside import set_aside
    from desktop_app.core.extracts.grouped import without_thousands

    if options is not None and options.parts:
        from desktop_app.core.extracts.gather import gather_again

        return gather_again(options.parts, progress)
    whole = _read_whole(Path(path), options, progress)
    return set_aside(without_thousands(replace(whole, frame=alike_shared(whole.frame))))


def _read_whole(path: Path, options: ImportOptions | None, progress: Progress) -> Extract:
    options, guesses = _way_to_read(path, options, MAX_BYTES, progress)
    if options.format in TEXT_FORMATS:
        refuse_what_does_not_fit(path, unpacked_size(path, options.member), memory_free())
    return _reader(options.format)(path, options, guesses, progress)


def _reader(form: FileFormat) -> Reader:
    """What reads files of that form; its module is loaded only when it is needed."""
    if form == "delimited":
        from desktop_app.core.extracts.delimited import read_delimited as read
    elif form == "fixed_width":
        from desktop_app.core.extracts.fixed_width import read_fixed_width as read
    elif form == "html":
        from desktop_app.core.extracts.page import read_page as read
    elif form == "pmsi-mco":
        from desktop_app.core.extracts.pmsi.read import read_pmsi as read
    elif form in TYPED:
        from desktop_app.core.extracts.columnar import read_columnar as read
    else:
        from desktop_app.core.extracts.workbook import read_workbook as read
    return read


def wants_batches(path: Path) -> bool:
    """Whether `navette check` reads a file in batches: a large text, or one that memory may not hold."""
    try:
        member = member_guess(path, {})
        size = unpacked_size(path, member.value if member is not None else None)
        free = memory_free()
        if size <= BATCHES_FROM and (free is None or memory_needed(size) <= free):
            return False
        inside = member.value if member is not None else None
        head = read_head(path, 262144, inside)
        return real_format(path, head, None, inside) in TEXT_FORMATS and not _of_the_pmsi(head)
    except AppError:
        return False


def _of_the_pmsi(head: bytes) -> bool:
    from desktop_app.core.extracts.pmsi.kind import recognise

    return recognise(head.decode("latin-1").split("\n")) is not None


def open_stream(
    path: Path, options: ImportOptions | None = None, batch_rows: int | None = None
) -> RecordStream:
    """A text file of any size, to be read in batches as `options` say, or as `detect` guesses.

    Raises AppError, with what to do, for a file that is not text or cannot be read so.
    """
    from desktop_app.core.extracts import problems
    from desktop_app.core.extracts.stream import BATCH_ROWS, RecordStream

    path = Path(path)
    options, guesses = _way_to_read(path, options, None)
    if options.format == "pmsi-mco":
        from desktop_app.core.extracts.pmsi.sentences import not_in_batches

        raise not_in_batches(path)
    if options.format not in TEXT_FORMATS:
        raise problems.not_in_batches(path)
    return RecordStream(path, options, guesses, batch_rows or BATCH_ROWS)


def _way_to_read(
    path: Path, options: ImportOptions | None, limit: int | None, progress: Progress = silent
) -> tuple[ImportOptions, tuple[Guess, ...]]:
    if options is None:
        preview = detect(path, limit=limit, progress=progress)
        _refuse_several(path, preview.guesses)
        return preview.options, preview.guesses
    examine(path, limit)
    return _check(path, _inside(path, options)), ()


def _inside(path: Path, options: ImportOptions) -> ImportOptions:
    """Options that a recipe states name no file of an archive: next month's has another name."""
    member = member_guess(path, {"member": options.member} if options.member else {})
    if member is None:
        return replace(options, member=None)
    _refuse_several(path, (member,))
    return replace(options, member=member.value)


def _refuse_several(path: Path, guesses: tuple[Guess, ...]) -> None:
    from desktop_app.core.extracts import problems

    for guess in guesses:
        if guess.option == "member" and guess.confidence < _SURE_ENOUGH:
            raise problems.several_tables(path, [guess.value, *guess.choices])


def _check(path: Path, options: ImportOptions) -> ImportOptions:
    """Stated options do not excuse a look at what the content really is."""
    from desktop_app.core.extracts import problems

    head = read_head(path, 262144, options.member)
    if not head:
        raise problems.empty(path)
    found = real_format(path, head, options.encoding, options.member)
    text = (*TEXT_FORMATS, "pmsi-mco")
    if found != options.format and not (found in text and options.format in text):
        content = Text("un autre format que celui de la recette", "another format than the recipe says")
        todo = Text(
            "Chargez-le sans recette, puis vérifiez les colonnes.",
            "Load it without a recipe, check the columns.",
        )
        raise problems.wrong_extension(path, path.suffix or "?", content, todo)
    return options
