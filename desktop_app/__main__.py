"""Composition root: the log and the error hook, then the window or the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """`navette` and `navette open [FILE]` open the window; everything else is the command line."""
    arguments = sys.argv[1:]
    if arguments in ([], ["open"]) or (
        len(arguments) == 2 and arguments[0] == "open" and arguments[1][0] != "-"
    ):
        # The window does not wait for the command line's libraries.
        sys.exit(open_window(Path(arguments[1]) if len(arguments) == 2 else None))
    from desktop_app.cli import app

    app()


def open_window(file: Path | None, workspace: Path | None = None) -> int:
    """Open the window on `file`, if any; returns the exit code."""
    from desktop_app import diagnostics
    from desktop_app.place import has_display, workspace_folder

    if not has_display():
        return _no_display()
    from desktop_app.ui.app import run_window

    folder = workspace_folder(workspace)
    diagnostics.start(folder)
    return run_window(file, folder)


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
