"""What happens after the first paint: secrets, workspace and contract, off the UI thread."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.place import workspace_folder
from desktop_app.ui import tasks
from desktop_app.ui.handover import Opening

if TYPE_CHECKING:
    from desktop_app.core.workspace import SecretStore, Workspace
    from desktop_app.core.workspace.backup import Restored
    from desktop_app.ui.keep.held import TroublePage
    from desktop_app.ui.keep.keeper import Keeper
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.pages.unlock import UnlockPage
    from desktop_app.ui.work import Site
    from validation_rules.contract import Contract
    from validation_rules.text import Language, Text

_log = logging.getLogger(__name__)
_BETWEEN_MS = 30  # between two parts that are made ahead
Opened = tuple["Workspace", "SecretStore"]
AHEAD = ("load", "map", "fix", "send")
# Looking at it is possible while someone else works in it, or while its disk refuses to be written to.
TO_READ = ("workspace.in_use", "workspace.folder_not_writable", "workspace.disk_full")
RESTORABLE = (
    "workspace.damaged",
    "workspace.wrong_key",
    "workspace.lost",
    "secrets.damaged",
    "secrets.keyring_unavailable",
)
ASKS = ("secrets.passphrase_needed", "secrets.passphrase_short", "secrets.wrong_passphrase")


class Start(QObject):
    """Opens the workspace for a window that is already on the screen; asks for a passphrase in the window."""

    def __init__(
        self,
        window: MainWindow,
        folder: Path | None,
        files: Sequence[Path] = (),
        language: Language | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._folder, self._files = workspace_folder(folder), list(files)
        self._opening = Opening(self)
        self._opening.asked.connect(self._asked)
        self._language = language
        self._unlock: UnlockPage | None = None
        self._opened: Opened | None = None
        self._phrase: str | None = None
        self._why: Text | None = None
        self._trouble: TroublePage | None = None
        self._keeper: Keeper | None = None
        self._restoring = ""
        self._session.reopen.connect(self.reopen)
        self._session.restore.connect(self.restore)

    def begin(self) -> None:
        """Called once the window is on the screen."""
        mark("first paint")
        # Before anything runs beside it: pydantic loads itself in a circle, which two threads break.
        tasks.run(self, load_workspace, self._side_by_side, lane="io")

    def _side_by_side(self, loaded: None) -> None:
        """The passphrase is worked on, without the interpreter, beside the imports."""
        tasks.run(self, load_first, self._have_contract, lane="bench")
        self._try(os.environ.get("NAVETTE_PASSPHRASE"))

    def _try(self, phrase: str | None) -> None:
        self._phrase, self._why = phrase, None
        tasks.run(self, self._to_open(), self._have_workspace, self._failed, lane="io")

    def _to_open(self, readonly: bool = False) -> tasks.Work[Opened]:
        phrase = self._phrase
        return open_workspace(self._folder, (lambda: phrase) if phrase is not None else None, readonly)

    def reopen(self) -> None:
        """Lets go of the workspace and opens it again: for writing, if that can be done now."""
        if self._at_work():
            return
        self._session.new_batch()
        self._session.close()
        self._try(self._phrase)

    def restore(self, backup: Path, passphrase: str) -> None:
        """Makes the workspace of a backup, then opens it."""
        from desktop_app.ui.keep import work

        if self._at_work():
            return
        self._session.new_batch()
        self._session.close()
        job = work.restore(backup, self._folder, passphrase)
        label = self.tr("Restoring the backup")
        self._restoring = passphrase
        tasks.run(self, job, self._restored, self._not_restored, label=label, lane="io")

    def _at_work(self) -> bool:
        """Whether something still uses the workspace, which must not be closed under it; then it is said."""
        at_work = self._session.workspace is not None and tasks.lanes().working
        if at_work:
            self._session.message.emit(self.tr("Something is still under way. Try again when it has ended."))
        return at_work

    def _restored(self, done: Restored) -> None:
        from desktop_app.core.workspace import backup_texts

        self._session.message.emit(self._session.say(backup_texts.put_back(done.made)))
        self._try(self._restoring if done.passphrase else None)

    def _not_restored(self, error: AppError) -> None:
        self._session.fail(error)
        self._try(self._phrase)

    def _have_contract(self, contract: Contract) -> None:
        self._session.contract = contract
        self._go_on()

    def _have_workspace(self, opened: Opened) -> None:
        self._opened = opened
        self._go_on()

    def _go_on(self) -> None:
        """Once both are there: a file can be dropped and is read."""
        if self._opened is None or self._session.contract is None:
            return
        (workspace, secrets), self._opened = self._opened, None
        self._release()
        self._session.reading_why = self._why
        if self._language is None:
            self._session.language = "en" if workspace.settings.get("language", "fr") == "en" else "fr"
        self._session.attach(workspace, secrets)
        self._keep(workspace)
        from desktop_app.ui.session import CONTRACT

        kept = self._session.setting(CONTRACT, self._session.contract.id)
        if kept != self._session.contract.id:
            self._session.choose_contract(kept)
        if self._files:
            self._session.changed.connect(self._looked)
            self._session.open_files(self._files)
        mark("usable")
        tasks.run(self, load_the_rest, self._loaded, lane="io")
        tasks.run(self, known_site(workspace, self._session.today), self._have_site, lane="io")

    def _release(self) -> None:
        for page in (self._unlock, self._trouble):
            if page is not None:
                self._window.release(page)
        self._unlock = self._trouble = None

    def _keep(self, workspace: Workspace) -> None:
        """Whoever was asked nothing is told what happened; and from now on someone looks after the file."""
        from desktop_app.ui.keep.keeper import Keeper

        if self._keeper is None:
            self._keeper = Keeper(self._window)
        if workspace.notices:
            said = " ".join(self._session.say(notice) for notice in workspace.notices)
            self._window.bar.tell(said, "confirm")

    def _asked(self, paths: list[Path]) -> None:
        """The system, or another start of the program, asks for the window and maybe for files in it."""
        if self._session.workspace is None:
            self._files += paths
        else:
            self._window.open_files(paths)
        self._window.come_forward()

    def _have_site(self, site: Site | None) -> None:
        self._session.set_site(site)
        if site is not None and self._session.workspace is not None and not self._session.readonly:
            tasks.run(self, going_on(self._session.workspace), self._gone, self._failed, lane="net")

    def _gone(self, receipts: int) -> None:
        if receipts:
            self._session.changed.emit("outbox")

    def _looked(self, change: str) -> None:
        if change == "extract":
            mark("file shown")
            self._session.changed.disconnect(self._looked)

    def _loaded(self, loaded: None) -> None:
        # The first widget that Qt made by itself, not Python, has the classes of all widgets looked through
        # for its own: some 60 ms, here and not in the midst of a page.
        QScrollArea().viewport()
        QTimer.singleShot(_BETWEEN_MS, self._prepare_next)

    def _prepare_next(self) -> None:
        """A page or a part of one at a time, the event loop in between: no one notices that they are made."""
        key = next((key for key in AHEAD if key not in self._window.pages), None)
        fix = self._window.pages.get("fix")
        if key is not None:
            self._window.prepare(key)
        elif not getattr(fix, "make_ahead", bool)():
            self._prepared()
            return
        QTimer.singleShot(_BETWEEN_MS, self._prepare_next)

    def _prepared(self) -> None:
        # What the imports left lasts as long as the window: no collection need look through it again.
        gc.freeze()
        tasks.soon(self, self._listen)

    def _listen(self) -> None:
        self._opening.listen(self._folder)
        mark("ready")

    def _failed(self, error: AppError) -> None:
        if error.code in TO_READ and self._why is None:
            self._why = error.what
            tasks.run(self, self._to_open(readonly=True), self._have_workspace, self._failed, lane="io")
            return
        if error.code not in ASKS:
            self._show_trouble(error)
            return
        if self._unlock is None:
            self._unlock = self._ask()
            mark("usable")
        if error.code != "secrets.passphrase_needed":
            self._unlock.complain(error.sentence(self._session.language))

    def _show_trouble(self, error: AppError) -> None:
        """A page in the place of all others: why, and what can be done about it."""
        from desktop_app.ui.keep.held import TroublePage

        if self._session.workspace is not None:  # it went on with something else: the message bar is enough
            self._session.fail(error)
            return
        self._release()
        sentence = error.sentence(self._session.language)
        self._trouble = TroublePage(sentence, error.code in RESTORABLE)
        self._trouble.again.connect(self.reopen)
        self._trouble.restore.connect(self._ask_restore)
        self._window.hold(self._trouble)

    def _ask_restore(self) -> None:
        from desktop_app.ui.keep.card import ask_restore

        ask_restore(self._session, self._window)

    def _ask(self) -> UnlockPage:
        from desktop_app.ui.pages.unlock import UnlockPage

        new = not (self._folder / "secrets.json").exists()
        page = UnlockPage(new)
        page.given.connect(self._try)
        self._window.hold(page)
        return page


def open_workspace(
    folder: Path, passphrase: Callable[[], str] | None = None, readonly: bool = False
) -> tasks.Work[Opened]:
    """Secrets, then the workspace."""

    def work(progress: Progress) -> Opened:
        from desktop_app.core.workspace import Workspace, open_secrets

        secrets = open_secrets(folder, passphrase)
        return Workspace.open(folder, secrets, readonly), secrets

    return work


def load_workspace(progress: Progress) -> None:
    """Imports what opening a workspace under a passphrase needs."""
    for name in ("workspace", "workspace.passphrase_store"):
        import_module(f"desktop_app.core.{name}")


def load_first(progress: Progress) -> Contract:
    """What the first file needs: the contract, the readers, the page that shows it."""
    from desktop_app.ui.work import DEFAULT_CONTRACT, contract_named

    contract = contract_named(DEFAULT_CONTRACT)
    for name in ("core.extracts", "ui.pages.load"):
        import_module(f"desktop_app.{name}")
    return contract


def known_site(workspace: Workspace, today: date) -> tasks.Work[Site | None]:
    """Who the registry knows this site as; the libraries of the network are loaded for it."""

    def work(progress: Progress) -> Site | None:
        from desktop_app.ui.work import open_site

        return open_site(workspace, today)

    return work


def going_on(workspace: Workspace) -> tasks.Work[int]:
    """Sends what was on its way when the program last ended; how many receipts came."""

    def work(progress: Progress) -> int:
        from desktop_app.core.dispatch import send_waiting

        return send_waiting(workspace, progress)

    return work


def load_the_rest(progress: Progress) -> None:
    """Imports what the next stations need, so that no page waits for it when it is first shown."""
    for name in (
        "core.extracts.delimited",
        "ui.work",
        "core.mapping",
        "core.bench",
        "ui.pages.map",
        "ui.pages.fix",
        "core.dispatch",
        "core.reports",
        "ui.pages.send",
        "ui.pages.feedback",
        "ui.pages.quality",
    ):
        import_module(f"desktop_app.{name}")
    import_module("PySide6.QtNetwork")  # another start of the program is listened for with it


def mark(what: str) -> None:
    """Logs milliseconds since the process began, when NAVETTE_STARTUP_TIMES asks for it."""
    if os.environ.get("NAVETTE_STARTUP_TIMES"):
        worked = round(time.process_time() * 1000)
        _log.warning("startup: %s after %d ms (%d ms of processor)", what, since_process_start(), worked)


def since_process_start() -> int:
    """Milliseconds since the process was started, from the system's own record where it keeps one."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return round((uptime - ticks / os.sysconf("SC_CLK_TCK")) * 1000)
    except (OSError, ValueError, IndexError):
        return round(time.perf_counter() * 1000)
