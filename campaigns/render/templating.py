"""Templates from the package, and only those: sandboxed, everything escaped, nothing undefined let through."""

from collections.abc import Iterable
from importlib import resources

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment


def templates(folder: str, names: Iterable[str]) -> jinja2.Environment:
    """Give the templates of a folder of the package by name; no other can be reached from them."""
    held = resources.files("campaigns").joinpath(folder)
    return ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader({name: held.joinpath(name).read_text("utf-8") for name in names}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
