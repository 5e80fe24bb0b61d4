"""What a file really is, from its first bytes, against what its name promises."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.encodings import binary_share, guess_encoding, is_wide
from desktop_app.core.extracts.no_table import MAINFRAME, is_ebcdic, not_a_table
from desktop_app.core.stages import FileFormat
from validation_rules.text import Text

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
WORKBOOKS: dict[str, FileFormat] = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("un document PDF", "a PDF document")),
    (b"\x89PNG", Text("une image", "an image")),
    (b"\xff\xd8\xff", Text("une image", "an image")),
    (b"\x1f\x8b", Text("une archive gzip", "a gzip archive")),
    (b"7z\xbc\xaf", Text("une archive 7-Zip", "a 7-Zip archive")),
    (b"Rar!", Text("une archive RAR", "a RAR archive")),
    (b"PAR1", Text("un fichier Parquet", "a Parquet file")),
    (b"SQLite format 3", Text("une base SQLite", "an SQLite database")),
    (b"$FL2", Text("un fichier SPSS", "an SPSS file")),
    (b"<stata_dta>", Text("un fichier Stata", "a Stata file")),
    (b"\x7fELF", Text("un programme", "a program")),
    (b"MZ\x90", Text("un programme", "a program")),
)
_FEW_CONTROLS = 4
_UNKNOWN = Text("un fichier binaire", "a binary file")
_ARCHIVE = Text("une archive zip sans classeur", "a zip archive without a workbook")
_SAVE_AS = Text(
    "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx, puis chargez ce fichier-là.",
    "Open it in your spreadsheet program and save it as .xlsx, then load that file.",
)


def real_format(path: Path, head: bytes, encoding: str | None = None) -> FileFormat:
    """`delimited` stands for any text. Raises AppError when the content is no table, or belies the name.

    `encoding` is the one that somebody stated, if any: in UTF-16 zero bytes prove nothing.
    """
    extension = path.suffix.lower()
    if head.startswith(ZIP) or head.startswith(b"PK\x05\x06"):
        return _zipped(path, extension)
    if head.startswith(OLE):
        return _ole(path, extension)
    _refuse_binary(path, head, encoding)
    if extension in WORKBOOKS:
        raise _text_named_workbook(path, extension, head)
    if _is_html(head):
        todo = Text(
            "Exportez les données en CSV, pas en page Web.", "Export the data as CSV, not as a Web page."
        )
        raise problems.wrong_extension(path, extension or "?", Text("une page Web", "a Web page"), todo)
    if (other := not_a_table(head)) is not None:
        raise problems.binary(path, other)
    return "delimited"


def _zipped(path: Path, extension: str) -> FileFormat:
    from desktop_app.core.extracts.archive import inspect

    found = inspect(path)
    if found is None:
        raise problems.binary(path, _ARCHIVE)
    if WORKBOOKS.get(extension) != found:
        raise _workbook_misnamed(path, extension, found)
    return found


def _ole(path: Path, extension: str) -> FileFormat:
    if _in_file(path, "EncryptedPackage".encode("utf-16-le")):
        raise problems.encrypted(path)
    if not (_in_file(path, "Workbook".encode("utf-16-le")) or _in_file(path, "Book".encode("utf-16-le"))):
        raise problems.binary(
            path, Text("un ancien document Office sans tableau", "an old Office document, no table")
        )
    if extension != ".xls":
        raise _workbook_misnamed(path, extension, "xls")
    from desktop_app.core.extracts.compound import look_through

    look_through(path)
    return "xls"


def _in_file(path: Path, mark: bytes) -> bool:
    """Whether `mark` occurs anywhere; the file is read in pieces."""
    tail = b""
    try:
        with path.open("rb") as file:
            while piece := file.read(4 * 1024**2):
                if mark in tail + piece:
                    return True
                tail = piece[-len(mark) :]
    except OSError as error:
        raise problems.from_os(path, error) from None
    return False


def _workbook_misnamed(path: Path, extension: str, found: str) -> Exception:
    todo = Text(
        f"Renommez-le avec l’extension .{found}, puis chargez-le de nouveau.",
        f"Rename it with the extension .{found}, then load it again.",
    )
    content = Text(f"un classeur .{found}", f"a .{found} workbook")
    return problems.wrong_extension(path, extension or "?", content, todo)


def _text_named_workbook(path: Path, extension: str, head: bytes) -> Exception:
    if _is_html(head):
        return problems.wrong_extension(path, extension, Text("une page Web", "a Web page"), _SAVE_AS)
    if head.lstrip().startswith(b"<?xml"):
        return problems.wrong_extension(path, extension, Text("du XML", "XML"), _SAVE_AS)
    todo = Text(
        "Renommez-le en .csv, puis chargez-le de nouveau.",
        "Rename it to .csv, then load it again.",
    )
    return problems.wrong_extension(path, extension, Text("du texte", "text"), todo)


def _is_html(head: bytes) -> bool:
    start = head[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta"))


def _refuse_binary(path: Path, head: bytes, encoding: str | None) -> None:
    for mark, name in _MAGIC:
        if head.startswith(mark):
            raise problems.binary(path, name)
    if b"SAS FILE" in head[:400]:
        raise problems.binary(path, Text("un fichier SAS", "a SAS file"))
    sample = head[:262144]
    if is_wide(encoding or guess_encoding(sample[:65536]).value):
        return
    if is_ebcdic(sample):
        raise problems.binary(path, MAINFRAME)
    if binary_share(sample) > max(0.05, _FEW_CONTROLS / len(head)):
        raise problems.binary(path, _UNKNOWN)
