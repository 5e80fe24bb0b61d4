"""What the registry says of a batch, brought back to the user's own rows and put in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from desktop_app.core.stages import Feedback
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.batches.wire import FeedbackBody, FindingLine, OutcomeLine
    from desktop_app.core.workspace import Workspace

OUTCOME_COLUMNS: Final = {
    "row_id": pl.UInt32,
    "record_id": pl.String,
    "outcome": pl.String,
    "other_sources": pl.UInt32,
    "field": pl.String,
    "own_value": pl.String,
    "other_value": pl.String,
    "evidence": pl.String,
}
FINDING_COLUMNS: Final = {
    "row_id": pl.UInt32,
    "record_id": pl.String,
    "field": pl.String,
    "rule_id": pl.String,
    "severity": pl.String,
}
INDICATOR_COLUMNS: Final = {
    "code": pl.String,
    "own": pl.Float64,
    "median": pl.Float64,
    "sites": pl.UInt32,
}


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """One kind of answer: its name, what it means, and what to do about it, if anything."""

    title: Text
    meaning: Text
    todo: Text
    review: bool = False


OUTCOMES: Final[dict[str, OutcomeText]] = {
    "possible_match": OutcomeText(
        Text("Rapprochement possible, à examiner", "Possible match, to review"),
        Text(
            "Ce patient ressemble à une personne d’une autre source, sans certitude.",
            "This patient looks like a person of another source, without certainty.",
        ),
        Text(
            "Relisez l’identité dans le dossier : une faute de frappe corrigée suffit souvent à trancher.",
            "Read the identity in the record again: a corrected typing error often settles it.",
        ),
        review=True,
    ),
    "field_disagreement": OutcomeText(
        Text("Désaccord avec une autre source", "Disagreement with another source"),
        Text(
            "Une autre source donne une autre valeur pour la même tumeur.",
            "Another source gives another value for the same tumour.",
        ),
        Text(
            "Comparez avec le dossier ; si l’autre valeur est juste, corrigez-la ici.",
            "Compare with the record; if the other value is right, correct it here.",
        ),
        review=True,
    ),
    "vital_status_elsewhere": OutcomeText(
        Text("Statut vital plus récent ailleurs", "Later vital status elsewhere"),
        Text(
            "Une autre source connaît un décès ou des nouvelles plus récentes.",
            "Another source knows of a death or of later news.",
        ),
        Text(
            "Vérifiez-le, puis mettez à jour le statut et la date.",
            "Check it, then update the status and the date.",
        ),
        review=True,
    ),
    "probable_duplicate": OutcomeText(
        Text("Doublon probable", "Probable duplicate"),
        Text(
            "Deux de vos enregistrements semblent décrire la même tumeur.",
            "Two of your records seem to describe the same tumour.",
        ),
        Text(
            "Gardez le plus complet des deux et retirez l’autre.",
            "Keep the more complete of the two and remove the other.",
        ),
        review=True,
    ),
    "known_tumour": OutcomeText(
        Text("Tumeur déjà connue", "Known tumour"),
        Text(
            "Une autre source a déjà transmis cette tumeur ; les deux concordent.",
            "Another source has already sent this tumour; both agree.",
        ),
        Text("Rien à faire.", "Nothing to do."),
    ),
    "known_person": OutcomeText(
        Text("Personne déjà connue", "Known person"),
        Text(
            "Une autre source a déjà transmis cette personne.",
            "Another source has already sent this person.",
        ),
        Text("Rien à faire.", "Nothing to do."),
    ),
    "new_person": OutcomeText(
        Text("Personne nouvelle", "New person"),
        Text("Aucune autre source ne l’a transmise.", "No other source has sent it."),
        Text("Rien à faire.", "Nothing to do."),
    ),
}

# What agrees, and how closely, as the linkage unit names it: `surname=exact date=two_parts`.
EVIDENCE: Final[dict[str, Text]] = {
    "surname=exact": Text("même nom", "same surname"),
    "surname=one_letter": Text("nom à une lettre près", "surname but for one letter"),
    "surname=start": Text("même début de nom", "same start of the surname"),
    "surname=sound": Text("nom de même sonorité", "surname of the same sound"),
    "given=exact": Text("même prénom", "same given name"),
    "given=one_letter": Text("prénom à une lettre près", "given name but for one letter"),
    "given=sound": Text("prénom de même sonorité", "given name of the same sound"),
    "given=start": Text("même début de prénom", "same start of the given name"),
    "given=initial": Text("même initiale", "same initial"),
    "date=exact": Text("même date de naissance", "same date of birth"),
    "date=two_parts": Text("date de naissance à un élément près", "date of birth but for one part"),
    "date=same_month": Text("même mois de naissance", "same month of birth"),
    "date=year": Text("même année de naissance", "same year of birth"),
    "sex=exact": Text("même sexe", "same sex"),
    "commune=exact": Text("même commune de naissance", "same commune of birth"),
    "postal=exact": Text("même code postal", "same postal code"),
    "nir=exact": Text("même NIR", "same NIR"),
}


def on_own_rows(body: FeedbackBody, reverse: pl.DataFrame) -> Feedback:
    """`body` with the row of each record. `reverse`: record_id, row_id (the batch's local reverse table).

    Lines of a record that this site does not know are left out: they cannot be shown on a row.
    """
    rows = reverse.select("record_id", pl.col("row_id").cast(pl.UInt32)).unique("record_id")
    outcomes = _joined(body.outcomes, rows, OUTCOME_COLUMNS)
    order = pl.col("outcome").replace_strict(list(OUTCOMES), range(len(OUTCOMES)), default=len(OUTCOMES))
    return Feedback(
        batch_id=body.batch_id,
        received=body.created,
        outcomes=outcomes.sort(order, "row_id", "field", maintain_order=True),
        findings=_joined(body.findings, rows, FINDING_COLUMNS).sort("row_id", "rule_id"),
        indicators=pl.DataFrame([line.model_dump() for line in body.indicators], schema=INDICATOR_COLUMNS),
    )


def _joined(
    lines: Iterable[OutcomeLine] | Iterable[FindingLine],
    rows: pl.DataFrame,
    columns: dict[str, type[pl.DataType]],
) -> pl.DataFrame:
    schema = {name: kind for name, kind in columns.items() if name != "row_id"}
    frame = pl.DataFrame([line.model_dump() for line in lines], schema=schema)
    return frame.join(rows, on="record_id", how="inner").select(list(columns))


def kept_feedback(workspace: Workspace, batch_id: str) -> Feedback | None:
    """The latest answer kept for a batch, on its rows; None when there is none or its rows are not known.

    Raises AppError `bad-document` when what was kept is not a feedback document.
    """
    from desktop_app.core.batches import wire
    from desktop_app.core.batches.feedback import MAX_FEEDBACK

    document, reverse = workspace.feedback.get(batch_id), workspace.reverse.frame(batch_id)
    if document is None or reverse is None:
        return None
    return on_own_rows(wire.parse(wire.FeedbackBody, document.encode(), MAX_FEEDBACK), reverse)


def counted(feedback: Feedback) -> list[tuple[str, int]]:
    """(outcome, number of lines), what needs a person first."""
    counts = dict(feedback.outcomes.group_by("outcome").len().iter_rows())
    return [(code, counts[code]) for code in OUTCOMES if code in counts]


def evidence_text(codes: str | None, language: Language) -> str:
    """`surname=exact date=year` as « même nom, même année de naissance »; an unknown code as it is."""
    known = (EVIDENCE.get(code, Text(code, code)) for code in (codes or "").split())
    return ", ".join(text.in_(language) for text in known)
