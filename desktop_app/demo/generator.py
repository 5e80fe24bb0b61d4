"""Writes the extracts of two invented sites, a registry and a hospital, that share some of their patients.

Everything is drawn from a seed: the same seed gives the same bytes. NIR serials are 9xx and FINESS serials
99xx, with valid keys. Each extract comes with its recipe, the faults planted in it, and what is done about
each of them.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from desktop_app.demo.faults import FEW, MANY, Fault, Plan, plant
from desktop_app.demo.forms import hospital_recipe, registry_recipe, write_hospital, write_registry
from desktop_app.demo.pairs import plant_pairs
from desktop_app.demo.people import Crowd, Person, finess, misspelt
from desktop_app.demo.tumours import (
    LAST_DAY,
    Profile,
    Row,
    completed_years,
    death_certificate_only,
    draw_birth,
    draw_profile,
    draw_second,
    draw_tumour,
)

OID: Final = "1.2.250.1.213.1.4.8"
REASON: Final = "checked_record"
FIELDS: Final = (
    "numero_patient", "numero_tumeur", "matricule_ins", "oid_ins", "statut_identite", "nom_naissance",
    "nom_utilise", "prenoms", "sexe", "date_naissance", "commune_naissance", "commune_residence",
    "code_postal", "date_incidence", "age_incidence", "topographie", "morphologie", "comportement",
    "edition_cimo", "base_diagnostic", "lateralite", "grade", "autopsie", "statut_vital",
    "date_dernieres_nouvelles", "cause_deces", "edition_tnm", "ct", "cn", "cm", "pt", "pn", "pm",
    "systeme_stade", "stade", "chirurgie", "radiotherapie", "chimiotherapie", "therapie_ciblee",
    "immunotherapie", "hormonotherapie", "autre_traitement", "greffe_csh", "finess_diagnostic",
    "finess_traitement", "sources", "date_enregistrement", "code_adicap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One invented site and its files. `findings`: (row, rule id) planted; `rows`: data rows."""

    name: str
    finess: str
    extract: Path
    recipe: Path
    corrections: Path
    confirmations: Path
    findings: tuple[tuple[int, str], ...]
    rows: int
    patients: int


@dataclass(frozen=True, slots=True)
class DemoSamples:
    """The two sites and the truth: pairs (registry's, hospital's) of patient numbers of one person."""

    registry: DemoSite
    hospital: DemoSite
    same_person: tuple[tuple[str, str], ...]
    look_alikes: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Case:
    person: Person
    profile: Profile
    row: Row


