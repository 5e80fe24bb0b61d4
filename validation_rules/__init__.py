"""The rules of the contracts: no window, no network, no desktop application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from validation_rules.contract import Contract
    from validation_rules.pandera_schema import ContractSchema


def to_pandera(contract: Contract, today: date) -> ContractSchema:
    """The rules of a contract, as they stand on one day, as a schema of pandera: see `pandera_schema`.

    pandera is imported by the first call only. Raises `ImportError`, which names the extra, without pandera.
    """
    try:
        import pandera.polars  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "pandera n’est pas installé\N{NO-BREAK SPACE}: pip install 'navette[notebooks]'. "
            "pandera is not installed: pip install 'navette[notebooks]'."
        ) from error
    from validation_rules.pandera_schema import ContractSchema

    return ContractSchema(contract, today)
