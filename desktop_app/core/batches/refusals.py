"""Each reason for which a batch is refused: a stable code, an HTTP status, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop_app.core.batches.wire import FindingLine, Problem
from desktop_app.core.errors import AppError
from validation_rules.text import Text

MOST_FINDINGS = 1000


class _Reason(NamedTuple):
    status: int
    what: Text
    todo: Text


_ENROL_AGAIN = Text(
    "Demandez un nouveau fichier d’enrôlement au registre.", "Ask the registry for a new enrolment file."
)
_SEND_AGAIN = Text(
    "Renvoyez le même fichier de lot ; si cela recommence, prévenez le registre.",
    "Send the same batch file again; if it happens again, tell the registry.",
)
_SEAL_AGAIN = Text(
    "Mettez Navette à jour, puis scellez de nouveau le lot.", "Update Navette, then seal the batch again."
)
_CORRECT = Text(
    "Corrigez les lignes indiquées, puis scellez un nouveau lot.",
    "Correct the rows shown, then seal a new batch.",
)
_NOTHING = Text(
    "Rien à faire : Navette réessaiera toute seule.", "Nothing to do: Navette will try again by itself."
)
_TELL = Text("Prévenez le registre.", "Tell the registry.")

REASONS: dict[str, _Reason] = {
    "unknown-site": _Reason(
        403,
        Text("Le registre ne connaît pas ce site.", "The registry does not know this site."),
        _ENROL_AGAIN,
    ),
    "revoked-site": _Reason(
        403,
        Text("Le registre a retiré l’autorisation de ce site.", "The registry has revoked this site."),
        Text("Prenez contact avec le registre.", "Get in touch with the registry."),
    ),
    "certificate-required": _Reason(
        401,
        Text(
            "Le registre n’a pas reçu le certificat de connexion du site.",
            "The registry did not receive the site’s connection certificate.",
        ),
        _ENROL_AGAIN,
    ),
    "certificate-period": _Reason(
        403,
        Text(
            "Le certificat du site n’est pas dans sa période de validité.",
            "The site’s certificate is out of its period of validity.",
        ),
        Text(
            "Vérifiez la date de l’ordinateur ; si elle est juste, demandez un nouveau fichier d’enrôlement.",
            "Check the computer’s date; if it is right, ask the registry for a new enrolment file.",
        ),
    ),
    "clock": _Reason(
        422,
        Text(
            "La date du lot est dans le futur pour le registre.",
            "The date of the batch lies in the future for the registry.",
        ),
        Text(
            "Mettez l’ordinateur à la bonne date, vérifiez et scellez de nouveau le lot.",
            "Set the computer to the right date, then check and seal the batch again.",
        ),
    ),
    "old-check": _Reason(
        422,
        Text(
            "La vérification de ce lot date de plus de 60 jours.",
            "This batch was checked more than 60 days ago.",
        ),
        Text(
            "Rouvrez le lot pour le vérifier à la date du jour, puis scellez-le de nouveau.",
            "Open the batch again to check it as of today, then seal it again.",
        ),
    ),
    "bad-signature": _Reason(
        422,
        Text(
            "La signature du lot ne correspond pas à son contenu.",
            "The signature of the batch does not match its content.",
        ),
        _SEND_AGAIN,
    ),
    "bad-container": _Reason(
        422,
        Text("Le fichier du lot est coupé ou altéré.", "The batch file is cut or altered."),
        _SEND_AGAIN,
    ),
    "bad-manifest": _Reason(
        422,
        Text(
            "Le bordereau du lot n’a pas la forme attendue.",
            "The manifest of the batch does not have the expected form.",
        ),
        _SEAL_AGAIN,
    ),
    "other-manifest": _Reason(
        422,
        Text(
            "Le lot reçu n’est pas celui qui avait été annoncé.",
            "The batch received is not the one that was announced.",
        ),
        _SEND_AGAIN,
    ),
    "other-site": _Reason(
        403,
        Text(
            "Le lot est signé par un autre site que celui qui l’envoie.",
            "The batch is signed by another site than the one that sends it.",
        ),
        _TELL,
    ),
    "unknown-contract": _Reason(
        422,
        Text(
            "Le registre ne connaît pas cette version du contrat de données.",
            "The registry does not know this version of the data contract.",
        ),
        _SEAL_AGAIN,
    ),
    "wrong-linkage-key": _Reason(
        422,
        Text(
            "La clé d’appariement du lot n’est pas une clé en vigueur.",
            "The linkage key of the batch is not a key in force.",
        ),
        _ENROL_AGAIN,
    ),
    "repeated-batch": _Reason(
        409,
        Text(
            "Le registre a déjà un lot de ce numéro avec un autre contenu.",
            "The registry already has a batch of this number with other content.",
        ),
        Text(
            "Scellez de nouveau le lot : il recevra un autre numéro.",
            "Seal the batch again: it gets a new number.",
        ),
    ),
    "broken-chain": _Reason(
        409,
        Text(
            "Ce lot ne suit pas le dernier lot que le registre a reçu de ce site.",
            "This batch does not follow the last one that the registry received from this site.",
        ),
        Text(
            "Envoyez d’abord les lots en attente, dans l’ordre ; puis scellez de nouveau celui-ci.",
            "First send the waiting batches, in order; then seal this one again.",
        ),
    ),
    "part-set": _Reason(
        422,
        Text(
            "Une partie du lot manque, ou est en trop.",
            "A part of the batch is missing, or there is one too many.",
        ),
        _SEND_AGAIN,
    ),
    "part-differs": _Reason(
        422,
        Text(
            "Une partie du lot n’est pas celle que décrit le bordereau.",
            "A part of the batch is not the one that the manifest describes.",
        ),
        _SEND_AGAIN,
    ),
    "part-closed": _Reason(
        422,
        Text(
            "Une partie du lot ne s’ouvre pas avec la clé du destinataire.",
            "A part of the batch does not open with the recipient’s key.",
        ),
        Text(
            "Vérifiez auprès du registre que l’enrôlement est à jour, puis scellez de nouveau le lot.",
            "Check with the registry that the enrolment file is current, then seal the batch again.",
        ),
    ),
    "bad-rows": _Reason(
        422,
        Text(
            "Les lignes du lot n’ont pas la forme attendue.",
            "The rows of the batch do not have the expected form.",
        ),
        _SEAL_AGAIN,
    ),
    "forbidden-column": _Reason(
        422,
        Text(
            "Une partie du lot contient une colonne qui ne doit pas quitter le site.",
            "A part of the batch holds a column that must not leave the site.",
        ),
        _SEAL_AGAIN,
    ),
    "rule-errors": _Reason(
        422,
        Text(
            "Des lignes du lot ne respectent pas le contrat de données.",
            "Rows of the batch break the data contract.",
        ),
        _CORRECT,
    ),
    "confirmed-counts": _Reason(
        422,
        Text(
            "Les constats confirmés ne sont pas ceux que le registre trouve.",
            "The confirmed findings are not the ones that the registry finds.",
        ),
        _SEAL_AGAIN,
    ),
    "unknown-batch": _Reason(
        404,
        Text("Le registre n’a pas ce lot.", "The registry does not have this batch."),
        Text("Envoyez le lot.", "Send the batch."),
    ),
    "wrong-offset": _Reason(
        409,
        Text(
            "L’envoi ne reprend pas où le registre s’était arrêté.",
            "The upload does not resume where the registry stopped.",
        ),
        _SEND_AGAIN,
    ),
    "bad-request": _Reason(
        400,
        Text("Le registre ne comprend pas la demande.", "The registry does not understand the request."),
        Text("Mettez Navette à jour.", "Update Navette."),
    ),
    "too-large": _Reason(
        413,
        Text("Ce qui est envoyé dépasse la taille permise.", "What is sent exceeds the size allowed."),
        Text("Partagez l’extrait en plusieurs lots.", "Split the extract into several batches."),
    ),
    "unknown-code": _Reason(
        403,
        Text("Ce code d’enrôlement n’existe pas.", "This enrolment code does not exist."),
        _ENROL_AGAIN,
    ),
    "used-code": _Reason(
        409,
        Text(
            "Ce code d’enrôlement a déjà servi, avec d’autres clés.",
            "This enrolment code has been used already, with other keys.",
        ),
        Text(
            "Si ce n’était pas vous, prévenez le registre sans attendre. Demandez-lui un nouveau fichier.",
            "If it was not you, tell the registry at once. Ask for a new file.",
        ),
    ),
    "expired-code": _Reason(
        403,
        Text("Ce code d’enrôlement n’est plus valable.", "This enrolment code has expired."),
        _ENROL_AGAIN,
    ),
    "bad-csr": _Reason(
        422,
        Text(
            "Une demande de certificat du site n’est pas valable.",
            "A certificate request of the site is not valid.",
        ),
        Text("Recommencez l’enrôlement.", "Enrol again."),
    ),
    "registry-full": _Reason(
        507,
        Text("Le registre n’a plus de place.", "The registry has no room left."),
        _NOTHING,
    ),
    "registry-trouble": _Reason(
        503,
        Text(
            "Le registre a reçu le lot mais rencontre une difficulté de son côté.",
            "The registry has the batch, but has a problem of its own.",
        ),
        _NOTHING,
    ),
    "internal": _Reason(
        500,
        Text("Le registre a rencontré une panne.", "The registry ran into a fault."),
        _NOTHING,
    ),
}


class Refusal(AppError):  # noqa: N818 - reads as what happened
    """A refusal by its code, with the rows concerned where there are any.

    `status` is the HTTP status; `counts` findings per rule, complete even where `findings` is cut.
    """

    def __init__(
        self, code: str, findings: Sequence[FindingLine] = (), counts: Mapping[str, int] | None = None
    ) -> None:
        reason = REASONS[code]
        super().__init__(code, reason.what, reason.todo)
        self.status = reason.status
        self.findings = tuple(findings[:MOST_FINDINGS])
        self.counts = dict(counts or {})

    def problem(self) -> Problem:
        """The document that goes to the site."""
        return Problem(
            code=self.code,
            what_fr=self.what.fr,
            what_en=self.what.en,
            todo_fr=self.todo.fr,
            todo_en=self.todo.en,
            findings=list(self.findings),
            counts=self.counts,
        )
