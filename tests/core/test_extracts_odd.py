"""Files that are not what they seem get a sentence that says what to do; odd rows are counted, never lost."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop_app.core import extracts
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import archive, detect, open_extract
from desktop_app.core.stages import ImportOptions
from validation_rules.text import Text

CSV = ImportOptions("delimited", "utf-8", ";")


def refusal(path: Path, options: ImportOptions | None = None) -> str:
    with pytest.raises(AppError) as caught:
        open_extract(path, options)
    assert caught.value.todo.fr
    assert caught.value.todo.en
    return caught.value.code


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path, name: str = "extrait.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].append([1, "x"])
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file-empty"),
        ("a.csv", b" \n \n", "file-empty"),
        ("a.csv", b"nom;topo\n", "file-no-rows"),
        ("a.csv", b"nom;topo\n;\n ; \n", "file-no-rows"),
        ("a.csv", bytes(range(256)) * 40, "file-binary"),
        ("a.csv", b"%PDF-1.7 ...", "file-binary"),
        ("a.csv", b"PAR1....", "statistical-damaged"),
        ("a.xls", b"<html><table><tr><td>nom</td></tr></table></html>", "file-no-rows"),
        ("a.csv", b"<!DOCTYPE html><html></html>", "page-without-table"),
        ("a.xls", b"<?xml version='1.0'?><Workbook/>", "file-wrong-extension"),
        ("a.xlsx", b"PK\x03\x04 cut short", "workbook-damaged"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "file-binary"),
    ],
)
def test_not_what_it_seems(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refusal(put(tmp_path, name, content)) == code


def test_missing_folder_and_forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path / "absent.csv") == "file-missing"
    assert refusal(tmp_path) == "file-is-folder"
    path = put(tmp_path, "a.csv", b"a;b\n1;2\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == "file-forbidden"


def test_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "MAX_BYTES", 10)
    assert refusal(put(tmp_path, "a.csv", b"a;b\n1;2\n3;4\n")) == "file-too-big"


def test_encrypted_workbook(tmp_path: Path) -> None:
    content = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    )
    assert refusal(put(tmp_path, "a.xlsx", content)) == "workbook-password"


def test_truncated_workbook(tmp_path: Path) -> None:
    content = workbook(tmp_path).read_bytes()
    assert refusal(put(tmp_path, "b.xlsx", content[: len(content) // 2])) == "workbook-damaged"


def test_content_decides_and_the_name_is_remarked_on(tmp_path: Path) -> None:
    named = workbook(tmp_path).rename(tmp_path / "a.csv")
    assert open_extract(named).frame.rows() == [(1, "1", "x")]
    assert ".csv" in detect(named).problems[0].fr
    text = put(tmp_path, "b.xlsx", b"nom;topo\nA;C50\nB;C61\n")
    assert open_extract(text).columns == ["nom", "topo"]
    assert "du texte" in detect(text).problems[0].fr


def test_zip_bomb_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    assert refusal(workbook(tmp_path)) == "workbook-too-big"


def test_zip_bomb_by_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_RATIO_FROM", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    assert refusal(tmp_path / "a.xlsx") == "workbook-too-big"


def test_one_cell_at_the_far_corner(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(path)
    assert refusal(path) == "workbook-too-big"


def test_line_without_end_is_not_read_whole(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b"a;b\n1;2\n" + b"x" * 30_000_000)
    assert refusal(path, CSV) == "line-too-long"
    assert refusal(put(tmp_path, "b.csv", b"x;" * 10_000_000), CSV) == "too-many-columns"


def test_quote_never_closed(tmp_path: Path) -> None:
    rows = b"".join(b"%d;DUPONT;C50.4\n" % i for i in range(200_000))
    path = put(tmp_path, "a.csv", b'n;nom;topo\n0;"DUPONT;C50.4\n' + rows)
    assert refusal(path, CSV) == "quote-open"
    assert refusal(put(tmp_path, "b.csv", path.read_bytes() + rows), CSV) == "line-too-long"


def test_wrong_encoding_says_the_line(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a;b\n1;2\n3;é\n".encode("cp1252"))
    with pytest.raises(AppError, match="Line 3"):
        open_extract(path, CSV)
    assert refusal(path, ImportOptions("delimited", "klingon", ";")) == "encoding-unknown"


def test_file_that_vanishes_or_grows_midway(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b"a;b\n" + b"1;2\n" * 10)

    def grow(done: int, total: int | None, what: Text) -> None:
        with path.open("ab") as file:
            file.write(b"3;4\n")

    with pytest.raises(AppError, match="changed while"):
        open_extract(path, CSV, grow)


def test_cancel(tmp_path: Path) -> None:
    def stop(done: int, total: int | None, what: Text) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_extract(put(tmp_path, "a.csv", b"a;b\n1;2\n"), CSV, stop)


def test_ragged_rows_are_counted_and_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b"a;b;c\n1;2;3\n4;5\n6;7;8;9\n\n10;11;12\n13;14;15;\n")
    extract = open_extract(path, CSV)
    assert extract.ragged == 2
    assert extract.blank_rows == 1
    assert extract.columns == ["a", "b", "c", "Colonne 4"]
    assert extract.frame.rows() == [
        (1, "1", "2", "3", None),
        (2, "4", "5", None, None),
        (3, "6", "7", "8", "9"),
        (5, "10", "11", "12", None),
        (6, "13", "14", "15", None),
    ]


def test_separator_at_the_end_of_every_row(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, "a.csv", b"a;b\n1;2;\n3;4;\n"), CSV)
    assert extract.ragged == 0
    assert extract.frame.select("a", "b").rows() == [("1", "2"), ("3", "4")]


def test_quotes_amid_cells_are_text(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b'n;taille;nom\n1;5" x;A\n2;2" y;B\n3;"c;d";C\n')
    frame = open_extract(path, CSV).frame
    assert frame.get_column("taille").to_list() == ['5" x', '2" y', "c;d"]


def test_zero_bytes_read_as_spaces_and_are_told(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b"nom;topo\nDUP\0ONT;C50.4\nMARTIN\0\0;C34.1\n")
    assert detect(path).problems[-1].fr.startswith("3 octets nuls")
    assert open_extract(path).frame.row(0) == (1, "DUP ONT", "C50.4")


def test_blank_rows_count_in_row_numbers(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a;b\n\n1;2\n;\n  ;\u00a0\n3;4\n".encode())
    extract = open_extract(path, CSV)
    assert extract.frame.get_column("row_id").to_list() == [2, 5]
    assert extract.blank_rows == 3


def test_hash_is_that_of_the_file(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, "a.csv", b"a;b\n1;2\n"), CSV)
    assert extract.source.sha256 == hashlib.sha256(b"a;b\n1;2\n").hexdigest()
    assert extract.source.size == 8


def test_blank_rows_of_a_single_column_count_too(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, "a.csv", b"nom\nA\n\nB\n\n\nC\n"), CSV)
    assert extract.frame.rows() == [(1, "A"), (3, "B"), (6, "C")]


def test_blank_lines_at_block_ends_do_not_shift_rows(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, "a.csv", b'n;t\n\n1;"a\n\nb"\n;\n2;c\n\n\n'), CSV)
    assert extract.frame.rows() == [(2, "1", "a\n\nb"), (4, "2", "c")]


def test_as_many_equal_headers_as_a_workbook_holds_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(";".join(["a"] * 16_384) + "\n" + ";".join(["1"] * 16_384) + "\n")
    assert len(set(open_extract(path).columns)) == 16_384
