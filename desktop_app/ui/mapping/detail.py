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
    """`effects`: step -> rows that it changes. `suggested`: local value -> its probable code. `said`: what a
    statistical file itself says of its codes."""

    effects: Mapping[str, int] = field(default_factory=dict)
    suggested: Mapping[str, Suggestion] = field(default_factory=dict, repr=False)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)


def detail(
    values: Distinct,
    recipe: Recipe,
    column: Column,
    about: Field,
    trial: ColumnTrial | None,
    contract: Contract,
) -> Detail:
    """The detail of one field.

    Suggestions are for the values that the contract does not know, and for those of which the file itself
    says something else than the code that they have become.
    """
    done = effects(values, recipe, column, contract)
    if trial is None:
        return Detail(done)
    tried = trial.outcomes[about.name].values
    said = values.extract.labels.get(trial.headers[0], {}) if len(trial.headers) == 1 else {}
    open_ = {value.local: value for value in tried if not value.fits or value.local in said}
    if not open_:
        return Detail(done, said=said)
    every = suggest_codes(about, (value.local for value in tried), said)
    wanted = {
        one.local: one
        for one in every
        if one.local in open_ and one.code != open_[one.local].becomes and one.local not in column.recode
    }
    return Detail(done, wanted, said)
