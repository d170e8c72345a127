"""Whether a question points back at the one before: "and by region?", "only pro"."""

import re

from genai_session_analyzer.copilot.planning.follow_ups.absolute_numbers import asks_for_numbers
from genai_session_analyzer.copilot.planning.follow_ups.complete_questions import is_complete
from genai_session_analyzer.copilot.planning.follow_ups.doubtful import asks_for_any
from genai_session_analyzer.copilot.planning.follow_ups.lifted_filters import takes_away
from genai_session_analyzer.copilot.planning.follow_ups.list_edits import counts_rows
from genai_session_analyzer.copilot.planning.follow_ups.listed_rows import asks_for_rows
from genai_session_analyzer.copilot.planning.follow_ups.pronouns import points_back
from genai_session_analyzer.copilot.planning.follow_ups.traits import asks_who
from genai_session_analyzer.copilot.planning.follow_ups.turned_orders import (
    names_length,
    picks_extreme,
    turns_order,
)
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import is_whole
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_OPENINGS = re.compile(
    r"\W*(?:and|or|but|what about|how about|same|the same|only|just|without|excluding|exclude"
    r"|except"
    r"|not|also|now|ok|okay|by|per|for|in|on|as|sort|order|rank|make|break|split|then|versus|vs"
    r"|compared|compare (?:that|this|it)|add|drop|remove|group|instead|limit|restrict|filter|again"
    r"|since|during|from|at|do the same|with|each|compare (?:with|to|against)"
    r"|show (?:it|that|this|them|only)|keep|use"
    r"|switch|please|go back|back to|reverse|flip|invert|top \d+|bottom \d+|first \d+|smooth"
    r"|include|including|omit|hide|skip"
    r"|leave out|ignore|narrow|zoom|regardless|everyone|everybody|all|plus|minus|rather|except"
    r"|alongside|together with|along with|as well as|additionally|in addition|besides|sorted"
    r"|ordered|ranked|grouped|limited|restricted)\b"
)
_TOO = re.compile(
    r"\b(?:too|as well|also|additionally|in addition|on top|ones?|next to (?:it|that|them)"
    r"|beside (?:it|that|them)|alongside(?: it| that)?)\W*$"
    r"|^\W*(?:and )?how (?:does|do) (?:it|that|this|they|these) compare\b|^\W*relative\b"
)
_THEM = re.compile(
    r"\b(?:of|among|for|in) (?:those|them|these|that)\b|\binstead\b"
    r"|\b(?:was|were|is|are) (?:that|those|these|they|it)\W*$"
    r"|^\W*(?:and )?how \w+ (?:was|were|is|are) (?:it|they|that)\b"
)
_HOW_MANY_OR_END = re.compile(
    "H[op]*v[op]*|[DopO]*(?:Sn|nS)[op]*|[DopO]*v[op]*|[Dopq]*C[op]*n[op]*"
)
_ASKED = re.compile(r"\b(?:what|which|how|show|give|list|who|tell|overall|total number)\b")
_BARE = re.compile("[opA]*Q[op]*")
_OF = re.compile(r"\W*of\b")
_WHICH_ONE = re.compile(
    r"\W*(?:and )?which (?:one |of (?:them|those|these) )?(?:is|was|are|were|has|had)\b"
)
_KEPT = "[opDF]*[LvV][opDFLvV]*E?[op]*"
_NARROWS = re.compile(f"[op]*O{_KEPT}|{_KEPT}O[op]*|[opDqaOGi]*(?:L[opDF]*)+E[opqOGia]*")


def is_follow_up(tagged: Tagged) -> bool:
    """Return whether a question changes the one before rather than being one of its own."""
    if takes_away(tagged) or turns_order(tagged):
        return True
    if is_complete(tagged):
        return False
    if picks_extreme(tagged) or names_length(tagged.text):
        return True
    if asks_for_rows(tagged.text):
        return True
    return _is_worded_so(tagged) or _names_no_number(tagged) or _narrows(tagged)


def _is_worded_so(tagged: Tagged) -> bool:
    """Whether its words point back: "and", "instead", "of those", "which one is highest"."""
    if _TOO.search(tagged.text) or points_back(tagged.text) or asks_who(tagged.text):
        return True
    if _names_bare_number(tagged):
        return True
    if counts_rows(tagged.text) or asks_for_numbers(tagged.text) or asks_for_any(tagged.text):
        return True
    if _OPENINGS.match(tagged.text) or _THEM.search(tagged.text) or is_whole(tagged.text):
        return True
    if _WHICH_ONE.match(tagged.text) and tagged.sentence.first("[EFQVv]") is None:
        return True
    return bool(_HOW_MANY_OR_END.fullmatch(tagged.sentence.shape))


def _names_bare_number(tagged: Tagged) -> bool:
    """Whether nothing but an amount is named: "success rate"."""
    is_bare = _BARE.fullmatch(tagged.sentence.shape) and not _ASKED.search(tagged.text)
    return bool(is_bare) and not (tagged.times.range or tagged.times.grain)


def _names_no_number(tagged: Tagged) -> bool:
    """Whether nothing is named that could be counted or listed: "of mobile users", "top 3"."""
    if _OF.match(tagged.text) and tagged.sentence.first("[HQVvRWTSAZ]") is None:
        return True
    if tagged.times.is_earlier and tagged.sentence.first("[QVESHZv]") is None:
        return True
    return tagged.sentence.first("[QVESHZv]") is None or (
        tagged.sentence.first("^T") is not None and tagged.sentence.first("[QVESF]") is None
    )


def _narrows(tagged: Tagged) -> bool:
    """Whether only rows to keep are named: "pro users only", "consider only failed requests"."""
    return _NARROWS.fullmatch(tagged.sentence.shape) is not None
