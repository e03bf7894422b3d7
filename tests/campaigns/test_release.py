"""Release promises a team that what was signed is what is drawn, and says exactly what stands in the way."""

import io
import re
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import docx
import pptx
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from campaigns.materials.material import load_material
from campaigns.releasing.binding import canonical, sha256
from campaigns.releasing.gate import checked, fingerprint, panel_hash, reasons_against
from campaigns.releasing.history import Event, History
from campaigns.releasing.release import release, sign_off
from campaigns.releasing.signing import Approver
from campaigns.releasing.signoff import (
    CommentAnswer,
    MixMet,
    Override,
    SignOff,
    Waiver,
    comment_id,
    load_signoff,
    signoff_bytes,
)
from campaigns.releasing.verify import Known, verify_code, verify_file
from campaigns.render import MATERIAL_KINDS
from campaigns.render.drawing import BOTH_LANGUAGES
from coprod.kernel.panel_result import PanelComment
from coprod.kernel.problem import BadInputError, RefusedError
from tests.campaigns.sample_cases import (
    APPROVERS,
    COMMENT,
    HARM,
    KEY,
    OTHER_KEY,
    TODAY,
    case_in,
    decided,
    good_folder,
    panel_of,
)

FORMATS = {
    "page",
    "poster-a4",
    "leaflet",
    "card-square",
    "card-wide",
    "large-print",
    "easy-read",
    "text",
}
TWO_ROLES = ("Ada Example, safeguarding lead", "Bo Example, campaign lead")
NOT_TWO_ROLES = (
    (("Ada Example, safeguarding lead", "ada  example, Campaign Lead"), "names one person twice"),
    (("Ada Example", "Bo Example"), "does not say in which role each of them is"),
    (("Ada Example, worker", "Bo Example"), "does not say in which role each of them is"),
    (("Ada Example, worker", "Bo Example,  Worker"), "names two people in one role"),
)
NAMED = "formats: [page, poster-a4, leaflet, card-square, card-wide, large-print, easy-read, text]"


@pytest.fixture
def folder(tmp_path):
    return good_folder(tmp_path)


def edit(folder, old, new):
    path = folder / "material.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def signed(folder, **decisions):
    return sign_off(case_in(folder), decided(**decisions), KEY, TODAY)


def refused(function, *arguments):
    with pytest.raises(RefusedError) as raised:
        function(*arguments)
    return "\n".join(raised.value.reasons)


def test_a_good_material_is_released_in_the_formats_it_asks_for(folder):
    signoff = signed(folder)
    released = release(case_in(folder), signoff, APPROVERS, TODAY)
    assert set(released.files) == FORMATS
    assert {"x-page.html", "x-poster-a4.pdf", "x-card-wide.png", "x-text.txt"} <= set(released.named("x"))
    for kind in ("page", "text"):
        assert released.code in released.files[kind].decode()
        assert "Riverside" in released.files[kind].decode()


def test_the_same_sign_off_gives_the_same_files(folder):
    signoff = signed(folder)
    assert release(case_in(folder), signoff, APPROVERS, TODAY) == release(
        case_in(folder), signoff, APPROVERS, TODAY
    )
    assert signed(folder) == signoff


def test_every_released_file_is_known_and_a_changed_one_is_not(folder):
    signoff = signed(folder)
    released = release(case_in(folder), signoff, APPROVERS, TODAY)
    for kind, content in released.files.items():
        verdict = verify_file(content, Known([signoff], APPROVERS), TODAY)
        assert (verdict.is_signed, verdict.kind, verdict.title) == (True, kind, "It is never your fault")
        assert not verify_file(content + b" ", Known([signoff], APPROVERS), TODAY).is_signed


def test_a_printed_code_is_found_and_says_what_it_stands_for(folder):
    signoff = signed(folder)
    verdict = verify_code(signoff.signed.code.lower(), Known([signoff], APPROVERS), TODAY)
    assert verdict.is_signed
    assert verdict.title == "It is never your fault"
    assert not verify_code("AAAAA-AAAAA", Known([signoff], APPROVERS), TODAY).is_signed


