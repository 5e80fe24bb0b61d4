"""A frame written in any dialect and read back is the same frame."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.stages import ImportOptions

HEADER = ["N° patient", "Nom", "Date naiss.", "Topo"]
ROWS = [
    ["P001", "LÉVÊQUE", "01/02/1950", "C50.4"],
    ["P002", "D’ŒUVRE", "31/12/1949", "C34.1"],
    ["P003", "Noël; dit « l'Aîné »", "15/06/1961", "C61.9"],
    ["P004", 'a "cité"\nsur deux lignes', "", "C18.7"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be", "utf-16"]


def written(rows: list[list[str]], separator: str, ends: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(rows)
    return text.getvalue()


def cells(path: Path, options: ImportOptions | None = None) -> list[list[str]]:
    frame = open_extract(path, options).frame.drop("row_id")
    return [[cell or "" for cell in row] for row in frame.rows()]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_encoding_and_separator_is_found(
    tmp_path: Path, encoding: str, separator: str, ends: str
) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes(written([HEADER, *ROWS], separator, ends).encode(encoding))
    extract = open_extract(path)
    assert extract.columns == HEADER
    assert cells(path) == ROWS
    assert extract.ragged == 0


def test_detected_encodings_say_why(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes(written([HEADER, *ROWS], ";").encode("utf-16-le"))
    guess = next(guess for guess in detect(path).guesses if guess.option == "encoding")
    assert (guess.value, guess.confidence) == ("utf-16-le", 0.95)
    assert "%" in guess.evidence.fr
    assert "cp1252" in guess.choices


def test_latin_1_reads_as_its_superset(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes("nom;prénom\nLÉVÊQUE;Zoé\nÉTÉ;Noël\n".encode("latin-1"))
    assert detect(path).options.encoding == "cp1252"
    assert cells(path) == [["LÉVÊQUE", "Zoé"], ["ÉTÉ", "Noël"]]


def test_dos_encoding_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes("nom;prénom\nLEVÊQUE;Zoé\nGénéreux;Noël\nçàèù;éèê\n".encode("cp850"))
    assert detect(path).options.encoding == "cp850"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_first_accent_beyond_the_head_settles_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "extrait.csv"
    rows = [[f"P{i}", "DUPONT" * 200, "", "C50.4"] for i in range(2000)] + [["P", "LÉVÊQUE", "", ""]]
    path.write_bytes(written([["a", "b", "c", "d"], *rows], ";").encode(encoding))
    extract = open_extract(path)
    assert extract.frame.row(-1)[2] == "LÉVÊQUE"
    assert extract.options.encoding == encoding


def test_byte_order_mark_is_dropped_whatever_the_option(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes(b"\xef\xbb\xbfa;b\n1;2\n")
    assert open_extract(path, ImportOptions("delimited", "utf-8", ";")).columns == ["a", "b"]


def test_old_mac_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes(b"a;b\r1;2\r3;4\r")
    assert cells(path) == [["1", "2"], ["3", "4"]]


def test_title_rows_above_the_header(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text("Registre des tumeurs\n\nÉdité le 15/10/2026\n" + written([HEADER, *ROWS], ";"), "utf-8")
    preview = detect(path)
    assert preview.options.header_row == 4
    assert preview.columns == tuple(HEADER)
    assert cells(path) == ROWS


def test_excel_separator_line_is_a_title(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text("sep=;\n" + written([HEADER, *ROWS], ";"), "utf-8")
    assert detect(path).options.header_row == 2


def test_no_header(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text("1;01/02/1950;C50.4\n2;01/03/1951;C34.1\n", "utf-8")
    extract = open_extract(path)
    assert extract.columns == ["Colonne 1", "Colonne 2", "Colonne 3"]
    assert extract.frame.height == 2


def test_what_the_person_set_is_not_guessed_again(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text("a,b;c\n1,2;3\n4,5;6\n", "utf-8")
    preview = detect(path, {"separator": ",", "header_row": None})
    assert preview.options.separator == ","
    assert preview.rows[0] == ["a", "b;c"]
    assert {guess.option: guess.confidence for guess in preview.guesses}["separator"] == 1.0


def test_headers_are_made_unique(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text("Nom;Nom;;row_id\na;b;c;d\n", "utf-8")
    extract = open_extract(path, ImportOptions("delimited", "utf-8", ";"))
    assert extract.columns == ["Nom", "Nom (2)", "Colonne 3", "row_id (2)"]


cell = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\x1a\r", exclude_categories=["Cs", "Cc"]), max_size=12
) | st.sampled_from(["", '"', '""', ";", "a\nb", "x\r\ny", ' "', '" ', "\t|,;"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 6))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=12))
    return [["P1", *row] for row in rows]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=tables(),
    separator=st.sampled_from([";", ",", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_round_trip(
    tmp_path: Path, rows: list[list[str]], separator: str, encoding: str, quoting: int
) -> None:
    text = io.StringIO()
    header = [f"c{i}" for i in range(len(rows[0]))]
    writer = csv.writer(text, delimiter=separator, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([header, *rows])
    path = tmp_path / "extrait.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    extract = open_extract(path, ImportOptions("delimited", encoding, separator))
    assert [[value or "" for value in row[1:]] for row in extract.frame.rows()] == rows
    assert extract.ragged == 0


NARROW = {
    "two": "numero;datenaissan\n" + "".join(f"PAT{n:03};1950-01-1{n % 10}X\n" for n in range(40)),
    "comma": "numero_pat,date_nais_\n" + "".join(f"PAT{n:07},1950-01-1{n % 10}\n" for n in range(40)),
    "figures": "".join(f"{n:010},195001{n % 10:02}00\n" for n in range(40)),
    "three": "code\tlibelle\tdateincid\n"
    + "".join(f"C{n:03}\tABCDEFG\t19500{n % 10}01X\n" for n in range(40)),
}


@pytest.mark.parametrize("name", list(NARROW))
def test_a_narrow_table_of_equal_lines_is_no_fixed_width(tmp_path: Path, name: str) -> None:
    lines = NARROW[name].splitlines()
    assert len({len(line) for line in lines}) == 1, "all lines are as long as one another"
    path = tmp_path / "a.txt"
    path.write_text(NARROW[name], "utf-8")
    preview = detect(path)
    assert preview.options.format == "delimited"
    assert len(preview.columns) == lines[0].count(preview.options.separator or "?") + 1
    assert open_extract(path).ragged == 0


def test_a_decimal_comma_at_one_place_is_no_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"{n:04}  DUPONT      1,{n % 10}  C50.4\n" for n in range(40)), "utf-8")
    assert detect(path).options.format == "fixed_width"
