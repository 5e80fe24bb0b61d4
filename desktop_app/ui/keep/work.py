"""What worker threads do to the workspace as a whole: plain functions that touch no widget."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work

if TYPE_CHECKING:
    from desktop_app.core.workspace import BatchRow, SecretStore, Workspace
    from desktop_app.core.workspace.backup import Restored
    from desktop_app.core.workspace.retention import Purged


def keep_copy(workspace: Workspace) -> Work[bool]:
    """Makes the last good copy anew, when something was saved since."""

    def work(progress: Progress) -> bool:
        return workspace.keep_copy(progress)

    return work


def back_up(workspace: Workspace, target: Path, passphrase: str) -> Work[Path]:
    """Writes the whole workspace to one file."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.workspace.backup import back_up as write

        return write(workspace, target, passphrase, progress)

    return work


def restore(backup: Path, folder: Path, passphrase: str) -> Work[Restored]:
    """Makes a closed workspace of a backup."""

    def work(progress: Progress) -> Restored:
        from desktop_app.core.workspace.backup import restore as put_back

        return put_back(backup, folder, passphrase, progress)

    return work


def due(workspace: Workspace) -> Work[list[BatchRow]]:
    """The batches whose identities are older than the setting of the site."""

    def work(progress: Progress) -> list[BatchRow]:
        from desktop_app.core.workspace import retention

        return retention.due(workspace, retention.months_kept(workspace))

    return work


def purge(workspace: Workspace, batch_ids: Sequence[str]) -> Work[Purged]:
    """Destroys the identities of these batches."""

    def work(progress: Progress) -> Purged:
        from desktop_app.core.workspace import retention

        return retention.purge(workspace, batch_ids, progress)

    return work


def beat(workspace: Workspace) -> Work[None]:
    """Says to other computers that this one still works in it."""

    def work(progress: Progress) -> None:
        workspace.beat()

    return work


def asks(folder: Path, secrets: SecretStore) -> Work[bool]:
    """Whether a passphrase must be typed to unlock the window; a keyring may take its time to say."""

    def work(progress: Progress) -> bool:
        from desktop_app.core.workspace import unlocking

        return unlocking.asks_passphrase(folder, secrets)

    return work


def unlock(folder: Path, secrets: SecretStore, passphrase: str) -> Work[None]:
    """Returns when the passphrase is right."""

    def work(progress: Progress) -> None:
        from desktop_app.core.workspace import unlocking

        unlocking.unlock(folder, secrets, passphrase)

    return work


def change_passphrase(secrets: SecretStore, old: str, new: str) -> Work[None]:
    """The workspace opens with another passphrase from now on."""

    def work(progress: Progress) -> None:
        from desktop_app.core.workspace import unlocking

        unlocking.change_passphrase(secrets, old, new)

    return work


def set_lock(secrets: SecretStore, passphrase: str) -> Work[None]:
    """From now on the window unlocks with this passphrase; empty: with a click."""

    def work(progress: Progress) -> None:
        from desktop_app.core.workspace import unlocking

        unlocking.set_passphrase(secrets, passphrase)

    return work
