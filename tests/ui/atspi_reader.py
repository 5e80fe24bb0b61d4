"""What a screen reader is told of a window, as JSON. Runs on the Python of the system, which knows AT-SPI."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found,unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found,unused-ignore]  # noqa: E402


def found(name: str) -> Any:
    for _ in range(100):
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child is not None and child.get_name() == name:
                return child
        time.sleep(0.1)
    raise SystemExit("the window is not on the accessibility bus")


def walk(node: Any, depth: int = 0) -> Iterator[Any]:
    if node is None or depth > 25:
        return
    yield node
    if node.get_role_name() in ("table", "tree", "tree table"):
        return
    for place in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(place), depth + 1)


def told_of(node: Any) -> dict[str, Any]:
    states = node.get_state_set()
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "shown": states.contains(Atspi.StateType.SHOWING),
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
    }


def cells_of(table: Any) -> dict[str, Any]:
    face = table.get_table_iface()
    rows, columns = face.get_n_rows(), face.get_n_columns()
    cells = [
        {
            "row": row,
            "column": column,
            "name": face.get_accessible_at(row, column).get_name(),
            "description": face.get_accessible_at(row, column).get_description(),
            "header": face.get_column_description(column),
            "row_header": face.get_row_description(row),
        }
        for row in range(rows)
        for column in range(columns)
    ]
    return {"rows": rows, "columns": columns, "cells": cells}


def main() -> None:
    nodes = list(walk(found(sys.argv[1])))
    tables = {node.get_name(): cells_of(node) for node in nodes if node.get_role_name() == "table"}
    json.dump({"nodes": [told_of(node) for node in nodes], "tables": tables}, sys.stdout)


if __name__ == "__main__":
    main()
