"""The repository: what Travis runs to get it, run here or only shown.

Source: git's part of travis-build (lib/travis/build/git at 2812e526), as recorded.
"""

from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.shell import Lines, call, choose, fold, live, say, word

_DEPTH = 50


def checkout(job: Job, build: Build, means: Means) -> Lines:
    """Return the statements of the checkout. Behind them the shell stands in the repository."""
    given = job.config.get("git")
    git = given if isinstance(given, dict) else {}
    lines = [
        '[[ -d "$HOME/build" ]] || mkdir -p "$HOME/build"',
        'cd "$HOME/build" || travis_terminate 2',
        *_known_hosts(job),
    ]
    if git.get("clone") is False:
        return [*lines, say("Skipping `git clone` based on given configuration", "yellow")]
    lines += _settings(git)
    really = means.checkout == "clone"
    if git.get("strategy") == "tarball":
        return [*lines, *_tarball(build, really)]
    body = [*_clone(build, git, really), call(f"cd {build.repo}", "echo"), *_commit(build, really)]
    return [*lines, *fold("git.checkout", body), *_submodules(git, really)]


def build_dir(build: Build) -> str:
    """Return the folder of the repository as the shell writes it."""
    return f"$HOME/build/{build.repo}"


def _shown(text: str, really: bool, *flags: str) -> str:
    """Return the statement that runs a command, or shows it where another one has done its work."""
    return call(text, *flags) if really else call(":", *flags, display=text)


def _known_hosts(job: Job) -> Lines:
    addons = job.config.get("addons")
    hosts = addons.get("ssh_known_hosts") if isinstance(addons, dict) else None
    lines: Lines = []
    for host in hosts if isinstance(hosts, list) else [hosts] if hosts else []:
        name, _, port = as_text(host).partition(":")
        option = f"-p {word(port)} " if port else ""
        lines.append(
            call(f"ssh-keyscan -t rsa,dsa,ecdsa -H {option}{word(name)} >> ~/.ssh/known_hosts", "echo", "timing")
        )
    return ["mkdir -p ~/.ssh && touch ~/.ssh/known_hosts", *fold("ssh_known_hosts.0", lines)] if lines else []


def _settings(git: dict[str, Any]) -> Lines:
    lines: Lines = []
    for key in ("autocrlf", "symlinks"):
        if git.get(key) is not None:
            lines.append(call(f"git config --global core.{key} {word(as_text(git[key]))}", "echo"))
    if git.get("lfs_skip_smudge") is True:
        lines.append(call("export GIT_LFS_SKIP_SMUDGE=1", "echo"))
    return lines


def _clone(build: Build, git: dict[str, Any], really: bool) -> Lines:
    if git.get("sparse_checkout"):
        return _sparse(build, git, really)
    options = [*_depth(git), *_branch(build), *_quiet(git)]
    command = " ".join(["git clone", *options, build.url, build.repo])
    again = " ".join(["git", "-C", build.repo, "fetch", "origin", *_quiet(git)])
    reset = " ".join(["git", "-C", build.repo, "reset", "--hard", *_quiet(git)])
    if not really:
        return [_shown(command, really, "echo", "timing")]
    return choose(
        [
            (f"[[ ! -d {build.repo}/.git ]]", [call(command, "echo", "timing", "retry")]),
            ("true", [call(again, "echo", "timing", "assert", "retry"), call(reset, "echo", "timing", "assert")]),
        ]
    )


def _depth(git: dict[str, Any]) -> list[str]:
    depth = git.get("depth", _DEPTH)
    return [] if depth in (False, None) else [f"--depth={as_text(depth if depth is not True else _DEPTH)}"]


def _branch(build: Build) -> list[str]:
    if build.is_pull_request:
        return []
    name = build.event.tag or build.event.branch
    return [f"--branch={word(name)}"] if name else []


def _quiet(git: dict[str, Any]) -> list[str]:
    return ["--quiet"] if git.get("quiet") is True else []


def _sparse(build: Build, git: dict[str, Any], really: bool) -> Lines:
    """Return a sparse clone: `sparse_checkout` names a file in the repository that holds patterns."""
    patterns = as_text(git["sparse_checkout"])
    branch = word(build.event.tag or build.event.branch or "master")
    pull = " ".join(["git", "-C", build.repo, "pull", "origin", branch, *_depth(git)])
    info = f"{build.repo}/.git/info/sparse-checkout"
    steps = (
        f"git init {build.repo}",
        f"git -C {build.repo} config core.sparseCheckout true",
        f"echo {word(patterns)} >> {info}",
        f"git -C {build.repo} remote add origin {build.url}",
        pull,
        f"cat {build.repo}/{patterns} >> {info}",
        f"git -C {build.repo} reset --hard",
    )
    return [_shown(step, really, "echo", "timing", *(["retry"] if step == pull and really else [])) for step in steps]


def _commit(build: Build, really: bool) -> Lines:
    if build.is_pull_request:
        fetch = f"git fetch origin +refs/pull/{build.pull_request}/merge:"
        flags = ["echo", "timing", "assert"]
        return [
            _shown(fetch, really, *flags, *(["retry"] if really else [])),
            _shown("git checkout -qf FETCH_HEAD", really, *flags),
        ]
    wanted = build.event.tag or build.commit
    return [_shown(f"git checkout -qf {word(wanted)}", really, "echo", "timing", "assert")] if wanted else []


def _submodules(git: dict[str, Any], really: bool) -> Lines:
    if git.get("submodules") is False:
        return []
    depth = git.get("submodules_depth")
    command = "git submodule update --init --recursive --quiet"
    command += f" --depth={as_text(depth)}" if depth not in (None, False) else ""
    body = fold("git.submodule", [_shown(command, really, "echo", "timing", "assert", *(["retry"] if really else []))])
    return choose([("[[ -f .gitmodules ]]", body)])


def _tarball(build: Build, really: bool) -> Lines:
    name = build.repo.replace("/", "-")
    address = f"https://api.github.com/repos/{build.repo}/tarball/{build.commit or build.event.branch or ''}"
    lines = [
        f"mkdir -p {build.repo}",
        _shown(
            f"curl -o {name}.tar.gz -L {address}", really, "echo", "timing", "assert", *(["retry"] if really else [])
        ),
        _shown(f"tar xfz {name}.tar.gz", really, "echo", "timing", "assert"),
        _shown(f"mv {name}-{build.commit[:7]}*/* {build.repo}", really, "echo", "timing", "assert"),
        call(f"cd {build.repo}", "echo"),
    ]
    return fold("tarball.1", lines)


def announced(build: Build) -> Lines:
    """Return the export of the repository's folder, which is set whether or not there is one."""
    return [f"export TRAVIS_BUILD_DIR={live(build_dir(build))}"]
