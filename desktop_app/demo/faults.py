"""Faults planted on purpose: what each changes, which rules must find it, what the demonstration then does.

An error is always corrected back to the true value; a rare but true thing is confirmed with a reason.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.demo.tumours import Row

Change = Callable[[Row], Row]
Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """`change` gives the fields to overwrite on a clean row that `fits`; `rules` is what must be found there.

    `confirmed`: the finding is true to life, so the demonstration confirms it and corrects nothing.
    """

    rules: tuple[str, ...]
    change: Change
    fits: Test = field(default=lambda row: True)
    confirmed: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planted in one extract: findings as (row, rule), then what the demonstration does of them."""

    findings: tuple[tuple[int, str], ...]
    corrections: tuple[dict[str, object], ...]
    confirmations: tuple[dict[str, object], ...]


def _put(**fields: str) -> Change:
    return lambda row: dict(fields)


def _site(*prefixes: str) -> Test:
    return lambda row: row["topographie"].startswith(prefixes)


def _all(*tests: Test) -> Test:
    return lambda row: all(test(row) for test in tests)


def _full(row: Row) -> bool:
    return len(row["date_naissance"]) == 10 and len(row["date_incidence"]) == 10


def _alive(row: Row) -> bool:
    return row["statut_vital"] == "1"


def _numbered(row: Row) -> bool:
    return bool(row["matricule_ins"])


def _unnumbered(row: Row) -> bool:
    return not row["matricule_ins"]


def _ageless(row: Row) -> bool:
    return not row["age_incidence"]


def _solid(row: Row) -> bool:
    return row["comportement"] == "3" and row["morphologie"] < "9590" and row["base_diagnostic"] != "0"


def _seen(row: Row) -> bool:
    return row["base_diagnostic"][0] in "57"


def _operated(row: Row) -> bool:
    return row["chirurgie"] == "1" and bool(row["pt"]) and row["chimiotherapie"] == "0"


def _registered(row: Row) -> bool:
    return row["base_diagnostic"] == "0"


def _years_before(day: str, years: int) -> str:
    return f"{int(day[:4]) - years}-{day[5:7]}-01"


def _earlier(day: str, days: int) -> str:
    return str(date.fromisoformat(day) - timedelta(days=days))


def _born(years: int) -> Change:
    return lambda row: {"date_naissance": _years_before(row["date_incidence"], years)}


def _wrong_check_digit(name: str) -> Change:
    return lambda row: {name: row[name][:-1] + str((int(row[name][-1]) + 1) % 10)}


def _wrong_key(row: Row) -> Row:
    number, key = row["matricule_ins"][:13], int(row["matricule_ins"][13:])
    return {"matricule_ins": f"{number}{key % 97 + 1:02d}"}


_BREAST, _COLON, _CORPUS, _PROSTATE = _site("C50"), _site("C18"), _site("C54"), _site("C61")
_OWN_AGE = _all(_unnumbered, _ageless, _full)

FEW: tuple[Fault, ...] = (
    Fault(("REQ-sexe",), _put(sexe=""), _all(_unnumbered, _BREAST)),
    Fault(("REQ-base_diagnostic",), _put(base_diagnostic=""), _solid),
    Fault(("FMT-date_incidence",), _put(date_incidence="printemps"), _all(_full, _solid)),
    Fault(("FMT-topographie",), _put(topographie="C50"), _BREAST),
    Fault(
        ("COD-lateralite",),
        _put(lateralite="D"),
        _all(_BREAST, lambda row: row["lateralite"] == "1"),
        times=4,
    ),
    Fault(("COD-statut_vital",), _put(statut_vital="3"), _alive),
    Fault(
        ("DAT-02",),
        lambda row: {"date_dernieres_nouvelles": _earlier(row["date_incidence"], 400)},
        _all(_alive, _full),
    ),
    Fault(
        ("DAT-04",),
        lambda row: {"age_incidence": str(int(row["age_incidence"]) + 10)},
        _all(_full, lambda row: bool(row["age_incidence"]) and int(row["age_incidence"]) < 90),
    ),
    Fault(("ICO-01",), _put(topographie="C50.7"), _BREAST),
    Fault(("SEX-02",), _put(sexe="2"), _all(_PROSTATE, _unnumbered)),
    Fault(("GRA-04",), _put(grade=""), _all(_solid, lambda row: row["grade"] == "9"), times=3),
    Fault(("VIT-01",), _put(date_dernieres_nouvelles=""), _alive),
    Fault(("BAS-06",), _put(sources="PMSI+RCP"), _all(_seen, _solid), confirmed=True),
    Fault(("AGE-06",), _born(38), _all(_PROSTATE, _OWN_AGE, _seen), confirmed=True),
    Fault(("LAT-03",), _put(lateralite="4"), _BREAST, confirmed=True),
    Fault(("FIN-01",), _wrong_check_digit("finess_diagnostic")),
)

