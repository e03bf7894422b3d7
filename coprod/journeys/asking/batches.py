"""Opening sealed answers into a batch, reading a batch, and destroying one with a certificate."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from campaigns.panels.remark import is_review
from coprod.journeys.asking.sessions import BOX, BUNDLE, PLAN, tombstone_file
from coprod.kernel.files import named_like, read_bytes, read_text, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_json
from coprod.workspace import Workspace
from surveys.boxes.box import each_row
from surveys.boxes.bundle import read_bundle
from surveys.boxes.device import is_this_device
from surveys.boxes.keys import Identity
from surveys.boxes.opening import WRONG_KEY, Opened, Source, open_sources
from surveys.boxes.sealing import DamagedError, WrongKeyError, seal_file, unseal_file
from surveys.boxes.session import Attendance, SessionPlan, load_plan
from surveys.boxes.sides import HALF_A_KEY, is_pair, sides_of
from surveys.boxes.withdrawal import read_tombstones
from surveys.interviews.choices import choices_of
from surveys.questionnaires.piping import filled_in
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from surveys.questionnaires.questions import Question, SaidPage, kind_of

if TYPE_CHECKING:
    from analysis.inputs.batchfile import SurveyInfo

BATCH = ".batch"
FIRST_LINE = b"format: 1 coprod batch of opened answers, sealed with age from the third line on\n"
LARGEST = 2_000_000_000
ASKED_HERE = (
    "{names} was asked on this device, and a key that is used here can stay here: take the bundle to another "
    "computer and open it there (`coprod surveys bundle`). Where there is no other computer, say why with "
    "--opened-here, and the batch will carry the reason"
)


IN_A_BATCH = (
    "{names} is in the batch {batch} already, and beside another batch what only one of them holds would be told from the "
    "difference: open only what no batch holds, together with others that wait"
)
SEALED_TO_OTHERS = (
    "Part of what lies here is sealed to other keys than yours, as when key holders change during a session: answers may "
    "be missing from this batch. Before anything is disposed of, let somebody open all of it whose key was named all along."
)


class SessionAbout(Struct, frozen=True, forbid_unknown_fields=True):
    """One session of a batch: its coarse label, and who was missing as the facilitator typed it."""

    label: str
    survey: str
    attendance: Attendance


class BatchHeader(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a batch says in the open. `sources` names the boxes and bundles it came from.

    `together` tells that two people's keys open it; `opened_here` why it was opened on the device that asked.
    """

    format: Literal[1] = 1
    name: str
    keep_until: date
    simulated: bool
    sources: tuple[str, ...]
    sessions: tuple[SessionAbout, ...]
    together: bool = False
    opened_here: str = ""


class OpenedSummary(Struct, frozen=True):
    """What may be said of an opening. `answered` is words, never a count under 10.

    `for_others` tells that part of what is sealed is for other keys only; how much says nothing, as fillers are among it.
    """

    path: Path
    answered: str
    damaged: int
    keep_until: date
    simulated: bool
    for_others: bool = False

    @property
    def left_out(self) -> tuple[str, ...]:
        """Say what is not in the batch, though it lies in what was opened."""
        damage = f"Records too damaged to read: {self.damaged}."
        return (damage, SEALED_TO_OTHERS) if self.for_others else (damage,)


class _Loaded(Struct, frozen=True):
    source: Source
    plan: SessionPlan
    questionnaires: dict[str, str]
    tombstones: frozenset[bytes]
    asked_here: bool


def session_sources(workspace: Workspace) -> tuple[Path, ...]:
    """Give every box and bundle of a workspace; a box whose bundle is there counts once."""
    bundles = {path.stem: path for path in named_like(workspace.boxes, f"*{BUNDLE}")}
    boxes = {path.stem: path for path in named_like(workspace.boxes, f"*{BOX}")}
    return tuple(path for _, path in sorted((bundles | boxes).items()))


def waiting_sources(workspace: Workspace) -> tuple[Path, ...]:
    """Give the boxes and bundles of surveys that no batch holds yet.

    Reviews of a material are not among them: its campaign team opens those, as their pages say.
    Raises BadInputError for a bundle from a device this workspace does not know.
    """
    return tuple(
        path
        for path in _unopened(workspace)
        if not any(is_review(text) for text in _asked_in(workspace, path).values())
    )


def waiting_reviews(workspace: Workspace, questionnaire: str) -> tuple[Path, ...]:
    """Give the boxes and bundles, held by no batch yet, in which the questionnaire of this SHA-256 was asked.

    Raises as `waiting_sources` does.
    """
    return tuple(path for path in _unopened(workspace) if questionnaire in _asked_in(workspace, path))


def _unopened(workspace: Workspace) -> tuple[Path, ...]:
    opened = {Path(name).stem for header in batch_headers(workspace) for name in header.sources}
    return tuple(path for path in session_sources(workspace) if path.stem not in opened)


