"""A TCP proxy that cuts, or does something else, once so many bytes have gone through."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down"]


@dataclass
class Trap:
    """Springs once, when `left` bytes have gone in `direction`; what is over is not forwarded.

    With a `delay` (seconds) everything is forwarded and `action` comes that much later.
    """

    direction: Direction
    left: int
    action: Callable[[], None]
    delay: float | None = None
    sprung: bool = False

    def pass_on(self, direction: Direction, data: bytes) -> tuple[bytes, bool]:
        """What to forward, and whether to cut."""
        if self.sprung or direction != self.direction:
            return data, False
        if self.left > len(data):
            self.left -= len(data)
            return data, False
        self.sprung = True
        if self.delay is not None:
            threading.Timer(self.delay, self.action).start()
            return data, False
        return data[: self.left], True


class CuttingProxy(socketserver.ThreadingTCPServer):
    """Forwards to `port`; `trap` is set anew for each try."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Pump)
        self.port = port
        self.trap: Trap | None = None
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where clients are to go."""
        return f"https://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is what this is about."""


class _Pump(socketserver.BaseRequestHandler):
    server: CuttingProxy

    def handle(self) -> None:
        client: socket.socket = self.request
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as upstream:
            while True:
                ready, _, _ = select.select([client, upstream], [], [], 30)
                if not ready or not all(self._forward(source, client, upstream) for source in ready):
                    return

    def _forward(self, source: socket.socket, client: socket.socket, upstream: socket.socket) -> bool:
        data, trap, cut = source.recv(16 << 10), self.server.trap, False
        if not data:
            return False
        if trap is not None:
            data, cut = trap.pass_on("up" if source is client else "down", data)
        (upstream if source is client else client).sendall(data)
        if cut and trap is not None:
            trap.action()
        return not cut
