"""Dart: pub, with the tasks of `dart_task`."""

from __future__ import annotations

from travistool.catalog.check import AllOf, AnyOf, Check, Configured, Contains, File, Folder, Named, Not, Shell
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import Command, always, fails, quiet, when
from travistool.catalog.settings import Settings


def _task(settings: Settings, name: str) -> object:
    """Return what `dart_task` says of a task: its arguments, true, or None where it does not name it."""
    task = settings.part("dart_task", name)
    return True if task is None and name in settings.items("dart_task") else task


def _analysis(settings: Settings) -> str:
    return "true" if _task(settings, "dartanalyzer") else ""


def _format(settings: Settings) -> str:
    return "true" if _task(settings, "dartfmt") else ""


def _own_format(settings: Settings) -> str:
    return "true" if _task(settings, "dartfmt") not in (None, False, "sdk") else ""


def _test(settings: Settings) -> str:
    """Return whether tests are run: where `dart_task` says so, or nothing else."""
    return "true" if _task(settings, "test") or not (_analysis(settings) or _format(settings)) else ""


def _test_args(settings: Settings) -> str:
    task = _task(settings, "test")
    return f" {task}" if isinstance(task, str) else ""


def _display(settings: Settings) -> str:
    wanted = settings.part("dart_task", "xvfb")
    wanted = settings.config.get("xvfb", True) if wanted is None else wanted
    return "" if wanted is False or settings.first("os") in ("osx", "windows") else _XVFB


def _test_runner(settings: Settings) -> str:
    runner = "pub global run test_runner --disable-ansi"
    return f"{_XVFB}{runner}" if settings.has("with_content_shell") else f"{runner} --skip-browser-tests"


def _folder(settings: Settings) -> str:
    task = _task(settings, "dartanalyzer")
    return task if isinstance(task, str) else "."


def _has(package: str) -> Check:
    return AnyOf((Folder(f"packages/{package}"), Contains(".packages", f"^{package}:")))


def _flag(variable: str, name: str) -> tuple[Export, Export]:
    return Export(variable, "true", Named(name)), Export(variable, "false", Not(Named(name)))


_XVFB = 'xvfb-run -s "-screen 0 1024x768x24" '
_SHELL = Configured("with_content_shell")
_STYLE = Shell(
    '[[ -f pubspec.yaml ]] && pub deps | grep -q "^[|\']-- dart_style "', "the package dart_style is a dependency"
)

LANGUAGE = Language(
    name="dart",
    source=SOURCE.format("dart"),
    versions=("dart",),
    unlisted=("install_dartium", "xvfb"),
    defaults={"dart": "stable"},
    names={
        "analysis": _analysis,
        "format": _format,
        "own_format": _own_format,
        "test": _test,
        "test_args": _test_args,
        "test_runner": _test_runner,
        "display": _display,
        "folder": _folder,
    },
    exports=(
        *_flag("TRAVIS_DART_TEST", "test"),
        *_flag("TRAVIS_DART_ANALYZE", "analysis"),
        *_flag("TRAVIS_DART_FORMAT", "format"),
        Export("TRAVIS_DART_VERSION", "{dart}"),
        Export("PUB_ENVIRONMENT", "travis", echo=True, at="setup"),
        Export("DART_SDK", "$HOME/dart-sdk", at="setup"),
    ),
    announce=((always("dart --version"),),),
    install=((when(File("pubspec.yaml"), "pub get", fold="pub_get"),),),
    script=(
        (
            when(
                AllOf((_has("test"), _SHELL)),
                "export DISPLAY=:99.0",
                "sh -e /etc/init.d/xvfb start",
                "t=0; until (xdpyinfo -display :99 &> /dev/null || test $t -gt 10); do sleep 1; let t=$t+1; done",
                "pub run test -p vm -p content-shell -p firefox",
            ),
            when(AllOf((_has("test"), Named("test"))), "{display}pub run test{test_args}"),
            when(_has("test")),
            when(
                _has("unittest"),
                'echo -e "\\033[31;1mDEPRECATED: The unittest package is deprecated. '
                'Please upgrade to the test\\033[0m"',
                'echo -e "\\033[31;1mpackage. See https://github.com/dart-lang/test#readme.\\033[0m"',
                Command(text="pub global activate test_runner", fold="test_runner_install"),
                "{test_runner}",
            ),
        ),
        (when(Named("analysis"), "dartanalyzer {folder}"),),
        (when(AllOf((Named("own_format"), _STYLE)), quiet('dartfmt() { pub run dart_style:format "$@"; }')),),
        (when(Named("format"), "unformatted=`dartfmt -n .`"),),
        (
            fails(check=AllOf((Named("format"), Shell("[[ $? -ne 0 ]]", "dartfmt itself fails")))),
            fails(
                "Files are unformatted:",
                AllOf((Named("format"), Shell('[[ -n "$unformatted" ]]', "dartfmt names files"))),
            ),
        ),
    ),
    images=Images(
        image="dart:{dart}",
        default="dart:stable",
        versions={"1.24.3": "google/dart:1.24.3", "dev": "dart:beta", "dev/*": "dart:beta", "stable/*": "dart:stable"},
        advice="before 2.12 the images are google/dart:X",
    ),
    notes=("with_content_shell fails the job beside dart_task or install_dartium, and where xvfb is off",),
)
