"""A contract from outside is refused with a sentence, never with a crash."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules import lint, reading
from validation_rules.contract import MAX_BYTES, ContractError, load_contract

SOURCE = (Path(lint.__file__).parent / "contracts" / "rnc-tumeurs" / "1.0.0.odcs.yaml").read_bytes()
DOCUMENT: dict[str, Any] = yaml.load(SOURCE, Loader=yaml.CSafeLoader)
SOURCE_JSON = json.dumps(DOCUMENT)


def _rule(document: dict[str, Any], rule_id: str) -> dict[str, Any]:
    return next(q for q in document["schema"][0]["quality"] if q["id"] == rule_id)


def _set(node: dict[str, Any], name: str, value: object) -> None:
    next(p for p in node["customProperties"] if p["property"] == name)["value"] = value


def _where(rule_id: str, sql: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        _rule(document, rule_id)["query"] = f"SELECT COUNT(*) FROM tumeur WHERE {sql}"

    return change


def _fields(rule_id: str, fields: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: _set(_rule(document, rule_id), "fields", fields)


def _lookup(document: dict[str, Any]) -> list[dict[str, Any]]:
    properties = document["schema"][0]["customProperties"]
    return next(p for p in properties if p["property"] == "lookups")["value"]  # type: ignore[no-any-return]


def _derived(document: dict[str, Any]) -> list[dict[str, Any]]:
    properties = document["schema"][0]["customProperties"]
    return next(p for p in properties if p["property"] == "derived")["value"]  # type: ignore[no-any-return]


def _circle(document: dict[str, Any]) -> None:
    _set(_rule(document, "ICO-01"), "fields", "topographie+edition_cimo+morphologie")
    _set(_rule(document, "ICO-02"), "fields", "morphologie+edition_cimo+topographie")


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "not a contract": (lambda d: d.update(kind="Other"), "ODCS"),
    "older standard": (lambda d: d.update(apiVersion="v2.2.2"), "ODCS"),
    "key the standard does not have": (lambda d: d.update(surprise=1), "surprise"),
    "unknown field": (_fields("SEX-01", "sexe+taille"), "taille"),
    "field read but not named": (_where("SEX-01", "sexe = '1' AND histologie = '8140'"), "morphologie"),
    "unknown column": (_where("SEX-01", "taille > 3"), "taille"),
    "unknown table": (lambda d: _lookup(d)[0].update(table="secret"), "secret"),
    "path as a table": (lambda d: _lookup(d)[0].update(table="../../etc/passwd"), "passwd"),
    "unknown column of a table": (lambda d: _lookup(d)[0].update(key={"colour": "sexe"}), "colour"),
    "SQL that does not parse": (_where("SEX-01", "sexe = = '1'"), "SEX-01"),
    "subquery": (_where("SEX-01", "sexe IN (SELECT code FROM other)"), "SEX-01"),
    "file function": (_where("SEX-01", "read_text('/etc/passwd') = sexe"), "SEX-01"),
    "second statement": (_where("SEX-01", "sexe = '1'; DROP TABLE tumeur"), "SEX-01"),
    "regular expression": (_where("SEX-01", "regexp_matches(sexe, topographie)"), "SEX-01"),
    "types that do not compare": (_where("SEX-01", "ABS(sexe) > 1"), "computed"),
    "too long SQL": (_where("SEX-01", "sexe = '1' OR " * 400 + "sexe = '2'"), "SEX-01"),
    "other table": (
        lambda d: _rule(d, "SEX-01").update(query="SELECT COUNT(*) FROM t WHERE sexe = '1'"),
        "tumeur",
    ),
    "rules in a circle": (_circle, "circle"),
    "derived from itself": (lambda d: _derived(d)[0].update(sql="date_naissance_annee + 1"), "circle"),
    "derived under a field's name": (lambda d: _derived(d)[0].update(name="sexe"), "sexe"),
    "unknown place in a text": (
        lambda d: _set(_rule(d, "SEX-01"), "message", {"fr": "{age}", "en": "{sexe}"}),
        "age",
    ),
    "place that reaches inside": (
        lambda d: _set(_rule(d, "SEX-01"), "message", {"fr": "{sexe.__class__}", "en": "x"}),
        "braces",
    ),
    "place with a width": (
        lambda d: _set(_rule(d, "SEX-01"), "why", {"fr": "{sexe:>999999999}", "en": "x"}),
        "braces",
    ),
    "unknown check over several records": (
        lambda d: _rule(d, "KEY-01").update(implementation="os.system"),
        "KEY-01",
    ),
    "record key of an unknown field": (
        lambda d: _set(d["schema"][0], "recordKey", ["numero_patient", "taille"]),
        "taille",
    ),
    "record key with a field twice": (
        lambda d: _set(d["schema"][0], "recordKey", ["numero_patient", "numero_patient"]),
        "numero_patient",
    ),
    "severity": (lambda d: _rule(d, "SEX-01").update(severity="fatal"), "SEX-01"),
    "rule twice": (lambda d: d["schema"][0]["quality"].append(_rule(d, "SEX-01")), "SEX-01"),
    "badly written fields": (_fields("SEX-01", "sexe++topographie"), "SEX-01"),
    "pattern that is none": (
        lambda d: d["schema"][0]["properties"][0]["quality"][1]["arguments"].update(pattern="^(.{1,20}$"),
        "numero_patient",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    change, word = REFUSED[name]
    document: dict[str, Any] = json.loads(SOURCE_JSON)
    change(document)
    path = tmp_path / "bad.odcs.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")  # JSON is YAML
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    assert word in caught.value.what.en and caught.value.what.fr and caught.value.todo.fr


@pytest.mark.parametrize(
    "content",
    [
        b"a: &a [x, x]\nb: [*a, *a]\n",
        b"[" * 5000,
        b"\xff\xfe\x00",
        b"- a\n",
        b"",
        b"!!python/object/apply:os.system [ls]",
        b"a: 2026-99-99",
        b"x" * (MAX_BYTES + 1),
    ],
    ids=["aliases", "depth", "encoding", "list", "empty", "tag", "date", "size"],
)
def test_hostile_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.odcs.yaml"
    path.write_bytes(content)
    with pytest.raises(ContractError):
        load_contract(path)


def test_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContractError):
        load_contract(tmp_path / "none.odcs.yaml")


def _paths(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(p for key, child in inside for p in _paths(child, (*path, key)))]


PATHS = _paths(DOCUMENT)[1:]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 0, -1, 1.5, True, "", "x", "{", "{x!r}", "[a", [], [1], {}, {"fr": "a"}, [[]], [{}]]
)


@settings(max_examples=30, deadline=None)
@given(path=st.sampled_from(PATHS), value=ODD)
def test_any_odd_value_is_read_or_refused(path: tuple[str | int, ...], value: object) -> None:
    document = json.loads(SOURCE_JSON)
    node: Any = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    try:
        reading.read(document, "")
    except ContractError as error:
        assert error.what.fr and error.what.en
