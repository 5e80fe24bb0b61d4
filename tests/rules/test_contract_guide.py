"""The contract guide is true: its files are linted, its examples run, its tables are the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from desktop_app.cli import app
from validation_rules import cross_record, lint, table_rules
from validation_rules.contract import Contract
from validation_rules.engine import ENGINE
from validation_rules.implementations import table_of_implementations
from validation_rules.lint import broken_examples
from validation_rules.site_rules import load_site_rules
from validation_rules.sql import expression

GUIDE = (Path(lint.__file__).parents[1] / "docs" / "contract-guide.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, flags=re.DOTALL | re.MULTILINE)
FILES = [text for kind, text in BLOCKS if kind == "yaml" and text.startswith("kind: SiteRules")]
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]


@pytest.mark.parametrize("text", FILES, ids=lambda text: re.findall(r"id: (SITE-\S+)", text)[0])
def test_files_are_sound_and_their_examples_come_out(tmp_path: Path, contract: Contract, text: str) -> None:
    path = tmp_path / "regles-site.yaml"
    path.write_text(text, encoding="utf-8")
    extended = load_site_rules(path, contract)
    own = [rule for rule in extended.rules if rule.site]
    assert own and all({example.fails for example in rule.examples} == {True, False} for rule in own)
    assert broken_examples(extended) == []


def test_every_block_is_run() -> None:
    others = [text for kind, text in BLOCKS if kind not in ("yaml", "sh")]
    fragments = [text for kind, text in BLOCKS if kind == "yaml" and text not in FILES]
    assert len(FILES) >= 5 and others == [] and len(fragments) == 1
    properties = yaml.safe_load(fragments[0])["customProperties"]
    assert properties == [{"property": "oldestEngine", "value": ENGINE}]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_exist_with_their_options(line: str) -> None:
    words = line.split()
    command = words[1:3] if words[1] == "contracts" else words[1:2]
    told = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert words[0] == "navette" and told.exit_code == 0
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told.stdout)
    assert all(word in plain for word in words if word.startswith("--"))


def test_every_function_it_names_is_let_through() -> None:
    table = GUIDE[GUIDE.index("| logique |") : GUIDE.index("Les champs sont des textes")]
    named = set(re.findall(r"\b([A-Z_]{3,})\(?", table)) & {
        "ABS", "COALESCE", "NULLIF", "LEAST", "GREATEST", "SUBSTR", "LENGTH", "UPPER", "STRPOS",
        "STARTS_WITH", "REPLACE", "STRIP_ACCENTS", "REGEXP_MATCHES", "REGEXP_REPLACE", "REGEXP_EXTRACT",
        "TRY_CAST",
    }  # fmt: skip
    calls = {
        "ABS": "ABS(1)", "COALESCE": "COALESCE(a, b)", "NULLIF": "NULLIF(a, b)", "LEAST": "LEAST(a, b)",
        "GREATEST": "GREATEST(a, b)", "SUBSTR": "SUBSTR(a, 1, 3)", "LENGTH": "LENGTH(a)", "UPPER": "UPPER(a)",
        "STRPOS": "STRPOS(a, 'x')", "STARTS_WITH": "STARTS_WITH(a, 'x')", "REPLACE": "REPLACE(a, 'x', 'y')",
        "STRIP_ACCENTS": "STRIP_ACCENTS(a)", "REGEXP_MATCHES": "REGEXP_MATCHES(a, 'x')",
        "REGEXP_REPLACE": "REGEXP_REPLACE(a, 'x', 'y')", "REGEXP_EXTRACT": "REGEXP_EXTRACT(a, 'x', 0)",
        "TRY_CAST": "TRY_CAST(a AS SMALLINT)",
    }  # fmt: skip
    assert named == set(calls)
    for call in calls.values():
        expression(call)


def test_implementations_are_those_of_the_program() -> None:
    told = GUIDE[GUIDE.index("<!-- implementations -->\n") : GUIDE.index("<!-- /implementations -->")]
    assert told.partition("\n")[2].strip() == table_of_implementations("fr").strip()
    assert all(f"`{name}`" in told for name in (*cross_record.FINDERS, *table_rules.FINDERS))
