"""What a prompt is about as a whole, which colours its mood: the same for every label.

A label's own weights make something of it: an animal is rarely epic, a celebrity cast in another
role is often a joke, a long list of artists seldom has a mood at all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention
from genai_session_analyzer.pipelines.enrichment.labels.precedence import (
    NAME_KINDS,
    is_early,
    is_style,
    mentions_of_domain,
)
from genai_session_analyzer.pipelines.enrichment.labels.words import FUNCTION_WORDS, PromptWords
from genai_session_analyzer.schema.values import DOMAINS

CONTEXT: tuple[str, ...] = (
    "length",
    "is_short",
    "short_with_name",
    "several_names",
    "name_in_role",
    "name_in_action",
    "has_artist",
    *(f"about_{domain}" for domain in DOMAINS),
)
"""Names of the numbers, in the order of `context`."""
_SHORT, _SHORT_WITH_NAME = 7, 14
_USUAL_LENGTH = 2.5
"""About the median of log(1 + words)."""
_SUBJECT_WORDS = 6
"""Among at least so many first words stands what a prompt is about."""
_NAMES = NAME_KINDS | {"first_name"}


def context(prompt: PromptWords, mentions: Sequence[Mention]) -> NDArray[np.float64]:
    """Return the prompt's numbers, shape (CONTEXT,): all 0 or 1 but the length.

    Args:
        prompt: Its words.
        mentions: What `Lexicon.mentions` found in it.
    """
    of_domain = mentions_of_domain(mentions, prompt)
    early = max(prompt.head_end, _SUBJECT_WORDS)
    about = {
        each.meaning.label
        for each in of_domain
        if each.start < early and not (each.meaning.kind in NAME_KINDS and is_style(each, prompt))
    }
    names = {
        prompt.words[each.start]
        for each in of_domain
        if each.meaning.kind in _NAMES and is_early(each, prompt) and not is_style(each, prompt)
    }
    count, head = len(prompt.words), set(prompt.words[:_SHORT_WITH_NAME])
    return np.array(
        [
            np.log1p(count) - _USUAL_LENGTH,
            count <= _SHORT,
            "fanart" in about and count <= _SHORT_WITH_NAME,
            len(names) > 1,
            bool(names) and "as" in head,
            bool(names) and not head.isdisjoint(FUNCTION_WORDS["actions"]),
            any(each.meaning.kind == "artist" for each in mentions),
            *(domain in about for domain in DOMAINS),
        ],
        dtype=np.float64,
    )
