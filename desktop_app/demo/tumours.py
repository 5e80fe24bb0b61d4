"""Invented tumours whose site, histology, behaviour, grade, side, sex and age go together.

Each profile was chosen so that a row drawn from it passes every rule of the contract `rnc-tumeurs`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

Row = dict[str, str]
LAST_DAY = date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of tumour. `age` is mean, spread, youngest, oldest; `sexes` the sexes it is drawn for."""

    weight: int
    sites: tuple[str, ...]
    histologies: tuple[str, ...]
    sexes: str = "12"
    age: tuple[int, int, int, int] = (67, 11, 40, 95)
    grades: tuple[str, ...] = ("1", "2", "3", "9")
    sided: bool = False
    staged: bool = True
    behaviour: str = "3"
    hormonal: bool = False
    cause: str = ""

    @property
    def categories(self) -> frozenset[str]:
        """Three-character topography categories."""
        return frozenset(site[:3] for site in self.sites)

    @property
    def haematological(self) -> bool:
        """Histology 9590 or above."""
        return self.histologies[0] >= "9590"


BREAST = Profile(
    190, ("C50.1", "C50.2", "C50.4", "C50.5", "C50.9"), ("8500", "8500", "8500", "8520"), "2",
    (62, 13, 28, 98), sided=True, hormonal=True,
)  # fmt: skip
PROSTATE = Profile(170, ("C61.9",), ("8140",), "1", (69, 9, 46, 96), hormonal=True)
COLON = Profile(110, ("C18.0", "C18.2", "C18.4", "C18.7"), ("8140", "8480"), age=(70, 11, 35, 98))
CORPUS = Profile(35, ("C54.1",), ("8380",), "2", (67, 10, 40, 94))
LYMPHOMA = Profile(
    25, ("C77.0", "C77.8"), ("9680",), age=(68, 12, 30, 94), grades=("6", "9"), staged=False, cause="C83.3"
)
MYELOMA = Profile(22, ("C42.1",), ("9732",), age=(71, 9, 45, 95), grades=("9",), staged=False, cause="C90.0")
IN_SITU_CERVIX = Profile(
    14, ("C53.0", "C53.1"), ("8077",), "2", (41, 8, 27, 65), grades=("", "9"), behaviour="2"
)
PROFILES = (
    BREAST,
    PROSTATE,
    COLON,
    CORPUS,
    LYMPHOMA,
    MYELOMA,
    IN_SITU_CERVIX,
    Profile(45, ("C20.9",), ("8140",)),
    Profile(115, ("C34.1", "C34.2", "C34.3"), ("8140", "8140", "8070", "8041"), sided=True),
    Profile(45, ("C44.5", "C44.6", "C44.7"), ("8720",), age=(60, 15, 25, 95), grades=("9",)),
    Profile(45, ("C67.2", "C67.4", "C67.9"), ("8120",)),
    Profile(25, ("C67.2", "C67.9"), ("8130",), grades=("", "9"), behaviour="2"),
    Profile(38, ("C64.9",), ("8310", "8312"), sided=True),
    Profile(35, ("C73.9",), ("8260",), age=(51, 14, 22, 85), grades=("9", "1")),
    Profile(20, ("C53.1", "C53.9"), ("8070",), "2", (53, 13, 28, 90)),
    Profile(22, ("C56.9",), ("8441",), "2", (65, 12, 35, 92), sided=True),
    Profile(36, ("C25.0", "C25.1", "C25.2"), ("8140",)),
    Profile(30, ("C16.2", "C16.3"), ("8140",)),
    Profile(28, ("C22.0",), ("8170",), grades=("9",)),
    Profile(
        24, ("C71.1", "C71.2", "C71.3"), ("9440",), age=(63, 12, 30, 88), grades=("4", "9"), staged=False
    ),
    Profile(14, ("C42.1",), ("9861",), age=(66, 14, 25, 92), grades=("9",), staged=False, cause="C92.0"),
    Profile(20, ("C42.1",), ("9823",), age=(71, 9, 45, 94), grades=("6",), staged=False, cause="C91.1"),
    Profile(12, ("C80.9",), ("8000",), grades=("9",), staged=False),
)


