"""Changes to the text of a shipped contract, for tests of what is refused, and on which line."""

from __future__ import annotations

from pathlib import Path

from validation_rules import lint
from validation_rules.contract import ContractError, load_contract

SHIPPED = Path(lint.__file__).parent / "contracts" / "rnc-tumeurs" / "1.0.0.odcs.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")
LINES = TEXT.splitlines()


def line_of(start: str, after: int = 0) -> int:
    """The line, from 1, of the first line below line `after` that begins with `start`, blanks apart."""
    first = after
    return next(n for n, line in enumerate(LINES[first:], first + 1) if line.strip().startswith(start))


def with_line(number: int, *new: str) -> str:
    """The contract with one line replaced by others."""
    return "\n".join([*LINES[: number - 1], *new, *LINES[number:]]) + "\n"


def refusal(folder: Path, content: str | bytes) -> ContractError:
    """What loading `content` as a contract raises."""
    path = folder / "bad.odcs.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        load_contract(path)
    except ContractError as error:
        return error
    raise AssertionError("the contract was let through")
