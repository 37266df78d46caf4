"""From a config that can be read to a target's files and what people have to do. Read this first.

normal ─build─▶ what must run ─render─▶ files + tasks
"""

from travistool.migrate.build import build
from travistool.migrate.conditions import FALSE
from travistool.migrate.target import Migration, Target
from travistool.migrate.tasks import Tasks
from travistool.schema.normalize import Normal


def migrate(normal: Normal, target: Target, *, repo: str = "", comments: tuple[str, ...] = ()) -> Migration:
    """Return the migration of a config. Never raises for what a config may hold. `repo` is `owner/name`, if known.

    There are no files where no job can ever run.
    """
    tasks = Tasks()
    made = build(normal, tasks, repo, comments=comments or _header(normal.root.source.text))
    files = target.render(made, tasks) if any(row.when != FALSE for row in made.rows) else ()
    return Migration(target, files, tasks.all())


def _header(text: str) -> tuple[str, ...]:
    """Return the comment lines that a config starts with."""
    found = []
    for line in text.lstrip("\ufeff").split("\n"):
        if not line.startswith("#"):
            break
        found.append(line.lstrip("#").strip())
    return tuple(found)
