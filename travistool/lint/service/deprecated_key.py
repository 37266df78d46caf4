"""A key that does nothing any more, or that has a successor."""

from __future__ import annotations

import re

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.edits import replace_scalar, written_keys
from travistool.document.nodes import Scalar
from travistool.lint.repairs import delete_key, key_at
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.elements import Element
from travistool.schema.run import Message
from travistool.source import Span

_ANCHOR = "anchor on a non-private key"
_SAYS = {
    "sudo": "'sudo' no longer has any effect, delete it",
    "skip_cleanup": "'skip_cleanup' is for dpl v1, dpl v2 keeps the files anyway, delete it",
    "skip_upload_docs": "'skip_upload_docs' is for dpl v1, write 'upload_docs: false' instead",
    "no_promote": "'no_promote' is for dpl v1, write 'promote: false' instead",
    "no_stop_previous_version": "'no_stop_previous_version' is for dpl v1, write 'stop_previous_version: false' instead",
    "jwt": "the 'jwt' addon was shut down in April 2018, delete it and pass the service's key in an encrypted variable",
    "github_token": "'github_token' is for SonarCloud's old pull request analysis, delete it and set up the analysis in SonarCloud",
    "branches": "'branches' is for SonarCloud's old branch analysis, delete it and choose the branches in SonarCloud",
    "branch": "'branch' in 'allow_failures' is obsolete, write 'if: branch = ...' instead",
}
# In lower case, and beginning with plain letters: that makes the search twenty times faster.
_ASKED = re.compile(r"sudo\s*(?:[=!,)]|(?:in|is|not)\b)")
_OLD_TOOL = ("0", "1")


def _say(message: Message) -> str:
    key = message.args["key"]
    if message.args["info"] == _ANCHOR:
        return f"key {quoted(key)} only holds an anchor, rename it to {quoted('_' + key)} to mark it as private"
    if key == "skip_cleanup" and _is_off(message):
        return "'skip_cleanup: false' is for dpl v1 and fails with dpl v2, write 'cleanup: true' instead"
    return _SAYS.get(key) or f"{quoted(key)} is deprecated, delete it"


def _fix(message: Message) -> Fix | None:
    key = message.args["key"]
    if message.args["info"] == _ANCHOR:
        return _mark_as_own(message, f"_{key}")
    if key == "sudo":
        return delete_key(message, safe=not _matters(message))
    if key == "skip_cleanup" and _is_off(message):
        return _clean_up(message)
    if key == "skip_cleanup":
        version = message.element.get("dpl_version")
        old = version is not None and str(version.value).startswith(_OLD_TOOL)
        return delete_key(message, safe=not old)
    return None


def _matters(message: Message) -> bool:
    """Tell whether a build can tell that `sudo` is there: by a condition, a variable, or a rule that picks jobs by it."""
    jobs = message.element.root().get("jobs")
    for key in ("exclude", "allow_failures"):
        rules = jobs.get(key) if jobs is not None else None
        if rules is not None and any(rule.get("sudo") is not None for rule in rules.items):
            return True
    return _is_only_difference(message.element) or _is_asked_for(message.span.source.text)


def _is_asked_for(text: str) -> bool:
    """Tell whether a text holds the variable of `sudo`, or what may be a condition on it."""
    text = text.lower()
    if "travis_sudo" in text:
        return True
    return any(not _is_word(text[max(match.start() - 1, 0) : match.start()]) for match in _ASKED.finditer(text))


def _is_word(char: str) -> bool:
    return char == "_" or char.isalnum()


def _is_only_difference(job: Element) -> bool:
    """Tell whether another listed job is the same but for `sudo`: Travis runs equal jobs only once."""
    if job.parent is None or job.parent.kind != "seq":
        return False
    keys = job.children.keys() - {"sudo"}
    twins = [other for other in job.parent.items if other is not job and other.children.keys() - {"sudo"} == keys]
    return any(all(job.children[key].plain() == other.children[key].plain() for key in keys) for other in twins)


def _is_off(message: Message) -> bool:
    child = message.element.get(message.args["key"])
    return isinstance(child, Element) and child.value is False


def _clean_up(message: Message) -> Fix | None:
    """Say what `skip_cleanup: false` meant in the words of today's deploy tool."""
    found = key_at(message)
    if found is None or "cleanup" in written_keys(found[0]):
        return None
    mapping, key = found
    value = next(value for name, value in mapping.entries if name is key)
    if not isinstance(value, Scalar) or value.style or value.anchor is not None or value.tag is not None:
        return None
    source = message.span.source
    edits = Edit(Span(source, key.start, key.end), "cleanup"), Edit(Span(source, value.start, value.end), "true")
    return Fix("replace by 'cleanup: true'", edits, safe=False)


def _mark_as_own(message: Message, name: str) -> Fix | None:
    found = key_at(message)
    edit = replace_scalar(message.span.source, found[1], name) if found is not None else None
    return Fix(f"rename to '{name}'", (edit,), safe=False) if edit is not None else None


RULE = ServiceRule(
    name="deprecated-key",
    code="deprecated_key",
    severity=Severity.INFO,
    summary="a key no longer has any effect, or has been replaced",
    why="The key promises something that the build does not do. Delete it or use its replacement. A key that only "
    "holds an anchor should start with `_` or `.`, which marks it as private.",
    say=_say,
    fix=_fix,
    bad="language: python\nsudo: required # <- here\nscript: make test\n",
    good="language: python\nscript: make test\n",
)
