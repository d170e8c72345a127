"""A sentence before the question that asks for nothing: "I hope this is the right place: ..."."""

import re
from collections.abc import Callable

from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = re.compile(
    r"^(?P<lead>\W*(?:i|we|my|our|this|that|it|one|let|as|just|so|there|you|sorry|maybe|perhaps|hope"
    r"|hi|hey|hello|ok|well|not|if|please|some|people|thing)\b[^:.!?;,]{2,120})[:.!?;,]+\s+"
    r"(?P<rest>(?:so |and |please |but )*(?:what|how|which|who|show|give|list|when|count|tell|could"
    r"|can|do|the|number|total|average|please)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CONTENT = "QVvELHMSTAnRGKX!"


def without_lead(text: str, tag: Callable[[str], Tagged]) -> str:
    """Return a question without a first sentence that names nothing of the data and no time."""
    match = _LEAD.match(text)
    if match is None:
        return text
    lead = tag(match["lead"])
    says = any(piece.kind in _CONTENT for piece in lead.sentence.pieces)
    return text if says or lead.times.spans or lead.contained else match["rest"]
