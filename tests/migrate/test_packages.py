"""What the addon `apt` installs: sources by the names that Travis gave them, and packages that are gone."""

import pytest

from tests.migrate.migrated import migrated
from travistool.migrate.packages import installed, named_in, note_gone
from travistool.migrate.tasks import Tasks


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param("ubuntu-toolchain-r-test", ["ppa:ubuntu-toolchain-r/test"], id="a name of Travis's"),
        pytest.param({"name": "deadsnakes"}, ["ppa:deadsnakes/ppa"], id="as the normal form has it"),
        pytest.param({"sourceline": "ppa:acme/tools"}, ["ppa:acme/tools"], id="written out"),
        pytest.param("acme/tools", ["ppa:acme/tools"], id="half a name"),
        pytest.param({"name": "llvm-toolchain-jammy-15"}, ["llvm-toolchain-", "-15 main"], id="LLVM of today"),
    ],
)
def test_sources(source: object, lines: list[str]) -> None:
    tasks = Tasks()
    made = "\n".join(installed({"sources": [source]}, None, tasks, None))
    assert [line for line in lines if line not in made] == []
    assert made.endswith("sudo apt-get update")
    assert tasks.all() == ()


@pytest.mark.parametrize("name", ["llvm-toolchain-trusty-5.0", "kalakris-cmake", "george-edison55-precise-backports"])
def test_sources_that_are_gone(name: str) -> None:
    """Such a name is no argument of a command: it would end the job."""
    tasks = Tasks()
    assert list(installed({"sources": [{"name": name}], "packages": ["a"]}, None, tasks, None)) == [
        "sudo apt-get update",
        "sudo apt-get install -y --no-install-recommends a",
    ]
    assert [(one.kind, f"'{name}'" in one.reason) for one in tasks.all()] == [("package", True)]


def test_a_source_for_an_old_system() -> None:
    tasks = Tasks()
    made = list(installed({"sources": [{"sourceline": "deb http://x.org/apt trusty main"}]}, None, tasks, None))
    assert made[0] == "sudo add-apt-repository -y 'deb http://x.org/apt trusty main'"
    assert "Ubuntu trusty" in tasks.all()[0].reason


@pytest.mark.parametrize(
    ("names", "way"),
    [
        pytest.param(["g++-4.9"], "take g++ there", id="compiler"),
        pytest.param(["gcc-8-multilib"], "take gcc-multilib there", id="compiler for two processors"),
        pytest.param(["clang-5.0", "clang-tidy-7"], "take clang clang-tidy there", id="clang"),
        pytest.param(["python-numpy", "python"], "take python3-numpy python3 there", id="Python 2"),
        pytest.param(["libssl1.0-dev:i386"], "take libssl-dev:i386 there", id="processor"),
        pytest.param(["bsdtar", "libqt4-dev"], "take libarchive-tools there, and drop the rest", id="one of two"),
        pytest.param(["oracle-java8-installer"], "drop it, or bring it in another way", id="none"),
        pytest.param(["libboost-system1.55-dev"], "take libboost-system-dev there", id="library"),
        pytest.param(["libboost-thread1.55"], "take libboost-thread-dev there", id="no plain name of a library"),
        pytest.param(["libstdc++-4.9-dev"], "take g++ there", id="it comes with the compiler"),
        pytest.param(["libclang-3.5-dev", "lld-7"], "take libclang-dev lld there", id="more of LLVM"),
        pytest.param(["mysql-client-core-5.6", "mysql-server-5.6"], "take mysql-client mysql-server there", id="MySQL"),
        pytest.param(["postgresql-server-dev-9.5"], "take postgresql-server-dev-all there", id="headers"),
        pytest.param(["php7.2-xml", "php5-mysqlnd"], "take php-xml php-mysql there", id="PHP"),
        pytest.param(["python-imaging"], "take python3-pil there", id="a name that has changed"),
        pytest.param(["qt5-default", "enchant"], "take qtbase5-dev enchant-2 there", id="others"),
    ],
)
def test_packages_that_are_gone(names: list[str], way: str) -> None:
    tasks = Tasks()
    note_gone(names, tasks, None)
    assert [one.do for one in tasks.all()] == [way]


@pytest.mark.parametrize(
    "name",
    ["g++", "gcc-12", "clang-15", "python3-dev", "python-is-python3", "python-dev-is-python3", "python3.11", "cmake"],
)
def test_packages_that_are_there(name: str) -> None:
    tasks = Tasks()
    note_gone([name], tasks, None)
    assert tasks.all() == ()


def test_packages_that_commands_install() -> None:
    text = "sudo apt-get -qq install -y g++-4.9 cmake && x\napt install jq | cat\nnpm install python\n"
    assert named_in(text) == ["g++-4.9", "cmake", "jq"]


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        pytest.param("language: c\ndist: trusty", "github", True, id="a machine of today"),
        pytest.param("language: c\ndist: trusty", "gitlab", False, id="an image of then"),
        pytest.param("language: c\ndist: trusty\nservices: docker", "gitlab", True, id="a machine for containers"),
        pytest.param("language: ruby\nrvm: '3.2'\ndist: trusty", "gitlab", True, id="an image of a language"),
    ],
)
def test_where_packages_are_gone(text: str, name: str, told: bool) -> None:
    assert (
        any(
            task.kind == "package"
            for task in migrated(f"{text}\naddons: {{apt: {{packages: [g++-4.8]}}}}\nscript: make", name).tasks
        )
        == told
    )
