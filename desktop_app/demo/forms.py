"""How the two invented sites write their extracts: a CSV and a workbook, each with its recipe."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop_app.demo.tumours import Row

DATES: Final = frozenset(
    {"date_naissance", "date_incidence", "date_dernieres_nouvelles", "date_enregistrement"}
)
NUMBERS: Final = frozenset(
    {
        "age_incidence",
        "autopsie",
        "autre_traitement",
        "base_diagnostic",
        "chimiotherapie",
        "chirurgie",
        "code_postal",
        "commune_naissance",
        "commune_residence",
        "comportement",
        "edition_cimo",
        "edition_tnm",
        "finess_diagnostic",
        "finess_traitement",
        "grade",
        "greffe_csh",
        "hormonotherapie",
        "immunotherapie",
        "lateralite",
        "morphologie",
        "numero_patient",
        "radiotherapie",
        "sexe",
        "stade",
        "statut_vital",
        "therapie_ciblee",
    }
)
PADS: Final = {
    "numero_patient": 8,
    "commune_naissance": 5,
    "commune_residence": 5,
    "code_postal": 5,
    "finess_diagnostic": 9,
    "finess_traitement": 9,
}
REGISTRY_COLUMNS: Final = (
    ("N° patient", "numero_patient"), ("N° tumeur", "numero_tumeur"), ("Matricule INS", "matricule_ins"),
    ("OID INS", "oid_ins"), ("Statut identité", "statut_identite"),
    ("Nom de naissance", "nom_naissance"), ("Nom d'usage", "nom_utilise"), ("Prénoms", "prenoms"),
    ("Sexe", "sexe"), ("Date de naissance", "date_naissance"),
    ("Commune de naissance", "commune_naissance"), ("Commune de résidence", "commune_residence"),
    ("Code postal", "code_postal"), ("Date d'incidence", "date_incidence"), ("Âge", "age_incidence"),
    ("Topographie", "topographie"), ("Morphologie", "morphologie"), ("Édition CIM-O", "edition_cimo"),
    ("Base du diagnostic", "base_diagnostic"), ("Latéralité", "lateralite"), ("Grade", "grade"),
    ("Autopsie", "autopsie"), ("Statut vital", "statut_vital"),
    ("Date des dernières nouvelles", "date_dernieres_nouvelles"), ("Cause du décès", "cause_deces"),
    ("Édition TNM", "edition_tnm"), ("cT", "ct"), ("cN", "cn"), ("cM", "cm"), ("pT", "pt"), ("pN", "pn"),
    ("pM", "pm"), ("Système de stade", "systeme_stade"), ("Stade", "stade"), ("Chirurgie", "chirurgie"),
    ("Radiothérapie", "radiotherapie"), ("Chimiothérapie", "chimiotherapie"),
    ("Thérapie ciblée", "therapie_ciblee"), ("Immunothérapie", "immunotherapie"),
    ("Hormonothérapie", "hormonotherapie"), ("Autre traitement", "autre_traitement"),
    ("Greffe CSH", "greffe_csh"), ("FINESS diagnostic", "finess_diagnostic"),
    ("FINESS traitement", "finess_traitement"), ("Sources", "sources"),
    ("Date de saisie", "date_enregistrement"), ("ADICAP", "code_adicap"),
)  # fmt: skip
HOSPITAL_COLUMNS: Final = (
    ("IPP", "numero_patient"), ("N° tumeur", "numero_tumeur"), ("INS", "matricule_ins"),
    ("OID", "oid_ins"), ("Identité", "statut_identite"), ("Nom de naissance", "nom_naissance"),
    ("Nom utilisé", "nom_utilise"), ("Prénoms", "prenoms"), ("Sexe", "sexe"),
    ("Né(e) le", "date_naissance"), ("Lieu de naissance (Insee)", "commune_naissance"),
    ("Commune (Insee)", "commune_residence"), ("CP", "code_postal"),
    ("Date du diagnostic", "date_incidence"), ("Âge au diagnostic", "age_incidence"),
    ("Code topo", "topographie"), ("Code histo", "morphologie"), ("Comportement", "comportement"),
    ("CIM-O", "edition_cimo"), ("Base diag.", "base_diagnostic"), ("Côté", "lateralite"),
    ("Grade", "grade"), ("État vital", "statut_vital"),
    ("Date dernières nouvelles", "date_dernieres_nouvelles"), ("Cause décès", "cause_deces"),
    ("Éd. TNM", "edition_tnm"), ("cT", "ct"), ("cN", "cn"), ("cM", "cm"), ("pT", "pt"), ("pN", "pn"),
    ("Système stade", "systeme_stade"), ("Stade", "stade"), ("Chirurgie", "chirurgie"),
    ("Radiothérapie", "radiotherapie"), ("Chimiothérapie", "chimiotherapie"),
    ("Thérapie ciblée", "therapie_ciblee"), ("Immunothérapie", "immunotherapie"),
    ("Hormonothérapie", "hormonotherapie"), ("Greffe", "greffe_csh"),
    ("FINESS diag.", "finess_diagnostic"), ("FINESS ttt", "finess_traitement"), ("Sources", "sources"),
    ("Date de saisie", "date_enregistrement"),
)  # fmt: skip
TITLE: Final = (
    "Centre hospitalier du Val d'Orne (établissement inventé)",
    "Fiches tumeurs, export du 02/11/2026",
)
_FIXED: Final = (2026, 11, 2, 8, 0, 0)


def french_day(iso: str) -> str:
    """`YYYY[-MM[-DD]]` as `dd/mm/yyyy`, `mm/yyyy` or `yyyy`; anything else unchanged."""
    return "/".join(reversed(iso.split("-"))) if re.fullmatch(r"\d{4}(-\d\d){0,2}", iso) else iso


def write_registry(path: Path, rows: list[Row]) -> None:
    """cp1252, semicolons, `dd/mm/yyyy`, `8140/3`, sex M/F, sources joined by commas."""
    with path.open("w", encoding="cp1252", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow([header for header, _ in REGISTRY_COLUMNS])
        writer.writerows([_registry_cell(row, name) for _, name in REGISTRY_COLUMNS] for row in rows)


def _registry_cell(row: Row, name: str) -> str:
    value = row[name]
    if name == "morphologie":
        return f"{value}/{row['comportement']}"
    if name == "sexe":
        return {"1": "M", "2": "F", "9": "I"}.get(value, value)
    if name == "sources":
        return value.replace("+", ",")
    return french_day(value) if name in DATES else value


def registry_recipe(filename: str) -> dict[str, Any]:
    """The recipe that reads `write_registry`."""
    columns: list[dict[str, Any]] = []
    for header, name in REGISTRY_COLUMNS:
        column: dict[str, Any] = {"header": header, "field": name}
        if name == "morphologie":
            column = {"header": header, "fields": ["morphologie", "comportement"], "split": "/"}
        if name == "sexe":
            column["recode"] = {"M": "1", "F": "2", "I": "9"}
        if name == "sources":
            column["list_separator"] = ","
        if name in DATES:
            column["date_formats"] = ["dd/mm/yyyy", "mm/yyyy", "yyyy"]
        columns.append(column)
    head = {"recipe": 1, "contract": "rnc-tumeurs", "file": filename, "format": "delimited"}
    return head | {"encoding": "cp1252", "separator": ";", "header_row": 1, "columns": columns}


def hospital_recipe(filename: str) -> dict[str, Any]:
    """The recipe that reads `write_hospital`."""
    columns: list[dict[str, Any]] = []
    for header, name in HOSPITAL_COLUMNS:
        column: dict[str, Any] = {"header": header, "field": name}
        if name in PADS:
            column["number_pad"] = PADS[name]
        if name in DATES:
            column["date_formats"] = ["cell", "dd/mm/yyyy", "mm/yyyy", "yyyy"]
        columns.append(column)
    head = {"recipe": 1, "contract": "rnc-tumeurs", "file": filename, "format": "xlsx"}
    return head | {"sheet": "Tumeurs", "header_row": 4, "columns": columns}


def write_hospital(path: Path, rows: list[Row]) -> None:
    """Two title rows, an empty one, the header on row 4; date cells beside text dates; codes as numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tumeurs")
    for line in (*TITLE, ""):
        sheet.append([line or None])
    sheet.append([header for header, _ in HOSPITAL_COLUMNS])
    for at, row in enumerate(rows):
        sheet.append([_hospital_cell(row[name], name, at) for _, name in HOSPITAL_COLUMNS])
    notes = book.create_sheet("Lisez-moi")
    notes.append(["Patients inventés\u00a0; aucun ne correspond à une personne."])
    book.save(path)
    _settle(path)


def _hospital_cell(value: str, name: str, at: int) -> object:
    if not value:
        return None
    if name in NUMBERS and re.fullmatch(r"\d+(\.\d)?", value):
        return float(value) if "." in value else int(value)
    if name in DATES and at % 10 < 7 and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return french_day(value)
    return french_day(value) if name in DATES else value


def _settle(path: Path) -> None:
    """Rewrites the workbook with fixed times, so that the same seed gives the same bytes."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in sorted(book.namelist())}
    moment = b"2026-11-02T08:00:00Z"
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", moment, parts["docProps/core.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
