"""Canary identities go through the whole flow, crashes included; no byte of them may come out anywhere."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from desktop_app.demo.people import finess, nir_key
from tests.site_parts import HEADER, Site, endpoint, recipe_of

SURNAME, USED, GIVEN = "Zzquanarel", "Vvixcanary", "Jjoracanari Wwencanary"
PATIENT, TUMOUR = "ZZQPAT77", "ZZQTUM01"
NIR = "1130733063977"
CANARIES = (
    SURNAME,
    USED,
    "Jjoracanari",
    "Wwencanary",
    PATIENT,
    TUMOUR,
    NIR,
    "1913-07-19",
    "19/07/1913",
    "19130719",
)

ROW = (
    f"{PATIENT};{TUMOUR};{NIR}{nir_key(NIR)};1.2.250.1.213.1.4.8;VALI;{SURNAME};{USED};{GIVEN};1;1913-07-19;33063;"
    "33063;33000;2015-02-03;C61.9;8140;3;3.2;7;0;2;2;2017-01-02;ACP+RCP"
)
CRASH = """
import sys
from pathlib import Path
from desktop_app import diagnostics
from desktop_app.core.extracts import open_extract
diagnostics.start(Path(sys.argv[2]))
frame = open_extract(Path(sys.argv[1])).frame
raise ValueError(str(frame.to_dicts()))
"""


def spellings(canary: str) -> Iterator[bytes]:
    """The ways a value could be written: cases, without accents, encodings."""
    plain = unicodedata.normalize("NFKD", canary).encode("ascii", "ignore").decode()
    for text in {canary, canary.upper(), canary.lower(), plain, plain.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)


def leaks(content: bytes) -> set[str]:
    return {canary for canary in CANARIES if any(spelling in content for spelling in spellings(canary))}


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path, Path]:
    """The whole flow, with two crashes: an unexpected error that quotes cells, and a kill of the window."""
    root = tmp_path_factory.mktemp("privacy")
    extract, registry = root / "extract.csv", root / "registry"
    extract.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    draft = root / "recipe.json"
    draft.write_text(recipe_of(HEADER), encoding="utf-8")
    site = Site(root / "site")
    with endpoint(site, registry):
        number = finess("33", 9933)
        site.run("serve", "--folder", registry, "--enrol-site", number, "Site", "-o", root / "offer.json")
        site.run("enrol", root / "offer.json")
        for form in ("table", "json", "csv", "sarif"):
            site.run("check", extract, "--recipe", draft, "--format", form)
        site.run("check", extract, "--recipe", draft, "--format", "json", "--output", "findings.json")
        site.python("-c", CRASH, extract, site.root / "workspace", expect=1)
        site.open_window_and_kill(extract)
        site.run("submit", extract, "--recipe", draft, "--output", site.root / "out")
        for command in (("feedback", "--json"), ("outbox",), ("keys",)):
            site.run(*command)
        site.run("report", extract, "--recipe", draft, "--output", "report.html")
    return site, registry, root


def test_the_canaries_would_be_found(flow: tuple[Site, Path, Path]) -> None:
    _, _, root = flow
    assert leaks((root / "extract.csv").read_bytes()) >= {SURNAME, PATIENT, NIR}


def test_nothing_written_or_said_by_the_site_holds_an_identity(flow: tuple[Site, Path, Path]) -> None:
    site, _, _ = flow
    found = {str(path.relative_to(site.root)): leaks(content) for path, content in site.written()}
    assert {name: what for name, what in found.items() if what} == {}
    assert leaks(site.said) == set()
    assert b"ValueError" in site.said or (site.root / "workspace" / "navette.log").exists()
    assert any(path.suffix == ".navette" for path, _ in site.written())


def test_nothing_the_registry_received_holds_an_identity(flow: tuple[Site, Path, Path]) -> None:
    _, registry, _ = flow
    files = [path for path in registry.rglob("*") if path.is_file()]
    assert files
    assert {str(path): leaks(path.read_bytes()) for path in files if leaks(path.read_bytes())} == {}


def test_nothing_inside_the_sealed_parts_holds_an_identity(flow: tuple[Site, Path, Path]) -> None:
    from desktop_app.core.batches.sealing import part_info
    from registry_endpoint.folder import Folder, opening_key

    site, registry, _ = flow
    [batch] = [path for path, _ in site.written() if path.suffix == ".navette" and path.parent.name == "out"]
    folders = {"linkage": Folder(registry).linkage_unit, "clinical": Folder(registry).warehouse}
    opened = 0
    with zipfile.ZipFile(batch) as archive:
        for name in archive.namelist():
            if not name.endswith(".hpke"):
                continue
            key = opening_key(folders[name.split("/")[0]])
            plain = key.open(archive.read(name), part_info(batch.stem, name))
            rows = pl.read_parquet(io.BytesIO(plain))
            assert rows.height == 1
            cells = rows["tokens"][0] if "tokens" in rows.columns else rows.write_csv().encode()
            assert leaks(plain) | leaks(cells) == set()
            opened += 1
    assert opened == 2
