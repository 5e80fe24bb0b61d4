"""Real parts for tests of the exchange: rows, a registry process, an enrolled workspace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import IO

import polars as pl
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.core.batches import OpeningKey, Recipients, SiteIdentity, wire
from desktop_app.core.batches.tokens import NORMALISER, SPECIFICATION, TOKENS_LENGTH
from desktop_app.core.batches.zones import clinical_fields
from desktop_app.core.stages import LinkageHeader, Pseudonymised
from registry_endpoint.__main__ import enrol_site
from registry_endpoint.authority import Authority, initialise
from registry_endpoint.folder import Folder, opening_key, sealing_key
from validation_rules.contract import load_contract

FINESS, OTHER_FINESS = "750712184", "690781810"
KEY_HEADER = LinkageHeader(SPECIFICATION, NORMALISER, "2026-A", "00000000")

ROW = {
    "sexe": "1",
    "date_naissance": "1950-03",
    "statut_identite": "VALI",
    "commune_residence": "38185",
    "date_incidence": "2024-05-14",
    "age_incidence": "74",
    "topographie": "C61.9",
    "morphologie": "8140",
    "comportement": "3",
    "edition_cimo": "3.2",
    "base_diagnostic": "7",
    "lateralite": "0",
    "grade": "9",
    "autopsie": "0",
    "statut_vital": "1",
    "date_dernieres_nouvelles": "2025-01-10",
    "finess_diagnostic": "380780080",
    "sources": "ACP",
    "date_enregistrement": "2025-02-01",
}


def rows(
    count: int,
    header: LinkageHeader = KEY_HEADER,
    prefix: str = "0",
    first_person: int = 0,
    changes: dict[str, str | None] | None = None,
    confirmed: dict[str, int] | None = None,
    checked: date | None = None,
) -> Pseudonymised:
    """`count` sound records of as many people; person n has the same tokens wherever it is made."""
    contract = load_contract("rnc-tumeurs")
    ids = [f"{prefix}{number:063d}" for number in range(count)]
    values = ROW | (changes or {})
    columns = {name: [values.get(name)] * count for name in clinical_fields(contract)}
    people = [Random(first_person + number).randbytes(TOKENS_LENGTH - 1) + b"\x7f" for number in range(count)]
    linkage = pl.DataFrame(
        {"record_id": ids, "tokens": people, "sexe": ["1"] * count, "birth_month": ["1950-03"] * count}
    )
    clinical = pl.DataFrame(
        {"record_id": ids} | columns, schema=dict.fromkeys(["record_id", *columns], pl.String)
    )
    return Pseudonymised(
        contract.id,
        contract.version,
        contract.sha256,
        header,
        linkage,
        clinical,
        pl.DataFrame(),
        count,
        checked or datetime.now(UTC).date(),
        confirmed or {},
    )


@dataclass
class Registry:
    """A registry in its own process on loopback."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[str] | None = None

    def start(self) -> Registry:
        """Start (again), on the same port as before."""
        command = [sys.executable, "-m", "registry_endpoint", "--folder", str(self.folder), "--init"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.PIPE, text=True
        )
        line = json.loads(_output(self.process).readline())
        self.port = int(line["url"].rsplit(":", 1)[1])
        return self

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            _output(process).close()

    def enrolment_file(self, path: Path, finess: str = FINESS, url: str | None = None) -> Path:
        """A fresh enrolment file."""
        enrol_site(Folder(self.folder), finess, f"Site {finess}", path, url)
        return path


@contextmanager
def registry(folder: Path) -> Iterator[Registry]:
    """A running registry."""
    running = Registry(folder)
    try:
        yield running.start()
    finally:
        running.kill()


def linkage_header(keys: list[wire.LinkageKeyInfo]) -> LinkageHeader:
    """The header of the newest key."""
    return LinkageHeader(SPECIFICATION, NORMALISER, keys[-1].key_id, keys[-1].check_value)


def _output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


@dataclass(frozen=True)
class Office:
    """A registry's keys without its process, and one site that it has issued a certificate to."""

    folder: Path
    authority: Authority
    site: SiteIdentity
    recipients: Recipients

    def opening(self, zone: wire.Zone) -> OpeningKey:
        """The key that opens a zone."""
        where = Folder(self.folder)
        return opening_key(where.linkage_unit if zone == "linkage" else where.warehouse)


def office(folder: Path, finess: str = FINESS) -> Office:
    """Make the keys in `folder`, and a site."""
    where = Folder(folder)
    initialise(where)
    authority, key = Authority.load(where.authority), Ed25519PrivateKey.generate()
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, None)
    leaf = authority.issue(request, wire.Site(finess=finess, name="Site"), connecting=False)
    identity = SiteIdentity(finess, "Site", key, (leaf, authority.certificate))
    recipients = Recipients(sealing_key(where.linkage_unit), sealing_key(where.warehouse))
    return Office(folder, authority, identity, recipients)
