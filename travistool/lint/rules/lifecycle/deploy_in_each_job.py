"""A deployment of the root belongs to each job: a build of four versions uploads the same release four times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import Deploy, File
from travistool.lint.wording import quoted

_ONCE = (
    "npm",
    "pypi",
    "rubygems",
    "heroku",
    "pages",
    "cargo",
    "hackage",
    "hephy",
    "surge",
    "netlify",
    "firebase",
)
"""Providers of which a second run with the same sources fails, or does the same again."""
_VERSIONS = frozenset(
    (
        *(
            "python",
            "node_js",
            "rvm",
            "php",
            "jdk",
            "go",
            "perl",
            "rust",
            "ghc",
            "scala",
            "otp_release",
            "elixir",
            "env",
            "dist",
        ),
        *("gemfile", "compiler"),
    )
)


def check(file: File) -> Iterator[Finding]:
    deployments = [
        one for one in file.deployments if one.owner is file.root and one.provider in _ONCE and not _picks(one)
    ]
    if not deployments or (file.jobs and any(job.get("deploy") is not None for job in file.jobs)):
        return
    if len(file.plan.jobs) < 2:
        return
    # Imported late: a part of the planner that few files need.
    from travistool.plan.deployments import version_answer  # noqa: PLC0415

    for deploy in deployments:
        on = deploy.element.get("on")
        versions = [
            (key, child.plain()) for key, child in (on.children.items() if on is not None else ()) if key in _VERSIONS
        ]
        jobs = [
            job
            for job in file.plan.jobs
            if all(version_answer("node" if key == "node_js" else key, wanted, job) != "no" for key, wanted in versions)
        ]
        if len(jobs) > 1 and _are_alike([job.config for job in jobs]):
            message = f"{len(jobs)} jobs deploy to {quoted(deploy.provider)}, make it a job of its own or name one job's version under 'on'"
            yield Finding(deploy.element.children["provider"].span(), message)


def _picks(deploy: Deploy) -> bool:
    """Tell whether the deployment says for which jobs it is meant, or is another one in each."""
    on = deploy.element.get("on")
    plain = {key: child.plain() for key, child in deploy.element.children.items() if key not in ("on", "provider")}
    is_picky = on is not None and on.get("condition") is not None
    # A wheel of compiled code is another one for each version of Python.
    is_picky = is_picky or plain.get("distributions") in ("bdist_wheel", ["bdist_wheel"])
    return is_picky or "$" in str(plain) or "skip_existing" in plain


def _are_alike(configs: list[Mapping[str, object]]) -> bool:
    """Tell whether the jobs differ by versions only: those of other systems or stages bring something of their own."""
    first = configs[0]
    differing = {key for one in configs for key in {*one, *first} if one.get(key) != first.get(key)}
    return differing <= _VERSIONS


RULE = Rule(
    name="deploy-in-each-job",
    severity=Severity.WARNING,
    summary="several jobs make the same deployment",
    why="A deployment at the top level runs at the end of each job: the second upload of a version is refused and its job is "
    "errored, or the same is published again while other jobs still test. Give it a job in a last stage.",
    bad="language: python\npython: ['3.12', '3.13']\nscript: pytest\n"
    "deploy:\n  provider: pypi # <- here\n  on:\n    tags: true\n",
    good="language: python\npython: ['3.12', '3.13']\nscript: pytest\n"
    "deploy:\n  provider: pypi\n  on:\n    tags: true\n    python: '3.13'\n",
    check=check,
    trigger=tuple(("deploy", name) for name in dict.fromkeys(_ONCE)),
)