MANY: tuple[Fault, ...] = (
    *FEW,
    Fault(("REQ-comportement",), _put(comportement=""), _solid),
    Fault(("REQ-sources",), _put(sources=""), _solid),
    Fault(("FMT-matricule_ins",), lambda row: {"matricule_ins": row["matricule_ins"][:12]}, _numbered),
    Fault(("COD-sexe",), _put(sexe="H"), _all(_unnumbered, _COLON, lambda row: row["sexe"] == "1"), times=3),
    Fault(("COD-base_diagnostic",), _put(base_diagnostic="3"), _solid),
    Fault(
        ("COD-sources",),
        lambda row: {"sources": row["sources"] + "+LABO"},
        _all(_seen, lambda row: "PMSI" in row["sources"]),
    ),
    Fault(
        ("DAT-01",),
        lambda row: {"date_naissance": f"{int(row['date_incidence'][:4]) + 1}-02-10"},
        _all(_OWN_AGE, _solid, lambda row: row["date_incidence"] < "2025"),
    ),
    Fault(("DAT-03",), lambda row: {"date_dernieres_nouvelles": "2062-03-14"}, _alive),
    Fault(
        ("DAT-09",), lambda row: {"date_incidence": row["date_incidence"][:4] + "-02-30"}, _all(_full, _solid)
    ),
    Fault(
        ("DAT-05",),
        _born(106),
        _all(_OWN_AGE, _solid, lambda row: row["statut_vital"] == "2"),
        confirmed=True,
    ),
    Fault(
        ("DAT-07",),
        lambda row: {"date_enregistrement": _earlier(row["date_incidence"], 12)},
        _full,
        confirmed=True,
    ),
    Fault(("ICO-02",), _put(morphologie="8999"), _COLON),
    Fault(
        ("ICO-03",),
        _put(comportement="1"),
        _all(_BREAST, lambda row: row["grade"] == "9" and row["morphologie"] == "8500"),
    ),
    Fault(("ICO-05",), _put(comportement="6"), _all(_COLON, _solid, lambda row: row["grade"] == "9")),
    Fault(
        ("SEX-01", "SEX-03"),
        _put(sexe="1"),
        _all(_CORPUS, _unnumbered, _solid, lambda row: row["morphologie"] == "8380"),
    ),
    Fault(("SEX-06",), _put(sexe="9"), _CORPUS),
    Fault(("AGE-08",), _born(18), _all(_COLON, _OWN_AGE), confirmed=True),
    Fault(("GRA-01",), _put(grade="3"), lambda row: row["comportement"] == "2"),
    Fault(("GRA-02",), _put(grade="6"), _all(_BREAST, _solid)),
    Fault(("GRA-03",), _put(grade="5"), lambda row: row["morphologie"] == "9680"),
    Fault(("VIT-02",), lambda row: {"cause_deces": row["topographie"]}, _all(_alive, _solid)),
    Fault(("FIN-02",), _wrong_check_digit("finess_traitement"), lambda row: bool(row["finess_traitement"])),
    Fault(
        ("IDN-01",),
        _wrong_key,
        _numbered,
    ),
    Fault(
        ("IDN-03",),
        lambda row: {"date_naissance": str(int(row["date_naissance"][:4]) - 1) + row["date_naissance"][4:]},
        _all(_numbered, _ageless, _full, _BREAST, lambda row: row["date_naissance"][5:] != "02-29"),
    ),
    Fault(("IDN-06",), _put(oid_ins="1.2.250.1.213.1.4.10"), _numbered),
    Fault(("IDN-07",), _put(statut_identite="VALI"), _unnumbered),
    Fault(("IDN-08",), _put(nom_utilise="INCONNU")),
    Fault(("GEO-01",), _put(commune_residence="33999")),
    Fault(("GEO-02",), _put(commune_residence="69381", code_postal="69001")),
    Fault(("GEO-03",), _put(code_postal="75011")),
    Fault(
        ("BAS-02",),
        _put(base_diagnostic="7.1"),
        _all(_seen, _full, lambda row: row["date_incidence"] < "2023"),
    ),
    Fault(("BAS-03",), _put(statut_vital="1", cause_deces=""), _registered),
    Fault(("BAS-07",), _put(sources="DC+PMSI"), _registered, confirmed=True),
    Fault(("LAT-01",), _put(lateralite="0"), _BREAST),
    Fault(("LAT-02",), _put(lateralite="2"), _COLON),
    Fault(("TNM-01",), _put(cm="cM7"), lambda row: row["cm"] == "cM0"),
    Fault(("TNM-03",), _put(edition_tnm=""), lambda row: bool(row["pt"])),
    Fault(("TNM-05",), _put(chirurgie="0"), _all(_operated, lambda row: row["radiotherapie"] == "0")),
    Fault(("STA-01",), _put(stade="3"), _all(_BREAST, lambda row: row["cm"] == "cM1")),
    Fault(("STA-04",), _put(systeme_stade=""), lambda row: row["stade"] in "1234" and row["stade"] != ""),
    Fault(("STA-05",), _put(systeme_stade="F"), _all(_BREAST, lambda row: row["stade"] in ("1", "2", "3"))),
    Fault(("TRT-01",), _put(chimiotherapie="3"), lambda row: row["chirurgie"] == "0", confirmed=True),
    Fault(("TRT-02",), _put(greffe_csh="1"), _all(_BREAST, _full)),
    Fault(
        ("TIM-01",),
        lambda row: {"date_enregistrement": _earlier(row["date_incidence"], -900)},
        _all(_full, lambda row: row["date_incidence"] < "2024"),
        times=3,
    ),
)  # fmt: skip

