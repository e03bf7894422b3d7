"""The steps of a material's way out say how it stands: what is done, what has to be done again, and why."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coprod.journeys.checking.deciding import decide, deciding_of
from coprod.journeys.checking.editing import how_far
from coprod.journeys.checking.looking import Step, first_open, look_at, steps_of
from coprod.journeys.checking.releases import if_not_the_lead
from coprod.workspace import Workspace, load_workspace
from tests.coprod.signed_material import DAY, NAME, signed_and_released


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("signed")
        signed_and_released(folder, patched)
        yield folder / "workspace"


@pytest.fixture
def workspace(finished: Path, tmp_path: Path) -> Workspace:
    return load_workspace(Path(shutil.copytree(finished, tmp_path / "copy")))


def steps(workspace: Workspace) -> dict[str, Step]:
    return {one.id: one for one in steps_of(workspace, NAME, DAY)}


def undone(workspace: Workspace) -> set[str]:
    return {str(one.id) for one in steps(workspace).values() if one.state != "done"} - {"said", "gallery"}


def test_a_signed_material_whose_answer_changed_is_shown_to_the_panel_and_signed_again(
    workspace: Workspace,
) -> None:
    assert undone(workspace) == set()
    comment = next(one.id for one in deciding_of(workspace, NAME, DAY).open if one.id.startswith("comment"))
    decide(workspace, NAME, comment, ("not", "We left it as it was after all."), DAY)
    now = steps(workspace)
    assert now["decide"].state == "done"
    assert (now["show"].state, first_open(tuple(now.values()))) == ("open", "show")
    assert "The answers have changed since the panel was shown them" in now["show"].words
    assert "what the team decided has changed since it was signed" in now["sign"].words
    assert now["sign"].state == "later", "not before the panel was shown it"
    decide(workspace, NAME, "shown", ("Ada Example",), DAY)
    assert undone(workspace) == {"sign"}


def test_one_word_changed_voids_the_sign_off_and_each_screen_says_so(workspace: Workspace) -> None:
    path = workspace.campaigns / NAME / "material.md"
    path.write_text(path.read_text("utf-8").replace("You are strong", "You are brave"), "utf-8")
    look = look_at(workspace, NAME, DAY)
    assert not look.is_signed
    assert "the text has changed since the sign-off" in look.void
    now = steps(workspace)
    assert undone(workspace) == {"ask", "hand", "open", "sign", "release"}
    assert "holds no more: the text has changed since the sign-off, and 1 more" in now["sign"].words
    assert now["release"].state == "later"
    assert "not of a sign-off that holds now" in now["gallery"].words
    assert how_far(workspace, NAME) == "changed since it was signed off"


def test_a_sign_off_edited_by_hand_is_said_and_the_steps_still_come(workspace: Workspace) -> None:
    path = workspace.campaigns / NAME / "signoff.json"
    path.write_text(path.read_text("utf-8").replace("Kit", "Kat"), "utf-8")
    assert "was changed after it was signed" in steps(workspace)["sign"].words
    path.write_text("{", "utf-8")
    assert "this is not a sign-off coprod wrote" in steps(workspace)["sign"].words
    assert how_far(workspace, NAME) == "its sign-off cannot be read"


def test_a_drawn_file_that_is_not_as_signed_is_released_again(workspace: Workspace) -> None:
    assert how_far(workspace, NAME) == "drawn, in out/"
    (workspace.out / NAME / f"{NAME}-text.txt").write_text("other words", "utf-8")
    assert undone(workspace) == {"release"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sal", ""),
        ("sal, the lead", ""),
        ("Ada Example", "Ada Example is not the safeguarding lead of this service: tell Sal, room 2"),
    ],
)
def test_who_checked_that_it_is_safe_is_compared_with_the_safeguarding_lead(
    workspace: Workspace, name: str, said: str
) -> None:
    assert if_not_the_lead(workspace, name).startswith(said)
    decide(workspace, NAME, "safeguarding", (name,), DAY)
    decided = next(one.decided for one in deciding_of(workspace, NAME, DAY).open if one.id == "safeguarding")
    assert said in decided
    assert bool(said) == ("not the safeguarding lead" in decided)
