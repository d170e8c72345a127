"""Each group's part of the whole: "what share of the timeouts does each model account for"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.words.pieces import Piece

_OF_EACH = re.compile(
    r"\b(?:do|does|did) (?:each|every) .*\b"
    r"(?:account(?:s|ed)? for|make up|contributes?|represent)\b"
    r"|\b(?:comes?|came|coming|originates?|stems?) from (?:each|every)\b"
    r"|\b(?:falls?|fell|goes|go|went|is|are|was|were|lies?|made|spent|run|ran) "
    r"(?:in|into|on|to|at|with) (?:each|every)\b"
    r"|\b(?:has|have|had|uses?|used) (?:each|every)\b"
)


def read_share_of_groups(draft: Draft) -> bool:
    """`Share of models with a success rate below 90 %`: groups that meet a bound, of all.

    Returns:
        Whether it was such a question.
    """
    match = draft.sentence.first("(R)[opaI]*(F)[opa]*_")
    if not match or not draft.conditions or draft.ideas or draft.groups or draft.keeps:
        return False
    if any(each.position < match.start(2) for each in draft.conditions):
        return False
    draft.groups.append(draft.sentence.pieces[match.start(2)].key)
    draft.over = "share"
    draft.sentence.take_span(match.start(), match.end())
    return True


def is_of_each(draft: Draft) -> bool:
    """Return whether each group's part of what is named before is asked for."""
    return _OF_EACH.search(draft.tagged.text) is not None


def read_share_of_each(draft: Draft, match: re.Match[str], base: Piece | None) -> bool:
    """Ask for each group's part; every condition holds for the whole.

    Returns:
        Whether it was such a question.
    """
    if not is_of_each(draft):
        return False
    sentence = draft.sentence
    events = sentence.left("Vv")
    if base is not None:
        idea = idea_of(base) if base.kind == "Q" else Idea(kind="count", key=base.key)
        draft.ask(idea, match.start())
    elif events and events[0] == match.end() and sentence.shape[events[0]] == "V":
        draft.ask(idea_of(sentence.pieces[events[0]]), events[0])
        sentence.take(events.pop(0))
    else:
        return False
    for at in events:
        draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at))
    sentence.take(*events, *(at for at in range(*match.span()) if sentence.shape[at] != "L"))
    draft.has_share = draft.is_of_each = True
    return True
