"""From the user's file to an Extract: delimited text, workbooks, fixed width.

`detect` guesses from the first megabytes and says why; `open_extract` reads the whole file; `open_stream`
reads a text file of any size in batches.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.capacity import memory_free, memory_needed, refuse_what_does_not_fit
from desktop_app.core.extracts.kind import WORKBOOKS
from desktop_app.core.extracts.preview import Preview, detect
from desktop_app.core.extracts.source import MAX_BYTES
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions

if TYPE_CHECKING:
    from desktop_app.core.extracts.stream import RecordStream

__all__ = [
    "BATCHES_FROM",
    "TEXT_FORMATS",
    "Preview",
    "detect",
    "open_extract",
    "open_stream",
    "wants_batches",
]

TEXT_FORMATS = ("delimited", "fixed_width")
BATCHES_FROM = 512 * 1024**2
"""`navette check` reads a larger text file in batches, and a smaller one as a whole."""


def open_extract(path: Path, options: ImportOptions | None = None, progress: Progress = silent) -> Extract:
    """Reads the whole of `path` as `options` say, or as `detect` guesses.

    Raises AppError, with what to do, for a file that cannot be read so; Cancelled through `progress`.
    """
    from desktop_app.core.extracts.aside import set_aside
    from desktop_app.core.extracts.grouped import without_thousands

    if options is not None and options.parts:
        from desktop_app.core.extracts.gather import gather_again

        return gather_again(options.parts, progress)
    return set_aside(without_thousands(_read_whole(Path(path), options, progress)))


def _read_whole(path: Path, options: ImportOptions | None, progress: Progress) -> Extract:
    options, guesses = _way_to_read(path, options, MAX_BYTES)
    if options.format in TEXT_FORMATS:
        refuse_what_does_not_fit(path, path.stat().st_size, memory_free())
    if options.format == "delimited":
        from desktop_app.core.extracts.delimited import read_delimited

        return read_delimited(path, options, guesses, progress)
    if options.format == "fixed_width":
        from desktop_app.core.extracts.fixed_width import read_fixed_width

        return read_fixed_width(path, options, guesses, progress)
    if options.format == "pmsi-mco":
        from desktop_app.core.extracts.pmsi.read import read_pmsi

        return read_pmsi(path, options, guesses, progress)
    from desktop_app.core.extracts.workbook import read_workbook

    return read_workbook(path, options, guesses, progress)


def wants_batches(path: Path) -> bool:
    """Whether `navette check` reads a file in batches: a large text, or one that memory may not hold."""
    try:
        size = path.stat().st_size
    except OSError:
        return False
    if path.suffix.lower() in WORKBOOKS:
        return False
    free = memory_free()
    large = size > BATCHES_FROM or (free is not None and memory_needed(size) > free)
    return large and not _of_the_pmsi(path)


def _of_the_pmsi(path: Path) -> bool:
    from desktop_app.core.extracts.pmsi.pair import look

    return look(path) is not None


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
    path: Path, options: ImportOptions | None, limit: int | None
) -> tuple[ImportOptions, tuple[Guess, ...]]:
    if options is None:
        preview = detect(path, limit=limit)
        return preview.options, preview.guesses
    _check(path, options, limit)
    return options, ()


def _check(path: Path, options: ImportOptions, limit: int | None) -> None:
    """Stated options do not excuse a look at what the file really is."""
    from desktop_app.core.extracts import problems
    from desktop_app.core.extracts.kind import real_format
    from desktop_app.core.extracts.source import examine, read_head
    from validation_rules.text import Text

    examine(path, limit)
    found = real_format(path, read_head(path, 262144), options.encoding)
    text = (*TEXT_FORMATS, "pmsi-mco")
    if found != options.format and not (found in text and options.format in text):
        content = Text("un autre format que celui de la recette", "another format than the recipe says")
        todo = Text(
            "Chargez-le sans recette, puis vérifiez les colonnes.",
            "Load it without a recipe, check the columns.",
        )
        raise problems.wrong_extension(path, path.suffix or "?", content, todo)