NEVER_BLOCKS = frozenset({"TIM-01"})


def plant(rng: random.Random, rows: list[Row], faults: Iterable[Fault], free: set[int], reason: str) -> Plan:
    """Plants every fault on a row of its own, drawn from `free` (positions in `rows`, changed in place).

    Raises LookupError when no free row fits a fault: the extract is then too small for the plan.
    """
    findings: list[tuple[int, str]] = []
    corrections: list[dict[str, object]] = []
    confirmations: list[dict[str, object]] = []
    for fault in _scarcest_first(rows, faults, free):
        at = _place(rng, rows, fault, free)
        changes = fault.change(rows[at])
        findings += [(at + 1, rule) for rule in fault.rules]
        if fault.confirmed:
            confirmations += [confirmation(at, rule, reason) for rule in fault.rules]
        elif fault.rules[0] not in NEVER_BLOCKS:
            corrections += [correction(at, name, rows[at][name]) for name in changes]
        rows[at] |= changes
    return Plan(tuple(findings), tuple(corrections), tuple(confirmations))


def _scarcest_first(rows: list[Row], faults: Iterable[Fault], free: set[int]) -> list[Fault]:
    """Every fault as often as wanted, those that fit the fewest rows before the others take them."""
    places = {fault.rules: sum(fault.fits(rows[at]) for at in free) for fault in faults}
    every = [fault for fault in faults for _ in range(fault.times)]
    return sorted(every, key=lambda fault: places[fault.rules])


def correction(at: int, name: str, new: str) -> dict[str, object]:
    """One cell set right; `row` counts data rows from 1."""
    return {"row": at + 1, "field": name, "new": new or None}


def confirmation(at: int, rule: str, reason: str) -> dict[str, object]:
    """One finding that is true to life."""
    return {"row": at + 1, "rule_id": rule, "reason": reason, "note": "Dossier relu."}


def _place(rng: random.Random, rows: list[Row], fault: Fault, free: set[int]) -> int:
    fitting = [at for at in sorted(free) if fault.fits(rows[at])]
    if not fitting:
        raise LookupError(f"no row fits {fault.rules[0]}")
    at = rng.choice(fitting)
    free.discard(at)
    return at