def write_samples(folder: Path, seed: int = 2026, patients: int = 1100) -> DemoSamples:
    """Writes `registre/` and `hopital/` under `folder`: about 1.1 rows a patient, a third at the second.

    Needs `patients` of at least 600, so that every planted fault finds a row; raises LookupError below that.
    """
    rng = random.Random(seed)  # noqa: S311 - invented data, not a secret
    crowd = Crowd(rng)
    cases = _registry_cases(rng, crowd, patients)
    shared = rng.sample(_single(cases), patients * 13 // 100)
    alike: list[tuple[str, str]] = []
    visits, links = _hospital_cases(rng, crowd, cases, shared, alike, patients // 3)
    registry = _site(
        rng, folder / "registre", "Registre des cancers du Val d'Orne", finess("33", 9921), cases, MANY
    )
    hospital = _site(
        rng, folder / "hopital", "Centre hospitalier du Val d'Orne", finess("33", 7407), visits, FEW
    )
    return DemoSamples(registry, hospital, tuple(links), tuple(alike))


def registry_rows(seed: int = 2026, patients: int = 1100) -> list[Row]:
    """Contract rows of the registry before any fault is planted: every field a string, blank when unknown."""
    rng = random.Random(seed)  # noqa: S311 - invented data, not a secret
    return [{name: case.row[name] for name in FIELDS} for case in _registry_cases(rng, Crowd(rng), patients)]


def _registry_cases(rng: random.Random, crowd: Crowd, patients: int) -> list[_Case]:
    cases = []
    for at in range(patients):
        profile = draw_profile(rng)
        case = _first_tumour(rng, crowd, profile, f"RG{at + 1:06d}", 2021)
        cases.append(case)
        if rng.random() < 0.08 and _may_have_two(case):
            cases.append(_second_tumour(rng, case))
    for at in rng.sample([at for at, case in enumerate(cases) if _may_be_dco(case)], patients // 50 + 3):
        death_certificate_only(cases[at].row)
    return cases


def _may_be_dco(case: _Case) -> bool:
    row = case.row
    return case.profile.behaviour == "3" and len(row["date_incidence"]) == 10 and not row.get("_many")


def _first_tumour(rng: random.Random, crowd: Crowd, profile: Profile, number: str, since: int) -> _Case:
    incidence = date(since, 1, 1) + timedelta(
        days=rng.randrange((date(2025, 12, 31) - date(since, 1, 1)).days)
    )
    sexe = rng.choice(profile.sexes)
    person = crowd.draw(sexe, draw_birth(rng, profile, incidence))
    row = _blank() | _identity(rng, person, number) | {"numero_tumeur": "1"}
    return _Case(person, profile, _finish(rng, row, person, profile, incidence))


def _age(case: _Case) -> int:
    """Completed years at the middle of the month of incidence."""
    return completed_years(case.person.birth, date.fromisoformat(case.row["date_incidence"][:7] + "-15"))


def _may_have_two(case: _Case) -> bool:
    return 42 <= _age(case) <= 90


def _second_tumour(rng: random.Random, first: _Case) -> _Case:
    """Another primary of the same patient, between the first one and the last news."""
    profile = draw_second(rng, first.profile, first.person.sexe, _age(first))
    row = dict(first.row)
    incidence = date.fromisoformat(first.row["date_incidence"][:7] + "-28")
    row |= dict.fromkeys(("edition_tnm", "ct", "cn", "cm", "pt", "pn", "pm", "systeme_stade", "stade"), "")
    row |= draw_tumour(rng, profile, incidence)
    row |= {"numero_tumeur": "2", "date_incidence": str(incidence), "age_incidence": "", "_many": "1"}
    first.row["_many"] = "1"
    first.row["date_dernieres_nouvelles"] = row["date_dernieres_nouvelles"] = str(
        max(incidence, date.fromisoformat(first.row["date_dernieres_nouvelles"]))
    )
    return _Case(first.person, profile, row)


def _blank() -> Row:
    return dict.fromkeys(FIELDS, "")


def _identity(rng: random.Random, person: Person, number: str) -> Row:
    known = rng.random() < 0.7
    return {
        "numero_patient": number,
        "matricule_ins": person.nir if known else "",
        "oid_ins": OID if known else "",
        "statut_identite": "VALI" if known else "PROV",
        "nom_naissance": person.birth_name,
        "nom_utilise": person.used_name,
        "prenoms": person.given,
        "sexe": person.sexe,
        "date_naissance": str(person.birth),
        "commune_naissance": person.birthplace,
        "commune_residence": person.home[0],
        "code_postal": person.home[1],
    }


def _finish(rng: random.Random, row: Row, person: Person, profile: Profile, incidence: date) -> Row:
    row |= draw_tumour(rng, profile, incidence)
    row["date_incidence"] = str(incidence)
    if rng.random() < 0.5:
        row["age_incidence"] = str(completed_years(person.birth, incidence))
    elif rng.random() < 0.06:
        row["date_incidence"] = str(incidence)[:7]
    if not row["edition_tnm"] and profile.histologies == ("8140",) and rng.random() < 0.3:
        row |= {"morphologie": "8000", "base_diagnostic": "2", "grade": "9", "sources": "PMSI+CLI"}
    department = row["commune_residence"][:2]
    row["finess_diagnostic"] = finess(department, 1000 + rng.randrange(40))
    row["finess_traitement"] = finess(department, 1000 + rng.randrange(40)) if rng.random() < 0.6 else ""
    return row | _last_news(rng, row, incidence)


def _last_news(rng: random.Random, row: Row, incidence: date) -> Row:
    """Dead or alive on a day between incidence and the extract; the later, the more often alive."""
    span = (LAST_DAY - incidence).days
    if rng.random() < (0.55 if row["stade"] in ("", "4") else 0.13):
        day = incidence + timedelta(days=rng.randrange(20, span))
        cause = row["_cause"] or row["topographie"]
        return {
            "statut_vital": "2",
            "date_dernieres_nouvelles": str(day),
            "cause_deces": rng.choice((cause, cause, "R99")),
        }
    return {
        "statut_vital": "1",
        "date_dernieres_nouvelles": str(LAST_DAY - timedelta(days=rng.randrange(span // 2))),
    }


def _single(cases: list[_Case]) -> list[_Case]:
    """Patients with one tumour, recent enough for the hospital, not known by their death alone."""
    return [
        case
        for case in cases
        if not case.row.get("_many")
        and case.row["date_incidence"] >= "2023"
        and case.row["base_diagnostic"] != "0"
    ]


def _hospital_cases(
    rng: random.Random,
    crowd: Crowd,
    cases: list[_Case],
    shared: list[_Case],
    alike: list[tuple[str, str]],
    wanted: int,
) -> tuple[list[_Case], list[tuple[str, str]]]:
    numbers = [f"{number:08d}" for number in rng.sample(range(10_000, 9_999_999), wanted + 40)]
    visits, links = [], []
    for case in shared:
        number = numbers.pop()
        links.append((case.row["numero_patient"], number))
        visits.append(_seen_by_hospital(rng, case, number))
    strangers = [case for case in _single(cases) if case not in shared]
    for at, case in enumerate(rng.sample(strangers, 10)):
        person = crowd.twin(case.person) if at < 4 else crowd.namesake(case.person)
        visits.append(_look_alike(rng, case, person, numbers.pop()))
        alike.append((case.row["numero_patient"], visits[-1].row["numero_patient"]))
    while len(visits) < wanted:
        case = _first_tumour(rng, crowd, draw_profile(rng), numbers.pop(), 2023)
        visits.append(case)
        if rng.random() < 0.05 and _may_have_two(case):
            visits.append(_second_tumour(rng, case))
    rng.shuffle(visits)
    return visits, links


def _look_alike(rng: random.Random, case: _Case, person: Person, number: str) -> _Case:
    incidence = date.fromisoformat(case.row["date_incidence"][:7] + "-20")
    row = _blank() | _identity(rng, person, number) | {"numero_tumeur": "1"}
    return _Case(person, case.profile, _finish(rng, row, person, case.profile, incidence))


def _seen_by_hospital(rng: random.Random, case: _Case, number: str) -> _Case:
    """The same tumour as the hospital wrote it: other habits, typing errors, later news, another value."""
    row = case.row | _identity(rng, case.person, number)
    row |= _written_otherwise(rng, row)
    kind = rng.random()
    if kind < 0.10 and len(case.profile.sites) > 1:
        row["topographie"] = rng.choice([site for site in case.profile.sites if site != row["topographie"]])
    elif kind < 0.20 and len(case.profile.grades) > 2 and row["grade"]:
        row["grade"] = rng.choice([grade for grade in case.profile.grades if grade != row["grade"]])
    elif kind < 0.35 and row["statut_vital"] == "1":
        row |= {"statut_vital": "2", "date_dernieres_nouvelles": str(LAST_DAY), "cause_deces": "R99"}
    elif kind < 0.60 and row["statut_vital"] == "2":
        row |= {"statut_vital": "1", "date_dernieres_nouvelles": row["date_incidence"], "cause_deces": ""}
    return _Case(case.person, case.profile, row)


def _written_otherwise(rng: random.Random, row: Row) -> Row:
    kind = rng.random()
    if kind < 0.22 and row["nom_utilise"] != row["nom_naissance"]:
        return {"nom_naissance": row["nom_utilise"], "nom_utilise": row["nom_naissance"]}
    if kind < 0.40:
        return {"nom_naissance": misspelt(rng, row["nom_naissance"])}
    if kind < 0.50:
        return {"prenoms": misspelt(rng, row["prenoms"].split()[0])}
    if kind < 0.56 and not row["age_incidence"] and not row["matricule_ins"]:
        return {"date_naissance": row["date_naissance"][:8] + f"{rng.randrange(1, 29):02d}"}
    return {}


def _site(
    rng: random.Random, folder: Path, name: str, number: str, cases: list[_Case], faults: Iterable[Fault]
) -> DemoSite:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [dict(case.row) for case in cases]
    many = len(rows) > 600
    extra = plant_pairs(rng, rows, REASON) if many else Plan((), (), ())
    taken = {row for row, _ in extra.findings} | {int(str(item["row"])) for item in extra.corrections}
    per_patient = Counter(row["numero_patient"] for row in rows)
    free = {
        at for at, row in enumerate(rows) if per_patient[row["numero_patient"]] == 1 and at + 1 not in taken
    }
    plan = plant(rng, rows, faults, free, REASON)
    findings = tuple(sorted(extra.findings + plan.findings))
    corrections, confirmations = (
        extra.corrections + plan.corrections,
        extra.confirmations + plan.confirmations,
    )
    extract, recipe = _write(folder, rows, many)
    return DemoSite(
        name, number, extract, recipe,
        _json(folder / "demo_corrections.json", list(corrections)),
        _json(folder / "demo_confirmations.json", list(confirmations)),
        findings, len(rows), len(per_patient),
    )  # fmt: skip


def _write(folder: Path, rows: list[Row], registry: bool) -> tuple[Path, Path]:
    if registry:
        extract = folder / "registre_2026.csv"
        write_registry(extract, rows)
        return extract, _json(folder / "registre_2026.recipe.json", registry_recipe(extract.name))
    extract = folder / "hopital_2026.xlsx"
    write_hospital(extract, rows)
    return extract, _json(folder / "hopital_2026.recipe.json", hospital_recipe(extract.name))


def _json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
