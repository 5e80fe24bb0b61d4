"""A real registry process, a real workspace: enrol, seal, send, receipt, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.batches import ChainLink, seal
from desktop_app.core.stages import Receipt
from desktop_app.core.transport import (
    Courier,
    Enrolment,
    Outbox,
    Policy,
    enrol,
    fetch_feedback,
    load_enrolment,
    save_enrolment,
    site_keys,
)
from desktop_app.core.workspace import Workspace
from tests.exchange_parts import FINESS, OTHER_FINESS, Registry, linkage_header, registry, rows
from tests.memory_secrets import MemorySecrets

QUICK = Policy(first=0.01, most=0.05, poll=0.02, connect_timeout=5, read_timeout=20)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


def enrolled(endpoint: Registry, folder: Path, finess: str) -> tuple[Workspace, Enrolment]:
    secrets = MemorySecrets()
    workspace = Workspace.open(folder, secrets)
    enrolment = enrol(endpoint.enrolment_file(folder / "offer.json", finess), secrets, folder, QUICK)
    save_enrolment(workspace, enrolment)
    return workspace, enrolment


def send(workspace: Workspace, enrolment: Enrolment, **made: object) -> Receipt | None:
    data = rows(made.pop("count", 20), linkage_header(enrolment.linkage_keys), **made)  # type: ignore[arg-type]
    last = workspace.chain.last()
    link = ChainLink(last[1] if last else None, added=data.clinical.height)
    keys = site_keys(enrolment, workspace.secrets)
    Outbox(workspace).enqueue(
        seal(data, keys.identity, enrolment.recipients(), link, workspace.folder / "outbox")
    )
    with enrolment.connection(workspace.folder, workspace.secrets, QUICK) as connection:
        return Courier(workspace, enrolment, connection).send_next()


def test_two_sites_send_and_hear_of_each_other(endpoint: Registry, tmp_path: Path) -> None:
    first, first_enrolment = enrolled(endpoint, tmp_path / "a", FINESS)
    second, second_enrolment = enrolled(endpoint, tmp_path / "b", OTHER_FINESS)
    with first, second:
        receipt = send(first, first_enrolment, prefix="a")
        assert receipt is not None
        assert (receipt.verdict, receipt.records, receipt.persons) == ("accepted", 20, 20)
        send(second, second_enrolment, prefix="b", first_person=10, changes={"base_diagnostic": "5"})
        assert Outbox(second).items()[0][1].state == "sent"
        with second_enrolment.connection(second.folder, second.secrets, QUICK) as connection:
            keys = site_keys(second_enrolment, second.secrets)
            bodies = fetch_feedback(second, second_enrolment, keys.receiving, connection)
            assert fetch_feedback(second, second_enrolment, keys.receiving, connection) == []
        outcomes = [line.outcome for line in bodies[0].outcomes]
        assert outcomes.count("new_person") == outcomes.count("known_person") == 10
        assert outcomes.count("known_tumour") == outcomes.count("field_disagreement") == 10
        assert load_enrolment(second) == second_enrolment
