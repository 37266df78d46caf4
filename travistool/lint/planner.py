"""Findings of the planner (`travistool expand`), as documentation: how many jobs there are, and what is imported."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ReaderRule

RULES = (
    ReaderRule(
        name="import-cycle",
        severity=Severity.WARNING,
        summary="a file imports itself, directly or through others",
        why="Travis leaves out an import that it is already reading, so nothing breaks, but one of the imports has no "
        "effect. Remove it.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="invalid-ref",
        severity=Severity.ERROR,
        summary="an import's source is no reference to a file",
        why="A source is a path in the same repository (`./ci/base.yml`), or `owner/name:path@ref`. Travis refuses the "
        "build request.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="matrix-too-big",
        severity=Severity.ERROR,
        summary="the matrix multiplies to more jobs than can be looked at",
        why="Each item of a matrix key multiplies the jobs. Travis refuses more than 200, and this many cannot even be "
        "listed. List the combinations that you want under `jobs.include`.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="no-config",
        severity=Severity.ERROR,
        summary="an imported file holds no config",
        why="What is imported must be a map of keys like any config. Travis refuses the build request.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="too-many-imports",
        severity=Severity.ERROR,
        summary="more files are imported than Travis allows",
        why="A build may consist of 25 files, the `.travis.yml` included. Join some of them.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="too-many-jobs",
        severity=Severity.ERROR,
        summary="the build has more jobs than Travis allows",
        why="Travis refuses a build of more than 200 jobs. Take items out of the matrix keys, or exclude combinations.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="unknown-import",
        severity=Severity.ERROR,
        summary="an imported file is not there",
        why="Travis refuses the build request. Paths count from the repository's root; files of other repositories are "
        "looked for under `--import-root owner/name=DIR`, never on the network.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="unknown-merge-mode",
        severity=Severity.ERROR,
        summary="an import is to be merged in a way that Travis does not know",
        why="Write `merge`, `deep_merge`, `deep_merge_append` or `deep_merge_prepend`.",
        bad="",
        good="",
        group="matrix",
    ),
    ReaderRule(
        name="unknown-repository",
        severity=Severity.ERROR,
        summary="an import names a repository whose files are not known here",
        why="Travis reads the file from that repository; here nothing is fetched, so the plan lacks what it would bring. Say "
        "where a checkout of the repository is: `--import-root owner/name=DIR`.",
        bad="",
        good="",
        group="matrix",
    ),
)
