"""Every quick look that decides what to read closely: none of them may lose what a close reading finds."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.found import PASSAGE_SETS, labelled_cases, passages
from campaigns.checking import framing, statute, structure, verbs
from campaigns.checking.claiming import claims_in, could_claim
from campaigns.checking.concepts import words_in
from campaigns.checking.needles import NeedleIndex, needles_of
from campaigns.checking.patterns import PatternError, compile_pattern
from campaigns.checking.readability import masked_text
from campaigns.checking.reading import Reading, fold, sentences_in
from campaigns.checking.rules import shipped_rules
from campaigns.checking.wordsigns import SIGNS
from campaigns.materials import blocks
from campaigns.materials.blocks import markdown_blocks
from campaigns.materials.material import parse_material

TEXTS = tuple(
    dict.fromkeys(
        [one.text for one in labelled_cases()] + [one.text for name in PASSAGE_SETS for one in passages(name)]
    )
)
SENTENCES = tuple(fold(text[start:end]) for text in TEXTS for start, end in sentences_in(text))
COUNTS = (
    "most children",
    "3 in 4",
    "one in five",
    "half of girls",
    "1,200 young people",
    "research shows",
    "40 %",
)
COUNTS += (
    "thousands of boys",
    "on the rise.",
    "£5 saved",
    "average age",
    "more than ever.",
    "five out of 9",
    "a third of men",
)
PATTERNS = tuple(
    pattern for rule in shipped_rules().rules for pattern in (*rule.avoid, *rule.unless) if "<" not in pattern
)
WORDS = st.sampled_from(sorted({word for sentence in SENTENCES for word in sentence.split()}))
SPOKEN = st.lists(WORDS | st.sampled_from(COUNTS), min_size=1, max_size=14).map(" ".join)


@pytest.mark.parametrize("half", [0, 1])
def test_the_index_loses_no_phrase_in_any_of_our_sentences(half):
    searches = [compile_pattern(pattern) for pattern in PATTERNS[half::2]]
    index = NeedleIndex(needles_of(searches))
    for sentence in SENTENCES[::7]:
        candidates = set(index.candidates(words_in(sentence)))
        for number, search in enumerate(searches):
            if number not in candidates:
                assert not any(search.found_in(sentence)), (PATTERNS[half::2][number], sentence)


@given(
    st.text(alphabet="abc |()[]*#-'.", min_size=2, max_size=24), st.text(alphabet="abc -'1,.", max_size=40)
)
def test_the_index_loses_no_match_of_any_pattern(pattern, text):
    try:
        search = compile_pattern(pattern)
    except PatternError:
        return
    if any(search.matches(text, 0, len(text))):
        assert NeedleIndex(needles_of([search])).candidates(words_in(text)) == [0]


@given(SPOKEN)
def test_no_claim_is_lost_for_want_of_a_sign(text):
    text = fold(text)
    assert could_claim(text, SIGNS.among(words_in(text))) or not claims_in(text)


def test_no_claim_in_our_sets_is_lost_for_want_of_a_sign():
    for sentence in SENTENCES:
        assert could_claim(sentence, SIGNS.among(words_in(sentence))) or not claims_in(sentence), sentence


@pytest.mark.parametrize(
    ("sign", "search"),
    [
        (framing._GIRL_WORD, r"\b(?:girls|daughters|young women)\b"),
        (framing._OLDER_WORD, framing._OLDER.written),
        (framing._ONLINE_WORD, framing._ONLINE.written),
    ],
)
def test_no_one_sided_picture_is_lost_for_want_of_a_sign(sign, search):
    for sentence in SENTENCES:
        assert SIGNS.among(words_in(sentence)) & sign or not re.search(search, sentence), sentence


def test_every_expression_that_waits_can_be_made_ready():
    waiting = [
        value
        for module in (framing, statute, structure, verbs)
        for value in vars(module).values()
        if hasattr(value, "written")
    ]
    assert len(waiting) > 20
    for one in waiting:
        assert one.search("") is None or re.search(one.written, "")


@given(st.text(alphabet="ab.1@:/ wcomuk,-()+", max_size=60))
def test_addresses_and_numbers_are_masked_letter_for_letter(text):
    masked = masked_text(text)
    assert len(masked) == len(text)
    assert all(now in {was, "0"} for was, now in zip(text, masked, strict=True))


@given(st.text(alphabet="AaDr. !?\"')S…\n1", max_size=50))
def test_sentences_cover_all_that_is_not_blank(text):
    sentences = sentences_in(text)
    covered = "".join(text[start:end] for start, end in sentences)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(sentences))


def test_words_of_sentences_are_the_words_of_the_block():
    for text in TEXTS[::5]:
        reading = Reading(parse_material(text, "leaflet.md", is_markdown=False))
        for number, folded in enumerate(reading.folded):
            assert [word for words in reading.sentence_words(number) for word in words] == words_in(folded)


@settings(max_examples=300)
@given(st.text(alphabet="ab1.&;*_`[](){}<>!|#>-+\\\n\t \"'é", max_size=60))
def test_a_line_without_markup_is_read_as_any_other_is(text):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "_is_plain_line", lambda _: False)
        closely = markdown_blocks(text, 0)
    assert markdown_blocks(text, 0) == closely


def test_every_line_of_our_sets_is_read_as_markdown_it_reads_it():
    for text in TEXTS:
        tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
        shown = [
            "".join(" " if part.type.endswith("break") else part.content for part in token.children or ())
            for token in tokens
            if token.type == "inline"
        ]
        assert [block.text for block in markdown_blocks(text, 0) if block.kind != "code"] == shown
