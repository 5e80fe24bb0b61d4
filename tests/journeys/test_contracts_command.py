"""`navette contracts lint | diff | preview` as scripts and people meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.cli.findings_output import MASK
from tests.journeys.test_check_command import write
from tests.rules.contract_edits import LINES, SHIPPED, TEXT, line_of, with_line
from tests.rules.next_version import write_next
from tests.rules.test_site_rules import RULES


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_next(tmp_path_factory.mktemp("next"))


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVETTE_LANG", "en")


def test_lint_names_every_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.odcs.yaml"
    severity = line_of("severity:", line_of("- id: SEX-01"))
    table = line_of("- table: icdo_pair")
    lines = list(LINES)
    lines[severity - 1], lines[table - 1] = "    severity: fatal", "    - table: secret"
    path.write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = run("contracts", "lint", path)
    assert code == 1
    assert f"Line {severity}, rule SEX-01:" in out and f"Line {table}, table secret:" in out
    assert out.count("Line ") >= 2 and "Traceback" not in out


def test_lint_lets_sound_files_through(tmp_path: Path) -> None:
    copy, site = tmp_path / "copy.odcs.yaml", tmp_path / "site.yaml"
    copy.write_text(TEXT, encoding="utf-8")
    site.write_text(RULES, encoding="utf-8")
    assert run("contracts", "lint", copy)[0] == 0
    code, out, _ = run("contracts", "lint", site)
    assert code == 0 and "2 site rules for rnc-tumeurs 1.0.0" in out


def test_lint_runs_the_examples(tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(RULES.replace("passes: [{sexe: '2'}]", "passes: [{sexe: '1'}]"), encoding="utf-8")
    code, out, _ = run("contracts", "lint", site)
    assert code == 1 and "SITE-SEIN: example 2" in out


def test_an_old_program_says_to_update(tmp_path: Path) -> None:
    path = tmp_path / "newer.odcs.yaml"
    path.write_text(with_line(line_of("- property: oldestEngine") + 1, "  value: '99.0'"), encoding="utf-8")
    code, out, _ = run("contracts", "lint", path)
    assert code == 1 and "99.0" in out and "Update Navette" in out


def test_diff_says_what_changes(following: Path) -> None:
    code, out, _ = run("contracts", "diff", "rnc-tumeurs@1.0.0", following)
    assert code == 1
    for word in (
        "1.0.0 → rnc-tumeurs 1.1.0",
        "quartier",
        "codes: -3",
        "texts only: ",
        "SEX-90",
        "computed in",
    ):
        assert word in out
    assert "Other title" in run("contracts", "diff", "rnc-tumeurs@1.0.0", following, "--words")[1]


def test_diff_for_a_program(following: Path) -> None:
    code, out, _ = run("contracts", "diff", SHIPPED, following, "--json")
    told = json.loads(out)
    assert (code, told["before"], told["after"]) == (1, "rnc-tumeurs@1.0.0", "rnc-tumeurs@1.1.0")
    changed = {change["name"]: change for change in told["changes"]}
    assert {"name": "severity", "before": "error", "after": "confirm", "words": False} in changed["SEX-01"][
        "parts"
    ]


def test_diff_of_the_same_and_of_nothing(tmp_path: Path) -> None:
    code, out, _ = run("contracts", "diff", "rnc-tumeurs", SHIPPED)
    assert (code, "No difference" in out) == (0, True)
    assert run("contracts", "diff", "rnc-tumeurs", tmp_path / "none.yaml")[0] == 2
    assert run("contracts", "diff", "rnc-tumeurs", "rnc-nothing")[0] == 2


def test_preview_counts_by_rule_and_lists_rows(tmp_path: Path, following: Path) -> None:
    file = write(
        tmp_path / "a.csv", {}, {"grade": ""}, {"sexe": "1", "topographie": "C53.9", "lateralite": "0"}
    )
    day = ("--today", "2026-11-22")
    code, out, _ = run("contracts", "preview", file, "--next", following, *day, "--rows")
    assert code == 1 and "REQ-grade" in out and "error → confirm" in out
    code, out, _ = run("contracts", "preview", file, "--next", following, *day, "--json", "--rows")
    told = json.loads(out)
    assert told["rows"] == 3
    assert {"rule_id": "REQ-grade", "appear": 1, "go": 0, "severity": 0, "rows": 1} in told["rules"]
    assert ("REQ-grade", 2, None, "error") in {
        (c["rule_id"], c["row"], c["before"], c["after"]) for c in told["changes"]
    }
    code, out, _ = run("contracts", "preview", file, "--next", "rnc-tumeurs@1.0.0", *day)
    assert (code, "No verdict would change" in out) == (0, True)


def test_preview_masks_identities(tmp_path: Path, following: Path) -> None:
    from validation_rules.contract import load_contract

    text = following.read_text(encoding="utf-8")
    start = text.index("- id: FMT-nom_naissance")
    stricter = tmp_path / "stricter.odcs.yaml"
    pattern = load_contract(following).field("nom_naissance").pattern
    assert pattern is not None
    before, after = text[:start], text[start:]
    line = after[: after.index("pattern:")].splitlines()[-1]
    rest = after[after.index("pattern:") :]
    stricter.write_text(
        before + after[: after.index("pattern:")] + "pattern: ^XX+$" + rest[rest.index("\n") :],
        encoding="utf-8",
    )
    assert line is not None
    file = write(tmp_path / "a.csv", {"nom_naissance": "ZQNOM"})
    for options in ((), ("--json",)):
        _, out, _ = run("contracts", "preview", file, "--next", stricter, "--rows", *options)
        assert "FMT-nom_naissance" in out and MASK in out and "ZQNOM" not in out
    assert "ZQNOM" in run("contracts", "preview", file, "--next", stricter, "--rows", "--show-identities")[1]


def test_check_with_site_rules(tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(RULES, encoding="utf-8")
    late = write(tmp_path / "a.csv", {"sexe": "1", "lateralite": "1"})
    day = ("--today", "2026-11-22")
    assert run("check", late, *day)[0] == 0
    code, out, _ = run("check", late, *day, "--site-rules", site)
    assert code == 0 and "SITE-SEIN" in out and "(rule of the site)" in out
    assert run("check", late, *day, "--site-rules", site, "--strict")[0] == 1
    advice = tmp_path / "advice.yaml"
    advice.write_text(RULES.replace("blocking: true", "blocking: false").replace("confirm", "error"), "utf-8")
    assert run("check", late, *day, "--site-rules", advice, "--strict")[0] == 0
    site.write_text(RULES.replace("'C50'", "read_csv('x')"), encoding="utf-8")
    code, _, err = run("check", late, *day, "--site-rules", site)
    assert code == 2 and "SITE-SEIN" in err
