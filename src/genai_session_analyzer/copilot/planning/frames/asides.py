"""A remark in brackets: "images on v1.5 (several can come from one request)"."""

import re
from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.frames.parts import Tag, of_kinds

_BRACKETS = re.compile(r"\s*\((?P<aside>[^()]+)\)")
_CLAUSE = re.compile(
    r"\b(?:can|could|may|might|should|is|are|was|were|do|does|did|has|have|because|since"
    r"|just in case"
    r"|which|i|we|you|they)\b",
    re.IGNORECASE,
)


def without_aside(text: str, tag: Tag) -> Iterator[str]:
    """Yield a question without a remark in brackets that is a clause and narrows no rows."""
    brackets = _BRACKETS.search(text)
    if brackets is None or not _CLAUSE.search(brackets["aside"]):
        return
    aside = tag(brackets["aside"])
    if not of_kinds(aside, "LVvXCch!") and not aside.times.spans:
        yield _BRACKETS.sub("", text, count=1)
