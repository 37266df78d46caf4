"""Configs made by chance from commands that pass, fail, leave and change the shell: all systems make the same of them."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.migrate import on_github, on_others, on_travis
from tests.migrate.cases import Case, lay_out
from travistool.migrate.migrate import migrate_to, prepare
from travistool.migrate.targets import target
from travistool.plan.model import Event

pytestmark = pytest.mark.migrate

_TELLS = 'echo "MARK {n} [$V] [$W] ${{PWD##*/}}"'
_PASSING = (
    *("echo MARK {n}", _TELLS, "true && echo MARK {n}", "false || echo MARK {n}", "false | echo MARK {n}"),
    *("false; echo MARK {n}", "for i in 1 2; do echo MARK {n}-$i; done", "false\necho MARK {n}\n", "f 0"),
    *("if [ -d sub1 ]; then\n  echo MARK {n}\nfi\n", "echo MARK {n} # comment", "set +e"),
)
_CHANGING = (
    *("cd sub{d}", "pushd sub{d}", "export V=v{n}", "W=w{n}", "f() {{ echo MARK f{n}; return $1; }}", "unset V"),
    "source env.sh",
)
_OF_SCRIPT = ("cat <<E > out\n{n} $V\nE\nsed 's/^/MARK /' out\n",)
"""Elsewhere here-documents do not end on Travis, which indents them; the other systems take them as they are meant."""
_FAILING = ("false", "(exit 3)", "echo MARK {n}\nfalse\n", "echo MARK {n}; false", "sh -c 'exit 2'", "! true", "f 1")
_LEAVING = ("exit 0", "exit 1", "exit 4", "test -n nothing || exit 1")
_PHASES = (
    *("before_install", "install", "before_script", "script", "before_cache", "after_success", "after_failure"),
    *("after_script", "before_deploy", "after_deploy"),
)
_FOLDERS: Mapping[str, str] = {
    "env.sh": "V=sourced\n",
    **{f"sub{one}/sub{other}/x": "" for one in (1, 2) for other in (1, 2)},
}
_EVENT = Event(branch="master", repo="acme/demo", sender="dev", commit_message="Update", default_branch="master")


def _config(chance: random.Random) -> str:
    numbers = iter(range(1, 100))

    def command(phase: str) -> str:
        # Failures and ends are where they are common: a job that ends at once tells nothing.
        pools = [_PASSING, _PASSING, _CHANGING, _FAILING if phase == "script" or chance.random() < 0.2 else _PASSING]
        pools += [_OF_SCRIPT] if phase == "script" else []
        pools += [_LEAVING] if phase in ("script", "after_success") and chance.random() < 0.3 else []
        return chance.choice(chance.choice(pools)).format(n=next(numbers), d=chance.choice("12"))

    config: dict[str, object] = {"language": "shell", "name": "one"}
    for phase in _PHASES:
        if phase == "script" or chance.random() < 0.5:
            config[phase] = [command(phase) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.5:
        scripts = ("echo MARK deploy $V ${PWD##*/}", "false")
        more: tuple[dict[str, object], ...] = ({}, {"allow_failure": True}, {"on": {"condition": '-n "$V"'}})
        several = range(chance.randint(1, 2))
        config["deploy"] = [
            {"provider": "script", "script": chance.choice(scripts), **chance.choice(more)} for _ in several
        ]
    return json.dumps(config)


@pytest.mark.parametrize("seed", range(12))
def test_random_pipelines(seed: int, tmp_path: Path) -> None:
    text = _config(random.Random(seed))
    case = Case(str(seed), text, _FOLDERS, {}, {}, ())
    found = {}
    for name in ("travis", "github", "gitlab", "buildkite"):
        (tmp_path / name).mkdir()
        place = lay_out(case, tmp_path / name)
        chosen = target(name)
        if chosen is None:
            found[name] = on_travis.run(case, place, _EVENT).without_errored()
            continue
        files = migrate_to(chosen, prepare(case.normal())).files
        run = on_github.run(files[0].text, place, _EVENT, {}) if name == "github" else None
        found[name] = run or on_others.run(name, files, place, _EVENT, {})
    wanted = found.pop("travis")
    assert found == dict.fromkeys(found, wanted), text
