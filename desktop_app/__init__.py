"""Navette: from a local extract of cancer cases to the registry's answer."""
