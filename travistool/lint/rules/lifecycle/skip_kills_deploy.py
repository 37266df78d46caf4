"""`after_success: skip` switches off the deployments as well, since Travis runs them as the end of that phase."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import flatten

_SKIPPING = ("skip", "ignore")


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        phase = owner.get("after_success")
        if phase is None:
            continue
        commands = list(flatten(phase))
        if len(commands) != 1 or commands[0].value not in _SKIPPING:
            continue
        # A job that inherits its deployments may skip the phase to be rid of them.
        deployments = [one for one in file.deployments if one.owner is owner and one.provider not in ("", "skip")]
        if deployments:
            message = f"'{commands[0].value}' also switches off the deployments, remove the phase"
            fix = deletion(file, phase, "delete 'after_success'")
            yield Finding(place(commands[0]), message, fix, ((deployments[0].element.key_span(), "never happens"),))


RULE = Rule(
    name="skip-kills-deploy",
    severity=Severity.ERROR,
    summary="a skipped `after_success` switches off the deployments",
    why="Deployments run as the last part of `after_success`: where that phase is skipped, nothing is deployed, "
    "and the log does not say so. Without the key nothing runs in that phase either, but deployments happen.",
    bad="language: python\nscript: pytest\nafter_success: skip # <- here\ndeploy:\n  provider: pypi\n  on:\n    branch: main\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    branch: main\n",
    check=check,
    trigger=(("after_success", "deploy", "skip"), ("after_success", "deploy", "ignore")),
    fix="unsafe",
)
