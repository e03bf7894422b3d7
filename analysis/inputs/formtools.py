"""Whose export a table is: Kobo or ODK, LimeSurvey, Microsoft Forms, Google Forms; and what the tool itself wrote."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml

GOOGLE = "Google Forms"


class FormTool(Struct, frozen=True, forbid_unknown_fields=True):
    """A tool, the headers it is known by, and the columns it writes by what they hold."""

    name: str
    all: tuple[str, ...]
    some: tuple[str, ...]
    least: int
    wrote: dict[str, tuple[str, ...]]

    def holds(self, header: str) -> str:
        """Give what a column holds that the tool wrote itself, or nothing for an answer."""
        called = header.strip().casefold()
        return next((holds for holds, headers in self.wrote.items() if called in headers), "")


class _Tools(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    tools: tuple[FormTool, ...]


def form_tool(headers: Sequence[str]) -> FormTool | None:
    """Give the tool that exported a table with these headers, or None when no tool is recognised."""
    called = {header.strip().casefold() for header in headers}
    for tool in _tools():
        if called.issuperset(tool.all) and len(called.intersection(tool.some)) >= tool.least:
            return tool
    return None


@functools.cache
def _tools() -> tuple[FormTool, ...]:
    return load_yaml(Path(__file__).with_name("formtools.yaml"), _Tools).value.tools
