"""To safeguarding leads: asking starts only when somebody can and will open the answers, and help has been checked."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.journeys.asking import batches, disposal, rehearsals, sessions
from coprod.journeys.asking.plans import session_plan
from coprod.journeys.overview import overview_of
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import MainRecord
from coprod.workspace import Workspace, load_workspace, save_settings
from surveys.boxes.box import read_rows
from surveys.boxes.device import device_folder, remember_key_made
from surveys.boxes.keys import Identity
from surveys.boxes.session import (
    Attendance,
    LeftOut,
    SessionPlan,
    check_plan,
    is_staff_word,
    load_plan,
    save_plan,
    staff_word_hash,
    working_days_after,
)
from surveys.boxes.withdrawal import WithdrawalWords, read_words, withdrawal_tags
from surveys.boxes.wordlists import word_list

from .ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    QUESTIONNAIRE,
    TODAY,
    a_plan,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

HOLDERS = (make_identity(), make_identity())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, HOLDERS)


@pytest.fixture
def real(workspace: Workspace) -> Workspace:
    confirmed = {"emergency": TODAY, "childline": TODAY}
    return save_settings(workspace, replace(workspace.settings, simulated=False, confirmed=confirmed))


def changed(workspace: Workspace, **settings: object) -> Workspace:
    return Workspace(workspace.root, replace(workspace.settings, **settings))


def reasons(workspace: Workspace, plan: SessionPlan | None = None) -> str:
    return "\n".join(sessions.reasons_not_to_start(workspace, plan or a_plan(), TODAY))


def test_a_ready_workspace_starts_and_a_real_one_likewise(workspace: Workspace, real: Workspace) -> None:
    assert reasons(workspace) == reasons(real) == ""


def test_one_key_holder_is_not_enough(workspace: Workspace) -> None:
    assert "at least 2 people" in reasons(changed(workspace, key_holders=workspace.settings.key_holders[:1]))


def test_half_a_rehearsal_names_who_is_missing(workspace: Workspace) -> None:
    device = workspace.settings.devices[0]
    half = replace(device, rehearsed_with=device.rehearsed_with[:1])
    missing = [h.name for h in workspace.settings.key_holders if h.public_key not in half.rehearsed_with]
    assert f"{missing[0]} has not shown on this device" in reasons(changed(workspace, devices=(half,)))


def test_a_rehearsal_on_another_device_does_not_count_here(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COPROD_HOME", str(tmp_path / "another"))
    assert reasons(workspace).count("has not shown on this device") == 2


def test_simulated_workspaces_rehearse_too(workspace: Workspace) -> None:
    assert "coprod keys rehearse" in reasons(changed(workspace, devices=()))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"opener": " "}, "name who will open the answers"),
        ({"label": ""}, "give the session a label"),
        ({"name": "../monday"}, "small letters, digits and hyphens"),
        ({"open_by": date(2026, 11, 22)}, "has passed"),
        ({"open_by": date(2026, 11, 26)}, "must be opened by 2026-11-25"),
        ({"withdraw_by": date(2026, 11, 22)}, "the last day to take answers back, 2026-11-22, has passed"),
        ({"withdraw_by": OPENING_DAY}, "only before they are opened"),
    ],
)
def test_a_plan_that_would_break_a_promise_is_refused(
    workspace: Workspace, change: dict[str, object], message: str
) -> None:
    plan = replace(a_plan(), **change)
    assert message in "\n".join(check_plan(plan, TODAY, 2))
    with pytest.raises(RefusedError):
        sessions.start_session(workspace, workspace.surveys / "after-a-visit.yaml", plan, TODAY)
    assert not any(workspace.boxes.rglob("*.box"))


def test_a_weekend_is_no_working_day() -> None:
    friday = date(2026, 11, 27)
    assert working_days_after(friday, 2) == date(2026, 12, 1)
    assert working_days_after(friday, 0) == friday


@pytest.mark.parametrize("confirmed", [{}, {"childline": TODAY}, {"emergency": TODAY}])
def test_a_real_session_asks_for_help_that_was_checked(real: Workspace, confirmed: dict[str, date]) -> None:
    assert "confirm 999 and at least one help line" in reasons(changed(real, confirmed=confirmed))


def test_help_checked_too_long_ago_or_for_another_nation_does_not_count(real: Workspace) -> None:
    stale = {"emergency": TODAY, "childline": TODAY - timedelta(days=181)}
    assert "help line" in reasons(changed(real, confirmed=stale))
    only_meic = {"emergency": TODAY, "meic": TODAY}
    assert reasons(changed(real, confirmed=only_meic)) == ""
    assert "help line" in reasons(changed(real, confirmed=only_meic, nation="england"))


def test_only_checked_help_is_shown_to_young_people(real: Workspace) -> None:
    assert {one.id for one in sessions.help_contacts(real, TODAY)} == {"emergency", "childline"}


@pytest.mark.parametrize(
    ("ages", "shown"),
    [
        (("11-15", "16-25"), {"emergency", "childline", "meic", "shout"}),
        (("16-25",), {"emergency", "childline", "meic", "shout"}),
        (("18-99",), {"emergency", "shout"}),
    ],
)
def test_help_on_the_page_is_for_people_of_that_age(
    workspace: Workspace, ages: tuple[str, ...], shown: set[str]
) -> None:
    """Parents and staff are not sent to a line for children, nor a young adult to one that ends at 18."""
    session = started(workspace)
    asked = replace(session.questionnaire, ages=ages)
    assert {one.id for one in sessions.contacts_for(replace(session, questionnaire=asked), TODAY)} == shown


def test_a_key_that_lies_on_the_device_stops_a_real_session_until_it_is_moved(
    real: Workspace, workspace: Workspace, tmp_path: Path
) -> None:
    key = tmp_path / "sam.key"
    key.touch()
    remember_key_made(device_folder(), HOLDERS[0].public_key, key)
    assert "lies on this device and would open its own box" in reasons(real)
    with pytest.raises(RefusedError, match="a key lies on this device"):
        rehearsals.start_rehearsal(real, "blue laptop", tmp_path / "again.json")
    assert reasons(workspace) == ""
    key.unlink()
    assert reasons(real) == ""


def test_a_session_keeps_the_exact_text_it_asks(workspace: Workspace) -> None:
    session = started(workspace)
    asked = workspace.boxes / "asked" / f"{session.plan.questionnaire}.yaml"
    (workspace.surveys / "after-a-visit.yaml").write_text("changed later")
    assert asked.read_text() == QUESTIONNAIRE
    assert sessions.resume_session(workspace, "monday", TODAY).questionnaire == session.questionnaire


def test_a_name_is_used_once(workspace: Workspace) -> None:
    started(workspace)
    with pytest.raises(BadInputError, match="this session exists"):
        started(workspace)


def test_a_session_does_not_go_on_after_its_opening_day_or_for_somebody_who_has_not_rehearsed(
    workspace: Workspace,
) -> None:
    started(workspace)
    with pytest.raises(RefusedError, match="has passed"):
        sessions.resume_session(workspace, "monday", OPENING_DAY + timedelta(days=1))
    with pytest.raises(RefusedError, match="has not shown on this device"):
        sessions.resume_session(changed(workspace, devices=()), "monday", TODAY)


def test_which_of_its_tags_a_record_bears_is_drawn_anew_so_no_tag_says_what_it_is_of(
    workspace: Workspace,
) -> None:
    session, salt = started(workspace), workspace.settings.withdrawal_salt
    borne = set()
    for _ in range(8):
        tags = withdrawal_tags(sessions.save_interview(session, an_interview(session, "words")), salt)
        rows = {row.tag for row in read_rows(session.box.path)}
        borne.add(tuple(number for number, tag in enumerate(tags) if tag in rows))
    assert {len(one) for one in borne} == {2}
    assert len(borne) > 1


def test_a_plan_is_read_back_as_it_was_written_and_has_no_time_of_day(tmp_path: Path) -> None:
    plan = replace(
        a_plan(),
        staff_word=staff_word_hash("Kettle"),
        attendance=Attendance(9, 8, (LeftOut(1, "no: interpreter #1"),)),
    )
    save_plan(tmp_path / "monday.session", plan)
    assert load_plan(tmp_path / "monday.session") == plan
    assert (tmp_path / "monday.session").read_text().startswith("format: 1\n")


def test_the_staff_word_is_kept_as_a_hash_only() -> None:
    kept = staff_word_hash("Kettle ")
    assert "kettle" not in kept.lower()
    assert is_staff_word(" kettle", kept)
    assert not is_staff_word("kettles", kept)
    assert not is_staff_word("", "")


def batch(
    workspace: Workspace, identity: Identity = HOLDERS[0], name: str = "first"
) -> batches.OpenedSummary:
    return batches.open_boxes(
        workspace,
        batches.session_sources(workspace),
        identity,
        name,
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )


def save(session: sessions.Session, count: int) -> list[WithdrawalWords]:
    return [
        sessions.save_interview(session, an_interview(session, f"made-up words {n}")) for n in range(count)
    ]


def rows_of_batch(workspace: Workspace, name: str = "first") -> dict[str, int]:
    from analysis.inputs.batchfile import read_batch_parquet

    frame = read_batch_parquet(batches.read_batch(workspace.analysis / f"{name}.batch", HOLDERS[1])).frame
    mains = frame.filter(frame["record"] == "main")["response"].n_unique()
    return {"mains": mains, "texts": frame.filter(frame["record"] == "text").height}


def test_from_answers_to_a_batch_that_either_key_holder_reads(workspace: Workspace) -> None:
    session = started(workspace)
    save(session, 6)
    sessions.end_session(session, Attendance(9, 8))
    summary = batch(workspace)
    assert (summary.answered, summary.damaged, summary.simulated) == ("5 to 9", 0, True)
    assert summary.left_out == ("Records too damaged to read: 0.",)
    assert rows_of_batch(workspace) == {"mains": 6, "texts": 6}
    header = batches.batch_header(summary.path)
    assert header.sessions[0].attendance == Attendance(9, 8)
    assert batches.waiting_sessions(workspace) == ()


def test_a_bundle_and_its_own_box_count_each_answer_once(workspace: Workspace) -> None:
    session = started(workspace)
    save(session, 6)
    bundle = sessions.bundle_session(workspace, "monday")
    batches.open_boxes(
        workspace,
        [bundle, workspace.boxes / "monday.box"],
        HOLDERS[0],
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
    )
    assert rows_of_batch(workspace) == {"mains": 6, "texts": 6}


def test_four_words_take_every_record_of_one_person_and_nobody_elses(workspace: Workspace) -> None:
    session = started(workspace)
    words = save(session, 6)
    assert sessions.withdraw(workspace, words[2], TODAY)
    assert not sessions.withdraw(workspace, words[2], TODAY)
    batch(workspace)
    assert rows_of_batch(workspace) == {"mains": 5, "texts": 5}


def test_the_words_come_in_the_language_the_young_person_read(workspace: Workspace) -> None:
    session = started(workspace)
    receipt = session_plan(session, ()).save(an_interview(session, "made-up words"), "cy")
    assert receipt is not None
    assert set(receipt.words) <= set(word_list("cy").words)
    assert sessions.withdraw(workspace, read_words(" ".join(receipt.words)), TODAY)


def test_whoever_wants_no_words_leaves_nothing_that_any_words_could_delete(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = started(workspace)

    def none_are_made(_: object) -> WithdrawalWords:
        raise AssertionError

    monkeypatch.setattr(sessions, "new_words", none_are_made)
    assert session_plan(session, ()).save(an_interview(session, "made-up words"), None) is None


def test_words_reach_answers_that_left_in_a_bundle_already(workspace: Workspace) -> None:
    session = started(workspace)
    words = save(session, 6)
    early = sessions.bundle_session(workspace, "monday")
    session.box.path.unlink()
    assert not sessions.withdraw(workspace, words[0], TODAY)
    batches.open_boxes(workspace, [early], HOLDERS[0], "first", today=OPENING_DAY, keep_until=KEEP_UNTIL)
    assert rows_of_batch(workspace) == {"mains": 5, "texts": 5}


def test_a_tombstone_travels_in_the_next_bundle(workspace: Workspace) -> None:
    tuesday = started(workspace, "tuesday")
    monday = started(workspace)
    words = save(monday, 6)
    early = sessions.bundle_session(workspace, "monday")
    sessions.withdraw(workspace, words[0], TODAY)
    later = sessions.bundle_session(workspace, tuesday.plan.name)
    sessions.tombstone_file(workspace).unlink()  # as on the key holder's own computer
    batches.open_boxes(
        workspace, [early, later], HOLDERS[0], "first", today=OPENING_DAY, keep_until=KEEP_UNTIL
    )
    assert rows_of_batch(workspace) == {"mains": 5, "texts": 5}


def test_after_the_printed_day_words_do_nothing_and_say_so(workspace: Workspace) -> None:
    words = save(started(workspace), 1)[0]
    with pytest.raises(RefusedError, match="mixed in for good"):
        sessions.withdraw(workspace, words, OPENING_DAY)


def test_one_damaged_plan_keeps_nobody_from_taking_answers_back(workspace: Workspace) -> None:
    words = save(started(workspace), 1)[0]
    (workspace.boxes / "older.session").write_bytes(b"")
    assert sessions.withdraw(workspace, words, TODAY)


def test_what_a_mac_puts_beside_each_file_on_a_stick_is_no_session_box_or_batch(workspace: Workspace) -> None:
    """A workspace is carried on USB sticks, and there each file gets a twin that holds nothing of ours."""
    session = started(workspace)
    words = save(session, 6)
    sessions.bundle_session(workspace, session.plan.name)
    for path in [path for path in workspace.root.rglob("*") if path.is_file()]:
        path.with_name(f"._{path.name}").write_bytes(b"\x00\x05\x16\x07" + bytes(200))
    assert sessions.withdraw(workspace, words[0], TODAY)
    batch(workspace)
    (workspace.analysis / "._first.batch").write_bytes(b"\x00\x05\x16\x07")
    assert [header.name for header in batches.batch_headers(workspace)] == ["first"]
    assert overview_of(workspace, TODAY).here


def test_a_link_put_among_the_answers_leads_no_disposal_to_somebody_elses_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.txt"
    theirs.write_text("not ours")
    (workspace.boxes / ".draft-link").symlink_to(theirs)
    (workspace.boxes / ".draft-file").write_text("left by a killed process")
    assert [path.name for path in disposal.half_written(workspace)] == [".draft-file"]


def test_a_session_in_a_batch_is_not_opened_again_in_other_company(workspace: Workspace) -> None:
    """Six opened, and then the six and one more, would leave that one person's answers as the difference."""
    save(started(workspace), 6)
    batch(workspace)
    save(started(workspace, "later"), 1)
    for sources in (("monday", "later"), ("later", "monday")):
        with pytest.raises(RefusedError, match="monday is in the batch first already"):
            opened_again(workspace, *sources)
    assert opened_again(workspace, "monday").answered == "5 to 9"


