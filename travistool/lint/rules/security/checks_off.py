"""Without the check of certificates or host keys, encryption says nothing about who answers."""

from __future__ import annotations

from collections.abc import Iterator
from re import findall, fullmatch, search

from travistool.diagnostics import Fix, Severity
from travistool.lint.addresses import addresses
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, Word, call, calls, option, program
from travistool.lint.subject import Command, File

_CERTIFICATE = "turns off the check of certificates, so any server is trusted"
_HOST = "turns off the check of host keys, put the key of the host into 'known_hosts'"
_OPTIONS = {"curl": ("-k", "--insecure"), "wget": ("--no-check-certificate",)}
_SETTING = (
    r"(?i)(?:GIT_SSL_NO_VERIFY=[\"']?(?:1|true)|NODE_TLS_REJECT_UNAUTHORIZED=[\"']?0|PYTHONHTTPSVERIFY=[\"']?0)[\"']?"
)
_WRITING = ("echo", "printf", "cat", "tee")
_LOCAL_NAME = r"(?:^|[@/\s])(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *_WORDS):
        found = _certificate(one)
        if found is not None and not _is_open_anyway(one):
            fix = _without(command, one, found[0]) if len(found) == 1 and program(one) in _OPTIONS else None
            yield Finding(command.span(found[0].start, found[-1].end), f"this {_CERTIFICATE}", fix)
        for word in (*one.words, *(target for _, target in one.redirects)):
            key = search(r"(?i)StrictHostKeyChecking[\s=]+[\"']?no\b", word.raw)
            if key is None or _is_open_anyway(one):
                continue
            span = command.span(word.start + key.start(), word.start + key.end())
            if program(one) not in _WRITING or not _is_for_this_machine(file.text[: span.start]):
                yield Finding(span, f"this {_HOST}")
    yield from _variables(file)


def _without(command: Command, one: Simple, word: Word) -> Fix | None:
    """Take the option out, of a cluster of letters only its own."""
    if len(word.raw) > 2 and not word.raw.startswith("--"):
        rest = word.raw.replace("k", "", 1)
        return replacement("take the option out", (command.span(word.start, word.end), word.raw, rest))
    before = [other for other in one.words if other.end <= word.start]
    start = before[-1].end if before else word.start
    return replacement("take the option out", (command.span(start, word.end), command.text[start : word.end], ""))


def _variables(file: File) -> Iterator[Finding]:
    """Yield the variables of `env` that turn it off."""
    for variable in file.variables:
        if fullmatch(_SETTING, f"{variable.name}={variable.value}"):
            yield Finding(variable.name_span(), f"this {_CERTIFICATE}")


def _is_for_this_machine(before: str) -> bool:
    """Tell whether settings that are written for `ssh` stand under the name of this machine."""
    hosts = findall(r"\bHost[ \t]+([\w.*$-]+)", before)
    return bool(hosts) and search(_LOCAL_NAME, hosts[-1]) is not None


def _certificate(one: Simple) -> tuple[Word, ...] | None:
    """Return the words that turn it off."""
    words, name = call(one), program(one)
    if name in _OPTIONS:
        found = option(words[1:], *_OPTIONS[name])
        return (found,) if found is not None else None
    texts = [word.text for word in words]
    for index, text in enumerate(texts):
        both = text.lower() == "http.sslverify" and texts[index + 1 : index + 2] in (["false"], ["0"])
        if name == "git" and both:
            return words[index : index + 2]
        if name == "git" and fullmatch(r"(?i)http\.sslVerify=(?:false|0)", text):
            return (words[index],)
        if name in ("npm", "yarn") and text == "strict-ssl" and texts[index + 1 : index + 2] == ["false"]:
            return words[index : index + 2]
    return next(((word,) for word in (*one.assignments, *words[1:]) if fullmatch(_SETTING, word.raw)), None)


def _is_open_anyway(one: Simple) -> bool:
    texts = [word.text for word in one.words]
    hosts = [address for text in texts for address in addresses(text)]
    # By `http://` nothing is checked anyway.
    if hosts and all(host.is_local or host.scheme == "http" for host in hosts):
        return True
    return any(search(_LOCAL_NAME, text) for text in texts)


_WORDS = (
    *("curl", "wget", "sslVerify", "sslverify", "strict-ssl", "StrictHostKeyChecking", "stricthostkeychecking"),
    *("GIT_SSL_NO_VERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY"),
)
RULE = Rule(
    name="checks-off",
    severity=Severity.WARNING,
    summary="the check of certificates or host keys is turned off",
    why="Without the check the connection is encrypted, but to whoever answers. What is fetched can be another "
    "program, and what is sent, such as a login, can go to somebody else. Old images miss new root "
    "certificates: a newer `dist` is the cure.",
    bad="language: c\ninstall:\n  - curl -kLO https://acme.org/tool.tar.gz # <- here\n",
    good="language: c\ninstall:\n  - curl -LO https://acme.org/tool.tar.gz\n",
    check=check,
    fix="unsafe",
    trigger=(
        *(
            ("curl", "-k"),
            ("curl", "k "),
            ("curl", "kL"),
            ("curl", "ks"),
            ("curl", "kS"),
            ("curl", "kf"),
            ("curl", "ko"),
        ),
        *(("curl", "kO"), "--insecure", "--no-check-certificate"),
        *("sslVerify", "sslverify", "strict-ssl", "StrictHostKeyChecking", "stricthostkeychecking"),
        *("GIT_SSL_NO_VERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY"),
    ),
)
