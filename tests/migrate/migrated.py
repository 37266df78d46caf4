"""Configs migrated, as most tests of targets want them."""

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.target import Migration
from travistool.migrate.targets import target


def migrated(text: str, name: str = "github") -> Migration:
    """Return the migration of a config to the target of a name."""
    wanted = target(name)
    assert wanted is not None
    return migrate(normal(text), wanted)
