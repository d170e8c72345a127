"""Which of the terms near to an unknown word can be asked as they stand."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binding import bind
from genai_session_analyzer.copilot.planning.leftovers import is_empty, unread
from genai_session_analyzer.copilot.planning.rules.reading import read
from genai_session_analyzer.copilot.planning.words.tagging import Tagged


def near_questions(
    word: str, terms: Sequence[str], tag: Callable[[str], Tagged], catalogue: Catalogue
) -> tuple[str, ...]:
    """Return terms spelt like a word that are questions of their own: "latency", not "longer"."""
    close = get_close_matches(word, terms, n=3, cutoff=0.6)
    return tuple(term for term in close if _is_question(tag(term), catalogue))


def _is_question(tagged: Tagged, catalogue: Catalogue) -> bool:
    draft = read(tagged)
    if unread(draft) or draft.trouble or is_empty(draft):
        return False
    try:
        bind(draft, catalogue)
    except BindError:
        return False
    return True
