"""Batch files as they arrive, in pieces (tus 1.0). An offset is told only once it is on disk for certain."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from desktop_app.core.batches.container import MAX_SIZE
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.sealing import fsync_folder
from registry_endpoint.office import Office, Upload

FLUSH = 4 << 20
STALL_SECONDS = 60.0
RESERVE = 1 << 30  # bytes left free for databases and for the work on what has arrived
UNFINISHED = 8  # uploads that a site may have under way


class Busy(Exception):  # noqa: N818 - reads as what happened
    """Another connection still writes to this upload."""


class Uploads:
    """Takes batch files in. One writer per upload at a time."""

    def __init__(self, folder: Path, office: Office) -> None:
        self._folder = folder
        self._office = office
        self._writing: set[str] = set()

    def path(self, batch_id: str) -> Path:
        """Where the bytes of a batch are."""
        return self._folder / f"{batch_id}.part"

    def announce(self, finess: str, batch_id: str, manifest_sha256: str, length: int) -> Upload:
        """Enter a batch that is to come; the same one again is not an error.

        A site that leaves uploads unfinished loses the oldest of them. Refusals: `too-large`,
        `registry-full`, `repeated-batch` (the id is taken, by other content or another site).
        """
        if not 0 < length <= MAX_SIZE:
            raise Refusal("too-large")
        self._require_room(length)
        self._office.announce(batch_id, finess, manifest_sha256, length)
        for forgotten in self._office.drop_oldest(finess, UNFINISHED):
            self.remove(forgotten)
        upload = self.of(finess, batch_id, "repeated-batch")
        if (upload.manifest_sha256, upload.length) != (manifest_sha256, length):
            raise Refusal("repeated-batch")
        return upload

    def remove(self, batch_id: str) -> None:
        """Delete the bytes of a batch that is not wanted any more."""
        self.path(batch_id).unlink(missing_ok=True)

    def _require_room(self, length: int) -> None:
        if shutil.disk_usage(self._folder).free < length + RESERVE:
            raise Refusal("registry-full")

    def of(self, finess: str, batch_id: str, otherwise: str = "unknown-batch") -> Upload:
        """The upload, for its own site only."""
        upload = self._office.upload(batch_id)
        if upload is None or upload.finess != finess:
            raise Refusal(otherwise)
        return upload

    async def write(self, upload: Upload, offset: int, body: AsyncIterator[bytes]) -> int:
        """Append `body` from `offset`; the new offset, durable. What came before a break is kept.

        Refusals: `wrong-offset`, `too-large`. Busy while another connection writes.
        """
        if upload.batch_id in self._writing:
            raise Busy
        self._writing.add(upload.batch_id)
        try:
            current = await run_in_threadpool(self._office.upload, upload.batch_id)
            if current is None or current.state != "receiving" or current.durable != offset:
                raise Refusal("wrong-offset")
            return await self._append(current, body)
        finally:
            self._writing.discard(upload.batch_id)

    async def _append(self, upload: Upload, body: AsyncIterator[bytes]) -> int:
        file = await run_in_threadpool(_open_at, self.path(upload.batch_id), upload.durable)
        if file is None:
            # Lost with a disk, or restored from an older copy: the sender asks for the offset and goes on.
            await run_in_threadpool(self._office.advance, upload.batch_id, 0)
            raise Refusal("wrong-offset")
        written = told = upload.durable
        try:
            async for chunk in _lively(body):
                if written + len(chunk) > upload.length:
                    raise Refusal("too-large")
                await run_in_threadpool(_write, file, chunk)
                written += len(chunk)
                if written - told >= FLUSH:
                    await run_in_threadpool(self._settle, upload, file, written)
                    told = written
        except (ClientDisconnect, TimeoutError):
            pass  # the sender comes back for the rest
        finally:
            await run_in_threadpool(self._close, upload, file, written)
        return written

    def _settle(self, upload: Upload, file: int, written: int) -> None:
        os.fsync(file)
        self._office.advance(upload.batch_id, written)

    def _close(self, upload: Upload, file: int, written: int) -> None:
        try:
            self._settle(upload, file, written)
        finally:
            os.close(file)


def _open_at(path: Path, offset: int) -> int | None:
    """The file, ready to take the byte at `offset`; None when it does not hold what came before."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    if os.fstat(file).st_size < offset:
        os.close(file)
        return None
    if offset == 0:
        fsync_folder(path.parent)
    # Bytes past the durable offset may be from before a power cut: they are sent again.
    os.ftruncate(file, offset)
    os.lseek(file, offset, os.SEEK_SET)
    return file


def _write(file: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(file, view) :]


async def _lively(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks of `body`; TimeoutError when nothing comes for too long."""
    while True:
        try:
            async with asyncio.timeout(STALL_SECONDS):
                chunk = await anext(body)
        except StopAsyncIteration:
            return
        yield chunk
