"""The demo's reports: for commissioners, the pathway as a map, and what became of what young people said."""

from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from analysis.inputs.responses import Responses, responses_from_batch
from analysis.reports.involvement import INVOLVEMENT_FILE
from analysis.reports.pathway import PATHWAY_FILE
from analysis.reports.yousaid import Decision, YouSaid, you_said_text
from coprod.journeys.asking.batches import OpenedSummary, read_batch
from coprod.journeys.demo.service import BATCH, DemoService
from coprod.journeys.understanding.pathway import write_pathway
from coprod.journeys.understanding.reports import FORMATS, LetOut, ReportRequest, WrittenReport, write_report
from coprod.journeys.understanding.yousaid import (
    close_themes,
    draw_you_said,
    start_you_said,
    you_said_of,
    you_said_path,
)
from coprod.kernel.files import write_whole

READERS = "health-commissioners"
INVOLVEMENT = """\
format: 1
aim: To hear from young people where it is hard to get health care, before money is decided on. (Make-believe.)
known_locally:
- {group: Young people the specialist service worked with last year, number: 120, reached: some, source: Service return (make-believe), on: 2026-11-02}
- {group: Boys and young men among them, number: 25, reached: few, source: Service return (make-believe), on: 2026-11-02}
- {group: Young people in custody or placed out of the area, reached: none, source: Facilitators' notes (make-believe)}
done_together: ["Make-believe: three young people read the questions first and changed four of them; they were paid for it."]
changed: ["Make-believe: the question about rules was added because young people asked for it."]
reflections: ["Make-believe: two evenings were not enough; next time we ask in the places where young people already are."]
"""
PATHWAY = """\
format: 1
audit:
- {setting: camhs, point: the-wait, found: gap, note: Nobody keeps in touch while they wait. (Make-believe.), source: Service lead (make-believe), on: 2026-11-02}
- {setting: emergency, point: moving-on, found: partly, note: A letter goes to the doctor and to nobody else. (Make-believe.), source: Ward notes (make-believe), on: 2026-11-02}
- {setting: sexual-health, point: getting-in-touch, found: there, source: Visit (make-believe), on: 2026-11-02}
- {setting: specialist, point: at-visits, found: there, source: Visit (make-believe), on: 2026-11-02}
"""


class Answer(Struct, frozen=True):
    """What the make-believe team answers where a theme speaks of something."""

    speaks_of: tuple[str, ...]
    you_said: str
    decision: Decision
    we_did: str
    because: str


ANSWERS = (
    Answer(
        ("wait", "appointment"),
        "The wait is too long.",
        "doing",
        "You will get a text each week while you wait.",
        "We asked for the money, and we got it.",
    ),
    Answer(
        ("change", "same"),
        "Do not change my worker without telling me.",
        "done",
        "You now keep one worker from start to end.",
        "It takes time to get to know each other, and many of you wrote it.",
    ),
    Answer(
        ("open", "bus", "evening"),
        "Open later, and nearer to us.",
        "not",
        "",
        "We do not have the staff this year. We will ask again.",
    ),
    Answer(
        ("listen", "worker", "nurse"),
        "It helps when somebody really listens.",
        "done",
        "We told all staff. New staff hear it on their first day.",
        "More of this helps, you wrote.",
    ),
)
OWNER = "Sam, who runs the clinic (make-believe)"


class Told(Struct, frozen=True):
    """What was written for those who decide and for those who were asked."""

    report: WrittenReport
    pathway: WrittenReport
    you_said: Path


def tell_everybody(service: DemoService, opened: OpenedSummary, today: date) -> Told:
    """Write the report for commissioners, the pathway audit, and the material that tells young people what was done."""
    workspace = service.workspace
    write_whole(workspace.analysis / INVOLVEMENT_FILE, INVOLVEMENT.encode())
    write_whole(workspace.analysis / PATHWAY_FILE, PATHWAY.encode())
    responses = responses_from_batch(read_batch(opened.path, service.identity))
    request = ReportRequest(
        BATCH,
        "What young people told us about health services",
        READERS,
        let_out=LetOut("Ana Analyst (make-believe)", "Sal Safeguarding (make-believe)", today),
        command=f"coprod analysis report FILE --for {READERS} --title 'What young people told us about health services'",
    )
    you_said = _answered(service, opened.path, responses, today)
    report = write_report(workspace, opened.path, responses, request)
    pathway = write_pathway(workspace, opened.path, responses, BATCH, FORMATS)
    return Told(report, pathway, you_said)


def _answered(service: DemoService, source: Path, responses: Responses, today: date) -> Path:
    """Answer what the themes speak of, as a team would; what nobody answered stays open, and the page says so."""
    workspace = service.workspace
    start_you_said(workspace, source, responses)
    held = _with_answers(you_said_of(workspace), today)
    write_whole(you_said_path(workspace), you_said_text(held).encode())
    close_themes(workspace, [one.theme for one in held.themes if not one.missing()], today)
    return draw_you_said(workspace, today)


def _with_answers(held: YouSaid, today: date) -> YouSaid:
    left, themes = list(ANSWERS), []
    for theme in held.themes:
        name = theme.theme.casefold()
        found = next((one for one in left if any(word in name for word in one.speaks_of)), None)
        if found is None:
            themes.append(replace(theme, you_said=f"You also wrote about: {name}."))
            continue
        left.remove(found)
        day = today + timedelta(days=60) if found.decision == "doing" else today
        themes.append(
            replace(
                theme,
                you_said=found.you_said,
                decision=found.decision,
                we_did=found.we_did,
                because=found.because,
                owner=OWNER,
                on=day,
            )
        )
    return replace(held, themes=tuple(themes))
