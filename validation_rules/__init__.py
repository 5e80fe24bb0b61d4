"""The rules of the contracts: no window, no network, no desktop application."""
