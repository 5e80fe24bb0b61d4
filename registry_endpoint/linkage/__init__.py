"""Linkage at the unit: rehash tokens on receipt, then link a batch against what is stored."""

from registry_endpoint.linkage.linking import LinkResult, link
from registry_endpoint.linkage.rehashing import rehash

__all__ = ["LinkResult", "link", "rehash"]
