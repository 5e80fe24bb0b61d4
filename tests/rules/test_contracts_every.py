"""What holds for every contract that comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from open_data_contract_standard.model import OpenDataContractStandard

from validation_rules import lint
from validation_rules.contract import Contract, available_contracts, load_contract

CONTRACTS = available_contracts()
FOLDER = Path(lint.__file__).parent / "contracts"


@pytest.fixture(params=CONTRACTS)
def each(request: pytest.FixtureRequest) -> Contract:
    return load_contract(str(request.param))


def test_it_fits_the_standard_and_passes_as_a_foreign_one(tmp_path: Path, each: Contract) -> None:
    path = FOLDER / each.id / f"{each.version}.odcs.yaml"
    document = OpenDataContractStandard.from_file(str(path))
    assert (document.id, document.version, document.apiVersion) == (each.id, each.version, "v3.1.0")
    copy = tmp_path / "copy.odcs.yaml"
    copy.write_bytes(path.read_bytes())
    assert load_contract(copy) == each


def test_examples_come_out_as_stated(each: Contract) -> None:
    assert lint.broken_examples(each) == []
    told = {
        rule.id: {example.fails for example in rule.examples} for rule in each.rules if rule.kind == "sql"
    }
    assert [rule_id for rule_id, outcomes in told.items() if outcomes != {True, False}] == []


def test_words_are_whole_in_both_languages(each: Contract) -> None:
    texts = [t for r in each.rules for t in (r.title, r.message, r.why, r.fix)]
    texts += [t for f in each.fields for t in (f.label, f.definition, f.form, *f.code_labels.values())]
    assert all(text.fr.strip() and text.en.strip() for text in texts)
    assert not [text.fr for text in texts if "'" in text.fr]


def test_codes_have_labels_and_the_record_key_its_fields(each: Contract) -> None:
    assert [f.name for f in each.fields if set(f.codes) != set(f.code_labels)] == []
    assert set(each.record_key) <= set(each.field_names)
    assert all(f.export_name for f in each.fields)


def test_the_example_record_is_clean(each: Contract) -> None:
    from datetime import date

    import polars as pl

    from validation_rules.check import Checker
    from validation_rules.normalise import normalise

    frame = normalise(pl.DataFrame([each.example], schema=dict.fromkeys(each.field_names, pl.String)), each)
    found = Checker(each, date.fromisoformat(each.example_day)).check(frame)
    # One row alone has no other sex beside it: that is what files of figures are told, and nothing else.
    titles = {each.rule(rule_id).implementation for rule_id in found["rule_id"].cast(pl.String)}
    assert titles <= {"missing_level"}
