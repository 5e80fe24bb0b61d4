"""The document rnc-tumeurs 1.0.0: whole, standard, and what the catalogue says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from open_data_contract_standard.model import OpenDataContractStandard

from validation_rules import lint
from validation_rules.contract import Contract, ContractError, available_contracts, load_contract

AGE = "date_naissance+date_incidence+age_incidence"
DOCUMENT = Path(lint.__file__).parent / "contracts" / "rnc-tumeurs" / "1.0.0.odcs.yaml"


def _key(header: str) -> str:
    return re.sub(r"\s+", " ", header.casefold().replace("_", " ").replace("’", "'")).strip()


def test_document_fits_the_standard() -> None:
    document = OpenDataContractStandard.from_file(str(DOCUMENT))
    assert (document.id, document.version, document.apiVersion) == ("rnc-tumeurs", "1.0.0", "v3.1.0")


def test_document_passes_the_verification_of_a_foreign_one(tmp_path: Path, contract: Contract) -> None:
    copy = tmp_path / "copy.odcs.yaml"
    copy.write_bytes(DOCUMENT.read_bytes())
    assert load_contract(copy) == contract


def test_fields_are_those_of_the_catalogue(shared: Path, contract: Contract) -> None:
    listed = pl.read_csv(shared / "reference" / "rnc_tumeurs_fields.csv", infer_schema=False)
    ours = [
        (f.name, *f.label, f.zone, f.classification, f.logical_type, f.required, f.leaves_site_as)
        for f in contract.fields
    ]
    columns = [
        "name",
        "label_fr",
        "label_en",
        "zone",
        "classification",
        "logical_type",
        "required",
        "leaves_site_as",
    ]
    assert [tuple(part.replace("’", "'") for part in row) for row in ours] == listed.select(columns).rows()


def test_rules_are_those_of_the_catalogue(shared: Path, contract: Contract) -> None:
    listed = pl.read_csv(shared / "reference" / "rnc_tumeurs_rules.csv", infer_schema=False)
    built = listed.filter(~pl.col("rule_id").is_in(["REQ", "FMT", "COD"]))
    expected = {
        (rule_id, family, severity, tuple(re.findall(r"\w+", fields.replace("[age]", AGE))))
        for rule_id, family, severity, fields in built.select(
            "rule_id", "family", "severity", "fields"
        ).iter_rows()
    }
    ours = {
        (r.id, r.family, r.severity, tuple(dict.fromkeys((*r.fields, *r.required, *r.optional))))
        for r in contract.rules
        if r.kind in ("sql", "custom")
    }
    assert ours == expected


@pytest.mark.parametrize(("kind", "column"), [("FMT", "pattern"), ("COD", "code_list")])
def test_field_checks_are_those_of_the_catalogue(
    shared: Path, contract: Contract, kind: str, column: str
) -> None:
    listed = pl.read_csv(shared / "reference" / "rnc_tumeurs_fields.csv", infer_schema=False)
    with_check = {
        row["name"]
        for row in listed.iter_rows(named=True)
        if row[column] and (kind == "FMT" or ("|" in row[column] and "insee" not in row[column]))
    }
    assert {r.fields[0] for r in contract.rules if r.kind == kind} == with_check


def test_every_rule_has_examples_that_fail_and_pass(contract: Contract) -> None:
    without = [
        r.id
        for r in contract.rules
        if r.kind in ("sql", "custom") and {e.fails for e in r.examples} != {True, False}
    ]
    assert without == []
    assert lint.broken_examples(contract) == []


def test_patterns_read_alike_in_python(contract: Contract) -> None:
    for field in contract.fields:
        value = contract.example.get(field.name)
        if field.pattern and value:
            assert re.fullmatch(field.pattern, value), field.name


def test_words_are_there_in_both_languages(contract: Contract) -> None:
    texts = [t for r in contract.rules for t in (r.title, r.message, r.why, r.fix)]
    texts += [t for f in contract.fields for t in (f.label, f.definition, f.form)]
    assert all(text.fr.strip() and text.en.strip() for text in texts)


def test_codes_have_labels(contract: Contract) -> None:
    assert [f.name for f in contract.fields if set(f.codes) != set(f.code_labels)] == []


@pytest.mark.parametrize("sample", ["registre", "classeur", "largeur_fixe", "desordre"])
def test_synonyms_cover_the_headers_of_the_samples(shared: Path, contract: Contract, sample: str) -> None:
    recipe = json.loads((shared / "samples" / sample / "mapping.json").read_text(encoding="utf-8"))
    for column in recipe["columns"]:
        names = [n for n in (column.get("fields") or [column["field"]]) if n]
        for name in names[:1]:
            field = contract.field(name)
            words = {_key(word) for word in (name, *field.label, *field.synonyms)}
            # "CT" is cT to most sites; the one that means chemotherapy by it is told by its cells.
            assert _key(column["header"]) in words or column["header"] == "CT"


def test_contracts_at_hand() -> None:
    assert "rnc-tumeurs@1.0.0" in available_contracts()
    assert load_contract().id == "rnc-tumeurs"
    with pytest.raises(ContractError) as caught:
        load_contract("rnc-tumeurs@9.9.9")
    assert "rnc-tumeurs@1.0.0" in caught.value.todo.fr


def test_record_key_is_declared_or_the_first_field(contract: Contract) -> None:
    assert contract.record_key == ("numero_patient", "numero_tumeur")
    assert replace(contract, record_key=()).record_key == ("numero_patient",)