def test_a_file_is_no_longer_good_when_its_sign_off_has_ended(folder):
    signoff = signed(folder)
    content = release(case_in(folder), signoff, APPROVERS, TODAY).files["text"]
    verdict = verify_file(content, Known([signoff], APPROVERS), signoff.signed.expires + timedelta(days=1))
    assert not verdict.is_signed
    assert "ended" in verdict.says


def test_a_sign_off_lasts_until_the_review_date_and_never_more_than_a_year(folder):
    assert signed(folder).signed.expires == TODAY + timedelta(days=365)
    edit(folder, "review_by: 2028-03-31", "review_by: 2027-01-31")
    assert signed(folder).signed.expires == date(2027, 1, 31)


def test_a_sign_off_on_disk_reads_back_and_an_edit_is_noticed(folder):
    path = folder / "signoff.json"
    assert load_signoff(path) is None
    signoff = signed(folder)
    path.write_bytes(signoff_bytes(signoff))
    assert load_signoff(path) == signoff
    path.write_bytes(signoff_bytes(signoff).replace(b'"simulated":false', b'"simulated": false'))
    with pytest.raises(BadInputError, match="edited"):
        load_signoff(path)
    path.write_bytes(b"{}")
    with pytest.raises(BadInputError, match="not a sign-off"):
        load_signoff(path)


def test_a_sign_off_holds_nobodys_words(folder):
    """The panel's comments stay in the panel's file; a sign-off may be shown to anyone."""
    assert COMMENT.text.encode() not in signoff_bytes(signed(folder))


REFUSALS = {
    "no panel": ({"panel": None}, {}, "no panel of young people has reviewed this material"),
    "contacts never confirmed": ({"confirmed": {}}, {}, "the contact `childline` was never confirmed"),
    "contacts confirmed long ago": (
        {"confirmed": dict.fromkeys(("childline", "shout", "emergency"), TODAY - timedelta(days=181))},
        {},
        "the contact `shout` was last confirmed on",
    ),
    "a comment without an answer": ({}, {"comments": ()}, "is not answered: “Make the numbers bigger"),
    "an answer to nothing": (
        {},
        {"comments": (*decided().comments, CommentAnswer("0" * 12, "done", "x" * 20))},
        "the answer to 000000000000 fits no comment",
    ),
    "a check dated tomorrow": (
        {},
        {"facts": replace(decided().facts, on=TODAY + timedelta(days=1))},
        "the facts check by Bo Example is dated 2026-12-02",
    ),
    "one person for everything": (
        {},
        {
            "safeguarding": replace(decided().safeguarding, name="sam  example"),
            "facts": replace(decided().facts, name="Sam Example"),
        },
        "are one person",
    ),
    "a waiver for nothing": (
        {},
        {"waivers": (Waiver("0" * 16, "y" * 20, TODAY, ("Ada Example", "Bo Example")),)},
        "fits no warning of this material",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_missing_is_said_exactly(folder, name):
    changes, decisions, reason = REFUSALS[name]
    assert reason in refused(sign_off, case_in(folder, **changes), decided(**decisions), KEY, TODAY)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"enough": False}, "fewer than 5 young people reviewed it together"),
        ({"material": "f" * 64}, "the panel reviewed other words or pictures"),
        ({"harm_raised": True}, "could harm someone, and nobody has answered"),
        ({"simulated": True}, "the panel was simulated"),
        (
            {"comments": (COMMENT, PanelComment("What could harm?", "The last line (simulated)."))},
            "“The last line (simulated).”",
        ),
    ],
)
def test_what_the_panel_said_is_never_passed_over(folder, changes, reason):
    case = case_in(folder)
    case = replace(case, panel=panel_of(case.material, folder, **changes))
    assert reason in refused(sign_off, case, decided(), KEY, TODAY)


