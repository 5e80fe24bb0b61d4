"""The one place that speaks HTTP: TLS 1.3, the registry's pinned authority, the site's certificate."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import urlsplit

import requests
from cryptography import x509
from requests.adapters import HTTPAdapter

from desktop_app.core.batches.refusals import REASONS
from desktop_app.core.batches.wire import FindingLine, Problem, parse
from desktop_app.core.errors import AppError
from desktop_app.core.transport.policy import Policy, judge
from validation_rules.text import Text

MAX_ANSWER = 1 << 20
MAX_PROBLEM = 4 << 20
PATIENCE, SLOWEST = 300.0, 1024  # seconds for an answer, and bytes a second that it must come at after


class Broken(Exception):  # noqa: N818 - reads as what happened
    """The connection broke, timed out, or never came about; `told`: seconds the registry asked to wait.

    `why` is the registry's own code (one of REASONS) where it gave one.
    """

    def __init__(self, why: str, told: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.told = told


class Refused(AppError):  # noqa: N818 - reads as what happened
    """The registry said no; `credential` when it is about who asks, not about what is asked."""

    def __init__(self, problem: Problem, status: int) -> None:
        # Our own sentences where we know the code: they are the ones that were proofread with this program.
        known = REASONS.get(problem.code)
        what = known.what if known else Text(_plain(problem.what_fr), _plain(problem.what_en))
        todo = known.todo if known else Text(_plain(problem.todo_fr), _plain(problem.todo_en))
        super().__init__(problem.code, what, todo)
        self.problem = problem
        self.credential = judge(status) == "credential"

    @property
    def findings(self) -> list[FindingLine]:
        """The rows concerned, by record id; at most a thousand."""
        return list(self.problem.findings)


def _plain(sentence: str) -> str:
    """A sentence from outside, with nothing that a terminal or a window would obey."""
    return "".join(letter if letter.isprintable() and letter not in "<>&" else " " for letter in sentence)


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer: status, headers, and a body of limited size."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, repr=False)
class ClientCertificate:
    """The site's certificate and its key, encrypted on disk under `password`."""

    file: Path
    password: bytes


class Connection:
    """Talks to one registry. Closes with `close`, or as a context manager."""

    def __init__(
        self,
        endpoint: str,
        ca_pem: str,
        certificate: ClientCertificate | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.policy = policy or Policy()
        self._endpoint = endpoint.rstrip("/")
        self._until = _end_of(certificate)
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no other trust store than the pinned one
        self._session.adapters.clear()
        self._session.mount("https://", _Pinned(_context(ca_pem, certificate)))
        self._session.headers.update({"Tus-Resumable": "1.0.0", "Accept-Encoding": "identity"})

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open; a later request opens anew."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | IO[bytes] | io.RawIOBase | None = None,
        max_answer: int = MAX_ANSWER,
    ) -> Answer:
        """One request, one judgement: an Answer, or Refused, or Broken (also for 423, 429 and 5xx)."""
        if self._until is not None and self._until < datetime.now(UTC):
            # The registry would cut the connection, which cannot always be told from a broken line.
            raise AppError("tls-credential", *REASONS["certificate-period"][1:])
        timeouts = (self.policy.connect_timeout, self.policy.read_timeout)
        with _translated():
            response = self._session.request(
                method,
                self._endpoint + path,
                headers=dict(headers or {}),
                data=body,
                timeout=timeouts,
                allow_redirects=False,
                stream=True,
            )
            with response:
                content = _limited(response, max_answer if response.status_code < 400 else MAX_PROBLEM)
        return _judged(response, content)

    def path_of(self, location: str) -> str:
        """The path of an address that the registry gave; AppError when it leads elsewhere."""
        parts = urlsplit(location)
        if parts.netloc and f"{parts.scheme}://{parts.netloc}" != self._endpoint:
            raise _strange_answer()
        return parts.path


class _Pinned(HTTPAdapter):
    """Uses the given context as it is: the library would add its own list of authorities to it."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(max_retries=0)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, _ = super().build_connection_pool_key_attributes(request, True, None)
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to add: the context holds the pinned authority and the site's certificate."""


def _context(ca_pem: str, certificate: ClientCertificate | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cadata=ca_pem)
        if certificate is not None:
            context.load_cert_chain(certificate.file, password=certificate.password)
    except (OSError, ssl.SSLError, ValueError):
        raise AppError(
            "tls-credential",
            Text(
                "Le certificat de connexion de ce poste est absent, abîmé, ou ne s’ouvre pas.",
                "The connection certificate of this computer is missing, damaged, or does not open.",
            ),
            Text("Refaites l’enrôlement avec un nouveau fichier.", "Enrol again with a new file."),
        ) from None
    return context


