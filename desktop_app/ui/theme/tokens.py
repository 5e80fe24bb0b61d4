"""The colours of the window, light and dark; every contrast with text is 4.5 or better."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #RRGGBB.

    `*_cell` are the backgrounds of a cell that carries a finding; `outline` is the edge of a field or button,
    `box` that of a box to tick, which has nothing else to be seen by.
    """

    background: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    outline: str
    box: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    hover: str
    error: str
    error_cell: str
    confirm: str
    confirm_cell: str
    info: str
    info_cell: str
    done: str
    done_cell: str

    def as_dict(self) -> dict[str, str]:
        """Token name to colour, for the style sheet."""
        return {item.name: str(getattr(self, item.name)) for item in fields(self)}


LIGHT = Tokens(
    background="#FFFFFF",
    surface="#F5F7FA",
    raised="#FFFFFF",
    text="#1A2430",
    muted="#566273",
    line="#DDE2E9",
    outline="#858F9F",
    box="#566273",
    accent="#1B5CBF",
    accent_hover="#164C9E",
    on_accent="#FFFFFF",
    selection="#DCE8FA",
    hover="#E9EEF5",
    error="#B3261E",
    error_cell="#FDECEA",
    confirm="#855400",
    confirm_cell="#FFF3D6",
    info="#2A6677",
    info_cell="#E3F1F5",
    done="#1C7038",
    done_cell="#E4F4E9",
)

DARK = Tokens(
    background="#14181E",
    surface="#1B2128",
    raised="#232B34",
    text="#E7ECF2",
    muted="#A3AEBB",
    line="#2D3640",
    outline="#6B7785",
    box="#A3AEBB",
    accent="#82B4FF",
    accent_hover="#A5CAFF",
    on_accent="#10151B",
    selection="#24405F",
    hover="#262E38",
    error="#FF8F85",
    error_cell="#3A1F1F",
    confirm="#F0C050",
    confirm_cell="#35290F",
    info="#7CC9DB",
    info_cell="#17303A",
    done="#76D494",
    done_cell="#173322",
)


def tokens(dark: bool) -> Tokens:
    """The colours of the dark or the light theme."""
    return DARK if dark else LIGHT
