"""Follow-ups that ask what the rows before are like: "which tier do they belong to?"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, field_name
from genai_session_analyzer.copilot.planning.follow_ups.pronouns import points_back
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_IS = r"(?:is|are|was|were)"
_WHO = re.compile(
    rf"\W*(?:(?:and|but|so) )*(?:(?:who|what|which) {_IS} the \w+"
    rf"|(?:who|what|which)(?: \w+){{1,2}} {_IS} (?:it|that|this|those|these|they|the \w+)"
    r"|who (?:made|had|sent|ran|wrote) (?:it|them|that|those|these))\W*$"
)
_ONES = ("user_id", "session_id", "generation_id", "prompt_id", "prompt_text")
_SHAPE = re.compile("[DoOpaqkZ]*W[FEDopaqkW]*")


def asks_who(text: str) -> bool:
    """Return whether a lower-case question asks whose the rows before are: "who was the user?"."""
    return bool(_WHO.match(text))


def asks_for_trait(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks for a field of the rows before."""
    if not (points_back(tagged.text) or _WHO.match(tagged.text)):
        return False
    ones = {name.rpartition(".")[2] for name in plan.dimensions} & set(_ONES)
    is_shown = bool(plan.columns or ones)
    return is_shown and _SHAPE.fullmatch(tagged.sentence.shape) is not None


def with_trait(tagged: Tagged, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the plan with the field beside what it shows; of a long list the values there are.

    Raises:
        BindError: The rows have no such field, or none was named.
    """
    names = [_key(piece.key) for piece in tagged.sentence.pieces if piece.kind in "FE"]
    if re.match(r"\W*(?:and )?who\b", tagged.text):
        names = ["user_id"]
    fields = tuple(field_name(name, plan.entity, catalogue) for name in names)
    added = tuple(name for name in fields if name is not None)
    if not added or len(added) < len(names):
        raise BindError(f"{plan.entity} have no such field")
    shown = plan.columns or plan.dimensions
    if set(added) <= set(shown):
        raise BindError("it is shown already")
    both = tuple(dict.fromkeys((*shown, *added)))
    if plan.dimensions:
        return plan.model_copy(update={"dimensions": both})
    if plan.limit:
        return plan.model_copy(update={"columns": both})
    return plan.model_copy(update={"columns": (), "dimensions": added, "order": ()})


def _key(name: str) -> str:
    return KEYS.get(name, name)
