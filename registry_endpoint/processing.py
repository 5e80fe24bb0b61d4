"""From a received file to a signed receipt. Killed anywhere, it starts again and comes to the same end.

Each step is harmless when repeated: the linkage unit repeats its answer, the warehouse replaces the same
rows, and receipt and feedback appear together in one transaction, after everything else is on disk.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool

from desktop_app.core.batches import wire
from desktop_app.core.batches.certificates import fingerprint
from desktop_app.core.batches.feedback import seal_feedback
from desktop_app.core.batches.keys import SealingKey
from desktop_app.core.batches.opening import OpenedBatch, open_batch
from desktop_app.core.batches.receipt import sign_receipt
from desktop_app.core.batches.refusals import Refusal
from registry_endpoint.authority import Authority, check_linkage_header, linkage_keys
from registry_endpoint.comparison import COLUMNS, outcomes
from registry_endpoint.folder import Folder
from registry_endpoint.indicators import beside_others, indicators
from registry_endpoint.linkage_unit import LinkageUnit
from registry_endpoint.office import Office, Upload
from registry_endpoint.recheck import recheck
from registry_endpoint.reporting import report
from registry_endpoint.uploads import Uploads
from registry_endpoint.warehouse import Warehouse
from validation_rules.contract import Contract, ContractError, load_contract

RETRY_SECONDS, LONG_RETRY_SECONDS = 5.0, 3600.0
START_PAUSE = 60.0
QUICK_TRIES = 4
CLOCK_ERROR = timedelta(days=1)
CHECK_LASTS = timedelta(days=60)


class Desk:
    """Works on received batches, one at a time, oldest first.

    A batch on which work fails (a full disk, a bug) is tried again soon, `QUICK_TRIES` times in all, and then
    once an hour; the site is told that the registry has a problem of its own. Other batches go on meanwhile.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._office = Office(folder.office)
        self._bell = asyncio.Event()
        self._due: dict[str, float] = {}

    def wake(self) -> None:
        """A batch has arrived."""
        self._bell.set()

    async def work(self) -> None:
        """Run for as long as the endpoint does; begins with what an earlier run left half-done."""
        self._bell.set()
        while True:
            await self._bell.wait()
            self._bell.clear()
            for batch_id in await run_in_threadpool(self._office.uploads, "received"):
                await self._try(batch_id)

    async def _try(self, batch_id: str) -> None:
        loop = asyncio.get_running_loop()
        if batch_id not in self._due and await run_in_threadpool(self._office.tries, batch_id) >= QUICK_TRIES:
            # It may have ended the process itself: whatever else waits goes first.
            self._due[batch_id] = loop.time() + START_PAUSE
        if loop.time() < (due := self._due.get(batch_id, 0.0)):
            loop.call_at(due, self.wake)
            return
        tries = await run_in_threadpool(self._office.begin_try, batch_id)
        done = await asyncio.gather(
            run_in_threadpool(process, self._folder, batch_id), return_exceptions=True
        )
        if isinstance(done[0], BaseException):
            report("processing failed", done[0])
            wait = RETRY_SECONDS * 2 ** (tries - 1) if tries < QUICK_TRIES else LONG_RETRY_SECONDS
            self._due[batch_id] = loop.time() + wait
            loop.call_later(wait, self.wake)
        else:
            self._due.pop(batch_id, None)


def process(folder: Folder, batch_id: str) -> None:
    """Accept or refuse one received batch."""
    office = Office(folder.office)
    upload = office.upload(batch_id)
    if upload is None or upload.state != "received":
        return
    try:
        _accept(folder, office, upload)
    except Refusal as refusal:
        office.refuse(batch_id, refusal.problem().json_bytes())
        # The site has its own copy, and nobody else is to keep what the registry does not take.
        Uploads(folder.uploads, office).remove(batch_id)


def _accept(folder: Folder, office: Office, upload: Upload) -> None:
    authority, now = Authority.load(folder.authority), datetime.now(UTC).replace(microsecond=0)
    batch = open_batch(folder.uploads / f"{upload.batch_id}.part", authority.certificate, now)
    receiving_key = _check_sender(office, upload, batch)
    contract = _check_manifest(folder, office, batch)
    unit, warehouse, manifest = LinkageUnit(folder.linkage_unit), Warehouse(folder.warehouse), batch.manifest
    clinical = warehouse.open(batch, contract)
    findings = recheck(clinical, contract, manifest.checked, manifest.findings)
    linkage = unit.open(batch)
    if not linkage["record_id"].sort().equals(clinical["record_id"].sort()):
        raise Refusal("bad-rows")
    answer = unit.link(upload.batch_id, upload.finess, linkage)
    warehouse.store(upload.batch_id, upload.finess, clinical, answer.persons)
    own = indicators(clinical)
    body = wire.FeedbackBody(
        format="navette/feedback/1",
        batch_id=upload.batch_id,
        site=upload.finess,
        created=now,
        outcomes=outcomes(upload.finess, clinical, answer, warehouse.tumours_of(answer.persons, COLUMNS)),
        findings=findings,
        indicators=beside_others(own, warehouse.keep_indicators(upload.finess, own)),
    )
    number = office.next_number()
    receipt = wire.ReceiptBody(
        format="navette/receipt/1",
        batch_id=upload.batch_id,
        manifest_sha256=batch.manifest_sha256,
        number=f"{now.year}-{number:06d}",
        received=now,
        verdict="accepted",
        records=manifest.records,
        persons=manifest.persons,
    )
    office.accept(
        upload.batch_id,
        number,
        sign_receipt(receipt, authority.signing_key),
        seal_feedback(body, authority.signing_key, receiving_key),
    )


def _check_sender(office: Office, upload: Upload, batch: OpenedBatch) -> SealingKey:
    """The batch is the announced one, signed by the site that sent it, which is still welcome."""
    if (batch.manifest.batch_id, batch.manifest_sha256) != (upload.batch_id, upload.manifest_sha256):
        raise Refusal("other-manifest")
    if batch.manifest.site.finess != upload.finess:
        raise Refusal("other-site")
    known, site = office.certificate(fingerprint(batch.signer)), office.site(upload.finess)
    if known is None or known[:2] != (upload.finess, "signing") or site is None or site[2] is None:
        raise Refusal("unknown-site")
    if known[2]:
        raise Refusal("revoked-site")
    return SealingKey(site[2])


def _check_manifest(folder: Folder, office: Office, batch: OpenedBatch) -> Contract:
    manifest = batch.manifest
    _check_dates(manifest, datetime.now(UTC))
    try:
        contract = load_contract(f"{manifest.contract.id}@{manifest.contract.version}")
    except ContractError:
        raise Refusal("unknown-contract") from None
    if contract.sha256 != manifest.contract.sha256:
        raise Refusal("unknown-contract")
    keys = linkage_keys(folder.authority)
    for header in manifest.linkage_keys:
        check_linkage_header(header, keys, manifest.created.date(), CLOCK_ERROR)
    if manifest.previous != office.last_manifest(manifest.site.finess):
        raise Refusal("broken-chain")
    return contract


def _check_dates(manifest: wire.Manifest, now: datetime) -> None:
    """The clocks of site and registry may differ by a day, which also covers every time zone."""
    if manifest.created > now + CLOCK_ERROR or manifest.checked > (now + CLOCK_ERROR).date():
        raise Refusal("clock")
    if manifest.checked < now.date() - CHECK_LASTS:
        raise Refusal("old-check")
