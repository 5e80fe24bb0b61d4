"""The files that the person is looking at: one, or several that make a batch, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks

if TYPE_CHECKING:
    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.survey import Survey
    from desktop_app.core.stages import Extract, Ragged

Choices = dict[str, "str | int | None"]  # what the person said of how a file is read


class FilesAtHand(QObject):
    """The part of the session that the station Load is about, before a file is read as a whole.

    `changed` and `failed` are the session's, which see.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[Path, ...] = ()  # all that make the batch; `path` is the one that is shown
        self.path: Path | None = None
        self.choices: dict[Path, Choices] = {}
        self.previews: dict[Path, Preview] = {}
        self.preview: Preview | None = None
        self.extract: Extract | None = None
        self.survey: Survey | None = None
        self._before: dict[Path, Choices] = {}

    def put_away(self) -> None:
        """A batch at hand gives way to the files that are opened."""
        raise NotImplementedError

    def under_way(self, station: str, job: tasks.Job) -> tasks.Job:
        """The rail says that a station is at work until `job` ends."""
        raise NotImplementedError

    @property
    def options(self) -> Choices:
        """What the person said of how the file shown is read."""
        return self.choices.get(self.path, {}) if self.path is not None else {}

    def open_file(self, path: Path) -> tasks.Job:
        """Looks at the start of a file and shows what was guessed; a batch at hand is put away."""
        return self.open_files([path])

    def open_files(self, paths: Sequence[Path]) -> tasks.Job:
        """The same for several files, which make one batch in the order of their names."""
        from desktop_app.core.extracts.gather import in_order

        self.put_away()
        self.files = tuple(in_order(paths))
        self.path, self.preview, self.previews = self.files[0], None, {}
        self.choices = {path: {} for path in self.files}
        return self._look(self.files)

    def set_option(self, option: str, value: str) -> tasks.Job | None:
        """The person says how the file shown is read; everything not set by hand is guessed again.

        It holds for all files that were read the same way. The option `part` shows another file.
        """
        from desktop_app.core.extracts.several import PART, alike, named

        if option == PART:
            self.path = named(self.previews, value)
            self.show_file()
            self.changed.emit("extract")
            return None
        same = alike(self.previews, self.path, option) if self.path in self.previews else self.files
        self._before = self.choices
        self.choices = {
            path: {**chosen, option: _typed(option, value)} if path in same else chosen
            for path, chosen in self.choices.items()
        }
        return self._look(same)

    def _look(self, paths: Sequence[Path]) -> tasks.Job:
        from desktop_app.ui import work

        if self.path is None:
            raise RuntimeError("no file was opened")
        self.extract = self.survey = None
        job = work.preview({path: dict(self.choices[path]) for path in paths})
        label = self.tr("Looking at the file")
        done = tasks.run(self, job, self._previewed, self._not_previewed, label, "io", loose=True)
        return self.under_way("load", done)

    def show_file(self) -> None:
        """`preview` is that of the file shown, with what is to be said of all."""
        from desktop_app.core.extracts.several import shown_among

        self.preview = None if self.path is None else shown_among(self.previews, self.path)

    def keep_aside(self, ragged: Ragged | None, rows: tuple[int, ...] | None) -> None:
        """From the next reading on, these rows stay aside; None: as before. Rows are numbered through all
        files, as in the extract that was read."""
        from desktop_app.core.extracts.several import rows_of

        if ragged is not None:
            self.choices = {path: {**chosen, "ragged": ragged} for path, chosen in self.choices.items()}
        for path, preview in self.previews.items():
            options = preview.options if ragged is None else replace(preview.options, ragged=ragged)
            if rows is not None:
                options = replace(options, aside_rows=rows_of(self.extract, path, rows))
            self.previews[path] = replace(preview, options=options)
        self.show_file()

    def _previewed(self, found: Mapping[Path, Preview]) -> None:
        self._take_along(found)
        known = {**self.previews, **found}
        if self.path not in known:
            return  # another file was opened meanwhile
        self.previews = {path: known[path] for path in self.files if path in known}
        self.show_file()
        self.changed.emit("extract")

    def _take_along(self, found: Mapping[Path, Preview]) -> None:
        """The PMSI files of a month are one: the others are read along with it."""
        along = {other for path, preview in found.items() for other in _read_along(path, preview)}
        if not along or not set(self.files) - found.keys() <= along:
            return
        self.files, self.previews = tuple(found), {}
        self.path = self.path if self.path in found else self.files[0]
        self.choices = {path: {**self.choices[path], **_stated(preview)} for path, preview in found.items()}

    def together(self) -> tuple[Path, ...]:
        """Every file that makes the batch, those that are read along too."""
        along = [other for path in self.files for other in sorted(_read_along(path, self.previews[path]))]
        return (*self.files, *along)

    def _not_previewed(self, error: AppError) -> None:
        """A choice that cannot be is taken back; a file that cannot be read is not at hand."""
        if self.preview is None:
            self.path, self.files = None, ()
        else:
            self.choices = self._before
        self.changed.emit("extract")
        self.failed.emit(error)


def _read_along(path: Path, preview: Preview) -> set[Path]:
    named = (preview.options.companion, preview.options.identities)
    return {path.parent / name for name in named if name}


def _stated(preview: Preview) -> Choices:
    """The files that are read along, as choices that the next look keeps to."""
    options = {"companion": preview.options.companion, "identities": preview.options.identities}
    return {name: value for name, value in options.items() if value}


def _typed(option: str, value: str) -> str | int | None:
    """The words of a chip as an import option: no value is None, a header row is a number."""
    if option == "header_row":
        return int(value) if value.isdigit() else None
    return value or None
