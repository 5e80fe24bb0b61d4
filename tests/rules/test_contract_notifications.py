"""The contract rnc-notifications 1.0.0: whole, standard, and the identity zone of rnc-tumeurs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from open_data_contract_standard.model import OpenDataContractStandard

from validation_rules import lint
from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract
from validation_rules.explain import explain
from validation_rules.normalise import normalise
from validation_rules.tables import table

DOCUMENT = Path(lint.__file__).parent / "contracts" / "rnc-notifications" / "1.0.0.odcs.yaml"
SHARED_RULES = re.compile(r"(REQ|FMT|COD|IDN|GEO)-")


@pytest.fixture(scope="module")
def notifications() -> Contract:
    return load_contract("rnc-notifications")


def ids(contract: Contract, **change: str) -> set[str]:
    row = {**contract.example, **change}
    frame = pl.DataFrame([row], schema=dict.fromkeys(contract.field_names, pl.String))
    found = Checker(contract, date(2026, 11, 22)).check(normalise(frame, contract))
    return set(found["rule_id"].cast(pl.String))


def test_document_fits_the_standard_and_is_verified_whole(tmp_path: Path, notifications: Contract) -> None:
    document = OpenDataContractStandard.from_file(str(DOCUMENT))
    assert (document.id, document.version, document.apiVersion) == ("rnc-notifications", "1.0.0", "v3.1.0")
    copy = tmp_path / "copy.odcs.yaml"
    copy.write_bytes(DOCUMENT.read_bytes())
    assert load_contract(copy) == notifications


def test_every_rule_has_examples_that_fail_and_pass(notifications: Contract) -> None:
    kinds = {r.id: {e.fails for e in r.examples} for r in notifications.rules if r.kind == "sql"}
    assert [rule for rule, found in kinds.items() if found != {True, False}] == []
    assert lint.broken_examples(notifications) == []
    assert ids(notifications) == set()


def test_identity_zone_is_that_of_tumours(contract: Contract, notifications: Contract) -> None:
    common = [n for n in contract.identity_fields if n in notifications.identity_fields]
    assert set(contract.identity_fields) - set(common) == {"numero_tumeur"}
    for name in common:
        ours, theirs = notifications.field(name), contract.field(name)
        assert (ours.pattern, ours.codes, ours.required) == (theirs.pattern, theirs.codes, theirs.required)
        assert (ours.leaves_site_as, ours.unknown_value) == (theirs.leaves_site_as, theirs.unknown_value)
    known = {r.id: r for r in notifications.rules}
    for rule in contract.rules:
        if (
            SHARED_RULES.match(rule.id)
            and {*rule.fields, *rule.optional} <= set(common)
            and rule.kind != "custom"
        ):
            assert (known[rule.id].where, known[rule.id].severity) == (rule.where, rule.severity)


def test_words_are_there_in_both_languages(notifications: Contract) -> None:
    texts = [t for r in notifications.rules for t in (r.title, r.message, r.why, r.fix)]
    texts += [t for f in notifications.fields for t in (f.label, f.definition, f.form)]
    assert all(text.fr.strip() and text.en.strip() for text in texts)
    assert [f.name for f in notifications.fields if set(f.codes) != set(f.code_labels)] == []
    for rule in notifications.rules:
        assert "{" not in explain(notifications, rule.id, dict.fromkeys(rule.fields, "7"), "fr").message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"diagnostic_cim10": "C5040", "role_diagnostic": ""}, {"NOT-06"}),
        ({"diagnostic_cim10": "Z51.1", "role_diagnostic": ""}, {"NOT-01"}),
        ({"diagnostic_cim10": "sein"}, {"FMT-diagnostic_cim10"}),
        ({"sexe": "1", "diagnostic_cim10": "C53.9", "topographie": "C53.7"}, {"ICO-01", "NOT-03"}),
        ({"date_sortie": "2026-02-30", "mode_sortie": "9", "statut_vital": "2"}, {"DAT-09"}),
        (
            {
                "type_source": "RCP",
                "role_diagnostic": "",
                "date_sortie": "",
                "mode_sortie": "",
                "topographie": "",
                "morphologie": "",
                "lateralite": "",
                "diagnostic_cim10": "sein",
            },
            {"FMT-diagnostic_cim10"},
        ),
        ({"type_source": "pmsi", "role_diagnostic": "dp"}, set()),
        ({"actes_ccam": "QEFA004+HHFA"}, {"FMT-actes_ccam"}),
    ],
)
def test_one_cause_one_finding(notifications: Contract, change: dict[str, str], expected: set[str]) -> None:
    assert ids(notifications, **change) == expected


@pytest.mark.parametrize(
    ("topography", "histology", "behaviour", "expected"),
    [
        ("C50.4", "8500", "3", "C50"),
        ("C50.4", "8500", "2", "D05"),
        ("C44.5", "8720", "3", "C43"),
        ("C34.1", "8140", "3", "C34"),
        ("C16.9", "9680", "3", "C83"),
        ("C42.1", "9950", "3", "D45"),
        ("C67.9", "8130", "1", "D41"),
    ],
)
def test_the_diagnosis_expected_of_the_icdo_codes(
    notifications: Contract, topography: str, histology: str, behaviour: str, expected: str
) -> None:
    known = {"topographie": topography, "morphologie": histology, "comportement": behaviour, "sexe": "9"}
    right = ids(notifications, **known, diagnostic_cim10=expected, lateralite="")
    wrong = ids(notifications, **known, diagnostic_cim10="C15.9", lateralite="")
    assert "NOT-02" not in right and "NOT-02" in wrong


def test_tables_of_diagnoses_restate_their_sources(shared: Path) -> None:
    facts = pl.read_csv(shared / "reference/france/cim10_tumour_codes_fr.csv", infer_schema=False)
    assert set(table("icd10_tumours")["code"]) == set(facts["icd10_code"])
    sites = pl.read_csv(shared / "reference/icdo/icdo3_topography.csv", infer_schema=False)
    for behaviour, column in (
        ("0", "benign_0"),
        ("1", "uncertain_1"),
        ("2", "insitu_2"),
        ("3", "malignant_3"),
    ):
        ours = table("icd10_by_topography").filter(pl.col("behaviour") == behaviour)
        theirs = sites.filter(pl.col(f"icd10_if_{column}").str.contains(r"^[A-Z]\d\d"))
        assert dict(ours.select("topography", "category").iter_rows()) == dict(
            theirs.select("code", pl.col(f"icd10_if_{column}").str.head(3)).iter_rows()
        )
    named = set(table("icd10_by_morphology")["rule"].drop_nulls())
    assert named == set(table("icd10_by_site")["rule"])
