"""Seal a checked batch, send what waits, bring the answers in: one path for the window and the command line.

Each step is durable before the next begins, and each can be done again after a crash:

    pseudonymise -> reverse table kept -> sealed file whole -> outbox -> registry -> receipt -> records

A batch keeps the id it was made with for what is sent first. When the registry has refused that, what is
sealed after the correction takes a new id, since an id stands for one content for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.core.batches.sealing import ChainLink, seal
from desktop_app.core.errors import AppError
from desktop_app.core.identity import pseudonymise
from desktop_app.core.identity.keys import KeyedHash
from desktop_app.core.progress import Progress, silent
from desktop_app.core.transport import (
    Courier,
    Outbox,
    fetch_feedback,
    linkage_key,
    load_enrolment,
    site_keys,
)
from desktop_app.core.workspace import uuid7
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.batches.wire import FeedbackBody
    from desktop_app.core.stages import Checked, Pseudonymised, Receipt, Sealed
    from desktop_app.core.transport import Connection, Enrolment, Policy
    from desktop_app.core.workspace import BatchRow, BatchState, Workspace

OUTBOX_FOLDER = "outbox"
SEALED_ID = "sealed_id"
_DIGEST_DOMAIN = b"navette/record-state/1"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A workspace and the registry it is enrolled with. Made by `open_dispatch`."""

    workspace: Workspace
    enrolment: Enrolment
    policy: Policy | None = None

    def prepare(self, checked: Checked, day: date, progress: Progress = silent) -> Pseudonymised:
        """What would leave, and the reverse table that stays. AppError while a finding blocks."""
        secrets = self.workspace.secrets
        key = linkage_key(self.enrolment, secrets, day)
        return pseudonymise(checked, key, site_keys(self.enrolment, secrets).site_secret, progress)

    def seal(self, checked: Checked, batch: BatchRow, day: date, progress: Progress = silent) -> Sealed:
        """Pseudonymise and seal `batch`, put it in the outbox. AppError `already-sealed`, as `prepare`."""
        sealed_id = self._free_id(batch)
        data = self.prepare(checked, day, progress)
        keys = site_keys(self.enrolment, self.workspace.secrets)
        digests = record_digests(checked, data, keys.site_secret)
        changes = self.workspace.records.compare(digests, data.contract_id)
        link = ChainLink(self._previous(), len(changes.added), len(changes.changed), len(changes.withdrawn))
        folder = self.workspace.folder / OUTBOX_FOLDER
        self.workspace.reverse.put(sealed_id, data.reverse)
        self.workspace.records.stage(sealed_id, digests, data.contract_id)
        sealed = seal(data, keys.identity, self.enrolment.recipients(), link, folder, progress, sealed_id)
        with self.workspace.together():
            Outbox(self.workspace).enqueue(sealed)
            self._say(batch, "waiting", {SEALED_ID: sealed_id})
        return sealed

    def send_next(self, progress: Progress = silent) -> Receipt | None:
        """Send the oldest batch that waits; its verified receipt, or None when nothing waits.

        Raises what `Courier.send_next` raises; a refusal is kept with the batch. Batches sealed after a
        refused one cannot follow it: they are refused along with it (`broken-chain`), to be sealed again.
        """
        waiting = Outbox(self.workspace).next()
        if waiting is None:
            self._settle()
            return None
        batch = self._batch_of(waiting[0])
        if batch is not None:
            self._say(batch, "sending")
        try:
            with self.connection() as connection:
                receipt = Courier(self.workspace, self.enrolment, connection).send_next(progress)
        finally:
            self._settle()
        return receipt

    def fetch(self, progress: Progress = silent) -> list[FeedbackBody]:
        """Bring in the feedback not yet kept; the batches it answers say so."""
        receiving = site_keys(self.enrolment, self.workspace.secrets).receiving
        with self.connection() as connection:
            bodies = fetch_feedback(self.workspace, self.enrolment, receiving, connection, progress)
        for row, sealed_id in self._sealed():
            if self.workspace.feedback.get(sealed_id) is not None and row.state == "sent":
                self._say(row, "answered")
        return bodies

    def connection(self) -> Connection:
        """A connection to the registry as this site."""
        return self.enrolment.connection(self.workspace.folder, self.workspace.secrets, self.policy)

    def _free_id(self, batch: BatchRow) -> str:
        """The id that this batch is sealed under: its own, or a new one after a refusal."""
        latest = sealed_id_of(batch)
        entry = self.workspace.outbox.get(latest)
        if entry is None:
            return latest
        if entry.state != "refused":
            raise _already_sealed()
        return str(uuid7())

    def _previous(self) -> str | None:
        """The manifest before this one: the last that waits, else the last the registry has accepted."""
        entries = (entry for _, entry in self.workspace.outbox.list())
        waiting = [entry.manifest_sha256 for entry in entries if entry.state not in ("sent", "refused")]
        last = self.workspace.chain.last()
        return waiting[-1] if waiting else (last[1] if last is not None else None)

    def _settle(self) -> None:
        """What follows for the batches from what the outbox says, also of before a crash."""
        for row, sealed_id in self._sealed():
            entry = self.workspace.outbox.get(sealed_id)
            if entry is None or row.state not in ("waiting", "sending", "refused"):
                continue
            if entry.state == "sent":
                with self.workspace.together():
                    self.workspace.records.promote(sealed_id)
                    self._say(row, "sent")
            elif entry.state == "refused" and row.state != "refused":
                self._say(row, "refused", {"refusal": entry.last_error})
            elif entry.state == "stopped" and row.state == "sending":
                self._say(row, "waiting", {"refusal": entry.last_error})

    def _sealed(self) -> list[tuple[BatchRow, str]]:
        return [(row, sealed_id_of(row)) for row in reversed(self.workspace.batches.list())]

    def _batch_of(self, sealed_id: str) -> BatchRow | None:
        return next((row for row, known in self._sealed() if known == sealed_id), None)

    def _say(self, batch: BatchRow, state: BatchState, detail: Mapping[str, object] | None = None) -> None:
        kept = {SEALED_ID: sealed_id_of(batch)} | dict(detail or {})
        self.workspace.batches.set_state(batch.id, state, kept)


