"""Random questionnaires and random acts for the interview's promises."""

from hypothesis import strategies as st

from surveys.events import (
    Back,
    Change,
    Choose,
    CloseHelp,
    Continue,
    Decline,
    GoToEnd,
    Help,
    Rank,
    Rate,
    Send,
    Skip,
    Stop,
    SwitchLanguage,
    ThrowAway,
    Write,
)
from surveys.questionnaire import Questionnaire, parse_questionnaire

CHOICES = ("red", "blue", "green")
KINDS = ("choose-one", "choose-many", "ranking", "faces", "likert", "frequency", "number", "text", "note")
SCALE_ENDS = {"faces": "good", "likert": "agree", "frequency": "never"}


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Give a questionnaire that loads, with skip logic over earlier questions and notes that cover later ones."""
    kinds = draw(
        st.lists(st.sampled_from(KINDS), min_size=1, max_size=7).filter(lambda kinds: set(kinds) != {"note"})
    )
    pages = [_page(draw, kinds, index) for index in range(len(kinds))]
    top = "format: 1\nsurvey: random\ntitle: {en: R, cy: R}\nmade_by: tests\npurpose: {en: P, cy: P}\nminutes: 1\nages: [11-15]\npages:\n"
    return parse_questionnaire(top + "".join(pages), "random.yaml")


def _page(draw: st.DrawFn, kinds: list[str], index: int) -> str:
    kind = kinds[index]
    lines = [f"- ask: {{en: Q{index}, cy: C{index}}}", f"id: q{index}", f"kind: {kind}"]
    if kind in {"choose-one", "choose-many", "ranking"}:
        lines.append("choices:")
        lines += [f"- {{id: {one}, label: {{en: {one}, cy: {one}-cy}}}}" for one in CHOICES[:2]]
        alone = ", alone: true" if draw(st.booleans()) else ""
        lines.append(f"- {{id: green, label: {{en: green, cy: gwyrdd}}{alone}}}")
        lines.append(f"shuffle: {str(draw(st.booleans())).lower()}")
    if kind in {"choose-one", "choose-many"} and draw(st.booleans()):
        lines.append("something_else: true")
    if kind == "choose-many" and draw(st.booleans()):
        lines += ["constraint: count-selected(.) < 3", "constraint_help: {en: At most two, cy: Dau}"]
    if kind == "number":
        lines += ["low: {en: None, cy: Dim}", "high: {en: All, cy: Oll}"]
    if kind == "text" and draw(st.booleans()):
        lines += ["link: true", "link_reason: to test"]
    later = [f"q{other}" for other in range(index + 1, len(kinds))]
    if kind == "note" and later and draw(st.booleans()):
        lines.append(
            f"covers: [{', '.join(draw(st.lists(st.sampled_from(later), min_size=1, unique=True)))}]"
        )
    earlier = [other for other in range(index) if kinds[other] not in {"note", "text"}]
    if earlier and draw(st.booleans()):
        asked = draw(st.sampled_from(earlier))
        lines.append(f"relevant: {_test(draw, f'q{asked}', kinds[asked])}")
    return "\n  ".join(lines) + "\n"


def _test(draw: st.DrawFn, name: str, kind: str) -> str:
    if kind == "number":
        test = f"${{{name}}} > 5"
    else:
        test = f"selected(${{{name}}}, '{SCALE_ENDS.get(kind, 'red')}')"
    return draw(st.sampled_from([test, f"not({test})", f"${{{name}}} = ''", f"{test} or ${{{name}}} = ''"]))


_ANY_CHOICE = st.sampled_from([*CHOICES, "something-else", *SCALE_ENDS.values(), "unheard-of"])
EVENTS = st.one_of(
    st.builds(Choose, _ANY_CHOICE),
    st.builds(Choose, _ANY_CHOICE),
    st.builds(Rank, st.lists(st.sampled_from(CHOICES), max_size=4).map(tuple)),
    st.builds(Rate, st.integers(-1, 11)),
    st.builds(Write, st.text(max_size=8), st.booleans()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Continue()),
    st.just(Skip()),
    st.just(Decline()),
    st.just(Back()),
    st.builds(Change, st.sampled_from([f"q{index}" for index in range(7)])),
    st.just(GoToEnd()),
    st.builds(SwitchLanguage, st.sampled_from(["en", "cy"])),
    st.just(Help()),
    st.just(CloseHelp()),
)
ENDINGS = st.sampled_from([Send(), ThrowAway(), Stop()])
