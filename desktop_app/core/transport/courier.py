"""From the outbox to a verified receipt, through any number of cuts, crashes and restarts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.core.batches.receipt import MAX_RECEIPT, distrust, verify_receipt
from desktop_app.core.batches.refusals import REASONS, Refusal
from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Receipt, Sealed
from desktop_app.core.transport.connection import Broken, Connection, Refused
from desktop_app.core.transport.policy import WAITING
from desktop_app.core.transport.upload import Parcel, announce, offset_of, receipt_path, send_rest
from desktop_app.core.workspace.outbox_store import OutboxEntry
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.transport.enrolment import Enrolment
    from desktop_app.core.workspace import Workspace

REFUSAL = "refusal:"


class Outbox:
    """Sealed batches on their way out. A batch file that is in it is the only one ever sent for its id."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.outbox

    def enqueue(self, sealed: Sealed) -> None:
        """Put a sealed batch in the queue; the same one twice changes nothing.

        AppError `already-queued` when the id is there with another content and was not refused.
        """
        known = self._store.get(sealed.batch_id)
        if known is not None and known.state != "refused":
            if known.manifest_sha256 != sealed.manifest_sha256:
                raise _already_queued()
            return
        self._store.put(sealed.batch_id, OutboxEntry(sealed.path, sealed.manifest_sha256, sealed.size))

    def items(self) -> list[tuple[str, OutboxEntry]]:
        """Batch id and entry, in order of queueing, sent ones included."""
        return self._store.list()

    def next(self) -> tuple[str, OutboxEntry] | None:
        """The first batch that still has to go."""
        return next((item for item in self.items() if item[1].state not in ("sent", "refused")), None)


@dataclass(slots=True)
class Courier:
    """Sends what is in the outbox of a workspace to its registry."""

    workspace: Workspace
    enrolment: Enrolment
    connection: Connection

    def send_next(self, progress: Progress = silent) -> Receipt | None:
        """Send the oldest waiting batch and return its verified receipt; None when nothing waits.

        Waits out broken connections for ever; `progress` may raise Cancelled, after which calling again goes
        on from there. AppError when a person must act: Refused (the registry's reason and rows), a receipt
        that does not verify, a batch file that is gone or altered.
        """
        waiting = Outbox(self.workspace).next()
        if waiting is None:
            return None
        batch_id, entry = waiting
        try:
            return self._deliver(batch_id, entry, progress)
        except AppError as error:
            self._stop(batch_id, error)
            raise

    def _deliver(self, batch_id: str, entry: OutboxEntry, progress: Progress) -> Receipt:
        stored = self.workspace.receipts.get(batch_id)
        if stored is not None:  # the program stopped between keeping the receipt and saying so
            return self._conclude(batch_id, entry, stored.encode())
        parcel = Parcel(batch_id, entry.manifest_sha256, entry.path, entry.size)
        _require_intact(parcel)
        self.workspace.outbox.update(batch_id, state="sending", last_error=None, next_try=None)
        tries, reached = 0, -1
        while True:
            try:
                return self._conclude(batch_id, entry, self._exchange(parcel, progress))
            except Broken as broken:
                offset = self._offset(batch_id)
                # A link that breaks often but still carries something is not made to wait ever longer.
                tries = 1 if offset > reached else tries + 1
                reached = offset
                self._wait(parcel, broken, tries, progress)

    def _wait(self, parcel: Parcel, broken: Broken, tries: int, progress: Progress) -> None:
        """Say in the outbox why and until when, then wait; `tries` in a row without getting further."""
        outbox, policy = self.workspace.outbox, self.connection.policy
        entry, seconds = outbox.get(parcel.batch_id), policy.delay(tries, broken.told)
        outbox.update(
            parcel.batch_id,
            attempts=entry.attempts + 1 if entry else 1,
            last_error=broken.why,
            next_try=datetime.now(UTC) + timedelta(seconds=seconds),
        )
        policy.pause(seconds, progress, entry.offset if entry else 0, parcel.size, _why(broken))
        outbox.update(parcel.batch_id, next_try=None)

    def _exchange(self, parcel: Parcel, progress: Progress) -> bytes:
        """Bring the registry all bytes it lacks, then wait for its receipt."""
        outbox = self.workspace.outbox
        entry = outbox.get(parcel.batch_id)
        place = entry.upload_url if entry else None
        offset = offset_of(self.connection, place, parcel) if place else None
        if place is None or offset is None:
            place = announce(self.connection, parcel)
            outbox.update(parcel.batch_id, upload_url=place)
            offset = offset_of(self.connection, place, parcel) or 0
        self._note(parcel.batch_id, offset)
        try:
            send_rest(
                self.connection, place, parcel, offset, progress, lambda at: self._note(parcel.batch_id, at)
            )
            return self._await_receipt(parcel, progress)
        except Refused as refused:
            if refused.code != "unknown-batch":
                raise
            # The registry has lost what it had (restored from a backup, say): from the start.
            outbox.update(parcel.batch_id, upload_url=None)
            raise Broken("forgotten") from None

    def _await_receipt(self, parcel: Parcel, progress: Progress) -> bytes:
        policy = self.connection.policy
        while True:
            answer = self.connection.ask("GET", receipt_path(parcel), max_answer=MAX_RECEIPT)
            if answer.status == 200:
                return answer.body
            if answer.headers.get("Upload-Offset") != str(parcel.size):
                raise Broken("offset")
            policy.pause(policy.poll, progress, parcel.size, parcel.size)

    def _conclude(self, batch_id: str, entry: OutboxEntry, jws: bytes) -> Receipt:
        """The receipt verifies; then it is kept, the chain moves and the batch is 'sent', all at once."""
        verifiers = self.enrolment.registry_verifiers()
        receipt = verify_receipt(jws, verifiers, batch_id, entry.manifest_sha256)
        if receipt.verdict != "accepted":
            raise distrust("receipt-verdict")
        done = {"state": "sent", "last_error": None, "next_try": None, "offset": entry.size}
        with self.workspace.together():
            self.workspace.receipts.put(batch_id, receipt.jws)
            self.workspace.chain.advance(batch_id, entry.manifest_sha256)
            self.workspace.outbox.update(batch_id, receipt_jws=receipt.jws, **done)
        return receipt

    def _stop(self, batch_id: str, error: AppError) -> None:
        outbox = self.workspace.outbox
        if not isinstance(error, Refused) or error.credential:
            outbox.update(batch_id, state="stopped", last_error=error.code, next_try=None)
            return
        with self.workspace.together():
            self.workspace.settings.put(REFUSAL + batch_id, error.problem.model_dump(mode="json"))
            outbox.update(batch_id, state="refused", last_error=error.code, next_try=None)
            # They name this one as the batch before them, which the registry will never have.
            for follower, entry in Outbox(self.workspace).items():
                if entry.state not in ("sent", "refused"):
                    broken = Refusal("broken-chain").problem().model_dump(mode="json")
                    self.workspace.settings.put(REFUSAL + follower, broken)
                    outbox.update(follower, state="refused", last_error="broken-chain", next_try=None)

    def _note(self, batch_id: str, offset: int) -> None:
        self.workspace.outbox.update(batch_id, offset=offset)

    def _offset(self, batch_id: str) -> int:
        entry = self.workspace.outbox.get(batch_id)
        return entry.offset if entry else 0


