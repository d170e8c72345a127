"""Formal follow-ups, put plainly before spelling is: "restrict the result to users in Asia"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_ROWS = r"(?:generations?|requests?|sessions?|users?|prompts?|images?|jobs?|rows?|ones)"
_RESULT = r"(?:results?|output|rows?|list|table|query|answer|analysis|selection|question)"
_IT = (
    rf"(?:this|that|these|those|it|them|(?:the|this|these|that) (?:same )?(?:\w+ )?{_RESULT}"
    r"|(?:these|those) (?:numbers|counts|figures|values))"
)
_OPENING = r"^(\W*(?:(?:and|now|then|please|next|finally|also|kindly) )*)"
_CONFINE = r"(?:restrict|limit|confine|narrow|reduce|filter|constrain)"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bin (?:place|lieu) of\b", "instead of"),
        (rf"{_OPENING}what (?:was|is|are|were) (?:the |that )?(?:corresponding|same|respective"
         r"|equivalent|comparable) (?:numbers?|figures?|values?|rates?|counts?|results?|shares?) "
         r"(for|in|of|on) ", r"\1and \2 "),
        (r"\b(percentages?|shares?|proportions?) of each(?= *$|[,.?!]| instead)", r"\1"),
        (rf"{_OPENING}{_CONFINE} (?:{_IT} )?to (?:the )?(?:first|top) (?=\w+\W*$)",
         r"\1only the top "),
        (rf"{_OPENING}{_CONFINE} (?:{_IT} )?to (?:the |those )?(?:{_ROWS} (?=(?:of|in|from|on|with"
         r"|who|that|which|whose|made|belonging|submitted)\b))?", r"\1only "),
        (rf"{_OPENING}(?:consider|keep|retain|include|take|use)(?: only| just|) (?:the |those )?"
         rf"{_ROWS} (?=(?:of|in|from|on|with|who|that|which|whose|made|belonging|submitted)\b)",
         r"\1only "),
        (rf"{_OPENING}exclude (?:the |those |all )?{_ROWS} (?:of|in|from|on|with|who|that|which)"
         r"(?: (?:are|were|is|was|have|had))?\b", r"\1exclude"),
        (rf"{_OPENING}(?:express|give|show|present|report|state|display|convert|return) {_IT} "
         r"(?:in the form of|as|into) ", r"\1as "),
        (rf"{_OPENING}(?:sort|order|rank|arrange) {_IT} ", r"\1sort "),
        (rf"{_OPENING}(limit|restrict|group|break down|split) {_IT} ", r"\1\2 "),
    )
)  # fmt: skip


def follow_up_plainly(text: str) -> str:
    """Return a lower-case follow-up in the words the rules know.

    "Restrict this to users of the pro tier" is "only of the pro tier", "express these numbers as
    shares" is "as shares".
    """
    return rewritten(text, _REPLACED)
