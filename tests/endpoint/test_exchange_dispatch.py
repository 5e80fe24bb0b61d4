"""From checked rows to the registry and back through `Dispatch`: refusals, corrections, queues, crashes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from desktop_app.core.batches.refusals import REASONS
from desktop_app.core.dispatch import Dispatch, open_dispatch, sealed_id_of, send_waiting, waiting
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.stages import Checked, ImportOptions, Mapped, SourceFile
from desktop_app.core.transport import Policy, Refused, enrol, load_enrolment, save_enrolment
from desktop_app.core.workspace import BatchRow, OutboxEntry, Workspace
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office
from registry_endpoint.processing import QUICK_TRIES
from tests.exchange_parts import ROW, Registry, registry
from tests.memory_secrets import MemorySecrets
from validation_rules.contract import load_contract
from validation_rules.text import Text

QUICK = Policy(first=0.01, most=0.05, poll=0.02, connect_timeout=2, read_timeout=20)
CONTRACT = load_contract("rnc-tumeurs")
SOURCE = SourceFile(Path("extrait.csv"), "0" * 64, 1)
SITES = iter(f"69{number:07d}" for number in range(1000))
PERSON = {
    "numero_tumeur": "1", "nom_naissance": "ZQNOM", "prenoms": "ZQPRENOM", "date_naissance": "1950-03-12",
}  # fmt: skip


def checked(people: int = 3, **changes: str) -> Checked:
    """Sound rows as a bench would hand them over."""
    values = ROW | PERSON | changes
    rows = [values | {"numero_patient": f"P{number}"} for number in range(people)]
    columns = {name: [row.get(name) for row in rows] for name in CONTRACT.field_names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(CONTRACT.field_names, pl.String))
    frame = frame.with_row_index("row_id", offset=1)
    none = dict.fromkeys(("field", "rule_id", "severity", "value", "state"), pl.String)
    mapped = Mapped(SOURCE, cast(Any, SimpleNamespace()), CONTRACT, frame)
    return Checked(mapped, frame, pl.DataFrame(schema={"row_id": pl.UInt32, **none}), today())


def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


@dataclass
class Desk:
    """A site of its own, with its way to the registry."""

    workspace: Workspace
    way: Dispatch

    def batch(self, name: str) -> BatchRow:
        options = ImportOptions("delimited")
        return self.workspace.batches.create(SOURCE, CONTRACT.id, CONTRACT.version, "{}", options, name)

    def seal(self, batch: BatchRow, rows: Checked) -> str:
        return self.way.seal(rows, self.workspace.batches.get(batch.id), today()).batch_id

    def state(self, batch: BatchRow) -> tuple[str, object]:
        row = self.workspace.batches.get(batch.id)
        return row.state, row.detail.get("refusal")

    def entry(self, sealed_id: str) -> OutboxEntry:
        found = self.workspace.outbox.get(sealed_id)
        assert found is not None
        return found

    def offline(self) -> Dispatch:
        return replace(
            self.way, enrolment=self.way.enrolment.model_copy(update={"endpoint": "https://127.0.0.1:9"})
        )


@pytest.fixture
def desk(endpoint: Registry, tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path, MemorySecrets()) as workspace:
        offer = endpoint.enrolment_file(tmp_path / "offer.json", next(SITES))
        save_enrolment(workspace, enrol(offer, workspace.secrets, tmp_path, QUICK))
        yield Desk(workspace, open_dispatch(workspace, QUICK))


def give_up(done: int, total: int | None, what: Text) -> None:
    if "attente" in what.fr or "difficulté" in what.fr:
        raise Cancelled


def test_a_refused_batch_is_corrected_sealed_under_a_new_id_and_accepted(desk: Desk) -> None:
    batch = desk.batch("mars")
    first = desk.seal(batch, checked(topographie="X99.9"))
    with pytest.raises(Refused, match="rule-errors"):
        desk.way.send_next()
    assert desk.state(batch) == ("refused", "rule-errors")
    second = desk.seal(batch, checked())
    assert second != first
    receipt = desk.way.send_next()
    assert receipt is not None and receipt.batch_id == second
    assert desk.state(batch)[0] == "sent"
    with pytest.raises(AppError, match="already-sealed"):
        desk.seal(batch, checked())
    assert [body.batch_id for body in desk.way.fetch()] == [second]
    assert desk.state(batch)[0] == "answered"


def test_batches_sealed_one_after_the_other_offline_go_in_a_chain(desk: Desk) -> None:
    march, april = desk.batch("mars"), desk.batch("avril")
    ids = [desk.seal(march, checked()), desk.seal(april, checked(statut_vital="2"))]
    with pytest.raises(Cancelled):
        desk.offline().send_next(give_up)
    assert desk.entry(ids[0]).last_error == "connection"
    assert send_waiting(desk.workspace) == 2
    assert [desk.state(batch)[0] for batch in (march, april)] == ["sent", "sent"]
    last = desk.workspace.chain.last()
    assert last is not None and last[0] == ids[1]


def test_what_follows_a_refused_batch_is_sealed_again(desk: Desk) -> None:
    march, april = desk.batch("mars"), desk.batch("avril")
    desk.seal(march, checked(topographie="X99.9"))
    desk.seal(april, checked())
    with pytest.raises(Refused, match="rule-errors"):
        desk.way.send_next()
    assert (desk.state(march), desk.state(april)) == (("refused", "rule-errors"), ("refused", "broken-chain"))
    assert "scellez de nouveau" in REASONS["broken-chain"].todo.fr
    assert not waiting(desk.workspace) and desk.way.send_next() is None
    for batch in (march, april):
        desk.seal(batch, checked())
    assert send_waiting(desk.workspace) == 2
    assert [desk.state(batch)[0] for batch in (march, april)] == ["sent", "sent"]


def test_what_was_on_its_way_goes_on_by_itself(desk: Desk) -> None:
    assert not waiting(desk.workspace)
    batch = desk.batch("mars")
    sealed = desk.seal(batch, checked())
    assert waiting(desk.workspace)
    desk.workspace.outbox.update(sealed, state="sending")
    desk.workspace.batches.set_state(batch.id, "sending", {"sealed_id": sealed})
    assert waiting(desk.workspace)
    assert send_waiting(desk.workspace) == 1
    assert not waiting(desk.workspace) and desk.state(batch)[0] == "sent"


def test_a_batch_that_needs_a_person_waits_for_one(endpoint: Registry, desk: Desk) -> None:
    batch = desk.batch("mars")
    desk.seal(batch, checked())
    Office(Folder(endpoint.folder).office).revoke_site(desk.way.enrolment.site.finess)
    with pytest.raises(Refused, match="revoked-site"):
        desk.way.send_next()
    assert desk.state(batch) == ("waiting", "revoked-site")
    assert not waiting(desk.workspace)


def test_receipt_chain_and_outbox_move_together(desk: Desk) -> None:
    batch = desk.batch("mars")
    sealed = desk.seal(batch, checked())
    with desk.workspace.database.write() as run:
        run(
            "CREATE TEMP TRIGGER cut BEFORE UPDATE OF receipt_jws ON outbox"
            " BEGIN SELECT RAISE(ABORT, 'cut'); END"
        )
    with pytest.raises(Exception, match=r".*"):
        desk.way.send_next()
    assert (desk.workspace.receipts.get(sealed), desk.workspace.chain.last()) == (None, None)
    with desk.workspace.database.write() as run:
        run("DROP TRIGGER cut")
    assert desk.way.send_next() is not None
    assert desk.workspace.chain.last() == (sealed, desk.entry(sealed).manifest_sha256)
    assert (desk.entry(sealed).state, desk.state(batch)[0]) == ("sent", "sent")


def test_a_registry_in_trouble_keeps_the_batch_and_says_so(endpoint: Registry, desk: Desk) -> None:
    sealed = desk.seal(desk.batch("mars"), checked())
    entry, office = desk.entry(sealed), Office(Folder(endpoint.folder).office)
    office.announce(sealed, desk.way.enrolment.site.finess, entry.manifest_sha256, entry.size)
    for _ in range(QUICK_TRIES):
        office.begin_try(sealed)
    with away(Folder(endpoint.folder).warehouse / "opening.key"):
        with pytest.raises(Cancelled):
            desk.way.send_next(give_up)
        entry = desk.entry(sealed)
        assert (entry.state, entry.last_error, entry.offset) == ("sending", "registry-trouble", entry.size)
        assert entry.next_try is not None and "Rien à faire" in REASONS["registry-trouble"].todo.fr
        endpoint.kill()
    with closing(sqlite3.connect(Folder(endpoint.folder).office / "office.sqlite")) as books, books:
        books.execute("DELETE FROM attempt")
    endpoint.start()
    assert desk.way.send_next() is not None
    assert office.tries(sealed) == 0


@contextmanager
def away(path: Path) -> Iterator[None]:
    """A file that the registry needs is not there."""
    aside = path.with_suffix(".aside")
    path.rename(aside)
    try:
        yield
    finally:
        aside.rename(path)


def test_the_id_of_a_batch_is_that_of_what_was_sealed_last(desk: Desk) -> None:
    batch = desk.batch("mars")
    assert sealed_id_of(desk.workspace.batches.get(batch.id)) == batch.id == desk.seal(batch, checked())
    assert load_enrolment(desk.workspace) == desk.way.enrolment
