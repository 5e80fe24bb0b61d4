"""From pseudonymised rows to the one file that may leave: two zones, two recipients, one signed manifest."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import polars as pl
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.core.batches import wire
from desktop_app.core.batches.container import TooLarge, write_container
from desktop_app.core.batches.identifiers import new_batch_id
from desktop_app.core.batches.keys import SealingKey
from desktop_app.core.batches.signatures import sign
from desktop_app.core.batches.zones import event_date
from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Pseudonymised, Sealed
from validation_rules.text import Text

FORMAT = "navette/batch/1"
MANIFEST_NAME = "manifest.jws"
MANIFEST_KIND = "navette-manifest+jws"
PART_LIMIT = 16 << 20
SUFFIX = ".navette"

_SEALING = Text("Scellement du lot", "Sealing the batch")


@dataclass(frozen=True, slots=True, repr=False)
class SiteIdentity:
    """Who seals: the site, its signing key and the certificate chain (leaf first) that vouches for it."""

    finess: str
    name: str
    signing_key: Ed25519PrivateKey
    chain: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who may open which zone."""

    linkage_unit: SealingKey
    warehouse: SealingKey

    def of(self, zone: wire.Zone) -> SealingKey:
        """The key that `zone` is sealed to."""
        return self.linkage_unit if zone == "linkage" else self.warehouse


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What ties a batch to the one before: the SHA-256 of its manifest, and what changed since."""

    previous: str | None = None
    added: int = 0
    changed: int = 0
    withdrawn: int = 0


def part_info(batch_id: str, part: str) -> bytes:
    """The HPKE context of a part: a part moved to another batch, or renamed, does not open."""
    return "|".join((FORMAT, batch_id, part)).encode()


def seal(
    data: Pseudonymised,
    site: SiteIdentity,
    recipients: Recipients,
    chain: ChainLink,
    folder: Path,
    progress: Progress = silent,
    batch_id: str | None = None,
) -> Sealed:
    """Seal `data` into `folder / <batch id>.navette`, a name that appears once the file is whole and durable.

    `batch_id` (UUIDv7): a new one when None. A batch is sealed once and only that file is ever sent. AppError
    `empty-batch` when there is no record,
    `batch-too-large` beyond 4 GiB, `disk` when the folder cannot be written.
    """
    if data.clinical.is_empty():
        raise _empty()
    batch_id, created = batch_id or new_batch_id(), datetime.now(UTC).replace(microsecond=0)
    path = folder / f"{batch_id}{SUFFIX}"
    unfinished = path.with_suffix(".unfinished")
    work = _Work(data, site, recipients, chain, batch_id, created, progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)  # left by a crash
        write_container(unfinished, work.entries())
        unfinished.replace(path)
        fsync_folder(folder)
    except TooLarge:
        raise _too_large() from None
    except OSError as error:
        raise _disk(error.strerror or "") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return Sealed(
        batch_id, path, work.manifest_sha256, path.stat().st_size, data.clinical.height, data.persons, created
    )


def fsync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; systems that cannot open a folder do it by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(slots=True, repr=False)
class _Work:
    data: Pseudonymised
    site: SiteIdentity
    recipients: Recipients
    chain: ChainLink
    batch_id: str
    created: datetime
    progress: Progress
    manifest_sha256: str = ""

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Parts first, one in memory at a time; the manifest, which describes them, last."""
        parts: list[wire.Part] = []
        total, done = self.data.linkage.height + self.data.clinical.height, 0
        zones: tuple[tuple[wire.Zone, pl.DataFrame], ...] = (
            ("linkage", self.data.linkage),
            ("clinical", self.data.clinical),
        )
        for zone, frame in zones:
            key = self.recipients.of(zone)
            # In order of pseudonym: the order of the site's own file would say something of its patients.
            for number, (content, rows) in enumerate(parquet_parts(frame.sort("record_id")), start=1):
                name = f"{zone}/{number:04d}.hpke"
                sealed = key.seal(content, part_info(self.batch_id, name))
                digest = hashlib.sha256(sealed).hexdigest()
                parts.append(
                    wire.Part(
                        name=name,
                        zone=zone,
                        recipient=key.key_id,
                        bytes=len(sealed),
                        sha256=digest,
                        rows=rows,
                    )
                )
                yield name, sealed
                done += rows
                self.progress(done, total, _SEALING)
        manifest = sign(
            self._manifest(parts).json_bytes(), self.site.signing_key, MANIFEST_KIND, self.site.chain
        )
        self.manifest_sha256 = hashlib.sha256(manifest).hexdigest()
        yield MANIFEST_NAME, manifest

    def _manifest(self, parts: list[wire.Part]) -> wire.Manifest:
        data, header, chain = self.data, self.data.linkage_header, self.chain
        return wire.Manifest(
            format="navette/batch/1",
            batch_id=self.batch_id,
            site=wire.Site(finess=self.site.finess, name=self.site.name),
            contract=wire.ContractRef(
                id=data.contract_id, version=data.contract_version, sha256=data.contract_sha256
            ),
            linkage_keys=[
                wire.KeyHeader(
                    specification=header.specification,
                    normaliser=header.normaliser,
                    key_id=header.key_id,
                    check_value=header.check_value,
                )
            ],
            period=_period(data.clinical),
            records=data.clinical.height,
            persons=data.persons,
            changes=wire.Changes(added=chain.added, changed=chain.changed, withdrawn=chain.withdrawn),
            findings=dict(data.confirmed),
            parts=parts,
            previous=chain.previous,
            software=_software(),
            checked=data.checked,
            created=self.created,
        )


def parquet_parts(frame: pl.DataFrame, limit: int = PART_LIMIT) -> Iterator[tuple[bytes, int]]:
    """`frame` as Parquet files (zstd) of at most `limit` bytes each, with their number of rows."""
    step = max(
        1, min(frame.height, int(limit * 0.9 / max(1.0, frame.estimated_size() / max(1, frame.height))))
    )
    at = 0
    while at < frame.height:
        rows = frame.slice(at, step)
        content = _parquet(rows)
        if len(content) > limit and rows.height > 1:
            step = max(1, step // 2)
            continue
        yield content, rows.height
        at += rows.height


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def _period(clinical: pl.DataFrame) -> wire.Period | None:
    """First and last month of incidence or event; None when no record has a date."""
    name = event_date(clinical.columns)
    if name is None:
        return None
    months = clinical[name].str.extract(r"^(\d{4}(?:-\d{2})?)").drop_nulls()
    if months.is_empty():
        return None
    return wire.Period(start=str(months.min()), end=str(months.max()))


def _software() -> str:
    try:
        return f"navette {version('navette')}"
    except PackageNotFoundError:
        return "navette"


def _empty() -> AppError:
    return AppError(
        "empty-batch",
        Text("Le lot ne contient aucun enregistrement.", "The batch holds no record."),
        Text("Chargez un extrait qui en contient.", "Load an extract that holds some."),
    )


def _too_large() -> AppError:
    return AppError(
        "batch-too-large",
        Text("Le lot dépasserait 4 Gio.", "The batch would exceed 4 GiB."),
        Text("Partagez l’extrait en plusieurs lots.", "Split the extract into several batches."),
    )


def _disk(reason: str) -> AppError:
    return AppError(
        "disk",
        Text(
            f"Le lot n’a pas pu être écrit sur le disque ({reason}).",
            f"The batch could not be written to disk ({reason}).",
        ),
        Text(
            "Libérez de la place ou vérifiez les droits, puis recommencez.",
            "Free some space or check rights, then retry.",
        ),
    )
