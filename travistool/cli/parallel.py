"""Sharing files among forked processes, without the cost of importing multiprocessing."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Sequence

from travistool.errors import InternalError
from travistool.report.layout import Summary

Rendered = tuple[str, Summary]


def in_processes(
    number: int, paths: Sequence[str], render: Callable[[Sequence[str]], list[Rendered]]
) -> list[Rendered]:
    """Render shares of the paths in child processes; the results come in the order of the paths.

    Raises InternalError when a child dies.
    """
    # Modules that every child needs are loaded once, before they part. What can be read only once is left alone.
    render([path for path in paths if os.path.isfile(path)][:1])
    children = [_start(paths[part::number], render) for part in range(number)]
    shares = [_finish(child, pipe) for child, pipe in children]
    results: list[Rendered] = [("", Summary(0, 0, 0, 0))] * len(paths)
    for part, share in enumerate(shares):
        results[part::number] = share
    return results


def _start(paths: Sequence[str], render: Callable[[Sequence[str]], list[Rendered]]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        data = marshal.dumps([(text, tuple(summary)) for text, summary in render(paths)])
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        # No clean-up of what belongs to the parent: buffers, exit handlers.
        os._exit(code)
    raise AssertionError


def _finish(child: int, pipe: int) -> list[Rendered]:
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child, 0)
    if status or not data:
        raise InternalError("a lint process died", "run again with --jobs 1 to see on which file")
    return [(text, Summary(*summary)) for text, summary in marshal.loads(data)]  # noqa: S302  # from our own child
