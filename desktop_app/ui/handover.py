"""One window a workspace: files opened from the file manager come to the window that is open already.

A second start of the program hands its files over through a local socket, which only this person can use:
it lies in the private folder of the workspace (on Windows it is a pipe with the person's own rights).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

SOCKET = "window.socket"
MAX_BYTES = 1_000_000
MAX_PATHS = 1000
_LONGEST = 100  # bytes of a socket's path that every system takes
_CONNECT_MS, _ANSWER_MS = 500, 3000
_TOGETHER_MS = 250  # the system tells files that were chosen together one by one
_TAKEN = b"taken\n"


def hand_over(folder: Path, files: Sequence[Path]) -> bool:
    """Gives files to the window of this workspace, and brings it forward; False when none is open."""
    name = _name(folder)
    if name is None or (sys.platform != "win32" and not Path(name).exists()):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    socket.write(json.dumps([str(path) for path in files]).encode() + b"\n")
    while socket.bytesToWrite() and socket.waitForBytesWritten(_CONNECT_MS):
        pass
    return socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _TAKEN


def paths_in(message: bytes) -> list[Path] | None:
    """The files of a message; None when it is none. It comes from outside, so nothing else is believed."""
    try:
        names = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(names, list) or len(names) > MAX_PATHS:
        return None
    if not all(isinstance(name, str) and "\0" not in name for name in names):
        return None
    paths = [Path(name) for name in names]
    return paths if all(path.is_absolute() for path in paths) else None


class Opening(QObject):
    """`asked` carries the files to open; none when the window itself is all that is wanted."""

    asked = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._told: list[Path] = []
        self._together = QTimer(self)
        self._together.setSingleShot(True)
        self._together.setInterval(_TOGETHER_MS)
        self._together.timeout.connect(self._ask)
        app = QCoreApplication.instance()
        if app is not None and sys.platform == "darwin":  # elsewhere it would only slow every event down
            app.installEventFilter(self)

    def listen(self, folder: Path) -> bool:
        """From now on other starts with this workspace come here. Only for who holds the workspace."""
        name = _name(folder)
        if name is None or self._server is not None:
            return False
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._connected)
        QLocalServer.removeServer(name)  # of a program that ended suddenly: its hold on the workspace is gone
        if not server.listen(name):
            server.deleteLater()
            return False
        self._server = server
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The file manager of macOS tells files so, also at the start."""
        if isinstance(event, QFileOpenEvent) and event.url().isLocalFile():
            self._told.append(Path(event.file()))
            self._together.start()
            return True
        return False

    def _ask(self) -> None:
        told, self._told = self._told, []
        self.asked.emit(told)

    def _connected(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(MAX_BYTES + 1)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._came)

    def _came(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if not socket.canReadLine():
            if socket.bytesAvailable() > MAX_BYTES:
                socket.abort()
            return
        paths = paths_in(bytes(socket.readLine(MAX_BYTES).data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit(paths)


def _name(folder: Path) -> str | None:
    """Where the window of a workspace is reached; None where the system cannot."""
    whole = folder.absolute()
    if sys.platform == "win32":
        return "navette-" + hashlib.sha256(str(whole).casefold().encode()).hexdigest()[:32]
    name = str(whole / SOCKET)
    return name if len(name.encode()) <= _LONGEST else None
