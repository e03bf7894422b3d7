"""What a questionnaire's shape cannot say: mistakes in its meaning, each at its own place."""

import re
from collections.abc import Generator, Iterable, Iterator

from coprod.kernel.problem import Problem
from coprod.kernel.yamlfile import nearest
from coprod.kernel.yamlnodes import Node, Place, Scalar
from surveys.questionnaires.expressions import (
    Expression,
    ExpressionMistake,
    Reference,
    choices_in,
    parse_expression,
    references_in,
)
from surveys.questionnaires.mistakes_of_kinds import mistakes_of_kinds
from surveys.questionnaires.mistakes_of_piping import mistakes_of_piping
from surveys.questionnaires.questions import SAID_KINDS, SOMETHING_ELSE
from surveys.questionnaires.sketch import (
    FileSketch,
    PageSketch,
    scalar_in,
    scalars_under,
    sketches,
    texts_of,
    wordings_under,
)

MOST_TEXTS = 20


def mistakes_in(tree: Node, text: str, path: str) -> Iterator[Problem]:
    """Give every mistake of meaning in a questionnaire's tree, also where its shape is wrong elsewhere."""
    file = FileSketch(path, text.split("\n"), tree, sketches(tree))
    yield from _same_id(file, ((page.id, page.scalar("id")) for page in file.pages), "question")
    yield from _ages(file)
    yield from _wordings(file)
    yield from mistakes_of_kinds(file)
    yield from mistakes_of_piping(file)
    if file.pages and all(page.kind in SAID_KINDS for page in file.pages):
        yield file.problem(file.pages[0].node.place, "there are only notes here", "ask at least one question")
    for page in [page for page in file.pages if page.kind == "text"][MOST_TEXTS:]:
        what = f"this is more than the {MOST_TEXTS} free texts one interview can seal"
        yield file.problem(page.node.place, what, "ask fewer, or ask with choices")
    for index, page in enumerate(file.pages):
        yield from _choices(file, page)
        yield from _reasons(file, page)
        yield from _covers(file, index)
        yield from _relevant(file, index)
        yield from _constraint(file, index)


def _same_id(file: FileSketch, named: Iterable[tuple[str, Scalar | None]], what: str) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for name, scalar in named:
        if scalar is not None and name in first:
            mend = f"line {first[name].line} has it already; give this {what} its own"
            yield file.problem(scalar.place, f"the id `{name}` comes twice", mend)
        elif scalar is not None:
            first[name] = scalar.place


def _ages(file: FileSketch) -> Iterator[Problem]:
    for band in scalars_under(file.tree, "ages"):
        match = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", band.text)
        if match is None or int(match[1]) > int(match[2]):
            mend = "write the youngest and the oldest age with a hyphen, such as 11-15"
            yield file.problem(band.place, f"`{band.text[:20]}` is not an age band", mend)


def _wordings(file: FileSketch) -> Iterator[Problem]:
    reader = scalar_in(file.tree, "read_by")
    for name, wording in wordings_under(file.tree):
        texts = texts_of(wording)
        for scalar in texts.values():
            if not scalar.text.strip():
                yield file.problem(
                    scalar.place, f"`{name}` has no words", "write them, or leave the line out"
                )
        if reader is not None and reader.text.strip() and name != "made_by" and "cy" not in texts:
            mend = "write `cy: …`, or leave `read_by` out until the Welsh is complete"
            yield file.problem(wording.place, f"`{name}` has no Welsh, but `read_by` says it was read", mend)


def _choices(file: FileSketch, page: PageSketch) -> Iterator[Problem]:
    ids = [scalar_in(choice, "id") for choice in page.choices]
    yield from _same_id(file, ((name.text if name else "", name) for name in ids), "choice")
    for name in ids:
        if name is not None and name.text == SOMETHING_ELSE:
            mend = "write `something_else: true` under the question instead"
            yield file.problem(name.place, f"`{SOMETHING_ELSE}` is added by coprod", mend)
    first: dict[tuple[str, str], Place] = {}
    for choice in page.choices:
        for name_of, wording in wordings_under(choice):
            for language, label in texts_of(wording).items():
                key = (f"{name_of} {language}", " ".join(label.text.split()).casefold())
                if key in first and key[1]:
                    mend = f"line {first[key].line} says it already; word one of them otherwise"
                    yield file.problem(label.place, "two choices read the same", mend)
                first.setdefault(key, label.place)


