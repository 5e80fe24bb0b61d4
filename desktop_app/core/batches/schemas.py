"""Publishes the wire documents as JSON Schema: `python -m desktop_app.core.batches.schemas docs/schemas`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_app.core.batches.wire import DOCUMENTS, Wire

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_files() -> Iterator[tuple[str, str]]:
    """File name and content of the schema of every document, keys in one order."""
    for model in DOCUMENTS:
        yield file_name(model), _written(model)


def file_name(model: type[Wire]) -> str:
    """`FeedbackBody` -> `feedback-body.schema.json`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower() + ".schema.json"


def publish(folder: Path) -> None:
    """Write every schema into `folder`, and remove those of documents that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(schema_files())
    for stale in folder.glob("*.schema.json"):
        if stale.name not in files:
            stale.unlink()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def _written(model: type[Wire]) -> str:
    schema = {"$schema": _DIALECT, **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    publish(Path(sys.argv[1]))
