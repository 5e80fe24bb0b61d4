"""A workbook goes to a colleague and comes back as corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.bench import CellEdit
from desktop_app.core.rounds import Wish, write_book
from desktop_app.core.workspace import Workspace
from tests.core.rounds_parts import Colleague, Site


@pytest.fixture
def site(workspace: Workspace) -> Site:
    return Site(workspace)


@pytest.fixture
def colleague(site: Site, tmp_path: Path) -> Colleague:
    path = tmp_path / "constats.xlsx"
    write_book(site.gather(), path)
    return Colleague(path)


def test_an_untouched_workbook_changes_nothing(site: Site, colleague: Colleague) -> None:
    for path in (colleague.path, colleague.save()):
        returned = site.back(path)
        assert returned.empty and returned.aside == () and returned.rows == 6


def test_what_was_filled_in_becomes_corrections(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "2")
    colleague.write(3, "Sexe", 1)
    colleague.write(4, "Date d’incidence", "04/03/2020")
    colleague.write(5, "Comportement", "3")
    colleague.write(5, "Remarque", "vu dans le compte rendu")
    colleague.confirm(6, "GRA-04", "Vérifié dans le dossier du patient")
    colleague.sign("Dr Martin")
    returned = site.back(colleague.save())
    assert returned.conflicts.is_empty() and returned.changes.height == 4 and returned.who == "Dr Martin"
    site.take(returned)
    assert [site.value(2, "sexe"), site.value(3, "sexe")] == ["2", "1"]
    assert site.value(4, "date_incidence") == "2020-03-04" and site.value(5, "comportement") == "3"
    assert (6, "GRA-04", "confirmed") in site.found()
    why = dict(site.bench.pending().select("row_id", "why").iter_rows())
    assert why[2] == "Fichier rendu par Dr Martin"
    assert why[5] == "Fichier rendu par Dr Martin\u00a0: vu dans le compte rendu"
    assert site.back(colleague.path).empty  # the same file again


def test_a_change_on_both_sides_is_for_a_person_to_decide(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "2")
    colleague.write(3, "Sexe", "2")
    colleague.save()
    site.bench.edit([CellEdit(2, "sexe", "1"), CellEdit(3, "sexe", "2")])
    returned = site.back(colleague.path)
    assert returned.conflicts.select("row_id", "left", "here", "back").rows() == [(2, "7", "1", "2")]
    assert returned.changes.height == 1 and returned.already == 1
    site.take(returned)
    assert site.value(2, "sexe") == "1"
    site.take(returned, theirs=[(2, "sexe")])
    assert site.value(2, "sexe") == "2"


def test_only_some_identities_leave(site: Site, tmp_path: Path) -> None:
    needed, none, every = (site.gather(Wish(identities=how)) for how in ("none", "needed", "all"))
    assert "numero_patient" not in needed.fields and needed.left_out == 1
    assert none.fields[:2] == ("numero_patient", "numero_tumeur") and "prenoms" not in none.fields
    assert "prenoms" in every.fields
