"""From the user's file to an Extract: delimited text, workbooks, fixed width.

`detect` guesses from the first megabytes and says why; `open_extract` reads the whole file.
"""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.extracts.preview import Preview, detect
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions

__all__ = ["Preview", "detect", "open_extract"]


def open_extract(path: Path, options: ImportOptions | None = None, progress: Progress = silent) -> Extract:
    """Reads the whole of `path` as `options` say, or as `detect` guesses.

    Raises AppError, with what to do, for a file that cannot be read so; Cancelled through `progress`.
    """
    path = Path(path)
    guesses: tuple[Guess, ...] = ()
    if options is None:
        preview = detect(path)
        options, guesses = preview.options, preview.guesses
    else:
        _check(path, options)
    if options.format == "delimited":
        from desktop_app.core.extracts.delimited import read_delimited

        return read_delimited(path, options, guesses, progress)
    if options.format == "fixed_width":
        from desktop_app.core.extracts.fixed_width import read_fixed_width

        return read_fixed_width(path, options, guesses, progress)
    from desktop_app.core.extracts.workbook import read_workbook

    return read_workbook(path, options, guesses, progress)


def _check(path: Path, options: ImportOptions) -> None:
    """Stated options do not excuse a look at what the file really is."""
    from desktop_app.core.extracts import problems
    from desktop_app.core.extracts.kind import real_format
    from desktop_app.core.extracts.source import examine, read_head
    from validation_rules.text import Text

    examine(path)
    found = real_format(path, read_head(path, 262144), options.encoding)
    text = ("delimited", "fixed_width")
    if found != options.format and not (found in text and options.format in text):
        content = Text("un autre format que celui de la recette", "another format than the recipe says")
        todo = Text(
            "Chargez-le sans recette, puis vérifiez les colonnes.",
            "Load it without a recipe, check the columns.",
        )
        raise problems.wrong_extension(path, path.suffix or "?", content, todo)
