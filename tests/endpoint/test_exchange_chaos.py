"""Killed or cut anywhere, a batch arrives once and whole, and is never called sent before it has."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from desktop_app.core.batches import ChainLink, open_batch, seal, verify_receipt
from desktop_app.core.stages import Sealed
from desktop_app.core.transport import Enrolment, Outbox, enrol, load_enrolment, save_enrolment, site_keys
from desktop_app.core.workspace import Workspace
from registry_endpoint.authority import Authority
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office
from tests.cutting_proxy import CuttingProxy, Direction, Trap
from tests.exchange_client import QUICK, FileSecrets, send
from tests.exchange_parts import FINESS, Registry, linkage_header, registry, rows

ROWS = 300
Victim = Literal["network", "endpoint", "client"]


@dataclass(frozen=True)
class Point:
    """Where something goes wrong: after `share` of the batch's bytes plus `more`, `delay` seconds later."""

    victim: Victim
    share: float = 0.0
    more: int = 0
    direction: Direction = "up"
    delay: float | None = None

    def __str__(self) -> str:
        return f"{self.victim}-{self.direction}-{self.share}-{self.more}-{self.delay}"


SHARES = (0.0, 0.1, 0.35, 0.6, 0.85, 0.97)
DELAYS = (0.0, 0.03, 0.08, 0.15, 0.25, 0.4, 0.7)
QUICK_POINTS = [
    Point("network", 0.5),
    Point("network", 0, 3000, "down"),
    Point("endpoint", 0.99, delay=0.1),
    Point("client", 0.5),
]
ALL_POINTS = [
    *(Point("network", share, 200) for share in SHARES),
    *(Point("network", 0, more, "down") for more in (100, 1500, 2500, 3500, 4500, 6000)),
    *(Point("endpoint", share, 200) for share in SHARES),
    *(Point("endpoint", 1.0, delay=delay) for delay in DELAYS),
    *(Point("client", share, 200) for share in SHARES),
    *(Point("client", 1.0, delay=delay) for delay in DELAYS),
]