def _asked_in(workspace: Workspace, source: Path) -> dict[str, str]:
    """Give the text of each questionnaire that was asked in a session, by its SHA-256."""
    plan = source.with_suffix(PLAN)
    if plan.exists():
        sha = load_plan(plan).questionnaire
        return {sha: read_text(workspace.boxes / "asked" / f"{sha}.yaml")}
    return _load(workspace, source).questionnaires if source.suffix == BUNDLE else {}


def waiting_sessions(workspace: Workspace) -> tuple[SessionPlan, ...]:
    """Give the plans of sessions that no batch holds yet, the soonest to be opened first."""
    opened = {Path(name).stem for header in batch_headers(workspace) for name in header.sources}
    plans = [load_plan(path) for path in named_like(workspace.boxes, f"*{PLAN}") if path.stem not in opened]
    return tuple(sorted(plans, key=lambda plan: (plan.open_by, plan.name)))


def batch_headers(workspace: Workspace) -> tuple[BatchHeader, ...]:
    """Give what each batch of a workspace says of itself, by name."""
    return tuple(batch_header(path) for path in named_like(workspace.analysis, f"*{BATCH}"))


def open_boxes(  # noqa: PLR0913  one for each thing somebody decides about an opening
    workspace: Workspace,
    sources: Sequence[Path],
    identity: Identity,
    name: str,
    *,
    today: date,
    keep_until: date,
    opened_here: str = "",
) -> OpenedSummary:
    """Open boxes and bundles together into `analysis/NAME.batch`, sealed to the key holders, and tell of it.

    Raises RefusedError when fewer than 5 young people answered, when answers can still be taken back,
    when make-believe and real sessions are mixed, or when real answers were asked on this very device and
    `opened_here` gives no reason (the batch keeps it), or when a session is in a batch with others already;
    BadInputError for a wrong key, a forged bundle, or a name that is taken.
    """
    path = _new_batch_path(workspace, name, today, keep_until)
    keys = [holder.public_key for holder in workspace.settings.key_holders]
    together = bool(sides_of(keys).second)
    if together and not is_pair(identity.public_key):
        raise BadInputError.of(name, *HALF_A_KEY)
    loaded = tuple(_load(workspace, source) for source in sources)
    _refuse_other_company(workspace, loaded)
    _refuse_early_or_mixed(loaded, today)
    asked_here = [one.plan.name for one in loaded if one.asked_here and not one.plan.simulated]
    if asked_here and not opened_here.strip():
        raise RefusedError(ASKED_HERE.format(names=", ".join(asked_here)))
    withdrawn = read_tombstones(tombstone_file(workspace)).union(*(one.tombstones for one in loaded))
    surveys = _surveys(loaded)
    simulated = workspace.settings.simulated or any(one.plan.simulated for one in loaded)
    opened, parquet = _opened(loaded, withdrawn, identity, surveys, simulated=simulated)
    header = BatchHeader(
        name=name,
        keep_until=keep_until,
        simulated=simulated,
        sources=tuple(sorted(f"{one.plan.name}{Path(one.source.name).suffix}" for one in loaded)),
        sessions=tuple(SessionAbout(one.plan.label, one.plan.survey, one.plan.attendance) for one in loaded),
        together=together,
        opened_here=opened_here.strip() if asked_here else "",
    )
    sealed = seal_file(parquet, keys)
    write_whole(path, b"".join((FIRST_LINE, msgspec.json.encode(header), b"\n", sealed)))
    answered = _in_words(len(opened.mains))
    return OpenedSummary(path, answered, opened.damaged, keep_until, simulated, opened.for_others)


def read_batch(path: Path, identity: Identity) -> bytes:
    """Give the Parquet bytes of a batch. Raises BadInputError for a wrong key or a damaged file."""
    header, sealed = _batch_parts(path)
    if header.together and not is_pair(identity.public_key):
        raise BadInputError.of(path, *HALF_A_KEY)
    try:
        return unseal_file(sealed, identity)
    except WrongKeyError:
        raise BadInputError.of(path, *WRONG_KEY) from None
    except DamagedError:
        raise BadInputError.of(path, "this batch is damaged", "bring it back from your copy") from None


def batch_header(path: Path) -> BatchHeader:
    """Give what a batch says in the open. Raises BadInputError when it is no batch."""
    return _batch_parts(path)[0]


def _batch_parts(path: Path) -> tuple[BatchHeader, bytes]:
    first, _, rest = read_bytes(path, LARGEST).partition(b"\n")
    if first + b"\n" != FIRST_LINE:
        newer = first.startswith(b"format: ") and b"coprod batch" in first
        what = "this batch has a newer format" if newer else "this is not a batch"
        mend = "update coprod to read it" if newer else "name a file made by `coprod surveys open`"
        raise BadInputError.of(path, what, mend)
    plain, _, sealed = rest.partition(b"\n")
    try:
        return from_json(plain, BatchHeader), sealed
    except msgspec.MsgspecError:
        raise BadInputError.of(path, "this batch is damaged", "bring it back from your copy") from None


