"""Rules of the house that no linter holds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desktop_app", "validation_rules", "registry_endpoint")
PAGES = ROOT / "desktop_app" / "ui" / "pages"
THREADS = {"threading", "concurrent", "multiprocessing"}
# The window's one door to background work, and what must lock, name or end a thread outside of it.
MAY_THREAD = {
    "desktop_app/ui/tasks.py",
    "desktop_app/diagnostics.py",
    "desktop_app/cli/serve.py",
    "desktop_app/core/workspace/database.py",
    "desktop_app/core/workspace/keyring_store.py",
    "desktop_app/core/workspace/passphrase_store.py",
    "desktop_app/core/extracts/blocks.py",
    "desktop_app/core/extracts/patience.py",
    "desktop_app/core/extracts/read_ahead.py",
    "validation_rules/beside.py",
}
TOP_LEVEL = {
    "README.md", "pyproject.toml", "requirements.lock", "Makefile", "LICENSE", "CHANGELOG.md", "desktop_app",
    "validation_rules", "registry_endpoint", "packaging", "tests", "docs",
}  # fmt: skip


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from (ROOT / room).rglob("*.py")


def imported(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_the_one_door_knows_threads() -> None:
    knowing = {str(path.relative_to(ROOT)) for path in sources(*ROOMS) if imported(path) & THREADS}
    assert knowing <= MAY_THREAD


def test_only_transport_imports_requests() -> None:
    using = {path.relative_to(ROOT).parts[:3] for path in sources(*ROOMS) if "requests" in imported(path)}
    assert using <= {("desktop_app", "core", "transport")}


def test_no_file_grows_past_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in sources(*ROOMS, "tests")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_no_page_grows_past_400_lines() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in PAGES.glob("*.py")}
    assert len(lengths) > 8 and {name: count for name, count in lengths.items() if count > 400} == {}


def test_no_function_grows_past_60_lines() -> None:
    """Counted from its first line after the signature: the options of a command are no work it does."""
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": count
        for path in sources(*ROOMS, "packaging")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or 0) - node.body[0].lineno + 1) > 60
    }
    assert long == {}


def test_the_top_level_holds_what_was_agreed() -> None:
    tracked = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in tracked if not name.startswith(".")} <= TOP_LEVEL


def test_the_core_and_the_command_line_load_without_qt() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sources("desktop_app/core", "desktop_app/cli", "validation_rules", "registry_endpoint")
        if path.name not in ("__init__.py", "__main__.py")
    ]
    program = "import importlib, sys\n" + "".join(f"importlib.import_module({name!r})\n" for name in modules)
    program += "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=120)


# What makes a `Text` of what it is given, or sets a French sentence by itself.
SET_FRENCH = {"Text", "t", "typeset", "by_kind", "fails", "_from", "_says", "_refused", "says", "Fault"}
LOOSE = re.compile(r" [:;?!»](?:\s|$)|« ")
OF_SQL = re.compile(r"= \?|\b(?:SELECT|FROM|UPDATE|WHERE)\b")


def loose_french(node: ast.AST) -> Iterator[str]:
    """French punctuation after an ordinary space, in a string that nothing sets; docstrings are for us."""
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called in SET_FRENCH:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if LOOSE.search(node.value) and not OF_SQL.search(node.value):
            yield node.value
        return
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from loose_french(child)


def test_french_is_set_with_no_break_spaces() -> None:
    loose = {
        str(path.relative_to(ROOT)): found
        for path in sources("desktop_app/core", "desktop_app/cli", "desktop_app/demo", "validation_rules")
        if (found := list(loose_french(ast.parse(path.read_text(encoding="utf-8")))))
    }
    loose.pop("validation_rules/text.py")  # which knows what it looks for
    assert loose == {}
    assert list(loose_french(ast.parse('say("Lu : 3")'))) == ["Lu : 3"]
