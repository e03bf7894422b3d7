"""The gate: every reason why a material may not be signed off or released, in plain words."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from campaigns.checking.check import CheckResult, check_material
from campaigns.checking.findings import Finding
from campaigns.checking.rules import WaivedBy, who_may_waive
from campaigns.materials.material import Material
from campaigns.releasing.binding import canonical, seen_hash, sha256
from campaigns.releasing.history import History
from campaigns.releasing.people import same_name, why_not_two_roles
from campaigns.releasing.signoff import (
    Decisions,
    FindingMark,
    Practice,
    Waiver,
    answers_hash,
    comment_id,
    finding_fingerprint,
)
from coprod.kernel.contacts import ContactRegistry, HelpContact, is_fresh
from coprod.kernel.panel_result import PanelResult
from coprod.kernel.released import CitableRelease
from coprod.kernel.text import clean_line

FURTHEST_REVIEW = timedelta(days=731)
WORDS_AROUND = 5
LEAST_REMARK = 20
TWO_ROLES = "write two people with their roles, such as `Ana Field, campaign lead`"


class Case(Struct, frozen=True):
    """One material with all that speaks for or against it.

    `folder` holds its pictures; `themes` the team's own themes; `registry` the contacts it may name; `confirmed` when
    the service confirmed each; `quorum` how many people must have reviewed together, and `mix` who should be among
    them, in words; `compared` what came of a comparison; `history` what was done so far; `simulated` that all of it
    is made up; `released` what the analysis released, for claims that cite it.
    """

    material: Material
    folder: Path
    registry: ContactRegistry
    confirmed: Mapping[str, date]
    panel: PanelResult | None
    service: str = ""
    theme: str = "harbour"
    themes: Path | None = None
    quorum: int = 5
    mix: tuple[str, ...] = ()
    compared: PanelResult | None = None
    history: History = History()
    simulated: bool = False
    released: Mapping[str, CitableRelease] | None = None

    @property
    def harm_raised(self) -> bool:
        """Tell whether anybody said that these words could harm someone, in their review or in a comparison."""
        if self.panel is not None and self.panel.harm_raised:
            return True
        compared = self.compared
        return (
            compared is not None
            and compared.harm_raised
            and compared.material == seen_hash(self.material, self.folder)
        )

    @property
    def contacts(self) -> tuple[HelpContact, ...]:
        """Give the contacts the material names, in its order; unknown ones are left out."""
        known = {contact.id: contact for contact in self.registry.contacts}
        named = self.material.front.contacts if self.material.front else ()
        return tuple(known[name] for name in named if name in known)


def checked(case: Case, today: date) -> CheckResult:
    """Give the check of a material with everything the rules know today."""
    return check_material(case.material, case.registry, case.confirmed, today, releases=case.released)


def panel_hash(panel: PanelResult) -> str:
    """Give the SHA-256 of a panel's result."""
    return sha256(canonical(panel))


def reasons_against(case: Case, decisions: Decisions, check: CheckResult, today: date) -> tuple[str, ...]:
    """Give every reason why this material may not be signed off or released today; none means it may."""
    return (
        *_against_material(case, today),
        *_against_findings(case, decisions, check, today),
        *_against_panel(case, decisions),
        *_against_care(case, decisions, today),
        *_against_decisions(decisions, today),
    )


def _against_material(case: Case, today: date) -> Iterator[str]:
    front = case.material.front
    if front is None:
        yield "the material has no front matter, so nobody has said who it is for and what it is drawn as"
        return
    if front.review_by is None:
        yield "the material does not say when to look at it again: write `review_by`"
    elif front.review_by < today:
        yield f"the review date {front.review_by} has passed"
    elif front.review_by - today > FURTHEST_REVIEW:
        yield f"the review date {front.review_by} is more than two years away"
    if not case.contacts:
        yield "the material names no help contact that coprod knows"
    known = {contact.id for contact in case.contacts}
    yield from (f"the contact `{name}` is not known" for name in front.contacts if name not in known)
    if not case.simulated:
        yield from _unconfirmed(case, today)


def _unconfirmed(case: Case, today: date) -> Iterator[str]:
    for contact in case.contacts:
        on = case.confirmed.get(contact.id)
        if on is None:
            yield f"the contact `{contact.id}` was never confirmed: ring it, then `coprod contacts confirm {contact.id}`"
        elif not is_fresh(on, today):
            yield f"the contact `{contact.id}` was last confirmed on {on}: ring it and confirm it again"


def marks(case: Case, check: CheckResult) -> tuple[FindingMark, ...]:
    """Give the findings of a check without their words, sorted."""
    return tuple(
        sorted(
            FindingMark(fingerprint(case, finding), finding.rule, finding.severity)
            for finding in check.findings
        )
    )


def fingerprint(case: Case, finding: Finding) -> str:
    """Give the id of a finding: its rule, its words, and five words on either side."""
    starts = case.material.line_starts
    start = starts[finding.line - 1] + finding.column - 1
    end = starts[finding.end_line - 1] + finding.end_column - 1
    before = case.material.source[max(0, start - 200) : start].split()[-WORDS_AROUND:]
    after = case.material.source[end : end + 200].split()[:WORDS_AROUND]
    return finding_fingerprint(
        finding.rule, finding.text or finding.message, " ".join([*before, "|", *after])
    )