def test_harm_that_was_answered_no_longer_stops_the_material(folder):
    case = case_in(folder)
    case = replace(case, panel=panel_of(case.material, folder, harm_raised=True))
    assert sign_off(case, decided(harm=HARM), KEY, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("review_by: 2028-03-31", "made_by: us", None),
        ("review_by: 2028-03-31", "review_by: 2026-01-01", "the review date 2026-01-01 has passed"),
        ("review_by: 2028-03-31", "review_by: 2031-01-01", "more than two years away"),
        (
            "contacts: [childline, shout, emergency]",
            "contacts: [nobody]",
            "the contact `nobody` is not known",
        ),
        ("You are strong.", "You put yourself at risk.", "material.md:"),
    ],
)
def test_a_fault_in_the_material_is_named(folder, old, new, reason):
    if reason is None:
        edit(folder, "review_by: 2028-03-31\n", "")
        reason = "write `review_by`"
    else:
        edit(folder, old, new)
    assert reason in refused(sign_off, case_in(folder), decided(), KEY, TODAY)


def test_a_text_without_front_matter_is_never_drawn(folder):
    (folder / "material.md").write_text("# Just words\n\nHello.\n", "utf-8")
    assert "no front matter" in refused(sign_off, case_in(folder), decided(), KEY, TODAY)


def test_a_block_cannot_be_waived_and_says_its_place(folder):
    edit(folder, "You are strong.", "You put yourself at risk.")
    case = case_in(folder)
    check = checked(case, TODAY)
    waivers = tuple(
        Waiver(
            fingerprint(case, finding), "Because we like it very much.", TODAY, ("Ada Example", "Bo Example")
        )
        for finding in check.findings
        if finding.severity == "block"
    )
    assert waivers
    reasons = "\n".join(reasons_against(case, decided(waivers=waivers), check, TODAY))
    assert "put-at-risk" in reasons
    assert "fits no warning" in reasons


def warned(folder):
    """Give the case of a material with one warning, and its id."""
    edit(folder, "You are strong.", "A young woman aged 14 told us so.")
    case = case_in(folder)
    found = [finding for finding in checked(case, TODAY).findings if finding.severity == "warn"]
    assert [finding.rule for finding in found] == ["adultify"]
    return case, fingerprint(case, found[0])


def test_a_warning_is_mended_or_waived_by_two_people_with_a_reason_and_an_end(folder):
    case, mark = warned(folder)
    assert f"let two people waive `{mark}`" in refused(sign_off, case, decided(), KEY, TODAY)
    waiver = Waiver(mark, "These are the words of the young person.", TODAY, TWO_ROLES)
    signoff = sign_off(case, decided(waivers=(waiver,)), KEY, TODAY)
    assert release(case, signoff, APPROVERS, TODAY)
    assert "its waiver ended" in refused(release, case, signoff, APPROVERS, TODAY + timedelta(days=1))
    for names, why in NOT_TWO_ROLES:
        other = replace(waiver, by=names)
        assert f"its waiver {why}" in refused(sign_off, case, decided(waivers=(other,)), KEY, TODAY)


def only_warning(folder, words: str, rule: str):
    """Give the case of a material with one warning, of this rule, and its id."""
    edit(folder, "You are strong.", words)
    case = case_in(folder)
    found = [finding for finding in checked(case, TODAY).findings if finding.severity == "warn"]
    assert [finding.rule for finding in found] == [rule]
    return case, fingerprint(case, found[0])


def test_one_person_may_waive_where_the_rule_asks_for_one(folder):
    case, mark = only_warning(folder, "The hut is hard to reach by bus.", "hard-to-reach")
    assert f"let one person waive `{mark}`" in refused(sign_off, case, decided(), KEY, TODAY)
    waiver = Waiver(mark, "It is the hut that is meant, not young people.", TODAY, ("Ada Example",))
    assert sign_off(case, decided(waivers=(waiver,)), KEY, TODAY)


def test_nobody_may_waive_where_the_rule_says_so(folder):
    case, mark = only_warning(folder, "Girls of 14 can legally consent.", "law-child-consents")
    waiver = Waiver(mark, "Somebody said so, and we believed it.", TODAY, ("Ada Example", "Bo Example"))
    assert "nobody may waive" in refused(sign_off, case, decided(waivers=(waiver,)), KEY, TODAY)
    assert "nobody may waive" in refused(sign_off, case, decided(override=OVERRIDE), KEY, TODAY)


