"""Check many files: with the workspace's contacts, and without reading again what has not changed."""

import gc
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

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
FEWEST_A_PROCESS = 40  # to start a process takes about as long as to check fifteen leaflets
SELDOM = (100_000, 20, 20)


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


Outcome: TypeAlias = tuple[list[Checked], list[Problem]]


def check_paths(
    paths: list[str], workspace: Workspace | None, brief: CheckBrief, processes: int = 1
) -> list[Checked]:
    """Check every file and folder named, in several processes at once where there is much to read.

    The result is the same, in the same order, for any number. Raises BadInputError with all problems of all files.
    """
    checker = _Checker(workspace, brief)
    names = list(files_in(paths))
    known = {name: checker.recalled(name) for name in names}
    unread = [name for name, checked in known.items() if checked is None]
    many = min(processes, len(unread) // FEWEST_A_PROCESS) if PASTED not in unread else 1
    checked, problems = (
        _checked_together(unread, workspace, brief, many) if many > 1 else _checked(checker, unread)
    )
    if problems:
        raise BadInputError(*problems)
    known.update(zip(unread, checked, strict=True))
    return [one for one in map(known.get, names) if one is not None]


def _checked(checker: "_Checker", names: Sequence[str]) -> Outcome:
    checked: list[Checked] = []
    problems: list[Problem] = []
    for name in names:
        try:
            checked.append(checker.check(name))
        except BadInputError as error:
            problems.extend(error.problems)
    return checked, problems


def _checked_together(
    names: Sequence[str], workspace: Workspace | None, brief: CheckBrief, processes: int
) -> Outcome:
    """Check in processes that each take a share. When this is stopped, so are they."""
    # Only folders need them, and they would take a tenth of the time of one leaflet's check.
    from concurrent.futures import ThreadPoolExecutor

    from coprod.jobs import Job

    bounds = [len(names) * number // processes for number in range(processes + 1)]
    jobs = [Job(check_share, names[start:end], workspace, brief) for start, end in pairwise(bounds)]
    with ThreadPoolExecutor(processes) as waiting:
        try:
            outcomes = list(waiting.map(Job.result, jobs))
        finally:
            for job in jobs:
                job.stop()
    return [one for checked, _ in outcomes for one in checked], [
        one for _, problems in outcomes for one in problems
    ]


def check_share(names: Sequence[str], workspace: Workspace | None, brief: CheckBrief) -> Outcome:
    """Check some files in a process that was started for them: what it makes stays until it ends."""
    gc.set_threshold(*SELDOM)
    outcome = _checked(_Checker(workspace, brief), names)
    gc.freeze()
    return outcome


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

    def recalled(self, name: str) -> Checked | None:
        """Give what is remembered of a file that has not changed, or None."""
        if self.remembered is None or not _may_be_remembered(name):
            return None
        try:
            raw = read_bytes(Path(name), LARGEST_MATERIAL)
        except BadInputError:
            return None
        known = self.remembered.recall(raw, name)
        if known is None:
            return None
        text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        return Checked(known, text.replace("\r\n", "\n").replace("\r", "\n"))

    def check(self, name: str) -> Checked:
        if name == PASTED:
            return self._afresh(parse_material(sys.stdin.read(), PASTED, is_markdown=False))
        if self.remembered is None or not _may_be_remembered(name):
            return self._afresh(load_material(Path(name)))
        raw = read_bytes(Path(name), LARGEST_MATERIAL)
        material = load_material(Path(name))
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


def _may_be_remembered(name: str) -> bool:
    return Path(name).suffix.lower() in {".md", ".txt"}


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
