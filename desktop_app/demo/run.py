"""The main job on invented data: two sites, one registry, every station, one line a station."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench
from desktop_app.core.dispatch import Dispatch, sealed_id_of
from desktop_app.core.errors import AppError
from desktop_app.core.feedback import kept_feedback
from desktop_app.core.reports import build_report, render_html
from desktop_app.core.stages import Feedback, Receipt, Sealed
from desktop_app.core.workspace import BatchRow
from desktop_app.demo.endpoint import EndpointProcess
from desktop_app.demo.generator import DemoSamples, write_samples
from desktop_app.demo.site import DemoDesk
from validation_rules.text import Language, Text

MARKER = ".navette-demo"
ENDPOINT_FOLDER, SAMPLES_FOLDER = "registre-national", "extraits"
REGISTRY_DESK, HOSPITAL_DESK = "poste-registre", "poste-hopital"

Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where a demonstration lives: samples, the registry's side, a workspace a site, what it leaves."""

    root: Path

    @classmethod
    def fresh(cls, root: Path) -> DemoFolder:
        """An empty demonstration folder; AppError when `root` holds something that is not a demonstration."""
        if root.exists() and any(root.iterdir()):
            if not (root / MARKER).exists():
                raise _not_ours(root)
            shutil.rmtree(root)
        return cls.kept(root)

    @classmethod
    def kept(cls, root: Path) -> DemoFolder:
        """The demonstration in `root` as it was left, or a new one."""
        if root.exists() and any(root.iterdir()) and not (root / MARKER).exists():
            raise _not_ours(root)
        root.mkdir(parents=True, exist_ok=True)
        (root / MARKER).touch()
        return cls(root)

    def samples(self) -> DemoSamples:
        """The two extracts, written by the generator."""
        return write_samples(self.root / SAMPLES_FOLDER)

    def endpoint(self) -> EndpointProcess:
        """The registry's side."""
        return EndpointProcess(self.root / ENDPOINT_FOLDER)


def run_headless(root: Path, tell: Tell, language: Language, day: date) -> Path:
    """Walk every station without a window; `tell` gets a line a station. Returns the folder of what is left.

    The hospital sends first and quietly, so that the registry's feedback has something true to say.
    """
    folder = DemoFolder.fresh(root)
    samples = folder.samples()
    with folder.endpoint() as endpoint:
        desk = registry_desk(folder, samples, endpoint, day, tell)
        with desk.workspace:
            tell(_text_enrolled(desk))
            _walk(desk, folder.root, tell, language)
    return folder.root


def registry_desk(
    folder: DemoFolder, samples: DemoSamples, endpoint: EndpointProcess, day: date, tell: Tell
) -> DemoDesk:
    """The registry's desk, open and enrolled, once the hospital has sent its batch."""
    hospital = DemoDesk.open(samples.hospital, folder.root / HOSPITAL_DESK, day)
    with hospital.workspace:
        send_quietly(hospital, endpoint, tell)
    desk = DemoDesk.open(samples.registry, folder.root / REGISTRY_DESK, day)
    desk.enrol(endpoint)
    return desk


def send_quietly(desk: DemoDesk, endpoint: EndpointProcess, tell: Tell) -> None:
    """Enrol the site and send its sample, unless an earlier run already has; what it left waiting goes."""
    desk.enrol(endpoint)
    states = {row.state for row in desk.workspace.batches.list()}
    if states & {"waiting", "sending"}:
        desk.dispatch().send_next()
        return
    if states & {"sent", "answered"}:
        return
    extract = desk.load()
    row, bench = desk.check(extract, desk.map(extract), "Lot de l’hôpital")
    desk.fix(bench)
    dispatch = desk.dispatch()
    dispatch.seal(bench.checked(), row, desk.day)
    receipt = dispatch.send_next()
    if receipt is None:
        raise RuntimeError("the hospital's batch did not leave")
    sent = f"{desk.site.name}, {receipt.records}"
    tell(
        Text(
            f"Préparation : {sent} enregistrements déjà transmis, reçu {receipt.number}",
            f"Before: {sent} records already sent, receipt {receipt.number}",
        )
    )


