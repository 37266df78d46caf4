"""Loading the table: from a checkout, from a build, never from something stale."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from travistool.schema import compiler, store
from travistool.schema.shape import Shape

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a copy of the schemas; returns its package folder."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    (tmp_path / "travistool" / "schema").mkdir(parents=True)
    return tmp_path / "travistool"


def describe(package: Path) -> str:
    shape = store.find(str(package)).root.key("python")
    assert shape is not None
    return shape.description


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_changed_file_is_seen(checkout: Path) -> None:
    before = describe(checkout)
    rewrite(checkout.parent / "schemas" / "languages" / "python.json", before, "changed")
    assert describe(checkout) == "changed"


def test_a_new_language_file_is_seen(checkout: Path) -> None:
    store.find(str(checkout))
    new = '{"title": "Zig", "description": "Zig", "properties": {"zig": {"type": "string", "description": "z"}}}'
    (checkout.parent / "schemas" / "languages" / "zig.json").write_text(new)
    root = store.find(str(checkout)).root
    language, jobs, zig = root.key("language"), root.key("jobs"), root.key("zig")
    assert language is not None
    assert "zig" in language.values
    assert zig is not None
    assert zig.only == {"language": ("zig",)}
    assert jobs is not None
    include = jobs.key("include")
    assert include is not None
    assert "zig" in include.item.keys


def test_one_table_is_kept_and_used_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = checkout / "schema" / "__pycache__"
    store.find(str(checkout))
    first = [path.name for path in kept.iterdir()]
    rewrite(checkout.parent / "schemas" / "git.json", "How the repository is cloned.", "Cloning.")
    store.find(str(checkout))
    second = [path.name for path in kept.iterdir()]
    assert (len(first), len(second)) == (1, 1)
    assert first != second
    monkeypatch.setattr(compiler, "compiled", None)
    assert describe(checkout)


def test_a_folder_that_cannot_be_written_is_no_problem(checkout: Path) -> None:
    (checkout / "schema" / "__pycache__").write_text("a file where the folder should be")
    assert describe(checkout)


def test_a_checkout_ignores_a_built_table(checkout: Path) -> None:
    before = describe(checkout)
    compiler.write_table(str(checkout.parent / "schemas"), str(checkout / "schema" / "table.bin"))
    rewrite(checkout.parent / "schemas" / "languages" / "python.json", before, "changed")
    assert describe(checkout) == "changed"


def test_an_installed_package_trusts_its_table(checkout: Path) -> None:
    compiler.write_table(str(checkout.parent / "schemas"), str(checkout / "schema" / "table.bin"))
    shutil.rmtree(checkout.parent / "schemas")
    assert describe(checkout) == describe(ROOT / "travistool")


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(None, id="no table"),
        pytest.param(b"travistool table 0\n", id="table of another version"),
    ],
)
def test_an_installed_package_can_compile_for_itself(checkout: Path, table: bytes | None) -> None:
    shutil.move(checkout.parent / "schemas", checkout / "schemas")
    if table is not None:
        (checkout / "schema" / "table.bin").write_bytes(table)
    assert describe(checkout) == describe(ROOT / "travistool")


def test_a_built_table_needs_no_json(checkout: Path) -> None:
    compiler.write_table(str(checkout.parent / "schemas"), str(checkout / "schema" / "table.bin"))
    shutil.rmtree(checkout.parent / "schemas")
    code = (
        "import sys; from travistool.schema import store;"
        "print(len(store.find(sys.argv[1]).root.key('deploy').item.forms));"
        "print(sorted({'json', 'hashlib', 'pathlib', 'typing', 'dataclasses'} & set(sys.modules)))"
    )
    command = [sys.executable, "-S", "-c", code, str(checkout)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "46\n[]\n"


def walk(shape: Shape, seen: set[int]) -> Iterator[Shape]:
    if id(shape) in seen:
        return
    seen.add(id(shape))
    yield shape
    below = [shape.key(key) for key in shape.keys]
    below += [*shape.also, *shape.accepts, *shape.forms, shape.rest, shape.item if shape.kind == "list" else None]
    for child in below:
        if child is not None:
            yield from walk(child, seen)


def test_every_shape_can_be_made() -> None:
    names = [name for name in Shape.__slots__ if name not in ("item", "_regex", "_key_regex")]
    shapes = list(walk(store.root(), set()))
    assert len(shapes) > 600
    for shape in shapes:
        assert all(hasattr(shape, name) for name in names)
        assert shape.formatted("") or shape.format
        assert shape.key_formatted("a") or shape.pattern


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        pytest.param("dist", "focal", True, id="known"),
        pytest.param("dist", "Focal", False, id="case matters after lowering"),
        pytest.param("cache", False, True, id="false"),
        pytest.param("cache", 0, False, id="0 is not false"),
    ],
)
def test_allows(path: str, value: object, allowed: bool) -> None:
    shape = store.root().key(path)
    assert shape is not None
    if shape.also:
        shape = shape.also[0]
    assert shape.allows(value) is allowed


def test_case_is_ignored_where_asked() -> None:
    deploy = store.root().key("deploy")
    assert deploy is not None
    codedeploy = next(form for form in deploy.item.forms if form.title == "AWS CodeDeploy")
    revision = codedeploy.key("revision_type")
    assert revision is not None
    assert (revision.allows("S3"), revision.allows("s4")) == (True, False)


def test_a_kind_without_the_attribute_says_so() -> None:
    language = store.root().key("language")
    assert language is not None
    with pytest.raises(AttributeError, match=r"^a string shape has no 'item'$"):
        _ = language.item
