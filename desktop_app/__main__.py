"""Composition root: the log and the error hook, then the window or the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.allocation import give_back_sooner


def main() -> None:
    """`navette` and `navette open [FILE...]` open the window; everything else is the command line."""
    give_back_sooner()
    files = files_to_open(sys.argv[1:])
    if files is not None:
        # The window does not wait for the command line's libraries.
        sys.exit(open_window(files))
    from desktop_app.cli import app

    app()


def files_to_open(arguments: Sequence[str]) -> list[Path] | None:
    """The files that a window is asked for, or None when this is for the command line.

    A file manager gives whole paths and nothing else: files dropped on the program, or "Open with".
    """
    if arguments and arguments[0] == "open":
        named = arguments[1:]
    elif all(Path(name).is_absolute() and Path(name).is_file() for name in arguments):
        named = arguments
    else:
        return None
    return None if any(name.startswith("-") for name in named) else [Path(name) for name in named]


def open_window(files: Sequence[Path] = (), workspace: Path | None = None) -> int:
    """Open the window on `files`, if any; returns the exit code."""
    from desktop_app import diagnostics
    from desktop_app.place import has_display, workspace_folder

    if not has_display():
        return _no_display()
    from desktop_app.ui.app import run_window

    folder = workspace_folder(workspace)
    diagnostics.start(folder)
    return run_window([file.absolute() for file in files], folder)


def _no_display() -> int:
    from desktop_app.cli.speech import Exit, say, t

    sentence = t(
        "Il n’y a pas d’écran ici : la fenêtre ne peut pas s’ouvrir. Les mêmes étapes existent en ligne de "
        "commande : navette --help.",
        "There is no display here: the window cannot open. The same steps exist on the command line: "
        "navette --help.",
    )
    say(sentence, sys.stderr)
    return Exit.COULD_NOT_RUN


if __name__ == "__main__":
    main()
