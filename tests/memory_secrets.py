"""A keyring for tests."""

from __future__ import annotations


class MemorySecrets(dict[str, bytes]):
    """A SecretStore that is gone with the test: no keyring of the computer is touched."""

    def put(self, name: str, secret: bytes) -> None:
        self[name] = secret

    def delete(self, name: str) -> None:
        self.pop(name, None)

    def names(self) -> list[str]:
        return sorted(self)
