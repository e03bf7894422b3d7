"""Random questionnaires and random acts for the interview's promises."""

from hypothesis import strategies as st

from surveys.interviews.events import (
    Back,
    Change,
    Choose,
    ChooseEnd,
    CloseHelp,
    Continue,
    Decline,
    GoToEnd,
    Help,
    MarkWord,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    WantWords,
    Write,
)
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire

CHOICES = ("red", "blue", "green")
PASSAGE = "It is never your fault"
KINDS = (
    "choose-one",
    "choose-many",
    "cards",
    "ranking",
    "best-worst",
    "paired",
    "highlighter",
    "faces",
    "likert",
    "frequency",
    "number",
    "text",
    "note",
    "break",
    "help-card",
)
SAID = {"note", "break", "help-card"}
LISTED = {"choose-one", "choose-many", "cards", "ranking", "best-worst", "paired"}
PIPED = {"choose-one", "choose-many", "cards", "ranking", "faces", "likert", "frequency", "number"}
UNPIPED = {"text", "paired", "highlighter"}
BANDS = ("11-15", "16-25")
FIRST_CHOICE = {
    "faces": "good",
    "likert": "agree",
    "frequency": "never",
    "best-worst": "most.red",
    "paired": "red.over.blue",
    "highlighter": "3.lose",
}


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Give a questionnaire that loads, with skip logic over earlier questions and notes that cover later ones."""
    drawn = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7))
    kinds = [kind for at, kind in enumerate(drawn) if kind != "help-card" or kind not in drawn[:at]]
    if SAID.issuperset(kinds):
        kinds.append("choose-one")
    pages = [_page(draw, kinds, index) for index in range(len(kinds))]
    bands = (
        ", ".join(BANDS[: draw(st.integers(1, 2))])
        if not any("by_age" in page for page in pages)
        else "11-15, 16-25"
    )
    top = f"""format: 1
survey: random
title: {{en: R, cy: R}}
made_by: tests
purpose: {{en: P, cy: P}}
minutes: 9
ages: [{bands}]
understanding_check: {str(draw(st.booleans())).lower()}
pages:
"""
    return parse_questionnaire(top + "".join(pages), "random.yaml")


def _page(draw: st.DrawFn, kinds: list[str], index: int) -> str:
    kind = kinds[index]
    lines = [*_asked(draw, kinds, index), f"id: q{index}", f"kind: {kind}", *_of_kind(draw, kind)]
    later = [f"q{other}" for other in range(index + 1, len(kinds)) if kinds[other] != "help-card"]
    if kind == "note" and later and draw(st.booleans()):
        lines.append(
            f"covers: [{', '.join(draw(st.lists(st.sampled_from(later), min_size=1, unique=True)))}]"
        )
    earlier = [other for other in range(index) if kinds[other] not in {*SAID, "text"}]
    if earlier and kind != "help-card" and draw(st.booleans()):
        asked = draw(st.sampled_from(earlier))
        lines.append(f"relevant: {_test(draw, f'q{asked}', kinds[asked])}")
    return "\n  ".join(lines) + "\n"


def _asked(draw: st.DrawFn, kinds: list[str], index: int) -> list[str]:
    """Give the wording, sometimes with an earlier answer in it, sometimes with another for one age band."""
    pipeable = [other for other in range(index) if kinds[other] in PIPED and kinds[index] != "help-card"]
    piped = f" ${{q{draw(st.sampled_from(pipeable))}}}" if pipeable and draw(st.integers(0, 3)) == 0 else ""
    lines = [f'- ask: {{en: "Q{index}{piped}", cy: "C{index}{piped}"}}']
    if draw(st.integers(0, 5)) == 0:
        band = draw(st.sampled_from(BANDS))
        lines.append(f"by_age: [{{ages: {band}, ask: {{en: A{index}, cy: B{index}}}}}]")
    return lines


def _of_kind(draw: st.DrawFn, kind: str) -> list[str]:
    """Give what only this kind of page has."""
    lines = ["sensitive: health"] if kind in UNPIPED and draw(st.booleans()) else []
    if kind in LISTED:
        lines += _choices(draw, kind)
    if kind in {"choose-one", "choose-many"} and draw(st.booleans()):
        lines.append("something_else: true")
    if kind == "choose-many" and draw(st.booleans()):
        lines += ["constraint: count-selected(.) < 3", "constraint_help: {en: At most two, cy: Dau}"]
    if kind == "number":
        lines += ["low: {en: None, cy: Dim}", "high: {en: All, cy: Oll}"]
    if kind == "highlighter":
        lines.append(f"passage: {PASSAGE}")
    if kind == "text" and draw(st.booleans()):
        lines += ["link: true", "link_reason: to test"]
    return lines


def _choices(draw: st.DrawFn, kind: str) -> list[str]:
    alone = ", alone: true" if kind == "choose-many" and draw(st.booleans()) else ""
    # Which pair comes first decides what a key means, so pairs stay in order where two runs are compared.
    shuffle = kind != "paired" and draw(st.booleans())
    return [
        "choices:",
        *(f"- {{id: {one}, label: {{en: {one}, cy: {one}-cy}}}}" for one in CHOICES[:2]),
        f"- {{id: green, label: {{en: green, cy: gwyrdd}}{alone}}}",
        f"shuffle: {str(shuffle).lower()}",
    ]


def _test(draw: st.DrawFn, name: str, kind: str) -> str:
    if kind == "number":
        test = f"${{{name}}} > 5"
    else:
        test = f"selected(${{{name}}}, '{FIRST_CHOICE.get(kind, 'red')}')"
    return draw(st.sampled_from([test, f"not({test})", f"${{{name}}} = ''", f"{test} or ${{{name}}} = ''"]))


_ANY_CHOICE = st.sampled_from(
    [*CHOICES, "something-else", *FIRST_CHOICE.values(), "unheard-of", *BANDS, "unsure", "nobody", "skip"]
)
EVENTS = st.one_of(
    st.builds(Choose, _ANY_CHOICE),
    st.builds(Choose, _ANY_CHOICE),
    st.builds(Rank, st.lists(st.sampled_from(CHOICES), max_size=4).map(tuple)),
    st.builds(ChooseEnd, st.sampled_from(["most", "least"]), st.sampled_from([*CHOICES, "", "unheard-of"])),
    st.builds(MarkWord, st.integers(0, 6), st.sampled_from(["keep", "lose", "confusing", None])),
    st.builds(Rate, st.integers(-1, 11)),
    st.builds(Write, st.text(max_size=8), st.booleans()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Skip()),
    st.just(Decline()),
    st.just(Back()),
    st.builds(Change, st.sampled_from([f"q{index}" for index in range(8)])),
    st.just(GoToEnd()),
    st.builds(SwitchLanguage, st.sampled_from(["en", "cy"])),
    st.just(Help()),
    st.just(CloseHelp()),
    st.builds(WantWords, st.booleans()),
)
ENDINGS = st.sampled_from([Send(), ThrowAway(), Stop()])
