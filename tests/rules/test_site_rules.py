"""Rules of a site: added, marked, verified like a contract, and harmless to the contract's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from validation_rules.check import Checker
from validation_rules.contract import Contract, ContractError
from validation_rules.normalise import normalise
from validation_rules.site_rules import load_site_rules, site_rules_for

RULES = """\
kind: SiteRules
apiVersion: v1
id: registre-essai
version: 1.0.0
contract: rnc-tumeurs
derived:
- name: site_delai
  sql: date_enregistrement_annee - date_incidence_annee
  meaning: {fr: Années entre incidence et enregistrement., en: Years from incidence to registration.}
rules:
- id: SITE-DELAI
  severity: error
  type: sql
  query: SELECT COUNT(*) FROM tumeur WHERE site_delai > 3
  customProperties:
  - {property: fields, value: date_incidence+date_enregistrement}
  - {property: title, value: Enregistrement tardif}
  - {property: message, value: 'Incidence {date_incidence}, enregistrement {date_enregistrement}.'}
- id: SITE-SEIN
  severity: confirm
  blocking: true
  type: sql
  query: SELECT COUNT(*) FROM tumeur WHERE sexe = '1' AND topographie_categorie = 'C50'
  customProperties:
  - {property: fields, value: sexe+topographie}
  - {property: title, value: {fr: Sein chez un homme, en: Breast in a man}}
  - {property: message, value: {fr: 'Relire {topographie}.'}}
  - property: examples
    value:
      fails: [{sexe: '1', topographie: C50.4}]
      passes: [{sexe: '2'}]
"""


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(text: str) -> Path:
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_rules_are_added_and_marked(write, contract: Contract) -> None:  # type: ignore[no-untyped-def]
    extended = load_site_rules(write(RULES), contract)
    assert extended.site_rules == ("SITE-DELAI", "SITE-SEIN") and extended.advisory_rules == ("SITE-DELAI",)
    assert (extended.id, extended.version, extended.sha256) == (
        contract.id,
        contract.version,
        contract.sha256,
    )
    assert extended.rules[: len(contract.rules)] == contract.rules and extended.base is contract
    assert extended.rule("SITE-SEIN").message.en == "Relire {topographie}."
    assert site_rules_for(write(RULES)) == "rnc-tumeurs"
    assert load_site_rules(write(RULES)) == load_site_rules(write(RULES), extended)


def test_they_find_and_leave_the_others_alone(write, contract: Contract) -> None:  # type: ignore[no-untyped-def]
    extended = load_site_rules(write(RULES), contract)
    rows = [
        {**contract.example, "date_enregistrement": "2025-01-01"},
        {**contract.example, "numero_patient": "P2", "sexe": "1"},
        {**contract.example, "numero_patient": "P3", "topographie": "C99.9"},
    ]
    frame = normalise(pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String)), contract)
    day = date(2026, 11, 22)
    own, plain = Checker(extended, day).check(frame), Checker(contract, day).check(frame)
    strings = [pl.col(name).cast(pl.String) for name in ("field", "rule_id", "severity", "value")]
    own, plain = (found.select("row_id", *strings) for found in (own, plain))
    added = own.filter(pl.col("rule_id").str.starts_with("SITE-"))
    assert set(added.select("row_id", "rule_id").rows()) == {(1, "SITE-DELAI"), (2, "SITE-SEIN")}
    assert own.filter(~pl.col("rule_id").str.starts_with("SITE-")).equals(plain)


def test_examples_are_run(write, contract: Contract) -> None:  # type: ignore[no-untyped-def]
    from validation_rules.lint import broken_examples

    assert broken_examples(load_site_rules(write(RULES), contract)) == []
    wrong = RULES.replace("passes: [{sexe: '2'}]", "passes: [{sexe: '1'}]")
    assert broken_examples(load_site_rules(write(wrong), contract)) == [("SITE-SEIN", 1)]


REFUSED = {
    "an id of a contract": (("id: SITE-DELAI", "id: DAT-99"), "SITE-", 11),
    "an id twice": (("id: SITE-SEIN", "id: SITE-DELAI"), "twice", None),
    "a name taken by the contract": (("name: site_delai", "name: age"), "already taken", 7),
    "a spoiling rule": (
        ("  - {property: title, value: Enregistrement tardif}",
         "  - {property: spoils, value: date_incidence}\n  - {property: title, value: x}"), "unusable", 17,
    ),
    "SQL that reads the disk": (("site_delai > 3", "read_csv('/etc/passwd') = 1"), "SITE-DELAI", 14),
    "an unknown field": (("value: sexe+topographie", "value: sexe+taille"), "taille", 25),
    "another contract": (("contract: rnc-tumeurs", "contract: encr-incidence"), "encr-incidence", 5),
    "another version": (("contract: rnc-tumeurs", "contract: rnc-tumeurs@9.0.0"), "9.0.0", 5),
    "another kind": (("kind: SiteRules", "kind: DataContract"), "SiteRules", 1),
    "an unknown key": (("version: 1.0.0", "version: 1.0.0\nquality: []"), "quality", 5),
    "an engine to come": (
        ("version: 1.0.0", "version: 1.0.0\ncustomProperties: [{property: oldestEngine, value: '99.0'}]"),
        "99.0", 5,
    ),
    "blocking in words": (("blocking: true", "blocking: often"), "true or false", 21),
    "no rules": ((RULES[RULES.index("rules:"):], ""), "rules", None),
    "a message without words": (("value: {fr: 'Relire {topographie}.'}", "value: {}"), "missing", None),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_like_a_contract(write, contract: Contract, name: str) -> None:  # type: ignore[no-untyped-def]
    (old, new), word, line = REFUSED[name]
    assert old in RULES
    with pytest.raises(ContractError) as caught:
        load_site_rules(write(RULES.replace(old, new)), contract)
    assert word in caught.value.what.en
    assert line is None or caught.value.line == line


def test_a_contract_may_not_use_the_prefix_of_the_sites(tmp_path: Path) -> None:
    from tests.rules.contract_edits import line_of, refusal, with_line

    number = line_of("- id: SEX-01")
    error = refusal(tmp_path, with_line(number, "  - id: SITE-01"))
    assert error.line == number and "SITE-" in error.what.en
