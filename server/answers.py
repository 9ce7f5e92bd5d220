"""How the server answers: MessagePack under /sync/, and a problem for everything that fails.

Rules: a problem is `application/problem+json` with `code`, `status`, `title`, `detail` and the values of its words;
what a client sent never makes a 500; a fault of ours is `internal` with an id, and the log has the stack, no values.
"""

import logging
import traceback
from collections.abc import Iterable
from typing import Any, Final, cast

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from server.problems import Problem
from server.words import problem_words
from sync.ids import b64
from sync.problems import Problem as SyncProblem
from sync.randomness import random_bytes
from sync.wire import encode

MSGPACK: Final = "application/vnd.msgpack"
PROBLEM: Final = "application/problem+json"
_BY_STATUS: Final = {404: "not_found", 405: "wrong_method", 413: "body_too_large"}

log = logging.getLogger("esik")

AnyRequest = Request[Any, Any, Any]


def packed(value: object, status: int = 200) -> Response[bytes]:
    """A MessagePack answer."""
    return Response(encode(value), media_type=MSGPACK, status_code=status)


def problem_answer(code: str, status: int, detail: dict[str, object]) -> Response[bytes]:
    """A problem as RFC 9457 has it; ids and other bytes in base64url."""
    words = problem_words(code, detail)
    extra = {name: value for name, value in detail.items() if name not in {"code", "status", "title", "detail"}}
    content = {"code": code, "status": status, "title": words.what, "detail": words.means, **extra}
    retry = detail.get("retry_after")
    headers = {"retry-after": str(retry)} if isinstance(retry, int) else {}
    return Response(msgspec.json.encode(_plain(content)), media_type=PROBLEM, status_code=status, headers=headers)


def _plain(value: object) -> object:
    """As JSON has it: the protocol's bytes are base64url, which msgspec's own are not."""
    if isinstance(value, bytes):
        return b64(value)
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in cast("dict[object, object]", value).items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in cast("Iterable[object]", value)]
    return value if value is None or isinstance(value, str | int | float) else type(value).__name__


def _known(_: AnyRequest, error: Problem | SyncProblem) -> Response[bytes]:
    return problem_answer(error.code, error.status, error.detail)


def _refused(_: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Litestar's own refusals. Their texts may quote what was sent, so only the status is taken over."""
    if isinstance(error, ValidationException):
        return problem_answer("bad_request", 400, {})
    code = _BY_STATUS.get(error.status_code)
    if code is not None:
        return problem_answer(code, error.status_code, {})
    if 400 <= error.status_code < 500:
        return problem_answer("bad_request", 400, {})
    return _fault(_, error)


def _fault(request: AnyRequest, error: Exception) -> Response[bytes]:
    """A fault of ours. The message of an exception may hold what somebody wrote, so neither answer nor log has it."""
    fault = b64(random_bytes(6))
    stack = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s at %s: %s\n%s", fault, request.scope["path"], type(error).__name__, stack)
    return problem_answer("internal", 500, {"fault": fault})


HANDLERS: Final[dict[int | type[Exception], Any]] = {
    Problem: _known,
    SyncProblem: _known,
    HTTPException: _refused,
    Exception: _fault,
}
