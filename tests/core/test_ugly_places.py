"""Files in ugly places: links, pipes, devices; files that grow, shrink or stop coming; a stick pulled out."""

from __future__ import annotations

import errno
import io
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.read_ahead import read_ahead
from desktop_app.core.extracts.source import SourceReader
from desktop_app.core.progress import silent
from desktop_app.core.stages import ImportOptions
from validation_rules.text import Text

CSV = ImportOptions("delimited", "utf-8", ";")
posix = pytest.mark.skipif(sys.platform == "win32", reason="made by calls that only POSIX has")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound file of three rows."""
    path = tmp_path / "extrait.csv"
    path.write_bytes(b"id;nom\nP1;A\nP2;B\nP3;C\n")
    return path


def refusal(path: Path, options: ImportOptions | None = None) -> str:
    with pytest.raises(AppError) as caught:
        open_extract(path, options)
    return caught.value.code


@posix
def test_links_are_followed_and_told_by_their_own_name(path: Path, tmp_path: Path) -> None:
    link, longer = tmp_path / "lien.csv", tmp_path / "lien2.csv"
    link.symlink_to(path)
    longer.symlink_to(link)
    extract = open_extract(longer)
    assert extract.frame.height == 3
    assert extract.source.path == longer
    assert path.read_bytes().endswith(b"P3;C\n")


@posix
def test_links_to_nothing_or_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "c.csv").symlink_to(tmp_path)
    assert refusal(tmp_path / "a.csv") == "file-missing"
    assert refusal(tmp_path / "b.csv") == "file-missing"
    assert refusal(tmp_path / "c.csv") == "file-is-folder"
    assert refusal(tmp_path / ("x" * 300 + ".csv")) == "file-missing"


@posix
@pytest.mark.parametrize("options", [None, CSV])
def test_pipes_devices_and_sockets_are_not_opened(tmp_path: Path, options: ImportOptions | None) -> None:
    pipe, link, place = tmp_path / "pipe.csv", tmp_path / "zero.csv", tmp_path / "s"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    with closing(socket.socket(socket.AF_UNIX)) as one:
        one.bind(str(place))
        for special in (pipe, link, place, Path("/dev/tty"), Path("/dev/null")):
            assert refusal(special, options) == "file-special"


def test_a_file_that_shrinks_grows_or_is_written_over(path: Path) -> None:
    def upset(change: Callable[[], object]) -> str:
        def progress(done: int, total: int | None, what: Text) -> None:
            if done:
                change()

        with pytest.raises(AppError) as caught:
            open_extract(path, CSV, progress)
        return caught.value.code

    content = path.read_bytes()
    assert upset(lambda: os.truncate(path, 9)) == "file-changed"
    path.write_bytes(content)
    assert upset(lambda: path.write_bytes(content + b"P4;D\n")) == "file-changed"
    path.write_bytes(content)
    later = time.time_ns() + 10**9
    assert upset(lambda: os.utime(path, ns=(later, later))) == "file-changed"


def test_a_file_written_to_without_end_is_given_up(path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"P;X\n" * 50_000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert refusal(path, CSV) == "file-changed"
    finally:
        stop.set()
        writer.join()


@posix
def test_a_stick_pulled_out_while_open(path: Path) -> None:
    class Stick(io.RawIOBase):
        """A file on a medium that answers twice, and then no more."""

        def __init__(self, number: int) -> None:
            self.reads, self.number = 0, number

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.reads += 1
            if self.reads > 2:
                raise OSError(self.number, os.strerror(self.number))
            buffer[:1000] = b"P1;A\n" * 200
            return 1000

    for number in (errno.EIO, errno.ENODEV, errno.ESTALE):
        with pytest.raises(OSError) as caught:
            list(read_ahead(path, Stick(number), 500, lambda come: None))  # type: ignore[arg-type]
        assert caught.value.errno == number


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux gives a file that cannot be read")
def test_the_system_refuses_a_read() -> None:
    # Page zero of a process is never there: reading it is a true EIO of the system.
    with pytest.raises(AppError) as caught:
        list(SourceReader(Path("/proc/self/mem"), silent).chunks())
    assert caught.value.code == "file-unreadable"
    assert "réseau" in caught.value.sentence("fr")


@posix
def test_a_share_that_stops_answering_is_told_and_can_be_left(path: Path) -> None:
    def through(waiting: Callable[[int], None], stalled: float) -> list[bytes]:
        out, into = os.pipe()
        os.write(into, b"a" * 10)
        try:
            with closing(read_ahead(path, os.fdopen(out, "rb", 0), 10, waiting, stalled)) as chunks:
                return list(chunks)
        finally:
            os.close(into)

    seen: list[int] = []
    with pytest.raises(AppError) as caught:
        through(seen.append, 0.3)
    assert caught.value.code == "file-stalled"
    assert seen and set(seen) == {10}

    def leave(come: int) -> None:
        raise Cancelled

    start = time.monotonic()
    with pytest.raises(Cancelled):
        through(leave, 60.0)
    assert time.monotonic() - start < 0.2


@posix
def test_a_slow_share_is_read_whole(path: Path) -> None:
    out, into = os.pipe()

    def trickle() -> None:
        for _ in range(20):
            os.write(into, b"P1;A\n" * 10)
            time.sleep(0.02)
        os.close(into)

    writer = threading.Thread(target=trickle)
    writer.start()
    chunks = list(read_ahead(path, os.fdopen(out, "rb", 0), 64, lambda come: None, 1.0))
    writer.join()
    assert b"".join(chunks) == b"P1;A\n" * 200
    assert {len(chunk) for chunk in chunks[:-1]} == {64}


def test_no_thread_is_left_behind(path: Path) -> None:
    def stop(done: int, total: int | None, what: Text) -> None:
        raise Cancelled

    for _ in range(5):
        open_extract(path, CSV)
        with pytest.raises(Cancelled):
            open_extract(path, CSV, stop)
    deadline = time.monotonic() + 2
    while any("read-ahead" in each.name for each in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [each.name for each in threading.enumerate() if "read-ahead" in each.name]


def test_a_file_that_is_gone_between_two_looks(path: Path) -> None:
    options = detect(path).options
    path.unlink()
    assert refusal(path, options) == "file-missing"