def completed_years(birth: date, day: date) -> int:
    """Age in completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def draw_profile(rng: random.Random) -> Profile:
    """A profile, by weight."""
    return rng.choices(PROFILES, weights=[profile.weight for profile in PROFILES])[0]


def draw_second(rng: random.Random, first: Profile, sexe: str, age: int) -> Profile:
    """A second primary beyond doubt at that age: another site, not two haematological ones.

    Colon and lung are always among those left, so one is found from the age of 36 to 94.
    """
    others = [
        profile
        for profile in PROFILES
        if sexe in profile.sexes
        and profile.age[2] < age < profile.age[3]
        and not profile.categories & first.categories
        and not (profile.haematological and first.haematological)
    ]
    return rng.choices(others, weights=[profile.weight for profile in others])[0]


def draw_birth(rng: random.Random, profile: Profile, incidence: date) -> date:
    """A date of birth that gives an age inside the profile, with a year of margin at both ends."""
    mean, spread, youngest, oldest = profile.age
    age = min(max(rng.gauss(mean, spread), youngest + 1), oldest - 1)
    return incidence - timedelta(days=int(age * 365.25))


def draw_tumour(rng: random.Random, profile: Profile, incidence: date) -> Row:
    """Every tumour field of one record: codes, basis, side, grade, stage, treatments, sources."""
    row = _codes(rng, profile)
    row |= _basis(rng, incidence)
    if profile.staged:
        row |= _stage(rng, profile)
    row |= _treatments(rng, profile, row)
    delay = timedelta(days=rng.randrange(50, 690))
    row["date_enregistrement"] = str(min(incidence + delay, LAST_DAY))
    return row


def death_certificate_only(row: Row) -> None:
    """Turns `row` into a case known by its death certificate alone."""
    row |= dict.fromkeys(("ct", "cn", "cm", "pt", "pn", "pm", "edition_tnm", "systeme_stade", "stade"), "")
    row |= dict.fromkeys(("chirurgie", "radiotherapie", "chimiotherapie", "hormonotherapie"), "9")
    row |= {"morphologie": "8000", "comportement": "3", "grade": "9", "base_diagnostic": "0", "sources": "DC"}
    row |= {"statut_vital": "2", "date_dernieres_nouvelles": row["date_incidence"], "autopsie": "0"}
    row["cause_deces"] = row["topographie"]
    row["lateralite"] = "9" if row["lateralite"] != "0" else "0"


def _codes(rng: random.Random, profile: Profile) -> Row:
    return {
        "topographie": rng.choice(profile.sites),
        "morphologie": rng.choice(profile.histologies),
        "comportement": profile.behaviour,
        "edition_cimo": "3.2",
        "grade": rng.choice(profile.grades),
        "lateralite": rng.choice("12") if profile.sided else "0",
        "autopsie": "0",
        "_cause": profile.cause,
    }


def _basis(rng: random.Random, incidence: date) -> Row:
    code = rng.choices(("7", "5"), weights=(9, 1))[0]
    if code == "7" and incidence.year >= 2023:
        code = "7.1"
    others = [source for source in ("PMSI", "RCP", "ALD") if rng.random() < 0.6]
    return {"base_diagnostic": code, "sources": "+".join(["ACP", *others])}


def _stage(rng: random.Random, profile: Profile) -> Row:
    if profile.behaviour == "2":
        size = "Ta" if "C67" in profile.categories else "Tis"
        return {"edition_tnm": "8", "pt": f"p{size}", "systeme_stade": "pS", "stade": "0"}
    if rng.random() < 0.12:
        return {"stade": "9"}
    size, nodes = rng.choices("1234", weights=(4, 4, 3, 1))[0], rng.choices("01", weights=(7, 3))[0]
    metastasis = "1" if rng.random() < 0.16 else "0"
    operated = metastasis == "0" and rng.random() < 0.75
    side = "p" if operated else "c"
    stage = "4" if metastasis == "1" else "3" if nodes == "1" else min(size, "3")
    return {
        "edition_tnm": "8",
        f"{side}t": f"{side}T{size}",
        f"{side}n": f"{side}N{nodes}",
        "cm": f"cM{metastasis}",
        "systeme_stade": f"{side}S",
        "stade": stage,
    }


def _treatments(rng: random.Random, profile: Profile, row: Row) -> Row:
    operated = bool(row.get("pt"))
    adjuvant = "3" if operated and profile.behaviour == "3" and rng.random() < 0.4 else "0"
    return {
        "chirurgie": "1" if operated else "0",
        "radiotherapie": adjuvant if operated else rng.choice("019"),
        "chimiotherapie": adjuvant if operated else rng.choice("01"),
        "therapie_ciblee": rng.choice("0019"),
        "immunotherapie": rng.choice("0001"),
        "hormonotherapie": "1" if profile.hormonal and rng.random() < 0.7 else "0",
        "autre_traitement": "0",
        "greffe_csh": "0",
    }
