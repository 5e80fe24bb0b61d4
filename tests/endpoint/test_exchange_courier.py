"""The courier against a real registry: what stops it, what it waits out, what it never says too early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.core.batches import ChainLink, seal, wire
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Receipt, Sealed
from desktop_app.core.transport import (
    Courier,
    Enrolment,
    Outbox,
    Policy,
    Refused,
    enrol,
    load_enrolment,
    save_enrolment,
    site_keys,
)
from desktop_app.core.workspace import OutboxEntry, Workspace
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office
from tests.exchange_parts import Registry, linkage_header, registry, rows
from tests.memory_secrets import MemorySecrets

QUICK = Policy(first=0.01, most=0.05, poll=0.02, connect_timeout=2, read_timeout=20)
SITES = iter(f"75{number:07d}" for number in range(1000))


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


@dataclass
class Desk:
    """A site of its own."""

    workspace: Workspace
    enrolment: Enrolment

    def queue(self, **made: object) -> Sealed:
        data = rows(3, linkage_header(self.enrolment.linkage_keys), **made)  # type: ignore[arg-type]
        last, keys = self.workspace.chain.last(), site_keys(self.enrolment, self.workspace.secrets)
        link = ChainLink(last[1] if last else None)
        sealed = seal(data, keys.identity, self.enrolment.recipients(), link, self.workspace.folder / "out")
        Outbox(self.workspace).enqueue(sealed)
        return sealed

    def send(self, progress: Progress = silent, enrolment: Enrolment | None = None) -> Receipt | None:
        used = enrolment or self.enrolment
        with used.connection(self.workspace.folder, self.workspace.secrets, QUICK) as connection:
            return Courier(self.workspace, used, connection).send_next(progress)

    def entry(self, sealed: Sealed) -> OutboxEntry:
        found = self.workspace.outbox.get(sealed.batch_id)
        assert found is not None
        return found


@pytest.fixture
def desk(endpoint: Registry, tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path, MemorySecrets()) as workspace:
        offer = endpoint.enrolment_file(tmp_path / "offer.json", next(SITES))
        save_enrolment(workspace, enrol(offer, workspace.secrets, tmp_path, QUICK))
        enrolment = load_enrolment(workspace)
        assert enrolment is not None
        yield Desk(workspace, enrolment)


def test_nothing_waits(desk: Desk) -> None:
    assert desk.send() is None


def test_batches_go_in_order_and_each_once(desk: Desk) -> None:
    first = desk.queue()
    Outbox(desk.workspace).enqueue(first)
    receipt = desk.send()
    assert receipt is not None and receipt.batch_id == first.batch_id
    second = desk.queue()
    receipt = desk.send()
    assert receipt is not None and receipt.batch_id == second.batch_id
    assert desk.send() is None
    assert desk.workspace.chain.last() == (second.batch_id, second.manifest_sha256)


def test_a_refusal_stops_with_the_rows_and_the_next_batch_goes(desk: Desk) -> None:
    sealed = desk.queue(changes={"topographie": "X99.9"})
    with pytest.raises(Refused, match="rule-errors") as caught:
        desk.send()
    assert {line.rule_id for line in caught.value.findings} == {"FMT-topographie"}
    assert (desk.entry(sealed).state, desk.entry(sealed).last_error) == ("refused", "rule-errors")
    kept: dict[str, object] = desk.workspace.settings.get(f"refusal:{sealed.batch_id}", dict[str, object]())
    assert kept["code"] == "rule-errors"
    desk.queue()
    assert desk.send() is not None


def test_a_revoked_site_is_told_which_credential(endpoint: Registry, desk: Desk) -> None:
    sealed = desk.queue()
    Office(Folder(endpoint.folder).office).revoke_site(desk.enrolment.site.finess)
    with pytest.raises(Refused, match="revoked-site"):
        desk.send()
    assert (desk.entry(sealed).state, desk.entry(sealed).last_error) == ("stopped", "revoked-site")


def test_a_receipt_by_another_key_is_never_sent(endpoint: Registry, desk: Desk) -> None:
    sealed = desk.queue()
    other = desk.enrolment.model_copy(update={"registry_keys": ["A" * 43 + "="]})
    with pytest.raises(AppError, match="receipt-forged"):
        desk.send(enrolment=other)
    assert desk.entry(sealed).state == "stopped"
    assert desk.workspace.receipts.get(sealed.batch_id) is None
    assert desk.workspace.chain.last() is None
    assert desk.send() is not None


def test_an_altered_batch_file_is_not_sent(desk: Desk) -> None:
    sealed = desk.queue()
    content = sealed.path.read_bytes()
    for altered in (content[:-1], content + b"x", b""):
        sealed.path.write_bytes(altered)
        with pytest.raises(AppError, match="batch-file"):
            desk.send()
    sealed.path.write_bytes(content)
    assert desk.send() is not None


def test_cancelled_midway_it_goes_on_from_there(desk: Desk) -> None:
    sealed = desk.queue()

    def stop(done: int, total: int | None, what: object) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.send(stop)
    assert desk.entry(sealed).state == "sending"
    assert desk.send() is not None


def test_with_no_network_the_outbox_says_why_and_goes_on_trying(desk: Desk) -> None:
    sealed = desk.queue()
    nowhere = desk.enrolment.model_copy(update={"endpoint": "https://127.0.0.1:9"})
    calls = 0

    def stop(done: int, total: int | None, what: object) -> None:
        nonlocal calls
        calls += 1
        if calls > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.send(stop, nowhere)
    entry = desk.entry(sealed)
    assert (entry.last_error, entry.state) == ("connection", "sending")
    assert entry.attempts >= 3 and entry.next_try is not None


def test_a_receipt_kept_before_a_crash_needs_no_network(desk: Desk) -> None:
    sealed = desk.queue()
    desk.send()
    desk.workspace.outbox.update(sealed.batch_id, state="sending", receipt_jws=None)
    nowhere = desk.enrolment.model_copy(update={"endpoint": "https://127.0.0.1:9"})
    assert desk.send(enrolment=nowhere) is not None
    assert desk.entry(sealed).state == "sent"


def test_an_id_is_queued_for_one_content(desk: Desk) -> None:
    sealed = desk.queue()
    with pytest.raises(AppError, match="already-queued"):
        Outbox(desk.workspace).enqueue(replace(sealed, manifest_sha256="0" * 64))


def test_a_registry_that_forgot_an_upload_gets_it_again(desk: Desk) -> None:
    sealed = desk.queue()
    lost = "/v1/uploads/01a20128-1039-7035-9a91-aab9fcd65759"
    desk.workspace.outbox.update(sealed.batch_id, upload_url=lost, offset=17)
    assert desk.send() is not None


def test_the_enrolment_in_the_workspace_holds_nothing_secret(desk: Desk) -> None:
    stored = wire.parse(Enrolment, desk.enrolment.json_bytes())
    assert stored == desk.enrolment
    assert isinstance(desk.workspace.secrets, MemorySecrets)
    assert not [name for name in desk.workspace.secrets.names() if "pending" in name]
