"""Every command, option and variable is documented."""

from __future__ import annotations

import click
import pytest
from docs.hooks import addresses, columns, options, site
from tests.docs import pages

from onrecord import cli
from onrecord.evaluation import SUITES
from onrecord.export import FORMATS
from onrecord.export.columns import NAMES
from onrecord.export.columns import columns as columns_of
from onrecord.serve.api.operations import operations

COMMANDS = list(cli._COMMANDS)
LEAVES = {path: leaf for name in COMMANDS for path, leaf in options.leaves(name).items()}


def whole(name: str) -> str:
    """A command's page as it is shown."""
    page = options.page_of(name)
    return site.filled(pages.text(page), page=page)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_that_begins_with_its_name(name: str) -> None:
    page = pages.path_of(options.page_of(name))
    assert page.exists(), f"onrecord {name} has no page"
    assert page.read_text("utf-8").startswith(f"# onrecord {name}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_on_its_page(name: str) -> None:
    told = whole(name)
    for leaf in options.leaves(name).values():
        for option in leaf.params:
            if isinstance(option, click.Option):
                assert f"`{max(option.opts, key=len)}`" in told, f"{name}: {option.opts}"


@pytest.mark.parametrize("path", LEAVES)
def test_every_option_says_what_it_does(path: str) -> None:
    for option in LEAVES[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"onrecord {path}: {option.opts} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_tells_of_exit_codes_or_where_they_are(name: str) -> None:
    assert "xit codes" in whole(name)


def test_a_table_has_flags_values_choices_and_defaults() -> None:
    table = options.page("run")
    assert "onrecord run [OPTIONS] INPUT..." in table
    assert "| `--workers`, `-w` _number_ |" in table
    assert "| must be given |" in table
    assert "| `10%` |" in table
    assert "One of `people`, `json`" in options.page("read")


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="write: no such command; there are read, add"):
        options.page("write")


def test_every_variable_is_on_the_page_of_settings() -> None:
    told = site.filled(pages.text("settings.md"), page="settings.md")
    for leaf in LEAVES.values():
        for option in leaf.params:
            if isinstance(option.envvar, str):
                assert f"| `{option.envvar}` |" in told


def test_the_list_of_commands_links_to_their_pages() -> None:
    told = options.listed()
    for name, (_, _, line) in cli._COMMANDS.items():
        assert f"| [`onrecord {name}`]({options.page_of(name)}) | {line} |" in told


def test_every_form_and_every_suite_is_told() -> None:
    assert set(FORMATS) <= set(pages.rows(pages.section("read.md", "Formats")))
    assert set(SUITES) <= set(pages.rows(pages.text("eval.md")))


@pytest.mark.parametrize("name", NAMES)
def test_every_column_of_an_export_is_told(name: str) -> None:
    (line,) = (line for line in columns.page().splitlines() if line.startswith(f"**{name}**"))
    assert all(f"`{column}`" in line for column in columns_of(name))
    held = pages.rows(pages.text("export.md").partition("### What they hold")[2])
    assert not set(columns_of(name)) - set(held)


def test_every_address_of_the_api_is_told_with_its_parameters() -> None:
    told = addresses.page()
    assert "<!-- addresses -->" in pages.text("api.md")
    for one in operations():
        _, _, rest = told.partition(f"### `{one.method} {one.path}`\n")
        its = rest.partition("\n### ")[0]
        assert all(f"| `{parameter.name}` |" in its for parameter in one.parameters), one.path
