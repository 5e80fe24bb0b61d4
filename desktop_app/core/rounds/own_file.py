"""A file that is exported never replaces the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.stages import Extract


def refuse_own_file(target: Path, extract: Extract) -> None:
    """AppError when `target` is one of the files that the batch was read from."""
    options = extract.options
    named = [options.companion, options.identities, *(part.path for part in options.parts)]
    sources = [extract.source.path, *(Path(name) for name in named if name)]
    if target.exists() and any(path.exists() and target.samefile(path) for path in sources):
        raise AppError(
            "rounds.own_file",
            Text(
                f"«\u00a0{target.name}\u00a0» est l’extrait lui-même.",
                f"“{target.name}” is the extract itself.",
            ),
            Text(
                "Donnez un autre nom\u00a0: vos fichiers ne sont jamais modifiés.",
                "Give another name: your files are never changed.",
            ),
        )
