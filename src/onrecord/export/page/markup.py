"""Builds HTML that is escaped by default: what isn't `Markup` is text, and text is harmless."""

import html
import re
from typing import Any

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML doesn't allow."""


class Markup(str):
    """A piece of HTML: it is not escaped again."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """`text` as HTML, one character for each of its characters."""
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(_CONTROLS.sub("\ufffd", text)))


def join(*parts: str, by: str = "") -> Markup:
    """The parts one after another, `by` between them; empty parts are left out."""
    return Markup(escape(by).join(escape(part) for part in parts if part))


def tag(name: str, *children: str, **attributes: Any) -> Markup:
    """An element; `class_` is `class`, `data_e` is `data-e`; None and False are left out."""
    opened = "".join(_attribute(*attribute) for attribute in attributes.items())
    return Markup(f"<{name}{opened}>{join(*children)}</{name}>")


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    plain = name.rstrip("_").replace("_", "-")
    return f" {plain}" if value is True else f' {plain}="{escape(str(value))}"'