def test_a_simulated_workspace_signs_without_real_contacts_and_says_so_on_every_file(folder):
    case = case_in(folder, simulated=True, confirmed={})
    case = replace(case, panel=panel_of(case.material, folder, simulated=True))
    released = release(case, sign_off(case, decided(), KEY, TODAY), APPROVERS, TODAY)
    assert b"Simulated: made-up people" in released.files["page"]
    assert b"SIMULATED" in released.files["text"]
    assert b"reviewed with young people" not in released.files["page"]


def test_welsh_is_marked_as_a_draft(folder):
    edit(folder, "languages: [en]", "languages: [cy]")
    released = release(case_in(folder), signed(folder), APPROVERS, TODAY)
    assert "Drafft" in released.files["page"].decode()


def test_a_text_message_is_drawn_where_it_is_asked_for(folder):
    edit(folder, NAMED, "formats: [sms]")
    message = release(case_in(folder), signed(folder), APPROVERS, TODAY).files["sms"].decode()
    assert "0800 1111" in message
    assert len(message) < 460


def test_the_reasons_of_an_unsigned_material_name_the_harmful_line_too(folder):
    edit(folder, "You are strong.", "You put yourself at risk.")
    reasons = refused(release, case_in(folder, panel=None), None, APPROVERS, TODAY)
    for reason in ("there is no sign-off", "put-at-risk", "no panel"):
        assert reason in reasons


def test_comments_are_told_apart_by_their_words():
    assert comment_id(COMMENT) != comment_id(replace(COMMENT, text="Other."))
    assert comment_id(COMMENT) == comment_id(PanelComment(COMMENT.about, COMMENT.text))


def test_the_canonical_spelling_has_sorted_keys_and_no_spaces(folder):
    signoff = signed(folder)
    content = canonical(signoff)
    assert b", " not in content.replace(signoff.signed.title.encode(), b"").split(b'"reason"')[0]
    assert isinstance(signoff, SignOff)
    assert load_material(folder / "material.md").front is not None
    assert OTHER_KEY.public_key != KEY.public_key


def test_a_panel_is_told_what_was_done_before_anybody_signs(folder):
    case = case_in(folder)
    assert "has not been shown" in refused(sign_off, case, decided(shown=None), KEY, TODAY)
    later = replace(decided().comments[0], reason="On second thoughts we did nothing at all.")
    changed = replace(decided(), comments=(later,))
    assert "the answers have changed since" in refused(sign_off, case, changed, KEY, TODAY)
    shown = replace(decided().shown, on=TODAY + timedelta(days=1))
    assert "has not come yet" in refused(sign_off, case, decided(shown=shown), KEY, TODAY)
    quiet = replace(case, panel=panel_of(case.material, folder, comments=()))
    assert sign_off(quiet, decided(comments=(), shown=None), KEY, TODAY), (
        "nothing was said, so nothing is shown"
    )


def test_how_the_panel_was_looked_after_is_noted_and_a_no_says_why(folder):
    case, practice = case_in(folder), decided().practice
    assert "looked after" in refused(sign_off, case, decided(practice=None), KEY, TODAY)
    unpaid = replace(practice, paid="no")
    assert "went without (paid)" in refused(sign_off, case, decided(practice=unpaid), KEY, TODAY)
    said_why = replace(unpaid, remark="Their school does not allow any payment.")
    assert sign_off(case, decided(practice=said_why), KEY, TODAY)


def test_a_goal_of_the_mix_is_noted_as_met_or_not_and_neither_stops_anything(folder):
    goal = "at least 2: young people who have used services like ours"
    case = case_in(folder, mix=(goal,))
    assert f"whether the panel had {goal}" in refused(sign_off, case, decided(), KEY, TODAY)
    for met in ("yes", "no"):
        signoff = sign_off(case, decided(mix=(MixMet(goal, met),)), KEY, TODAY)
        assert signoff.signed.decisions.mix[0].met == met


