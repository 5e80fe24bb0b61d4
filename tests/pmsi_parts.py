"""PMSI records written from the national format tables, zone by zone: nothing of the product is used."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FORMATS = {
    "022": ("RSS ungrouped format 022", "RUM"),
    "122": ("RSS grouped format 122", "RUM"),
    "V016": ("VID-HOSP V016", "VH"),
}
HOSPITAL = "339907412"


@cache
def _zones(version: str, block: str) -> tuple[tuple[str, int], ...]:
    """Name and length of each zone, in order."""
    table = Path(__file__).resolve().parents[2] / "shared/reference/france/pmsi_mco_formats.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["file_format"] == FORMATS[version][0]]
    return tuple((line["field"], int(line["length"])) for line in lines if line["block"] == block)


def _part(version: str, block: str, values: Mapping[str, str]) -> str:
    zones = dict(_zones(version, block))
    assert values.keys() <= zones.keys() and all(len(v) <= zones[n] for n, v in values.items()), values
    return "".join(values.get(name, "").ljust(length) for name, length in zones.items())


def rum(
    version: str,
    stay: str,
    days: str,
    diagnoses: str,
    acts: Sequence[str] = (),
    born: str = "08071957",
    sex: str = "2",
    documentary: Sequence[str] = (),
    **zones: str,
) -> str:
    """One line of an RSS. `days` is `ddmmyyyy-ddmmyyyy`; `diagnoses` is `DP DR DA DA`, with `-` for none."""
    entry, _, discharge = days.partition("-")
    main, linked, *associated = [code.replace("-", "") for code in (diagnoses + " -").split()]
    associated = [code for code in associated if code]
    values = {
        "FINESS": HOSPITAL, "VRUM": "022", "NRSS": f"R{stay.strip()}"[:20], "NADL": stay, "NRUM": "1",
        "DNAIS": born, "SEXE": sex, "NUM": "0011", "DEUM": entry, "MEUM": "8", "DSUM": discharge, "MSUM": "8",
        "CPRE": "33000", "DP": main, "DR": linked, "NDA": f"{len(associated):02}",
        "NDAD": f"{len(documentary):02}", "NZA": f"{len(acts):03}",
    }  # fmt: skip
    if version == "122":
        values |= {"VRSS": "122", "GVC": "11", "NCMD": "09", "NGHM": "C041", "GCR": "000"}
    act = {"PHAS": "0", "ACTI": "1", "NREAL": "01"}
    return (
        _part(version, "RUM", values | zones)
        + "".join(code.ljust(8) for code in [*associated, *documentary])
        + "".join(_part(version, "ZA", act | {"DR": a.split()[0], "CCCA": a.split()[1]}) for a in acts)
    )


def vid(stay: str, ipp: str, born: str = "08071957", sex: str = "2", units: int = 1, **zones: str) -> str:
    """One line of a VID-HOSP, with `units` repeated blocks at its end."""
    values = {
        "NIA": "1550733063123", "CNIA": "45", "DNAIS": born, "SEXE": sex, "NADL": stay, "NFVH": "V016",
        "FINESS": HOSPITAL, "IPP": ipp, "NDMT": f"{units:04}",
    }  # fmt: skip
    return _part("V016", "VH", values | zones) + "".join(
        _part("V016", "DMT", {"DPRES": "181"}) for _ in range(units)
    )


def write(path: Path, lines: Sequence[str], encoding: str = "latin-1", end: str = "\r\n") -> Path:
    """A file of these lines."""
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path