def _why(broken: Broken) -> Text:
    """What a person reads meanwhile: the registry's own trouble, where it says so."""
    known = REASONS.get(broken.why)
    if known is None:
        return WAITING
    return Text(f"{known.what.fr} {known.todo.fr}", f"{known.what.en} {known.todo.en}")


def _require_intact(parcel: Parcel) -> None:
    """The file in the outbox is the one that was sealed: same size, same manifest."""
    from desktop_app.core.batches.container import BadContainer, read_directory, read_entry
    from desktop_app.core.batches.sealing import MANIFEST_NAME

    try:
        with parcel.path.open("rb") as file:
            entries = read_directory(file)
            manifest = read_entry(file, entries[MANIFEST_NAME])
            size = file.seek(0, 2)
    except (OSError, BadContainer, KeyError):
        raise _lost_file() from None
    if size != parcel.size or hashlib.sha256(manifest).hexdigest() != parcel.manifest_sha256:
        raise _lost_file()


def _lost_file() -> AppError:
    return AppError(
        "batch-file",
        Text(
            "Le fichier scellé de ce lot a disparu ou a été modifié.",
            "The sealed file of this batch is gone or was altered.",
        ),
        Text(
            "Remettez-le en place depuis une sauvegarde, ou scellez un nouveau lot.",
            "Restore it, or seal a new batch.",
        ),
    )


def _already_queued() -> AppError:
    return AppError(
        "already-queued",
        Text(
            "Ce lot attend déjà son envoi avec un autre contenu.",
            "This batch already waits to be sent with other content.",
        ),
        Text("Envoyez-le d’abord, puis scellez un nouveau lot.", "Send it first, then seal a new batch."),
    )
