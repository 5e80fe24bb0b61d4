"""Files that a person asks for: there whole or not at all, for its owner alone, never over an extract."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError, cannot_write
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.stages import Extract
    from desktop_app.core.workspace import BatchRow


def own_files(*read: Extract | BatchRow | None) -> tuple[Path, ...]:
    """Every file that these were read from, those read along with the first too."""
    found: dict[Path, None] = {}
    for each in read:
        if each is None:
            continue
        found[each.source.path] = None
        if each.options is not None:
            named = (each.options.companion, each.options.identities)
            found |= dict.fromkeys(Path(name) for name in named if name)
            found |= dict.fromkeys(Path(part.path) for part in each.options.parts)
    return tuple(found)


def refuse_own_file(target: Path, own: Iterable[Path]) -> None:
    """AppError when `target` is one of the files that the person's data came from."""
    if target.exists() and any(path.exists() and target.samefile(path) for path in own):
        raise AppError(
            "save.own_file",
            Text("«\u00a0{name}\u00a0» est l’extrait lui-même.", "“{name}” is the extract itself.").format(
                name=target.name
            ),
            Text(
                "Donnez un autre nom\u00a0: vos fichiers ne sont jamais modifiés.",
                "Give another name: your files are never changed.",
            ),
        )


@contextmanager
def whole(target: Path, own: Iterable[Path] = ()) -> Iterator[Path]:
    """A file beside `target` to write to; it takes its place when the block ends well, else it is gone.

    AppError when `target` is one of `own`, or the folder is missing, read-only or full: then what was there
    before still is.
    """
    refuse_own_file(target, own)
    if not target.parent.is_dir():
        raise _no_folder(target.parent)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".navette-")
        os.close(handle)
        try:
            yield Path(name)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, target.name) from None


def save_bytes(target: Path, content: bytes, own: Iterable[Path] = ()) -> Path:
    """Writes a file whole, on disk when this returns; `target`. AppError as `whole`."""
    with whole(target, own) as beside, beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return target


def save_text(target: Path, pieces: Iterable[str], own: Iterable[Path] = ()) -> Path:
    """Writes pieces of text as UTF-8, line ends as they are; `target`. AppError as `whole`."""
    with whole(target, own) as beside, beside.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(pieces)
    return target


def _no_folder(folder: Path) -> AppError:
    return AppError(
        "save.no_folder",
        Text(f"Le dossier «\u00a0{folder}\u00a0» n’existe pas.", f"There is no folder “{folder}”."),
        Text("Créez-le, ou donnez un autre emplacement.", "Make it, or give another place."),
    )