def _reasons(file: FileSketch, page: PageSketch) -> Iterator[Problem]:
    for switch, reason, why in (
        ("link", "link_reason", "linked words can show who somebody is"),
        ("constraint", "constraint_help", "the respondent must be told in words"),
    ):
        written = _has(page, reason)
        value = page.scalar(switch)
        if value is not None and page.says(switch) and not written:
            yield file.problem(value.place, f"`{switch}` needs a `{reason}`", f"write one; {why}")
        if written and not page.says(switch):
            mend = f"write `{switch}` too, or leave `{reason}` out"
            yield file.problem(page.node.place, f"`{reason}` stands here without `{switch}`", mend)
    because = page.scalar("sensitive_because")
    if because is not None and not page.says("sensitive"):
        mend = "write `sensitive: safety`, `abuse`, `health` or `identity`"
        yield file.problem(because.place, "`sensitive_because` stands here without `sensitive`", mend)


def _has(page: PageSketch, name: str) -> bool:
    return any(
        key.text == name and not (isinstance(value, Scalar) and not value.text.strip())
        for key, value in page.node.entries
    )


def _covers(file: FileSketch, index: int) -> Iterator[Problem]:
    page = file.pages[index]
    later = {one.id for one in file.pages[index + 1 :]}
    for name in scalars_under(page.node, "covers"):
        if name.text not in file.ids():
            yield file.problem(
                name.place, f"there is no question `{name.text}`", nearest(name.text, later or {""})
            )
        elif name.text not in later:
            mend = "a note can only pass over questions that come after it"
            yield file.problem(name.place, f"`{name.text}` comes before this note", mend)


def _relevant(file: FileSketch, index: int) -> Iterator[Problem]:
    scalar = file.pages[index].scalar("relevant")
    if scalar is None or not scalar.text:
        return
    tree = yield from _tree(file, scalar)
    if tree is None:
        return
    for reference in references_in(tree):
        if not reference.name:
            mend = "name an earlier question: ${name}"
            yield file.problem_within(scalar, reference.at, "`.` is the answer to this very question", mend)
        elif fault := _reference_fault(file, index, reference):
            yield file.problem_within(scalar, reference.at, *fault)
    yield from _unknown_choices(file, index, scalar, tree)


def _constraint(file: FileSketch, index: int) -> Iterator[Problem]:
    page = file.pages[index]
    scalar = page.scalar("constraint")
    if scalar is None or not scalar.text:
        return
    tree = yield from _tree(file, scalar)
    if tree is None:
        return
    for reference in references_in(tree):
        own = reference.name in {"", page.id}
        if not own and (fault := _reference_fault(file, index, reference)):
            yield file.problem_within(scalar, reference.at, *fault)
    if not any(reference.name in {"", page.id} for reference in references_in(tree)):
        mend = "use `.` for the answer being given"
        yield file.problem_within(scalar, 0, "this constraint says nothing about the answer", mend)
    yield from _unknown_choices(file, index, scalar, tree)


def _tree(file: FileSketch, scalar: Scalar) -> Generator[Problem, None, Expression | None]:
    """Give the tree of an expression, or the problem that it cannot be read."""
    try:
        return parse_expression(scalar.text)
    except ExpressionMistake as mistake:
        yield file.problem_within(scalar, mistake.at, mistake.what, mistake.mend)
        return None


def _reference_fault(file: FileSketch, index: int, reference: Reference) -> tuple[str, str] | None:
    """Give what is wrong with naming a question here, and its mend."""
    earlier = {page.id: page for page in file.pages[:index]}
    asked = earlier.get(reference.name)
    if asked is None and reference.name == file.pages[index].id:
        return f"`{reference.name}` is this very question", "name an earlier one"
    if asked is None and reference.name in file.ids():
        return f"`{reference.name}` is asked only after this", "move it up, or name an earlier question"
    if asked is None:
        known = {name for name in earlier if name} or {"(nothing is asked before this)"}
        return f"there is no question `{reference.name}`", nearest(reference.name, known)
    if asked.kind in SAID_KINDS:
        return f"`{reference.name}` is a {asked.kind} and has no answer", "name a question"
    if asked.kind == "text" and not asked.says("link"):
        mend = "ask a question with choices for this"
        return f"skipping by what was written in `{reference.name}` would tie it to other answers", mend
    return None


def _unknown_choices(file: FileSketch, index: int, scalar: Scalar, tree: Expression) -> Iterator[Problem]:
    pages = {page.id: page for page in file.pages}
    for reference, choice in choices_in(tree):
        page = pages.get(reference.name) if reference.name else file.pages[index]
        known = page.choice_ids() if page is not None else ()
        if known and choice.text not in {*known, ""}:
            what = f"`{choice.text}` is no choice of `{page.id if page else ''}`"
            yield file.problem_within(scalar, choice.at, what, nearest(choice.text, set(known)))
