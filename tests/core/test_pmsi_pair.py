"""RSS and VID-HOSP: the notifications of a pair are those that a person derives by hand from the formats."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.pmsi.pair import arranged
from desktop_app.core.mapping import apply_recipe, draft_recipe, parse_recipe
from desktop_app.core.stages import Extract, ImportOptions
from tests.pmsi_parts import HOSPITAL, rum, vid, write
from validation_rules.contract import load_contract

INS = "257073306312345"


def rss(version: str) -> list[str]:
    """Two units out of order, sessions, a code linked here and principal there, and the odd ones."""
    return [
        rum(
            version,
            "26000001",
            "18062026-20062026",
            "Z511 C341 C795",
            ["19062026 ZBQK002"],
            NUM="0022",
            MSUM="9",
        ),
        rum(
            version,
            "26000001",
            "12062026-18062026",
            "C341 - C770 I10",
            ["14062026 GFFA013", "13062026 ZBQK002"],
        ),
        rum(version, "26000002", "01062026-03062026", "I10 - E119", documentary=["C509"]),
        rum(version, "26000003", "15062026-15062026", "Z511 C504", born="02031960", NRSS="S2", NBSE="1"),
        rum(version, "26000003", "01062026-01062026", "Z511 C504", born="02031960", NRSS="S1", NBSE="1"),
        rum(version, "26000003", "29062026-29062026", "Z511 C504", born="02031960", NRSS="S3", NBSE="1"),
        rum(version, "26000004", "02062026-04062026", "Z515 C187", born="11111950", sex="1"),
        rum(version, "26000004", "04062026-09062026", "C187 - D24", born="11111950", sex="1"),
        rum(version, "26000005", "05062026-06062026", "D051 - D24", born="01011970"),
        rum(version, "26000006", "05062026-07062026", "C61", born="01011940", sex="1", MSUM="7"),
        rum(version, "26000007", "05062026-07062026", "C64", born="01011941"),
        rum(version, "26000008", "05062026-07062026", "C73", born="01011942"),
        rum(version, "26000009", "05062026-", "I10 - C20", born="01011943", CPRE="99127", MSUM=""),
        rum(version, "12345678901234567890", "05062026-07062026", "C509", born="01011944"),
        rum(version, "26000011", "05062026-07062026", "C50.9", born="01011945"),
        rum(version, "26000011", "07062026-08062026", "c509", born="01011945"),
    ]


def persons() -> list[str]:
    return [
        vid("26000001", "P1", INS=INS, NIMI="2570733063123", CNIMI="45", units=2),
        vid("26000002", "P2"),
        vid("26000003", "P3", "02031960", NIMI="2600333063001", CNIMI="11"),
        vid("26000004", "P4", "11111950", "1", NIMI="0000000000000"),
        vid("26000005", "P5", "01011970"),
        vid("26000007", "P7", "02011941"),
        vid("26000008", "P8", "15081990", "1", INS=INS),
        vid("26000009", "P9", "01011943"),
        vid("12345678901234567890", "P10", "01011944"),
        vid("26000011", "P11", "01011945"),
        vid("26000011", "P11", "01011945", INS=INS),
        vid("26000099", "P99"),
    ]


BY_HAND = [
    # IPP, INS, stay, entry, discharge, mode, code, role, procedures, alive, sessions, match
    (
        "P1",
        INS,
        "26000001",
        "12062026",
        "20062026",
        "9",
        "C341",
        "DP",
        "ZBQK002+GFFA013",
        "2",
        None,
        "trouvé",
    ),
    (
        "P1",
        INS,
        "26000001",
        "12062026",
        "20062026",
        "9",
        "C795",
        "DAS",
        "ZBQK002+GFFA013",
        "2",
        None,
        "trouvé",
    ),
    (
        "P1",
        INS,
        "26000001",
        "12062026",
        "20062026",
        "9",
        "C770",
        "DAS",
        "ZBQK002+GFFA013",
        "2",
        None,
        "trouvé",
    ),
    (
        "P3",
        "260033306300111",
        "26000003",
        "01062026",
        "29062026",
        "8",
        "C504",
        "DR",
        None,
        "1",
        "3",
        "trouvé",
    ),
    ("P4", None, "26000004", "02062026", "09062026", "8", "C187", "DP", None, "1", None, "trouvé"),
    ("P5", None, "26000005", "05062026", "06062026", "8", "D051", "DP", None, "1", None, "trouvé"),
    (None, None, "26000006", "05062026", "07062026", "7", "C61", "DP", None, "1", None, "absent"),
    (
        "P7",
        None,
        "26000007",
        "05062026",
        "07062026",
        "8",
        "C64",
        "DP",
        None,
        "1",
        None,
        "naissance différente",
    ),
    (None, None, "26000008", "05062026", "07062026", "8", "C73", "DP", None, "1", None, "autre personne"),
    ("P9", None, "26000009", "05062026", None, None, "C20", "DAS", None, None, None, "trouvé"),
    (
        "P10",
        None,
        "12345678901234567890",
        "05062026",
        "07062026",
        "8",
        "C509",
        "DP",
        None,
        "1",
        None,
        "trouvé",
    ),
    ("P11", INS, "26000011", "05062026", "08062026", "8", "C509", "DP", None, "1", None, "trouvé"),
]
SHOWN = (
    "IPP", "Matricule INS", "N° séjour", "Date d’entrée", "Date de sortie", "Mode de sortie",
    "Diagnostic CIM-10",
    "Rôle du diagnostic", "Actes CCAM", "Statut vital", "Séances", "Rapprochement",
)  # fmt: skip


@pytest.fixture(params=["022", "122"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "juin.txt", rss(request.param)), write(tmp_path / "vh.dat", persons(), end="\n")


def read(first: Path, other: Path) -> Extract:
    return open_extract(first, detect(first, {"companion": str(other)}).options)


def test_the_pair_gives_what_a_person_derives_by_hand(pair: tuple[Path, Path]) -> None:
    extract = read(*pair)
    assert extract.frame.select(SHOWN).rows() == BY_HAND
    assert extract.frame.get_column("row_id").to_list() == list(range(1, 13))
    assert set(extract.frame.get_column("FINESS")) == {HOSPITAL}


def test_what_became_of_every_stay_is_said(pair: tuple[Path, Path]) -> None:
    said = " ".join(remark.fr for remark in read(*pair).remarks)
    assert (
        "11 séjours dans le RSS\u00a0; 10 séjours avec une tumeur à notifier, soit 12 notifications." in said
    )
    assert (
        "1 séjour sans ligne dans le VID-HOSP" in said
        and "1 séjour où la date de naissance et le sexe" in said
    )
    assert "1 séjour où la date de naissance ou le sexe diffère" in said
    assert "1 séjour du VID-HOSP sans RSS" in said and "seul le numéro de l’assuré" in said


def test_either_file_may_be_opened_first(pair: tuple[Path, Path]) -> None:
    rss_first, vid_first = read(*pair), read(*reversed(pair))
    assert rss_first.frame.equals(vid_first.frame)
    assert (rss_first.source.path, vid_first.source.path) == pair
    assert rss_first.source.sha256 == vid_first.source.sha256


def test_the_columns_find_their_fields_by_themselves(pair: tuple[Path, Path]) -> None:
    contract = load_contract("rnc-notifications")
    extract = read(*pair)
    draft = draft_recipe(extract, contract)
    assert all(guess.confidence == 1 for guess in draft.columns if guess.fields)
    recipe = parse_recipe(draft.recipe.to_json())
    rows = apply_recipe(extract, recipe, contract).frame
    assert rows.row(0, named=True).items() >= {
        "numero_patient": "P1", "numero_notification": "26000001-C341", "matricule_ins": INS,
        "numero_document": "26000001", "sexe": "2", "date_naissance": "1957-07-08", "code_postal": "33000",
        "type_source": "PMSI", "date_evenement": "2026-06-12", "date_sortie": "2026-06-20",
        "mode_sortie": "9",
        "finess_etablissement": HOSPITAL, "diagnostic_cim10": "C34.1", "role_diagnostic": "DP",
        "actes_ccam": "ZBQK002+GFFA013", "statut_vital": "2", "date_dernieres_nouvelles": "2026-06-20",
    }.items()  # fmt: skip
    abroad = rows.row(9, named=True)
    assert abroad["code_postal"] is None and extract.frame.row(9, named=True)["Pays"] == "99127"
    assert recipe.format == "pmsi-mco" and recipe.targets == draft.recipe.targets


def test_a_notification_keeps_its_number(pair: tuple[Path, Path]) -> None:
    """The number of a stay too long to hold the code as well gives a digest, the same every month."""
    numbers = read(*pair).frame.get_column("N° notification").to_list()
    assert len(set(numbers)) == len(numbers) and all(len(number) <= 20 for number in numbers)
    assert numbers[10] == "MEGERLGGNNY4MXNE7VVT" and numbers[11] == "26000011-C509"


def test_the_other_file_is_found_beside(pair: tuple[Path, Path]) -> None:
    for path, other in (pair, pair[::-1]):
        preview = detect(path)
        assert preview.options.companion == other.name and preview.options.format == "pmsi-mco"
        assert preview.columns[0] == "IPP" and preview.rows[0][0] == "P1"
        assert open_extract(path).frame.select(SHOWN).rows() == BY_HAND


def test_one_file_alone_is_told(pair: tuple[Path, Path]) -> None:
    pair[1].unlink()
    preview = detect(pair[0])
    assert preview.options.companion is None and "Donnez aussi le VID-HOSP" in preview.problems[0].fr
    assert preview.columns[0] in ("GVC", "FINESS") and len(preview.rows) == 16
    with pytest.raises(AppError, match="pmsi-one-lacks"):
        open_extract(pair[0])


def test_two_that_could_be_the_other_file_are_offered(pair: tuple[Path, Path], tmp_path: Path) -> None:
    write(tmp_path / "vh copie.dat", persons()[::-1])
    found = next(guess for guess in detect(pair[0]).guesses if guess.option == "companion")
    assert found.value == "" and found.choices == ("vh copie.dat", "vh.dat")
    with pytest.raises(AppError, match=r"vh copie\.dat, vh\.dat"):
        open_extract(pair[0])


def test_what_does_not_go_together_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    other_month = write(tmp_path / "mai.dat", [vid("25000001", "P1")])
    with pytest.raises(AppError, match="no stay in common"):
        read(pair[0], other_month)
    with pytest.raises(AppError, match="are not an RSS and a VID-HOSP"):
        read(pair[0], write(tmp_path / "autre.txt", rss("022")))
    nothing = write(tmp_path / "rien.txt", [rum("022", "26000001", "01062026-02062026", "I10")])
    with pytest.raises(AppError, match="is a tumour to notify"):
        read(nothing, pair[1])


def test_lines_that_are_no_record_are_set_aside(tmp_path: Path) -> None:
    lines = rss("122")
    lines[2] = lines[2][:150]
    lines[8] = lines[8][:134].ljust(140).replace("    ", "", 1) + "x" * 400
    lines.insert(5, "")
    path = write(tmp_path / "rss.txt", lines, end="\n")
    path.write_bytes(path.read_bytes() + b"\x1a")
    extract = read(path, write(tmp_path / "vh.txt", persons()))
    assert extract.aside is not None and extract.blank_rows == 1
    assert extract.aside.select("row_id", "Fichier").rows() == [(3, "RSS"), (10, "RSS")]
    assert extract.aside.get_column("Ligne").to_list() == [lines[2].rstrip(), lines[9]]
    assert (
        "Mis de côté dans le RSS, incomplet ou d’un autre format\u00a0: 2 lignes (3, 10)."
        in extract.remarks[-1].fr
    )
    assert extract.frame.select(SHOWN).rows() == [row for row in BY_HAND if row[2] != "26000005"]


def test_padding_that_was_cut_off_is_no_loss(tmp_path: Path) -> None:
    cut = [line.rstrip() for line in rss("022")]
    path, other = (
        write(tmp_path / "rss.txt", cut),
        write(tmp_path / "vh.txt", [line[:380] for line in persons()]),
    )
    rows = read(path, other).frame.select(SHOWN).rows()
    assert [row[2:] for row in rows] == [row[2:] for row in BY_HAND]


def test_zeros_before_a_stay_number_do_not_hide_it(pair: tuple[Path, Path], tmp_path: Path) -> None:
    padded = [line[:28] + line[28:48].strip().zfill(20) + line[48:] for line in persons()]
    extract = read(pair[0], write(tmp_path / "zeros.txt", padded))
    assert extract.frame.select(SHOWN).rows() == BY_HAND


def test_another_hospital_number_is_told(pair: tuple[Path, Path], tmp_path: Path) -> None:
    moved = [line[:52] + "339900001" + line[61:] for line in persons()]
    extract = read(pair[0], write(tmp_path / "autre.txt", moved))
    assert extract.frame.select(SHOWN).rows() == BY_HAND
    assert any("même numéro FINESS" in remark.fr for remark in extract.remarks)


def test_a_recipe_does_not_carry_the_other_file(pair: tuple[Path, Path]) -> None:
    extract = read(*pair)
    recipe = draft_recipe(extract, load_contract("rnc-notifications")).recipe
    assert pair[1].name not in recipe.to_json() and "26000001" not in recipe.to_json()


def test_options_survive_the_workspace_form(pair: tuple[Path, Path]) -> None:
    options = read(*pair).options
    assert options == replace(
        ImportOptions("pmsi-mco", options.encoding, None, None, None), companion=str(pair[1])
    )


def test_packed_files_are_read_as_they_are(pair: tuple[Path, Path], tmp_path: Path) -> None:
    packed = tmp_path / "juin.txt.gz"
    packed.write_bytes(gzip.compress(pair[0].read_bytes()))
    with zipfile.ZipFile(tmp_path / "vh.zip", "w") as archive:
        archive.write(pair[1], "vh.dat")
    both = packed, tmp_path / "vh.zip"
    assert read(*both).frame.select(SHOWN).rows() == BY_HAND
    assert read(*both[::-1]).frame.select(SHOWN).rows() == BY_HAND
    assert arranged(both[::-1]) == (packed, {"companion": str(both[1])})
