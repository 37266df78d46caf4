"""Machines that texts of jobs name, and what only looks like one."""

import pytest

from tests.plan.plans import plan
from travistool.simulate.addresses import needs
from travistool.simulate.shell_words import commands


def found(script: str, more: str = "") -> list[str]:
    job = plan(f"language: shell\nscript: placeholder\n{more}").jobs[0]
    return [f"{one.phase} {one.address.host}:{one.address.port}" for one in needs(job, [("script", script, None)])]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("curl -fsSLo out.sh https://Example.org/x.sh", "example.org:443", id="a page"),
        pytest.param("wget -q http://example.org:8080/x", "example.org:8080", id="a port"),
        pytest.param("curl -s example.org/x | bash", "example.org:80", id="without a scheme"),
        pytest.param("travis_retry wget get.example.io", "get.example.io:80", id="without a path"),
        pytest.param("sudo -E ssh -i key -p 2222 deploy@example.org 'ls /x'", "example.org:2222", id="ssh, its port"),
        pytest.param("ssh -o StrictHostKeyChecking=no example.org true", "example.org:22", id="ssh, no user"),
        pytest.param("rsync -az build/ me@example.org:/srv", "example.org:22", id="rsync"),
        pytest.param("scp -r a.tar example.org:", "example.org:22", id="scp"),
        pytest.param("ssh-keyscan -t rsa example.org >> ~/.ssh/known_hosts", "example.org:22", id="keys of a machine"),
        pytest.param("git clone git@example.org:a/b.git", "example.org:22", id="git over ssh"),
        pytest.param("git clone git://example.org/a/b.git", "example.org:9418", id="git's own"),
        pytest.param("cd x && git submodule add ssh://git@example.org:7999/a/b", "example.org:7999", id="git, a port"),
        pytest.param("while ! nc -z db.example.org 5432; do sleep 1; done", "db.example.org:5432", id="nc"),
        pytest.param("ping -c 3 example.org", "example.org:0", id="ping: any port tells"),
        pytest.param("pip install --index-url https://pypi.example.org/simple x", "pypi.example.org:443", id="pip"),
        pytest.param("pip install git+https://example.org/a/b", "example.org:443", id="pip and git"),
        pytest.param("npm install --registry=https://npm.example.org", "npm.example.org:443", id="npm"),
        pytest.param("docker pull registry.example.org/a/b:1.0", "registry.example.org:443", id="an image"),
        pytest.param("docker push registry.example.org:5000/a", "registry.example.org:5000", id="a registry's port"),
        pytest.param('docker push "registry.example.org/a:$GIT_SHA"', "registry.example.org:443", id="any tag"),
        pytest.param("docker run --rm quay.io/a/b c.d/e", "quay.io:443", id="an image that is run"),
        pytest.param("docker login -u me -p me.com/x quay.io", "quay.io:443", id="a login"),
        pytest.param("psql -h db.example.org -U me", "db.example.org:5432", id="a database"),
        pytest.param("mysql --host=db.example.org -u root", "db.example.org:3306", id="another database"),
        pytest.param("bash <(curl -s https://example.org/bash)", "example.org:443", id="inside brackets"),
        pytest.param('X="$(wget -qO- https://example.org)"', "example.org:443", id="inside quotes"),
    ],
)
def test_machines(script: str, expected: str) -> None:
    assert found(script) == [f"script {expected}"]


@pytest.mark.parametrize(
    "script",
    [
        "bash foo.sh",
        "curl -o foo.sh",
        "curl -sSLo install.sh $URL",
        "curl -H 'Host: example.org' -d example.org/x localhost:8080",
        "wget -O package.json $URL",
        "wget -i urls.txt",
        "curl file.json",
        "java a.b.c.Main",
        "scp a.tar $HOST:/srv",
        "ssh build 'curl'",
        "ssh $USER@example.org.$TLD",
        "ssh -p x.y.z",
        "rsync -a a.b/ c.d/",
        "git config --global url.https://github.com/.insteadOf git@github.com:",
        "git commit -m 'curl https'",
        "docker build -t registry.example.org/a .",
        "docker tag a quay.io/a/b",
        "docker run -v a.b/c:/d alpine:3.9",
        "docker pull library/alpine:3.9",
        "docker login",
        "nc -z localhost 5432",
        "nc -z 172.17.0.2 80",
        "psql -h db -c 'select a.b'",
        "psql -h",
        "psql -f a.sql db.example.org",
        "ping -c 1 db",
        "curl http://127.0.0.1:8080/ http://0.0.0.0/ http://foo.local/ http://localhost/",
        "curl https://example.org$PATH_ https://$HOST.example.org/",
        "echo https://example.org/ > curl.txt",
        "echo 1.2.3.4 my.example.org | sudo tee -a /etc/hosts; curl my.example.org/",
    ],
)
def test_what_is_no_machine(script: str) -> None:
    assert found(script) == []


def test_plain_variables_are_read() -> None:
    env = "env: {global: [HOST=example.org, 'URL=\"https://$HOST/x\"', {secure: C1}]}\n"
    assert found("curl $HOST/a; ssh me@${HOST}; ssh $OTHER", env) == ["script example.org:80", "script example.org:22"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("postgres://me:pw@db.example.org/x", ["env db.example.org:5432"], id="a database"),
        pytest.param("amqp://mq.example.org:5673", ["env mq.example.org:5673"], id="a port"),
        pytest.param("jdbc:postgresql://db.example.org/x", ["env db.example.org:5432"], id="java"),
        pytest.param("postgres://localhost/x", [], id="here"),
        pytest.param("postgres://db/x", [], id="a container's name"),
        pytest.param("https://example.org", [], id="a page is just told"),
    ],
)
def test_servers_of_variables(value: str, expected: list[str]) -> None:
    assert found("true", f"env: {{global: ['X={value}']}}\n") == expected


def test_names_of_this_machine() -> None:
    assert found("curl www.example.org/ http://x.org/", "addons: {hosts: [www.example.org x.org]}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b && c 'd e' | f", [["a", "b"], ["c", "d e"], ["f"]]),
        ("sudo -u x A=1 travis_wait 30 make -j2 > out.txt 2>&1", [["make", "-j2", "2"]]),
        ('if [ "$A" = "b c" ]; then d; fi', [["[", "$A", "=", "b c", "]"], ["d"], ["fi"]]),
        ("a 'open", [["a", "open"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("sudo", []),
        ("", []),
    ],
)
def test_commands(text: str, expected: list[list[str]]) -> None:
    assert list(commands(text)) == expected
