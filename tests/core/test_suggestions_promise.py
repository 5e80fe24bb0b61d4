"""What every suggestion promises: the finding goes, and no error comes to the row."""

from __future__ import annotations

import ast
from pathlib import Path

import polars as pl
import pytest

import desktop_app.core.suggestions as package
from desktop_app.core.bench_frames import applied, wanted_cells
from desktop_app.core.suggestions import Suggestion
from desktop_app.core.suggestions.catalogue import makers_of
from desktop_app.core.suggestions.dates import AGED
from desktop_app.core.suggestions.names import PARTS, Names
from desktop_app.core.suggestions.wording import WORDS
from tests.core.suggestion_parts import Rows, checker, rows_of, suggester
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise
from validation_rules.verdicts import spans_records

# Of how many rows the quick tests take one.
SAMPLED = {"rnc-tumeurs": 7, "rnc-notifications": 3, "encr-incidence": 3}


def failing(contract_id: str) -> Rows:
    """One row for each example of the contract that fails a rule over one record."""
    contract = load_contract(contract_id)
    examples = [e for rule in contract.rules for e in rule.examples if e.fails and not e.records]
    plain = [rule for rule in contract.rules if rule.kind in ("FMT", "COD")]
    odd = [{rule.fields[0]: value} for rule in plain for value in ("0", "O1", "12/05/2020", "C18,2", "II")]
    return rows_of([*(dict(e.values) for e in examples), *odd], contract_id)


def found(rows: pl.DataFrame, row_id: int) -> set[tuple[str, str, str]]:
    here = rows.filter(pl.col("row_id") == row_id)
    return set(here.select(pl.col("rule_id", "field", "severity").cast(pl.String)).iter_rows())


@pytest.mark.parametrize(
    ("contract_id", "every"),
    [*SAMPLED.items(), *(pytest.param(name, 1, marks=pytest.mark.slow) for name in SAMPLED)],
)
@pytest.mark.parametrize("place", [0, 1])
def test_the_finding_goes_and_no_error_comes(contract_id: str, every: int, place: int) -> None:
    """Held to a whole check of the whole batch, which suggestions never make; one row of `every`."""
    rows, made = failing(contract_id), dict[int, tuple[str, str, Suggestion]]()
    names, asked = Names.of(rows.contract), suggester(rows)
    for row_id, rule_id, field in rows.standing.found.select("row_id", "rule_id", "field").iter_rows():
        known = list(makers_of(contract_id, names, rows.contract.rule(rule_id)))
        if known and row_id not in made and row_id % every == place % every:
            told = asked.suggest(row_id, rule_id, field)[place:]
            made |= {row_id: (rule_id, field, told[0])} if told else {}
    cells = [(row_id, *cell) for row_id, (_, _, one) in made.items() for cell in one.new.items()]
    frame = normalise(applied(rows.standing.frame, wanted_cells(cells)), rows.contract)
    check = checker(contract_id).check(frame)
    for row_id, (rule_id, field, one) in made.items():
        before, after = found(rows.standing.found, row_id), found(check, row_id)
        assert (rule_id, field) not in {(rule, where) for rule, where, _ in after}, one
        fresh = {(rule, severity) for rule, _, severity in after - before}
        assert not [rule for rule, severity in fresh if severity == "error"], one
        alone = [
            r for r, severity in fresh if severity == "confirm" and not spans_records(rows.contract.rule(r))
        ]
        assert set(alone) <= set(one.adds), one
    assert len(made) > 4


def test_every_kind_has_its_sentence_and_every_sentence_its_kind() -> None:
    kinds = set()
    for path in Path(str(package.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                makes = node.func.id in ("idea", "moved", "_changed", "_rewritten", "_date")
                kind = node.args[1] if makes and len(node.args) > 1 else None
                if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                    kinds |= {kind.value, *([kind.value + AGED] if node.func.id == "moved" else [])}
    assert kinds == set(WORDS)


def test_the_sentences_name_parts_only() -> None:
    places = dict.fromkeys((*PARTS, "old", "new", "label"), "x")
    for sentence in WORDS.values():
        for text in (*sentence.why, *sentence.name):
            assert text.format_map(places)
        assert "{" not in "".join(sentence.name)
