"""From a question's text to its pieces: spelling, time, terms, values and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.planning.rules.raw_text.percentiles import name_percentiles
from genai_session_analyzer.copilot.planning.rules.raw_text.prompt_texts import (
    TextTest,
    find_text_words,
)
from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS
from genai_session_analyzer.copilot.planning.times.named_days import name_days
from genai_session_analyzer.copilot.planning.times.signup_words import (
    SignupWords,
    find_signup,
    name_signup_periods,
)
from genai_session_analyzer.copilot.planning.times.time_page import TimeWords
from genai_session_analyzer.copilot.planning.times.time_words import find_times
from genai_session_analyzer.copilot.planning.words.english_words import is_other_word
from genai_session_analyzer.copilot.planning.words.lexicon import Lexicon, Sense
from genai_session_analyzer.copilot.planning.words.made_pieces import (
    of_number,
    of_sense,
    of_value,
)
from genai_session_analyzer.copilot.planning.words.pieces import Piece, Sentence
from genai_session_analyzer.copilot.planning.words.respelling import corrected_or_parted
from genai_session_analyzer.copilot.planning.words.rewriting.stages import (
    after_spelling,
    before_spelling,
)
from genai_session_analyzer.copilot.planning.words.similar_words import SimilarWords
from genai_session_analyzer.copilot.planning.words.tokens import Token, stem, tokens_of
from genai_session_analyzer.copilot.planning.words.value_index import ValueHit, ValueIndex
from genai_session_analyzer.embedding import TextEncoder


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """A question's pieces, its words of time, and what was put right."""

    text: str
    sentence: Sentence
    times: TimeWords
    signup: SignupWords
    corrections: tuple[tuple[str, str], ...]
    contained: tuple[TextTest, ...] = ()


class Tagger:
    """Cuts questions into pieces, for one build.

    Attributes:
        known: The words that are no slips of others: the lexicon's, and those of values.
        fillers: Those of them that mean nothing.
    """

    def __init__(
        self, lexicon: Lexicon, facts: DataFacts, encoder: TextEncoder | None = None
    ) -> None:
        self._similar = SimilarWords(encoder) if encoder else None
        self._lexicon = lexicon
        self._facts = facts
        self._values = ValueIndex(facts)
        self.known = lexicon.words | _value_words(facts)
        self.fillers = lexicon.dropped

    def tag(self, text: str) -> Tagged:
        """Return the pieces of a question, in its order, without its words of time."""
        contained = find_text_words(text.lower(), self._is_known)
        plain, corrections = self._put_right(before_spelling(contained.rest))
        plain = name_percentiles(name_signup_periods(name_days(after_spelling(plain))))
        signup = find_signup(plain, self._facts.newest_at, self._facts.first_at)
        times = find_times(signup.rest, self._facts.newest_at, self._facts.first_at)
        words = [
            token
            for token in tokens_of(signup.rest)
            if not any(start <= token.start < end for start, end in times.spans)
        ]
        pieces, meant = self._with_similar(self._pieces(words))
        return Tagged(
            text=plain,
            sentence=Sentence(pieces),
            times=times,
            signup=signup,
            contained=contained.tests,
            corrections=(*corrections, *meant),
        )

    def _is_known(self, word: str) -> bool:
        return word in self._lexicon.words or stem(word) in self._lexicon.words

    def _put_right(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with misspelt words replaced by the known ones they are nearest to."""
        changes: list[tuple[str, str]] = []
        parts: list[str] = []
        at = 0
        for token in tokens_of(text):
            if token.text in self.known or token.stem in self.known or _is_number(token.text):
                continue
            if token.stem in self._lexicon.vague:
                continue
            better = corrected_or_parted(token.text, self.known, self.fillers)
            if better and is_other_word(token.text, better):
                continue
            if better and stem(better) not in self.fillers:
                changes.append((token.text, better))
                parts += [text[at : token.start], better]
                at = token.end
        return "".join([*parts, text[at:]]), tuple(changes)

    def _with_similar(
        self, pieces: tuple[Piece, ...]
    ) -> tuple[tuple[Piece, ...], tuple[tuple[str, str], ...]]:
        """Words that are not known, as the terms they are near to."""
        if self._similar is None or all(piece.kind != "?" for piece in pieces):
            return pieces, ()
        found: list[Piece] = []
        meant: list[tuple[str, str]] = []
        for piece in pieces:
            sense = self._similar.nearest(piece.text) if piece.kind == "?" else None
            if sense:
                meant.append((piece.text, sense.key.replace("_", " ")))
                piece = replace(piece, kind=sense.kind, key=sense.key)  # noqa: PLW2901
            found.append(piece)
        return tuple(found), tuple(meant)

    def _pieces(self, words: Sequence[Token]) -> tuple[Piece, ...]:
        hits = self._values.find([word.text for word in words])
        by_start: dict[int, list[ValueHit]] = {}
        for hit in hits:
            by_start.setdefault(hit.start, []).append(hit)
        pieces: list[Piece] = []
        at = 0
        while at < len(words):
            piece, length = self._longest(words, at, by_start.get(at, []))
            if piece.kind == "R" and pieces and pieces[-1].kind == "n":
                piece = replace(piece, kind="U", key="percent")
            if piece.kind != "z":
                pieces.append(piece)
            at += length
        return tuple(pieces)

    def _longest(
        self, words: Sequence[Token], at: int, hits: Sequence[ValueHit]
    ) -> tuple[Piece, int]:
        """The longest phrase or value at a place; a phrase wins over a value as long."""
        found = self._phrase(words, at)
        exact = [hit for hit in hits if hit.slips == 0]
        value_length = max((hit.end - hit.start for hit in exact), default=0)
        if found and (
            found[1] >= value_length and not _is_weak(found[0], value_length == found[1])
        ):
            return of_sense(found[0], words[at : at + found[1]]), found[1]
        if exact:
            longest = [hit for hit in exact if hit.end - hit.start == value_length]
            return of_value(longest, words[at : at + value_length]), value_length
        if _is_number(words[at].text):
            return of_number(words[at]), 1
        if found:
            return of_sense(found[0], words[at : at + found[1]]), found[1]
        if hits:
            length = max(hit.end - hit.start for hit in hits)
            near = [hit for hit in hits if hit.end - hit.start == length]
            return of_value(near, words[at : at + length]), length
        return of_sense(Sense("?", words[at].text), words[at : at + 1]), 1

    def _phrase(self, words: Sequence[Token], at: int) -> tuple[Sense, int] | None:
        for length in range(min(self._lexicon.longest, len(words) - at), 0, -1):
            phrase = tuple(word.stem for word in words[at : at + length])
            sense = self._lexicon.senses.get(phrase)
            if sense and not (sense.is_joined and words[at].text != words[at].stem):
                return sense, length
        return None


def _is_weak(sense: Sense, is_as_long: bool) -> bool:
    """A vague adjective gives way to a value of the same words: "long prompts"."""
    return is_as_long and sense.kind in "^z"


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdigit() or (word in NUMBERS and word not in ("a", "an"))


def _value_words(facts: DataFacts) -> frozenset[str]:
    counts = (each for columns in facts.values.values() for each in columns.values())
    words = {
        token.text
        for column in counts
        for each in column
        for token in tokens_of(each.value.replace("_", " "))
    }
    return frozenset(words | {stem(word) for word in words})
