"""Lines that are set in mean the same as before."""

import subprocess

import pytest

from travistool.migrate.indent import indented


def _ran(text: str) -> str:
    return subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("echo a", "  echo a", id="one line"),
        pytest.param("# why\necho a", "  # why\n  echo a", id="a comment"),
        pytest.param(
            "if true; then\n  echo 'a'\nfi || exit", "  if true; then\n    echo 'a'\n  fi || exit", id="a block"
        ),
        pytest.param("# it's\necho a", "  # it's\n  echo a", id="a quote in a comment"),
        pytest.param("echo 'a\nb'", "echo 'a\nb'", id="a text of two lines"),
        pytest.param('echo "a \\" b\nc"', 'echo "a \\" b\nc"', id="a quote that counts for nothing"),
        pytest.param('echo \'"\' "a\nb"', 'echo \'"\' "a\nb"', id="quotes in quotes"),
        pytest.param('x=$(echo "a")\necho "$x"', '  x=$(echo "a")\n  echo "$x"', id="commands in words of one line"),
        pytest.param("x=$(echo a |\ncat)", "x=$(echo a |\ncat)", id="commands in words over two lines"),
        pytest.param("cat <<< 'a'\ncat <<< b", "  cat <<< 'a'\n  cat <<< b", id="a text right behind"),
        pytest.param("cat <<X\na\nX", "cat <<X\na\nX", id="a text until a mark"),
        pytest.param("echo a\\\nb", "echo a\\\nb", id="a word over two lines"),
        pytest.param('echo "$(echo "a\nb")"', 'echo "$(echo "a\nb")"', id="a command in quotes"),
    ],
)
def test_inside_of_an_if(item: str, expected: str) -> None:
    items = ["if true; then", item, "fi"]
    found = "\n".join(indented(items))
    assert found == f"if true; then\n{expected}\nfi"
    assert _ran(found) == _ran("\n".join(items))


def test_brackets_and_what_is_inside_of_both() -> None:
    items = ["if true; then", "(", "set -e", "echo a", ")", "fi", "echo b"]
    assert list(indented(items)) == ["if true; then", "  (", "    set -e", "    echo a", "  )", "fi", "echo b"]
