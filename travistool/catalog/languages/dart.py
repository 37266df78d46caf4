"""Dart: pub, with tasks of `dart_task`."""

from travistool.catalog.check import AnyOf, Check, ConfigIs, Contains, File, Folder, Named
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import Command, always, fails, quiet, when
from travistool.catalog.check import AllOf, Configured, Not, Shell
from travistool.catalog.settings import Settings


def _task(settings: Settings, name: str) -> object:
    """Return what `dart_task` says of a task; testing is what is done when it names none."""
    task = settings.part("dart_task", name)
    if task is None and name in settings.items("dart_task"):
        task = True
    return task


def _analyzes(settings: Settings) -> str:
    return "true" if _task(settings, "dartanalyzer") else "false"


def _formats(settings: Settings) -> str:
    return "true" if _task(settings, "dartfmt") or settings.part("dart_task", "dartfmt") else "false"


def _tests(settings: Settings) -> str:
    other = "true" in (_analyzes(settings), _formats(settings))
    return "true" if _task(settings, "test") or not other else "false"


def _test_args(settings: Settings) -> str:
    task = _task(settings, "test")
    return f" {task}" if isinstance(task, str) else ""


def _display(settings: Settings) -> str:
    wanted = settings.part("dart_task", "xvfb")
    wanted = settings.config.get("xvfb", True) if wanted is None else wanted
    if wanted is False or settings.first("os") in ("osx", "windows"):
        return ""
    return 'xvfb-run -s "-screen 0 1024x768x24" '


def _folder(settings: Settings) -> str:
    task = _task(settings, "dartanalyzer")
    return task if isinstance(task, str) else "."


def _has(package: str) -> Check:
    return AnyOf((Folder(f"packages/{package}"), Contains(".packages", f"^{package}:")))
