"""Values that a question names and the data does not have: region Mars, model v3.0."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.roles import Declined

_VERSION = re.compile(r"v?\d+(?:\.\d+)+")
_MOST_NAMED = 8


def no_such_value(draft: Draft, catalogue: Catalogue) -> Declined | None:
    """Return which values there are, where an unknown word stands beside the name of a field."""
    pieces = draft.sentence.pieces
    for at, piece in enumerate(pieces):
        if draft.sentence.shape[at] != "?":
            continue
        near = [pieces[n] for n in (at - 1, at + 1) if 0 <= n < len(pieces)]
        names = [each.key for each in near if each.kind == "F" and not each.is_plural]
        if _VERSION.fullmatch(piece.text):
            names.insert(0, "model_version")
        for name in names:
            values = _values(name, catalogue)
            if values:
                shown = values[:_MOST_NAMED]
                words = name.replace("_", " ")
                return Declined(reason=f"there is no {words} '{piece.text}'", closest=shown)
    return None


def _values(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    fields = (entity.fields.get(name) for entity in catalogue.entities.values())
    found = next((field for field in fields if field is not None), None)
    return tuple(map(str, found.values)) if found else ()
