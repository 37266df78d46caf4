"""The commands that enter secrets: they hand name and value to the client, or leave it to the client to ask."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.target import Target
from travistool.migrate.targets import TARGETS

_ASK_THEMSELVES = frozenset(("github", "circleci", "azure", "buildkite"))
_SEEN = {"jenkins": 'a &lt; b &amp; "c"'}
"""What the client gets to see of the value, where that is not the value itself."""

_VALUE = 'a < b & "c"'
_STUB = """\
#!/bin/sh
for word; do printf '%s\\n' "$word" >> "$SEEN"; done
[ "${0##*/}" != curl ] && [ "${0##*/}" != java ] || cat >> "$SEEN"
"""


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_clients_get_name_and_value(target: Target, tmp_path: Path) -> None:
    for name in ("gh", "glab", "circleci", "az", "bk", "woodpecker-cli", "jq", "curl", "java"):
        (tmp_path / name).write_text(_STUB)
        (tmp_path / name).chmod(0o755)
    made = migrate(normal("script: x\nenv: {global: [{API_KEY: {secure: abc}}]}\n"), target)
    (task,) = [task for task in made.tasks if "API_KEY" in task.reason]
    script = "\n".join(task.commands)
    seen = tmp_path / "seen"
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "SEEN": str(seen)}
    subprocess.run(["bash", "-euc", script], input=f"{_VALUE}\n", text=True, check=True, env=environment)
    told = seen.read_text()
    assert target.secret_name("API_KEY") in told
    assert (_SEEN.get(target.name, _VALUE) in told) is (target.name not in _ASK_THEMSELVES)
    assert _VALUE not in script