def open_dispatch(workspace: Workspace, policy: Policy | None = None) -> Dispatch:
    """The way to the registry of this workspace. AppError `not-enrolled`."""
    enrolment = load_enrolment(workspace)
    if enrolment is None:
        raise _not_enrolled()
    return Dispatch(workspace, enrolment, policy)


def waiting(workspace: Workspace) -> bool:
    """Whether a batch is on its way and needs nobody to go on: `send_waiting` may be called.

    False while the next one is `stopped`, for a person must act first, and before enrolment.
    """
    following = Outbox(workspace).next()
    return following is not None and following[1].state in ("waiting", "sending") and enrolled(workspace)


def enrolled(workspace: Workspace) -> bool:
    """Whether this site knows its registry."""
    return load_enrolment(workspace) is not None


def send_waiting(workspace: Workspace, progress: Progress = silent) -> int:
    """Send everything that waits, in order, from where it was cut; how many receipts came.

    Stops before a batch for which a person must act. Raises what `Dispatch.send_next` raises.
    """
    way, count = open_dispatch(workspace), 0
    while waiting(workspace) and way.send_next(progress) is not None:
        count += 1
    return count


def record_digests(checked: Checked, data: Pseudonymised, site_secret: bytes) -> pl.DataFrame:
    """`record_id, sha256`: an HMAC-SHA-256 (hex) of each row's values, to tell next month what changed.

    Keyed, since a plain hash of an identity could be guessed.
    """
    import polars as pl

    digest = KeyedHash(site_secret).digest
    rows = data.reverse.select("record_id", "row_id").join(checked.frame, on="row_id", how="left")
    written = rows.select(pl.struct(checked.mapped.contract.field_names).struct.json_encode()).to_series()
    hashes = [digest(_DIGEST_DOMAIN + line.encode()).hex() for line in written]
    return rows.select("record_id").with_columns(pl.Series("sha256", hashes, pl.String))


def sealed_id_of(batch: BatchRow) -> str:
    """The id under which `batch` was sealed last; receipts, feedback and the reverse table are kept by it."""
    return str(batch.detail.get(SEALED_ID, batch.id))


def _not_enrolled() -> AppError:
    return AppError(
        "not-enrolled",
        Text(
            "Ce poste n’est pas encore enrôlé auprès du registre.",
            "This site is not enrolled with the registry yet.",
        ),
        Text(
            "Importez le fichier d’enrôlement que le registre vous a remis (Réglages, ou « navette enrol »).",
            "Import the enrolment file the registry gave you (Settings, or 'navette enrol').",
        ),
    )


def _already_sealed() -> AppError:
    return AppError(
        "already-sealed",
        Text("Ce lot est déjà scellé.", "This batch is already sealed."),
        Text(
            "Il part tel quel ; pour envoyer des corrections, préparez un nouveau lot.",
            "It goes as it is; to send corrections, prepare a new batch.",
        ),
    )
