"""What the registry does with a batch file before it believes a word of it. Each refusal has its own code."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import polars as pl
from cryptography import x509

from desktop_app.core.batches import wire
from desktop_app.core.batches.certificates import finess_of, signing_key_of
from desktop_app.core.batches.container import BadContainer, Entry, read_directory, read_entry
from desktop_app.core.batches.keys import DoesNotOpen, OpeningKey
from desktop_app.core.batches.parquet_guard import TooCostly, require_small
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.sealing import MANIFEST_KIND, MANIFEST_NAME, PART_LIMIT, part_info
from desktop_app.core.batches.signatures import BadSignature, chain_of, verify
from desktop_app.core.errors import AppError

MAX_VALUE = 4096


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """A batch whose manifest, signature and parts hold together; its zones are still sealed.

    `signer` is the certificate that signed: whether that site is known and not revoked is for the registry.
    """

    path: Path
    manifest: wire.Manifest
    manifest_sha256: str
    signer: x509.Certificate
    entries: dict[str, Entry]

    def zone(self, zone: wire.Zone, key: OpeningKey) -> pl.DataFrame:
        """The rows of one zone. Refusals: `part-closed`, `part-differs`, `bad-rows`."""
        parts = [part for part in self.manifest.parts if part.zone == zone]
        with self.path.open("rb") as file:
            frames = [self._rows(file, part, key) for part in parts]
        if len({tuple(frame.schema.items()) for frame in frames}) != 1:
            raise Refusal("bad-rows")
        return pl.concat(frames)

    def _rows(self, file: BinaryIO, part: wire.Part, key: OpeningKey) -> pl.DataFrame:
        sealed = _content(file, self.entries[part.name], part)
        try:
            content = key.open(sealed, part_info(self.manifest.batch_id, part.name))
        except DoesNotOpen:
            raise Refusal("part-closed") from None
        if len(content) > PART_LIMIT * 2:
            raise Refusal("bad-rows")
        frame = _read_parquet(content, part.rows)
        if frame.height != part.rows:
            raise Refusal("bad-rows")
        return frame


def open_batch(path: Path, authority: x509.Certificate, moment: datetime) -> OpenedBatch:
    """Check everything about a batch file that needs no secret: structure, signature, certificate, parts.

    `moment`: when it was received, aware. Refusals: `bad-container`, `bad-signature`, `unknown-site`,
    `certificate-period`, `bad-manifest`, `part-set`, `part-differs`.
    """
    with _reading(path) as file:
        entries = read_directory(file)
        if MANIFEST_NAME not in entries or entries[MANIFEST_NAME].size > wire.MAX_MANIFEST:
            raise Refusal("part-set")
        signed = read_entry(file, entries[MANIFEST_NAME])
        signer, manifest = _read_manifest(signed, authority, moment)
        _check_parts(file, entries, manifest)
    return OpenedBatch(path, manifest, hashlib.sha256(signed).hexdigest(), signer, entries)


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except BadContainer:
        raise Refusal("bad-container") from None


def _read_manifest(
    signed: bytes, authority: x509.Certificate, moment: datetime
) -> tuple[x509.Certificate, wire.Manifest]:
    try:
        chain = chain_of(signed)
        payload = verify(signed, signing_key_of(chain, authority, moment), MANIFEST_KIND)
    except BadSignature:
        raise Refusal("bad-signature") from None
    try:
        manifest = wire.parse(wire.Manifest, payload)
    except AppError:
        raise Refusal("bad-manifest") from None
    if manifest.site.finess != finess_of(chain[0]) or manifest.created.tzinfo is None:
        raise Refusal("bad-manifest")
    return chain[0], manifest


def _check_parts(file: BinaryIO, entries: dict[str, Entry], manifest: wire.Manifest) -> None:
    named = [part.name for part in manifest.parts]
    if list(entries) != [*named, MANIFEST_NAME] or {part.zone for part in manifest.parts} != {
        "linkage",
        "clinical",
    }:
        raise Refusal("part-set")
    for part in manifest.parts:
        if not part.name.startswith(f"{part.zone}/"):
            raise Refusal("part-set")
        _content(file, entries[part.name], part)
    for zone in ("linkage", "clinical"):
        if sum(part.rows for part in manifest.parts if part.zone == zone) != manifest.records:
            raise Refusal("bad-manifest")


def _content(file: BinaryIO, entry: Entry, part: wire.Part) -> bytes:
    if entry.size != part.bytes or entry.size > PART_LIMIT * 2:
        raise Refusal("part-differs")
    try:
        content = read_entry(file, entry)
    except BadContainer:
        raise Refusal("part-differs") from None
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise Refusal("part-differs")
    return content


def _read_parquet(content: bytes, rows: int) -> pl.DataFrame:
    """Parquet from outside: what it would cost is looked at before anything is unpacked."""
    try:
        require_small(content, rows)
        frame = pl.read_parquet(io.BytesIO(content))
    except (TooCostly, pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        # The library's message could repeat cell values: it is not kept.
        raise Refusal("bad-rows") from None
    if not set(frame.dtypes) <= {pl.String, pl.Binary} or _longest(frame) > MAX_VALUE:
        raise Refusal("bad-rows")
    return frame


def _longest(frame: pl.DataFrame) -> int:
    """Bytes of the longest value."""
    lengths = [
        series.str.len_bytes().max() if series.dtype == pl.String else series.bin.size().max()
        for series in frame
    ]
    return max((length for length in lengths if isinstance(length, int)), default=0)
