"""Configs that an audit meets, and their rows."""

import json

from travistool.audit.examine import examine
from travistool.audit.row import Row, Terms
from travistool.lint.profile import OPTIONS
from travistool.pipeline import read
from travistool.plan.imports import Request, gather
from travistool.plan.model import Event
from travistool.source import Source

SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ456789"

CONFIGS = {
    "simple": "language: python\npython: ['3.8', '3.9']\nscript: pytest\n",
    "stages": "language: go\njobs:\n  include:\n    - {stage: test, os: [osx]}\n    - {stage: deploy, deploy: {provider: pypi}}\n",
    "services": "language: ruby\nservices: [redis, docker]\nenv: {global: [TOKEN: {secure: c2VjcmV0}]}\n",
    "broken": "language: [python\n",
    "both": "script: x\nmatrix: {include: [{script: a}]}\njobs: {include: [{script: b}]}\n",
    "condition": "if: branch =\nscript: x\n",
    "crowd": f"language: python\npython: [{', '.join(str(number) for number in range(15))}]\n"
    f"env: [{', '.join(f'A={number}' for number in range(15))}]\n",
    "secret": f"script: make\npasword: {SECRET}\nservices: [{SECRET}]\nenv: {{global: ['API_TOKEN={SECRET}']}}\n",
    "none": "jobs: {exclude: [{os: linux}]}\n",
}


class _NoFiles:
    def read(self, repo: str, path: str, ref: str | None) -> str | None:  # noqa: ARG002
        return "language: rust\n" if path == "ci.yml" else None

    def default_branch(self, repo: str) -> str:  # noqa: ARG002
        return "master"


def row(text: str, *targets: str, as_travis: bool = False, verify: bool = False) -> Row:
    """Return the row of a config, as it comes back from a state file."""
    source = Source("demo/.travis.yml", text)

    def request() -> Request:
        return gather(source, _NoFiles(), Event(repo="acme/demo"), repo="acme/demo")

    terms = Terms(targets, as_of="2026-01-31", as_travis=as_travis, verify=verify)
    made = examine(read(source, OPTIONS), terms, request)
    found: Row = json.loads(json.dumps(made))
    assert found == made
    return found
