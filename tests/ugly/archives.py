"""Ugly archives: bombs, passwords, several tables, names that lead elsewhere."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

from tests.ugly import xlsx_parts as x
from tests.ugly.case import Ugly, content, lines, refused

_TEXT = lines().encode()
_MEGA = 1024**2


def archives() -> list[Ugly]:
    """All of them."""
    return [*_packed(), *_bombs(), *_odd()]


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return made.getvalue()


def _packed() -> list[Ugly]:
    beside = {"__MACOSX/._extrait.csv": b"\0\5\x16\7", "Lisezmoi.pdf": b"%PDF-1.4", "extrait.csv": _TEXT}
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        for name, body in x.parts({"T": x.sheet(x.table())}).items():
            archive.writestr(name, body)
    two = {"janvier.csv": _TEXT, "fevrier.csv": _TEXT * 2}
    return [
        Ugly("packed.csv.gz", content(gzip.compress(_TEXT))),
        Ugly("two-gzip-members.csv.gz", content(gzip.compress(_TEXT[:40]) + gzip.compress(_TEXT[40:]))),
        Ugly("gzip-called.csv", content(gzip.compress(_TEXT))),
        Ugly("packed.zip", content(packed({"extrait.csv": _TEXT}))),
        Ugly("with-papers-beside.zip", content(packed(beside))),
        Ugly("name-leads-elsewhere.zip", content(packed({"../../../tmp/extrait.csv": _TEXT}))),
        Ugly("name-in-cp850.zip", content(packed({"relevé/été.csv": _TEXT}))),
        Ugly("workbook-inside.zip", content(packed({"extrait.xlsx": sheet.getvalue()}))),
        Ugly("zip-called.csv", content(packed({"extrait.csv": _TEXT}))),
        refused("two-tables.zip", content(packed(two)), "archive-several"),
        refused("empty.zip", content(packed({})), "archive-empty"),
        refused("zip-in-zip.zip", content(packed({"a.zip": packed({"a.csv": _TEXT})})), "archive-nested"),
        refused("truncated.csv.gz", content(gzip.compress(_TEXT * 50)[:-30]), "archive-damaged"),
        refused("truncated.zip", content(packed({"a.csv": _TEXT})[:-30]), "archive-damaged"),
    ]


def _zeros(path: Path) -> None:
    """Gigabytes of one row, as members of 64 MB each: quick to write."""
    path.write_bytes(gzip.compress(b"0;1\n" * (16 * _MEGA), 9) * 80)


def _deflated_zeros(path: Path) -> None:
    """One member of 5 GB, whose sizes tell the truth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"0;1\n" * (16 * _MEGA)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = block * 80 + packer.flush()
    _raw(path, body, 64 * _MEGA * 80 % 2**32)


def _lying(path: Path) -> None:
    """A member that says 100 bytes and gives 640 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"0;1\n" * (16 * _MEGA)) + packer.flush(zlib.Z_FULL_FLUSH)
    _raw(path, block * 10 + packer.flush(), 100)


def _raw(path: Path, body: bytes, size: int) -> None:
    name = b"extrait.csv"
    fields = struct.pack("<HHHHIII", 0, 8, 0, 0x21, 0, len(body), size)
    local = b"PK\3\4" + struct.pack("<H", 20) + fields + struct.pack("<HH", len(name), 0) + name
    central = b"PK\1\2" + struct.pack("<HH", 20, 20) + fields
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    path.write_bytes(local + body + central + end)


def _workbook_bomb(path: Path) -> None:
    """A sheet of 3 GB of blanks."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, body in x.parts({"T": x.sheet(x.table())}).items():
            if "sheet1" not in name:
                archive.writestr(name, body)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            for _ in range(12):
                file.write(b" " * (16 * _MEGA))


def _bombs() -> list[Ugly]:
    return [
        refused("bomb.csv.gz", _zeros, "archive-too-big", "file-over-memory"),
        refused("bomb.zip", _deflated_zeros, "archive-too-big", "file-over-memory"),
        refused("bomb-that-lies.zip", _lying, "archive-damaged", "archive-too-big", "file-over-memory"),
        refused("bomb.xlsx", _workbook_bomb, "workbook-too-big"),
        refused(
            "ten-thousand-files.zip",
            content(packed({f"{i}.csv": b"" for i in range(10_001)})),
            "archive-too-big", "file-over-memory",
        ),
    ]  # fmt: skip


def _odd() -> list[Ugly]:
    docx = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    xlsb = {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\1\0"}
    return [
        refused("letter.docx", content(packed(docx)), "file-binary"),
        refused("letter-called.xlsx", content(packed(docx)), "file-binary"),
        refused("binary-workbook.xlsb", content(packed(xlsb)), "file-binary"),
        refused("tar-inside.tar.gz", _tar, "file-binary"),
        refused("locked.zip", _locked, "archive-password"),
    ]


def _tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("extrait.csv")
        entry.size = len(_TEXT)
        archive.addfile(entry, io.BytesIO(_TEXT))


def _locked(path: Path) -> None:
    data = bytearray(packed({"extrait.csv": _TEXT}))
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
