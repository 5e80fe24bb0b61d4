"""The container: any ZIP tool reads it, and it has one spelling only."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.batches.container import BadContainer, read_directory, read_entry, write_container

ENTRIES = [("linkage/0001.hpke", b"abc" * 50), ("clinical/0001.hpke", b""), ("manifest.jws", b"{}")]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("container") / "a.navette"
    write_container(path, ENTRIES)
    return path.read_bytes()


def read(content: bytes) -> list[tuple[str, bytes]]:
    file = io.BytesIO(content)
    return [(entry.name, read_entry(file, entry)) for entry in read_directory(file).values()]


def test_what_is_written_is_read(content: bytes) -> None:
    assert read(content) == ENTRIES


def test_any_zip_tool_reads_it(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert other.testzip() is None
        assert [(name, other.read(name)) for name in other.namelist()] == ENTRIES


def test_every_flipped_bit_is_seen(content: bytes) -> None:
    for at in range(len(content)):
        for bit in (1, 0x80):
            changed = bytearray(content)
            changed[at] ^= bit
            with pytest.raises(BadContainer):
                read(bytes(changed))


@given(cut=st.integers(0, 10_000))
def test_every_cut_is_seen(content: bytes, cut: int) -> None:
    with pytest.raises(BadContainer):
        read(content[: cut % len(content)])


@given(at=st.integers(0, 10_000), extra=st.binary(min_size=1, max_size=40))
def test_every_insertion_is_seen(content: bytes, at: int, extra: bytes) -> None:
    at %= len(content) + 1
    with pytest.raises(BadContainer):
        read(content[:at] + extra + content[at:])


@given(st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(BadContainer):
        read(noise)


def test_a_container_made_by_another_tool_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.jws", b"{}")
    with pytest.raises(BadContainer):
        read(other.getvalue())


def test_an_existing_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FileExistsError):
        write_container(tmp_path / "a", ENTRIES)
