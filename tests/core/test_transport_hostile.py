"""Servers that answer anything at all, and networks that stand between."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from desktop_app.core.batches.wire import Problem
from desktop_app.core.errors import AppError
from desktop_app.core.transport import Broken, Connection, Policy, Refused
from desktop_app.core.transport.upload import Parcel, offset_of
from registry_endpoint.authority import initialise
from registry_endpoint.folder import Folder

QUICK = Policy(first=0.01, most=0.05, connect_timeout=2, read_timeout=2)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("registry"))
    initialise(folder)
    return folder


@contextmanager
def server(keys: Folder, answer: bytes, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> Iterator[str]:
    """Gives `answer` to whatever is asked, once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    context.load_cert_chain(keys.authority / "server.pem", keys.authority / "server.key")

    def serve(listener: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(listener.accept()[0], server_side=True) as talk:
            talk.recv(65536)
            talk.sendall(answer)
            time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    thread.join(5)


def ask(keys: Folder, answer: bytes, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> bytes:
    with (
        server(keys, answer, newest) as url,
        Connection(url, (keys.authority / "ca.pem").read_text(), policy=QUICK) as connection,
    ):
        return connection.ask("GET", "/v1/feedback", max_answer=1000).body


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize(
    "answer",
    [
        http("302 Found", b"", "Location: https://example.org/"),
        http("200 OK", b"x" * 1001),
        http("200 OK", b"x", "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"3e8\r\n"
        + b"x" * 1000
        + b"\r\n1\r\nx\r\n0\r\n\r\n",
    ],
    ids=["redirect", "too-long", "packed", "chunks"],
)
def test_answers_that_nobody_asked_for_are_refused(keys: Folder, answer: bytes) -> None:
    with pytest.raises(AppError, match="strange-answer"):
        ask(keys, answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SMTP ready\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        http("503 Busy", b"<html>"),
    ],
    ids=["silence", "other-protocol", "cut", "portal"],
)
def test_answers_that_break_off_are_waited_out(keys: Folder, answer: bytes) -> None:
    with pytest.raises(Broken):
        ask(keys, answer)


def test_a_registry_that_says_why_it_cannot_is_heard(keys: Folder) -> None:
    problem = Problem(code="registry-full", what_fr="x", what_en="x", todo_fr="x", todo_en="x")
    with pytest.raises(Broken) as broken:
        ask(keys, http("507 Full", problem.json_bytes(), "Retry-After: 60"))
    assert (broken.value.why, broken.value.told) == ("registry-full", 60)


def test_sentences_from_outside_hold_nothing_that_a_window_obeys(keys: Folder) -> None:
    words = "<img src=x>\x1b[2J & co"
    problem = Problem(code="new-reason", what_fr=words, what_en=words, todo_fr=words, todo_en=words)
    with pytest.raises(Refused, match="new-reason") as refused:
        ask(keys, http("422 No", problem.json_bytes()))
    assert not set("<>&\x1b") & set(refused.value.sentence("fr"))


def test_a_refusal_that_is_no_document_is_an_error_one_can_read(keys: Folder) -> None:
    for body in (b"<html>proxy</html>", b'{"code": "\\n"}', b"[" * 100_000, b"\xff\xfe"):
        with pytest.raises(AppError, match="bad-document"):
            ask(keys, http("422 No", body))


def test_an_older_tls_is_not_spoken(keys: Folder) -> None:
    with pytest.raises(Broken, match="tls"):
        ask(keys, http("200 OK", b"x"), ssl.TLSVersion.TLSv1_2)


def test_another_authority_is_not_believed(keys: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path)
    initialise(other)
    with (
        server(keys, http("200 OK")) as url,
        Connection(url, (other.authority / "ca.pem").read_text(), policy=QUICK) as connection,
        pytest.raises(AppError, match="registry-not-recognised"),
    ):
        connection.ask("GET", "/v1/feedback")


@pytest.mark.parametrize("offset", ["", "-1", "1e3", "٣", "11", "0000000000000000000001", "x"])
def test_offsets_that_cannot_be_are_refused(keys: Folder, offset: str, tmp_path: Path) -> None:
    answer = http("200 OK", b"", f"Upload-Offset: {offset}".encode().decode("latin-1"))
    with (
        server(keys, answer) as url,
        Connection(url, (keys.authority / "ca.pem").read_text(), policy=QUICK) as connection,
        pytest.raises(AppError, match="strange-answer"),
    ):
        offset_of(connection, "/v1/uploads/x", Parcel("x", "0" * 64, tmp_path, 10))


def test_an_address_that_leads_elsewhere_is_not_followed(keys: Folder) -> None:
    connection = Connection("https://127.0.0.1:9", (keys.authority / "ca.pem").read_text(), policy=QUICK)
    assert connection.path_of("https://127.0.0.1:9/v1/uploads/x") == "/v1/uploads/x"
    for elsewhere in ("https://example.org/x", "//example.org/x", "http://127.0.0.1:9/x"):
        with pytest.raises(AppError, match="strange-answer"):
            connection.path_of(elsewhere)


def test_the_environment_changes_nothing(
    keys: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "NETRC"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    assert ask(keys, http("200 OK", b"good")) == b"good"
    assert not (tmp_path / "keys.log").exists()