def _new_batch_path(workspace: Workspace, name: str, today: date, keep_until: date) -> Path:
    path = workspace.analysis / f"{name}{BATCH}"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", name):
        raise BadInputError.of(name, "this cannot be a batch's name", "use small letters, digits and hyphens")
    if path.exists():
        raise BadInputError.of(path, "this batch exists", "choose another name")
    if keep_until <= today:
        raise BadInputError.of(name, f"keep until {keep_until} is not a day to come", "choose a later day")
    return path


def _load(workspace: Workspace, path: Path) -> _Loaded:
    if path.suffix == BUNDLE:
        devices = [device.public_key for device in workspace.settings.devices]
        bundle = read_bundle(path, devices)
        source = Source(str(path), bundle.each_row())
        asked_here = is_this_device(bundle.header.device)
        return _Loaded(
            source, bundle.header.plan, bundle.header.questionnaires, bundle.tombstones, asked_here
        )
    if path.suffix != BOX:
        raise BadInputError.of(
            path, "this is neither a box nor a bundle", f"name files ending in {BOX} or {BUNDLE}"
        )
    if path.resolve().parent != workspace.boxes.resolve():
        raise BadInputError.of(
            path, "a box from elsewhere is not signed", "ask for its bundle: `coprod surveys bundle`"
        )
    plan = load_plan(path.with_suffix(PLAN))
    text = read_text(workspace.boxes / "asked" / f"{plan.questionnaire}.yaml")
    source = Source(str(path), each_row(path))
    return _Loaded(source, plan, {plan.questionnaire: text}, frozenset(), asked_here=True)


def _refuse_other_company(workspace: Workspace, loaded: Sequence[_Loaded]) -> None:
    """Refuse what a batch holds already, but for all of that batch again.

    Six opened, and later the six with one more: what the second batch has and the first has not is one person's answers.
    Sessions are told by the name in their plan: that of a file changes where it is copied twice.
    """
    wanted = {one.plan.name for one in loaded}
    for header in batch_headers(workspace):
        held = {Path(name).stem for name in header.sources}
        if wanted & held and wanted != held:
            raise RefusedError(IN_A_BATCH.format(names=", ".join(sorted(wanted & held)), batch=header.name))


def _refuse_early_or_mixed(loaded: Sequence[_Loaded], today: date) -> None:
    if not loaded:
        raise BadInputError.of("boxes", "there is nothing to open", "name boxes or bundles, or run a session")
    last = max(one.plan.withdraw_by for one in loaded)
    if last >= today:
        raise RefusedError(
            f"young people were told that they can take their answers back until {last}; open them after that day"
        )
    if len({one.plan.simulated for one in loaded}) > 1:
        raise RefusedError("some of these sessions are make-believe and some are real; open them apart")


def _opened(
    loaded: Sequence[_Loaded],
    withdrawn: frozenset[bytes],
    identity: Identity,
    surveys: "Sequence[SurveyInfo]",
    *,
    simulated: bool,
) -> tuple[Opened, bytes]:
    from analysis.inputs.batchfile import batch_to_parquet, record_fits

    opened = open_sources(
        [one.source for one in loaded], withdrawn, identity, lambda record: record_fits(record, surveys)
    )
    return opened, batch_to_parquet(opened.mains, opened.texts, surveys, simulated=simulated)


def _surveys(loaded: Sequence[_Loaded]) -> "tuple[SurveyInfo, ...]":
    """Give each questionnaire that was asked once, as analysis needs to know it."""
    texts = {sha: text for one in loaded for sha, text in one.questionnaires.items()}
    return tuple(
        survey_info(sha, parse_questionnaire(text, f"{sha[:12]}.yaml")) for sha, text in sorted(texts.items())
    )


def survey_info(sha: str, questionnaire: Questionnaire) -> "SurveyInfo":
    """Give what analysis needs to know of a questionnaire, in English."""
    from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo

    questions = tuple(
        QuestionInfo(
            page.id,
            filled_in(page.ask.en, {}),
            _kind(page),
            tuple(ChoiceInfo(choice.id, choice.label.en) for choice in choices_of(page)),
            page.sensitive or "",
        )
        for page in questionnaire.pages
        if not isinstance(page, SaidPage)
    )
    return SurveyInfo(sha, questionnaire.title.en, questions)


def _kind(
    question: Question,
) -> Literal["choose-one", "choose-many", "scale", "ranking", "number", "text"]:
    match kind_of(question):
        case "choose-many" | "best-worst" | "paired" | "highlighter":
            return "choose-many"
        case "ranking" | "number" | "text" as kind:
            return kind
        case "faces" | "likert" | "frequency":
            return "scale"
        case _:
            return "choose-one"


def _in_words(answered: int) -> str:
    """Give how many answered as the disclosure rules let it be said."""
    return "5 to 9" if answered < 10 else f"about {5 * round(answered / 5)}"
