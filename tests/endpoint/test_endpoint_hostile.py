"""The registry's door against callers that stall, flood, hold old certificates, or find it without room."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.x509.oid import NameOID

from desktop_app.core.batches.identifiers import new_batch_id
from desktop_app.core.errors import AppError
from desktop_app.core.transport import Broken, Connection, Enrolment, Policy, Refused, enrol
from desktop_app.core.transport.connection import ClientCertificate
from registry_endpoint import server, uploads
from registry_endpoint.authority import Authority, initialise
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office
from registry_endpoint.reporting import Discreet, Message
from registry_endpoint.uploads import UNFINISHED
from tests.exchange_parts import FINESS, Registry
from tests.memory_secrets import MemorySecrets

QUICK = Policy(first=0.01, most=0.05, poll=0.02, connect_timeout=2, read_timeout=20)


@pytest.fixture
def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A registry in this process, impatient."""
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.5)
    folder = Folder(tmp_path / "registry")
    initialise(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        running = server.server_of(folder, f"https://127.0.0.1:{port}")
        thread = threading.Thread(target=lambda: running.run(sockets=[listener]))
        thread.start()
        while not folder.address.exists():
            time.sleep(0.01)
        yield Registry(folder.root, port)
        running.should_exit = True
        thread.join(20)


@pytest.fixture
def connection(endpoint: Registry, tmp_path: Path) -> Iterator[Connection]:
    secrets = MemorySecrets()
    enrolment = enrolled(endpoint, tmp_path, secrets)
    with enrolment.connection(tmp_path, secrets, QUICK) as made:
        yield made


def enrolled(endpoint: Registry, folder: Path, secrets: MemorySecrets) -> Enrolment:
    return enrol(endpoint.enrolment_file(folder / "offer.json", FINESS), secrets, folder, QUICK)


def announced(connection: Connection, batch_id: str, length: int = 100) -> str:
    words = f"batch_id {text(batch_id)},manifest_sha256 {text('0' * 64)}"
    answer = connection.ask("POST", "/v1/uploads", {"Upload-Length": str(length), "Upload-Metadata": words})
    return connection.path_of(answer.headers["Location"])


def append(connection: Connection, place: str, offset: int, content: bytes) -> None:
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    connection.ask("PATCH", place, headers, content)


def text(value: str) -> str:
    return b64encode(value.encode()).decode()


def test_who_says_nothing_or_too_little_is_cut_off(endpoint: Registry) -> None:
    context = ssl.create_default_context(cafile=str(Folder(endpoint.folder).authority / "ca.pem"))
    for said in (b"", b"GET /v1/feedback HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(("127.0.0.1", endpoint.port)) as plain:
            talk = context.wrap_socket(plain, server_hostname="127.0.0.1")
            talk.sendall(said)
            talk.settimeout(5)
            began, ended = time.monotonic(), b"none"
            with suppress(ConnectionError, ssl.SSLError):
                ended = talk.recv(10)
            assert ended in (b"", b"none") and time.monotonic() - began < 4
            talk.close()


def test_a_site_has_few_uploads_under_way_and_loses_the_oldest(connection: Connection) -> None:
    places = [announced(connection, new_batch_id()) for _ in range(UNFINISHED + 2)]
    append(connection, places[-1], 0, b"x" * 50)
    for place in places[:2]:
        with pytest.raises(Refused, match="unknown-batch"):
            connection.ask("HEAD", place)
    assert connection.ask("HEAD", places[-1]).headers["Upload-Offset"] == "50"


@pytest.mark.parametrize("batch_id", ["../../../../etc/passwd", "0" * 36, "-" * 36, "\n", "x" * 300])
def test_ids_that_are_none_are_refused(connection: Connection, batch_id: str) -> None:
    for wrong in (batch_id, new_batch_id() + "\n"):
        with pytest.raises(Refused, match="bad-request"):
            announced(connection, wrong)


def test_bytes_that_were_lost_are_asked_for_again(endpoint: Registry, connection: Connection) -> None:
    batch_id = new_batch_id()
    place = announced(connection, batch_id)
    append(connection, place, 0, b"x" * 50)
    (Folder(endpoint.folder).uploads / f"{batch_id}.part").unlink()
    with pytest.raises(Refused, match="wrong-offset"):
        append(connection, place, 50, b"y" * 50)
    assert connection.ask("HEAD", place).headers["Upload-Offset"] == "0"


def test_no_room_is_the_registrys_trouble(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "RESERVE", 1 << 60)
    with pytest.raises(Broken, match="registry-full") as broken:
        announced(connection, new_batch_id())
    assert broken.value.told == 60


def test_an_expired_certificate_is_told_from_a_broken_line(endpoint: Registry, tmp_path: Path) -> None:
    authority, key = (
        Authority.load(Folder(endpoint.folder).authority),
        ec.generate_private_key(ec.SECP256R1()),
    )
    name, now = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, FINESS)]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(authority.certificate.subject, name, key.public_key(), 7)
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now - timedelta(days=1))
        .sign(authority.key, SHA256())
    )
    file = tmp_path / "old.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word"))
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    ca = (Folder(endpoint.folder).authority / "ca.pem").read_text()
    url = f"https://127.0.0.1:{endpoint.port}"
    with Connection(url, ca, ClientCertificate(file, b"word"), QUICK) as connection:
        with pytest.raises(AppError, match="tls-credential") as told:
            connection.ask("GET", "/v1/feedback")
        assert "période de validité" in told.value.what.fr


def test_a_revoked_site_gets_no_key_from_an_old_code(endpoint: Registry, tmp_path: Path) -> None:
    secrets = MemorySecrets()
    offer = endpoint.enrolment_file(tmp_path / "offer.json", FINESS)
    enrol(offer, secrets, tmp_path, QUICK)
    Office(Folder(endpoint.folder).office).revoke_site(FINESS)
    with pytest.raises(Refused, match="revoked-site"):
        enrol(offer, secrets, tmp_path, QUICK)


@pytest.mark.skipif(os.name == "nt", reason="rights are kept another way there")
def test_nothing_of_the_registry_is_open_to_other_accounts(
    endpoint: Registry, connection: Connection
) -> None:
    announced(connection, new_batch_id())
    root = endpoint.folder
    assert [path for path in (root, *root.iterdir()) if path.is_dir() and path.stat().st_mode & 0o077] == []
    assert [path.name for path in root.rglob("*.key") if path.stat().st_mode & 0o077] == []


def test_what_was_not_foreseen_shows_neither_in_the_answer_nor_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent: list[Message] = []

    async def broken(scope: Message, receive: object, send: object) -> None:
        raise ValueError("ZQNAISSANCE")

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    with caplog.at_level(logging.DEBUG):
        asyncio.run(Discreet(broken)({"type": "http"}, receive, send))
    assert sent[0]["status"] == 500 and b"ZQNAISSANCE" not in sent[1]["body"]
    assert "ValueError" in caplog.text and "ZQNAISSANCE" not in caplog.text
