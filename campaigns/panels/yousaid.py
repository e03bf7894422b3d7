"""You said, we did: what a panel said of a material and what was done with each comment, for the panel to read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from campaigns.materials.material_document import contact_card
from campaigns.panels.panelwords import panel_words
from campaigns.releasing.signoff import CommentAnswer, HarmAnswer, comment_id
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import Block, Document, Heading, Paragraph, Quote, Span, plain
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.text import clean_line
from coprod.kernel.wording import Language


def you_said_document(
    result: PanelResult,
    answers: Sequence[CommentAnswer],
    harm: HarmAnswer | None,
    contacts: Sequence[HelpContact],
    language: Language,
) -> Document:
    """Give the page for the panel: harm first where somebody raised it, then each comment with its answer, then help.

    Comments and answers stay in the language they were written in.
    """
    words = panel_words().you_said
    title = words.title.into(language)
    blocks = (
        Heading(1, plain(title)),
        Paragraph(plain(words.note.into(language)), "caution"),
        Paragraph(plain(words.thanks.into(language)), "lead"),
        *_harm(harm, language),
        *_answers(result.comments, answers, language),
        Heading(2, plain(words.disagree.into(language))),
        Paragraph(plain(words.how_to_disagree.into(language))),
        Heading(2, plain(words.help.into(language))),
        *(contact_card(one, language) for one in contacts),
    )
    marks = ["simulated"] * result.simulated + ["draft"] * (language == "cy")
    return Document(title, language, blocks, mark=", ".join(marks))


def _harm(harm: HarmAnswer | None, language: Language) -> Iterator[Block]:
    if harm is not None:
        words = panel_words().you_said
        yield Heading(2, plain(words.harm.into(language)))
        yield Paragraph(plain(clean_line(harm.reason)))


def _answers(
    comments: Sequence[PanelComment], answers: Sequence[CommentAnswer], language: Language
) -> Iterator[Block]:
    """Give the comments under their questions, by alphabet; those that got the same answer stand together above it."""
    given = {answer.comment: answer for answer in answers}
    known = dict.fromkeys(sorted(comments, key=lambda one: (one.about, one.text)))
    for asked, about in groupby(known, key=lambda one: one.about):
        yield Heading(2, plain(clean_line(asked)))
        together: dict[tuple[str, str], list[PanelComment]] = {}
        for comment in about:
            answer = given.get(comment_id(comment))
            told = (answer.outcome, clean_line(answer.reason)) if answer else ("", "")
            together.setdefault(told, []).append(comment)
        for (outcome, reason), same in together.items():
            yield from (Quote(plain(clean_line(comment.text))) for comment in same)
            if outcome:
                said = panel_words().you_said.outcomes[outcome].into(language)
                yield Paragraph((Span(f"{said} ", strong=True), Span(reason)))
