"""Backup and restore: the whole workspace as one file under a passphrase, for another disk or computer.

A zip, nothing in it in the clear but sizes and dates:

    navette-backup.json    version, when, the other parts (size, SHA-256), and the keys under the passphrase
    workspace.db           a copy made while others may write, under the key that is in there
    outbox/...             the sealed batches that the registry does not have yet

The keys (that of the database, and those of the site) are sealed with Argon2id and AES-256-GCM, bound to the
list of the other parts: who lacks the passphrase can neither read a backup nor exchange a part of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace import backup_texts as say
from desktop_app.core.workspace import exchange, staging
from desktop_app.core.workspace.database import DATABASE_FILE, Database
from desktop_app.core.workspace.files import private_folder, sync_folder, write_whole
from desktop_app.core.workspace.lock import WriterLock
from desktop_app.core.workspace.migrations import MIGRATIONS
from desktop_app.core.workspace.passphrase_store import Sealed, refuse_short
from desktop_app.core.workspace.recovery import BACKING_UP, GOOD_FILE
from desktop_app.core.workspace.secrets import SECRETS_FILE, SecretStore, open_secrets, read_marker
from desktop_app.core.workspace.standing import advance, new_line
from desktop_app.core.workspace.workspace import KEY_NAME, MADE_FILE, Workspace
from validation_rules.text import Text

MANIFEST = "navette-backup.json"
SUFFIX = ".navette-backup"
OUTBOX_FOLDER = "outbox"
LAST_BACKUP = "last_backup"  # the setting: when, ISO 8601, UTC
BACKED_UP_FILE = "workspace.backed-up"  # the same, of backups made while the workspace was open elsewhere
MAX_MANIFEST = 8 * 1024 * 1024
MAX_PART = 1 << 40
_PIECE = 1 << 20
_PART = re.compile(r"^(workspace\.db|outbox/[A-Za-z0-9][A-Za-z0-9._-]{0,150})$")
# What a restore puts aside, and the end of its name there: all that is needed to take it up again.
_REPLACED = {
    DATABASE_FILE: ".db",
    f"{DATABASE_FILE}-wal": ".db-wal",
    f"{DATABASE_FILE}-shm": ".db-shm",
    GOOD_FILE: ".good.db",
    SECRETS_FILE: ".secrets.json",
}
_LEFT = re.compile(r"(\.[0-9a-f]{8})?\.new$")
_KEYS = TypeAdapter(dict[str, str])


class Part(BaseModel):
    """One member of the zip."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=_PART.pattern)
    size: int = Field(ge=0, le=MAX_PART)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """`navette-backup.json`. `outbox`: the part of each batch that waits."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["navette/backup/1"] = "navette/backup/1"
    made: datetime
    schema_version: int = Field(ge=1, le=10_000)
    parts: list[Part] = Field(max_length=10_000)
    outbox: dict[str, str] = Field(default_factory=dict)
    keys: Sealed

    def bound(self) -> bytes:
        """What the keys are bound to: everything else that is said here."""
        rest = self.model_dump_json(exclude={"keys": {"nonce", "content", "checksum"}})
        return f"navette/backup/1|{hashlib.sha256(rest.encode()).hexdigest()}".encode()


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `made`: when the backup was made; `aside`: names of what was there before.

    `passphrase`: whether the workspace now opens with the passphrase of the backup (no keyring answered).
    """

    made: datetime
    batches: int
    aside: tuple[str, ...]
    passphrase: bool


def suggested_name(day: datetime) -> str:
    """A file name for a backup made on `day`."""
    return f"navette-{day:%Y-%m-%d}{SUFFIX}"


def back_up(workspace: Workspace, target: Path, passphrase: str, progress: Progress = silent) -> Path:
    """Write the whole workspace to `target`, replacing a file of that name only once the new one is whole and
    was read back. Others may back up at the same time.

    Raises AppError: a short passphrase, a place inside the workspace itself, disk full, damaged database.
    """
    refuse_short(passphrase)
    if workspace.folder.resolve() in target.resolve().parents:
        raise say.inside(workspace.folder)
    beside = target.with_name(f"{target.name}.{os.urandom(4).hex()}.new")
    try:
        staging.sweep(_leftovers(target))
        with staging.held_folder(workspace.folder, BACKING_UP) as place:
            copy = place / DATABASE_FILE
            workspace.database.copy_to(copy, progress)
            with os.fdopen(staging.held_file(beside), "w+b") as file:
                _write(file, workspace, copy, passphrase, progress)
                file.flush()
                os.fsync(file.fileno())
                _read_back(file, place, passphrase, progress)
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise say.not_written(error, target) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _record(workspace)
    return target


