"""`travistool expand` and `import:`: which files are read, and from where."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.planned import plan, rows
from tests.cli.test_git import git


def test_local_imports(folder: Path, travistool: Call) -> None:
    (folder / "lib").mkdir()
    (folder / "lib" / "a.yml").write_text("import: ./b.yml\nenv: [A=1]\n")
    (folder / "lib" / "b.yml").write_text("script: deep\n")
    (folder / ".travis.yml").write_text("import: lib/a.yml\n")
    (job,) = plan(travistool)["jobs"]
    assert (job["config"]["script"], job["config"]["env"]) == (["deep"], [{"A": "1"}])
    assert job["origin"]["script"] == {"kind": "import", "file": "lib/b.yml", "line": 1, "column": 9}


def test_imports_are_relative_to_the_repository(folder: Path, travistool: Call) -> None:
    git(folder, "init", "--quiet")
    (folder / "sub").mkdir()
    (folder / "lib.yml").write_text("script: top\n")
    (folder / "sub" / ".travis.yml").write_text("import: lib.yml\n")
    assert plan(travistool, "sub/.travis.yml")["jobs"][0]["config"]["script"] == ["top"]


def test_imports_of_another_repository(folder: Path, travistool: Call) -> None:
    (folder / "shared").mkdir()
    (folder / "shared" / "a.yml").write_text("script: shared\n")
    (folder / ".travis.yml").write_text("import: Acme/Shared:a.yml@v1\n")
    row = plan(travistool, "--import-root", f"acme/shared={folder / 'shared'}")
    assert row["jobs"][0]["config"]["script"] == ["shared"]
    ran = travistool("expand")
    assert ran.code == 1
    unknown = "the folder of Acme/Shared is not known here, add --import-root Acme/Shared=DIR"
    assert f"cannot read Acme/Shared:a.yml@v1: {unknown}" in ran.err
    row = rows(travistool("expand", "--format", "jsonl"))[0]
    assert row["starts"]["build"]
    assert unknown in row["starts"]["because"]
    assert not [one for one in row["messages"] if one[2] == "unknown_import"]
    ran = travistool("expand", "--import-root", f"acme/shared={folder}")
    assert "import not found: Acme/Shared:a.yml@v1" in ran.err
    assert "no build starts: Travis refuses the config: a file that it imports is missing (1:9)" in ran.out


def test_an_import_is_looked_for_also_if_its_condition_does_not_hold(folder: Path, travistool: Call) -> None:
    """As in the official code (configs/fetch.rb): the condition is asked once the file is there."""
    (folder / ".travis.yml").write_text("import: {source: a/b:x.yml, if: branch = other}\nscript: a\n")
    assert "--import-root a/b=DIR" in travistool("expand").err


def test_merged_can_be_used(folder: Path, travistool: Call) -> None:
    (folder / "a.yml").write_text("env: [A=1]\n")
    (folder / ".travis.yml").write_text("import: a.yml\nscript: b\n")
    ran = travistool("expand", "--merged")
    assert "#   a.yml" in ran.out
    record = json.loads(travistool("expand", "--merged", "--format", "json").out)
    assert "import" not in record["config"]
    assert not [name for name in record["origins"] if name.startswith("import")]
    (folder / "a.yml").unlink()
    (folder / ".travis.yml").write_text(ran.out)
    (job,) = plan(travistool)["jobs"]
    assert (job["config"]["script"], job["config"]["env"]) == (["b"], [{"A": "1"}])


def test_imports_of_another_commit_come_from_git(folder: Path, travistool: Call) -> None:
    (folder / "a.yml").write_text("script: committed\n")
    (folder / ".travis.yml").write_text("import: a.yml@dev\n")
    git(folder, "init", "--quiet", "--initial-branch=dev")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "x")
    (folder / "a.yml").write_text("script: changed\n")
    assert plan(travistool)["jobs"][0]["config"]["script"] == ["committed"]


@pytest.mark.parametrize("path", ["../outside.yml", "link.yml"])
def test_imports_stay_in_the_repository(folder: Path, travistool: Call, path: str) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (folder / "outside.yml").write_text("script: outside\n")
    (inside / "link.yml").symlink_to(folder / "outside.yml")
    (inside / ".travis.yml").write_text(f"import: {path}\n")
    ran = travistool("expand", "inside/.travis.yml", "--format", "jsonl")
    assert (ran.code, "import not found" in ran.err) == (1, True)
    assert "outside" not in rows(ran)[0]["jobs"][0]["config"].get("script", [])


def test_no_repository_name_is_made_up(folder: Path, travistool: Call) -> None:
    """Outside of git nothing tells the repository's name; with it, messages need it no more than without."""
    (folder / "loop.yml").write_text("import: loop.yml\n")
    (folder / ".travis.yml").write_text("import:\n- a/b:c.yml\n- gone.yml\n- gone.yml@dev\n- loop.yml\nscript: a\n")
    found = [travistool("expand", "--format", "jsonl", *name).err.splitlines() for name in ((), ("--repo", "x/y"))]
    assert found[0] == found[1]
    unknown = "the folder of a/b is not known here, add --import-root a/b=DIR"
    assert [line.split(": ", 2)[2] for line in found[0]] == [
        f"cannot read a/b:c.yml@master: {unknown} [unknown-repository]",
        "import not found: gone.yml [unknown-import]",
        "import not found: gone.yml@dev [unknown-import]",
        "loop.yml imports itself in the end, Travis leaves this import out [import-cycle]",
    ]
    assert "a file that it imports is missing (3:3)" in travistool("expand").out.splitlines()[1]
    names = [part["name"] for part in json.loads(travistool("expand", "--merged", "--format", "json").out)["parts"]]
    assert names == [".travis.yml", "loop.yml"]


def test_a_broken_import_is_shown_in_its_file(folder: Path, travistool: Call) -> None:
    (folder / "a.yml").write_text("script: [\n")
    (folder / ".travis.yml").write_text("import: a.yml\nscript: b\n")
    ran = travistool("expand")
    assert ran.code == 1
    assert ran.err.startswith("a.yml:")
    assert "a file that it imports cannot be read" in ran.out
