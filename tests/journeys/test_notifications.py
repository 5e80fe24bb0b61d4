"""Notifications of a hospital: the draft of the mapping finds every column, the check what was planted."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from typer.testing import CliRunner

from desktop_app.cli import app

FOLDER = Path(__file__).parents[1] / "samples_notifications"


def test_an_invented_extract_gives_exactly_its_findings() -> None:
    asked = ["check", str(FOLDER / "notifications.csv"), "--contract", "rnc-notifications"]
    result = CliRunner().invoke(app, [*asked, "--today", "2026-11-22", "--format", "csv"])
    assert result.exit_code == 1 and "27 sur 27" in result.stderr
    found = {(line["row"], line["rule_id"]) for line in csv.DictReader(io.StringIO(result.stdout))}
    with (FOLDER / "truth.csv").open(encoding="utf-8") as stream:
        planted = {(line["row"], line["rule_id"]) for line in csv.DictReader(stream)}
    assert found == planted and len(planted) >= 30


def test_the_contract_can_be_read() -> None:
    shown = CliRunner().invoke(app, ["contracts", "show", "rnc-notifications"])
    assert shown.exit_code == 0 and "NOT-22" in shown.stdout and "numero_notification" in shown.stdout
