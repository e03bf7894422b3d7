"""Promise 5: no harmful line gets printed. Each test tries to get a file drawn that should not be."""

import ast
from datetime import timedelta
from importlib import resources
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from campaigns.releasing import release as release_module
from campaigns.releasing.binding import canonical, sha256
from campaigns.releasing.release import release, sign_off
from campaigns.releasing.signoff import SEAL, Render, seal_signoff
from campaigns.releasing.verify import Known, verify_file
from campaigns.render import MATERIAL_KINDS, draw
from coprod.kernel.document import Document, Heading, plain
from coprod.kernel.problem import BadInputError, RefusedError
from tests.campaigns.sample_cases import (
    APPROVERS,
    HARM,
    KEY,
    OTHER_KEY,
    TODAY,
    case_in,
    decided,
    good_folder,
    panel_of,
)

HARMFUL = "You put yourself at risk."


@pytest.fixture
def folder(tmp_path):
    return good_folder(tmp_path)


@pytest.fixture(scope="module")
def signoff(tmp_path_factory):
    """A good sign-off; it does not depend on where the material lies."""
    return sign_off(case_in(good_folder(tmp_path_factory.mktemp("signed"))), decided(), KEY, TODAY)


def refuse(case, signoff, approvers=APPROVERS, today=TODAY):
    with pytest.raises(RefusedError) as raised:
        release(case, signoff, approvers, today)
    return "\n".join(raised.value.reasons)


def rewrite(folder, old, new):
    path = folder / "material.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize("kind", MATERIAL_KINDS)
def test_drawing_without_a_release_is_refused(kind):
    with pytest.raises(RefusedError, match="drawn only by its release"):
        draw(Document("x", "en", (Heading(1, plain(HARMFUL)),)), kind)


def test_nothing_but_release_makes_a_permit():
    """Python cannot forbid it, so the source is read: one module alone may construct one."""
    roots = [
        Path(str(resources.files(package))) for package in ("campaigns", "coprod", "surveys", "analysis")
    ]
    makers = set()
    for file in (file for root in roots for file in root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Permit"
            ):
                makers.add(file)
    assert makers == {Path(str(release_module.__file__))}


def test_a_harmful_line_written_in_after_the_sign_off_is_refused(folder, signoff):
    rewrite(folder, "You are strong.", HARMFUL)
    reasons = refuse(case_in(folder), signoff)
    assert "the text has changed since the sign-off" in reasons
    assert "put-at-risk" in reasons


@pytest.mark.parametrize(
    "new", ["You are strong. ", "You are  strong.", "You are strong!", "Y\u200bou are strong."]
)
def test_not_one_character_may_change(folder, signoff, new):
    rewrite(folder, "You are strong.", new)
    assert "the text has changed since the sign-off" in refuse(case_in(folder), signoff)


def test_a_sign_off_of_another_material_does_not_fit(signoff, tmp_path):
    other = good_folder(tmp_path / "other")
    rewrite(other, "# It is never your fault", "# Another title")
    assert "the text has changed" in refuse(case_in(other), signoff)


def test_a_panel_round_on_other_words_does_not_fit(folder, signoff):
    case = case_in(folder)
    moved = panel_of(case.material, folder, material="a" * 64)
    assert "the panel reviewed other words" in refuse(replace(case, panel=moved), signoff)


def test_harm_raised_after_the_sign_off_stops_the_release(folder, signoff):
    case = case_in(folder)
    harmed = panel_of(case.material, folder, harm_raised=True)
    reasons = refuse(replace(case, panel=harmed), signoff)
    assert "could harm someone" in reasons
    assert "the panel's result has changed since the sign-off" in reasons


def test_a_panel_taken_away_after_the_sign_off_stops_the_release(folder, signoff):
    assert "no panel of young people" in refuse(replace(case_in(folder), panel=None), signoff)


