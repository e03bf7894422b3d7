"""Check many files: with the workspace's contacts, and without reading again what has not changed."""

import sys
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from campaigns.checking.check import CheckResult, Kind, check_material
from campaigns.checking.remembered import Remembered
from campaigns.materials.material import ENDINGS, LARGEST_MATERIAL, Material, load_material, parse_material
from coprod.journeys.checking.citable import citable_releases, cites_releases
from coprod.kernel.contacts import Audience, ContactRegistry, Nation, shipped_contacts
from coprod.kernel.files import read_bytes
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.released import CitableRelease
from coprod.workspace import Workspace

PASTED = "-"


class CheckBrief(Struct, frozen=True):
    """What is asked of a check. `remember_in` is the folder for remembered checks; None: remember nothing."""

    today: date
    audience: Audience | None = None
    nation: Nation | None = None
    kind: Kind = "material"
    remember_in: Path | None = None


class Checked(Struct, frozen=True):
    """One file: what the check found, and the text its places point into."""

    result: CheckResult
    source: str


def check_paths(paths: list[str], workspace: Workspace | None, brief: CheckBrief) -> list[Checked]:
    """Check every file and folder named. Raises BadInputError with all problems of all files."""
    checker = _Checker(workspace, brief)
    checked: list[Checked] = []
    problems: list[Problem] = []
    for name in files_in(paths):
        try:
            checked.append(checker.check(name))
        except BadInputError as error:
            problems.extend(error.problems)
    if problems:
        raise BadInputError(*problems)
    return checked


class _Checker:
    """The settings of one run."""

    def __init__(self, workspace: Workspace | None, brief: CheckBrief) -> None:
        shipped = shipped_contacts()
        own = workspace.settings.local_contacts if workspace else ()
        self.registry = ContactRegistry(1, (*shipped.contacts, *own), shipped.ended)
        self.confirmed = dict(workspace.settings.confirmed) if workspace else {}
        self.workspace = workspace
        self.brief = brief
        settings = (self.registry, sorted(self.confirmed.items()), brief.today, brief.audience, brief.nation)
        remembers = brief.remember_in is not None and brief.kind == "material"
        self.remembered = (
            Remembered(brief.remember_in, msgspec.msgpack.encode(settings))
            if brief.remember_in is not None and remembers
            else None
        )

    @cached_property
    def releases(self) -> dict[str, CitableRelease] | None:
        """Give what may be cited, read when the first material cites it."""
        return citable_releases(self.workspace)

    def check(self, name: str) -> Checked:
        path = Path(name)
        if name == PASTED:
            return self._afresh(parse_material(sys.stdin.read(), PASTED, is_markdown=False))
        if self.remembered is None or path.suffix.lower() not in {".md", ".txt"}:
            return self._afresh(load_material(path))
        raw = read_bytes(path, LARGEST_MATERIAL)
        known = self.remembered.recall(raw, name)
        if known is not None:
            text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
            return Checked(known, text.replace("\r\n", "\n").replace("\r", "\n"))
        material = load_material(path)
        checked = self._afresh(material)
        if not _depends_on_pictures(material) and not cites_releases(material):
            self.remembered.keep(raw, name, checked.result)
        return checked

    def _afresh(self, material: Material) -> Checked:
        brief = self.brief
        result = check_material(
            material,
            self.registry,
            self.confirmed,
            brief.today,
            brief.audience,
            brief.nation,
            kind=brief.kind,
            releases=self.releases if cites_releases(material) else None,
        )
        return Checked(result, material.source)


def _depends_on_pictures(material: Material) -> bool:
    """Tell whether a check also looks at other files: whether the pictures of a material are there."""
    has_drawn = any(block.kind == "alt" for block in material.blocks)
    return material.front is not None and (has_drawn or bool(material.front.images))


def files_in(paths: list[str]) -> Iterator[str]:
    """Give the files named, and those that can be checked in folders named. Raises BadInputError for a folder without any."""
    for name in paths:
        folder = Path(name)
        if name == PASTED or not folder.is_dir():
            yield name
            continue
        found = sorted(
            file
            for file in folder.rglob("*")
            if file.suffix.lower() in ENDINGS and file.is_file() and not _is_hidden(file, folder)
        )
        if not found:
            raise BadInputError.of(name, "there is no file to check in this folder", "name another folder")
        yield from (str(file) for file in found)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)
