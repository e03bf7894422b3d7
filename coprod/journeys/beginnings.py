"""A new workspace with something in it to start from."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from coprod.kernel.contacts import Nation
from coprod.kernel.files import write_whole
from coprod.workspace import Workspace, new_workspace


def begin_workspace(root: Path, name: str, nation: Nation, *, simulated: bool = False) -> Workspace:
    """Make a workspace that holds the library's questionnaires and the starter materials.

    Raises BadInputError when the folder already holds something.
    """
    workspace = new_workspace(root, name, nation, simulated=simulated)
    for questionnaire in library_files():
        write_whole(workspace.surveys / questionnaire.name, questionnaire.read_bytes())
    for starter in starter_files(nation):
        folder = workspace.campaigns / starter.name.removesuffix(".md")
        write_whole(folder / "material.md", starter.read_bytes())
    return workspace


def library_files() -> tuple[Traversable, ...]:
    """Give the questionnaires that come with coprod, by name."""
    return _with_ending("surveys", "library", ".yaml")


def starter_files(nation: Nation = "england") -> tuple[Traversable, ...]:
    """Give the starter materials that come with coprod, by name: for Wales in English and in Welsh."""
    return _with_ending("campaigns", "starters/wales" if nation == "wales" else "starters", ".md")


def _with_ending(package: str, folder: str, ending: str) -> tuple[Traversable, ...]:
    entries = resources.files(package).joinpath(folder).iterdir()
    return tuple(
        sorted((entry for entry in entries if entry.name.endswith(ending)), key=lambda entry: entry.name)
    )
