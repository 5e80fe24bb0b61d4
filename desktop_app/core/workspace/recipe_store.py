"""The recipes of this site: the one in force for each shape of file, and every one that was before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.workspace.database import Database
from desktop_app.core.workspace.lock import os_user
from desktop_app.core.workspace.small_stores import now

if TYPE_CHECKING:
    from desktop_app.core.mapping.recipe import Recipe


class SavedRecipe(NamedTuple):
    """A recipe and the shape of file it was made for; `versions` is how many there have been of it."""

    shape: str
    saved: datetime
    recipe_json: str
    versions: int = 1


class RecipeVersion(NamedTuple):
    """A recipe as it was from `saved` on. `number` counts from 1 for each shape.

    `restored` is the version that it brought back, `followed` the shape whose recipe it was made from when a
    file had drifted; None when it is neither. `os_user` is empty for what is older than the history.
    """

    number: int
    saved: datetime
    os_user: str
    recipe_json: str
    restored: int | None = None
    followed: str | None = None

    @property
    def recipe(self) -> Recipe:
        """The recipe itself. Raises AppError when this program cannot use it."""
        from desktop_app.core.mapping.recipe import parse_recipe

        return parse_recipe(self.recipe_json)


class RecipeStore:
    """One recipe in force per shape of file; next month's extract of that shape finds it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, shape: str, recipe_json: str, *, followed: str | None = None) -> None:
        """Keep the recipe for `shape` as a new version, unless it is the one in force already.

        `followed` is the shape whose recipe it was made from, when the file had drifted.
        """
        self._put(shape, recipe_json, None, followed)

    def restore(self, shape: str, number: int) -> RecipeVersion:
        """Bring an earlier version back, as a new version: the history is never rewritten. KeyError."""
        wanted = self.version(shape, number)
        self._put(shape, wanted.recipe_json, number, None)
        return self.versions(shape)[0]

    def _put(self, shape: str, recipe_json: str, restored: int | None, followed: str | None) -> None:
        with self._database.write() as run:
            same = self.find(shape) == recipe_json
            at = now()
            run("INSERT OR REPLACE INTO recipe VALUES (?, ?, ?)", (shape, at, recipe_json))
            if not same:
                run(
                    "INSERT INTO recipe_version SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 "
                    "FROM recipe_version WHERE shape = ?1",
                    (shape, at, os_user(), restored, followed, recipe_json),
                )

    def find(self, shape: str) -> str | None:
        """The recipe in force for `shape`, or None."""
        rows = self._database.read("SELECT recipe FROM recipe WHERE shape = ?", (shape,))
        return str(rows[0][0]) if rows else None

    def list(self) -> Sequence[SavedRecipe]:
        """All recipes in force, latest first."""
        rows = self._database.read(
            "SELECT shape, saved, recipe, (SELECT count(*) FROM recipe_version AS v WHERE v.shape = r.shape) "
            "FROM recipe AS r ORDER BY saved DESC"
        )
        return [
            SavedRecipe(str(shape), datetime.fromisoformat(str(at)), str(recipe), int(str(count)))
            for shape, at, recipe, count in rows
        ]

    def versions(self, shape: str) -> Sequence[RecipeVersion]:
        """Every version for `shape`, newest (the one in force) first."""
        rows = self._database.read(
            "SELECT number, saved, os_user, recipe, restored, followed FROM recipe_version "
            "WHERE shape = ? ORDER BY number DESC",
            (shape,),
        )
        return [
            RecipeVersion(
                int(str(number)),
                datetime.fromisoformat(str(at)),
                str(who),
                str(recipe),
                None if restored is None else int(str(restored)),
                None if followed is None else str(followed),
            )
            for number, at, who, recipe, restored, followed in rows
        ]

    def version(self, shape: str, number: int) -> RecipeVersion:
        """One version. KeyError when there is none of that number."""
        for version in self.versions(shape):
            if version.number == number:
                return version
        raise KeyError(number)
