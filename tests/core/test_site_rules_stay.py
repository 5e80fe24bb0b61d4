"""The site's own rules: they stop what the site wants stopped, and nothing of them leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.batches import ChainLink, open_batch, seal
from desktop_app.core.bench import Bench
from desktop_app.core.errors import AppError
from desktop_app.core.flow import SITE_RULES, keep_site_rules, with_site_rules
from desktop_app.core.identity import LinkageKey, pseudonymise
from desktop_app.core.mapping import Recipe
from desktop_app.core.stages import Checked, ImportOptions, Mapped, SourceFile
from desktop_app.core.workspace import Workspace
from tests.exchange_parts import office
from tests.memory_secrets import MemorySecrets
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise
from validation_rules.site_rules import load_site_rules

CONTRACT = load_contract()
KEY = LinkageKey("k1", b"\x11" * 32, date(2000, 1, 1), date(2099, 12, 31))
SOURCE = SourceFile(Path("extrait.csv"), "0" * 64, 1)
RECIPE = Recipe.model_validate_json(
    '{"contract": "rnc-tumeurs", "format": "delimited", "columns": [{"header": "Sexe", "field": "sexe"}]}'
)
RULE = """
- id: SITE-{id}
  severity: {severity}
  blocking: {blocking}
  type: sql
  query: SELECT COUNT(*) FROM tumeur WHERE sexe = '2'
  customProperties:
  - {{property: fields, value: sexe}}
  - {{property: title, value: ZQTITRE}}
  - {{property: message, value: ZQMESSAGE}}
"""
HEAD = "kind: SiteRules\napiVersion: v1\nid: zqsite\nversion: 1.0.0\ncontract: rnc-tumeurs\nrules:"


def site_file(folder: Path, *rules: tuple[str, str, bool]) -> Path:
    told = (
        RULE.format(id=name, severity=severity, blocking=str(stop).lower()) for name, severity, stop in rules
    )
    path = folder / "zqregles.yaml"
    path.write_text(HEAD + "".join(told), encoding="utf-8")
    return path


def mapped() -> Mapped:
    rows = [dict(CONTRACT.example), {**CONTRACT.example, "numero_patient": "P2", "prenoms": "JEANNE"}]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(CONTRACT.field_names, pl.String))
    return Mapped(SOURCE, RECIPE, CONTRACT, normalise(frame, CONTRACT))


def bench(workspace: Workspace, site: Path | None) -> Bench:
    row = workspace.batches.create(
        SOURCE, CONTRACT.id, CONTRACT.version, "{}", ImportOptions("delimited"), "lot"
    )
    rows = mapped() if site is None else replace(mapped(), contract=load_site_rules(site, CONTRACT))
    return Bench.start(workspace, row.id, rows, date(2026, 11, 22))


@pytest.fixture
def workspace(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Workspace.open(tmp_path / "workspace", MemorySecrets()) as opened:
        yield opened


def test_nothing_of_them_is_sent(tmp_path: Path, workspace: Workspace) -> None:
    desk = office(tmp_path / "office")
    file = site_file(tmp_path, ("ZQA", "error", False), ("ZQB", "confirm", True))
    own = bench(workspace, file)
    own.confirm([(1, "SITE-ZQB"), (2, "SITE-ZQB")], "checked_record")
    with_rules, without = own.checked(), bench(workspace, None).checked()
    assert with_rules.findings.height == 4
    sent: list[tuple[list[pl.DataFrame], object, object, object]] = []
    for checked in (with_rules, without):
        data = pseudonymise(checked, KEY, b"\x07" * 32)
        sealed = seal(data, desk.site, desk.recipients, ChainLink(None, 2), tmp_path / f"{len(sent)}")
        batch = open_batch(sealed.path, desk.authority.certificate, datetime.now(UTC))
        zones = [batch.zone(zone, desk.opening(zone)) for zone in ("linkage", "clinical")]
        manifest = batch.manifest.model_dump_json()
        everything = sealed.path.read_bytes() + manifest.encode()
        everything += b"".join(zone.write_csv().encode() for zone in (zones[1], zones[0].drop("tokens")))
        for word in (b"SITE-ZQ", b"ZQTITRE", b"ZQMESSAGE", b"zqsite", b"zqregles"):
            assert word not in everything
        sent.append((zones, batch.manifest.findings, batch.manifest.contract, data.confirmed))
    assert all(a.equals(b) for a, b in zip(sent[0][0], sent[1][0], strict=True))
    assert sent[0][1:] == sent[1][1:] and sent[0][1] == {}


@pytest.mark.parametrize(
    ("severity", "stop"), [("error", True), ("confirm", True), ("error", False), ("info", True)]
)
def test_they_stop_a_batch_only_when_the_site_wants_it(
    tmp_path: Path, workspace: Workspace, severity: str, stop: bool
) -> None:
    desk = bench(workspace, site_file(tmp_path, ("A", severity, stop)))
    checked: Checked = desk.checked()
    stops = stop and severity != "info"
    counts = desk.counts()
    assert (checked.blocking().height > 0) == stops
    assert counts.errors + counts.to_confirm == checked.blocking().height
    assert counts.advice == (0 if stop else 2)
    if not stops:
        assert pseudonymise(checked, KEY, b"\x07" * 32).confirmed == {}
        return
    with pytest.raises(AppError, match="not-ready-to-seal"):
        pseudonymise(checked, KEY, b"\x07" * 32)


def test_the_workspace_names_the_file(tmp_path: Path, workspace: Workspace) -> None:
    assert with_site_rules(CONTRACT, workspace) is CONTRACT
    file = site_file(tmp_path, ("A", "info", False))
    keep_site_rules(workspace, file)
    extended = with_site_rules(CONTRACT, workspace)
    assert extended.site_rules == ("SITE-A",)
    assert with_site_rules(extended, workspace) == extended
    keep_site_rules(workspace, None)
    assert with_site_rules(extended, workspace) is CONTRACT


def test_a_file_for_another_contract_is_left_aside(tmp_path: Path, workspace: Workspace) -> None:
    file = site_file(tmp_path, ("A", "info", False))
    workspace.settings.put(SITE_RULES, str(file))
    other = replace(CONTRACT, id="rnc-autre")
    assert with_site_rules(other, workspace) is other


@pytest.mark.parametrize("content", [None, "kind: [", "kind: SiteRules\n", HEAD + " [{id: DAT-01}]\n"])
def test_a_file_that_went_bad_is_told_not_ignored(
    tmp_path: Path, workspace: Workspace, content: str | None
) -> None:
    file = site_file(tmp_path, ("A", "info", False))
    keep_site_rules(workspace, file)
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(AppError, match="site_rules") as caught:
        with_site_rules(CONTRACT, workspace)
    assert "zqregles.yaml" in caught.value.what.fr
    with pytest.raises(AppError, match="site_rules"):
        keep_site_rules(workspace, file)
