"""Nobody's words are printed as if they were everybody's, and nobody's without their leave. All texts are simulated."""

from analysis.publishing.quotes import LONGEST_QUOTE, candidates, shared_phrases, spread, still_tells
from analysis.publishing.recognisable import recognisable_by

PLAIN = [
    "the worker was kind to me",
    "the worker was kind and listens to me",
    "the wait was long and cold",
    "the wait was too long for me",
    "a bus pass would help me get there",
    "the bus there would help me",
]


def quotes(*texts: str, agreed: bool = True) -> list[str]:
    return [one.text for one in candidates(texts, [agreed] * len(texts))]


def test_a_phrase_of_fewer_than_five_people_is_their_own_words() -> None:
    texts = ["my worker rang", "My WORKERS rang!", "the worker, she rang", "worker rang", None, "nobody came"]
    assert shared_phrases(texts, ["worker rang"]) == frozenset()
    assert shared_phrases([*texts, "rang the worker"], ["worker rang", "nobody"]) == {"worker rang"}


def test_only_people_who_agreed_are_quoted() -> None:
    found = candidates(PLAIN, [place % 2 == 0 for place in range(6)])
    assert sorted(one.text for one in found) == sorted(PLAIN[::2])


def test_blanks_scraps_and_long_stories_are_left_out() -> None:
    assert quotes("nothing", "", "too long", "word " * LONGEST_QUOTE, PLAIN[0]) == [PLAIN[0]]


def test_a_text_with_a_sign_of_risk_is_for_the_safeguarding_lead_and_never_quoted() -> None:
    assert quotes("the wait made me want to kill myself", PLAIN[0]) == [PLAIN[0]]


def test_who_and_where_is_taken_out_and_said() -> None:
    (one,) = candidates(["my worker Zebedee rang me on 07700 900123 again"], [True]) or (None,)
    if one is not None:
        assert "Zebedee" not in one.text
    (other,) = candidates(["my worker Zebedee was kind to me"], [True])
    assert "Zebedee" not in other.text
    assert any("taken out" in caution for caution in other.cautions)
    assert not any("zebedee" in caution.lower() for caution in other.cautions)


def test_a_story_that_only_one_person_tells_is_offered_in_other_words() -> None:
    story = "my trombone broke at the lighthouse and the worker was kind"
    by_text = {one.text: one.cautions for one in candidates([*PLAIN, *PLAIN, story], [True] * 13)}
    assert "lighthouse, trombone" in by_text[story][0]
    assert "own words" in by_text[story][0]
    assert by_text[PLAIN[0]] == ()


def test_quotes_are_spread_over_what_was_said_whatever_the_order() -> None:
    found = candidates([*PLAIN, *PLAIN], [True] * 12)
    picked = [one.text for one in spread(found, 3)]
    for subject in ("worker", "wait", "bus"):
        assert sum(subject in text for text in picked) == 1
    assert picked == [one.text for one in spread(candidates([*PLAIN, *PLAIN][::-1], [True] * 12), 3)]


def test_the_same_words_are_not_quoted_twice_while_others_wait() -> None:
    picked = [one.text for one in spread(candidates([*PLAIN, *PLAIN], [True] * 12), 6)]
    assert len(set(picked)) == 6


def test_no_quote_shows_itself_in_a_representation() -> None:
    assert "kind" not in repr(candidates(PLAIN, [True] * 6))


def test_a_paraphrase_with_four_of_their_words_in_a_row_still_points_at_them() -> None:
    (one,) = candidates([PLAIN[1]], [True])
    common = candidates([*PLAIN, *PLAIN], [True] * 12)
    shared = next(other for other in common if other.text == one.text)
    assert still_tells(shared, "They say the worker was kind") == (
        "4 of their words in a row are still there",
    )
    assert still_tells(shared, "Staff were kind and heard them out") == ()


def test_a_paraphrase_with_a_word_that_nobody_else_wrote_still_points_at_them() -> None:
    story = "my trombone broke and the worker was kind"
    one = next(other for other in candidates([*PLAIN, *PLAIN, story], [True] * 13) if other.text == story)
    assert still_tells(one, "Somebody helped with a trombone")[0].endswith("trombone")


def test_what_tells_who_it_was_is_found_in_both_languages_and_not_in_longer_words() -> None:
    assert recognisable_by("My Brother’s friend went to court") == (
        "a family member",
        "a court case, the police or the news",
    )
    assert recognisable_by("fy mrawd a fy mam") == ("a family member",)
    assert recognisable_by("transport, a courtesy bus and a judgement on the waiting list") == ()