OVERRIDE = Override("The campaign starts before the words are settled.", TWO_ROLES)
EVERY_KIND = [kind for kind in MATERIAL_KINDS if kind != "sms"]
MARK = {"en": "Printed with warnings that nobody mended", "cy": "Argraffwyd gyda rhybuddion na chywirwyd"}


def test_an_override_passes_over_warnings_only_by_two_people_and_for_90_days(folder):
    case, _ = warned(folder)
    signoff = sign_off(case, decided(override=OVERRIDE), KEY, TODAY)
    assert signoff.signed.expires == TODAY + timedelta(days=90)
    assert release(case, signoff, APPROVERS, TODAY)
    verdict = verify_code(signoff.signed.code, Known([signoff], APPROVERS), TODAY)
    assert verdict.overridden
    assert "passing over warnings" in verdict.says
    for names, why in NOT_TWO_ROLES:
        other = replace(OVERRIDE, by=names)
        assert f"the override {why}" in refused(sign_off, case, decided(override=other), KEY, TODAY)
    edit(folder, "A young woman aged 14 told us so.", "You put yourself at risk.")
    blocked = case_in(folder)
    assert "put-at-risk" in refused(sign_off, blocked, decided(override=OVERRIDE), KEY, TODAY)


def test_an_override_of_nothing_is_taken_out(folder):
    assert "passes over no warning" in refused(
        sign_off, case_in(folder), decided(override=OVERRIDE), KEY, TODAY
    )


