"""Findings of the reader, as documentation: what the text is as a file and as YAML, before it is a config.

The reader words them where it finds them. An example is empty where none can be shown.
"""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ReaderRule

RULES = (
    ReaderRule(
        name="alias-bomb",
        severity=Severity.ERROR,
        summary="aliases repeat more values than any build needs",
        why="Aliases of aliases multiply: a few lines stand for millions of values, and whoever reads them runs out of "
        "memory. Reduce the repetition.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="binary-file",
        severity=Severity.ERROR,
        summary="the file is not text",
        why="A config is text. Most often the name of another file, such as an archive, was given.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="control-character",
        severity=Severity.ERROR,
        summary="the text contains a character that YAML does not allow",
        why="No YAML reader accepts the file, so Travis starts no build. Such characters often come from copying; remove them.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="cyclic-alias",
        severity=Severity.ERROR,
        summary="an alias is inside the value that it repeats",
        why="The value would contain itself without end, and Travis cannot read it. Use another value, or write it out.",
        bad="language: ruby\n_base: &base\n  script: make\n  env: *base # <- here\n",
        good="language: ruby\n_base: &base\n  script: make\n",
    ),
    ReaderRule(
        name="date-value",
        severity=Severity.ERROR,
        summary="an unquoted value is read as a date",
        why="YAML turns it into a date, which Travis cannot handle: the request fails and no build starts. Quote the value.",
        bad="language: python\nenv:\n  global:\n    - RELEASE: 2024-01-31 # <- here\n",
        good='language: python\nenv:\n  global:\n    - RELEASE: "2024-01-31"\n',
    ),
    ReaderRule(
        name="invalid-encoding",
        severity=Severity.WARNING,
        summary="the file is not valid UTF-8",
        why="Travis reads UTF-8 and drops what is not, so text goes missing. Save the file as UTF-8.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="key-not-text",
        severity=Severity.ERROR,
        summary="a key is a list, a map or an alias",
        why="Travis cannot read the file and starts no build. A key that starts with `[`, `{` or `*` needs quotes.",
        bad="language: ruby\n[before_install, install]: make deps # <- here\n",
        good="language: ruby\nbefore_install: make deps\ninstall: make deps\n",
    ),
    ReaderRule(
        name="multiple-documents",
        severity=Severity.WARNING,
        summary="the file has more than one YAML document",
        why="Travis reads up to the line `---` and ignores everything after it. Write one document.",
        bad="language: ruby\n--- # <- here\nscript: make test\n",
        good="language: ruby\nscript: make test\n",
    ),
    ReaderRule(
        name="root-not-a-map",
        severity=Severity.ERROR,
        summary="the file is a list or text, not a map of keys",
        why="Travis needs keys such as `language` at the top level and starts no build without them.",
        bad="- language: python # <- here\n- script: make test\n",
        good="language: python\nscript: make test\n",
    ),
    ReaderRule(
        name="unknown-alias",
        severity=Severity.WARNING,
        summary="an alias has no anchor before it",
        why="Travis reads the alias as empty, so what it should repeat is missing from the build. Define the anchor "
        "first, in the same file.",
        bad="language: python\nscript: *test # <- here\n_test: &test make test\n",
        good="language: python\n_test: &test make test\nscript: *test\n",
    ),
    ReaderRule(
        name="unreadable-file",
        severity=Severity.ERROR,
        summary="the file cannot be opened",
        why="It does not exist, is a folder, is too large, or you may not read it. Nothing in it is checked.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="unsupported-tag",
        severity=Severity.ERROR,
        summary="a value has a YAML tag that Travis refuses",
        why="The tag asks for a type that Travis does not load, so it cannot read the file and starts no build. Remove the tag.",
        bad="language: python\ngit: !!set {depth: 3} # <- here\n",
        good="language: python\ngit: {depth: 3}\n",
    ),
    ReaderRule(
        name="yaml-syntax",
        severity=Severity.ERROR,
        summary="the text is not YAML",
        why="Travis cannot read the file and starts no build. The usual causes: a tab as indentation, `: ` in a command "
        "without quotes, a missing space after `-` or `:`.",
        bad="language: python\nscript:\n\t- make test # <- here\n",
        good="language: python\nscript:\n  - make test\n",
    ),
    ReaderRule(
        name="yaml-too-big",
        severity=Severity.ERROR,
        summary="the file has more values than any build needs",
        why="Reading stops here to save memory. Most often the file is not a config at all.",
        bad="",
        good="",
    ),
    ReaderRule(
        name="yaml-too-deep",
        severity=Severity.ERROR,
        summary="values are nested deeper than any build needs",
        why="Reading stops here, where other readers would crash. Most often brackets are not closed, or the file is generated.",
        bad="",
        good="",
    ),
)
"""By name."""
