"""Where an exported file goes: whole or not at all, for the owner's eyes, never over the user's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError, cannot_write
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.stages import Extract
    from desktop_app.core.workspace import BatchRow


def refuse_own_file(target: Path, batch: Extract | BatchRow) -> None:
    """AppError when `target` is one of the files that the batch was, or is, read from."""
    options, named = batch.options, list[str | None]()
    if options is not None:
        named = [options.companion, options.identities, *(part.path for part in options.parts)]
    sources = [batch.source.path, *(Path(name) for name in named if name)]
    if target.exists() and any(path.exists() and target.samefile(path) for path in sources):
        raise AppError(
            "rounds.own_file",
            Text("«\u00a0{name}\u00a0» est l’extrait lui-même.", "“{name}” is the extract itself.").format(
                name=target.name
            ),
            Text(
                "Donnez un autre nom\u00a0: vos fichiers ne sont jamais modifiés.",
                "Give another name: your files are never changed.",
            ),
        )


def put_file(target: Path, content: bytes) -> None:
    """Writes the file whole, readable by the owner alone; nothing is left beside it when that fails.

    AppError when the folder does not take it or the disk is full: then what was there before is still there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".navette-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_write(error, target.name) from None
