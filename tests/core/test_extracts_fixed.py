"""Fixed width: the layout beside the file or chosen, short and long lines, a layout that makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.layout import read_layout
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
