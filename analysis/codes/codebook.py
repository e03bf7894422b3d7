"""The codebook: what each code means, when to use it and when not, which code it belongs under.

`format: 1`, one YAML file. A code is known by its `id`, which never changes; its name may. Examples are
made up, so that a codebook can be shared: no answer of a young person belongs in one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import Loaded, Steps, load_yaml, load_yaml_text, nearest

SHIPPED = Path(__file__).parents[1] / "codebooks"
NO_CODE = ""
CodeId = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,59}$")]
Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$", description="write a colour such as #3366aa")]
Said = Annotated[str, Meta(min_length=1, max_length=2000)]


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """One change made to a codebook: on which day, by whom (initials), what and why."""

    on: date
    who: str
    what: Said


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """One code. `under` is the id of the code it belongs under, or empty.

    `kind: group` only holds other codes together and is given to no answer.
    """

    id: CodeId
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    definition: Said
    include: tuple[Said, ...] = ()
    exclude: tuple[Said, ...] = ()
    simulated_examples: tuple[Said, ...] = ()
    colour: Colour = "#888888"
    under: str = NO_CODE
    kind: Literal["code", "group"] = "code"
    memo: str = ""


class Codebook(Struct, frozen=True, forbid_unknown_fields=True):
    """Codes in the order a reader sees them, what they were made from, and what changed since."""

    format: Literal[1]
    codebook: str
    source: str
    codes: Annotated[tuple[Code, ...], Meta(min_length=1)]
    memo: str = ""
    history: tuple[Change, ...] = ()

    def code(self, name: str) -> Code:
        """Give a code by its id or its name, in any case. Raises BadInputError naming the likeliest."""
        wanted = clean_line(name).casefold()
        for one in self.codes:
            if wanted in {one.id, one.name.casefold()}:
                return one
        raise BadInputError.of(
            self.codebook,
            f"there is no code `{clean_line(name)}`",
            nearest(wanted, (one.id for one in self.codes)),
        )


def load_codebook(path: Path) -> Codebook:
    """Give the codebook in a YAML file. Raises BadInputError with every mistake in it and its place.

    Mistakes are, besides those of form: two codes with one id or one name (in any case), a code under one
    that is not there, and codes that go round in a circle.
    """
    return _sound(load_yaml(path, Codebook))


def parse_codebook(text: str, name: str = "codebook") -> Codebook:
    """Give the codebook in YAML text; otherwise as `load_codebook`."""
    return _sound(load_yaml_text(text, name, Codebook))


def shipped_codebook(name: str = "health-care") -> Codebook:
    """Give a codebook that comes with coprod. Raises BadInputError naming those there are."""
    known = sorted(path.stem for path in SHIPPED.glob("*.yaml"))
    if name not in known:
        raise BadInputError.of(name, "no such codebook comes with coprod", nearest(name, known))
    return load_codebook(SHIPPED / f"{name}.yaml")


def codebook_text(codebook: Codebook) -> str:
    """Give a codebook as the YAML that `parse_codebook` reads back to an equal one."""
    import yaml

    whole = msgspec.to_builtins(codebook)
    text: str = yaml.safe_dump(
        _written(whole), allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    return text


def in_tree_order(codes: Sequence[Code]) -> tuple[tuple[int, Code], ...]:
    """Give each code after the one it is under, with its depth from 0."""

    def below(parent: str, depth: int) -> Iterator[tuple[int, Code]]:
        for code in codes:
            if code.under == parent:
                yield depth, code
                yield from below(code.id, depth + 1)

    return tuple(below(NO_CODE, 0))


def sound(codebook: Codebook, path: str) -> Codebook:
    """Give back a codebook made by a program when its codes fit together; raises BadInputError otherwise."""
    return _sound(Loaded(codebook, path, {}))


def _written(value: object) -> object:
    """Leave out what is empty, which is what a missing line says."""
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items() if item not in ("", [], ())}
    return [_written(item) for item in value] if isinstance(value, list | tuple) else value


def _sound(loaded: Loaded[Codebook]) -> Codebook:
    problems = [*_twice(loaded, "id"), *_twice(loaded, "name"), *_astray(loaded), *_circles(loaded)]
    if problems:
        raise BadInputError(*problems)
    return loaded.value


def _twice(loaded: Loaded[Codebook], field: Literal["id", "name"]) -> Iterator[Problem]:
    """Give a problem for each code whose id or name another has; case and blanks make no difference."""
    said = [clean_line(getattr(code, field)).casefold() for code in loaded.value.codes]
    times = Counter(said)
    for place, one in enumerate(said):
        if times[one] > 1 and said.index(one) < place:
            steps: Steps = ("codes", place, field)
            yield loaded.problem(
                steps, f"two codes have the {field} `{one}`", f"give each code a {field} of its own"
            )


def _astray(loaded: Loaded[Codebook]) -> Iterator[Problem]:
    known = {code.id for code in loaded.value.codes}
    for place, code in enumerate(loaded.value.codes):
        if code.under and code.under not in known:
            what = f"`{code.under}` is no code here"
            yield loaded.problem(("codes", place, "under"), what, nearest(code.under, known))


def _circles(loaded: Loaded[Codebook]) -> Iterator[Problem]:
    """Give one problem a circle, at the first of its codes."""
    above = {code.id: code.under for code in loaded.value.codes}
    told: set[str] = set()
    for place, code in enumerate(loaded.value.codes):
        path = _upwards(code.id, above)
        if path[-1] == code.id and len(path) > 1 and code.id not in told:
            told |= set(path)
            what = f"these codes are under each other in a circle: {', '.join(path)}"
            yield loaded.problem(("codes", place, "under"), what, "let one of them be under none")


def _upwards(code: str, above: dict[str, str]) -> list[str]:
    """Give a code and those above it, until the top or until one comes again, which then stands last."""
    path = [code]
    while above.get(path[-1]) and path[-1] not in path[:-1]:
        path.append(above[path[-1]])
    return path
