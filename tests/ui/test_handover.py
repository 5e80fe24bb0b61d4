"""A second start gives its files to the window that is open; nothing else gets in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop_app.__main__ import files_to_open
from desktop_app.ui.handover import MAX_BYTES, SOCKET, Opening, hand_over, paths_in
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.start import Start

Settle = Callable[[], None]
ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the socket is a file on POSIX only")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "w"
    place.mkdir()
    return place


@pytest.fixture
def opening(qtbot: QtBot, folder: Path) -> Iterator[Opening]:
    owner = QObject()
    made = Opening(owner)
    assert made.listen(folder)
    yield made
    owner.deleteLater()


def second_start(folder: Path, *files: Path) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from desktop_app.ui.handover import hand_over\n"
        "app = QCoreApplication([])\n"
        "sys.exit(not hand_over(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))"
    )
    command = [sys.executable, "-c", program, str(folder), *map(str, files)]
    return subprocess.Popen(command, cwd=ROOT)


def test_a_second_start_gives_its_files_to_the_first(qtbot: QtBot, opening: Opening, folder: Path) -> None:
    files = [folder / "é 1.csv", folder / "2.csv"]
    with qtbot.waitSignal(opening.asked, timeout=20_000) as asked:
        other = second_start(folder, *files)
    assert asked.args == [files]
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=10_000)
    assert other.returncode == 0


def test_no_window_no_handing_over(qtbot: QtBot, folder: Path) -> None:
    assert not hand_over(folder, [])


@posix
def test_a_socket_that_a_killed_program_left_is_no_window(qtbot: QtBot, folder: Path) -> None:
    (folder / SOCKET).touch()
    assert not hand_over(folder, [])
    opening = Opening(QCoreApplication.instance() or QObject())
    assert opening.listen(folder)
    assert (folder / SOCKET).stat().st_mode & 0o077 == 0
    opening.deleteLater()


@pytest.mark.parametrize(
    "message",
    [b"", b"nonsense", b"{}", b'["relative.csv"]', b"[1]", b'["/a\\u0000b"]', b"[" * 100_000,
     json.dumps(["/x"] * 1001).encode()],
)  # fmt: skip
def test_a_message_that_is_none_opens_nothing(message: bytes) -> None:
    assert paths_in(message) is None


def test_a_message_without_end_is_cut(qtbot: QtBot, opening: Opening, folder: Path) -> None:
    socket = QLocalSocket()
    socket.connectToServer(str(folder / SOCKET))
    assert socket.waitForConnected(2000)
    asked: list[object] = []
    opening.asked.connect(asked.append)
    with qtbot.waitSignal(socket.disconnected, timeout=5000):
        socket.write(b"[" * (MAX_BYTES + 10))
    assert asked == []


def test_files_that_the_system_tells_one_by_one_come_together(
    qtbot: QtBot, opening: Opening, folder: Path
) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    files = [folder / "1.csv", folder / "2.csv"]
    with qtbot.waitSignal(opening.asked, timeout=2000) as asked:
        for file in files:
            assert opening.eventFilter(app, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    assert asked.args == [files]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_window_opens_what_it_is_handed(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "petit.csv"
    path.write_text("Nom;Sexe\nDUPONT;1\n", encoding="utf-8")
    start = Start(window, tmp_path / "workspace")
    start._asked([path])
    settle()
    assert window.session.files == (path,) and window.stack.currentWidget() is window.pages["load"]
    start._asked([])
    assert window.session.files == (path,)


def test_which_arguments_open_the_window(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.touch()
    assert files_to_open([]) == [] == files_to_open(["open"])
    assert files_to_open(["open", "b.csv", "c.csv"]) == [Path("b.csv"), Path("c.csv")]
    assert files_to_open([str(file)]) == [file]
    for others in (["check", str(file)], ["open", "--workspace", "w"], ["a.csv"], [f"{file}x"], ["--help"]):
        assert files_to_open(others) is None
