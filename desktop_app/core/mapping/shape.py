"""The shape of a file: what tells that last month's recipe fits this month's extract."""

from __future__ import annotations

import hashlib
import json

from desktop_app.core.stages import Extract


def shape_of(extract: Extract) -> str:
    """SHA-256 hex over the headers in order and, for fixed width, the layout; no cell takes part."""
    zones = [(zone.header, zone.start, zone.length) for zone in extract.options.layout]
    known = ["delimited" if not zones else "fixed_width", extract.columns, zones]
    return hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()
