"""What a file really is, from its first bytes; its name is only a promise."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from desktop_app.core.extracts import packed, problems
from desktop_app.core.extracts.encodings import binary_share, guess_encoding, is_wide
from desktop_app.core.extracts.no_table import MAINFRAME, is_ebcdic, not_a_table
from desktop_app.core.stages import FileFormat
from validation_rules.text import Text

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOKS: dict[str, FileFormat] = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
TYPED = ("parquet", "sas", "spss", "stata")
"""Formats whose file says the type of each column."""
KINDS: dict[FileFormat, Text] = {
    "delimited": Text("du texte", "text"),
    "fixed_width": Text("du texte", "text"),
    "xlsx": Text("un classeur .xlsx", "an .xlsx workbook"),
    "xls": Text("un classeur .xls", "an .xls workbook"),
    "ods": Text("un classeur .ods", "an .ods workbook"),
    "html": Text("une page Web", "a Web page"),
    "parquet": Text("un fichier Parquet", "a Parquet file"),
    "sas": Text("un fichier SAS", "a SAS file"),
    "spss": Text("un fichier SPSS", "an SPSS file"),
    "stata": Text("un fichier Stata", "a Stata file"),
}
_USUAL: dict[FileFormat, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
    "html": (".html", ".htm"),
    "parquet": (".parquet", ".pq"),
    "sas": (".sas7bdat", ".xpt", ".xport"),
    "spss": (".sav", ".zsav", ".por"),
    "stata": (".dta",),
}
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("un document PDF", "a PDF document")),
    (b"\x89PNG", Text("une image", "an image")),
    (b"\xff\xd8\xff", Text("une image", "an image")),
    (b"7z\xbc\xaf", Text("une archive 7-Zip", "a 7-Zip archive")),
    (b"Rar!", Text("une archive RAR", "a RAR archive")),
    (b"BZh", Text("une archive bzip2", "a bzip2 archive")),
    (b"\xfd7zXZ", Text("une archive XZ", "an XZ archive")),
    (b"(\xb5/\xfd", Text("une archive Zstandard", "a Zstandard archive")),
    (b"SQLite format 3", Text("une base SQLite", "an SQLite database")),
    (b"PARE", Text("un fichier Parquet chiffré", "an encrypted Parquet file")),
    (b"\x7fELF", Text("un programme", "a program")),
    (b"MZ\x90", Text("un programme", "a program")),
)
# The second byte of a Stata file of before 2013 is the byte order, the third is always 1.
_OLD_STATA = (bytes([version, order, 1]) for version in (105, 108, *range(110, 116)) for order in (1, 2))
_TYPED_MAGIC: tuple[tuple[bytes, FileFormat], ...] = (
    (b"PAR1", "parquet"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"<stata_dta>", "stata"),
    (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "sas"),
    (b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!", "sas"),
    *((start, "stata") for start in _OLD_STATA),
)
_SAS = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<!--")
_FEW_CONTROLS = 4
_UNKNOWN = Text("un fichier binaire", "a binary file")
_SAVE_AS = Text(
    "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, puis chargez ce fichier-là.",
    "Open it in your spreadsheet program and save it as .xlsx, then load that file.",
)


def real_format(
    path: Path, head: bytes, encoding: str | None = None, member: str | None = None
) -> FileFormat:
    """What the content is; `delimited` stands for any text. Raises AppError when it is no table.

    `encoding` is the one that somebody stated, if any: in UTF-16 zero bytes prove nothing. `head` is the
    start of the file, or of its `member`.
    """
    if packed.is_zip(head):
        return _zipped(path, member)
    if packed.is_gzip(head):
        raise problems.archive_in_archive(path)
    if head.startswith(OLE):
        return _ole(path, member)
    typed = typed_format(head)
    if typed is not None:
        return typed
    _refuse_binary(path, head, encoding)
    if is_html(head):
        return "html"
    if _is_xml(head):
        name = PurePosixPath(member or path.name)
        raise problems.wrong_extension(path, name.suffix or "?", Text("du XML", "XML"), _SAVE_AS)
    if (other := not_a_table(head)) is not None:
        raise problems.binary(path, other)
    return "delimited"


def typed_format(head: bytes) -> FileFormat | None:
    """SAS, SPSS, Stata or Parquet, from the first bytes."""
    for mark, found in _TYPED_MAGIC:
        if head.startswith(mark):
            return found
    if head.startswith(_SAS):
        return "sas"
    # A portable SPSS file starts with five lines of 40 bytes that say so in several alphabets.
    return "spss" if b"SPSS PORT" in head[:200].replace(b"\r", b"").replace(b"\n", b"") else None


def misnamed(name: str, found: FileFormat) -> Text | None:
    """The remark for a file whose extension promises another content than the one that is read."""
    extension = PurePosixPath(name).suffix.lower()
    promised = next((form for form, usual in _USUAL.items() if extension in usual), None)
    told = promised is not None or (
        found not in ("delimited", "fixed_width") and extension in {".csv", ".tsv"}
    )
    if not told or extension in _USUAL.get(found, ()):
        return None
    kind = KINDS[found]
    return Text(
        f"Le fichier porte l’extension {extension} mais contient {kind.fr} : c’est ainsi qu’il est lu.",
        f"The file is named {extension} but holds {kind.en}, and is read as such.",
    )


def _zipped(path: Path, member: str | None) -> FileFormat:
    from desktop_app.core.extracts.archive import inspect

    found = inspect(path, member)
    if found is None:
        raise problems.archive_in_archive(path)
    return found


def _ole(path: Path, member: str | None) -> FileFormat:
    marks = [
        "EncryptedPackage".encode("utf-16-le"),
        *(name.encode("utf-16-le") for name in ("Workbook", "Book")),
    ]
    locked, *books = _in_content(path, member, marks)
    if locked:
        raise problems.encrypted(path)
    if not any(books):
        raise problems.binary(
            path, Text("un ancien document Office sans tableau", "an old Office document, no table")
        )
    from desktop_app.core.extracts.compound import look_through

    look_through(path, member)
    return "xls"


def _in_content(path: Path, member: str | None, marks: list[bytes]) -> list[bool]:
    """Which of the marks occur anywhere; the content is read in pieces."""
    tail, found = b"", [False] * len(marks)
    try:
        with packed.opened(path, member) as file:
            while piece := file.read(4 * 1024**2):
                found = [seen or mark in tail + piece for seen, mark in zip(found, marks, strict=True)]
                tail = piece[-64:]
    except OSError as error:
        raise problems.from_os(path, error) from None
    return found


def is_html(head: bytes) -> bool:
    """Whether text starts as a Web page does."""
    return _start(head).startswith(_PAGE) or (
        _is_xml(head) and any(mark in _start(head) for mark in _PAGE[:2])
    )


def _is_xml(head: bytes) -> bool:
    return _start(head).startswith(b"<?xml")


def _start(head: bytes) -> bytes:
    return head[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()


def _refuse_binary(path: Path, head: bytes, encoding: str | None) -> None:
    for mark, name in _MAGIC:
        if head.startswith(mark):
            raise problems.binary(path, name)
    sample = head[:262144]
    if is_wide(encoding or guess_encoding(sample[:65536]).value):
        return
    if is_ebcdic(sample):
        raise problems.binary(path, MAINFRAME)
    if binary_share(sample) > max(0.05, _FEW_CONTROLS / len(head)):
        raise problems.binary(path, _UNKNOWN)
