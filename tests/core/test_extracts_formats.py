"""Parquet, SAS, SPSS, Stata and Web pages: the stored codes, real dates, labels as evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.typed import DATE, NUMBER, OTHER, TEXT
from desktop_app.core.stages import ImportOptions
from validation_rules.text import Text

CASES = pl.DataFrame(
    {
        "NUM": ["A1", "A2", None],
        "SEXE": [1.0, 2.0, 9.0],
        "TAILLE": [3.5, None, 12.0],
        "DIAG": [date(1950, 2, 1), None, date(2020, 1, 1)],
        "VU": [datetime(2020, 1, 1, 10, 30), None, datetime(2021, 1, 1)],
        "NOM": ["LÉVÊQUE", "", "D'HAUTEVILLE"],
    }
)
ROWS = [
    (1, "A1", "1", "3.5", "1950-02-01", "2020-01-01T10:30:00", "LÉVÊQUE"),
    (2, "A2", "2", None, None, None, None),
    (3, None, "9", "12", "2020-01-01", "2021-01-01", "D'HAUTEVILLE"),
]
LABELS: dict[str, dict[int | float, str]] = {"SEXE": {1: "Homme", 2: "Femme", 9: "Inconnu"}}
WRITERS: dict[str, Callable[[Path], object]] = {
    "a.parquet": lambda path: CASES.write_parquet(path),
    "a.xpt": lambda path: pyreadstat.write_xport(CASES, path, table_name="T"),
    "old.xpt": lambda path: pyreadstat.write_xport(CASES, path, table_name="T", file_format_version=5),
    "a.sav": lambda path: pyreadstat.write_sav(CASES, path),
    "a.zsav": lambda path: pyreadstat.write_sav(CASES, path, compress=True),
    "a.dta": lambda path: pyreadstat.write_dta(CASES, path),
    "old.dta": lambda path: pyreadstat.write_dta(CASES.with_columns(NOM=pl.lit("X")), path, version=8),
    "a.por": lambda path: pyreadstat.write_por(CASES.with_columns(NOM=pl.lit("X")), path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_rows_as_a_person_would_write_them(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    extract = open_extract(tmp_path / name)
    expected = ROWS if name not in ("old.dta", "a.por") else [(*row[:-1], "X") for row in ROWS]
    assert extract.frame.rows() == expected
    assert extract.kinds is not None
    assert extract.kinds.row(0) == (TEXT, NUMBER, NUMBER, DATE, DATE, TEXT)
    assert detect(tmp_path / name).options == extract.options


def test_labels_are_kept_beside_the_codes_and_declared_missing_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    titles: list[str | None] = ["Numéro", "Sexe du patient", "", "", "", ""]
    pyreadstat.write_sav(
        CASES, path, column_labels=titles, variable_value_labels=LABELS, missing_ranges={"SEXE": [9]}
    )
    extract = open_extract(path)
    assert extract.frame.get_column("SEXE").to_list() == ["1", "2", "9"]
    assert extract.labels == {"SEXE": {"1": "Homme", "2": "Femme", "9": "Inconnu"}}
    assert extract.titles["SEXE"] == "Sexe du patient"
    assert "SEXE" in detect(path).problems[0].fr


def test_special_missing_values_are_not_lost(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")

    frame = pd.DataFrame({"v": [1.0, "a", "b"], "w": ["x", "y", "z"]})
    pyreadstat.write_dta(frame, tmp_path / "m.dta", missing_user_values={"v": ["a", "b"]})
    assert open_extract(tmp_path / "m.dta").frame.get_column("v").to_list() == ["1", ".a", ".b"]


def test_parquet_types(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "entier": [1, None],
            "oui": [True, False],
            "code": pl.Series(["B", "A"], dtype=pl.Categorical),
            "prix": pl.Series(["1.50", "2.00"]).cast(pl.Decimal(10, 2)),
            "sources": [["ACP", "PMSI"], ["RCP"]],
            "grand": [1e300, float("nan")],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    extract = open_extract(tmp_path / "a.parquet")
    assert extract.frame.rows() == [
        (1, "1", "1", "B", "1.5", "ACP;PMSI", "1e+300"),
        (2, None, "0", "A", "2", "RCP", None),
    ]
    assert extract.kinds is not None
    assert extract.kinds.row(0) == (NUMBER, OTHER, TEXT, NUMBER, OTHER, NUMBER)


def test_nested_cells_are_refused_by_name(tmp_path: Path) -> None:
    pl.DataFrame({"a": [{"b": 1}]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(AppError, match="column “a”"):
        open_extract(tmp_path / "a.parquet")


@pytest.mark.parametrize("name", WRITERS)
def test_cut_short_gives_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    content = path.read_bytes()
    for length in (len(content) // 3, len(content) * 2 // 3, len(content) - 7):
        path.write_bytes(content[:length])
        try:
            rows = open_extract(path).frame.height  # only what follows the last row may be missing
            assert (rows, length) == (3, len(content) - 7)
        except AppError as error:
            assert error.code in ("statistical-damaged", "file-no-rows")


@pytest.mark.parametrize("name", ["a.parquet", "a.xpt", "a.sav", "a.zsav", "a.dta"])
def test_cancel_amid_the_rows(tmp_path: Path, name: str) -> None:
    frame = pl.concat([CASES] * 4_000)
    writers: dict[str, Callable[[Path], object]] = {
        "parquet": lambda path: frame.write_parquet(path),
        "xpt": lambda path: pyreadstat.write_xport(frame, path),
        "sav": lambda path: pyreadstat.write_sav(frame, path),
        "zsav": lambda path: pyreadstat.write_sav(frame, path, compress=True),
        "dta": lambda path: pyreadstat.write_dta(frame, path),
    }
    writers[name.partition(".")[2]](tmp_path / name)
    heard = []

    def stop(done: int, total: int | None, what: Text) -> None:
        heard.append(done)
        if len(heard) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_extract(tmp_path / name, progress=stop)


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<style>td {mso-number-format:"\\@"}</style>
</head><body><table><tr><td>Hôpital</td></tr></table>
<table border=1><caption>Liste</caption>
<tr><th>N° patient<th>Nom<th>Topo<th>Note</tr>
<tr><td>0012</td><td><b>L&Eacute;V&Ecirc;QUE</b></td><td x:str="C50">C50</td><td>a<br>b</td></tr>
<tr><td>0013</td><td rowspan=2>DUPONT &amp; fils</td><td>C61</td><td>&nbsp;</td></tr>
<tr><td>0014</td><td>C34</td><td>5 &lt; 6</td></tr>
<tr><td colspan=4></td></tr>
<tr><td>0015</td><td>X</td><td>C18</td><td><!-- <b>rien</b> --></td></tr><!-- <tr><td>9</tr> -->
</table></body></html>"""


def test_a_page_called_xls_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(PAGE.encode("cp1252"))
    preview, extract = detect(path), open_extract(path)
    assert preview.options == ImportOptions("html", "cp1252", None, None, 1, "Table 2")
    assert "page Web" in preview.problems[0].fr
    assert extract.columns == ["N° patient", "Nom", "Topo", "Note"]
    assert extract.frame.rows() == [
        (1, "0012", "LÉVÊQUE", "C50", "a b"),
        (2, "0013", "DUPONT & fils", "C61", None),
        (3, "0014", None, "C34", "5 < 6"),
        (5, "0015", "X", "C18", None),
    ]
    assert (extract.ragged, extract.blank_rows) == (0, 1)
    assert open_extract(path, preview.options).frame.equals(extract.frame)


@pytest.mark.parametrize(
    "content",
    ["<table>" * 200_000, '<td a="' * 200_000, "<table><tr>" + "<!--" * 300_000, "<table><tr><td" * 200_000],
)
def test_a_hostile_page_takes_little_time(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.html").write_text("<html>" + content)
    with pytest.raises(AppError):
        open_extract(tmp_path / "a.html")
