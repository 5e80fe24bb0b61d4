"""A small checked batch, and a registry endpoint in a process of its own, for the pages after fixing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop_app.core.bench import Bench
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe
from desktop_app.ui.session import Session

FIELDS = {
    "numero_patient": "P1", "numero_tumeur": "1", "nom_naissance": "Zyxwv", "prenoms": "Anne", "sexe": "2",
    "date_naissance": "1950-02-03", "commune_residence": "33063", "date_incidence": "2024-03-01",
    "topographie": "C50.4", "morphologie": "8500", "comportement": "3", "edition_cimo": "3.2",
    "base_diagnostic": "7.1", "lateralite": "1", "grade": "2", "statut_vital": "1",
    "date_dernieres_nouvelles": "2026-01-01", "sources": "ACP", "date_enregistrement": "2024-09-01",
}  # fmt: skip


def load(session: Session, folder: Path, rows: int = 12, **wrong: str) -> None:
    """Puts a checked batch on the session; `wrong` overwrites fields of its first row."""
    extract = folder / "extract.csv"
    # Twelve persons: the same name and date of birth under several numbers would be a finding.
    lines = [
        FIELDS | {"numero_patient": f"P{row}", "date_naissance": f"1950-02-{row:02}"}
        for row in range(1, rows + 1)
    ]
    lines[0] |= wrong
    text = [",".join(FIELDS), *(",".join(line.values()) for line in lines)]
    extract.write_text("\n".join(text) + "\n", encoding="utf-8")
    recipe_file = folder / "recipe.json"
    columns = [{"header": name, "field": name} for name in FIELDS]
    head = {"contract": "rnc-tumeurs", "format": "delimited", "encoding": "utf-8", "separator": ","}
    recipe_file.write_text(json.dumps(head | {"header_row": 1, "columns": columns}), encoding="utf-8")
    recipe = load_recipe(recipe_file)
    read = open_extract(extract, import_options(recipe, extract))
    assert session.contract is not None
    assert session.workspace is not None
    mapped = apply_recipe(read, recipe, session.contract)
    session.batch = session.workspace.batches.create(
        read.source,
        session.contract.id,
        session.contract.version,
        recipe.to_json(),
        read.options,
        name="Mars",
    )
    session.mapped, session.extract, session.recipe = mapped, read, recipe
    session.bench = Bench.start(session.workspace, session.batch.id, mapped, date.today())
    session.changed.emit("findings")


@contextmanager
def registry(folder: Path, enrolment: Path) -> Iterator[None]:
    """A registry that listens on loopback and has written an enrolment file."""
    command = [sys.executable, "-m", "registry_endpoint", "--folder", str(folder)]
    subprocess.run([*command, "--init"], check=True)
    with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            enrol = ["--enrol-site", "339974073", "Hôpital", "-o", str(enrolment)]
            subprocess.run([*command, *enrol], check=True)
            yield
        finally:
            process.terminate()
