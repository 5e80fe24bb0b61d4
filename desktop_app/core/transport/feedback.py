"""Brings the registry's feedback in: verified, opened, kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from desktop_app.core.batches import wire
from desktop_app.core.batches.feedback import MAX_FEEDBACK, open_feedback
from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.transport.connection import Broken, Connection
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.batches.keys import OpeningKey
    from desktop_app.core.transport.enrolment import Enrolment
    from desktop_app.core.workspace import Workspace

_FETCHING = Text("Réception des retours", "Receiving feedback")


def fetch_feedback(
    workspace: Workspace,
    enrolment: Enrolment,
    receiving: OpeningKey,
    connection: Connection,
    progress: Progress = silent,
) -> list[wire.FeedbackBody]:
    """Feedback not yet kept, oldest first; each document is in the workspace when this returns.

    Only for batches this workspace has a receipt of. AppError `feedback-forged`, `feedback-closed`,
    `feedback-other-batch`, `offline`.
    """
    try:
        return _fetch(workspace, enrolment, receiving, connection, progress)
    except Broken:
        raise AppError(
            "offline",
            Text("Le registre ne répond pas.", "The registry does not answer."),
            Text("Vérifiez le réseau et réessayez plus tard.", "Check the network and try again later."),
        ) from None


def _fetch(
    workspace: Workspace,
    enrolment: Enrolment,
    receiving: OpeningKey,
    connection: Connection,
    progress: Progress,
) -> list[wire.FeedbackBody]:
    found = wire.parse(wire.FeedbackList, connection.ask("GET", "/v1/feedback").body)
    seen = set(workspace.settings.get("feedback-seen", list[str]()))
    wanted = [
        item for item in found.items if item.sha256 not in seen and workspace.receipts.get(item.batch_id)
    ]
    bodies: list[wire.FeedbackBody] = []
    for number, item in enumerate(wanted):
        progress(number, len(wanted), _FETCHING)
        limit = min(item.bytes, MAX_FEEDBACK)
        sealed = connection.ask("GET", f"/v1/feedback/{item.batch_id}", max_answer=limit).body
        if hashlib.sha256(sealed).hexdigest() != item.sha256:
            raise Broken("feedback")
        body = open_feedback(
            sealed, receiving, enrolment.registry_verifiers(), item.batch_id, enrolment.site.finess
        )
        workspace.feedback.put(item.batch_id, body.json_bytes().decode())
        seen.add(item.sha256)
        workspace.settings.put("feedback-seen", sorted(seen))
        bodies.append(body)
    return bodies