class Bench:
    """One registry, one site, and what stands between them."""

    def __init__(self, folder: Path, endpoint: Registry) -> None:
        self.folder, self.endpoint = folder, endpoint
        self.proxy = CuttingProxy(endpoint.port)
        self.client: subprocess.Popen[bytes] | None = None
        self.office = Office(Folder(endpoint.folder).office)
        with self.workspace() as workspace:
            offer = endpoint.enrolment_file(folder / "offer.json", FINESS, self.proxy.url)
            save_enrolment(workspace, enrol(offer, workspace.secrets, folder, QUICK))

    def workspace(self) -> Workspace:
        return Workspace.open(self.folder, FileSecrets(self.folder / "test-secrets.json"))

    def queue(self) -> Sealed:
        with self.workspace() as workspace:
            enrolment = self.enrolment(workspace)
            last = workspace.chain.last()
            sealed = seal(
                rows(ROWS, linkage_header(enrolment.linkage_keys)),
                site_keys(enrolment, workspace.secrets).identity,
                enrolment.recipients(),
                ChainLink(last[1] if last else None),
                self.folder / "outbox",
            )
            Outbox(workspace).enqueue(sealed)
        return sealed

    def enrolment(self, workspace: Workspace) -> Enrolment:
        enrolment = load_enrolment(workspace)
        assert enrolment is not None
        return enrolment

    def start_client(self) -> None:
        self.client = subprocess.Popen([sys.executable, "-m", "tests.exchange_client", str(self.folder)])

    def finish_client(self) -> None:
        assert self.client is not None
        self.client.wait(60)

    def hit(self, victim: Victim) -> None:
        if victim == "endpoint":
            self.endpoint.kill()
        elif victim == "client" and self.client is not None:
            self.client.kill()

    def run(self, point: Point) -> Sealed:
        """Queue a batch, let it go wrong at `point`, then bring back what was killed until it arrives."""
        sealed = self.queue()
        left = int(point.share * sealed.size) + point.more
        self.proxy.trap = trap = Trap(point.direction, left, lambda: self.hit(point.victim), point.delay)
        if point.victim == "client":
            self.start_client()
            self.finish_client()
            self.require_not_sent_early(sealed)
        process = self.endpoint.process
        with self.watched(sealed), ThreadPoolExecutor(1) as elsewhere:
            sending = elsewhere.submit(send, self.folder)
            if point.victim == "endpoint" and process is not None:
                process.wait(60)
                self.endpoint.start()
            sending.result(60)
        assert trap.sprung
        return sealed

    @contextmanager
    def watched(self, sealed: Sealed) -> Iterator[None]:
        """Looks at the outbox as the window does, again and again: 'sent' only ever with its receipt."""
        over, ready, seen = threading.Event(), threading.Event(), list[str]()

        def look() -> None:
            secrets = FileSecrets(self.folder / "test-secrets.json")
            with Workspace.open(self.folder, secrets, readonly=True) as workspace:
                verifiers = self.enrolment(workspace).registry_verifiers()
                ready.set()
                while not over.wait(0.003):
                    entry = workspace.outbox.get(sealed.batch_id)
                    if entry is None or entry.state != "sent":
                        continue
                    kept, upload = (
                        workspace.receipts.get(sealed.batch_id),
                        self.office.upload(sealed.batch_id),
                    )
                    assert kept is not None and upload is not None and upload.state == "accepted"
                    verify_receipt(kept.encode(), verifiers, sealed.batch_id, sealed.manifest_sha256)
                    seen.append(entry.state)

        with ThreadPoolExecutor(1) as watcher:
            looking = watcher.submit(look)
            ready.wait(20)
            try:
                yield
                time.sleep(0.2)
            finally:
                over.set()
            looking.result(20)
        assert seen

    def require_not_sent_early(self, sealed: Sealed) -> None:
        with self.workspace() as workspace:
            entry = workspace.outbox.get(sealed.batch_id)
            assert entry is not None
            if entry.state == "sent":
                assert workspace.receipts.get(sealed.batch_id) is not None
                upload = self.office.upload(sealed.batch_id)
                assert upload is not None and upload.state == "accepted"

    def require_arrived_once_and_whole(self, sealed: Sealed) -> None:
        upload = self.office.upload(sealed.batch_id)
        assert upload is not None and upload.receipt is not None and upload.state == "accepted"
        received = Folder(self.endpoint.folder).uploads / f"{sealed.batch_id}.part"
        assert received.read_bytes() == sealed.path.read_bytes()
        authority = Authority.load(Folder(self.endpoint.folder).authority)
        assert open_batch(received, authority.certificate, datetime.now(UTC)).manifest.records == ROWS
        with self.workspace() as workspace:
            entry, kept = workspace.outbox.get(sealed.batch_id), workspace.receipts.get(sealed.batch_id)
            assert entry is not None and entry.state == "sent" and kept is not None
            assert workspace.chain.last() == (sealed.batch_id, sealed.manifest_sha256)
            verifiers = self.enrolment(workspace).registry_verifiers()
            verify_receipt(kept.encode(), verifiers, sealed.batch_id, sealed.manifest_sha256)
            assert kept.encode() == upload.receipt
            assert len(self.office.uploads("accepted")) == len(workspace.outbox.list())

    def close(self) -> None:
        self.proxy.shutdown()
        self.proxy.server_close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with registry(tmp_path_factory.mktemp("registry")) as endpoint:
        made = Bench(tmp_path_factory.mktemp("site"), endpoint)
        try:
            yield made
        finally:
            made.close()


@pytest.mark.parametrize("point", QUICK_POINTS, ids=str)
def test_a_batch_arrives_once_and_whole(bench: Bench, point: Point) -> None:
    bench.require_arrived_once_and_whole(bench.run(point))


@pytest.mark.slow
@pytest.mark.parametrize("point", ALL_POINTS, ids=str)
def test_a_batch_arrives_once_and_whole_from_everywhere(bench: Bench, point: Point) -> None:
    bench.require_arrived_once_and_whole(bench.run(point))
