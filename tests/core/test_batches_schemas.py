"""The published JSON Schemas are those of the models."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.batches.schemas import publish, schema_files

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def test_published_schemas_are_current() -> None:
    """When this fails: `python -m desktop_app.core.batches.schemas docs/schemas`."""
    published = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")}
    assert published == dict(schema_files())


def test_schemas_are_closed_and_what_is_stale_goes(tmp_path: Path) -> None:
    (tmp_path / "old.schema.json").write_text("{}")
    publish(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {name for name, _ in schema_files()}
    assert all('"additionalProperties": false' in content for _, content in schema_files())
