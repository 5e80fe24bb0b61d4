"""The pages of the rules: committed as the contract makes them, and true."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from validation_rules import lint
from validation_rules.contract import Contract, available_contracts, load_contract
from validation_rules.pages import _field_examples, rule_page
from validation_rules.pages_markdown import pages, slug
from validation_rules.text import Language

FOLDER = Path(lint.__file__).parents[1] / "docs" / "regles"
CONTRACTS = sorted({reference.partition("@")[0] for reference in available_contracts()})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CONTRACTS)
def test_committed_pages_are_what_the_contract_gives(name: str, language: Language) -> None:
    folder = FOLDER / name / ("en" if language == "en" else "")
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert committed == pages(load_contract(name), language), "run `make rules-pages`"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_has_a_page_that_the_index_leads_to(contract: Contract, language: Language) -> None:
    made = pages(contract, language)
    links = re.findall(r"\]\(([a-z0-9-]+\.md)#([a-z0-9_-]+)\)", made["README.md"])
    assert len(links) == len(contract.rules) == len(set(links))
    assert all(f'<a id="{anchor}"></a>' in made[file] for file, anchor in links)
    assert {anchor for _, anchor in links} == {slug(rule.id) for rule in contract.rules}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_says_everything(contract: Contract, language: Language) -> None:
    for rule in contract.rules:
        page = rule_page(contract, rule.id, language)
        told = (page.title, page.message, page.why, page.fix, page.source, page.severity, page.predicate)
        assert all(told) and "{" not in page.message, rule.id
        assert all(len(example.cells) == len(page.columns) for example in page.examples)
        if rule.kind in ("sql", "REQ"):
            assert {example.fails for example in page.examples} == {True, False}, rule.id


def test_examples_of_fields_come_out_as_told(contract: Contract) -> None:
    rules = tuple(
        replace(r, examples=_field_examples(r, contract)) if r.kind in ("REQ", "FMT", "COD") else r
        for r in contract.rules
    )
    assert lint.broken_examples(replace(contract, rules=rules)) == []


def test_columns_of_the_predicate_are_explained(contract: Contract) -> None:
    page = rule_page(contract, "DAT-01", "fr")
    assert [name for name, _ in page.terms] == ["incidence_avant_naissance"]
    assert "plus grossière" in page.terms[0][1]


def test_what_a_contract_says_is_never_markup(contract: Contract) -> None:
    rule = replace(contract.rules[0], why=contract.rules[0].why._replace(fr="<script>x</script> | **y**"))
    made = pages(replace(contract, rules=(rule,)), "fr")["presence.md"]
    assert "<script>" not in made and r"\<script\>" in made
