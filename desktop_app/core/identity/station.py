"""The station between fixing and sealing: contract rows in, two frames without identity out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.core.batches.zones import (
    BIRTH_DATE,
    BIRTH_MONTH,
    RECORD_ID,
    TOKENS,
    clinical_fields,
    month_fields,
    zone_columns,
)
from desktop_app.core.errors import AppError
from desktop_app.core.identity.encoding import Encoder
from desktop_app.core.identity.keys import LinkageKey
from desktop_app.core.identity.known_answers import known_answer_test
from desktop_app.core.identity.padding import site_padding
from desktop_app.core.identity.person import Identity
from desktop_app.core.identity.record_ids import record_ids
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.stages import Checked, Pseudonymised
    from validation_rules.contract import Contract

_STEP = 250  # people between two calls of progress: some 30 ms


def pseudonymise(
    checked: Checked, key: LinkageKey, site_secret: bytes, progress: Progress = silent
) -> Pseudonymised:
    """Replace identities by record ids and linkage tokens.

    Both frames are sorted by record id, so that the order of the extract (often alphabetical) does not
    leave. Raises AppError `contract-not-sent` for a contract whose rows are not those of identified people,
    `not-ready-to-seal` while a finding blocks, `known-answer-test`,
    `linkage-key-mismatch` or `linkage-key-period` before anything is encoded; `Cancelled` from `progress`.
    """
    import polars as pl

    from desktop_app.core.stages import Pseudonymised

    contract = checked.mapped.contract
    _refuse_other_contract(contract)
    _refuse_blocked(checked)
    key.require(date.today())
    known_answer_test()
    patient, number = contract.record_key
    frame = checked.frame.with_columns(record_ids(checked.frame, site_secret, contract)).sort(RECORD_ID)
    linkage = frame.with_columns(
        _tokens(frame, Encoder(key, site_padding(site_secret)), progress),
        pl.col(BIRTH_DATE).str.slice(0, 7).alias(BIRTH_MONTH),
    ).select(zone_columns(contract, "linkage"))
    clinical = frame.select(RECORD_ID, *clinical_fields(contract)).with_columns(
        pl.col(name).str.slice(0, 7) for name in month_fields(contract)
    )
    return Pseudonymised(
        contract_id=contract.id,
        contract_version=contract.version,
        contract_sha256=contract.sha256,
        linkage_header=key.header(),
        linkage=linkage,
        clinical=clinical,
        reverse=frame.select(RECORD_ID, "row_id", numero_patient=patient, numero_tumeur=number),
        persons=frame[patient].n_unique(),
        checked=checked.today,
        confirmed=_confirmed(checked.findings, contract),
    )


def _tokens(frame: pl.DataFrame, encoder: Encoder, progress: Progress) -> pl.Series:
    """`tokens` Binary for each row; rows with equal inputs are encoded once and share the result."""
    import polars as pl

    inputs = frame.select(Identity._fields).rows()
    people = dict.fromkeys(inputs)
    what = Text("Pseudonymisation des personnes", "Pseudonymising people")
    encoded: dict[tuple[str | None, ...], bytes] = {}
    for done, person in enumerate(people):
        if done % _STEP == 0:
            progress(done, len(people), what)
        encoded[person] = encoder.tokens(Identity(*person))
    progress(len(people), len(people), what)
    return pl.Series(TOKENS, [encoded[person] for person in inputs], pl.Binary)


def _confirmed(findings: pl.DataFrame, contract: Contract) -> dict[str, int]:
    """What was confirmed, by rule of the contract: the site's own rules are nobody else's business."""
    import polars as pl

    own = pl.col("rule_id").cast(pl.String).is_in(contract.site_rules)
    kept = findings.filter((pl.col("state") == "confirmed") & ~own)
    counts = kept.group_by(pl.col("rule_id").cast(pl.String)).len().sort("rule_id")
    return dict(counts.iter_rows())


def _refuse_other_contract(contract: Contract) -> None:
    """A contract that is sent has the identity to link people by, and a key of patient and record."""
    replaced = {field.name for field in contract.fields if field.leaves_site_as == "site_pseudonym"}
    linked = set(contract.field_names).issuperset(Identity._fields)
    if linked and len(contract.record_key) == 2 and replaced == set(contract.record_key):
        return
    raise AppError(
        "contract-not-sent",
        Text(
            f"Le contrat {contract.id} décrit un fichier à contrôler, pas un envoi au registre national.",
            f"Contract {contract.id} describes a file to check, not a batch for the national registry.",
        ),
        Text(
            "Contrôlez-le ou enregistrez-le ; pour envoyer, utilisez rnc-tumeurs ou rnc-notifications.",
            "Check it or save it; to send, use rnc-tumeurs or rnc-notifications.",
        ),
    )


def _refuse_blocked(checked: Checked) -> None:
    import polars as pl

    blocking = checked.blocking()
    if blocking.is_empty():
        return
    counts = (
        blocking.group_by(pl.col("rule_id").cast(pl.String))
        .len()
        .sort("len", "rule_id", descending=[True, False])
    )
    listed = ", ".join(f"{rule} : {n}" for rule, n in counts.iter_rows())
    raise AppError(
        "not-ready-to-seal",
        Text(
            f"{len(blocking)} signalement(s) empêchent l’envoi ({listed}).",
            f"{len(blocking)} finding(s) stop the batch from being sent ({listed.replace(' : ', ': ')}).",
        ),
        Text(
            "Corrigez les erreurs ; corrigez le reste ou confirmez-le avec un motif.",
            "Correct the errors; correct the others or confirm them with a reason.",
        ),
    )
