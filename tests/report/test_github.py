"""Workflow commands: places, levels and escapes."""

import pytest

from tests.report.samples import finding, linted, report, unreadable
from travistool.diagnostics import Findings


@pytest.mark.parametrize(
    ("findings", "command"),
    [
        pytest.param(
            finding("a: bc\n", "bc"),
            "::warning file=a.yml,line=1,endLine=1,col=4,endColumn=6,title=edge::wrong\n",
            id="one line",
        ),
        pytest.param(
            finding("a:\n  b: 1\n", "a", end="1"),
            "::warning file=a.yml,line=1,endLine=2,title=edge::wrong\n",
            id="several lines have no columns",
        ),
        pytest.param(
            unreadable(), "::error file=a.yml,title=unreadable-file::cannot read the file: it burns\n", id="no text"
        ),
        pytest.param(
            linted("os: ubuntu\n"),
            "::notice file=a.yml,line=1,endLine=1,col=5,endColumn=11,title=alias-value::"
            "'ubuntu' is another name for 'linux'\n",
            id="info is a notice",
        ),
        pytest.param(
            finding("a\n", "a", path="a,b:c%\n.yml", message="50%\r\n::error::x"),
            "::warning file=a%2Cb%3Ac%25%0A.yml,line=1,endLine=1,col=1,endColumn=2,title=edge::50%25%0D%0A::error::x\n",
            id="escapes",
        ),
    ],
)
def test_command(findings: Findings, command: str) -> None:
    assert report("github", findings) == command