def _walk(desk: DemoDesk, out: Path, tell: Tell, language: Language) -> None:
    extract = desk.load()
    tell(_text_loaded(desk, len(extract.columns), extract.frame.height))
    mapped = desk.map(extract)
    used = sum(1 for column in mapped.recipe.columns if column.targets)
    tell(_text_mapped(used, len(mapped.contract.fields)))
    row, bench = desk.check(extract, mapped, "Lot de démonstration")
    tell(_text_checked(bench))
    corrected, confirmed = desk.fix(bench)
    tell(_text_fixed(bench, corrected, confirmed))
    dispatch = desk.dispatch()
    sealed, receipt = _sealed_and_sent(desk, dispatch, bench, row, tell)
    shutil.copy2(sealed.path, out / "lot.navette")
    (out / "recu.jws.json").write_text(receipt.jws, encoding="utf-8")
    feedback = _answered(desk, dispatch, row)
    tell(_text_feedback(feedback))
    report = build_report(bench.checked(), receipt, feedback)
    (out / "rapport.html").write_text(render_html(report, language), encoding="utf-8")
    tell(Text("Rapport : rapport.html", "Report: rapport.html"))


def _sealed_and_sent(
    desk: DemoDesk, dispatch: Dispatch, bench: Bench, row: BatchRow, tell: Tell
) -> tuple[Sealed, Receipt]:
    sealed = dispatch.seal(bench.checked(), row, desk.day)
    tell(
        Text(
            f"Pseudonymiser : {sealed.records} enregistrements de {sealed.persons} personnes, sans identité",
            f"Pseudonymise: {sealed.records} records of {sealed.persons} people, no identity left",
        )
    )
    tell(
        Text(
            f"Sceller : {sealed.size} octets, lot {sealed.batch_id}",
            f"Seal: {sealed.size} bytes, batch {sealed.batch_id}",
        )
    )
    receipt = dispatch.send_next()
    if receipt is None:
        raise RuntimeError("the batch did not leave")
    tell(
        Text(
            f"Envoyer : reçu {receipt.number} vérifié, {receipt.records} enregistrements acceptés",
            f"Send: receipt {receipt.number} verified, {receipt.records} records accepted",
        )
    )
    return sealed, receipt


def _answered(desk: DemoDesk, dispatch: Dispatch, row: BatchRow) -> Feedback:
    dispatch.fetch()
    feedback = kept_feedback(desk.workspace, sealed_id_of(desk.workspace.batches.get(row.id)))
    if feedback is None:
        raise RuntimeError("the registry gave no feedback")
    return feedback


def _text_enrolled(desk: DemoDesk) -> Text:
    return Text(
        f"Enrôler : {desk.site.name} ({desk.site.finess}), clés faites ici, certificat reçu",
        f"Enrol: {desk.site.name} ({desk.site.finess}), keys made here, certificate received",
    )


def _text_loaded(desk: DemoDesk, columns: int, rows: int) -> Text:
    name = desk.site.extract.name
    return Text(
        f"Charger : {name}, {rows} lignes, {columns} colonnes",
        f"Load: {name}, {rows} rows, {columns} columns",
    )


def _text_mapped(used: int, fields: int) -> Text:
    return Text(
        f"Associer : {used} colonnes reliées aux {fields} champs du contrat",
        f"Map: {used} columns to the {fields} fields of the contract",
    )


def _text_checked(bench: Bench) -> Text:
    counts = bench.counts()
    return Text(
        f"Vérifier : {counts.errors} erreurs, {counts.to_confirm} à confirmer, {counts.infos} informations",
        f"Check: {counts.errors} errors, {counts.to_confirm} to confirm, {counts.infos} information",
    )


def _text_fixed(bench: Bench, corrected: int, confirmed: int) -> Text:
    left = bench.checked().blocking().height
    return Text(
        f"Corriger : {corrected} corrections, {confirmed} confirmations, {left} constats bloquants restants",
        f"Fix: {corrected} corrections, {confirmed} confirmations, {left} blocking findings left",
    )


def _text_feedback(feedback: Feedback) -> Text:
    counts = feedback.outcomes.group_by("outcome").agg(pl.col("record_id").n_unique()).sort("outcome")
    said = ", ".join(f"{outcome} {count}" for outcome, count in counts.iter_rows())
    return Text(f"Retours : {said}", f"Feedback: {said}")


def _not_ours(root: Path) -> AppError:
    return AppError(
        "demo.folder",
        Text(
            f"Le dossier {root.name} contient autre chose qu’une démonstration.",
            f"The folder {root.name} holds something other than a demonstration.",
        ),
        Text("Donnez un autre dossier avec --output.", "Give another folder with --output."),
    )
