"""Which place holds the beginning of which conversation."""

from genai_session_analyzer.language_model.openings import Openings
from genai_session_analyzer.language_model.roles import Message

PLAN, SQL, WORDS, LABELS = (
    (Message("system", text),) for text in ("plans", "SQL", "words", "labels")
)


def asked(openings, opening):
    place, is_kept = openings.place_for(opening)
    openings.keep(place, opening)
    return place, is_kept


def test_kinds_that_alternate_keep_places_of_their_own():
    openings = Openings(3)
    first = [asked(openings, each) for each in (PLAN, SQL, WORDS)]
    again = [asked(openings, each) for each in (PLAN, SQL, WORDS, PLAN)]
    assert [is_kept for _, is_kept in first] == [False, False, False]
    assert again == [(place, True) for place, _ in (*first, first[0])]


def test_a_fourth_kind_takes_the_place_not_used_for_longest():
    openings = Openings(3)
    places = {each: asked(openings, each)[0] for each in (PLAN, SQL, WORDS)}
    asked(openings, PLAN)
    assert asked(openings, LABELS) == (places[SQL], False)
    assert asked(openings, PLAN) == (places[PLAN], True)
    assert asked(openings, SQL) == (places[WORDS], False)


def test_a_longer_conversation_goes_on_where_it_began():
    openings = Openings(2)
    place, _ = asked(openings, PLAN)
    assert asked(openings, (*PLAN, Message("user", "and then?"))) == (place, True)


def test_what_was_not_finished_is_not_held():
    openings = Openings(1)
    asked(openings, PLAN)
    openings.place_for(PLAN)
    assert openings.place_for(PLAN) == (0, False)


def test_a_conversation_without_a_beginning_finds_nothing_kept():
    openings = Openings(2)
    assert [asked(openings, ())[1] for _ in range(3)] == [False, False, False]
