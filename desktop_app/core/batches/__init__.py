"""Batches: the wire format that the site and the registry share.

Names are loaded when first used: the token layout alone must not pull in the whole of cryptography.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.core.batches.feedback import open_feedback, seal_feedback
    from desktop_app.core.batches.keys import OpeningKey, SealingKey
    from desktop_app.core.batches.opening import OpenedBatch, open_batch
    from desktop_app.core.batches.receipt import sign_receipt, verify_receipt
    from desktop_app.core.batches.refusals import Refusal
    from desktop_app.core.batches.sealing import ChainLink, Recipients, SiteIdentity, seal

__all__ = [
    "ChainLink",
    "OpenedBatch",
    "OpeningKey",
    "Recipients",
    "Refusal",
    "SealingKey",
    "SiteIdentity",
    "open_batch",
    "open_feedback",
    "seal",
    "seal_feedback",
    "sign_receipt",
    "verify_receipt",
]

_HOMES = {
    "ChainLink": "sealing",
    "OpenedBatch": "opening",
    "OpeningKey": "keys",
    "Recipients": "sealing",
    "Refusal": "refusals",
    "SealingKey": "keys",
    "SiteIdentity": "sealing",
    "open_batch": "opening",
    "open_feedback": "feedback",
    "seal": "sealing",
    "seal_feedback": "feedback",
    "sign_receipt": "receipt",
    "verify_receipt": "receipt",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(f"desktop_app.core.batches.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
