"""Transport: enrolment, resumable upload, outbox, retry policy. The only importer of `requests`.

Names are loaded when first used, so that importing the package does not load the network.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.core.transport.connection import Broken, Connection, Refused
    from desktop_app.core.transport.courier import Courier, Outbox
    from desktop_app.core.transport.enrolment import (
        Enrolment,
        enrol,
        linkage_key,
        load_enrolment,
        read_enrolment_file,
        save_enrolment,
        site_keys,
    )
    from desktop_app.core.transport.feedback import fetch_feedback
    from desktop_app.core.transport.policy import Policy

_HOMES = {
    "Broken": "connection",
    "Connection": "connection",
    "Courier": "courier",
    "Enrolment": "enrolment",
    "Outbox": "courier",
    "Policy": "policy",
    "Refused": "connection",
    "enrol": "enrolment",
    "fetch_feedback": "feedback",
    "linkage_key": "enrolment",
    "load_enrolment": "enrolment",
    "read_enrolment_file": "enrolment",
    "save_enrolment": "enrolment",
    "site_keys": "enrolment",
}

__all__ = [
    "Broken",
    "Connection",
    "Courier",
    "Enrolment",
    "Outbox",
    "Policy",
    "Refused",
    "enrol",
    "fetch_feedback",
    "linkage_key",
    "load_enrolment",
    "read_enrolment_file",
    "save_enrolment",
    "site_keys",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(f"desktop_app.core.transport.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
