"""Which machine a row runs on, and the steps that give it its language: one function per language in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from travistool.migrate.data.facts import facts
from travistool.migrate.github import jvm
from travistool.migrate.github.language import Language, note_version, numbers_of, uses, with_options
from travistool.migrate.github.slots import slot
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]


class Machine(NamedTuple):
    """Where a row runs. `container` is an image, `` for none."""

    runner: str
    container: str = ""


def machine(row: Row, tasks: Tasks) -> Machine:
    """Return the runner for a row's os, dist and processor; what does not exist becomes a task."""
    runners = facts("github")["runners"]
    if row.os == "windows":
        return Machine(runners["windows"])
    if row.os == "osx":
        _note_xcode(row, tasks)
        return Machine(runners["macos"])
    if row.os != "linux":
        _no_machine(row, tasks, f"there is no runner for the system '{row.os}'")
    runner = runners["linux"].get(row.dist, runners["default"])
    if row.arch.startswith("arm64"):
        return Machine(runners["arm64"][runner])
    if row.arch not in ("amd64", "x86_64", ""):
        _no_machine(row, tasks, f"there is no runner with the processor '{row.arch}'")
    return Machine(runner)


def note_dist(row: Row, runner: str, container: str, tasks: Tasks) -> None:
    """Note the Ubuntu that the config asks for where there is no runner with it."""
    if row.os != "linux" or row.dist not in ("precise", "trusty", "xenial", "bionic", "focal"):
        return
    where = f"in the image '{container.partition(':')[0]}', which is a Debian" if container else f"on {runner}"
    tasks.add(
        "platform",
        f"there is no runner with Ubuntu {row.dist}: jobs run {where}",
        "check packages and versions that the commands expect",
        place_of(row.job, "dist"),
    )


def _no_machine(row: Row, tasks: Tasks, reason: str) -> None:
    tasks.add(
        "platform",
        reason,
        "run such jobs on a machine of your own, or drop them; they run on Linux with amd64 until then",
        place_of(row.job, "arch") or place_of(row.job, "os"),
    )


def _note_xcode(row: Row, tasks: Tasks) -> None:
    found = re.match(r"xcode([12]\d|\d)", row.osx_image)
    if found is not None and int(found[1]) < facts("github")["runners"]["xcode_oldest"]:
        reason = f"there is no runner with the Xcode of '{row.osx_image}': the newest one of {facts('github')['runners']['macos']} is used"
        tasks.add("platform", reason, "check simulators, SDKs and Swift versions", place_of(row.job, "osx_image"))


def language(row: Row, runner: str, tasks: Tasks) -> Language:
    """Return what a row's language needs on a runner."""
    make = _LANGUAGES.get(row.language.name)
    return Language() if make is None else make(row, runner, tasks)


