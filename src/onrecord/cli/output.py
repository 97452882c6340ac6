"""Where the records go: one after another to standard output, or a file each into a folder."""

import sys
from pathlib import Path
from typing import Protocol

from rich.console import Console

from onrecord.cli.people import WIDEST, print_record
from onrecord.cli.sources import Source
from onrecord.errors import ExportError
from onrecord.export import FORMATS, write
from onrecord.record import Record


class Output(Protocol):
    """Takes records one by one."""

    def add(self, record: Record, *, stem: str) -> None:
        """Writes one record; raises `ExportError` where that can't be done."""


class Stream:
    """Standard output."""

    def __init__(self, form: str, console: Console, *, verbose: bool) -> None:
        self.form = form
        self.console = console
        self.verbose = verbose
        self.begun = False

    def add(self, record: Record, *, stem: str) -> None:
        """Prints the record."""
        if self.form == "people":
            self._people(record)
            return
        form = FORMATS[self.form]
        if self.begun and not form.joins:
            raise ExportError(f"{record.report.id}: {form.name} holds one record; give --output")
        head = "" if self.begun else form.head
        _echo(head + form.render(record))
        self.begun = True

    def _people(self, record: Record) -> None:
        if self.begun:
            self.console.rule(style="dim")
        self.console.print()
        print_record(record, self.console, verbose=self.verbose)
        self.begun = True


def _echo(text: str) -> None:
    """Writes UTF-8 whatever the locale: these forms are for programs, and defined to be UTF-8."""
    out = sys.stdout.buffer
    out.write(text.encode("utf-8"))
    out.flush()


class Folder:
    """A folder with a file per report."""

    def __init__(self, form: str, folder: Path, inputs: list[Source], *, verbose: bool) -> None:
        self.form = form
        self.folder = folder
        self.verbose = verbose
        self.taken: set[str] = set()
        self.inputs = {Path(source.place).resolve() for source in inputs}

    def add(self, record: Record, *, stem: str) -> None:
        """Writes the record's file; a stem that is taken gets a number."""
        name, n = stem, 1
        while name.casefold() in self.taken:
            n += 1
            name = f"{stem}-{n}"
        self.taken.add(name.casefold())
        self._refuse_input(name)
        if self.form == "people":
            self._people(record, name)
        else:
            write(record, self.form, self.folder, stem=name)

    def _refuse_input(self, name: str) -> None:
        form = FORMATS.get(self.form)
        suffixes = [form.suffix, *form.beside] if form else [PEOPLE]
        for path in (self.folder / f"{name}{suffix}" for suffix in suffixes):
            if path.resolve() in self.inputs:
                raise ExportError(f"{path}: would overwrite an input; give another --output")

    def _people(self, record: Record, name: str) -> None:
        path = self.folder / f"{name}{PEOPLE}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                print_record(record, Console(file=file, width=WIDEST), verbose=self.verbose)
        except OSError as error:
            raise ExportError(f"can't write {path}: {error.strerror}") from error


PEOPLE = ".record.txt"
"""The suffix of the layout for people in a folder: plain `.txt` may be the report itself."""
