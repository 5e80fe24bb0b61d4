"""The process around the door: TLS 1.3, the caller's certificate, one line on standard output when ready."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import ssl
import sys
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from registry_endpoint.app import make_app
from registry_endpoint.folder import Folder, write_private

HOST = "127.0.0.1"
HEAD_SECONDS = 15.0


class _ShowsCertificate(H11Protocol):
    """Puts the caller's certificate (DER, or None) where the application can see it.

    Whoever connects and then says nothing, or says it a letter at a time, is cut off.
    """

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()
        secured, app = transport.get_extra_info("ssl_object"), self.app
        certificate = secured.getpeercert(binary_form=True) if secured else None

        async def with_certificate(scope: Any, receive: Any, send: Any) -> None:
            scope["peer_certificate"] = certificate
            await app(scope, receive, send)

        self.app = with_certificate

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing() and self.conn.their_state is h11.IDLE:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._stop_waiting()
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, folder: Folder, url: str) -> None:
        super().__init__(config)
        self._folder, self._url = folder, url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        where = {"ready": True, "url": self._url, "pid": os.getpid()}
        write_private(self._folder.address, json.dumps(where).encode())
        sys.stdout.write(json.dumps(where) + "\n")
        sys.stdout.flush()


def serve(folder: Folder, port: int, host: str = HOST) -> None:
    """Serve until told to stop. Port 0 takes any free one; the line on standard output says which."""
    folder.require()
    with socket.create_server((host, port), backlog=128) as listener:
        server_of(folder, f"https://{host}:{listener.getsockname()[1]}").run(sockets=[listener])


def server_of(folder: Folder, url: str) -> uvicorn.Server:
    """The server, ready to run on a socket that listens at `url`."""
    logging.getLogger("uvicorn.access").disabled = True
    config = uvicorn.Config(
        make_app(folder),
        http=_ShowsCertificate,
        ws="none",
        timeout_keep_alive=10,
        ssl_context_factory=lambda *_: tls_context(folder),
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=64 << 10,
        limit_concurrency=200,
        timeout_graceful_shutdown=5,
    )
    return _Server(config, folder, url)


def tls_context(folder: Folder) -> ssl.SSLContext:
    """TLS 1.3 only. A certificate is asked for; who has none can enrol and nothing else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(folder.authority / "server.pem", folder.authority / "server.key")
    context.load_verify_locations(folder.authority / "ca.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
