"""Which PMSI file it is, in which version; the field table is that of the facts; what is refused, and how."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract, open_stream, wants_batches
from desktop_app.core.extracts.pmsi.formats import record_format
from desktop_app.core.extracts.pmsi.kind import recognise
from desktop_app.core.extracts.pmsi.pair import arranged
from tests.pmsi_parts import FORMATS, HOSPITAL, rum, vid, write

STAY = rum("022", "26000001", "12062026-18062026", "C341")


@pytest.mark.parametrize("version", FORMATS)
def test_the_field_table_is_that_of_the_facts(shared: Path, version: str) -> None:
    form = record_format("vidhosp" if version == "V016" else "rss", version)
    assert form is not None
    with (shared / "reference/france/pmsi_mco_formats.csv").open(encoding="utf-8", newline="") as stream:
        facts = [line for line in csv.DictReader(stream) if line["file_format"] == FORMATS[version][0]]
    fixed = [line for line in facts if line["block"] == FORMATS[version][1]]
    placed = {name: (zone.start, zone.start + zone.length - 1) for name, zone in form.zones.items()}
    assert placed == {line["field"]: (int(line["start"]), int(line["end"])) for line in fixed}
    counters = {line["repeat_counter"]: line["field"] for line in fixed if line["repeat_counter"]}
    assert {block.name: block.counter for block in form.blocks} == counters
    for block in form.blocks:
        lengths = {line["field"]: int(line["length"]) for line in facts if line["block"] == block.name}
        assert {name: zone.length for name, zone in block.zones.items()} == lengths
        assert block.length == sum(lengths.values())


@pytest.mark.parametrize(
    ("line", "sort", "version"),
    [
        (STAY, "rss", "022"),
        (rum("122", "26000001", "12062026-18062026", "C341"), "rss", "122"),
        (vid("26000001", "P1"), "vidhosp", "V016"),
        (STAY.replace("022", "021", 1), "rss", "021"),
        (vid("26000001", "P1").replace("V016", "V014"), "vidhosp", "V014"),
        (HOSPITAL + "229" + "0000000001" + "122" + "001" + " " * 200, "rsa", "229"),
        ("S" * 16 + "A16" + "0" * 4 + "X" * 54 + HOSPITAL + "0" * 60, "anohosp", "A16"),
    ],
)
def test_the_sort_of_a_file_is_told_by_its_lines(line: str, sort: str, version: str) -> None:
    found = recognise([line, "", line])
    assert found is not None and (found.sort, found.version, found.share, found.lines) == (
        sort,
        version,
        1,
        2,
    )


def test_other_texts_are_not_of_the_pmsi() -> None:
    assert recognise(["nom;prenom;sexe", "Martin;Zoé;2"]) is None
    assert recognise(["", "  "]) is None
    assert recognise([STAY] + ["Une note que quelqu’un a mise là."] * 9) is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (STAY.replace("022", "021", 1), "pmsi-version"),
        (vid("26000001", "P1").replace("V016", "V014"), "pmsi-version"),
        (HOSPITAL + "229" + "0000000001" + "122" + "001" + " " * 200, "pmsi-anonymous"),
    ],
)
def test_what_cannot_be_notified_is_refused_with_what_to_do(line: str, code: str, tmp_path: Path) -> None:
    path = write(tmp_path / "export.txt", [line] * 3)
    for attempt in (detect, open_extract):
        with pytest.raises(AppError) as refused:
            attempt(path)
        assert refused.value.code == code and "export.txt" in refused.value.what.fr and refused.value.todo.fr


def test_a_person_may_still_read_it_as_fixed_width(tmp_path: Path) -> None:
    path = write(tmp_path / "rss.txt", [STAY, STAY])
    assert detect(path, {"format": "fixed_width"}).options.format == "fixed_width"


def test_accents_in_names_do_not_shift_what_follows(tmp_path: Path) -> None:
    rss = write(tmp_path / "rss.txt", [STAY])
    doctor = vid("26000001", "P1", NMMT="Lévêque", units=2)
    for encoding in ("latin-1", "utf-8", "utf-8-sig", "cp850"):
        write(tmp_path / "vh.txt", [doctor, doctor], encoding)
        assert open_extract(rss).frame.get_column("IPP").to_list() == ["P1"], encoding


def test_an_accent_after_a_long_plain_start_is_read(tmp_path: Path) -> None:
    plain = [vid(f"{number}", "P1") for number in range(26000001, 26006001)]
    path = write(tmp_path / "vh.txt", [*plain, vid("27000000", "P2", NMMT="Lévêque")])
    write(tmp_path / "rss.txt", [STAY, rum("022", "27000000", "12062026-18062026", "C341")])
    extract = open_extract(path, detect(path).options)
    assert extract.frame.get_column("IPP").to_list() == ["P1", "P2"] and extract.options.encoding == "cp1252"


def test_the_rest_of_the_program_reads_it_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "rss.txt", [STAY])
    monkeypatch.setattr("desktop_app.core.extracts.BATCHES_FROM", 10)
    assert not wants_batches(path)
    with pytest.raises(AppError, match="read as a whole"):
        open_stream(path)


def test_files_given_together_in_any_order(tmp_path: Path) -> None:
    rss = write(tmp_path / "a.txt", [STAY])
    vh = write(tmp_path / "b.txt", [vid("26000001", "P1")])
    names = write(tmp_path / "c.csv", ["IPP;Nom", "P1;Martin"])
    whole = (rss, {"companion": str(vh), "identities": str(names)})
    assert arranged([rss, vh, names]) == arranged([names, vh, rss]) == whole
    assert arranged([vh]) == (vh, {}) and arranged([names]) is None and arranged([names, names]) is None
    for bad in ([rss, rss], [rss, vh, vh], [rss, vh, names, names]):
        with pytest.raises(AppError, match="do not go together"):
            arranged(bad)


def test_two_records_cut_at_any_place_are_the_same(tmp_path: Path) -> None:
    """Chunks of a file end anywhere; the rows do not depend on it."""
    from desktop_app.core.extracts.pmsi.records import cut

    form = record_format("rss", "022")
    assert form is not None
    lines = [STAY, rum("022", "26000002", "12062026-18062026", "C20 - C770 C795", ["13062026 GFFA013"])] * 3
    whole = cut(lines, form, ("NADL", "DP"), ("DA",)).frame
    parts = [cut(lines[:n], form, ("NADL", "DP"), ("DA",)).frame for n in range(1, 6)]
    for number, part in enumerate(parts, 1):
        rest = cut(lines[number:], form, ("NADL", "DP"), ("DA",), number).frame
        assert pl.concat([part, rest]).equals(whole)
