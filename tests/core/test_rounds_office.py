"""LibreOffice opens the workbook, edits it and saves it without a window; the import takes it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.rounds import write_book, write_csv
from desktop_app.core.workspace import Workspace
from tests.core.rounds_parts import Site

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Fill(source As String, target As String, filter As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    Dim how(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden" : hidden(0).Value = True
    book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
    rows = book.Sheets.getByIndex(1)
    PutText(rows, "2", "Sexe", "2")
    PutText(rows, "4", "Date d\u2019incidence", "04/03/2020")
    PutText(rows, "5", "Comportement", "3")
    PutText(rows, "2", "Num\u00e9ro de patient local", "P999")
    PutText(book.Sheets.getByIndex(2), "6", "Juste tel quel\u00a0: motif", "Confirm\u00e9 par le clinicien")
    how(0).Name = "FilterName" : how(0).Value = filter
    book.storeToURL(ConvertToURL(target), how())
    book.close(True)
End Sub
Sub PutText(sheet, record As String, title As String, text As String)
    For column = 0 To 60
        If sheet.getCellByPosition(column, 0).String = title Then
            For place = 1 To 30
                cell = sheet.getCellByPosition(column, place)
                If sheet.getCellByPosition(1, place).String = record Then
                    If Not cell.CellProtection.IsLocked Then cell.String = text
                End If
            Next
        End If
    Next
End Sub
</script:module>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/>
</library:libraries>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/>
</library:library>
"""


def office(profile: Path, *arguments: str) -> None:
    """LibreOffice on a profile of its own, so that it meets no other one of the computer."""
    basic = profile / "user/basic"
    if not basic.exists():
        _office(profile, "--terminate_after_init")  # it would make the macros of a new profile anew
        (basic / "Standard").mkdir(parents=True, exist_ok=True)
        (basic / "Standard/Module1.xba").write_text(MACRO, encoding="utf-8")
        (basic / "Standard/script.xlb").write_text(LIBRARY, encoding="utf-8")
        (basic / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    _office(profile, *arguments)


def _office(profile: Path, *arguments: str) -> None:
    assert OFFICE is not None
    command = [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    home = {**os.environ, "HOME": str(profile)}
    subprocess.run(command, check=True, timeout=180, capture_output=True, env=home)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "form"), [("xlsx", "Calc MS Excel 2007 XML"), ("ods", "calc8")])
def test_libreoffice_edits_and_saves_it(workspace: Workspace, tmp_path: Path, suffix: str, form: str) -> None:
    site, path, back = Site(workspace), tmp_path / "constats.xlsx", tmp_path / f"rendu.{suffix}"
    write_book(site.gather(), path)
    office(tmp_path / "profile", f'macro:///Standard.Module1.Fill("{path}", "{back}", "{form}")')
    returned = site.back(back)
    assert returned.aside == ()
    assert returned.changes.select("row_id", "field", "back").rows() == [
        (2, "sexe", "2"),
        (4, "date_incidence", "2020-03-04"),
        (5, "comportement", "3"),
    ]  # and not the protected number of the patient
    site.take(returned)
    left = {(row, rule) for row, rule, state in site.found() if state == "open"}
    assert left == {(3, "COD-sexe"), (7, "FMT-nom_naissance")}
    assert (6, "GRA-04", "confirmed") in site.found()


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_nothing_in_it(workspace: Workspace, tmp_path: Path) -> None:
    site = Site(workspace)
    for name, write in (("a.xlsx", write_book), ("b.csv", write_csv)):
        path, out = tmp_path / name, tmp_path / f"{name}.d"
        write(site.gather(), path)
        sheet = "2" if name == "a.xlsx" else ""
        options = f"csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,{sheet or 0}"
        infilter = [] if name == "a.xlsx" else ["--infilter=CSV:59,34,76,1,,0,false,true,true"]
        office(tmp_path / "profile", *infilter, "--convert-to", options, "--outdir", str(out), str(path))
        text = "".join(file.read_text(encoding="utf-8") for file in out.iterdir())
        assert "=1+1" in text
        assert pl.read_csv(next(out.iterdir()), separator=";", infer_schema=False).height >= 6