def _leftovers(target: Path) -> Iterator[Path]:
    """What a backup to this place that was killed may have left beside it."""
    for path in target.parent.iterdir():
        name = _LEFT.sub("", path.name)
        if name != path.name and (name == target.name or name.endswith(SUFFIX)):
            yield path


def _read_back(file: IO[bytes], place: Path, passphrase: str, progress: Progress) -> None:
    """Raises AppError unless what was written opens, is whole, and holds the key that opens the copy."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            key = _opened(manifest, passphrase)[KEY_NAME]
            for part in manifest.parts:
                with archive.open(part.name) as source:
                    if _poured(source, None, part.size, progress, say.READING)[1] != part.sha256:
                        raise say.unusable()
        Database(place, key, readonly=True).close()
    except (AppError, zipfile.BadZipFile, EOFError):
        raise say.not_read_back() from None


def _poured(
    source: IO[bytes], target: IO[bytes] | None, size: int, progress: Progress, what: Text
) -> tuple[int, str]:
    """The bytes of `source`, into `target` if there is one: how many, and their SHA-256."""
    digest, done = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        digest.update(piece)
        if target is not None:
            target.write(piece)
        done += len(piece)
        progress(done, size, what)
    return done, digest.hexdigest()


def last_backup(workspace: Workspace) -> datetime | None:
    """When the last backup was made, as far as this workspace knows."""
    kept = [workspace.settings.get(LAST_BACKUP, "")]
    with suppress(OSError, ValueError, TypeError):
        line, at = json.loads((workspace.folder / BACKED_UP_FILE).read_bytes())
        if line == workspace.database.standing.line:  # else of what was here before a restore
            kept.append(str(at))
    found = []
    for at in kept:
        with suppress(ValueError):
            found.append(datetime.fromisoformat(at))
    return max((at for at in found if at.tzinfo is not None), default=None)


def _record(workspace: Workspace) -> None:
    """Say when: in a file, too, where one who only reads may write while a window holds the database."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if not workspace.readonly:
        workspace.settings.put(LAST_BACKUP, at)
        return
    with suppress(AppError):  # a folder that refuses: the backup is there all the same
        content = json.dumps([workspace.database.standing.line, at]).encode()
        write_whole(workspace.folder / BACKED_UP_FILE, content)


def look_at(backup: Path) -> Manifest:
    """What a backup says of itself, before the passphrase. Raises AppError `backup.unusable`."""
    try:
        with zipfile.ZipFile(backup) as archive:
            return _manifest(archive)
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError):
        raise say.unusable() from None


def restore(
    backup: Path, folder: Path, passphrase: str, progress: Progress = silent, keyring: bool = True
) -> Restored:
    """Make `folder` the workspace that `backup` holds, whole or not at all. What was there is put aside.

    The keys go to the system keyring when one answers, else under `passphrase`: that of the backup.
    Raises AppError: damaged or foreign file, wrong passphrase, a workspace that is open, disk full.
    """
    lock = WriterLock(private_folder(folder))
    store: SecretStore | None = None
    try:
        exchange.finish(folder)
        ready = exchange.make_ready(folder)
        with zipfile.ZipFile(backup) as archive:
            manifest = _manifest(archive)
            keys = _opened(manifest, passphrase)
            _take_out(archive, manifest.parts[0], ready / DATABASE_FILE, progress)
            waiting = _take_outbox(archive, manifest, ready, progress)
        batches = _proved(ready, keys[KEY_NAME], {name: folder / place for name, place in waiting.items()})
        store = open_secrets(ready, lambda: passphrase, keyring)
        for name, secret in keys.items():
            store.put(name, secret)
        write_whole(ready / MADE_FILE, b"")  # its folder is on disk with it
        aside = exchange.decide(folder, _REPLACED)
        store = None  # from now on its keys are those of the folder
        exchange.finish(folder)
        return Restored(manifest.made, batches, aside, _under_passphrase(folder))
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise say.unusable() from None
    except OSError as error:
        raise say.not_restored(error, folder) from None
    finally:
        if store is not None and not exchange.decided(folder):
            _forget(store)
        exchange.discard(folder)
        lock.release()


def _forget(store: SecretStore) -> None:
    """A keyring keeps nothing of a restore that did not come about."""
    with suppress(AppError):
        for name in store.names():
            store.delete(name)


