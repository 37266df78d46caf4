"""A repository's RSA keys: encrypt as Travis's client does, and decrypt what was encrypted for a key of one's own.

Source: travis.rb lib/travis/client/repository.rb and travis-build: RSA, PKCS#1 v1.5, Base64 without line breaks.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from travistool.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa

_BITS = (1024, 4096)
_PADDING = 11
"""Bytes that the padding takes at least."""

_LABEL = re.compile(r"-----BEGIN (?P<kind>RSA PUBLIC KEY|PUBLIC KEY)-----")


class PublicKey(NamedTuple):
    """What a text is encrypted with. `takes` is how many bytes it may have."""

    key: rsa.RSAPublicKey
    bits: int
    takes: int


class PrivateKey(NamedTuple):
    """The numbers that undo it."""

    modulus: int
    exponent: int
    length: int


def public_key(text: str) -> PublicKey:
    """Read a public key: PEM of either form, or the JSON with it that Travis's API answers. Raises UsageError."""
    _need_library()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  # an extra

    pem = _unpacked(text)
    if "PRIVATE KEY-----" in pem:
        raise UsageError("this is a private key", "name the public one: travis pubkey --pem prints it")
    for one in _spellings(pem):
        try:
            found = serialization.load_pem_public_key(one.encode())
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
        if not isinstance(found, rsa.RSAPublicKey):
            break
        return PublicKey(found, _fitting(found.key_size), found.key_size // 8 - _PADDING)
    raise UsageError("this is no public RSA key in PEM form", "travis pubkey --pem prints it")


def private_key(text: str) -> PrivateKey:
    """Read a private key in PEM form, PKCS#1 or PKCS#8. Raises UsageError."""
    _need_library()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  # an extra

    try:
        found = serialization.load_pem_private_key(text.encode(), password=None)
    except TypeError as error:
        raise UsageError(
            "the private key has a passphrase", "openssl rsa -in KEY -out FILE writes one without"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError("this is no private RSA key in PEM form") from error
    if not isinstance(found, rsa.RSAPrivateKey):
        raise UsageError("this is no private RSA key in PEM form")
    numbers = found.private_numbers()
    return PrivateKey(numbers.public_numbers.n, numbers.d, _fitting(found.key_size) // 8)


def encrypt(key: PublicKey, text: str) -> str:
    """Return the text that stands under `secure`. Raises UsageError for what the key is too short for."""
    data = text.encode("utf-8", "surrogateescape")
    if len(data) > key.takes:
        raise UsageError(
            f"{len(data)} bytes, name and quotes included, are too many: a key of {key.bits} bits takes {key.takes}",
            "encrypt a shorter value, such as the passphrase of an encrypted file",
        )
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415  # an extra

    return base64.b64encode(key.key.encrypt(data, padding.PKCS1v15())).decode()


def decrypt(key: PrivateKey, text: str) -> str | None:
    """Return the clear text; None for what was encrypted for another key, or is not encrypted at all."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(data) != key.length:
        return None
    # Not by the library: it answers wrong keys with random bytes on purpose, to tell an attacker nothing.
    clear = pow(int.from_bytes(data), key.exponent, key.modulus).to_bytes(key.length)
    filled, _, message = clear[2:].partition(b"\0")
    if clear[:2] != b"\0\2" or len(filled) < _PADDING - 3 or len(filled) == key.length - 2:
        return None
    try:
        return message.decode()
    except UnicodeDecodeError:
        return None


def _need_library() -> None:
    if find_spec("cryptography") is None:
        raise UsageError(
            "keys need the library cryptography, which is not installed", "pip install 'travistool[encrypt]'"
        )


def _unpacked(text: str) -> str:
    """Return the PEM text of what may be JSON around it."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    named = [found.get(name) for name in ("public_key", "key")] if isinstance(found, dict) else [found]
    return next((one for one in named if isinstance(one, str)), "")


def _spellings(pem: str) -> tuple[str, ...]:
    """Return the text, and the text with the other label: Travis has handed out keys under the wrong one."""
    found = _LABEL.search(pem)
    if found is None:
        return (pem,)
    other = "PUBLIC KEY" if found["kind"].startswith("RSA") else "RSA PUBLIC KEY"
    return pem, pem.replace(f"{found['kind']}-----", f"{other}-----")


def _fitting(bits: int) -> int:
    least, most = _BITS
    if not least <= bits <= most:
        raise UsageError(f"the key has {bits} bits; Travis's keys have from {least} to {most}")
    return bits
