"""`navette enrol`, `submit`, `outbox`, `feedback`, `report`, `keys` against a registry in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.workspace import Workspace, open_secrets
from desktop_app.demo.people import finess
from tests.site_parts import HEADER, Site, endpoint, recipe_of

ROW = (
    "{patient};1;;;;Martin;;Zoé;2;1960-05-04;33063;33063;33000;2024-02-03;C50.4;8500;3;3.2;7;1;2;1;"
    "2026-01-02;ACP"
)


class Desk(Site):
    """An enrolled site with extracts of its own."""

    def extract(self, name: str, *rows: str) -> Path:
        path = self.root / f"{name}.csv"
        path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        return path

    def ask(self, *arguments: object) -> tuple[int, str, str]:
        """Exit code, standard output, error stream."""
        command = [sys.executable, "-m", "desktop_app", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, cwd=self.root / "out", capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def submit(self, extract: Path, *options: object) -> tuple[int, str, str]:
        return self.ask("submit", extract, "--recipe", self.root / "recipe.json", *options)

    def kill_submit(self, extract: Path, seconds: float) -> None:
        """Submit, and pull the plug after that long."""
        command = [sys.executable, "-m", "desktop_app", "submit", str(extract), "--recipe",
                   str(self.root / "recipe.json")]  # fmt: skip
        process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds)
        process.kill()
        process.wait()

    def name_files_in_recipes(self) -> None:
        """As the batches of an earlier version have it."""
        place, phrase = self.environment["NAVETTE_WORKSPACE"], self.environment["NAVETTE_PASSPHRASE"]
        with Workspace.open(Path(place), open_secrets(Path(place), lambda: phrase)) as opened:
            for row in opened.batches.list():
                named = {"recipe": 1, "file": "a.csv", **json.loads(row.recipe_json)}
                with opened.database.write() as run:
                    run("UPDATE batch SET recipe = ? WHERE id = ?", (json.dumps(named), row.id))

    def outbox(self) -> list[dict[str, object]]:
        return list(json.loads(self.ask("outbox", "--json")[1]))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("submit")
    site = Desk(root / "site")
    site.environment["NAVETTE_LANG"] = "en"
    (site.root / "recipe.json").write_text(recipe_of(HEADER), encoding="utf-8")
    with endpoint(site, root / "registry"):
        offer = root / "offer.json"
        site.run("serve", "--folder", root / "registry", "--enrol-site", finess("33", 9933), "S", "-o", offer)
        before, _, said = site.submit(site.extract("early", ROW.format(patient="P0")))
        assert (before, "not enrolled" in said) == (2, True)
        site.run("enrol", offer)
        assert site.ask("enrol", offer)[0] == 2
        yield site


def test_what_blocks_is_counted_and_nothing_leaves(desk: Desk) -> None:
    blocked = desk.extract("blocked", ROW.format(patient="P1").replace("C50.4", "C61.9"))
    code, out, said = desk.submit(blocked)
    assert (code, out) == (1, "")
    assert "SEX-02" in said
    assert "LAT-02" in said and "2 errors, 0 findings to confirm" in said
    assert desk.outbox() == []


def test_confirmations_from_a_file_let_a_batch_leave(desk: Desk) -> None:
    rare = desk.extract(
        "rare", ROW.format(patient="P2").replace("1960", "1910").replace(";1;2026", ";2;2026")
    )
    assert desk.submit(rare)[0] == 1
    accepted = desk.root / "accepted.json"
    line = {"row": 1, "rule_id": "DAT-05", "reason": "checked_record"}
    accepted.write_text(json.dumps([line]), encoding="utf-8")
    code, out, said = desk.submit(rare, "--accept-confirmations", accepted, "--dry-run")
    assert (code, "Nothing was sent" in out) == (0, True)
    assert "taken up with 0 corrections and 0 confirmations" in said
    folder = desk.root / "left"
    code, out, said = desk.submit(rare, "--output", folder)
    assert (code, "receipt" in out) == (0, True)
    assert "1 confirmation." in said
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".navette"]


def test_a_folder_that_cannot_be_made_is_told_before_anything_leaves(desk: Desk) -> None:
    kept, held = desk.extract("kept", ROW.format(patient="P9")), desk.outbox()
    code, out, said = desk.submit(kept, "--output", kept / "under-a-file")
    assert (code, out) == (2, "") and "Cannot write" in said
    assert desk.outbox() == held


def test_a_file_goes_once(desk: Desk) -> None:
    once = desk.extract("once", ROW.format(patient="P3"))
    assert desk.submit(once)[0] == 0
    held = desk.outbox()
    code, out, said = desk.submit(once)
    assert (code, out) == (0, "")
    assert "not sent twice" in said
    assert desk.outbox() == held
    desk.name_files_in_recipes()
    assert "not sent twice" in desk.submit(once)[2]
    assert desk.outbox() == held


def test_the_answer_and_the_reports(desk: Desk) -> None:
    sent = desk.extract("answered", ROW.format(patient="P4"))
    assert desk.submit(sent)[0] == 0
    batch = str(desk.outbox()[-1]["batch"])
    code, out, _ = desk.ask("feedback", batch, "--json")
    told = json.loads(out)
    assert (code, told["batch"]) == (0, batch)
    assert told["outcomes"][0]["row_id"] == 1
    assert desk.ask("feedback", "nothing-of-that-name")[0] == 2
    for target in (batch, sent):
        report = desk.root / "report.html"
        assert desk.ask("report", target, "--output", report)[0] == 0
        assert "<svg" in report.read_text(encoding="utf-8")
    held = sent.read_bytes()
    assert desk.ask("report", sent, "--output", sent)[0] == 2
    assert sent.read_bytes() == held


def test_keys_say_what_is_in_use(desk: Desk) -> None:
    code, out, _ = desk.ask("keys")
    assert (code, "in use" in out) == (0, True)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.9, 1.4, 1.8, 2.2])
def test_killed_anywhere_a_file_arrives_once(desk: Desk, seconds: float) -> None:
    before = len(desk.outbox())
    extract = desk.extract(f"killed-{seconds}", ROW.format(patient=f"K{seconds}".replace(".", "")))
    desk.kill_submit(extract, seconds)
    assert desk.ask("outbox", "--send")[0] == 0
    assert desk.submit(extract)[0] == 0
    held = desk.outbox()
    assert len(held) == before + 1
    assert {entry["state"] for entry in held} == {"sent"}
