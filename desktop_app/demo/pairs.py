"""Faults that only show when two records are read together."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

from desktop_app.demo.faults import Plan, confirmation, correction
from desktop_app.demo.tumours import LAST_DAY, Row

OPPOSITE = {"1": "2", "2": "1"}


def plant_pairs(rng: random.Random, rows: list[Row], reason: str) -> Plan:
    """A repeated number, a patient under two numbers, two breasts recorded as two tumours; may add a row."""
    repeated, split = rng.sample(_two_tumours(rows), 2)
    plans = (_repeat(rows, repeated), _split(rows, split), _both_sides(rng, rows, reason))
    return Plan(
        tuple(found for plan in plans for found in plan.findings),
        tuple(fixed for plan in plans for fixed in plan.corrections),
        tuple(kept for plan in plans for kept in plan.confirmations),
    )


def _two_tumours(rows: list[Row]) -> list[tuple[int, int]]:
    places = defaultdict(list)
    for at, row in enumerate(rows):
        places[row["numero_patient"]].append(at)
    return [(pair[0], pair[1]) for pair in places.values() if len(pair) == 2]


def _repeat(rows: list[Row], pair: tuple[int, int]) -> Plan:
    rows[pair[1]]["numero_tumeur"] = rows[pair[0]]["numero_tumeur"]
    findings = tuple((at + 1, "KEY-01") for at in pair)
    return Plan(findings, (correction(pair[1], "numero_tumeur", "2"),), ())


def _split(rows: list[Row], pair: tuple[int, int]) -> Plan:
    true = rows[pair[1]]["numero_patient"]
    rows[pair[1]]["numero_patient"] = f"RG9{true[3:]}"
    rules = ("DUP-01", "IDN-09") if rows[pair[0]]["matricule_ins"] else ("DUP-01",)
    findings = tuple((at + 1, rule) for at in pair for rule in rules)
    return Plan(findings, (correction(pair[1], "numero_patient", true),), ())


def _both_sides(rng: random.Random, rows: list[Row], reason: str) -> Plan:
    fitting = [at for at, row in enumerate(rows) if _one_breast(row)]
    at = rng.choice(fitting)
    first, second = rows[at], dict(rows[at])
    incidence = date.fromisoformat(first["date_incidence"]) + timedelta(days=200)
    second |= {"numero_tumeur": "2", "lateralite": OPPOSITE[first["lateralite"]], "age_incidence": ""}
    second["date_incidence"] = str(incidence)
    second["date_enregistrement"] = str(min(incidence + timedelta(days=240), LAST_DAY))
    first["date_dernieres_nouvelles"] = second["date_dernieres_nouvelles"] = max(
        str(incidence), first["date_dernieres_nouvelles"]
    )
    rows.append(second)
    places = (at, len(rows) - 1)
    found = tuple((place + 1, rule) for place in places for rule in ("MPT-01", "MPT-03"))
    return Plan(found, (), tuple(confirmation(row - 1, rule, reason) for row, rule in found))


def _one_breast(row: Row) -> bool:
    return (
        row["topographie"].startswith("C50")
        and row["morphologie"] == "8500"
        and row["base_diagnostic"] in ("5", "7.1")
        and len(row["date_incidence"]) == 10
        and "2023" <= row["date_incidence"] < "2025"
        and not row.get("_many")
    )
