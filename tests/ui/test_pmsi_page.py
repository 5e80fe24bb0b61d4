"""RSS and VID-HOSP dropped together: one batch of notifications, without a default touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.drop import DropZone
from tests.pmsi_parts import rum, vid, write

Settle = Callable[[], None]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The files lie in folders of their own, so that none is found beside another."""
    for name in ("dim", "facturation", "admissions"):
        (tmp_path / name).mkdir()
    rums = [
        rum("122", f"2600000{n}", "01062026-03062026", code)
        for n, code in enumerate(("C341", "C504 - I10", *["I10"] * 4))
    ]
    lines = [vid(f"2600000{n}", f"P{n}") for n in range(6)]
    patients = tmp_path / "admissions/noms.csv"
    patients.write_text(
        "IPP;Nom;Prénom;Commune de résidence\nP0;Martin;Zoé;33063\nP1;Roy;Lou;33063\n", "utf-8"
    )
    return [
        write(tmp_path / "facturation/vh.txt", lines),
        write(tmp_path / "dim/rss.txt", [*rums, "ligne coupée"]),
        patients,
    ]


@pytest.fixture
def page(load_page: LoadPage) -> LoadPage:
    return load_page


def drop(page: LoadPage, paths: list[Path], settle: Settle) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(QPoint(20, 20)), action, mime, button, Qt.KeyboardModifier.NoModifier)
    page.findChildren(DropZone)[0].dropEvent(event)
    settle()
    QApplication.processEvents()


def test_files_dropped_together_become_a_batch(page: LoadPage, files: list[Path], settle: Settle) -> None:
    session = page.session
    drop(page, files, settle)
    assert session.files == (files[1],) and session.preview is not None and session.contract is not None
    assert session.preview.options.format == "pmsi-mco" and session.contract.id == "rnc-notifications"
    page.read()
    settle()
    assert session.extract is not None and session.recipe is not None
    said = " ".join(label.text() for label in page.summary.findChildren(QLabel))
    assert "2 séjours avec une tumeur à notifier, soit 2 notifications" in said
    assert session.extract.aside is not None and session.extract.aside.row(0)[:3] == (7, 0, "RSS")
    session.check(session.recipe)
    settle()
    assert session.bench is not None and session.mapped is not None and session.batch is not None
    assert session.mapped.frame.get_column("nom_naissance").to_list() == ["Martin", "Roy"]
    assert session.recent.groups()[0][0] == files[1] and set(session.recent.groups()[0]) == set(files)
    batch = session.batch.id
    session.new_batch()
    session.open_batch(batch)
    settle()
    assert session.extract is not None and session.extract.frame.height == 2
    assert session.preview is not None and session.preview.options.companion == str(files[0])


def test_one_alone_says_what_lacks_and_the_other_can_be_chosen(
    page: LoadPage, files: list[Path], settle: Settle
) -> None:
    drop(page, files[1:2], settle)
    assert page.session.preview is not None
    assert "Donnez aussi le VID-HOSP" in page.session.preview.problems[0].fr
    assert {"format", "companion", "identities"} <= {chip.key for chip in page.findChildren(Chip)}
    page.session.set_option("companion", str(files[0]))
    settle()
    assert page.session.preview.options.companion == str(files[0])
    page.session.set_option("companion", str(files[2]))
    settle()
    assert page.session.preview.options.companion == str(files[0])


def test_the_content_of_other_files_comes_back(
    page: LoadPage, files: list[Path], tmp_path: Path, settle: Settle
) -> None:
    drop(page, files, settle)
    other = tmp_path / "registre.csv"
    other.write_text("N° patient;Sexe;Topographie\nP1;1;C61.9\nP2;2;C50.4\n", encoding="utf-8")
    page.open(other)
    settle()
    assert page.session.contract is not None and page.session.contract.id == "rnc-tumeurs"


def test_several_months_are_one_batch(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    from tests.core.test_pmsi_months import drop as months

    drop(page, months(tmp_path), settle)
    session = page.session
    assert [path.name for path in session.files] == ["rss_avril.txt", "rss_mai.txt", "rss_juin.txt"]
    assert len(session.together()) == 6
    assert session.preview is not None and "3 mois du PMSI" in session.preview.guesses[0].evidence.fr
    page.read()
    settle()
    assert session.extract is not None and session.recipe is not None
    assert session.extract.frame.height == 10
    said = [label.text() for label in page.summary.findChildren(QLabel)]
    assert any("n’est pas dans le lot" in text or "is not in the batch" in text for text in said), said
    session.read_again(ragged="keep")
    settle()
    assert session.extract.frame.height == 11
    session.check(session.recipe)
    settle()
    assert session.batch is not None
    batch = session.batch.id
    session.new_batch()
    session.open_batch(batch)
    settle()
    assert [path.name for path in session.files] == ["rss_avril.txt", "rss_mai.txt", "rss_juin.txt"]
    assert session.extract is not None and session.extract.frame.height == 11
