"""The registry's door: a few paths, each for an enrolled site only, but for enrolment itself."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from fastapi import Depends, FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from desktop_app.core.batches import wire
from desktop_app.core.batches.certificates import fingerprint
from desktop_app.core.batches.container import MAX_SIZE
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.errors import AppError
from registry_endpoint.enrolment import answer_request
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office, Upload
from registry_endpoint.processing import QUICK_TRIES, Desk
from registry_endpoint.reporting import Discreet
from registry_endpoint.uploads import Busy, Uploads

MAX_JSON = 64 << 10
MAX_LISTED = 2000
BODY_SECONDS = 30.0
LATER = "60"  # seconds after which to ask again, when the problem is the registry's
_TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
_BATCH = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SHA = re.compile(r"[0-9a-f]{64}")


def make_app(folder: Folder) -> FastAPI:
    """The application over one registry folder; work left half-done is taken up at start."""
    office = Office(folder.office)
    uploads, desk = Uploads(folder.uploads, office), Desk(folder)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        worker = asyncio.create_task(desk.work())
        try:
            yield
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Discreet)
    _add_errors(app)
    _add_enrolment(app, folder)
    _add_uploads(app, office, uploads, desk)
    _add_answers(app, office, uploads)
    return app


def _site(office: Office) -> Callable[[Request], str]:
    """A dependency: the FINESS number of the site whose connection certificate was shown."""

    def site(request: Request) -> str:
        der = request.scope.get("peer_certificate")
        if not der:
            raise Refusal("certificate-required")
        certificate = x509.load_der_x509_certificate(der)
        known = office.certificate(fingerprint(certificate))
        if known is None or known[1] != "tls":
            raise Refusal("unknown-site")
        if known[2]:
            raise Refusal("revoked-site")
        if not certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc:
            raise Refusal("certificate-period")
        return known[0]

    return site


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(_: Request, refusal: Refusal) -> Response:
        return _problem(refusal)

    @app.exception_handler(AppError)
    async def misunderstood(_: Request, error: AppError) -> Response:
        return _problem(Refusal("bad-request"))

    @app.exception_handler(HTTPException)
    async def elsewhere(_: Request, error: HTTPException) -> Response:
        return _problem(Refusal("bad-request"), error.status_code)

    @app.exception_handler(Busy)
    async def busy(_: Request, error: Busy) -> Response:
        return Response(status_code=423, headers={**_TUS, "Retry-After": "1"})


def _problem(refusal: Refusal, status: int | None = None) -> Response:
    content, status = refusal.problem().json_bytes(), status or refusal.status
    later = {"Retry-After": LATER} if status >= 500 else {}
    return Response(content, status, _TUS | later, "application/problem+json")


def _add_enrolment(app: FastAPI, folder: Folder) -> None:
    @app.post("/v1/enrolment")
    async def enrol(request: Request) -> Response:
        asked = wire.parse(wire.EnrolmentRequest, await _body(request), MAX_JSON)
        answer = await run_in_threadpool(answer_request, folder, asked)
        return Response(answer, media_type="application/json", headers=_TUS)


def _add_uploads(app: FastAPI, office: Office, uploads: Uploads, desk: Desk) -> None:
    site: Any = Depends(_site(office))

    @app.options("/v1/uploads")
    def abilities() -> Response:
        headers = {"Tus-Version": "1.0.0", "Tus-Extension": "creation", "Tus-Max-Size": str(MAX_SIZE)}
        return Response(status_code=204, headers=_TUS | headers)

    @app.post("/v1/uploads")
    def create(request: Request, finess: str = site) -> Response:
        batch_id, manifest = _metadata(request)
        upload = uploads.announce(finess, batch_id, manifest, _number(request, "Upload-Length"))
        place = {"Location": f"/v1/uploads/{batch_id}", "Upload-Offset": str(upload.durable)}
        return Response(status_code=201, headers=_TUS | place)

    @app.head("/v1/uploads/{batch_id}")
    def offset(batch_id: str, finess: str = site) -> Response:
        return Response(headers=_TUS | _progress(uploads.of(finess, batch_id)))

    @app.patch("/v1/uploads/{batch_id}")
    async def append(batch_id: str, request: Request, finess: str = site) -> Response:
        if request.headers.get("content-type") != "application/offset+octet-stream":
            raise Refusal("bad-request")
        upload = await run_in_threadpool(uploads.of, finess, batch_id)
        written = await uploads.write(upload, _number(request, "Upload-Offset"), request.stream())
        if written == upload.length:
            desk.wake()
        return Response(status_code=204, headers=_TUS | {"Upload-Offset": str(written)})


def _add_answers(app: FastAPI, office: Office, uploads: Uploads) -> None:
    site: Any = Depends(_site(office))

    @app.get("/v1/batches/{batch_id}/receipt")
    def receipt(batch_id: str, finess: str = site) -> Response:
        upload = uploads.of(finess, batch_id)
        if upload.state == "accepted":
            return Response(upload.receipt, media_type="application/jose+json", headers=_TUS)
        if upload.state == "refused" and upload.problem is not None:
            status = Refusal(wire.parse(wire.Problem, upload.problem).code).status
            return Response(upload.problem, status, _TUS, "application/problem+json")
        if upload.state == "received" and office.tries(batch_id) >= QUICK_TRIES:
            raise Refusal("registry-trouble")
        return Response(status_code=202, headers=_TUS | {"Retry-After": "1"} | _progress(upload))

    @app.get("/v1/feedback")
    def feedback_list(finess: str = site) -> Response:
        items = [
            wire.FeedbackItem(batch_id=batch_id, sha256=digest, bytes=size)
            for batch_id, digest, size in office.feedback_of(finess, MAX_LISTED)
        ]
        return Response(
            wire.FeedbackList(items=items).json_bytes(), media_type="application/json", headers=_TUS
        )

    @app.get("/v1/feedback/{batch_id}")
    def feedback(batch_id: str, finess: str = site) -> Response:
        upload = uploads.of(finess, batch_id)
        sealed = office.feedback(upload.batch_id)
        if sealed is None:
            raise Refusal("unknown-batch")
        return Response(sealed, media_type="application/octet-stream", headers=_TUS)


def _progress(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.durable), "Upload-Length": str(upload.length)}


async def _body(request: Request) -> bytes:
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                content += chunk
                if len(content) > MAX_JSON:
                    raise Refusal("too-large")
    except (TimeoutError, ClientDisconnect):
        raise Refusal("bad-request") from None
    return bytes(content)


def _number(request: Request, header: str) -> int:
    value = request.headers.get(header, "")
    if not re.fullmatch(r"[0-9]{1,15}", value):
        raise Refusal("bad-request")
    return int(value)


def _metadata(request: Request) -> tuple[str, str]:
    """Batch id and manifest hash from `Upload-Metadata` (tus: key, space, base64 value; comma-separated)."""
    pairs = [item.split(" ") for item in request.headers.get("Upload-Metadata", "").split(",")]
    try:
        values = {key: base64.b64decode(value, validate=True).decode("ascii") for key, value in pairs}
    except (ValueError, binascii.Error):
        raise Refusal("bad-request") from None
    batch_id, manifest = values.get("batch_id", ""), values.get("manifest_sha256", "")
    if not _BATCH.fullmatch(batch_id) or not _SHA.fullmatch(manifest):
        raise Refusal("bad-request")
    return batch_id, manifest