def test_a_bundle_that_was_copied_twice_is_known_under_its_new_name(workspace: Workspace) -> None:
    save(started(workspace), 6)
    bundle = sessions.bundle_session(workspace, "monday")
    batch(workspace)
    save(started(workspace, "later"), 1)
    copied = bundle.rename(bundle.with_name("monday (1).bundle"))
    for sources in ([copied, workspace.boxes / "later.box"], [workspace.boxes / "later.box", copied]):
        with pytest.raises(RefusedError, match="monday is in the batch first already"):
            batches.open_boxes(
                workspace, sources, HOLDERS[0], "second", today=OPENING_DAY, keep_until=KEEP_UNTIL
            )


def opened_again(workspace: Workspace, *names: str) -> batches.OpenedSummary:
    boxes = [workspace.boxes / f"{name}.box" for name in names]
    return batches.open_boxes(
        workspace, boxes, HOLDERS[0], "second", today=OPENING_DAY, keep_until=KEEP_UNTIL
    )


def test_nothing_is_opened_while_it_can_still_be_taken_back(workspace: Workspace) -> None:
    save(started(workspace), 5)
    with pytest.raises(RefusedError, match="until 2026-11-24"):
        batches.open_boxes(
            workspace,
            batches.session_sources(workspace),
            HOLDERS[0],
            "first",
            today=date(2026, 11, 24),
            keep_until=KEEP_UNTIL,
        )
    assert not any(workspace.analysis.iterdir())


