"""The contracts in datacontract-cli, a tool of others: `lint` accepts them, `test` counts what we count.

It runs in an environment of its own, made from packaging/datacontract.lock, and reaches no network.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import polars as pl
import pytest
import yaml

from tests.rules.engines import load, ours, today_of
from validation_rules import contract as contracts
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.document import parse_yaml
from validation_rules.duckdb_sql import DuckDbSql, duckdb_sql
from validation_rules.normalise import normalise
from validation_rules.odcs_duckdb import duckdb_document

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((Path(contracts.__file__).parent / "contracts").glob("*/*.odcs.yaml"))
NOWHERE = "http://127.0.0.1:9"
TABLE = "tumeur"
FILL = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute(sys.stdin.read())"


@pytest.fixture(scope="session")
def tool() -> Path:
    done = subprocess.run(
        ["sh", str(ROOT / "packaging" / "datacontract.sh")], stdout=subprocess.PIPE, text=True, check=True
    )
    return Path(done.stdout.strip())


def _run(*command: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
    environment = {**os.environ, **proxies, "NO_PROXY": "", "no_proxy": ""}
    return subprocess.run(command, input=text, capture_output=True, text=True, env=environment)


def _results(path: Path) -> list[dict[str, object]]:
    checks: list[dict[str, object]] = json.loads(path.read_text())["checks"]
    return checks


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}@{file.name[:5]}")
def test_lint_accepts_the_file_as_it_is(tool: Path, tmp_path: Path, file: Path) -> None:
    _run(tool, "lint", file, "--output", tmp_path / "lint.json", "--output-format", "json")
    assert [check["result"] for check in _results(tmp_path / "lint.json")] == ["passed"]


@pytest.mark.parametrize("sample", ["registre", "classeur", "largeur_fixe", "desordre"])
def test_counts_are_ours(tool: Path, shared: Path, tmp_path: Path, contract: Contract, sample: str) -> None:
    canonical = pl.read_csv(shared / "samples" / sample / "canonical.csv", infer_schema=False)
    frame = normalise(canonical, contract)
    sql = duckdb_sql(contract, today_of(contract), source=TABLE)
    database = tmp_path / "sample.duckdb"
    # DuckDB of the tool's own environment: the file format follows its version.
    filled = _run(
        tool.with_name("python"),
        "-c",
        FILL,
        database,
        text=";\n".join((load(tmp_path, frame, TABLE), *sql.setup)),
    )
    assert filled.returncode == 0, filled.stderr
    document = _rendered(contract, sql, database)
    (tmp_path / "contract.odcs.yaml").write_text(document, encoding="utf-8")
    options = ("--no-inline-references", "--output", tmp_path / "test.json", "--output-format", "json")
    _run(tool, "test", tmp_path / "contract.odcs.yaml", *options)
    checks = _results(tmp_path / "test.json")
    counted = {c["qualityId"]: c["diagnostics"]["value"] for c in checks if c.get("qualityId")}  # type: ignore[index]
    found = ours(Checker(contract, today_of(contract)), contract, frame)
    assert counted == {query.id: len(found.get(query.step.name, ())) for query in sql.queries}
    assert sum(counted.values()) >= 30


def _rendered(contract: Contract, sql: DuckDbSql, database: Path) -> str:
    file = next(file for file in FILES if file.parent.name == contract.id)
    document = parse_yaml(file.read_bytes(), trusted=True).value
    rendered = duckdb_document(document, contract, sql, str(database))
    return yaml.safe_dump(rendered, allow_unicode=True, sort_keys=False)


def test_the_rendered_document_is_a_contract_too(tool: Path, tmp_path: Path, contract: Contract) -> None:
    sql = duckdb_sql(contract, today_of(contract), source=TABLE)
    path = tmp_path / "contract.odcs.yaml"
    path.write_text(_rendered(contract, sql, tmp_path / "none.duckdb"), encoding="utf-8")
    _run(tool, "lint", path, "--output", tmp_path / "lint.json", "--output-format", "json")
    assert [check["result"] for check in _results(tmp_path / "lint.json")] == ["passed"]
