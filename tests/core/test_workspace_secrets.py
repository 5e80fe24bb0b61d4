"""Secrets: kept, given back, refused with a sentence; never in the clear on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace import open_secrets
from desktop_app.core.workspace.keyring_store import KeyringSecrets, working_keyring
from desktop_app.core.workspace.secrets import MAX_SECRET_BYTES, SECRETS_FILE

PASSPHRASE = "cheval agrafe pile juste"


def test_a_secret_is_there_after_a_restart_and_not_in_the_clear(tmp_path: Path) -> None:
    store = open_secrets(tmp_path, lambda: PASSPHRASE)
    store.put("signing key", b"canary-secret-bytes")
    store.put("long", os.urandom(100_000))
    store.delete("long")
    again = open_secrets(tmp_path, lambda: PASSPHRASE)
    assert again.get("signing key") == b"canary-secret-bytes"
    assert again.names() == ["signing key"] and again.get("long") is None
    assert not any(b"canary" in path.read_bytes() for path in tmp_path.iterdir())


def test_the_file_is_closed_to_others(tmp_path: Path) -> None:
    open_secrets(tmp_path / "new", lambda: PASSPHRASE)
    assert (tmp_path / "new" / SECRETS_FILE).stat().st_mode & 0o077 == 0 or sys.platform == "win32"


@pytest.mark.parametrize(
    ("passphrase", "code"), [("cheval agrafe pile faux!", "wrong_passphrase"), (None, "passphrase_needed")]
)
def test_without_the_passphrase_there_is_a_sentence(
    tmp_path: Path, passphrase: str | None, code: str
) -> None:
    open_secrets(tmp_path, lambda: PASSPHRASE)
    with pytest.raises(AppError, match=code):
        open_secrets(tmp_path, None if passphrase is None else lambda: passphrase)


def test_the_same_passphrase_typed_on_another_system_opens(tmp_path: Path) -> None:
    open_secrets(tmp_path, lambda: "clé déposée au coffre").put("a", b"1")
    decomposed = "cle\u0301 de\u0301pose\u0301e au coffre"
    assert open_secrets(tmp_path, lambda: decomposed).get("a") == b"1"


def test_a_short_passphrase_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="passphrase_short"):
        open_secrets(tmp_path, lambda: "court")
    assert not list(tmp_path.iterdir())


def test_forged_costs_are_refused_before_they_are_spent(tmp_path: Path) -> None:
    open_secrets(tmp_path, lambda: PASSPHRASE)
    path = tmp_path / SECRETS_FILE
    document = json.loads(path.read_bytes())
    document["sealed"]["memory_kib"] = 64 * 1024 * 1024
    path.write_text(json.dumps(document))
    with pytest.raises(AppError, match="damaged"):
        open_secrets(tmp_path, lambda: PASSPHRASE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 2000), bit=st.integers(0, 7), cut=st.booleans())
def test_any_damage_gets_a_sentence(tmp_path: Path, place: int, bit: int, cut: bool) -> None:
    path = tmp_path / SECRETS_FILE
    whole = tmp_path / "whole"
    if not whole.exists():
        open_secrets(tmp_path, lambda: PASSPHRASE).put("a", b"x" * 500)
        shutil.copy(path, whole)
    content = bytearray(whole.read_bytes())
    place %= len(content)
    content[place] ^= 1 << bit
    path.write_bytes(content[:place] if cut else content)
    try:
        assert open_secrets(tmp_path, lambda: PASSPHRASE).get("a") == b"x" * 500
    except AppError as error:
        assert error.code.startswith("secrets.")
    path.write_bytes(whole.read_bytes())


def test_a_secret_too_long_is_a_bug_that_does_not_quote_it(tmp_path: Path) -> None:
    store = open_secrets(tmp_path, lambda: PASSPHRASE)
    with pytest.raises(ValueError, match="longer") as caught:
        store.put("big", b"Z" * (MAX_SECRET_BYTES + 1))
    assert "ZZ" not in str(caught.value)


def test_a_workspace_may_do_without_the_keyring(tmp_path: Path) -> None:
    open_secrets(tmp_path, lambda: PASSPHRASE, keyring=False).put("a", b"1")
    assert open_secrets(tmp_path, lambda: PASSPHRASE).get("a") == b"1"


class Locker(KeyringBackend):
    """A keyring as narrow as the Windows Credential Locker: 2,560 bytes of UTF-16 an entry."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError("the stub received bad data")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError


@given(secret=st.binary(max_size=6000), second=st.binary(max_size=3000))
def test_long_secrets_fit_a_narrow_keyring(secret: bytes, second: bytes) -> None:
    locker = Locker()
    store = KeyringSecrets(locker, "w1")
    store.put("key", secret)
    store.put("key", second)
    store.put("other", secret)
    assert (store.get("key"), store.get("other"), store.names()) == (second, secret, ["key", "other"])
    assert KeyringSecrets(locker, "w2").get("key") is None
    store.delete("key")
    store.delete("other")
    assert store.names() == [] and list(locker.entries) == [("Navette", "w1/index")]


def test_a_locked_keyring_says_so() -> None:
    locker = Locker()
    locker.locked = True
    with pytest.raises(AppError, match="keyring_locked"):
        KeyringSecrets(locker, "w").get("key")


def test_a_lost_part_is_not_taken_for_a_secret() -> None:
    locker = Locker()
    store = KeyringSecrets(locker, "w")
    store.put("key", b"x" * 3000)
    del locker.entries[next(entry for entry in locker.entries if entry[1].endswith("/1"))]
    with pytest.raises(AppError, match="keyring_unavailable"):
        store.get("key")


@pytest.mark.parametrize("backend", ["null.Keyring", "fail.Keyring"])
def test_a_keyring_that_keeps_nothing_is_never_used(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    import keyring

    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{backend}")
    keyring.core.init_backend()
    assert working_keyring() is None


IN_SESSION = """
import sys
from pathlib import Path
from desktop_app.core.workspace import Workspace, open_secrets
folder = Path(sys.argv[1])
store = open_secrets(folder)
if len(sys.argv) > 2:
    store.put("key", b"k" * 5000)
print(type(store).__name__, store.get("key") == b"k" * 5000, sorted(store.names())[0])
with Workspace.open(folder, store) as workspace:
    workspace.settings.put("seen", True)
"""

needs_secret_service = pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-run-session") is None,
    reason="a Secret Service is needed: Debian packages gnome-keyring and dbus",
)


@needs_secret_service
def test_a_real_secret_service_keeps_the_keys(tmp_path: Path) -> None:
    python = f'{sys.executable} -c "$CODE" {tmp_path / "work"}'
    script = (
        f"printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; {python} put; {python}"
    )
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "CODE": IN_SESSION}
    environment = {**os.environ, **home, "XDG_RUNTIME_DIR": str(tmp_path)}
    for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):  # no prompt may open and wait
        environment.pop(name, None)
    ran = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        capture_output=True, text=True, env=environment, timeout=60,
    )  # fmt: skip
    assert ran.stdout.splitlines() == ["KeyringSecrets True key"] * 2, ran.stderr
    assert not (tmp_path / "work" / "secrets.json").read_text().count('sealed":{')
    with pytest.raises(AppError, match="keyring_unavailable"):
        open_secrets(tmp_path / "work", lambda: PASSPHRASE)
