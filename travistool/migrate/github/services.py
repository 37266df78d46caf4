"""Services as containers beside the job, on the ports of localhost that Travis has them on, with Travis's users."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from travistool.document.layout import Inline
from travistool.migrate.containers import Container, containers, waits
from travistool.migrate.github.facts import facts
from travistool.migrate.machine import starts_display
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]


class Served(NamedTuple):
    """The `services:` of a job, steps that let clients find them, and variables that clients need."""

    services: dict[str, Any]
    steps: tuple[Step, ...] = ()
    env: Mapping[str, str] = {}


_DISPLAY = 'Xvfb :99 -screen 0 1280x1024x24 > /dev/null 2>&1 &\necho "DISPLAY=:99.0" >> "$GITHUB_ENV"'


def served(row: Row, tasks: Tasks, in_container: bool) -> Served:
    """Return what the services of a row come to."""
    found = containers(row, facts()["images"], tasks)
    steps = list(_steps(found, in_container=in_container))
    if row.os == "linux" and (any(one.name == "xvfb" for one in row.services) or starts_display(row.texts)):
        steps.append({"name": "Start a virtual display", "run": _DISPLAY})
    env = {"PGHOST": "127.0.0.1", "PGUSER": "postgres"} if any(one.name == "postgresql" for one in found) else {}
    return Served({one.name: _service(one) for one in found}, tuple(steps), env)


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
