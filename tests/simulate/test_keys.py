"""RSA keys: what is encrypted can be read again by OpenSSL's library and by us, and by nobody with another key."""

import base64
import json
from collections.abc import Callable
from functools import cache

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from travistool.errors import UsageError
from travistool.simulate.keys import decrypt, encrypt, private_key, public_key

PEM, SPKI, PKCS1 = (
    serialization.Encoding.PEM,
    serialization.PublicFormat.SubjectPublicKeyInfo,
    serialization.PublicFormat.PKCS1,
)
OPEN = serialization.NoEncryption()
TEXTS = [
    pytest.param("TOKEN=abc", id="plain"),
    pytest.param("TOKEN='it'\"'\"'s \"quoted\"  twice'", id="quotes and blanks"),
    pytest.param("TOKEN='two\nlines\n'", id="lines"),
    pytest.param("TOKEN='ü€😀'", id="unicode"),
    pytest.param("", id="empty"),
]


@cache
def key(bits: int, number: int) -> rsa.RSAPrivateKey:
    assert number >= 0
    return rsa.generate_private_key(65537, bits)


def public(bits: int, form: serialization.PublicFormat = SPKI) -> str:
    return key(bits, 0).public_key().public_bytes(PEM, form).decode()


def private(bits: int, form: serialization.PrivateFormat, number: int = 0) -> str:
    return key(bits, number).private_bytes(PEM, form, OPEN).decode()


@pytest.mark.parametrize("text", TEXTS)
def test_round_trip(text: str) -> None:
    secure = encrypt(public_key(public(1024)), text)
    assert key(1024, 0).decrypt(base64.b64decode(secure), padding.PKCS1v15()).decode() == text
    for form in (serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL):
        assert decrypt(private_key(private(1024, form)), secure) == text


@pytest.mark.parametrize(
    ("bits", "length", "takes"),
    [(1024, 172, 117), (2048, 344, 245), pytest.param(4096, 684, 501, marks=pytest.mark.heavy)],
)
def test_sizes(bits: int, length: int, takes: int) -> None:
    found = public_key(public(bits))
    assert (found.bits, found.takes, len(encrypt(found, "x" * takes))) == (bits, takes, length)
    with pytest.raises(UsageError, match=f"{takes + 1} bytes, .* a key of {bits} bits takes {takes}"):
        encrypt(found, "ü" * (takes // 2 + 1))


SPELLINGS = [
    pytest.param(SPKI, str, id="SPKI"),
    pytest.param(PKCS1, str, id="PKCS#1"),
    pytest.param(
        SPKI, lambda pem: pem.replace("PUBLIC", "RSA PUBLIC"), id="SPKI labeled as PKCS#1, as Travis has handed it out"
    ),
    pytest.param(SPKI, lambda pem: json.dumps({"key": pem, "fingerprint": "a:b"}), id="the answer of the API"),
    pytest.param(
        SPKI, lambda pem: json.dumps({"@type": "key_pair", "public_key": pem}), id="the answer of the newer API"
    ),
    pytest.param(SPKI, lambda pem: pem.replace("\n", "\r\n"), id="line ends of Windows"),
]


@pytest.mark.parametrize(("form", "spelled"), SPELLINGS)
def test_spellings(form: serialization.PublicFormat, spelled: Callable[[str], str]) -> None:
    secure = encrypt(public_key(spelled(public(1024, form))), "A=1")
    assert decrypt(private_key(private(1024, serialization.PrivateFormat.PKCS8)), secure) == "A=1"


@pytest.mark.parametrize("number", range(20))
def test_another_key_reads_nothing(number: int) -> None:
    other = private_key(private(1024, serialization.PrivateFormat.PKCS8, 1))
    assert decrypt(other, encrypt(public_key(public(1024)), f"A={number}")) is None


@pytest.mark.parametrize("text", ["", "abc", "A" * 172, "not base64!", "A" * 344])
def test_what_is_no_such_text(text: str) -> None:
    assert decrypt(private_key(private(1024, serialization.PrivateFormat.PKCS8)), text) is None


def test_keys_that_are_none() -> None:
    # No such key need be made, which takes seconds: any odd number of this size will do.
    large = rsa.RSAPublicNumbers(65537, 2**5119 + 1).public_key()
    for text, message in (
        ("", "no public RSA key"),
        ("ssh-rsa AAAA", "no public RSA key"),
        (private(1024, serialization.PrivateFormat.PKCS8), "a private key"),
        (large.public_bytes(PEM, SPKI).decode(), "the key has 5120 bits"),
    ):
        with pytest.raises(UsageError, match=message):
            public_key(text)
    closed = key(1024, 0).private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    )
    for text, message in ((closed.decode(), "has a passphrase"), (public(1024), "no private RSA key")):
        with pytest.raises(UsageError, match=message):
            private_key(text)


@pytest.mark.parametrize(
    ("start", "is_read"),
    [
        pytest.param(b"\0\2" + b"x" * 8 + b"\0", True, id="as it must be"),
        pytest.param(b"\0\1" + b"x" * 8 + b"\0", False, id="padded for a signature"),
        pytest.param(b"\1\2" + b"x" * 8 + b"\0", False, id="another first byte"),
        pytest.param(b"\0\2" + b"x" * 7 + b"\0", False, id="too little padding"),
        pytest.param(b"\0\2" + b"x" * 8, False, id="padding without an end"),
    ],
)
def test_padding_is_looked_at(start: bytes, is_read: bool) -> None:
    numbers = key(1024, 0).public_key().public_numbers()
    block = int.from_bytes(start.ljust(128, b"a"))
    secure = base64.b64encode(pow(block, numbers.e, numbers.n).to_bytes(128)).decode()
    found = decrypt(private_key(private(1024, serialization.PrivateFormat.PKCS8)), secure)
    assert found == ("a" * (128 - len(start)) if is_read else None)
