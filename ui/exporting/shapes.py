"""JSON into frozen dataclasses, strictly.

A receipt comes from anywhere. Each value must have the very type that the dataclass names, no part
may be missing (unless it has a default) and none may be there that is not known; what is wrong is
told with its place, "exchanges[2].answer.citations[0].start". So nothing that checks a receipt has
to ask again what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_SCALARS: Mapping[Any, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (int, float),
    bool: (bool,),
    NoneType: (NoneType,),
}


class ShapeError(ValueError):
    """A value is not of the shape that was asked for; the message says where."""


def shaped(kind: type[T], value: object, place: str = "") -> T:
    """A frozen dataclass from plain JSON types.

    Its fields may be scalars, `Literal`s, unions, other such dataclasses, `tuple[X, ...]` of them
    and `dict[str, X]`.

    Args:
        kind: The dataclass.
        value: What JSON gave.
        place: Where it stands, for messages.

    Raises:
        ShapeError: It has another shape.
    """
    if not isinstance(value, dict):
        raise ShapeError(f"{place or 'the file'} is no object")
    types = get_type_hints(kind)
    unknown = sorted(set(value) - set(types))
    if unknown:
        raise ShapeError(f"{_inside(place, unknown[0])} is not known here")
    parts = {}
    for part in fields(kind):  # type: ignore[arg-type]
        where = _inside(place, part.name)
        if part.name in value:
            parts[part.name] = _value(types[part.name], value[part.name], where)
        elif part.default is MISSING:
            raise ShapeError(f"{where} is missing")
    return kind(**parts)


def _value(kind: Any, value: object, place: str) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return shaped(kind, value, place)
    if kind in _SCALARS:
        # To Python a bool is an int; to JSON it is not.
        if isinstance(value, _SCALARS[kind]) and (kind is bool) == isinstance(value, bool):
            return value
        raise ShapeError(f"{place} is not of the kind {getattr(kind, '__name__', kind)}")
    return _READERS[get_origin(kind)](kind, value, place)


def _literal(kind: Any, value: object, place: str) -> Any:
    if isinstance(value, str) and value in get_args(kind):
        return value
    raise ShapeError(f"{place} is none of {', '.join(map(str, get_args(kind)))}")


def _union(kind: Any, value: object, place: str) -> Any:
    wrong = ShapeError(f"{place} is of none of its kinds")
    for one in get_args(kind):
        if (value is None) != (one is NoneType):
            continue
        try:
            return _value(one, value, place)
        except ShapeError as error:
            wrong = error
    raise wrong


def _tuple(kind: Any, value: object, place: str) -> Any:
    if not isinstance(value, list):
        raise ShapeError(f"{place} is no list")
    inner = get_args(kind)[0]
    return tuple(_value(inner, one, f"{place}[{at}]") for at, one in enumerate(value))


def _mapping(kind: Any, value: object, place: str) -> Any:
    if not isinstance(value, dict):
        raise ShapeError(f"{place} is no object")
    inner = get_args(kind)[1]
    return {key: _value(inner, one, _inside(place, key)) for key, one in value.items()}


_READERS: Mapping[Any, Callable[[Any, object, str], Any]] = {
    Literal: _literal,
    Union: _union,
    UnionType: _union,
    tuple: _tuple,
    dict: _mapping,
}


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
