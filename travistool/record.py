"""Frozen values with named fields, cheap to define.

A hook's run is mostly imports, and each `NamedTuple` costs 0.3 ms to define, a dataclass more; one of these a fiftieth.
They are for the modules that every lint run loads; elsewhere use a `NamedTuple`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # here and in other modules of that path: importing `typing` takes a tenth of a run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_: bool) -> Callable[[type], type]:
        """Mark nothing: only type checkers look."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record:
    """Base of values: fields are the annotated names in order, a field's default is its class attribute.

    Compares, prints, unpacks and is replaced (`_replace`) as a named tuple is, but is no tuple.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._defaults = {name: getattr(cls, name) for name in cls._fields if hasattr(cls, name)}
        cls.__match_args__ = cls._fields  # type: ignore[misc]  # final to mypy, but this is where it is made

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self._fields
        if not named and len(values) == len(names):
            # Most: a run makes fifty of them for each file.
            self.__dict__.update(zip(names, values))  # noqa: B905  as long as each other, and saying so costs a third
            return
        fields = self.__dict__
        fields.update(self._defaults)
        fields.update(zip(names, values, strict=False))
        fields.update(named)
        if len(fields) != len(names) or len(values) > len(names):
            raise _wrong(type(self), fields, len(values))

    def __setattr__(self, name: str, value: object) -> None:
        message = f"{type(self).__name__} is frozen: use _replace"
        raise AttributeError(message)

    def __delattr__(self, name: str) -> None:
        message = f"{type(self).__name__} is frozen"
        raise AttributeError(message)

    def __iter__(self) -> Iterator[Any]:
        fields = self.__dict__
        return iter([fields[name] for name in self._fields])

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in self._fields)})"

    def _replace(self, **named: Any) -> Self:
        """Return a value that differs in the given fields."""
        made = self.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(named)
        if len(made.__dict__) != len(self._fields):
            raise _wrong(type(self), made.__dict__, 0)
        return made


def _wrong(kind: type[Record], given: dict[str, Any], values: int) -> TypeError:
    """Return the error for fields that are missing or not known; `values` is how many came without a name."""
    missing = [name for name in kind._fields if name not in given]
    if missing and values <= len(kind._fields):
        return TypeError(f"{kind.__name__}() misses the field {missing[0]!r}")
    return TypeError(f"{kind.__name__}() takes the fields {', '.join(kind._fields)}")
