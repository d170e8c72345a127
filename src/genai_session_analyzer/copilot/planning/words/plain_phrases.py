"""Phrases that are put another way before a question is cut into pieces."""

import re

_SIZE = re.compile(
    r"\b(?:size |resolution |dimensions? )?(?:of )?(?P<width>\d{2,5}) ?(?:x|\u00d7|by) ?"
    r"(?P<height>\d{2,5})(?: ?(?:px|pixels?))?\b(?!\.)"
)
_BOUND = r"(?P<bound>(?:at least|at most|more than|over|less than|under|exactly) )?"
_SIDE = re.compile(
    rf"\b{_BOUND}(?P<number>\d{{2,5}}) ?(?:px|pixels?)? "
    r"(?P<side>wide|in width|tall|high|in height)\b"
)
_LENGTHY = {"longest": "highest", "largest": "highest", "biggest": "highest",
            "shortest": "lowest", "smallest": "lowest"}  # fmt: skip
_LONGEST_BY = re.compile(
    r"\b(?P<how>longest|largest|biggest|shortest|smallest) (?P<what>sessions?|prompts?|users?"
    r"|visits?|clusters?|themes?) (?:by|measured by|measured in|in terms of|counted in) "
    r"(?:the |their )?(?P<by>(?:number of |total )?\w+)"
)
_RANK = re.compile(
    r"^(?P<polite>\W*(?:(?:please|now|and|can you|could you) )*)(?:rank|order|sort) "
    r"(?P<what>(?!them\b|it\b|that\b|this\b|these\b|those\b|by\b)[\w -]{2,40}?) by (?:the |their )?"
)
_KIND = r"(?:labels?|columns?|fields?|attributes?|values?)"
_LABELLED = re.compile(
    r"\b(?P<field>(?:art )?styles?|domains?|moods?|lightings?|settings?|subjects?|clusters?"
    rf"|status|regions?|tiers?|models?|samplers?|devices?|feedback) {_KIND}\b"
)
_TITLE = re.compile(
    r"\b(?:title|name|label)s? of (?P<rest>(?:the |each |every |all )?(?:prompt )?"
    r"(?:clusters?|themes?|models?|samplers?|styles?|domains?)\b)"
)
_REPLACED = (
    (_LABELLED, r"\g<field>"),
    (_TITLE, r"\g<rest>"),
    (re.compile(r"\b(?:from )?where in the world\b|\bin (?:which|what) part of the world\b"
                r"|\bin (?:which|what) (?:region|area)s? of the world\b"), "which region"),
    (re.compile(r"\bfrction\b(?! of)"), "friction"),
    (re.compile(r"(?<=take )to (?:come|get) back\b|(?<=takes )to (?:come|get) back\b"), ""),
)  # fmt: skip


def put_plainly(text: str) -> str:
    """Return a lower-case question with sizes, lengths and names of columns in plain words.

    "1024x768 pictures" are those "with width 1024 and height 768", the "longest session by number
    of requests" is the one with the highest, a "lighting label" is the lighting.
    """
    for pattern, words in _REPLACED:
        text = pattern.sub(words, text)
    text = _RANK.sub(r"\g<polite>\g<what> ranked by ", text)
    text = _LONGEST_BY.sub(_longest_by, text)
    text = _SIDE.sub(_side, text)
    size = _SIZE.search(text)
    if not size:
        return text
    rest = f"{text[: size.start()]} {text[size.end() :]}".rstrip(" ?.!")
    return f"{rest} with width {size['width']} and height {size['height']}"


def _longest_by(match: re.Match[str]) -> str:
    counted = match["by"] in ("characters", "tokens", "letters", "generations", "requests")
    by = f"number of {match['by']}" if counted else match["by"]
    return f"{match['what']} with the {_LENGTHY[match['how']]} {by}"


def _side(match: re.Match[str]) -> str:
    name = "width" if "wid" in match["side"] else "height"
    return f"with {name} {match['bound'] or ''}{match['number']}"
