"""The repository: what Travis runs to get it, run here or only shown.

Source: git's part of travis-build (lib/travis/build/git at 2812e526), as recorded.
"""

from __future__ import annotations

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
    really = means.checkout == "clone"
    if git.get("strategy") == "tarball":
        return [*lines, *_tarball(build, really)]
    if "symlinks" in git:
        lines.append(call(f"git config --global core.symlinks {'true' if git['symlinks'] else 'false'}"))
    if git.get("clone", True) in (False, None):
        return [*lines, say("Skipping `git clone` based on given configuration", "yellow")]
    body = [
        *_settings(git),
        *_clone(build, git, really),
        call(f"cd {build.repo}", "echo"),
        *_commit(build, git, really),
    ]
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
        name, _, port = as_text(host).rpartition("@")[2].partition(":")
        option = f"-p {word(port)} " if port else ""
        scan = f"ssh-keyscan -t $TRAVIS_SSH_KEY_TYPES {option}-H {word(name)}"
        lines.append(call("TRAVIS_SSH_KEY_TYPES='rsa,dsa,ecdsa'"))
        lines.append(call(f"{scan} 2>&1 | tee -a ${{TRAVIS_HOME}}/.ssh/known_hosts", "echo", "timing"))
    start = [say("Adding ssh known hosts", "yellow"), call("mkdir -p ${TRAVIS_HOME}/.ssh", "echo")]
    return fold("ssh_known_hosts.0", [*start, *lines]) if lines else []


def _settings(git: dict[str, Any]) -> Lines:
    lines: Lines = []
    if git.get("lfs_skip_smudge") is True:
        lines.append(call("export GIT_LFS_SKIP_SMUDGE=1", "echo"))
    if "autocrlf" in git:
        lines.append(call(f"git config --global core.autocrlf {as_text(git['autocrlf'])}", "echo", "timing", "assert"))
    return lines


def _clone(build: Build, git: dict[str, Any], really: bool) -> Lines:
    if git.get("sparse_checkout"):
        fresh = _sparse(build, git, really)
    else:
        command = " ".join(["git clone", *_depth(git), *_branch(build), *_quiet(git), build.url, build.repo])
        fresh = [_shown(command, really, "echo", "timing", *(["retry"] if really else []))]
    if not really:
        return fresh
    again = " ".join(["git", "-C", build.repo, "fetch origin", *_depth(git), *_quiet(git)])
    update = [
        call(again, "echo", "timing", "assert", "retry"),
        call(f"git -C {build.repo} reset --hard", "echo", "assert"),
    ]
    return choose([(f"[[ ! -d {build.repo}/.git ]]", fresh), ("true", update)])


def _depth(git: dict[str, Any]) -> list[str]:
    depth = git.get("depth", _DEPTH)
    # Compared by identity: 0 is a depth, which git refuses.
    return [] if depth is False or depth is None else [f"--depth={word(as_text(depth))}"]


def _branch(build: Build) -> list[str]:
    if build.is_pull_request:
        return []
    name = build.event.tag or build.event.branch
    return [f"--branch={word(name)}"] if name else []


def _quiet(git: dict[str, Any]) -> list[str]:
    return ["--quiet"] if git.get("quiet") not in (None, False) else []


def _sparse(build: Build, git: dict[str, Any], really: bool) -> Lines:
    """Return a sparse clone: `sparse_checkout` names a file in the repository that holds patterns."""
    patterns = as_text(git["sparse_checkout"])
    branch = word(build.event.branch or "master")
    pull = " ".join(["git", "-C", build.repo, "pull origin", branch, *_depth(git), *_quiet(git)])
    info = f"{build.repo}/.git/info/sparse-checkout"
    steps = (
        (f"git init {build.repo}", "timing assert retry"),
        (f"git -C {build.repo} config core.sparseCheckout true", "timing assert retry"),
        (f"echo {patterns} >> {info}", "timing assert retry"),
        (f"git -C {build.repo} remote add origin {build.url}", "timing assert retry"),
        (pull, "timing retry"),
        (f"cat {build.repo}/{patterns} >> {info}", "timing assert retry"),
        (f"git -C {build.repo} reset --hard", "assert"),
    )
    title = say(f"Cloning with sparse checkout specified with {patterns}", "yellow")
    return [title, *[_shown(step, really, "echo", *(flags.split() if really else [])) for step, flags in steps]]


def _commit(build: Build, git: dict[str, Any], really: bool) -> Lines:
    if build.is_pull_request:
        fetch = " ".join([f"git fetch origin +refs/pull/{build.pull_request}/merge:", *_depth(git), *_quiet(git)])
        return [
            _shown(fetch, really, "echo", "timing", "assert", *(["retry"] if really else [])),
            _shown("git checkout -qf FETCH_HEAD", really, "echo", "assert"),
        ]
    wanted = build.event.tag or build.commit
    return [_shown(f"git checkout -qf {word(wanted)}", really, "echo", "assert")] if wanted else []


def _submodules(git: dict[str, Any], really: bool) -> Lines:
    if git.get("submodules", True) in (False, None):
        return []
    command = "git submodule update --init --recursive --quiet"
    command += f" --depth={word(as_text(git['submodules_depth']))}" if "submodules_depth" in git else ""
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
        *([call(f"mv {name}-{build.commit[:7]}/* {build.repo}", "timing", "assert")] if really else []),
        call(f"cd {build.repo}", "echo"),
    ]
    return fold("git.tarball", lines)


def announced(build: Build) -> Lines:
    """Return the export of the repository's folder, which is set whether or not there is one."""
    return [f"export TRAVIS_BUILD_DIR={live(build_dir(build))}"]
