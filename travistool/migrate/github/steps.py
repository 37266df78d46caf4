"""The steps of one row: prepare the machine, fetch the repository, set up the language, run the phases, deploy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travistool.migrate import shell
from travistool.migrate.github.caches import cache
from travistool.migrate.github.expressions import Gate
from travistool.migrate.github.facts import action
from travistool.migrate.github.language import Language
from travistool.migrate.github.later import SAVE, TITLES, Joined, later, leaving
from travistool.migrate.github.services import Served
from travistool.migrate.github.slots import escaped, slot
from travistool.migrate.github.variables import RANGE, SHELL, WORKSPACE
from travistool.migrate.machine import brewfile
from travistool.migrate.model import Row
from travistool.migrate.phases import (
    SETUP,
    Needs,
    joined_text,
    needs,
    script_text,
    setup_text,
    with_functions,
)
from travistool.migrate.prelude import installing, installs_as_root
from travistool.migrate.tasks import Tasks
from travistool.migrate.tools import archive, tools
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import FOLDER, unpacked

Step = dict[Any, Any]

_SUDO = 'printf \'#!/bin/sh\\nwhile case "$1" in -*) true ;; *) false ;; esac; do shift; done\\nexec "$@"\\n\' > /usr/local/bin/sudo\nchmod +x /usr/local/bin/sudo'


def steps(row: Row, language: Language, serving: Served, gate: Gate, tasks: Tasks) -> list[Step]:
    """Return all steps of a row. Texts that may differ from row to row are slots."""
    found: list[Step] = []
    if language.container and installs_as_root(row):
        found.append({"name": "Do without sudo", "run": _SUDO})
    if language.container and archive(row, "\n".join((row.texts, *installing(row)))):
        lines = archive(row, "\n".join((row.texts, *installing(row))))
        found.append({"name": "Find packages where they are kept", "run": "\n".join(lines)})
    found += [{"name": setup.title, "run": "\n".join(setup.commands)} for setup in row.setups]
    if language.container and tools(row):
        found.append({"name": "Install programs of Travis's machines", "run": "\n".join(tools(row))})
    found += _checkout(row)
    found += language.steps
    if row.os == "osx" and row.osx_image:
        found += _xcode(row)
    found += _environment(row, bare=bool(language.container))
    found += serving.steps
    found += cache(row, tasks)
    found += _fetched(row)
    if brewfile(row.job):
        found.append({"name": "Install what the Brewfile lists", "run": brewfile(row.job)})
    found += _phases(row, gate, tasks, bare=bool(language.container))
    return found


def _checkout(row: Row) -> Iterator[Step]:
    git = row.git
    if not git.clone:
        return
    if git.autocrlf:
        yield {"name": "Configure git", "run": f"git config --global core.autocrlf {shell.quoted(git.autocrlf)}"}
    options: dict[str, Any] = {"fetch-depth": 0 if git.tags else git.depth}
    if git.submodules != "no":
        options["submodules"] = "recursive" if git.submodules == "recursive" else True
    if git.sparse:
        options["sparse-checkout"] = git.sparse
    if "git push" not in row.texts:
        options["persist-credentials"] = False
    yield {"uses": action("actions/checkout"), "with": options}


def _xcode(row: Row) -> Iterator[Step]:
    found = re.fullmatch(r"xcode(\d\d)(?:\.(\d+))?", row.osx_image)
    if found and int(found[1]) >= 16:
        version = f"{found[1]}.{found[2] or '0'}"
        yield {"name": "Select Xcode", "run": f"sudo xcode-select -s /Applications/Xcode_{version}.app"}


def _environment(row: Row, *, bare: bool) -> Iterator[Step]:
    """Yield the step for variables that only a shell can work out, and that for encrypted lines."""
    lines = [variable.name for variable in row.variables if variable.kind == "line"]
    if lines:
        words = " ".join(f'"${name}"' for name in lines)
        run = (
            f"for line in {words}; do\n"
            '  [ -n "$line" ] || continue\n'
            '  echo "::add-mask::${line#*=}"\n'
            '  echo "$line" >> "$GITHUB_ENV"\n'
            "done"
        )
        yield {
            "name": "Set encrypted variables",
            "env": {name: f"${{{{ secrets.{name} }}}}" for name in lines},
            "run": run,
        }
    shared = [f"{name}={SHELL[name]}" for name in row.builtins if name in SHELL and (bare or name != WORKSPACE)]
    own: list[str] = []
    rest: list[str] = []
    for variable in (*row.variables, *_language_shell(row)):
        if variable.kind == "shell":
            (shared if variable.is_global else own).append(f"{variable.name}={variable.value}")
            rest.append(variable.name)
    if not shared and not own:
        return
    names = list(dict.fromkeys([text.partition("=")[0] for text in shared] + rest))
    step: Step = {"name": "Set variables"}
    env = dict(RANGE) if "TRAVIS_COMMIT_RANGE" in row.builtins else {}
    text = [shell.alone(f"export {one}") for one in shared]
    if "TRAVIS_COMMIT_RANGE" in row.builtins:
        text.insert(0, 'case "$BEFORE" in *[!0]*) ;; *) BEFORE= ;; esac')
    if own:
        env["ROW"] = slot("variables", escaped(" ".join(own)))
        text.append('eval "export $ROW"')
    values = {one.partition("=")[0]: one for one in (*shared, *own)}
    text += [_told(name, values[name]) for name in names]
    if env:
        step["env"] = env
    # A value that no shell can read sets nothing, but ends no job.
    yield {**step, "run": escaped("\n".join(("set +e", *text)))}


def _told(name: str, text: str) -> str:
    """Return the line that hands a variable on to later steps; what commands say may have several lines."""
    if "$(" in text or "`" in text:
        return f'{{ echo "{name}<<END"; echo "${name}"; echo END; }} >> "$GITHUB_ENV"'
    return f'echo "{name}=${name}" >> "$GITHUB_ENV"'


def _language_shell(row: Row) -> list[Any]:
    own = {variable.name for variable in row.variables}
    used = row.builtins
    return [
        variable._replace(is_global=True)
        for variable in row.language_variables
        if variable.kind == "shell" and variable.name in used and variable.name not in own
    ]


_NVM = re.compile(r"(?m)(?:^|[;&|(]|then|do)\s*nvm\s")


def _fetched(row: Row) -> Iterator[Step]:
    for name in row.uses:
        yield {
            "uses": action("actions/download-artifact"),
            "with": {"name": name, "path": FOLDER},
            "continue-on-error": True,
        }
    if row.uses:
        lines = [line for line in unpacked(row) if line.startswith("[")]
        yield {"name": "Unpack what earlier jobs left", "run": "\n".join(("set +e", *lines, "true"))}


def _phases(row: Row, gate: Gate, tasks: Tasks, *, bare: bool) -> Iterator[Step]:
    if leaving(row) and not row.deployments and not row.creates:
        # Only one step for all can pass although its script has failed, as Travis lets `exit 0` decide.
        yield _phase("", "Build", whole_text(row._replace(uses=()), tasks))
        return
    _note_leaving(row, tasks)
    share = needs(row)
    mark = "script" if share.after else ""
    joined = share.state or share.leaves
    if joined:
        title = "Install and script" if any(name in row.blocks for name in SETUP) else "Script"
        yield _phase(mark, title, joined_text(row, lambda name: _saved(row, share, name)))
    else:
        for name in SETUP:
            if name in row.blocks:
                yield _phase("", TITLES[name], setup_text(row.blocks[name]))
        if "script" in row.blocks:
            yield _phase(mark, TITLES["script"], script_text(row.blocks["script"]))
        elif share.after:
            yield _phase("script", TITLES["script"], "true")
    yield from later(row, gate, tasks, Joined(joined, state=share.state, leaves=share.leaves), bare=bare)


def _note_leaving(row: Row, tasks: Tasks) -> None:
    for name in leaving(row):
        tasks.add(
            "command",
            f"a command in '{name}' may end the job, but ends its step only on GitHub where it says that all is well",
            "make what follows depend on a condition of its own, or let the command fail",
            row.blocks[name].place,
        )


def _saved(row: Row, share: Needs, result: str) -> str:
    """Return what later steps need: the state of the shell, and the result where the step's own does not say it."""
    lines = [SAVE] if share.state and share.after else []
    asks = bool(row.creates) or any(name in row.blocks for name in ("before_cache", "after_failure", "after_script"))
    if not share.leaves and not asks:
        return "\n".join(lines)
    # A word, as nothing at all counts as 0 where numbers are compared.
    told = f'[ "${result}" = 0 ] && ended=passed || ended=failed\necho "result=$ended" >> "$GITHUB_OUTPUT"'
    return "\n".join((*lines, told)) if share.after else ""


def _phase(name: str, title: str, text: str) -> Step:
    step: Step = {"id": name} if name else {}
    return {"name": title, **step, "run": escaped(_with_nvm(with_functions(text)))}


def _with_nvm(text: str) -> str:
    """Give a script nvm, which is on the runners, but not in every shell."""
    return (
        f'[ ! -s "$NVM_DIR/nvm.sh" ] || source "$NVM_DIR/nvm.sh"\n{text}'
        if "nvm" in text and _NVM.search(text)
        else text
    )
