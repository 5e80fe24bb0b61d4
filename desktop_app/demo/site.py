"""One demonstration site: its workspace, its enrolment, and the stations on its sample."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.dispatch import Dispatch, open_dispatch
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe, shape_of
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Mapped
from desktop_app.core.transport import enrol, load_enrolment, save_enrolment
from desktop_app.core.workspace import BatchRow, Workspace, open_secrets
from desktop_app.demo.endpoint import EndpointProcess
from desktop_app.demo.generator import DemoSite
from validation_rules.contract import load_contract

# The data is invented and the workspace is thrown away: the phrase need not be secret.
PASSPHRASE = "navette demonstration"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoDesk:
    """A site at work. `day` is the day of the check."""

    site: DemoSite
    workspace: Workspace
    day: date

    @classmethod
    def open(cls, site: DemoSite, folder: Path, day: date) -> DemoDesk:
        """The site's workspace in `folder`; never in the user's own keyring."""
        secrets = open_secrets(folder, lambda: PASSPHRASE, keyring=False)
        return cls(site, Workspace.open(folder, secrets), day)

    def enrol(self, endpoint: EndpointProcess) -> None:
        """Make the site known to the registry, once."""
        known = load_enrolment(self.workspace)
        if known is not None:
            moved = known.model_copy(update={"endpoint": endpoint.url})
            save_enrolment(self.workspace, moved)  # the demo's registry takes a new port each time
            return
        folder = self.workspace.folder
        offer = endpoint.enrolment_file(self.site.finess, self.site.name, folder / "enrolment.json")
        save_enrolment(self.workspace, enrol(offer, self.workspace.secrets, folder))

    def load(self, progress: Progress = silent) -> Extract:
        """Read the sample as its recipe says."""
        recipe = load_recipe(self.site.recipe)
        return open_extract(self.site.extract, import_options(recipe, self.site.extract), progress)

    def map(self, extract: Extract, progress: Progress = silent) -> Mapped:
        """Contract rows of the sample, through its recipe, which the workspace keeps."""
        recipe = load_recipe(self.site.recipe)
        self.workspace.recipes.save(shape_of(extract), recipe.to_json())
        return apply_recipe(extract, recipe, load_contract(recipe.contract), progress)

    def check(self, extract: Extract, mapped: Mapped, name: str) -> tuple[BatchRow, Bench]:
        """A batch with the sample on the bench, checked."""
        contract = mapped.contract
        row = self.workspace.batches.create(
            extract.source, contract.id, contract.version, mapped.recipe.to_json(), extract.options, name
        )
        return row, Bench.start(self.workspace, row.id, mapped, self.day)

    def fix(self, bench: Bench) -> tuple[int, int]:
        """Apply the sample's planned corrections and confirmations; how many of each held."""
        edits = [
            CellEdit(row, field, new)
            for row, field, new in _planned(self.site.corrections, "row", "field", "new")
        ]
        edited = bench.edit(edits, why="démonstration")
        rules = bench.findings.select("row_id", pl.col("rule_id").cast(pl.String))
        known = set(rules.iter_rows())
        planned = _planned(self.site.confirmations, "row", "rule_id", "reason")
        confirmed = 0
        for reason in {line[2] for line in planned}:
            # The sample also plants findings of rules that this version of the contract does not hold.
            pairs = [(row, rule) for row, rule, why in planned if why == reason and (row, rule) in known]
            confirmed += bench.confirm(pairs, reason, note="démonstration").cells
        return edited.cells, confirmed

    def dispatch(self) -> Dispatch:
        """The way to the registry."""
        return open_dispatch(self.workspace)


def _planned(path: Path, *names: str) -> list[tuple[int, str, str]]:
    """Lines of a plan that the generator wrote: a row, then two texts."""
    lines = json.loads(path.read_text(encoding="utf-8"))
    row, first, second = names
    return [(int(line[row]), str(line[first]), line[second]) for line in lines]
