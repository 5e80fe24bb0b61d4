"""What the program can compute to put a finding right. Each suggestion was tried on the rules first."""

from __future__ import annotations

from desktop_app.core.suggestions.completing import Completion, completion
from desktop_app.core.suggestions.suggester import Cell, Spread, Suggester, Suggestion

__all__ = ["Cell", "Completion", "Spread", "Suggester", "Suggestion", "completion"]