def test_a_refused_opening_leaves_nothing_behind(workspace: Workspace) -> None:
    save(started(workspace), 4)
    with pytest.raises(RefusedError, match="fewer than 5"):
        batch(workspace)
    with pytest.raises(BadInputError, match="your key does not open"):
        batch(workspace, make_identity())
    assert not any(workspace.analysis.iterdir())


def test_a_box_from_elsewhere_is_not_taken_because_nobody_signed_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    save(started(workspace), 5)
    moved = (workspace.boxes / "monday.box").rename(tmp_path / "monday.box")
    with pytest.raises(BadInputError, match="not signed"):
        batches.open_boxes(workspace, [moved], HOLDERS[0], "first", today=OPENING_DAY, keep_until=KEEP_UNTIL)


def test_real_answers_open_on_another_computer_than_the_one_that_asked(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed = {"emergency": TODAY, "childline": TODAY}
    real = save_settings(workspace, replace(workspace.settings, simulated=False, confirmed=confirmed))
    session = started(real)
    save(session, 5)
    sessions.end_session(session)
    bundle = sessions.bundle_session(real, session.plan.name)
    for source in (bundle, bundle.with_suffix(".box")):
        with pytest.raises(RefusedError, match="asked on this device"):
            opened(real, source)
    assert not list(real.analysis.glob("*.batch"))
    monkeypatch.setenv("COPROD_HOME", str(tmp_path / "the analyst's computer"))
    assert opened(real, bundle).path.exists()
    assert not (tmp_path / "the analyst's computer").exists(), "no signing key is made by opening"


def test_where_there_is_no_other_computer_the_batch_carries_the_reason(real: Workspace) -> None:
    session = started(real)
    save(session, 5)
    sessions.end_session(session)
    box = real.boxes / f"{session.plan.name}.box"
    with pytest.raises(RefusedError):
        opened(real, box, "  ")
    summary = opened(real, box, "our only laptop")
    assert batches.batch_header(summary.path).opened_here == "our only laptop"


def opened(workspace: Workspace, source: Path, opened_here: str = "") -> batches.OpenedSummary:
    return batches.open_boxes(
        workspace,
        [source],
        HOLDERS[0],
        "first",
        today=OPENING_DAY,
        keep_until=KEEP_UNTIL,
        opened_here=opened_here,
    )


def test_a_real_session_names_a_safeguarding_lead(real: Workspace) -> None:
    assert "name the safeguarding lead" in reasons(changed(real, safeguarding_lead=" "))


def test_a_wrong_key_does_not_read_a_batch(workspace: Workspace) -> None:
    save(started(workspace), 5)
    path = batch(workspace).path
    with pytest.raises(BadInputError, match="your key does not open"):
        batches.read_batch(path, make_identity())
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(BadInputError, match="damaged"):
        batches.read_batch(path, HOLDERS[0])


def test_an_interview_belongs_to_its_session(workspace: Workspace) -> None:
    session = started(workspace)
    with pytest.raises(ValueError, match="belongs to its session"):
        sessions.save_interview(session, (MainRecord("b" * 64, {}),))
    with pytest.raises(ValueError, match="one main record"):
        sessions.save_interview(session, ())
    assert len(read_rows(session.box.path)) == 64


def test_destroying_takes_batch_box_and_bundle_and_leaves_a_certificate(workspace: Workspace) -> None:
    save(started(workspace), 5)
    sessions.bundle_session(workspace, "monday")
    path = batch(workspace).path
    certificate = disposal.dispose(workspace, "first", "Sam Rees", KEEP_UNTIL)
    assert not path.exists()
    assert not any(workspace.boxes.glob("monday.*"))
    assert batches.waiting_sessions(workspace) == ()
    text = certificate.read_text()
    assert "Sam Rees" in text
    assert "SIMULATED" in text
    assert text.count("SHA-256") == 4
    assert "does not prove" in text


def test_destroying_that_was_cut_short_can_be_done_again_and_both_certificates_stay(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(started(workspace), 5)
    sessions.bundle_session(workspace, "monday")
    path = batch(workspace).path
    real = disposal.destroy
    done: list[Path] = []

    def cut_short(file: Path) -> None:
        if len(done) == 2:
            raise BadInputError.of(file, "could not be destroyed: pulled out", "try again")
        done.append(file)
        real(file)

    monkeypatch.setattr(disposal, "destroy", cut_short)
    with pytest.raises(BadInputError, match="pulled out"):
        disposal.dispose(workspace, "first", "Sam", KEEP_UNTIL)
    assert path.exists()
    monkeypatch.setattr(disposal, "destroy", real)
    assert disposal.dispose(workspace, "first", "Sam", KEEP_UNTIL).name == "destroyed-first-2.txt"
    assert not path.exists()
    assert not any(workspace.boxes.glob("monday.*"))


def test_a_token_for_an_earlier_rehearsal_or_another_device_is_refused(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, token = tmp_path / "rehearsal.json", tmp_path / "token.json"
    rehearsals.answer(file, HOLDERS[0], token)
    rehearsals.start_rehearsal(workspace, "blue laptop", tmp_path / "newer.json")
    with pytest.raises(BadInputError, match="does not answer the latest rehearsal"):
        rehearsals.finish_rehearsal(workspace, token)
    monkeypatch.setenv("COPROD_HOME", str(tmp_path / "another"))
    with pytest.raises(BadInputError, match="for another device"):
        rehearsals.finish_rehearsal(workspace, token)


@pytest.mark.usefixtures("workspace")
def test_only_who_opened_the_dummy_can_make_a_token(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.json"
    with pytest.raises(BadInputError, match="for other key holders"):
        rehearsals.answer(file, make_identity(), tmp_path / "token.json")
    content = file.read_text()
    file.write_text(content.replace("blue laptop", "red laptop"))
    with pytest.raises(BadInputError, match="changed after it was made"):
        rehearsals.answer(file, HOLDERS[0], tmp_path / "token.json")
    forged = content.replace(HOLDERS[0].public_key, HOLDERS[1].public_key)
    file.write_text(forged)
    with pytest.raises(BadInputError):
        rehearsals.answer(file, HOLDERS[0], tmp_path / "token.json")


def test_a_guessed_proof_does_not_rehearse(workspace: Workspace, tmp_path: Path) -> None:
    bare = save_settings(workspace, replace(workspace.settings, devices=()))
    rehearsals.start_rehearsal(bare, "blue laptop", tmp_path / "rehearsal.json")
    rehearsals.answer(tmp_path / "rehearsal.json", HOLDERS[0], tmp_path / "token.json")
    token = (tmp_path / "token.json").read_text()
    proof = token.split('"proof":"')[1][:64]
    (tmp_path / "token.json").write_text(token.replace(proof, "0" * 64))
    with pytest.raises(BadInputError, match="does not answer"):
        rehearsals.finish_rehearsal(load_workspace(bare.root), tmp_path / "token.json")
    assert len(rehearsals.not_rehearsed(load_workspace(bare.root))) == 2
