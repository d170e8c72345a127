"""Widths and heights of pictures."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_NUMBER = r"\d{1,3},\d{3}|\d{2,5}"
_ROWS = r"(?:generations?|requests?|jobs?|runs?)"
_IMAGE = r"(?:images?|pictures?|pics?)"
_BOUND = r"(?P<bound>(?:at least|at most|more than|over|less than|under|exactly) )?"
_SIZE = re.compile(
    r"\b(?:size |resolution |dimensions? )?(?:of )?(?P<width>\d{2,5}) ?(?:x|\u00d7|by) ?"
    r"(?P<height>\d{2,5})(?: ?(?:px|pixels?))?\b(?!\.)"
)


def _side(match: re.Match[str]) -> str:
    """`Wider than 1000 pixels` is a width of more than 1000."""
    name = "height" if match[2] == "taller" else "width"
    above = match[2] != "narrower"
    bound = ("at most" if above else "at least") if match[1] else (
        "more than" if above else "less than"
    )  # fmt: skip
    return f"with {name} {bound} {match[3]}"


def _side_in_pixels(match: re.Match[str]) -> str:
    """`At least 768 pixels high` is a height of at least 768."""
    name = "width" if "wid" in match["side"] else "height"
    return f"with {name} {match['bound'] or ''}{match['number']}"


def _oriented(match: re.Match[str]) -> str:
    """`Upright images` are images with a height above their width."""
    rows = match["rows"] or "generations"
    tall = match["shape"] in ("portrait", "upright", "vertical")
    sides = ("height", "width") if tall else ("width", "height")
    return f"{rows} with {sides[0]} above {sides[1]}"


_BEFORE = rules(
    # the picture, its sides and its shape
    (r"\b(?:canvas|frame|picture|output|image)(?: |-)(?:size|dimension|resolution|format)s?"
     r"(?:,? (?:by |as |in |i e |meaning )?\(?width (?:by|x|times|and) height\)?)?", "image size"),
    (r"(?<!\bin )\b(?P<shape>portrait|upright|vertical|landscape|horizontal)[ -](?:orientation"
     r"|format"
     r"|oriented|mode|shaped?)\b(?: (?P<rows>images?|pictures?|generations?|requests?|jobs?|runs?"
     r"|volume))?", _oriented),
    (r"\b(?P<shape>upright|vertical|horizontal) (?P<rows>images?|pictures?|generations?"
     r"|requests?|jobs?|runs?)\b", _oriented),
    (r"(?<=above width)[ ,]+(?:(?:i e|i\.e\.?|meaning|that is|so|or) )*,? ?(?:generations? "
     r"|requests? |images? "
     r"|pictures? )?(?:that are )?(?:taller|higher) than (?:they are |it is )?wide\b", ""),
    # width against height
    (r"\b(?:(?:that |which )?(?:are |is |were |being )?)wider than (?:they are |it is )?"
     r"(?:tall|high)\b|\bin landscape (?:format|orientation)\b", "with width above height"),
    (r"\b(?:(?:that |which )?(?:are |is |were |being )?)(?:taller|higher) than (?:they are "
     r"|it is )?"
     r"wide\b|\bin portrait (?:format|orientation)\b", "with height above width"),
    (r"\b(?:that |which )?(?:are |is |were )?(?:as wide as (?:they are |it is )?(?:tall|high)"
     r"|(?:a |perfectly |exactly )?square)(?:, (?:in other words|i e|i\.e\.|that is|meaning) as"
     r" wide as "
     r"(?:they are |it is )?(?:tall|high))?(?=\W*$|[,.;?!]| and| in| by| for| per| on| last)",
     "with width equal to height"),
    (r"\bsquare (images?|pictures?|generations?|renders?)\b", r"\1 with width equal to height"),
    # bounds in pixels
    (rf"\b({_NUMBER}) ?(?:px |pixels? )?tall\b", r"\1 in height"),
    (r"\b(?:(?:that |which )?(?:are|were|is) )?(?:(no|not) )?"
     rf"(wider|taller|narrower) than ({_NUMBER})(?![\d:.]*\d)(?: ?(?:px|pixels?)\b)?", _side),
    # a picture that was asked for
    (rf"\b(?P<row>{_ROWS}) (?:(?:that|which) )?(?:request(?:ed)?|ask(?:ed)? for|made|produced?"
     rf"|created?|returned?|delivered|yielded|gave) (?:an? |the )?{_IMAGE} "
     r"(?=(?:that|which|with|of width|of height|wider|taller|larger|at least|in landscape"
     r"|in portrait)\b)(?!with (?:no|a) )", r"\g<row> "),
)  # fmt: skip
_AFTER = rules(
    (rf"\b{_BOUND}(?P<number>\d{{2,5}}) ?(?:px|pixels?)? "
     r"(?P<side>wide|in width|tall|high|in height)\b", _side_in_pixels),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the shape of pictures as widths and heights.

    "In portrait format" is "with height above width", "wider than 1000 pixels" is "with width more
    than 1000".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with sizes in pixels as widths and heights.

    "1024x768 pictures" are those "with width 1024 and height 768".
    """
    text = rewritten(text, _AFTER)
    size = _SIZE.search(text)
    if not size:
        return text
    rest = f"{text[: size.start()]} {text[size.end() :]}".rstrip(" ?.!")
    return f"{rest} with width {size['width']} and height {size['height']}"
