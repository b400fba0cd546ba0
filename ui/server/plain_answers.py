"""An answer of a sentence or two, before any page is there.

Comes in: a status, a text. Goes out: the ASGI messages. Separate because refusals and failures both
need it.
"""

from __future__ import annotations

from starlette.types import Send


async def answer_plainly(send: Send, status: int, text: str) -> None:
    """Answer a request with plain text that no cache keeps."""
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
