"""What Travis encrypts has the length of its key: any other length was cut, or pasted badly, and is never decrypted."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from re import fullmatch, sub

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import Element

_LENGTHS = (128, 256, 384, 512)
_SHORT = 100


def check(file: File) -> Iterator[Finding]:
    reported = {id(one.element) for one in file.messages if one.code == "invalid_secure"}
    for element in _secures(file.root):
        value = element.children["secure"]
        if isinstance(value.value, str) and id(element) not in reported and value.node is not None:
            text = sub(r"\s+", "", value.value)
            wrong = _wrong(text) if text else ""
            if wrong:
                yield Finding(
                    place(value), f"this value of 'secure' {wrong}, encrypt the secret and copy the whole output"
                )


def _secures(element: Element) -> Iterator[Element]:
    if element.kind == "secure":
        yield element
    else:
        for child in (*element.children.values(), *element.items):
            yield from _secures(child)


def _wrong(text: str) -> str:
    """Return what is wrong with the text of a `secure`, "" when it may be right."""
    if fullmatch(r"[0-9a-f]{32,64}", text):
        return "is a key in plain text, revoke it"
    if len(text) < _SHORT:
        return "is no encrypted text"
    try:
        length = len(b64decode(text, validate=True))
    except Error:
        return f"has {len(text)} characters, which is no length of such a value"
    return "" if length in _LENGTHS else f"is {length} bytes long where Travis makes 128, 256 or 512"


RULE = Rule(
    name="damaged-encrypted-value",
    severity=Severity.WARNING,
    summary="an encrypted value is not as long as those that Travis makes",
    why="A key of a repository gives 128, 256 or 512 bytes. Another length means that characters are missing or doubled: the "
    "value cannot be decrypted, and the variable or the login is empty in the build.",
    bad='language: ruby\nenv:\n  - secure: "CrlTNOz1Gs/WjrRFa4gMn9LbmoCWWrXFyyBxIm7x" # <- here\n',
    good='language: ruby\nscript:\n  - ./report "$API_TOKEN"\n',
    check=check,
    trigger=("secure",),
)
