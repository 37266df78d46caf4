"""What holds for each file: the settings of its project, under the options of the call. Loaded when there are any."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from travistool.cli.files import PROJECT
from travistool.cli.options import LintOptions, Terms
from travistool.cli.terminal import write
from travistool.cli.tools import runner
from travistool.diagnostics import Diagnostic
from travistool.errors import FileError, UsageError
from travistool.lint.baseline import Baseline, Left, Recording, baseline
from travistool.lint.selection import Choice, Layer, selectors
from travistool.lint.settings import Settings, settings

if TYPE_CHECKING:
    from travistool.cli.options import LeaveOut


class Configuration:
    """Settings and baselines, each read once."""

    def __init__(self, options: LintOptions, plain: Terms) -> None:
        self._options = options
        self._plain = plain
        self._settings: dict[str, Settings] = {}
        self._baselines: dict[str, Located] = {}
        self._layer = Layer(
            _listed(options.select, "--select") if any(options.select) else None,
            _listed(options.extend_select, "--extend-select"),
            _listed(options.ignore, "--ignore"),
        )
        if options.write_baseline:
            self._recording = Recording()
            self._baselines[options.write_baseline] = Located(self._recording, options.write_baseline)

    def terms(self, path: str, file: str) -> Terms:
        """Return what holds for `path`; `file` has its settings, "" for none. Raises UsageError for wrong ones."""
        options = self._options
        found = self._read(file) if file else Settings()
        layers = (*found.layers(_relative(path, file)), self._layer) if file else (self._layer,)
        choice = Choice(tuple(layer for layer in layers if layer != Layer()), found.severities)
        return self._plain._replace(
            profile=options.profile or found.profile or self._plain.profile,
            fail_on=options.fail_on or found.fail_on or self._plain.fail_on,
            choice=choice if choice != Choice() else None,
            run=self._plain.run or (runner() if found.shell else None),
            leave_out=self._baseline(options.write_baseline or options.baseline or _beside(file, found.baseline)),
        )

    def gone(self) -> int:
        """Return the number of entries of the baselines used whose files do not exist any more."""
        return sum(one.gone() for one in self._baselines.values())

    def save(self) -> None:
        """Write the baseline that `--write-baseline` asks for."""
        if self._options.write_baseline:
            write(self._recording.text(), self._options.write_baseline)

    def _read(self, file: str) -> Settings:
        if file not in self._settings:
            name = os.path.relpath(file)
            self._settings[file] = settings(table_of(file, name, named=file == self._options.config), name)
        return self._settings[file]

    def _baseline(self, file: str) -> LeaveOut | None:
        if not file:
            return None
        if file not in self._baselines:
            entries = baseline(_text(file, "baseline"), os.path.relpath(file))
            self._baselines[file] = Located(entries, file)
        return self._baselines[file].leave_out


class Located:
    """A baseline with its file: paths in it start at the file's folder, so that it holds wherever we are called."""

    def __init__(self, entries: Baseline | Recording, file: str) -> None:
        self._entries = entries
        self._file = file

    def leave_out(self, path: str, found: Sequence[Diagnostic]) -> Left:
        """Leave out the old ones of a file's findings."""
        return self._entries.leave_out(_relative(path, self._file), found)

    def gone(self) -> int:
        """Return the number of entries whose file is not there."""
        if isinstance(self._entries, Recording):
            return 0
        folder = os.path.dirname(os.path.abspath(self._file))
        paths = self._entries.paths()
        return sum(number for path, number in paths.items() if not os.path.lexists(os.path.join(folder, path)))


def _listed(texts: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return selectors((part.strip() for text in texts for part in text.split(",") if part.strip()), flag)


def _relative(path: str, file: str) -> str:
    """Return a path from the folder of a file, with `/`."""
    try:
        return os.path.relpath(os.path.abspath(path), os.path.dirname(os.path.abspath(file))).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return path.replace(os.sep, "/")


def _beside(file: str, name: str) -> str:
    return os.path.join(os.path.dirname(file), name) if name else ""


def table_of(file: str, name: str, *, named: bool) -> Mapping[str, Any]:
    """Return our table of a TOML file. A file that was `named` must have one, others are as if they were not there."""
    # Imported late: baselines alone do without.
    from tomllib import loads  # noqa: PLC0415

    try:
        data = loads(_text(file, "settings"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from error
    tool = data.get("tool")
    if isinstance(tool, dict) and "travistool" in tool:
        table = tool["travistool"]
        if isinstance(table, dict):
            return table
        raise UsageError(f"{name}: 'tool.travistool' takes a table")
    if os.path.basename(file) != PROJECT:
        return data
    if named:
        raise UsageError(f"{name}: there is no table [tool.travistool]")
    return {}


def _text(file: str, what: str) -> str:
    name = os.path.relpath(file)
    try:
        with open(file, encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        raise FileError(f"cannot read the {what} in {name}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise FileError(f"cannot read the {what} in {name}: it is not UTF-8") from error
