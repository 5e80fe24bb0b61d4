"""Rules of a site: its own checks, in a local file, beside those of the contract.

    kind: SiteRules
    apiVersion: v1
    id: registre-exemple
    version: 1.0.0
    contract: rnc-tumeurs
    rules:
    - id: SITE-01
      ...

The items of `rules` are those of `quality` in a contract, and `derived` and `lookups` are those of its table.
Ids begin with SITE-, which no contract may use. They add to what the site sees and to nothing else: they
cannot silence a rule of the contract, and nothing of them leaves the site.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from validation_rules.contract import Contract, ContractError, load_contract, read_bounded
from validation_rules.document import Faults, Node, parse_yaml
from validation_rules.engine import require_engine
from validation_rules.reading import (
    read_derived,
    read_lookups,
    read_rules,
    slug,
    version_of,
    with_dependencies,
)

KIND, API = "SiteRules", "v1"
_KEYS = ("kind", "apiVersion", "id", "version", "contract", "customProperties", "derived", "lookups", "rules")


def load_site_rules(path: Path, contract: Contract | None = None) -> Contract:
    """`contract` with the rules of the site added and marked `site`; by default the one the file names.

    The id, version and digest stay those of the contract: a batch is made under it alone. The file is
    untrusted like any contract. Raises `ContractError` with everything that is wrong in it.
    """
    root = parse_yaml(read_bounded(path), trusted=False)
    require_engine(root)
    named = _contract_of(root, contract and (contract.base or contract))
    from validation_rules.lint import Unplaced, check_told

    faults, nodes = Faults(), Unplaced()
    for key, node in root.entries().items():
        if key not in _KEYS:
            with faults.caught(node):
                raise node.fails(f"« {key} » n’est pas connu", f"“{key}” is not known")
    with faults.caught(root):
        slug(root.get("id"))
        version_of(root.get("version"))
    extended = _with_rules(named, root, faults, nodes)
    faults.settle()
    check_told(extended, nodes, faults)
    faults.settle()
    return extended


def site_rules_for(path: Path) -> str | None:
    """The id of the contract that a file of site rules is for; None when it is something else.

    Raises `ContractError` when the file cannot be read.
    """
    root = parse_yaml(read_bounded(path), trusted=False)
    if root.get("kind").value != KIND:
        return None
    return root.get("contract").text().partition("@")[0]


def _contract_of(root: Node, contract: Contract | None) -> Contract:
    if root.get("kind").value != KIND or root.get("apiVersion").value != API:
        raise root.fails(
            f"ce n’est pas un fichier de règles de site (kind: {KIND}, apiVersion: {API})",
            f"this is not a file of site rules (kind: {KIND}, apiVersion: {API})",
        )
    node = root.get("contract")
    contract_id, _, version = node.text().partition("@")
    if contract is None:
        try:
            return load_contract(node.text())
        except ContractError as error:
            raise error.placed(node.where, node.line) from None
    if contract_id != contract.id or version not in ("", contract.version):
        raise node.fails(
            f"ces règles sont pour {node.text()}, pas pour {contract.id} {contract.version}",
            f"these rules are for {node.text()}, not for {contract.id} {contract.version}",
        )
    return contract


def _with_rules(
    contract: Contract, root: Node, faults: Faults, nodes: dict[tuple[str, str], Node]
) -> Contract:
    derived = tuple(read_derived(root.get("derived"), faults, nodes))
    lookups = tuple(read_lookups(root.get("lookups"), faults, nodes))
    rules = {}
    with faults.caught(root):
        for rule in read_rules(root.get("rules").needed(), "", faults, nodes, site=True):
            if rule.id in rules:
                faults.found.append(nodes[("rule", rule.id)].fails("défini deux fois", "defined twice"))
            rules[rule.id] = rule
    return replace(
        contract,
        rules=with_dependencies((*contract.rules, *rules.values())),
        derived=(*contract.derived, *derived),
        lookups=(*contract.lookups, *lookups),
        base=contract,
    )