def _write(file: IO[bytes], workspace: Workspace, copy: Path, passphrase: str, progress: Progress) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        parts, outbox = [_put(archive, DATABASE_FILE, copy, progress)], {}
        for batch_id, entry in workspace.outbox.list():
            name = f"{OUTBOX_FOLDER}/{entry.path.name}"
            if entry.state not in ("sent", "refused") and entry.path.is_file() and _PART.match(name):
                parts.append(_put(archive, name, entry.path, progress))
                outbox[batch_id] = name
        manifest = Manifest(
            made=datetime.now(UTC),
            schema_version=len(MIGRATIONS),
            parts=parts,
            outbox=outbox,
            keys=Sealed(salt=os.urandom(16).hex()),
        )
        secrets = {name: workspace.secrets.get(name) or b"" for name in _names(workspace)}
        archive.writestr(MANIFEST, _sealed(manifest, secrets, passphrase).model_dump_json(indent=1))


def _names(workspace: Workspace) -> list[str]:
    return sorted({*workspace.secrets.names(), KEY_NAME})


def _sealed(manifest: Manifest, secrets: dict[str, bytes], passphrase: str) -> Manifest:
    nonce, plain = os.urandom(12), {name: b64encode(secret).decode() for name, secret in secrets.items()}
    key = manifest.keys.derive(passphrase)
    content = AESGCM(key).encrypt(nonce, json.dumps(plain).encode(), manifest.bound())
    fields = {"nonce": nonce.hex(), "content": b64encode(content).decode()}
    return manifest.model_copy(update={"keys": manifest.keys.model_copy(update=fields)})


def _put(archive: zipfile.ZipFile, name: str, path: Path, progress: Progress) -> Part:
    info = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        size, digest = _poured(source, target, path.stat().st_size, progress, say.WRITING)
    return Part(name=name, size=size, sha256=digest)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, once it fits the members: nothing is taken out that it does not list."""
    try:
        if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
            raise say.unusable()
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError, RuntimeError):
        raise say.unusable() from None
    members = {info.filename: info for info in archive.infolist()}
    names = [part.name for part in manifest.parts]
    fits = len(archive.infolist()) == len(members) and {*names, MANIFEST} == {*members}
    stored = all(
        members[part.name].compress_type == zipfile.ZIP_STORED and members[part.name].file_size == part.size
        for part in manifest.parts
        if part.name in members
    )
    if not (fits and stored and names[:1] == [DATABASE_FILE] and set(manifest.outbox.values()) <= set(names)):
        raise say.unusable()
    if manifest.schema_version > len(MIGRATIONS):
        raise say.too_new()
    return manifest


def _opened(manifest: Manifest, passphrase: str) -> dict[str, bytes]:
    seal = manifest.keys
    try:
        key = seal.derive(passphrase)
        content = b64decode(seal.content, validate=True)
        plain = AESGCM(key).decrypt(bytes.fromhex(seal.nonce), content, manifest.bound())
        keys = {name: b64decode(held, validate=True) for name, held in _KEYS.validate_json(plain).items()}
    except InvalidTag:
        raise say.wrong_passphrase() from None
    except ValueError:
        raise say.unusable() from None
    if KEY_NAME not in keys:
        raise say.unusable()
    return keys


def _take_out(archive: zipfile.ZipFile, part: Part, target: Path, progress: Progress) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file, archive.open(part.name) as source:
        found = _poured(source, file, part.size, progress, say.READING)
        file.flush()
        os.fsync(file.fileno())
    if found != (part.size, part.sha256):
        target.unlink()
        raise say.unusable()


def _proved(ready: Path, key: bytes, waiting: dict[str, Path]) -> int:
    """The number of batches of the database taken out, once its key opens it and every page is whole.

    Its outbox names its files by their whole path, that of the folder at hand. It begins a line of its own:
    what was saved here before it is put aside, not lost.
    """
    database = Database(ready, key)
    try:
        database.check()
        with database.write() as run:
            advance(run, line=new_line())
            for batch_id, place in waiting.items():
                run("UPDATE outbox SET path = ? WHERE batch_id = ?", (str(place), batch_id))
        database.fold()
        return int(str(database.read("SELECT count(*) FROM batch")[0][0]))
    finally:
        database.close()


def _take_outbox(
    archive: zipfile.ZipFile, manifest: Manifest, ready: Path, progress: Progress
) -> dict[str, Path]:
    """Batch id -> where its sealed file will be, from the folder of the workspace."""
    places: dict[str, Path] = {}
    parts = {part.name: part for part in manifest.parts}
    for batch_id, name in manifest.outbox.items():
        private_folder(ready / OUTBOX_FOLDER)
        places[batch_id] = place = Path(OUTBOX_FOLDER) / Path(name).name
        _take_out(archive, parts[name], ready / place, progress)
    if places:
        sync_folder(ready / OUTBOX_FOLDER)
    return places


def _under_passphrase(folder: Path) -> bool:
    marker = read_marker(folder)
    return marker is not None and marker.store == "passphrase"