def never_printed(case: Case, check: CheckResult) -> Iterator[str]:
    """Give each place where words stand that nobody may sign off, with why."""
    return (_place(case, finding) for finding in check.findings if finding.severity == "block")


def _place(case: Case, finding: Finding) -> str:
    return f"{case.material.path}:{finding.line}:{finding.column}: {finding.rule}: {finding.message}"


def _against_findings(case: Case, decisions: Decisions, check: CheckResult, today: date) -> Iterator[str]:
    waived = {waiver.finding: waiver for waiver in decisions.waivers}
    open_marks = {fingerprint(case, finding): finding for finding in check.findings}
    warnings: list[str] = []
    yield from never_printed(case, check)
    for mark, finding in open_marks.items():
        place = _place(case, finding)
        waived_by = who_may_waive(finding.rule)
        if finding.severity == "warn" and waived_by == "nobody":
            yield f"{place} (a warning that nobody may waive or pass over: mend it)"
        elif finding.severity == "warn":
            warnings += _against_warning(place, waived_by, mark, waived.get(mark), today)
    yield from _after_override(decisions, warnings)
    yield from (
        f"the waiver for `{name}` fits no warning of this material"
        for name in waived
        if name not in open_marks or open_marks[name].severity != "warn"
    )


def _after_override(decisions: Decisions, warnings: list[str]) -> Iterator[str]:
    """Give the warnings that stand, unless two people passed over them all."""
    if decisions.override is None:
        yield from warnings
    elif lacking := why_not_two_roles(decisions.override.by):
        yield f"the override {lacking}: {TWO_ROLES}"
    elif not warnings:
        yield "the override passes over no warning: take it out, so that nothing is marked without need"


def _against_warning(
    place: str, waived_by: WaivedBy, mark: str, waiver: Waiver | None, today: date
) -> Iterator[str]:
    if waiver is None:
        people = "one person" if waived_by == "one-role" else "two people"
        yield f"{place} (a warning: mend it, or let {people} waive `{mark}` with a reason)"
    elif waiver.expires < today:
        yield f"{place} (its waiver ended on {waiver.expires})"
    elif waived_by == "two-roles" and (lacking := why_not_two_roles(waiver.by)):
        yield f"{place} (its waiver {lacking}; {TWO_ROLES})"


def _against_panel(case: Case, decisions: Decisions) -> Iterator[str]:
    panel = case.panel
    if panel is None:
        yield "no panel of young people has reviewed this material"
        return
    if panel.material != seen_hash(case.material, case.folder):
        yield "the panel reviewed other words or pictures than these; let a panel see this version"
    if not _was_opened(case, panel):
        yield "the history does not tell that this panel result was opened here: it was changed, or written by hand"
    if not panel.enough:
        yield f"fewer than {case.quorum} young people reviewed it together and said whether it could harm someone"
    if panel.simulated and not case.simulated:
        yield "the panel was simulated; young people have not seen this material"
    if case.harm_raised and decisions.harm is None:
        yield "somebody on the panel said that it could harm someone, and nobody has answered that"
    answered = {answer.comment for answer in decisions.comments}
    for comment in panel.comments:
        if comment_id(comment) not in answered:
            shown = clean_line(comment.text)[:60]
            yield f"the panel's comment {comment_id(comment)} is not answered: “{shown}”"
    known = {comment_id(comment) for comment in panel.comments}
    yield from (f"the answer to {name} fits no comment of this panel" for name in sorted(answered - known))


def _was_opened(case: Case, panel: PanelResult) -> bool:
    """Tell whether the history vouches for a panel's result; without any history nothing can be said."""
    opened = panel_hash(panel)
    return not case.history.events or any(
        event.what == "opened" and opened in event.files.values() for event in case.history.events
    )


def _against_care(case: Case, decisions: Decisions, today: date) -> Iterator[str]:
    """Give what is missing of looking after a panel and telling it what was done."""
    if case.panel is None:
        return
    yield from _against_practice(decisions.practice, today)
    noted = {goal.who for goal in decisions.mix}
    yield from (f"nobody has noted whether the panel had {who}" for who in case.mix if who not in noted)
    if not (case.panel.comments or case.harm_raised):
        return
    shown = decisions.shown
    if shown is None:
        yield "the panel has not been shown what was done with what it said"
    elif shown.on > today:
        yield f"the panel was shown the answers on {shown.on}, which has not come yet"
    elif shown.answers != answers_hash(decisions.comments, decisions.harm):
        yield "the answers have changed since the panel was shown them: show it again"


def _against_practice(practice: Practice | None, today: date) -> Iterator[str]:
    if practice is None:
        yield "nobody has noted how the panel was looked after: paid, a worker there, a break, support after"
    elif practice.missing and len(practice.remark.strip()) < LEAST_REMARK:
        yield f"the panel went without ({', '.join(practice.missing)}), and nobody has noted why"
    elif practice.on > today:
        yield f"the note on looking after the panel is dated {practice.on}, which has not come yet"


def _against_decisions(decisions: Decisions, today: date) -> Iterator[str]:
    for what, check in (("safeguarding", decisions.safeguarding), ("facts", decisions.facts)):
        if check.on > today:
            yield f"the {what} check by {check.name} is dated {check.on}, which has not come yet"
    if same_name(decisions.approver, decisions.safeguarding.name) and same_name(
        decisions.approver, decisions.facts.name
    ):
        yield "approver, safeguarding check and fact check are one person; at least two are needed"
