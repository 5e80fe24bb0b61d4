"""What is wrong in a contract is told with its line, and all of it at once."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.contract_edits import LINES, TEXT, line_of, refusal, with_line
from validation_rules.contract import MAX_BYTES, Contract, ContractError, load_contract
from validation_rules.document import Node, parse_yaml
from validation_rules.lint import check_sql, verified

RULE = line_of("- id: SEX-01")
QUERY = line_of("query:", RULE)
FIELDS = line_of("value:", line_of("- property: fields", RULE))
MESSAGE_FR = line_of("fr:", line_of("- property: message", RULE))
SEVERITY = line_of("severity:", RULE)
TABLE = line_of("- table: icdo_topography")
DERIVED = line_of("- name: age_declare") + 1


def _where(sql: str) -> tuple[int, str]:
    return QUERY, f'    query: "SELECT COUNT(*) FROM tumeur WHERE {sql}"'


CASES: dict[str, tuple[int, str, str]] = {
    "unknown field": (FIELDS, "      value: sexe+taille", "taille"),
    "unknown column": (*_where("taille > 3"), "taille"),
    "field read but not named": (*_where("sexe = '1' AND histologie = '8140'"), "morphologie"),
    "fields badly written": (FIELDS, "      value: sexe++topographie", "badly written"),
    "unknown table": (TABLE, "    - table: secret", "secret"),
    "table that is a path": (TABLE, "    - table: ../../../etc/passwd", "passwd"),
    "unknown severity": (SEVERITY, "    severity: fatal", "error, confirm, info"),
    "wrong type": (SEVERITY, "    severity: [error]", "error, confirm, info"),
    "unknown place in a text": (MESSAGE_FR, "        fr: '{age}'", "age"),
    "place that reaches inside": (MESSAGE_FR, "        fr: '{sexe.__class__}'", "braces"),
    "derived that reads itself": (DERIVED, "      sql: age_declare + 1", "circle"),
    "derived of impossible types": (DERIVED, "      sql: ABS(age_incidence)", "cannot be computed"),
    "rule of impossible types": (*_where("ABS(sexe) > 1"), "cannot be computed"),
    "SQL that does not parse": (*_where("sexe = = '1'"), "SEX-01"),
    "a date without quotes": (SEVERITY, "    severity: 2020-01-01", "quotes"),
    "an engine not written yet": (
        line_of("- property: oldestEngine") + 1, '  value: "1.x"', "engine version"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_line_is_told(tmp_path: Path, name: str) -> None:
    number, new, word = CASES[name]
    error = refusal(tmp_path, with_line(number, new))
    assert word in error.what.en and error.what.fr and error.todo.fr
    # A rule that cannot be computed, or that forgets a field, is named by its first line.
    assert error.line == number or error.line in {RULE, DERIVED - 1}
    assert error.what.fr.startswith(f"Ligne {error.line}, ")
    assert error.what.en.startswith(f"Line {error.line}, ")


ATTACKS = [
    "sexe = (SELECT content FROM read_text('/etc/passwd'))",
    "EXISTS (SELECT 1 FROM read_csv('/etc/passwd'))",
    "sexe IN (SELECT * FROM 'file.parquet')",
    "sexe IN (FROM 'file.parquet')",
    "read_csv('/etc/passwd') = sexe",
    "read_blob('/etc/passwd') IS NULL",
    "getenv('HOME') = sexe",
    "current_setting('home_directory') = sexe",
    "sexe = '1'; COPY tumeur TO '/tmp/out.csv'",
    "sexe = '1'; ATTACH '/tmp/x.db'",
    "sexe = '1' UNION SELECT 1",
    "COPY tumeur TO '/tmp/out.csv'",
    "PRAGMA database_list",
    "ROW_NUMBER() OVER () > 1",
    "COUNT(*) > 1",
    "SUM(1) OVER (PARTITION BY sexe) > 1",
    "SELECT *",
    "*",
    "COLUMNS('.*') = '1'",
    "tumeur.sexe = '1'",
    "other.sexe = '1'",
    "list_transform([1], x -> x) IS NULL",
    "sexe = ANY (['1'])",
    "sexe::INTEGER = 1",
    "CAST(sexe AS INTEGER) = 1",
    "RANDOM() < 2",
    "NOW() > sexe",
    "sexe LIKE '%1%'",
    "REPEAT(sexe, 1000000000) = 'x'",
    "regexp_matches(sexe, topographie)",
    "regexp_matches(sexe, '((a{1,99}){1,99}){1,99}')",
    "regexp_matches(sexe, 'a{100000}')",
    "regexp_matches(sexe, '(?=a)b')",
    "regexp_matches(sexe, '(a)\\1')",
    "regexp_matches(sexe, '(')",
    "regexp_matches(sexe, '" + "a" * 400 + "')",
    "(" * 10_000 + "sexe = '1'" + ")" * 10_000,
    "(" * 900 + "sexe = '1'" + ")" * 900,
    "NOT " * 900 + "(sexe = '1')",
    "sexe = '1' OR " * 200 + "sexe = '2'",
    "CASE WHEN sexe = '1' THEN " * 60 + "TRUE" + " END" * 60 + " OR unknown_column",
    "1e400 > 2",
    "$1 = sexe",
    "? = sexe",
    "sexe = :name",
    "sexe COLLATE nocase = '1'",
    "{'a': 1} IS NULL",
    "[1, 2] IS NULL",
    "INTERVAL 1 DAY IS NULL",
    "",
]


@pytest.mark.parametrize("sql", ATTACKS, ids=lambda sql: sql[:40])
def test_a_predicate_can_only_compute_on_its_row(sql: str) -> None:
    node = Node(sql, lines={(): 812}).about("règle SEX-01", "rule SEX-01")
    with pytest.raises(ContractError) as caught:
        check_sql(sql, node, frozenset({"sexe", "topographie"}))
    assert caught.value.what.fr.startswith("Ligne 812, règle SEX-01\u00a0: ")
    assert len(caught.value.what.en) < 700


@pytest.mark.parametrize("sql", [ATTACKS[0], ATTACKS[8], "(" * 3_000 + "sexe = '1'" + ")" * 3_000])
def test_an_attack_is_refused_in_its_file(tmp_path: Path, sql: str) -> None:
    escaped = sql.replace("'", "''")
    error = refusal(tmp_path, with_line(QUERY, f"    query: 'SELECT COUNT(*) FROM tumeur WHERE {escaped}'"))
    assert error.line in (QUERY, RULE)


def test_comments_change_nothing(tmp_path: Path, contract: Contract) -> None:
    from validation_rules.sql import expression

    plain, noted = expression("sexe = '1'"), expression("sexe = '1' /* read_csv('/etc/passwd') */ -- x")
    assert str(plain) == str(noted)


LABEL = line_of("fr: Numéro de patient local")
HOSTILE: dict[str, tuple[bytes, int | None]] = {
    "aliases": (b"kind: x\na: &a [x, x]\nb: [*a, *a]\n", 3),
    "billion laughs": (b"a: &a [1]\n" + b"".join(b"k%d: &k%d [*a, *a]\n" % (i, i) for i in range(40)), 2),
    "depth": (b"kind: x\na: " + b"[" * 5000, 2),
    "not UTF-8": (b"\xff\xfe\x00", None),
    "a list": (b"- a\n", 1),
    "empty": (b"", None),
    "a tag": (b"kind: x\na: !!python/object/apply:os.system [ls]\n", 2),
    "a binary": (b"kind: x\na: !!binary aGVsbG8=\n", 2),
    "key twice": (b"kind: x\na: 1\nb: 2\na: 3\n", 4),
    "key of a number": (b"kind: x\n1: 2\n", 2),
    "key of a list": (b"kind: x\n? [a]\n: 2\n", 2),
    "merge key": (b"kind: x\n<<: {a: 1}\n", 2),
    "day that does not exist": (b"kind: x\na: 2026-99-99\n", 2),
    "endless number": (b"kind: x\na: " + b"9" * 5000 + b"\n", 2),
    "endless text": (b"kind: x\na: " + b"x" * 30_000 + b"\n", 2),
    "not closed": (b"kind: x\na: [1, 2\nb: 3\n", 3),
    "two documents": (b"kind: x\n---\nkind: y\n", None),
    "too long": (b"x" * (MAX_BYTES + 1), None),
    "escape in a title": (with_line(LABEL, '        fr: "\\e[31mX"').encode(), LABEL),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(tmp_path: Path, name: str) -> None:
    content, line = HOSTILE[name]
    error = refusal(tmp_path, content)
    assert line is None or error.line == line
    assert error.what.fr and "\x1b" not in error.what.fr


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.odcs.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    assert "5 MB" in caught.value.what.en


@pytest.mark.parametrize("name", ["/dev/zero", "."])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(ContractError):
        load_contract(Path(name))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    lines = list(LINES)
    lines[SEVERITY - 1] = "    severity: fatal"
    lines[line_of("query:", line_of("- id: DAT-02")) - 1] = "    query: SELECT 1"
    lines[line_of("- table: grade_by_histology") - 1] = "    - table: secret"
    error = refusal(tmp_path, "\n".join(lines))
    told = [one.line or 0 for one in error.every]
    assert told == sorted(told) and len(told) >= 3
    assert {SEVERITY, line_of("query:", line_of("- id: DAT-02"))} <= set(told)
    assert f"{len(told) - 1} other problem" in error.what.en


def test_an_engine_that_is_too_old_says_so_and_stops(tmp_path: Path) -> None:
    number = line_of("- property: oldestEngine") + 1
    # The rest of the file may hold what only the newer engine knows: nothing of it is looked at.
    newer = with_line(number, "  value: '99.0'").replace("    severity: error", "    severity: new", 3)
    error = refusal(tmp_path, newer)
    assert error.line == number and "99.0" in error.what.en and not error.others
    assert "Update Navette" in error.todo.en and "Mettez Navette à jour" in error.todo.fr


def test_a_contract_without_an_engine_runs(tmp_path: Path) -> None:
    number = line_of("- property: oldestEngine")
    path = tmp_path / "old.odcs.yaml"
    path.write_text("\n".join([*LINES[: number - 1], *LINES[number + 1 :]]) + "\n", encoding="utf-8")
    assert load_contract(path).rules == load_contract().rules


def _short() -> dict[str, Any]:
    """The shipped contract with rules of every kind, but few: a mutilated one is verified many times."""
    document: dict[str, Any] = yaml.load(TEXT, Loader=yaml.CSafeLoader)
    table = document["schema"][0]
    kept = ("KEY-01", "SEX-01", "DAT-01", "DAT-03", "ICO-01", "ICO-02", "DUP-01", "TNM-02", "MPT-01")
    table["quality"] = [rule for rule in table["quality"] if rule["id"] in kept]
    return document


DOCUMENT = _short()


def _slots(node: Any) -> list[tuple[Any, Any]]:
    keys = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [slot for key in keys for slot in [(node, key), *_slots(node[key])]]


ODD: list[Any] = [None, 0, -1, 1.5, True, "", "x", "{", "sexe", "é" * 50, [], [1], {}, {"fr": "a"}, [[]]]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 4))
def test_a_mutilated_contract_is_read_or_refused(seed: int, changes: int) -> None:
    """Nodes are deleted, swapped and retyped: what comes out is a contract or a sentence, never a crash."""
    chance = random.Random(seed)
    document = copy.deepcopy(DOCUMENT)
    for _ in range(changes):
        slots = _slots(document)
        (holder, key), (other, name) = chance.choice(slots), chance.choice(slots)
        match chance.randrange(3):
            case 0:
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(other[name])
            case _:
                holder[key] = chance.choice(ODD)
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    try:
        assert isinstance(verified(parse_yaml(text.replace("&", "+").encode(), trusted=False), ""), Contract)
    except ContractError as error:
        assert all(one.what.fr and one.what.en for one in error.every)


STAGE = line_of("implementation: tnm_stage_not_given")
STAGE_RULE = STAGE - next(n for n, line in enumerate(reversed(LINES[:STAGE])) if line.startswith("  - id: "))
ARGUMENTS = line_of("- property: arguments", STAGE) + 1
ARGUMENT_CASES: dict[str, tuple[int, str, str]] = {
    "unknown implementation": (STAGE, "    implementation: os.system", "os.system"),
    "unknown argument": (ARGUMENTS + 1, "        edition: edition_tnm\n        colour: red", "colour"),
    "argument left out": (ARGUMENTS + 1, "", "edition"),
    "argument of another kind": (ARGUMENTS + 1, "        edition: 7", "does not fit"),
    "field that does not exist": (ARGUMENTS + 1, "        edition: taille", "does not fit"),
    "table that does not exist": (
        line_of("stage_tables:", ARGUMENTS), "        stage_tables: [../secret]", "unknown reference table"
    ),
    "nested argument": (ARGUMENTS + 1, "        edition: {a: b}", "whole number"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARGUMENT_CASES)
def test_custom_rules_name_what_exists(tmp_path: Path, name: str) -> None:
    number, new, word = ARGUMENT_CASES[name]
    error = refusal(tmp_path, with_line(number, new))
    assert word in error.what.en
    assert error.line is not None and STAGE_RULE <= error.line <= ARGUMENTS + 20


def test_every_implementation_is_documented() -> None:
    from validation_rules import cross_record, table_rules
    from validation_rules.implementations import described

    for name in (*cross_record.FINDERS, *table_rules.FINDERS):
        told = described(name)
        assert told is not None and told.finds.fr and all(told.arguments.values())
