"""Real configs: the normalized config and the messages are the official ones."""

from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.pipeline import read
from travistool.schema.normalize import Normal
from travistool.schema.run import Options
from travistool.source import Source

pytestmark = pytest.mark.parity


def test_configs() -> None:
    tally = Tally("configs")
    for row in rows("configs.jsonl.gz"):
        text = row["yaml"]
        reading = read(Source(row["path"], text))
        assert reading.normal is not None, (row["path"], reading.diagnostics)
        theirs = [row["config"], messages(row["msgs"])]
        tally.add(row["path"], text, _result(reading.normal), theirs)
        _check_spans(row["path"], text, reading.normal)
    tally.check()


def test_messages_of_the_option_support() -> None:
    texts = {row["path"]: row["yaml"] for row in rows("configs.jsonl.gz")}
    tally = Tally("support")
    for row in rows("support.jsonl.gz"):
        text = texts[row["path"]]
        normal = read(Source(row["path"], text), Options(support=True)).normal
        assert normal is not None
        ours = [message for message in _messages(normal) if '"unsupported"' in message]
        tally.add(row["path"], text, ours, messages(row["msgs"]))
    tally.check()


def _result(normal: Normal) -> list[Any]:
    return [normal.config(), _messages(normal)]


def _messages(normal: Normal) -> list[str]:
    return messages((message.level, message.key, message.code, message.args) for message in normal.messages)


def _check_spans(path: str, text: str, normal: Normal) -> None:
    for message in normal.messages:
        span = message.span
        assert 0 <= span.start <= span.end <= len(text), (path, message)
        assert span.source.text is text, (path, message)