def test_an_override_is_printed_on_every_page_of_every_format_in_both_languages(tmp_path):
    """A poster on a wall has no sign-off beside it, so the sheet itself must say it."""
    folder = bilingual_folder(tmp_path, "You are strong.", "A young woman aged 14 told us so.")
    case = case_in(folder)
    released = release(case, sign_off(case, decided(override=OVERRIDE), KEY, TODAY), APPROVERS, TODAY)
    plain = bilingual_folder(tmp_path / "plain")
    other = release(case_in(plain), sign_off(case_in(plain), decided(), KEY, TODAY), APPROVERS, TODAY)
    assert len(released.files) == 2 * len(EVERY_KIND) - len(BOTH_LANGUAGES)
    for called, content in released.files.items():
        mark = MARK["cy" if called.endswith("-cy") else "en"]
        if content.startswith(b"%PDF"):
            pages = [flat(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]
            assert all(mark in page for page in pages), called
        elif content.startswith(b"\x89PNG"):
            assert content != other.files[called]
        elif called.startswith("slides"):
            for slide in pptx.Presentation(io.BytesIO(content)).slides:
                shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
                assert mark in shown or (called in BOTH_LANGUAGES and MARK["cy"] in shown), called
        elif content.startswith(b"PK"):
            document = docx.Document(io.BytesIO(content))
            assert document.paragraphs[0].text == mark
            assert mark in document.sections[0].footer.paragraphs[0].text
        else:
            assert mark in content.decode(), called


def flat(text):
    return " ".join(text.split())


def bilingual_folder(tmp_path, old="You are strong.", new="You are strong."):
    folder = tmp_path / "not-your-fault"
    folder.mkdir(parents=True)
    text = (Path(str(resources.files("campaigns"))) / "starters/wales/not-your-fault.md").read_text("utf-8")
    assert old in text
    text = re.sub(r"^formats: .*$", f"formats: [{', '.join(EVERY_KIND)}]", text, count=1, flags=re.MULTILINE)
    text = text.replace('read_by: ""', "read_by: Sian Example", 1).replace(old, new, 1)
    (folder / "material.md").write_text(text, "utf-8")
    return folder


def test_a_text_the_panel_did_not_read_never_says_that_it_was_reviewed(tmp_path):
    """The panel reads the first language: under the Welsh the footer says that the English was reviewed."""
    folder = bilingual_folder(tmp_path)
    case = case_in(folder)
    files = release(case, sign_off(case, decided(), KEY, TODAY), APPROVERS, TODAY).files
    assert " · reviewed with young people" in files["page"].decode()
    welsh = files["page-cy"].decode()
    assert "adolygwyd y testun Saesneg gyda phobl ifanc" in welsh
    assert " · adolygwyd gyda phobl ifanc" not in welsh
    assert "Drafft" not in welsh
    both = flat("".join(page.extract_text() for page in PdfReader(io.BytesIO(files["bilingual"])).pages))
    assert "the English text was reviewed with young people" in both
    assert " · reviewed with young people" not in both


OUTCOMES = {
    "signed": ({}, TODAY),
    "ended": ({}, TODAY + timedelta(days=366)),
    "future": ({}, TODAY - timedelta(days=1)),
    "stranger": ({"approvers": ()}, TODAY),
    "history": ({"history": History((Event("checked", TODAY),), ("e" * 64,))}, TODAY),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_of_verifying_is_a_sentence_of_its_own(folder, outcome):
    changes, today = OUTCOMES[outcome]
    case = case_in(folder, history=History((), ("d" * 64,)))
    signoff = sign_off(case, decided(), KEY, TODAY)
    told = Event("signed", TODAY, signature=signoff.signature)
    known = Known([signoff], APPROVERS, History((told,), ("d" * 64,)))
    verdict = verify_code(signoff.signed.code, replace(known, **changes), today)
    assert verdict.outcome == outcome
    assert verdict.is_signed is (outcome == "signed")
    assert len(verdict.says) > 20


def test_a_history_that_was_cut_or_made_anew_since_the_sign_off_stops_the_release(folder):
    before = History((), ("d" * 64,))
    signoff = sign_off(case_in(folder, history=before), decided(), KEY, TODAY)
    assert "it was cut off at its end" in refused(
        release, case_in(folder, history=before), signoff, APPROVERS, TODAY
    )
    anew = History((Event("signed", TODAY, signature=signoff.signature),), ("e" * 64,))
    assert "made anew" in refused(release, case_in(folder, history=anew), signoff, APPROVERS, TODAY)
    opened = Event("opened", TODAY, files={"panel": panel_hash(case_in(folder).panel)})
    whole = History((opened, *anew.events), ("d" * 64, "e" * 64))
    assert release(case_in(folder, history=whole), signoff, APPROVERS, TODAY)


def test_what_an_earlier_sign_off_was_for_is_told_apart_from_a_forgery():
    old = Event("signed", TODAY, "Sam Example", code="AAAAA-AAAAA", files={"page": sha256(b"old")})
    known = Known([], APPROVERS, History((old,), ("d" * 64,)))
    verdict = verify_file(b"old", known, TODAY)
    assert (verdict.outcome, verdict.is_signed) == ("replaced", False)
    assert "take it down" in verdict.says
    assert verify_code("aaaaa aaaaa", known, TODAY).outcome == "replaced"
    assert "signed in another workspace" in verify_file(b"new", known, TODAY).says
    unread = replace(known, unreadable=("poster",))
    assert "the sign-off of poster was edited by hand" in verify_file(b"new", unread, TODAY).says


def test_a_sign_off_by_one_persons_key_never_carries_anothers_name(folder):
    signoff = signed(folder)
    others = (Approver("Kit Example", KEY.public_key),)
    assert "the key is Kit Example's" in refused(release, case_in(folder), signoff, others, TODAY)
    young = (Approver("Sam Example", KEY.public_key, TODAY + timedelta(days=1)),)
    assert "older than its approver" in refused(release, case_in(folder), signoff, young, TODAY)


def test_harm_that_somebody_saw_in_a_comparison_stops_these_words_too(folder):
    case = case_in(folder)
    harmed = panel_of(case.material, folder, harm_raised=True)
    case = replace(case, compared=harmed)
    assert "nobody has answered that" in refused(sign_off, case, decided(), KEY, TODAY)
    assert sign_off(case, decided(harm=HARM), KEY, TODAY)
    other = replace(case, compared=replace(harmed, material="e" * 64))
    assert sign_off(other, decided(), KEY, TODAY), "other words were compared"
