"""Several months of the PMSI in one drop: paired, in the order of time, each stay's notification once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.gather import Way, gather
from desktop_app.core.extracts.pmsi.months import arranged_months
from desktop_app.core.extracts.several import look_at, shown_among
from desktop_app.core.extracts.survey import survey
from desktop_app.core.stages import Extract
from tests.pmsi_parts import rum, vid, write

MONTHS = ("04", "05", "06")
NAMES = {"04": "avril", "05": "mai", "06": "juin"}  # the order of time is not that of the names


def stay(month: str, number: int, code: str = "C341") -> tuple[str, str]:
    name = f"26{month}{number:04}"
    return name, rum("122", name, f"02{month}2026-09{month}2026", code)


def drop(folder: Path, **more: list[str]) -> list[Path]:
    """An RSS and a VID-HOSP a month; sessions of one stay in April and June."""
    paths = []
    for month in MONTHS:
        stays = [stay(month, number) for number in range(3)]
        sessions = [rum("122", "26990001", f"05{month}2026-05{month}2026", "Z511 C504")] * (month != "05")
        lines = [line for _, line in stays] + sessions + more.get(NAMES[month], [])
        known = [vid(name, f"P{name}") for name, _ in stays] + [vid("26990001", "P9")] * (month != "05")
        paths += [write(folder / f"rss_{NAMES[month]}.txt", lines)]
        paths += [write(folder / f"vh_{NAMES[month]}.txt", known)]
    return paths


def read(paths: list[Path], ragged: str = "auto") -> Extract:
    previews = look_at({path: {} for path in sorted(paths)})
    ways = [Way(path, replace(each.options, ragged=ragged)) for path, each in previews.items()]  # type: ignore[arg-type]
    return gather(ways)


def test_each_rss_takes_its_vidhosp_in_the_order_of_time(tmp_path: Path) -> None:
    found = arranged_months(sorted(drop(tmp_path)))
    assert found is not None
    assert [path.name for path in found] == ["rss_avril.txt", "rss_mai.txt", "rss_juin.txt"]
    assert [Path(str(changed["companion"])).name for changed in found.values()] == [
        "vh_avril.txt", "vh_mai.txt", "vh_juin.txt",
    ]  # fmt: skip


def test_the_preview_says_so(tmp_path: Path) -> None:
    previews = look_at({path: {} for path in sorted(drop(tmp_path))})
    first = next(iter(previews))
    guess = shown_among(previews, first).guesses[0]
    assert guess.value == "rss_avril.txt" and guess.confidence == 1.0
    assert "3 mois du PMSI" in guess.evidence.fr and "rss_mai.txt + vh_mai.txt" in guess.evidence.fr
    # A choice of the person is looked at with the companion that was found.
    again = look_at({path: {"companion": each.options.companion} for path, each in previews.items()})
    assert [each.options.companion for each in again.values()] == [
        each.options.companion for each in previews.values()
    ]


def test_months_make_one_batch_and_a_stay_one_notification(tmp_path: Path) -> None:
    extract = read(drop(tmp_path))
    numbers = extract.frame["N° notification"].to_list()
    assert len(numbers) == len(set(numbers)) == 10
    sessions = extract.frame.filter(extract.frame["N° séjour"] == "26990001").row(0, named=True)
    assert (sessions["Date d’entrée"], sessions["Date de sortie"]) == ("05042026", "05062026")
    assert sessions[extract.origin or ""] == "rss_juin.txt"
    assert extract.aside is not None and extract.aside.height == 1 and survey(extract).many == 1
    assert any("1 notification est aussi" in remark.fr for remark in extract.remarks)
    assert sum("rss_mai.txt" in remark.fr for remark in extract.remarks) >= 1


def test_cumulative_files_are_read_once(tmp_path: Path) -> None:
    april = [stay("04", number)[1] for number in range(3)]
    paths = drop(tmp_path, mai=april)
    write(
        paths[3], [vid(stay(month, number)[0], f"P{number}") for month in ("04", "05") for number in range(3)]
    )
    extract = read(paths)
    assert extract.frame["N° notification"].n_unique() == extract.frame.height == 10


def test_they_come_back_when_the_person_says_so(tmp_path: Path) -> None:
    extract = read(drop(tmp_path), ragged="keep")
    assert extract.frame.height == 11 and extract.aside is None


def test_one_month_is_as_it_was(tmp_path: Path) -> None:
    paths = drop(tmp_path)[:2]
    found = arranged_months(paths)
    assert found is not None and list(found) == [paths[0]]
    assert read(paths).frame.height == 4
    assert arranged_months([write(tmp_path / "a.csv", ["a;b", "1;2"])]) is None


def test_a_list_of_patients_serves_every_month(tmp_path: Path) -> None:
    listed = write(
        tmp_path / "patients.csv", ["IPP;NOM;PRENOM", *(f"P26{m}0000;EXEMPLE;ANNE" for m in MONTHS)]
    )
    extract = read([*drop(tmp_path), listed])
    assert extract.frame["NOM"].count() == 3


@pytest.mark.parametrize(
    ("files", "match"),
    [
        (slice(0, 5), "each RSS needs its VID-HOSP"),
        (slice(0, 3), "each RSS needs its VID-HOSP"),
    ],
)
def test_a_month_without_its_other_file_is_told(tmp_path: Path, files: slice, match: str) -> None:
    with pytest.raises(AppError, match=match):
        arranged_months(drop(tmp_path)[files])


def test_files_that_no_stay_joins_are_told(tmp_path: Path) -> None:
    paths = drop(tmp_path)
    other = write(tmp_path / "vh_mars.txt", [vid("25030001", "P1")])
    with pytest.raises(AppError, match="The stays do not tell"):
        arranged_months([*paths[:3], other])


def test_two_hospitals_are_no_months(tmp_path: Path) -> None:
    paths = drop(tmp_path)[:2]
    rss = write(tmp_path / "b.txt", [rum("122", "27000001", "02052026-09052026", "C341", FINESS="690783154")])
    known = write(tmp_path / "c.txt", [vid("27000001", "P1", FINESS="690783154")])
    with pytest.raises(AppError, match="several hospitals"):
        arranged_months([*paths, rss, known])
