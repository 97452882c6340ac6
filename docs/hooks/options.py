"""The options of a command as a table, read from click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from onrecord.cli import _COMMANDS, main


def page_of(name: str) -> str:
    """The page that tells about a command, from `docs/`."""
    return f"{name}.md"


def command(name: str) -> click.Command:
    """The command called `name`; raises `KeyError` where there is none."""
    found = main.get_command(click.Context(main), name) if isinstance(main, click.Group) else None
    if found is None:
        raise KeyError(f"{name}: no such command; there are {', '.join(_COMMANDS)}")
    return found


def leaves(name: str) -> dict[str, click.Command]:
    """The command by how it is called; those in it, where it is a group of them."""
    found = command(name)
    if isinstance(found, click.Group):
        return {f"{name} {inner}": one for inner, one in found.commands.items()}
    return {name: found}


def page(name: str) -> str:
    """How the command is called, and its options, as Markdown."""
    return "\n\n".join(_one(path, found) for path, found in leaves(name).items())


def _one(path: str, found: click.Command) -> str:
    context = click.Context(found, info_name=f"onrecord {path}", **main.context_settings)
    rows = [_row(one) for one in found.get_params(context) if isinstance(one, click.Option)]
    head = ("| option | what it does | without it |", "|---|---|---|")
    inner = [f"### {path}", "", _paragraph(found), ""] if " " in path else []
    usage = f"```text\n{_usage(found, context)}\n```"
    return "\n".join((*inner, usage, "", *head, *rows))


def _paragraph(found: click.Command) -> str:
    """The first paragraph of a command's help."""
    return _sentence((found.help or "").partition("\n\n")[0])


def variables() -> str:
    """The environment variables that stand in for options, as Markdown."""
    used: dict[str, dict[str, None]] = {}
    helps: dict[str, str] = {}
    for name in _COMMANDS:
        for one in (one for leaf in leaves(name).values() for one in leaf.params):
            for variable in _names(one.envvar):
                used.setdefault(variable, {})[f"`{name}`"] = None
                helps[variable] = f"`{_longest(one)}`: {_sentence(getattr(one, 'help', ''))}"
    rows = [f"| `{name}` | {helps[name]} | {', '.join(used[name])} |" for name in sorted(used)]
    return "\n".join(("| variable | stands in for | commands |", "|---|---|---|", *rows))


def listed() -> str:
    """All commands, a line each, as Markdown."""
    rows = [
        f"| [`onrecord {name}`]({page_of(name)}) | {line} |"
        for name, (*_, line) in _COMMANDS.items()
    ]
    return "\n".join(("| command | what it does |", "|---|---|", *rows))


def _usage(found: click.Command, context: click.Context) -> str:
    return " ".join((context.command_path, *found.collect_usage_pieces(context)))


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in _flags(option))
    value = "" if option.is_flag else _value(option)
    says = " ".join(filter(None, (_sentence(option.help or ""), _choices(option), _again(option))))
    return f"| {names}{value} | {says} | {_default(option)} |"


def _flags(option: click.Option) -> list[str]:
    """The option's names, the long one first."""
    return sorted(
        (*option.opts, *option.secondary_opts), key=lambda name: not name.startswith("--")
    )


def _value(option: click.Option) -> str:
    """What the option wants, in words; nothing where its choices are listed anyway."""
    if isinstance(option.type, click.Choice):
        return ""
    named: str = option.metavar or option.type.name or "text"
    words = {"integer range": "number", "integer": "number", "float range": "number"}
    text = words.get(named, named).replace("|", " or ").replace("[NAME:]", "name:")
    return f" _{text.lower()}_"


def _choices(option: click.Option) -> str:
    if not isinstance(option.type, click.Choice):
        return ""
    return f"One of {', '.join(f'`{choice}`' for choice in option.type.choices)}."


def _again(option: click.Option) -> str:
    return "May be given several times." if option.multiple else ""


def _default(option: click.Option) -> str:
    """The default, where it says more than that there is none."""
    default: Any = option.default
    if option.required:
        return "must be given"
    if isinstance(option.show_default, str):
        return option.show_default
    plain = isinstance(default, (str, int, float)) and not isinstance(default, bool)
    return f"`{default}`" if plain and default != "" else ""


def _sentence(text: str) -> str:
    """A help text as one line of a table's cell."""
    return " ".join(text.split()).replace("|", "&#124;").replace("<", "&lt;").replace("*", "&#42;")


def _names(variables: str | Sequence[str] | None) -> Iterable[str]:
    return [variables] if isinstance(variables, str) else (variables or ())


def _longest(parameter: click.Parameter) -> str:
    return max(parameter.opts, key=len)
