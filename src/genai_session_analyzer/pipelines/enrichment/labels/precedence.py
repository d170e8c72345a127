"""Which mentions of a domain count: what stands first in the order of precedence silences others.

A named person or character as the subject makes fan art, whatever they do; a being of fantasy or
science fiction is the point of its picture, not a person or an animal; a portrait is of somebody.
"""

from collections.abc import Sequence

from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention
from genai_session_analyzer.pipelines.enrichment.labels.words import PLAIN_WORDS, PromptWords

NAME_KINDS = frozenset(("name", "franchise"))
"""Kinds of mentions that name somebody or something outright."""
EARLY_WORDS = 12
"""Among a prompt's first words, a name is its subject."""
_STYLE_WORDS = frozenset(("by", "style", "aesthetic"))
_SHORTEST_SURNAME = 3
_BEINGS = frozenset(("character", "animal", "portrait"))
_SAYS_HOW = frozenset(("art_style", "lighting"))


def mentions_of_domain(mentions: Sequence[Mention], prompt: PromptWords) -> list[Mention]:
    """Return the mentions that count for the domain, in their order."""
    counting = [each for each in mentions if _concerns_domain(each, mentions, prompt)]
    silenced = _silenced(counting, prompt)
    return [
        each
        for each in counting
        if each.meaning.label not in silenced or each.meaning.kind in NAME_KINDS
    ]


def is_early(mention: Mention, prompt: PromptWords) -> bool:
    """Whether a mention stands where the subject does."""
    return mention.start < prompt.head_end or mention.start < EARLY_WORDS


def is_style(mention: Mention, prompt: PromptWords) -> bool:
    """Whether a name says how, not whom: "by ...", "in the style of ...", "... style"."""
    if prompt.credited[mention.start]:
        return True
    before = prompt.words[max(0, mention.start - 3) : mention.start]
    behind = prompt.words[mention.end : mention.end + 1]
    return bool(_STYLE_WORDS.intersection(before) or _STYLE_WORDS.intersection(behind))


def _silenced(mentions: Sequence[Mention], prompt: PromptWords) -> set[str]:
    """Labels that precedence leaves without a voice."""
    labels = {each.meaning.label for each in mentions}
    in_head = [each for each in mentions if each.start < prompt.head_end]
    outright = {each.meaning.label for each in in_head if each.meaning.kind == "synonym"}
    if any(
        each.meaning.kind == "name" and is_early(each, prompt) and not is_style(each, prompt)
        for each in mentions
    ):
        return labels - {"fanart"}
    if outright & {"fantasy", "scifi"}:
        return set(_BEINGS)
    is_figure = any(
        each.meaning.label == "character" and each.meaning.kind == "synonym" for each in mentions
    )
    return {"character"} if "portrait" in outright and not is_figure else set()


def _concerns_domain(mention: Mention, others: Sequence[Mention], prompt: PromptWords) -> bool:
    """Whether a mention is of the domain: not part of an artist or a style, no lone first name."""
    if prompt.credited[mention.start] and mention.meaning.kind not in NAME_KINDS:
        return False
    if mention.meaning.kind == "first_name":
        return _has_surname(mention, others, prompt)
    return mention.meaning.field == "domain" and not any(
        each.meaning.field in _SAYS_HOW
        and each.end - each.start > mention.end - mention.start
        and each.start < mention.end
        and mention.start < each.end
        for each in others
    )


def _has_surname(mention: Mention, others: Sequence[Mention], prompt: PromptWords) -> bool:
    """Whether a first name is followed by a word that means nothing else."""
    position = mention.end
    if position >= len(prompt.words) or prompt.clauses[position] != prompt.clauses[mention.start]:
        return False
    word = prompt.words[position]
    if len(word) < _SHORTEST_SURNAME or not word.isalpha() or word in PLAIN_WORDS:
        return False
    return not any(
        (each.start <= position < each.end and each.meaning.kind != "first_name")
        or (each.start < mention.end <= each.end and each.meaning.kind in {"name", "artist"})
        for each in others
    )
