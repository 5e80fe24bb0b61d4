"""Every recipe that was in force can be seen, and brought back."""

from __future__ import annotations

import pytest

from desktop_app.core.flow import kept_recipe, nearest_recipe
from desktop_app.core.mapping import shape_of
from desktop_app.core.workspace import Workspace
from tests.core.draft_parts import small_extract

RECIPE = '{"contract": "rnc-tumeurs", "columns": [{"header": "S", "field": "sexe"}]}'


def test_saving_another_recipe_makes_a_version(workspace: Workspace) -> None:
    for text in ("1", "2", "2", "1"):
        workspace.recipes.save("a", text)
    workspace.recipes.save("b", "9", followed="a")
    assert [(v.number, v.recipe_json) for v in workspace.recipes.versions("a")] == [
        (3, "1"),
        (2, "2"),
        (1, "1"),
    ]
    (other,) = workspace.recipes.versions("b")
    assert (other.followed, other.restored) == ("a", None) and other.os_user
    assert [(one.shape, one.versions) for one in workspace.recipes.list()] == [("b", 1), ("a", 3)]


def test_restoring_adds_to_the_history(workspace: Workspace) -> None:
    workspace.recipes.save("a", RECIPE)
    workspace.recipes.save("a", "2")
    restored = workspace.recipes.restore("a", 1)
    assert (restored.number, restored.restored) == (3, 1) and restored.recipe.targets == ("sexe",)
    assert workspace.recipes.find("a") == RECIPE
    assert len(workspace.recipes.versions("a")) == 3
    with pytest.raises(KeyError):
        workspace.recipes.restore("a", 9)
    assert workspace.recipes.versions("none") == []


def test_a_recipe_and_its_version_are_kept_together(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError), workspace.together():
        workspace.recipes.save("a", "1")
        raise RuntimeError
    assert workspace.recipes.find("a") is None and workspace.recipes.versions("a") == []


def test_the_nearest_recipe_is_found_for_a_drifted_file(workspace: Workspace) -> None:
    workspace.recipes.save(
        "far", '{"contract": "rnc-tumeurs", "columns": [{"header": "X", "field": "sexe"}]}'
    )
    workspace.recipes.save("near", RECIPE)
    workspace.recipes.save("broken", "{}")
    extract = small_extract({"S": ["1", "2"], "Nouvelle": ["a", "b"]})
    near = nearest_recipe(extract, workspace, "rnc-tumeurs")
    assert near is not None and (near.shape, near.share, near.recipe.targets) == ("near", 1.0, ("sexe",))
    assert nearest_recipe(extract, workspace, "rnc-notifications") is None
    assert nearest_recipe(small_extract({"Z": ["1"]}), workspace, "rnc-tumeurs") is None


def test_a_kept_recipe_of_another_contract_is_not_this_ones(workspace: Workspace) -> None:
    extract = small_extract({"S": ["1", "2"]})
    workspace.recipes.save(shape_of(extract), RECIPE)
    kept = kept_recipe(extract, workspace, "rnc-tumeurs")
    assert kept is not None and kept == kept_recipe(extract, workspace)
    assert kept_recipe(extract, workspace, "rnc-notifications") is None