def _end_of(certificate: ClientCertificate | None) -> datetime | None:
    """Until when the site's certificate is valid; None when there is none that can be read."""
    if certificate is None:
        return None
    try:
        return x509.load_pem_x509_certificate(certificate.file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None  # loading it for TLS says what is wrong


@contextmanager
def _translated() -> Iterator[None]:
    """The library's exceptions as ours. Which TLS faults are for a person to solve is told apart here."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise _tls_fault(str(error)) from None
    except requests.exceptions.Timeout:
        raise Broken("timeout") from None
    except requests.exceptions.RequestException as error:
        if "alert" in str(error).lower() and "certificate" in str(error).lower():
            raise _tls_fault(str(error)) from None
        raise Broken("connection") from None
    except OSError:
        raise Broken("connection") from None


def _tls_fault(message: str) -> AppError | Broken:
    text = message.upper()
    if "CERTIFICATE_VERIFY_FAILED" in text and ("NOT YET VALID" in text or "HAS EXPIRED" in text):
        return AppError(
            "registry-certificate-period",
            Text(
                "Le certificat du registre n’est pas dans sa période de validité à la date de ce poste.",
                "The registry’s certificate is out of its period of validity by this computer’s date.",
            ),
            Text(
                "Rien n’a été envoyé. Vérifiez la date du poste ; si elle est juste, prévenez le registre.",
                "Nothing was sent. Check the computer’s date; if it is right, tell the registry.",
            ),
        )
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return AppError(
            "registry-not-recognised",
            Text(
                "Le serveur qui répond n’est pas celui du registre de l’enrôlement.",
                "The server that answers is not the registry of the enrolment.",
            ),
            Text(
                "Rien n’a été envoyé. Vérifiez le réseau (proxy entre les deux ?) et prévenez le registre.",
                "Nothing was sent. Check the network (a proxy may stand between) and tell the registry.",
            ),
        )
    if "ALERT" in text and ("CERTIFICATE" in text or "UNKNOWN_CA" in text):
        reason = REASONS["certificate-period" if "EXPIRED" in text else "unknown-site"]
        return AppError("tls-credential", reason.what, reason.todo)
    return Broken("tls")


def _limited(response: requests.Response, most: int) -> bytes:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _strange_answer()  # asked for none: unpacking it could take any amount of memory
    content, began = bytearray(), time.monotonic()
    for chunk in response.iter_content(64 << 10):
        content += chunk
        if len(content) > most:
            raise _strange_answer()
        if time.monotonic() - began > PATIENCE + len(content) / SLOWEST:
            raise Broken("slow")
    return bytes(content)


def _judged(response: requests.Response, content: bytes) -> Answer:
    verdict = judge(response.status_code)
    if verdict == "done" and response.status_code < 300:
        return Answer(response.status_code, response.headers, content)
    if verdict == "wait":
        raise Broken(_cause(response.status_code, content), _told(response.headers.get("Retry-After")))
    if verdict == "done":
        raise _strange_answer()
    if response.request.method == "HEAD":
        content = _bare_problem(response.status_code)
    raise Refused(parse(Problem, content, MAX_PROBLEM), response.status_code)


def _cause(status: int, content: bytes) -> str:
    """The registry's code when it gave one that we know; whatever stands between may answer anything."""
    try:
        code = parse(Problem, content, MAX_PROBLEM).code
    except AppError:
        return f"status {status}"
    return code if code in REASONS else f"status {status}"


def _bare_problem(status: int) -> bytes:
    """A HEAD has no body: the status alone says what is wrong."""
    code = {401: "certificate-required", 403: "unknown-site", 404: "unknown-batch"}.get(status, "bad-request")
    reason = REASONS[code]
    return Problem(
        code=code,
        what_fr=reason.what.fr,
        what_en=reason.what.en,
        todo_fr=reason.todo.fr,
        todo_en=reason.todo.en,
    ).json_bytes()


def _told(value: str | None) -> float | None:
    return float(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else None


def _strange_answer() -> AppError:
    return AppError(
        "strange-answer",
        Text(
            "Le registre a répondu d’une façon que Navette ne connaît pas.",
            "The registry answered in a way that Navette does not know.",
        ),
        Text("Mettez Navette à jour, ou prévenez le registre.", "Update Navette, or tell the registry."),
    )
