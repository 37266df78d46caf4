"""Services as containers beside the job, on the ports of localhost that Travis has them on, with Travis's users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from travistool.document.layout import Inline
from travistool.migrate import programs
from travistool.migrate.containers import Container, containers, uses_docker, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]


class Served(NamedTuple):
    """The `services:` of a job, steps that let clients find them, and variables that clients need."""

    services: dict[str, Any]
    steps: tuple[Step, ...] = ()
    env: Mapping[str, str] = {}


def served(row: Row, tasks: Tasks, in_container: bool) -> Served:
    """Return what the services of a row come to."""
    found = containers(row, facts("github")["images"], tasks)
    steps = list(_steps(found, in_container=in_container))
    steps += _programs(row, in_container=in_container)
    if in_container and uses_docker(row):
        reason = (
            "jobs that start containers run in a container, as the machine does not have the version of the language"
        )
        place = next(one.place for one in row.services if one.name == "docker")
        tasks.add("service", reason, "install docker's client in it, or use a newer version on the machine", place)
    env = {"PGHOST": "127.0.0.1", "PGUSER": "postgres"} if any(one.name == "postgresql" for one in found) else {}
    return Served({one.name: _service(one) for one in found}, tuple(steps), env)


def _programs(row: Row, *, in_container: bool) -> Iterator[Step]:
    """Yield the steps for programs that Travis's machines have. Steps share variables by a file."""
    lines = programs.display(row, installs=in_container)
    if lines:
        is_started = any(line.startswith("export ") for line in lines)
        title = "Start a virtual display" if is_started else "Let commands start a virtual display"
        yield {"name": title, "run": _for_later(lines)}
    if programs.gopath(row):
        yield {"name": "Link the repository into GOPATH", "run": _for_later(programs.gopath(row))}
    if programs.nvm(row) and (in_container or row.os == "osx"):
        yield {
            "name": "Install nvm",
            "run": _for_later([one for one in programs.nvm(row) if not one.startswith("source")]),
        }
    if programs.compose(row) and not in_container:
        yield {"name": "Give docker compose its old name", "run": "\n".join(programs.compose(row))}


def _for_later(lines: Sequence[str]) -> str:
    """Return lines whose variables later steps have, too."""
    found = []
    for line in lines:
        name, _, value = line.removeprefix("export ").partition("=")
        if not line.startswith("export "):
            found.append(line)
        elif name == "PATH":
            found.append(f'echo {value.replace(":$PATH", "")} >> "$GITHUB_PATH"')
        else:
            # The lines behind it read it, too.
            found += [line, f'echo "{name}=${name}" >> "$GITHUB_ENV"']
    return "\n".join(found)


def _service(one: Container) -> dict[str, Any]:
    found: dict[str, Any] = {"image": one.image}
    if one.env:
        found["env"] = dict(one.env)
    found["ports"] = Inline([f"{port}:{port}" for port in one.ports])
    if one.health:
        # A service takes no command, but a question whether all is well: it makes Travis's users.
        found["options"] = f'--health-cmd "{one.health}" --health-interval 5s --health-timeout 5s --health-retries 20'
    return found


def _steps(found: tuple[Container, ...], *, in_container: bool) -> Iterator[Step]:
    """Yield what makes clients find the services: on the machine, ports are there already."""
    lines = [line for line in waits(found, by_name=in_container) if not line.startswith("export ")]
    if in_container and found:
        yield {"name": "Hand localhost's ports on to the services", "run": "\n".join(lines)}
    elif any(one.name in ("mysql", "mariadb") for one in found):
        yield {"name": "Let clients find the database", "run": lines[-1]}
