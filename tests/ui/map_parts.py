"""What the tests of the page Map share: small files, and the way to the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.map import MapPage

Settle = Callable[[], None]
SMALL = (
    "N° patient;N° tumeur;Nom de naissance;Prénoms;Sexe;Date de naissance;Observations\n"
    "P1;1;DUPONT;Jeanne;Féminin;01/02/1950;rien\n"
    "P2;1;MARTIN;Paul;Masculin;23/04/1961;\n"
    "P3;1;DURAND;Zoé;nsp;25/06/1972;à revoir\n"
)
# A month later: a column has another name, one is new, one is gone, and Sexe has words nobody coded.
LATER = (
    "N° patient;N° tumeur;Nom naissance;Prénoms;Sexe;Date de naissance;Service\n"
    "P1;1;DUPONT;Jeanne;Femme;01/02/1950;ORL\n"
    "P2;1;MARTIN;Paul;Homme;23/04/1961;ORL\n"
    "P3;1;DURAND;Zoé;Inconu;25/06/1972;ORL\n"
    "P4;1;PETIT;Ana;Inconu;25/07/1972;ORL\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def at_map(window: MainWindow, path: Path, settle: Settle) -> MapPage:
    window.session.open_file(path)
    settle()
    window.session.read()
    settle()
    page = window.pages["map"]
    assert isinstance(page, MapPage)
    return page


def row_of(page: MapPage, field: str) -> int:
    return next(row for row in range(page.model.rowCount()) if page.model.line(row).field.name == field)


def at_field(page: MapPage, field: str, settle: Settle) -> None:
    page.fields.select(row_of(page, field))
    settle()


def choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())
