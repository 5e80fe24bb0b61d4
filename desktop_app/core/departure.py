"""From a checked batch to the registry's receipt and answer: the steps in order, each kept before the next.

The window and the command line go through these four: `write_letter`, `dispatch`, `deliver`, `collect`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.batches.wire import FeedbackBody
    from desktop_app.core.batches.zones import Departure
    from desktop_app.core.stages import Checked, Pseudonymised, Receipt, Sealed
    from desktop_app.core.transport import Enrolment, Policy
    from desktop_app.core.workspace import RecordChanges, Workspace

SEALED: Final = "sealed"
"""In the detail of a batch's state: the id under which its sealed file travels."""
RECEIPT: Final = "receipt"
EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a person should know before the one button.

    `examples`: three rows of each zone exactly as they will leave. `confirmed`: findings by rule that go with
    the batch. `check_value` was recomputed from the key and the known-answer test passed.
    """

    registry: str
    site: str
    finess: str
    records: int
    persons: int
    period: tuple[str, str] | None
    confirmed: dict[str, int]
    key_id: str
    check_value: str
    key_until: date
    columns: tuple[Departure, ...]
    linkage: pl.DataFrame
    clinical: pl.DataFrame


def write_letter(workspace: Workspace, enrolment: Enrolment, checked: Checked) -> Letter:
    """What would leave now. AppError when a finding blocks, a key is missing, wrong or out of its period."""
    from desktop_app.core.batches.zones import departures
    from desktop_app.core.identity import pseudonymise
    from desktop_app.core.transport import linkage_key, site_keys

    key = linkage_key(enrolment, workspace.secrets, date.today())
    secret = site_keys(enrolment, workspace.secrets).site_secret
    few = pseudonymise(replace(checked, frame=checked.frame.head(EXAMPLES)), key, secret)
    years = checked.frame["date_incidence"].str.slice(0, 4).drop_nulls()
    confirmed = checked.findings.filter(pl.col("state") == "confirmed")
    counts = confirmed.group_by(pl.col("rule_id").cast(pl.String)).len().sort("rule_id")
    return Letter(
        registry=enrolment.endpoint.removeprefix("https://"),
        site=enrolment.site.name,
        finess=enrolment.site.finess,
        records=checked.frame.height,
        persons=checked.frame["numero_patient"].n_unique(),
        period=None if years.is_empty() else (str(years.min()), str(years.max())),
        confirmed=dict(counts.iter_rows()),
        key_id=key.key_id,
        check_value=key.check_value,
        key_until=key.period_end,
        columns=tuple(departures(checked.mapped.contract)),
        linkage=few.linkage,
        clinical=few.clinical,
    )


def dispatch(
    workspace: Workspace, enrolment: Enrolment, checked: Checked, batch_id: str, progress: Progress = silent
) -> Sealed:
    """Pseudonymise, seal and put in the outbox; the batch then waits to go.

    AppError `outbox-busy` while another batch waits (each manifest names the one before it), and those of
    `pseudonymise` and `seal`. Nothing is kept when it is cancelled.
    """
    from desktop_app.core.batches import ChainLink, seal
    from desktop_app.core.identity import pseudonymise
    from desktop_app.core.transport import Outbox, linkage_key, site_keys

    outbox = Outbox(workspace)
    if outbox.next() is not None:
        raise _busy()
    keys = site_keys(enrolment, workspace.secrets)
    key = linkage_key(enrolment, workspace.secrets, date.today())
    data = pseudonymise(checked, key, keys.site_secret, progress)
    changes = workspace.records.compare(_state(checked, data))
    last = workspace.chain.last()
    link = ChainLink(last[1] if last else None, *_counts(changes))
    folder = workspace.folder / "outbox"
    sealed = seal(data, keys.identity, enrolment.recipients(), link, folder, progress)
    workspace.reverse.put(sealed.batch_id, data.reverse)
    outbox.enqueue(sealed)
    workspace.batches.set_state(batch_id, "waiting", {SEALED: sealed.batch_id})
    return sealed


def deliver(
    workspace: Workspace, enrolment: Enrolment, progress: Progress = silent, policy: Policy | None = None
) -> Receipt | None:
    """Send the oldest batch of the outbox and return its verified receipt; None when none waits.

    Goes on where it was cut. AppError when a person must act; `Cancelled` from `progress`.
    """
    from desktop_app.core.transport import Courier, Outbox

    waiting = Outbox(workspace).next()
    if waiting is None:
        return None
    _move(workspace, waiting[0], "sending")
    try:
        with enrolment.connection(workspace.folder, workspace.secrets, policy) as connection:
            receipt = Courier(workspace, enrolment, connection).send_next(progress)
    except AppError as error:
        entry = workspace.outbox.get(waiting[0])
        refused = entry is not None and entry.state == "refused"
        _move(workspace, waiting[0], "refused" if refused else "waiting", {"reason": error.what.fr})
        raise
    if receipt is not None:
        _move(workspace, receipt.batch_id, "sent", {RECEIPT: receipt.number})
    return receipt


def collect(
    workspace: Workspace, enrolment: Enrolment, progress: Progress = silent, policy: Policy | None = None
) -> list[FeedbackBody]:
    """Fetch, verify and keep what the registry answered since; the batches concerned become `answered`."""
    from desktop_app.core.transport import fetch_feedback, site_keys

    receiving = site_keys(enrolment, workspace.secrets).receiving
    with enrolment.connection(workspace.folder, workspace.secrets, policy) as connection:
        bodies = fetch_feedback(workspace, enrolment, receiving, connection, progress)
    for body in bodies:
        _move(workspace, body.batch_id, "answered")
    return bodies


def accepted(workspace: Workspace, checked: Checked, data_ids: pl.DataFrame, sealed_id: str) -> None:
    """Remember what the registry now holds, so that the next batch can say added, changed, withdrawn.

    `data_ids`: record_id and row_id of the batch (its reverse table).
    """
    workspace.records.replace(sealed_id, _hashes(checked.frame, data_ids))


def _move(workspace: Workspace, sealed_id: str, state: str, more: dict[str, object] | None = None) -> None:
    """Says of the batch that travels as `sealed_id` where it is now."""
    for batch in workspace.batches.list():
        if batch.detail.get(SEALED) == sealed_id:
            kept = {key: value for key, value in batch.detail.items() if key in (SEALED, RECEIPT)}
            workspace.batches.set_state(batch.id, state, kept | (more or {}))  # type: ignore[arg-type]


def _state(checked: Checked, data: Pseudonymised) -> pl.DataFrame:
    return _hashes(checked.frame, data.reverse)


def _hashes(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """`record_id`, `sha256` of every corrected row; stays in the encrypted workspace."""
    fields = [name for name in frame.columns if name != "row_id"]
    whole = frame.select("row_id", whole=pl.concat_str(pl.col(fields).fill_null("\x00"), separator="\x1f"))
    both = ids.select("record_id", pl.col("row_id").cast(pl.UInt32)).join(whole, on="row_id", how="inner")
    digests = [hashlib.sha256(value.encode()).hexdigest() for value in both["whole"]]
    return both.select("record_id", pl.Series("sha256", digests, dtype=pl.String))


def _counts(changes: RecordChanges) -> tuple[int, int, int]:
    return len(changes.added), len(changes.changed), len(changes.withdrawn)


def _busy() -> AppError:
    return AppError(
        "outbox-busy",
        Text("Un autre lot attend déjà son envoi.", "Another batch already waits to be sent."),
        Text(
            "Laissez-le partir, puis envoyez celui-ci : le registre reçoit vos lots dans l’ordre.",
            "Let it go first, then send this one: the registry receives your batches in order.",
        ),
    )