def _python(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("python") or "3.10"
    version = _python_version(asked)
    if version.startswith("pypy"):
        return Language((uses("actions/setup-python", python_version=slot("python", version)),))
    oldest, _ = facts("github")["versions"]["python"].get(runner.removesuffix("-arm"), ["3.8", ""])
    numbers = numbers_of(version)
    if len(numbers) < 2 and numbers != (2,):
        return Language((uses("actions/setup-python", python_version=slot("python", version)),))
    if numbers >= numbers_of(oldest):
        return Language((uses("actions/setup-python", python_version=slot("python", version)),))
    if numbers[:2] == (3, 7) and row.os == "linux":
        step = uses("actions/setup-python", python_version=slot("python", version))
        return Language((step,), runner="ubuntu-22.04")
    if row.os != "linux" or numbers[:2] in ((2, 6), (3, 0), (3, 1), (3, 2)):
        reason = f"Python {asked} cannot be installed on {runner}"
        note_version(row, tasks, "python", reason, "drop it or use another version; the job fails until then")
        return Language((uses("actions/setup-python", python_version=slot("python", version)),))
    if numbers[:2] in ((3, 3), (3, 4)):
        reason = f"Python {asked} cannot be installed, and GitHub's actions do not run in its image, which is too old"
        note_version(row, tasks, "python", reason, "drop it or use another version; the job fails until then")
    # Images of older patches stand on a system that GitHub's actions do not run on.
    version = ".".join(map(str, numbers[:2])) if len(numbers) > 1 else version
    return Language(container=f"python:{slot('python', version)}", runner=facts("github")["runners"]["default"])


def _python_version(asked: str) -> str:
    if asked in ("nightly", "3-dev"):
        return "3.15-dev"
    if asked == "pypy":
        return "pypy2.7"
    if asked == "pypy3":
        return "pypy3.10"
    found = re.match(r"pypy(\d\.\d+)", asked)
    if found:
        return f"pypy{found[1] if found[1] not in ('3.5', '3.3', '3.2', '2.5') else '3.10' if found[1][0] == '3' else '2.7'}"
    return asked.removeprefix("python").removesuffix("_with_system_site_packages").strip("-") or "3.x"


def _node(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("node_js")
    if not asked:
        # Travis takes the version that the file says, where there is one.
        has_file = "hashFiles('.nvmrc')"
        options = {
            "node-version": f"${{{{ {has_file} == '' && 'lts/*' || '' }}}}",
            "node-version-file": f"${{{{ {has_file} != '' && '.nvmrc' || '' }}}}",
        }
        return Language(({**uses("actions/setup-node"), "with": options},))
    if asked.startswith("iojs"):
        note_version(row, tasks, "node_js", f"'{asked}' is io.js, which nobody installs any more", "drop it")
        asked = "4"
    names = {"node": "latest", "stable": "lts/*", "lts": "lts/*", "current": "latest", "unstable": "latest"}
    version = names.get(asked, asked.removeprefix("v").removeprefix("node-"))
    found = Language((uses("actions/setup-node", node_version=slot("node", version)),))
    if row.os == "osx" and numbers_of(version) and numbers_of(version)[0] < 16:
        return found._replace(runner=facts("github")["runners"]["macos_intel"])
    return found


def _ruby(row: Row, runner: str, tasks: Tasks) -> Language:
    env = {"BUNDLE_GEMFILE": slot("gemfile", row.version("gemfile"))} if row.version("gemfile") else {}
    asked = row.version("rvm")
    if not asked or asked == "default":
        version = "${{ hashFiles('.ruby-version') != '' && '.ruby-version' || 'ruby' }}" if not asked else "ruby"
        return Language((with_options(uses("ruby/setup-ruby"), ruby_version=version),), env=env)
    name = asked.removeprefix("ruby-")
    if name.startswith(("rbx", "ree", "maglev", "macruby", "rubinius", "1.8", "jruby-1.", "jruby-18")):
        note_version(row, tasks, "rvm", f"the Ruby '{asked}' cannot be installed", "drop it; the job fails until then")
    version = {"2.1": "2.1.9", "1.9": "1.9.3", "1.9.2": "1.9.3", "2.0": "2.0.0", "jruby-19mode": "jruby-9.1"}.get(
        name, name
    )
    version = re.sub(r"-p\d+$", "", version)
    version = {"head": "head", "ruby-head": "head"}.get(version, version)
    return Language((uses("ruby/setup-ruby", ruby_version=slot("ruby", version)),), env=env)


def _php(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("php") or "7.2"
    if asked.startswith("hhvm"):
        note_version(
            row, tasks, "php", f"'{asked}' is HHVM, which no longer runs PHP", "drop it; the job fails until then"
        )
    version = {"nightly": "nightly", "master": "nightly", "7": "7.0", "5": "5.6", "8": "8.0"}.get(asked, asked)
    version = ".".join(version.removesuffix("snapshot").split(".")[:2])
    step = uses("shivammathur/setup-php", php_version=slot("php", version))
    if "xdebug.ini" in row.texts:
        step["with"] = {**step["with"], "coverage": "none"}
    return Language((step,))


def _go(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("go").removeprefix("go") or "1.11.x"
    if asked in ("tip", "master"):
        tip = {
            "name": "Set up Go tip",
            "run": 'go install golang.org/dl/gotip@latest\n~/go/bin/gotip download\necho "$HOME/sdk/gotip/bin" >> "$GITHUB_PATH"',
        }
        return Language((with_options(uses("actions/setup-go"), go_version="stable"), tip))
    version = "1.x" if asked in ("stable", "1", "default") else asked
    step = uses("actions/setup-go", go_version=slot("go", version))
    step["with"] = {**step["with"], "cache": False}
    return Language((step,))


def _rust(row: Row, runner: str, tasks: Tasks) -> Language:
    version = slot("rust", row.version("rust") or "stable")
    env = {"RUST_VERSION": version}
    run = 'rustup toolchain install "$RUST_VERSION" --profile minimal\nrustup default "$RUST_VERSION"'
    return Language(({"name": "Set up Rust", "env": env, "run": run},))


_OLDEST_OTP = (24, 2)
"""What setup-beam has for the oldest runner."""


def _note_otp(row: Row, otp: str, tasks: Tasks) -> None:
    numbers = numbers_of(otp)
    if numbers and numbers < _OLDEST_OTP[: len(numbers)]:
        reason = f"Erlang/OTP {otp} cannot be installed: the oldest one is {'.'.join(map(str, _OLDEST_OTP))}"
        note_version(row, tasks, "otp_release", reason, "use a newer one, or drop the job; it fails until then")


def _elixir(row: Row, runner: str, tasks: Tasks) -> Language:
    otp = row.version("otp_release") or "24"
    elixir = row.version("elixir") or "1.14"
    _note_otp(row, otp, tasks)
    numbers = numbers_of(elixir)[:2]
    if not row.version("otp_release") and numbers and numbers < (1, 11):
        reason = f"Elixir {elixir} needs an Erlang/OTP before 24, which cannot be installed"
        note_version(row, tasks, "elixir", reason, "use Elixir 1.11 or newer; the job may fail until then")
    step = uses("erlef/setup-beam", otp_version=slot("otp", otp), elixir_version=slot("elixir", elixir))
    return Language((step,), runner="ubuntu-22.04")


def _erlang(row: Row, runner: str, tasks: Tasks) -> Language:
    _note_otp(row, row.version("otp_release"), tasks)
    step = uses("erlef/setup-beam", otp_version=slot("otp", row.version("otp_release") or "24"))
    step["with"] = {**step["with"], "rebar3-version": "3"}
    return Language((step,), runner="ubuntu-22.04")


def _csharp(row: Row, runner: str, tasks: Tasks) -> Language:
    if row.version("dotnet"):
        return Language((uses("actions/setup-dotnet", dotnet_version=slot("dotnet", row.version("dotnet"))),))
    if row.version("mono") == "none":
        return Language((uses("actions/setup-dotnet", dotnet_version="8.x"),))
    version = row.version("mono")
    if not version or version in ("latest", "weekly", "alpha", "beta"):
        version = "6.12"
    if row.os != "linux":
        return Language()
    return Language(container=f"mono:{slot('mono', version)}", runner=facts("github")["runners"]["default"])


def _plain(name: str, key: str, option: str, default: str) -> Callable[[Row, str, Tasks], Language]:
    def make(row: Row, runner: str, tasks: Tasks) -> Language:
        return Language((uses(name, **{option: slot(key, row.version(key) or default)}),))

    return make


def _d(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("d") or "dmd"
    version = f"{asked}-latest" if asked in ("dmd", "ldc") else asked.replace("-nightly", "-master")
    if asked.startswith("gdc"):
        note_version(row, tasks, "d", f"'{asked}' cannot be installed", "install gdc by apt, or drop it")
    return Language((uses("dlang-community/setup-dlang", compiler=slot("d", version)),))


def _haxe(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("haxe") or "stable"
    version = {"stable": "4.3.4", "development": "latest"}.get(asked, asked)
    return Language((uses("krdlab/setup-haxe", haxe_version=slot("haxe", version)),))


def _r(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("r") or "release"
    version = {"oldrel": "oldrel-1", "bioc-devel": "devel", "bioc-release": "release"}.get(asked, asked)
    step = uses("r-lib/actions/setup-r", r_version=slot("r", version))
    pandoc = {"uses": f"r-lib/actions/setup-pandoc@{facts('github')['actions']['r-lib/actions/setup-r']['version']}"}
    return Language((step, pandoc))


def _dart(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("dart") or "stable"
    return Language((uses("dart-lang/setup-dart", sdk=slot("dart", asked.removesuffix("/release/latest"))),))


def _nix(row: Row, runner: str, tasks: Tasks) -> Language:
    return Language((uses("cachix/install-nix-action"),))


def _compiler(row: Row, runner: str, tasks: Tasks) -> Language:
    found = {variable.name: variable.value for variable in row.language_variables}
    asked = row.version("compiler")
    env = {}
    for name in ("CC", "CXX"):
        text = found.get(name, "")
        match = re.fullmatch(r"\$\{\w+:-([^}]*)\}", text)
        if match and not any(variable.name == name for variable in row.variables):
            env[name] = slot(name, asked if name == "CC" and row.language.name == "c" and asked else match[1])
    return Language(env=env)


def _perl(row: Row, runner: str, tasks: Tasks) -> Language:
    asked = row.version("perl")
    if asked and numbers_of(asked) and numbers_of(asked) < (5, 8):
        note_version(row, tasks, "perl", f"Perl {asked} cannot be installed", "drop it")
    version = asked.removesuffix("-shrplib").removesuffix("-extras").removesuffix("-thr") or "5.36"
    return Language((uses("shogo82148/actions-setup-perl", perl_version=slot("perl", version)),))


_LANGUAGES: Mapping[str, Callable[[Row, str, Tasks], Language]] = {
    "android": jvm.android,
    "c": _compiler,
    "clojure": jvm.clojure,
    "cpp": _compiler,
    "crystal": _plain("crystal-lang/install-crystal", "crystal", "crystal", "latest"),
    "csharp": _csharp,
    "d": _d,
    "dart": _dart,
    "elixir": _elixir,
    "elm": _node,
    "erlang": _erlang,
    "go": _go,
    "groovy": jvm.java,
    "haskell": _plain("haskell-actions/setup", "ghc", "ghc_version", "latest"),
    "haxe": _haxe,
    "java": jvm.java,
    "julia": _plain("julia-actions/setup-julia", "julia", "version", "1"),
    "matlab": _plain("matlab-actions/setup-matlab", "matlab", "release", "latest"),
    "nix": _nix,
    "node_js": _node,
    "perl": _perl,
    "perl6": _plain("Raku/setup-raku", "perl6", "raku_version", "latest"),
    "php": _php,
    "python": _python,
    "r": _r,
    "ruby": _ruby,
    "rust": _rust,
    "scala": jvm.scala,
    "smalltalk": _plain("hpi-swa/setup-smalltalkCI", "smalltalk", "smalltalk_image", "Squeak64-trunk"),
}
"""One function per language; the others need nothing beyond the machine."""
