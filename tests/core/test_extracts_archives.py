"""ZIP and GZIP of anything that can be read: the same rows, the hash of the archive, bombs refused."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract, open_stream, packed, wants_batches
from desktop_app.core.stages import ImportOptions

CSV = "nom;topo\nLÉVÊQUE;C50.4\nMARTIN;C34.1\n".encode("cp1252")
ROWS = [(1, "LÉVÊQUE", "C50.4"), (2, "MARTIN", "C34.1")]


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def refusal(path: Path, options: ImportOptions | None = None) -> str:
    with pytest.raises(AppError) as caught:
        open_extract(path, options)
    return caught.value.code


def formats(folder: Path) -> dict[str, bytes]:
    """One small extract in each form."""
    book = openpyxl.Workbook()
    for row in (["nom", "topo"], *[row[1:] for row in ROWS]):
        book.worksheets[0].append(list(row))
    book.save(folder / "a.xlsx")
    frame = pl.DataFrame(ROWS, ["row", "nom", "topo"], orient="row").drop("row")
    frame.write_parquet(folder / "a.parquet")
    import pyreadstat

    pyreadstat.write_sav(frame, folder / "a.sav")
    cells = "".join(f"<tr><td>{nom}<td>{topo}</tr>" for _, nom, topo in ROWS)
    (folder / "a.html").write_text(f"<table><tr><th>nom<th>topo</tr>{cells}</table>", encoding="utf-8")
    found = {name: (folder / name).read_bytes() for name in ("a.xlsx", "a.parquet", "a.sav", "a.html")}
    return {"a.csv": CSV, **found}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "a.sav", "a.html"])
def test_packed_or_not_the_rows_are_the_same(tmp_path: Path, name: str) -> None:
    content = formats(tmp_path)[name]
    single = tmp_path / f"{name}.gz"
    single.write_bytes(gzip.compress(content))
    several = zipped(tmp_path / "a.zip", **{name: content, "__MACOSX/._a": b"x", "lisez-moi.pdf": b"%PDF"})
    for path in (single, several):
        extract = open_extract(path)
        assert extract.frame.rows() == ROWS
        assert extract.options.member == name
        assert extract.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert open_extract(path, extract.options).frame.equals(extract.frame)
        assert detect(path).options.member == name


def test_a_recipe_names_no_member_and_next_months_archive_still_loads(tmp_path: Path) -> None:
    options = ImportOptions("delimited", "cp1252", ";")
    assert open_extract(zipped(tmp_path / "a.zip", mars__csv=CSV), options).frame.rows() == ROWS


def test_several_tables_are_asked_about(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", cas__csv=CSV * 9, deces__csv=CSV)
    guess = detect(path).guesses[0]
    assert (guess.option, guess.value, guess.choices) == ("member", "cas.csv", ("deces.csv",))
    assert guess.confidence < 0.5
    assert refusal(path) == "archive-several"
    chosen = detect(path, {"member": "deces.csv"})
    assert open_extract(path, chosen.options).frame.rows() == ROWS
    assert refusal(path, ImportOptions("delimited", member="autre.csv")) == "archive-no-member"


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", a__csv=CSV * 500).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-60])
    spoilt = bytearray(whole)
    spoilt[60] ^= 255
    (tmp_path / "spoilt.zip").write_bytes(spoilt)
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(CSV * 500)[:-20])
    for name in ("cut.zip", "spoilt.zip", "cut.csv.gz"):
        assert refusal(tmp_path / name) == "archive-damaged"
    locked = bytearray(whole)
    for place in (6, whole.rfind(b"PK\1\2") + 8):
        locked[place] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    assert refusal(tmp_path / "locked.zip") == "archive-password"
    assert refusal(zipped(tmp_path / "nested.zip", b__zip=whole)) == "archive-nested"
    assert refusal(zipped(tmp_path / "b.zip", a__gz=gzip.compress(CSV))) == "archive-nested"
    assert refusal(zipped(tmp_path / "none.zip")) == "archive-empty"


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_RATIO_FROM", 1_000_000)
    bomb = b"nom;topo\n" + b"A;C50\n" * 2_000_000
    assert refusal(zipped(tmp_path / "a.zip", a__csv=bomb)) == "archive-too-big"
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(bomb))
    assert refusal(tmp_path / "a.csv.gz") == "archive-too-big"


def test_in_batches_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(CSV))
    batches = list(open_stream(path).batches())
    assert [row for batch in batches for row in batch.extract.frame.rows()] == ROWS
    assert not wants_batches(path)
