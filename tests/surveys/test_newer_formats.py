"""To everybody: a file that a later coprod wrote is told apart from a damaged one, and left as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coprod.journeys.asking import batches, rehearsals, sessions
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, load_workspace
from surveys.boxes.device import device_folder
from tests.surveys.ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

HOLDERS = (make_identity(), make_identity())
Read = Callable[[Workspace], object]
FILES: dict[str, Read] = {
    "workspace/coprod.toml": lambda workspace: load_workspace(workspace.root),
    "workspace/boxes/monday.session": lambda workspace: sessions.resume_session(workspace, "monday", TODAY),
    "workspace/boxes/monday.bundle": lambda workspace: batches.open_boxes(
        workspace, [workspace.boxes / "monday.bundle"], HOLDERS[0], "second",
        today=OPENING_DAY, keep_until=KEEP_UNTIL,
    ),
    "workspace/boxes/withdrawn.json": lambda workspace: sessions.bundle_session(workspace, "monday"),
    "workspace/analysis/first.batch": batches.batch_headers,
    "home/device-key.json": lambda workspace: sessions.bundle_session(workspace, "monday"),
    "rehearsal.json": lambda workspace: rehearsals.answer(
        workspace.root.parent / "rehearsal.json", HOLDERS[0], workspace.root.parent / "t.json"
    ),
    "token.json": lambda workspace: rehearsals.finish_rehearsal(workspace, workspace.root.parent / "token.json"),
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = ready_workspace(tmp_path, monkeypatch, HOLDERS)
    session = started(workspace)
    words = [sessions.save_interview(session, an_interview(session, "made-up words")) for _ in range(6)]
    sessions.withdraw(workspace, words[0], TODAY)
    sessions.bundle_session(workspace, "monday")
    batches.open_boxes(
        workspace,
        batches.session_sources(workspace),
        HOLDERS[0],
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )
    assert device_folder() == tmp_path / "home"
    return workspace


@pytest.mark.parametrize("name", FILES)
def test_a_newer_file_is_named_with_its_format_and_not_touched(workspace: Workspace, name: str) -> None:
    path = workspace.root.parent / name
    content = path.read_bytes()
    for old, new in (
        (b"format: 1", b"format: 2"),
        (b"format = 1", b"format = 2"),
        (b'"format":1', b'"format":2'),
        (b'"format": 1', b'"format": 2'),
    ):
        content = content.replace(old, new, 1)
    assert content != path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        FILES[name](workspace)
    (problem,) = caught.value.problems
    assert path.name in problem.path
    assert "format" in f"{problem.what} {problem.mend}" or "`2` does not fit here" in problem.what
    assert "damaged" not in problem.what
    assert path.read_bytes() == content
