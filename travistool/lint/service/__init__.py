"""What the official parser says, in our words: one module per code, loaded when the code first turns up."""

from __future__ import annotations

from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from travistool.lint.rule import ServiceRule

LEVELS: Mapping[str, str] = {
    "alias_key": "info",
    "alias_value": "info",
    "clean_key": "warn",
    "clean_value": "warn",
    "default": "info",
    "deprecated_key": "warn",
    "deprecated_value": "warn",
    "downcase": "info",
    "duplicate": "info, or error for names of images",
    "duplicate_key": "error",
    "edge": "info",
    "empty": "warn",
    "find_key": "warn",
    "find_value": "warn, or info under `cache`",
    "invalid_condition": "error",
    "invalid_env_var": "error",
    "invalid_format": "error",
    "invalid_secure": "warn",
    "invalid_type": "error",
    "overwrite": "error",
    "required": "error",
    "secure": "alert, and error for the token of a vault",
    "strip_key": "warn",
    "underscore_key": "info",
    "unexpected_seq": "warn",
    "unknown_key": "warn",
    "unknown_value": "error",
    "unknown_var": "warn",
    "unsupported": "warn, but only with the parser's option `support`, which the service leaves off",
}
"""All codes that a single config can bring up, each with the level of its message, for people."""

CODES = tuple(LEVELS)


@cache
def service_rule(code: str) -> ServiceRule:
    """Return the rule of an official code. Raises KeyError for a code there is no module for."""
    if code not in CODES:
        raise KeyError(code)
    rule: ServiceRule = import_module(f"travistool.lint.service.{code}").RULE
    return rule
