"""An interview as a draft, and back."""

from typing import Literal

import msgspec
from msgspec.structs import replace

from coprod.kernel.shapes import from_json
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from surveys.interviews.interview import Interview
from surveys.interviews.state import Answer, Words


class Draft(Unshown, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a paused interview needs to go on; the questionnaire is named by its hash."""

    format: Literal[1] = 1
    questionnaire: str
    language: Language
    stage: Literal["questions", "look-back"]
    place: int
    band: str
    orders: dict[str, tuple[str, ...]]
    answers: dict[str, Answer]
    words: Words


def paused(interview: Interview, questionnaire_sha256: str) -> bytes:
    """Give an interview as a draft. Raises ValueError before the first question and after the last page."""
    if interview.stage not in {"questions", "look-back"}:
        raise ValueError("only an interview under way can pause")
    draft = Draft(
        questionnaire=questionnaire_sha256,
        language=interview.language,
        stage="questions" if interview.stage == "questions" else "look-back",
        place=interview.place,
        band=interview.band,
        orders=interview.orders,
        answers=interview.answers,
        words=interview.words,
    )
    return msgspec.json.encode(draft)


def resumed(content: bytes, fresh: Interview, questionnaire_sha256: str) -> Interview | None:
    """Give the interview a draft holds, from a fresh one of the same questionnaire; None for another's draft."""
    draft = from_json(content, Draft)
    if draft.questionnaire != questionnaire_sha256:
        return None
    return replace(
        fresh,
        language=draft.language if draft.language in fresh.languages else fresh.language,
        stage=draft.stage,
        place=draft.place,
        band=draft.band,
        orders=draft.orders,
        answers=draft.answers,
        words=draft.words,
    )
