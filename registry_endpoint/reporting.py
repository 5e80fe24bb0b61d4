"""What of a failure goes to the log: where and of which type, never with what.

Messages of libraries may repeat cell values, and a traceback holds messages.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from desktop_app.core.batches.refusals import Refusal

_log = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def report(what: str, error: BaseException) -> None:
    """One line: type and place."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    _log.error("%s: %s at %s", what, type(error).__name__, places)


class Discreet:
    """Around an application: what it did not foresee becomes a plain 500 and one line in the log.

    Without it the server would log the exception with its text.
    """

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def sending(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the outermost place of a request
            report("request failed", error)
            if not began:
                await _apologise(send)


async def _apologise(send: Send) -> None:
    refusal = Refusal("internal")
    headers = [(b"content-type", b"application/problem+json"), (b"retry-after", b"60")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.problem().json_bytes()})
