"""What the official parser says, in our words: one module per code, loaded when the code first turns up."""

from __future__ import annotations

from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.lint.rule import ServiceRule

CODES = (
    "alias_key",
    "alias_value",
    "clean_key",
    "clean_value",
    "default",
    "deprecated_key",
    "deprecated_value",
    "downcase",
    "duplicate",
    "duplicate_key",
    "edge",
    "empty",
    "find_key",
    "find_value",
    "invalid_condition",
    "invalid_env_var",
    "invalid_format",
    "invalid_secure",
    "invalid_type",
    "overwrite",
    "required",
    "secure",
    "strip_key",
    "underscore_key",
    "unexpected_seq",
    "unknown_key",
    "unknown_value",
    "unknown_var",
    "unsupported",
)
"""All codes that a single config can bring up."""


@cache
def service_rule(code: str) -> ServiceRule:
    """Return the rule of an official code. Raises KeyError for a code there is no module for."""
    if code not in CODES:
        raise KeyError(code)
    rule: ServiceRule = import_module(f"travistool.lint.service.{code}").RULE
    return rule
