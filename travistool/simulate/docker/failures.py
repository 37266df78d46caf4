"""What a container engine refuses, or does not answer, as errors for people. Of the SDK it knows only the errors."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from travistool.errors import EngineError

_NOT_FOUND = 404
_CONFLICT = 409


@contextlib.contextmanager
def told(what: str, hint: str = "") -> Iterator[None]:
    """Turn what the SDK raises into an EngineError that says what could not be done, and why."""
    import docker.errors  # noqa: PLC0415  # is there by now, and late as the rest of it
    import requests.exceptions  # noqa: PLC0415

    try:
        yield
    except docker.errors.APIError as error:
        raise EngineError(f"{what}: {_why(error)}", hint) from error
    except (docker.errors.DockerException, requests.exceptions.RequestException, OSError) as error:
        raise EngineError(f"{what}: {_reason(error)}", hint or "is the engine still there?") from error


def _why(error: Any) -> str:
    return str(error.explanation or error).strip().replace("\n", " ")


def _reason(error: BaseException) -> str:
    """Return the innermost reason: what is around it tells how the SDK is made."""
    while error.__context__ is not None:
        error = error.__context__
    return str(getattr(error, "strerror", None) or error)


class _Forgiven:
    """Goes on where the engine refuses with this status."""

    # A class: type checkers take a generator for something that forgives nothing.
    def __init__(self, status: int) -> None:
        self._status = status

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        why = getattr(error, "__cause__", None)
        return isinstance(error, EngineError) and getattr(why, "status_code", None) == self._status


def gone_is_fine() -> _Forgiven:
    """Go on where what was asked for is not there."""
    return _Forgiven(_NOT_FOUND)


def in_use_is_fine() -> _Forgiven:
    """Go on where something else needs what was to be removed, or removes it itself; or where it has ended already."""
    return _Forgiven(_CONFLICT)
