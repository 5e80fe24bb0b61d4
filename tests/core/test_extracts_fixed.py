"""Fixed width: the layout beside the file or chosen, short and long lines, a layout that makes no sense."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.layout import read_layout
from desktop_app.core.extracts.survey import sample_extract, survey
from desktop_app.core.stages import FixedColumn, ImportOptions

LAYOUT = "zone;libelle;debut;longueur\nNOM;Nom;1;10\nTOPO;Topographie;11;5\nNOTE;Remarque;16;15\n"
LINES = ["DUPONT    C50.4à revoir       ", "LÉVÊQUE   C61.9               ", "NOËL      C34.1               "]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "dessin.csv").write_text(LAYOUT, "utf-8")
    (tmp_path / "extrait.txt").write_text("\r\n".join(LINES) + "\r\n", "latin-1", newline="")
    return tmp_path / "extrait.txt"


def test_layout_beside_the_file_is_found(path: Path) -> None:
    preview = detect(path)
    assert preview.options.format == "fixed_width"
    assert preview.columns == ("NOM", "TOPO", "NOTE")
    assert preview.rows[0] == ["DUPONT", "C50.4", "à revoir"]
    extract = open_extract(path)
    assert extract.frame.row(1) == (2, "LÉVÊQUE", "C61.9", None)
    assert extract.ragged == 0


def test_layout_can_be_chosen_and_is_asked_for(path: Path) -> None:
    chosen = path.parent / "dessin.csv"
    other = chosen.rename(path.parent / "layout.data")
    assert detect(path).problems[0].fr.endswith("choisissez-le.")
    with pytest.raises(AppError, match="layout is missing"):
        open_extract(path)
    assert detect(path, {"layout": str(other)}).options.layout == read_layout(other)


def test_short_and_long_lines_are_counted(path: Path) -> None:
    text = "\n".join([*LINES, "MARTIN    C18.7", LINES[2] + "de trop", "", "   "]) + "\n"
    path.write_text(text, "utf-8")
    zones = (FixedColumn("NOM", 1, 10), FixedColumn("TOPO", 11, 5), FixedColumn("NOTE", 16, 15))
    extract = open_extract(path, ImportOptions("fixed_width", "utf-8", None, None, None, layout=zones))
    assert extract.frame.height == 5
    assert extract.blank_rows == 2
    assert extract.frame.row(4)[-1] == "de trop"
    assert extract.ragged == 2


@pytest.mark.parametrize(
    "layout",
    [
        "zone;debut;longueur\n",
        "zone;debut\nA;1\n",
        "zone;debut;longueur\nA;un;2\n",
        "zone;debut;longueur\nA;0;2\n",
        "zone;debut;longueur\nA;1;5\nB;3;5\n",
        "zone;debut;longueur\nA;1;999999\n",
    ],
)
def test_layout_that_makes_no_sense(tmp_path: Path, layout: str) -> None:
    (tmp_path / "dessin.csv").write_text(layout, "utf-8")
    with pytest.raises(AppError, match="layout-wrong"):
        read_layout(tmp_path / "dessin.csv")


ZONES = (FixedColumn("NOM", 1, 10), FixedColumn("TOPO", 11, 5), FixedColumn("NOTE", 16, 15))
ASIDE = ImportOptions("fixed_width", "utf-8", None, None, None, layout=ZONES, ragged="auto")
ODD = [*LINES, "MARTIN    C18.7", LINES[2] + "de trop", "", LINES[0] + "      ", "DURAND    C6", LINES[1]]


def test_odd_lines_are_aside_and_come_back(path: Path) -> None:
    path.write_text("\n".join([*ODD, *LINES, *LINES]) + "\n", "utf-8")
    extract = open_extract(path, ASIDE)
    assert extract.columns == ["NOM", "TOPO", "NOTE"]
    assert extract.aside is not None
    assert extract.aside.rows() == [
        (4, 2, "MARTIN", "C18.7", None, None),
        (5, 4, "NOËL", "C34.1", None, "de trop"),
        (8, 1, "DURAND", "C6", None, None),
    ]
    seen = survey(extract)
    assert (seen.rows, seen.columns, seen.few, seen.many, seen.blank_rows) == (11, 3, 2, 1, 1)
    assert [row.why.fr for row in seen.odd[:2]] == [
        "2 zones entières au lieu de 3",
        "du texte après la dernière zone",
    ]
    back = open_extract(path, replace(ASIDE, ragged="keep"))
    assert back.frame.height == 14 and back.aside is None and back.ragged == 3


def test_lines_without_their_padding_are_records(path: Path) -> None:
    """Some systems cut the blanks at the end of a line: then no line is whole, and none is odd."""
    path.write_text("\n".join(line.rstrip() for line in LINES[1:] * 20) + "\n", "utf-8")
    extract = open_extract(path, ASIDE)
    assert extract.frame.height == 40 and extract.aside is None and extract.ragged == 0


def test_one_column_too_few_in_the_layout_keeps_what_follows(path: Path) -> None:
    path.write_text("\n".join(LINES * 10) + "\n", "utf-8")
    extract = open_extract(path, replace(ASIDE, layout=ZONES[:1]))
    assert extract.aside is None and extract.columns == ["NOM", "hors dessin"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("AÉ4 ", max_size=34), min_size=1, max_size=30), st.booleans())
def test_every_line_is_in_the_table_or_aside(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], whole: bool
) -> None:
    path = tmp_path_factory.mktemp("fixed") / "a.txt"
    path.write_text("\n".join([*(LINES * 20 if whole else []), *lines, "FIN"]) + "\n", "utf-8")
    extract = open_extract(path, ASIDE)
    kept = extract.frame.height + (0 if extract.aside is None else extract.aside.height)
    assert kept + extract.blank_rows == len(lines) + 1 + (60 if whole else 0)
    preview = detect(path, {"format": "fixed_width", "ragged": "auto"})
    assert preview.options.format == "fixed_width"


def test_the_first_rows_tell_of_odd_lines(path: Path) -> None:
    path.write_text("\n".join([*LINES * 20, *ODD]) + "\n", "utf-8")
    preview = detect(path, {"ragged": "auto"})
    assert preview.odd_rows == (64, 65, 68) and preview.odd_cells == (2, 4, 1)
    assert "longueur du dessin" in preview.problems[-1].fr
    assert survey(sample_extract(preview, path)).ragged == 3
