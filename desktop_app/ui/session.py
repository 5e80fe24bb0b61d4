"""The batch at hand, as one object that pages share; whole user actions, each a short function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, QTime, Signal

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks
from desktop_app.ui.files_at_hand import FilesAtHand
from desktop_app.ui.recent import Recent
from desktop_app.ui.reopening import Reopening
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.extracts import Preview
    from desktop_app.core.mapping import Draft, Recipe
    from desktop_app.core.stages import DateOrder, Mapped, Ragged, Sealed
    from desktop_app.core.transport import Enrolment
    from desktop_app.core.workspace import BatchRow, SecretStore, Workspace
    from desktop_app.ui.work import ReadFile, Resumed, Site
    from validation_rules.contract import Contract

StationState = Literal["closed", "ready", "busy", "done", "attention"]
Change = Literal["batch", "extract", "mapping", "findings", "outbox", "feedback", "settings", "work"]

T = TypeVar("T")
_ON_OPENING = {"preparing": "fix", "refused": "fix", "answered": "feedback"}  # else the page Send
_LARGE = 200_000  # records of a batch that is put away before another is opened: there is not room for both
CONTRACT = "contract"  # what the files of this site hold
SITE_RULES = "site_rules"  # the setting that `core.flow` reads
CONTACT, SEEN = "registry_contact", "feedback_seen"


@dataclass(frozen=True, slots=True)
class Station:
    """One line of the rail. `why` tells why a closed station is closed."""

    key: str
    title: str
    state: StationState
    count: int | None = None
    why: str = ""


class Session(FilesAtHand):
    """What the pages know. They get the session and nothing else.

    `changed` carries one of `Change`. `message` is a sentence for the message bar, `news` one that goes away
    by itself; `failed` an AppError.
    `go` asks the window to show a page by its key; `rows_wanted` the page Fix to take `rows_to_show`.
    `reopen` asks for the workspace to be opened again, `restore` to be made of a backup (path, passphrase).
    """

    message = Signal(str)
    news = Signal(str)
    advice = Signal(str)  # why an action could not be done; "" once one could
    go = Signal(str)
    rows_wanted = Signal()
    reopen = Signal()
    restore = Signal(object, str)

    def __init__(self, language: Language = "fr", today: date | None = None, parent: QObject | None = None):
        super().__init__(parent)
        self.language: Language = language
        self.today = today or date.today()
        self.workspace: Workspace | None = None
        self.secrets: SecretStore | None = None
        self.contract: Contract | None = None
        self.batch: BatchRow | None = None
        self.undecided: tuple[str, ...] = ()  # columns of which someone must say whether the day comes first
        self.draft: Draft | None = None
        self.recipe: Recipe | None = None
        self.mapped: Mapped | None = None
        self.bench: Bench | None = None
        self.sealed: Sealed | None = None
        self.site: Enrolment | None = None
        self.key_in_use = ""
        self.reached: bool | None = None  # whether the registry answered when last asked; None: not asked
        self.contact_at: datetime | None = None
        self.rows_to_show: tuple[int, ...] = ()
        self.fresh_check = False  # whether nobody was told yet what earlier batches left to this one
        self.recent = Recent(self)
        self.reopening = Reopening(self)
        self._usual_content = ""  # the contract of other files, while stays of the PMSI are at hand
        self._under_way: dict[tasks.Job, str] = {}
        self.saved_at: datetime | None = None
        self.reading_why: Text | None = None  # why the workspace is open for reading only

    # What the window shows of it.

    @property
    def locale(self) -> QLocale:
        """Numbers and dates as the language writes them."""
        if self.language == "fr":
            return QLocale(QLocale.Language.French, QLocale.Country.France)
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

    def number(self, value: int) -> str:
        """`48210` as « 48 210 » or "48,210"."""
        return self.locale.toString(value)

    def moment(self, when: datetime, form: str = "d MMM yyyy, HH:mm") -> str:
        """An instant in local time, in the words of the language."""
        local = when.astimezone()
        day, hour = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute, local.second)
        return self.locale.toString(QDateTime(day, hour), form)

    def size(self, count: int) -> str:
        """Bytes as people count them: `1_520_000` as « 1,5 Mo »."""
        return self.locale.formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def say(self, text: Text) -> str:
        """A sentence of the core in the person's language."""
        return text.in_(self.language)

    def stations(self) -> list[Station]:
        """The six stations in order, with their state."""
        from desktop_app.ui.stations import stations

        return stations(self)

    @property
    def title(self) -> str:
        """The name of the batch; never a file name, which may hold a person's name."""
        return self.batch.name if self.batch is not None else ""

    @property
    def readonly(self) -> bool:
        """Whether the workspace can be looked at only: someone else works in it, or its disk refuses."""
        return self.workspace is not None and self.workspace.readonly

    def keep(self, key: str, value: object) -> None:
        """Keeps a preference where that can be done; what is only looked at keeps none."""
        if self.workspace is not None and not self.workspace.readonly:
            self.workspace.settings.put(key, value)

    def close(self) -> None:
        """Lets go of the workspace; called once every job has ended."""
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    def left(self) -> int:
        """How many findings still stop the sealing."""
        counts = None if self.bench is None else self.bench.counts()
        return 0 if counts is None else counts.errors + counts.to_confirm

    def left_in_words(self) -> str:
        """Why a batch cannot leave yet."""
        left = self.left()
        return self.tr("Still to be corrected or confirmed: %Ln finding(s).", "", left)

    @property
    def busy(self) -> frozenset[str]:
        """The stations that work on something now."""
        return frozenset(self._under_way.values())

    def under_way(self, station: str, job: tasks.Job) -> tasks.Job:
        """The rail says that a station is at work until `job` ends."""
        self._under_way[job] = station
        job.finished.connect(self._ended)
        self.changed.emit("work")
        return job

    def _ended(self) -> None:
        self._under_way = {job: name for job, name in self._under_way.items() if job is not self.sender()}
        self.changed.emit("work")

    def note_contact(self, reached: bool) -> None:
        """The registry was asked, and answered or not; kept, so that tomorrow's window can say since when."""
        self.reached = reached
        if reached:
            self.contact_at = datetime.now(UTC)
            self.keep(CONTACT, self.contact_at.isoformat())
        self.changed.emit("settings")

    def unread(self) -> int:
        """How many answers of the registry nobody has looked at."""
        if self.workspace is None:
            return 0
        seen: list[str] = self.setting(SEEN, [])
        return len({f"{batch}/{number}" for batch, number in self.workspace.feedback.known()} - set(seen))

    def note_seen(self, batch_id: str) -> None:
        """The answers to a batch were looked at."""
        if self.workspace is None:
            return
        seen: list[str] = self.setting(SEEN, [])
        known = self.workspace.feedback.known()
        fresh = [f"{batch}/{number}" for batch, number in known if batch == batch_id]
        if not set(fresh) <= set(seen):
            self.keep(SEEN, sorted({*seen, *fresh}))
            self.changed.emit("work")

    def show_rows(self, rows: Sequence[int], batch_id: str) -> None:
        """Brings rows of a batch to the grid, and takes the batch up first if it is not the one at hand."""
        self.rows_to_show = tuple(rows)
        if self.batch is None or self.batch.id != batch_id:
            self.open_batch(batch_id)
            return
        self.go.emit("fix")
        self.rows_wanted.emit()

    def note_saved(self) -> None:
        """Everything up to now is on disk."""
        self.saved_at = datetime.now()

    def fail(self, error: AppError) -> None:
        """Shows an error in the message bar."""
        self.failed.emit(error)

    # Whole actions of the person.

    def attach(self, workspace: Workspace, secrets: SecretStore | None = None) -> None:
        """The workspace is open: from now on everything is kept."""
        self.workspace, self.secrets = workspace, secrets
        self.contact_at = last_contact(workspace)
        self.note_saved()
        self.changed.emit("settings")
        self.changed.emit("batch")
        self.recent.look()

    def set_site(self, site: Site | None) -> None:
        """Who the registry knows this site as; `key_in_use` is the linkage key found right."""
        self.site, self.key_in_use = site if site is not None else (None, "")
        if self.site is not None and self.contact_at is None:
            self.contact_at = self.site.enrolled
        self.changed.emit("settings")

    def enrol(self, enrolment_file: Path) -> tasks.Job:
        """Makes this site known to its registry with the file and one-time code it was given."""
        from desktop_app.ui import work

        if self.workspace is None:
            raise RuntimeError("no workspace is open")
        job = work.enrol(self.workspace, enrolment_file, self.today)
        return tasks.run(self, job, self._enrolled, label=self.tr("Enrolling with the registry"), lane="net")

    def new_batch(self) -> None:
        """Puts the batch at hand away; it stays in the list."""
        self.batch = self.path = self.preview = self.extract = self.draft = None
        self.files, self.previews, self.choices = (), {}, {}
        self.recipe = self.mapped = self.bench = self.survey = None
        self.undecided = ()
        for change in ("batch", "extract", "mapping", "findings"):
            self.changed.emit(change)

    @property
    def own_files(self) -> tuple[Path, ...]:
        """Every file that what is at hand was read from: nothing is ever written over them."""
        from desktop_app.core.saving import own_files

        return (*self.files, *own_files(self.extract, self.batch))

    def setting(self, key: str, default: T) -> T:
        """A kept preference; the default while no workspace is open."""
        return self.workspace.settings.get(key, default) if self.workspace is not None else default

    def keep_setting(self, key: str, value: str | int) -> None:
        """Keeps a preference at once."""
        self.keep(key, value)
        if not self.readonly:
            self.note_saved()
        self.changed.emit("settings")

    def set_person(self, name: str) -> None:
        """The name beside what is corrected from now on; each login name of the computer has its own."""
        if self.workspace is not None and not self.readonly:
            self.workspace.set_person(name)
            self.note_saved()
        self.changed.emit("settings")

    def set_language(self, language: Language) -> None:
        """Every page speaks it from now on."""
        self.language = language
        self.keep_setting("language", language)

    def choose_contract(self, name: str) -> tasks.Job:
        """What files hold from now on: the newest contract of that id. The file at hand is mapped anew."""
        from desktop_app.ui import work

        label = self.tr("Reading the contract")
        return tasks.run(self, lambda progress: work.contract_named(name), self._have_contract, label=label)

    def _have_contract(self, contract: Contract) -> None:
        self.contract, self._usual_content = contract, ""
        self.extract = self.draft = self.survey = None
        self.keep_setting(CONTRACT, contract.id)
        self.changed.emit("extract")

    def _previewed(self, found: Mapping[Path, Preview]) -> None:
        super()._previewed(found)
        self._content_that_fits()

    def _content_that_fits(self) -> None:
        """Stays of the PMSI are notifications, whatever the other files of this site hold."""
        from desktop_app.ui import work

        if self.contract is None or self.preview is None:
            return
        stays = self.preview.options.format == "pmsi-mco"
        wanted = work.STAYS_CONTRACT if stays else self._usual_content
        if not wanted or (stays and "type_source" in self.contract.field_names):
            return
        self._usual_content = self.contract.id if stays else ""
        label = self.tr("Reading the contract")
        tasks.run(self, lambda progress: work.contract_named(wanted), self._content_changed, label=label)

    def _content_changed(self, contract: Contract) -> None:
        self.contract = contract
        self.extract = self.draft = self.survey = None
        self.changed.emit("extract")
        if self._usual_content:
            self.message.emit(self.tr("Stays of the PMSI: they are read as notifications of a hospital."))

    def set_site_rules(self, path: Path | None) -> tasks.Job:
        """From the next check on, the rules of this file too; None: those of the contract alone."""
        from desktop_app.ui import work

        if self.workspace is None:
            raise RuntimeError("no workspace is open")
        job = work.keep_site_rules(self.workspace, path)
        label = self.tr("Reading the rules of the site")
        return tasks.run(self, job, self._have_site_rules, self.fail, label=label)

    def _have_site_rules(self, count: int) -> None:
        self.note_saved()
        self.changed.emit("settings")
        self.message.emit(
            self.tr("%Ln rule(s) of the site: checked from the next check on.", "", count)
            if count
            else self.tr("From the next check on, only the rules of the contract are checked.")
        )

    def watch_folder(self, folder: Path | None) -> tasks.Job:
        """From now on new files of that folder are proposed; None: of none."""
        from desktop_app.ui import work

        if self.workspace is None:
            raise RuntimeError("no workspace is open")
        label = self.tr("Looking at the folder")
        job = work.watch_folder(self.workspace, folder)
        return tasks.run(self, job, self._watching, label=label, lane="watch", loose=True)

    def _watching(self, folder: Path | None) -> None:
        self.note_saved()
        self.changed.emit("settings")
        self.message.emit(
            self.tr("No folder is watched any more.")
            if folder is None
            else self.tr("New files in “{folder}” will be proposed here.").format(folder=folder.name)
        )

    def recent_files(self) -> list[Path]:
        """The last files that were read, newest first: the first of each group of `recent`."""
        return [paths[0] for paths in self.recent.groups()]

    def read(self) -> tasks.Job:
        """Reads the whole file with the options shown, finds last month's recipe or drafts one."""
        from desktop_app.ui import work

        if self.path is None or self.preview is None:
            raise RuntimeError("no file was opened")
        ways = [(path, self.previews[path].options) for path in self.files]
        job = work.read(ways, self.contract, self.workspace)
        label = self.tr("Reading the file")
        return self.under_way("load", tasks.run(self, job, self._read, label=label, loose=True))

    def read_again(
        self, ragged: Ragged | None = None, aside_rows: tuple[int, ...] | None = None
    ) -> tasks.Job:
        """Reads the file at hand again at once, with other rows kept aside."""
        if self.preview is None:
            raise RuntimeError("no file was opened")
        self.keep_aside(ragged, aside_rows)
        return self.read()

    def answer_dates(self, order: DateOrder) -> None:
        """The person says whether the day or the month comes first, where nothing in the file does."""
        from desktop_app.core.mapping.conventions import with_conventions
        from desktop_app.ui import work

        if self.extract is None or self.draft is None or self.survey is None or self.preview is None:
            raise RuntimeError("nothing was read")
        self.choices = {path: {**chosen, "date_order": order} for path, chosen in self.choices.items()}
        self.previews = {
            path: work.with_dates_answered(preview, order) for path, preview in self.previews.items()
        }
        self.show_file()
        self.extract = replace(self.extract, options=replace(self.extract.options, date_order=order))
        recipe = with_conventions(self.draft.recipe, self.extract, self.survey.orders)
        self.draft, self.recipe, self.undecided = replace(self.draft, recipe=recipe), recipe, ()
        self.changed.emit("extract")
        self.changed.emit("mapping")

    def check(self, recipe: Recipe, followed: str | None = None) -> tasks.Job | None:
        """Keeps the recipe, makes contract rows of the extract and checks them; None while a question that
        only a person can answer is open.

        `followed` is the shape of file whose recipe it was made from, when the file had drifted.
        """
        from desktop_app.ui import work

        if self.extract is None or self.contract is None or self.workspace is None:
            raise RuntimeError("nothing was read")
        if work.still_undecided(self.undecided, recipe, self.draft):
            self.fail(work.dates_unanswered(self.undecided))
            return None
        self.recipe = recipe
        name = self.tr("Batch of {month}").format(
            month=self.moment(datetime(self.today.year, self.today.month, 1), "MMMM yyyy")
        )
        job = work.check(
            self.extract, recipe, self.contract, self.workspace, self.batch, name, self.today, followed
        )
        return self.under_way("map", tasks.run(self, job, self._checked, label=self.tr("Checking")))

    def put_away(self) -> None:
        """A batch at hand gives way to the files that are opened; it stays in the list."""
        if self.batch is not None:
            self.new_batch()

    def open_batch(self, batch_id: str) -> tasks.Job:
        """Takes up a batch where it was left, also after a crash: same file, same recipe, the kept log."""
        from desktop_app.ui import work

        if self.workspace is None:
            raise RuntimeError("no workspace is open")
        if self.bench is not None and self.bench.records >= _LARGE:
            self.new_batch()
        job = work.resume(self.workspace, batch_id, self.today)
        return self.under_way("load", tasks.run(self, job, self._resumed, label=self.tr("Opening the batch")))

    def _enrolled(self, site: Site | None) -> None:
        self.note_contact(True)
        self.note_saved()
        self.set_site(site)

    def _read(self, outcome: ReadFile) -> None:
        self.extract, self.draft, self.recipe, self.survey, self.undecided = outcome
        self.mapped = self.bench = None
        self.recent.remember(self.together())
        # A file like last month's goes straight on; whatever asks for a look is looked at first.
        plain = self.survey.clean and not self.undecided and not self.extract.remarks
        self._tell_in_turn("extract", "mapping", page="map" if plain else "")
        if plain:
            from desktop_app.ui.loading.figures import Figures

            tasks.soon(self, partial(self.message.emit, Figures().line(self.survey)))

    def _checked(self, outcome: tuple[BatchRow, Mapped, Bench]) -> None:
        self.batch, self.mapped, self.bench = outcome
        self.reopening.keep()
        self.fresh_check = True
        self.note_saved()
        self._tell_in_turn("batch", "mapping", "findings", page="fix")

    def _resumed(self, left: Resumed) -> None:
        self.fresh_check = False
        from desktop_app.core.extracts.several import shown_among

        self.batch, self.choices, self.previews = left.batch, left.choices, left.previews
        self.extract, self.recipe, self.mapped, self.bench = left[3:]
        self.files = tuple(self.previews)
        self.path, self.contract, self.draft = self.files[0], self.mapped.contract, None
        self.preview = shown_among(self.previews, self.path)
        self.survey, self.undecided = None, ()
        if self.extract is not None:
            self.reopening.keep()
        self.note_saved()
        page = "fix" if self.rows_to_show else _ON_OPENING.get(self.batch.state, "send")
        self._tell_in_turn("batch", "extract", "mapping", "findings", page=page)

    def _tell_in_turn(self, *changes: Change, page: str = "") -> None:
        """What has changed, one thing after the other: all pages at once would hold the window."""
        tasks.soon(self, *(partial(self.changed.emit, change) for change in changes))
        if page:
            tasks.soon(self, partial(self.go.emit, page))


def last_contact(workspace: Workspace) -> datetime | None:
    """When the registry last answered, as far as this workspace knows."""
    kept: str = workspace.settings.get(CONTACT, "")
    answered = [row.changed for row in workspace.batches.list() if row.state in ("sent", "answered")]
    if kept:
        answered.append(datetime.fromisoformat(kept))
    return max(answered, default=None)
