"""One batch file up to the registry, by tus 1.0: announce, ask how far it got, send the rest."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.core.transport.connection import Answer, Broken, Connection, Refused
from validation_rules.text import Text

_SENDING = Text("Envoi au registre", "Sending to the registry")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent: the sealed file and how it is announced. `size` in bytes."""

    batch_id: str
    manifest_sha256: str
    path: Path
    size: int


def announce(connection: Connection, parcel: Parcel) -> str:
    """The path of the upload; announcing the same batch again gives the same one."""
    words = {"batch_id": parcel.batch_id, "manifest_sha256": parcel.manifest_sha256}
    described = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    headers = {"Upload-Length": str(parcel.size), "Upload-Metadata": described}
    answer = connection.ask("POST", "/v1/uploads", headers)
    return connection.path_of(answer.headers.get("Location", ""))


def offset_of(connection: Connection, place: str, parcel: Parcel) -> int | None:
    """How many bytes the registry holds for certain; None when it knows nothing of this upload."""
    try:
        answer = connection.ask("HEAD", place)
    except Refused as refused:
        if refused.code == "unknown-batch":
            return None
        # A HEAD has no body to say why; this asks again in a way that has.
        connection.ask("GET", receipt_path(parcel))
        raise
    return _offset(answer, parcel.size)


def receipt_path(parcel: Parcel) -> str:
    """Where the receipt of a batch is, once there is one."""
    return f"/v1/batches/{parcel.batch_id}/receipt"


def send_rest(
    connection: Connection,
    place: str,
    parcel: Parcel,
    offset: int,
    progress: Progress,
    told: Callable[[int], None],
) -> None:
    """Send from `offset` to the end, in pieces; `told` hears of each offset the registry confirms.

    Broken when the connection breaks or the registry is elsewhere than we thought: ask for the offset again.
    """
    with parcel.path.open("rb") as file:
        while offset < parcel.size:
            piece = _Piece(
                file, offset, min(connection.policy.piece, parcel.size - offset), parcel.size, progress
            )
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                answer = connection.ask("PATCH", place, headers, piece)
            except Refused as refused:
                if refused.code == "wrong-offset":
                    raise Broken("offset") from None
                raise
            confirmed = _offset(answer, parcel.size)
            if confirmed <= offset:
                raise Broken("offset")
            offset = confirmed
            told(offset)
    progress(parcel.size, parcel.size, _SENDING)


class _Piece(io.RawIOBase):
    """A stretch of the file that tells where it is while it is read."""

    def __init__(self, file: BinaryIO, start: int, length: int, total: int, progress: Progress) -> None:
        super().__init__()
        self._file, self._at, self._end = file, start, start + length
        self._length, self._total, self._progress = length, total, progress
        file.seek(start)

    def __len__(self) -> int:
        return self._length

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        left = self._end - self._at
        chunk = self._file.read(left if size < 0 else min(size, left))
        self._at += len(chunk)
        self._progress(self._at, self._total, _SENDING)
        return chunk


def _offset(answer: Answer, size: int) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) <= size):
        raise AppError(
            "strange-answer",
            Text(
                "Le registre n’a pas dit où en est l’envoi.",
                "The registry did not say how far the upload is.",
            ),
            Text("Prévenez le registre.", "Tell the registry."),
        )
    return int(text)
