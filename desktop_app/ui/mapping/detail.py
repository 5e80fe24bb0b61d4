"""What is worth knowing of the column at hand alone: what each step changes, codes for unknown values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.core.mapping.suggest import Suggestion, suggest_codes
from desktop_app.ui.mapping.steps import effects
from desktop_app.ui.mapping.trial import ColumnTrial, Distinct

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column, Recipe
    from validation_rules.contract import Contract, Field


@dataclass(frozen=True, slots=True)
class Detail:
    """`effects`: step -> rows that it changes. `suggested`: local value -> its probable code."""

    effects: Mapping[str, int] = field(default_factory=dict)
    suggested: Mapping[str, Suggestion] = field(default_factory=dict, repr=False)


def detail(
    values: Distinct,
    recipe: Recipe,
    column: Column,
    about: Field,
    trial: ColumnTrial | None,
    contract: Contract,
) -> Detail:
    """The detail of one field; suggestions are for the values that the contract does not know."""
    done = effects(values, recipe, column, contract)
    tried = trial.outcomes[about.name].values if trial is not None else ()
    unknown = {value.local for value in tried if not value.fits}
    if not unknown:
        return Detail(done)
    every = suggest_codes(about, (value.local for value in tried))
    return Detail(done, {one.local: one for one in every if one.local in unknown})