EDITS = {
    "approver": lambda signed: replace(
        signed, decisions=replace(signed.decisions, approver="Mallory Example")
    ),
    "harm answer": lambda signed: replace(signed, decisions=replace(signed.decisions, harm=HARM)),
    "expiry": lambda signed: replace(signed, expires=signed.expires + timedelta(days=1)),
    "renders": lambda signed: replace(signed, renders=(*signed.renders, Render("poster-a4", "b" * 64))),
    "findings": lambda signed: replace(signed, findings=signed.findings[1:], rules="c" * 64),
    "simulated": lambda signed: replace(signed, simulated=True),
    "code": lambda signed: replace(signed, code="AAAAA-AAAAA"),
    "content": lambda signed: replace(signed, content="d" * 64),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edited_sign_off_is_refused(folder, signoff, what):
    edited = replace(signoff, signed=EDITS[what](signoff.signed))
    assert "the sign-off was changed after it was signed" in refuse(case_in(folder), edited)
    assert not verify_file(b"anything", Known([edited], APPROVERS), TODAY).is_signed


def test_a_stranger_who_signs_anew_is_refused(folder, signoff):
    forged = seal_signoff(replace(signoff.signed, approver_key=OTHER_KEY.public_key), OTHER_KEY)
    assert "a key that no approver here has" in refuse(case_in(folder), forged)


def test_a_signature_for_something_else_is_no_sign_off(folder, signoff):
    """The seal in front of the record keeps a signature from being used for another purpose."""
    bare = replace(signoff, signature=KEY.sign(canonical(signoff.signed)))
    assert "changed after it was signed" in refuse(case_in(folder), bare)
    assert KEY.sign(SEAL + canonical(signoff.signed)) == signoff.signature


def test_a_forged_hash_does_not_make_a_forged_poster_good(signoff):
    import hashlib

    poster = b"%PDF a poster nobody signed"
    renders = (*signoff.signed.renders, Render("poster-a4", hashlib.sha256(poster).hexdigest()))
    forged = replace(signoff, signed=replace(signoff.signed, renders=renders))
    assert not verify_file(poster, Known([forged], APPROVERS), TODAY).is_signed
    assert not verify_file(poster, Known([seal_signoff(forged.signed, OTHER_KEY)], ()), TODAY).is_signed


def test_a_sign_off_from_a_demonstration_releases_nothing_real(folder):
    case = case_in(folder, simulated=True)
    case = replace(case, panel=panel_of(case.material, folder, simulated=True))
    demo = sign_off(case, decided(), KEY, TODAY)
    reasons = refuse(replace(case, simulated=False), demo)
    assert "made in a simulated workspace" in reasons
    assert "the panel was simulated" in reasons


def test_an_old_sign_off_and_one_from_the_future_are_refused(folder, signoff):
    assert "the sign-off ended on" in refuse(
        case_in(folder), signoff, today=signoff.signed.expires + timedelta(days=1)
    )
    assert "which has not come yet" in refuse(case_in(folder), signoff, today=TODAY - timedelta(days=1))


def test_numbers_nobody_has_rung_lately_are_not_printed(folder, signoff):
    later = TODAY + timedelta(days=181)
    assert "ring it and confirm it again" in refuse(case_in(folder), signoff, today=later)


def test_a_number_changed_in_the_registry_after_the_sign_off_is_refused(folder, signoff):
    case = case_in(folder)
    changed = tuple(
        replace(one, call="0800 0000") if one.id == "childline" else one for one in case.registry.contacts
    )
    reasons = refuse(replace(case, registry=replace(case.registry, contacts=changed)), signoff)
    assert "contact childline has changed since the sign-off" in reasons


def test_another_layout_or_theme_than_the_signed_one_is_never_used(folder, signoff, monkeypatch):
    monkeypatch.setattr(
        "campaigns.releasing.binding.theme_source", lambda name: f"format: 1 # another {name}"
    )
    assert "theme harbour has changed since the sign-off" in refuse(case_in(folder), signoff)


def test_a_drawing_that_comes_out_other_than_signed_is_refused(folder, signoff, monkeypatch):
    monkeypatch.setattr("campaigns.releasing.artist.draw", lambda *_: b"another picture")
    assert "the poster-a4 comes out other than it was signed" in refuse(case_in(folder), signoff)


def test_new_rules_are_asked_again_at_release(folder, signoff, monkeypatch):
    """A rule learnt after the sign-off stops the poster, though nothing in the material changed."""
    from campaigns.checking.findings import Finding
    from campaigns.releasing import gate

    honest = gate.check_material

    def stricter(*arguments, **named):
        result = honest(*arguments, **named)
        found = Finding("new-rule", "block", 30, 1, 30, 4, "You", "It blames.", "", "", "blame")
        return replace(result, findings=(*result.findings, found))

    monkeypatch.setattr(gate, "check_material", stricter)
    assert "new-rule: It blames." in refuse(case_in(folder), signoff)


def test_a_picture_swapped_after_the_sign_off_is_refused(folder):
    from tests.campaigns.test_drawing import png

    (folder / "assets").mkdir()
    (folder / "assets" / "friends.png").write_bytes(png(4, 4))
    rewrite(
        folder, "You are strong.", "![Two friends talking on a bench](assets/friends.png)\n\nYou are strong."
    )
    before = case_in(folder)
    signoff = sign_off(before, decided(), KEY, TODAY)
    (folder / "assets" / "friends.png").write_bytes(png(5, 5))
    reasons = refuse(case_in(folder, panel=before.panel), signoff)
    assert "picture assets/friends.png has changed since the sign-off" in reasons
    assert "the panel reviewed other words or pictures" in reasons


def test_a_sign_off_with_unknown_fields_is_not_read(signoff, tmp_path):
    from campaigns.releasing.signoff import load_signoff

    path = tmp_path / "signoff.json"
    content = msgspec.json.decode(canonical(signoff)) | {"override": True}
    path.write_bytes(canonical(content) + b"\n")
    with pytest.raises(BadInputError, match="not a sign-off"):
        load_signoff(path)


def test_a_sign_off_from_before_its_approver_was_named_is_a_strangers(signoff):
    """Whoever gets a key first and is named later has approved nothing of before."""
    content = b"a poster"
    signed = seal_signoff(replace(signoff.signed, renders=(Render("text", sha256(content)),)), KEY)
    (named,) = APPROVERS
    later = replace(named, since=TODAY + timedelta(days=1))
    day = TODAY + timedelta(days=2)
    assert verify_file(content, Known([signed], [named]), day).is_signed
    verdict = verify_file(content, Known([signed], [later]), day)
    assert (verdict.is_signed, verdict.outcome) == (False, "stranger")


def test_every_layout_a_material_is_drawn_from_is_bound(signoff):
    """Whoever changes a layout, also one for slides, changes what was signed. The report's alone draws no material."""
    root = Path(str(resources.files("campaigns").joinpath("layouts")))
    layouts = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    bound = {part.name.removeprefix("layout ") for part in signoff.signed.parts}
    assert layouts - bound == {"report-pdf.typ"}
