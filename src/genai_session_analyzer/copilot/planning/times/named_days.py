"""Times said in longer or shorter words than those the phrases know."""

import re

from genai_session_analyzer.copilot.planning.times.calendar_words import (
    DAY,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    YEAR,
)
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten

_EACH_OF = re.compile(
    r"(?<!\w)(?:(?:on|in|for) )?(?:each|every) of the ((?:last|past|previous) \w+ )"
    r"(day|week|month)s(?!\w)"
)
_ORDINALS = {
    word: day
    for day, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
         "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
         "seventeenth", "eighteenth", "nineteenth", "twentieth"), start=1)
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_DATA = r"(?:data(?: ?sets?| ?base)?|records?|logs?|history|period|time|time span|range)"
_DATE = rf"(?:{DAY} (?:of )?{MONTH}\b|{MONTH} (?:the )?{DAY}\b|{YEAR}-\d\d-\d\d)"
_PLACES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_REPLACED = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})"), words)
    for pattern, words in (
        (r"(?:a )?fortnight(?= ago)", "2 weeks"),
        (r"(last|past|previous|this) fortnight\b", r"last 2 weeks"),
        (r"wtd\b", "week to date"),
        (r"mtd\b", "month to date"),
        (r"qtd\b", "quarter to date"),
        (r"ytd\b", "year to date"),
        (
            rf"(?:the )?(?:most recent|latest|newest) (?={NUMBER} (?:full |complete )?{UNIT}s?\b)",
            "the last ",
        ),
        (r"(?:most recent|latest) (?=(?:full|complete|calendar) )", "last "),
        (r"(?:in|over|during|within|throughout) the course of\b", "during"),
        (
            r"(?:the )?whole of (?=january|february|march|april|may|june|july|august|september"
            r"|october|november|december|20|q|last|this|the)",
            "",
        ),
        (
            rf"(?:in|over|during|for|across|throughout) (?:the|our) (?:whole|entire|full|complete"
            rf"|overall) {_DATA}(?: (?:range|set|span))?\b(?!\W*$)"
            rf"|(?<=\w\w\w\w )(?:in|over|during|for|across|throughout) (?:the|our) (?:whole|entire"
            rf"|full|complete|overall) {_DATA}(?: (?:range|set|span))?\b",
            "overall",
        ),
        (rf"past (?={_DATE})", "after "),
        (rf"by (?=(?:the )?(?:end of |start of )?(?:the )?{_DATE})", "until "),
        (rf"by (?:the )?end of (?=(?:the )?{MONTH}\b)", "until the end of "),
        (rf"before (?:the )?end of (?=(?:the )?{MONTH}\b)", "until the end of "),
        (
            rf"from the (?:start|beginning) of (.{{3,20}}?) (?:to|until|till|through) the end of"
            rf" (?={MONTH}\b|q[1-4]\b|{YEAR}\b|last|this|week)",
            r"from \1 to ",
        ),
        (
            rf"from the (?:start|beginning) of (?={MONTH}\b|q[1-4]\b|{YEAR}\b|last|this|week)",
            "since ",
        ),
        (r"weeks (\d{1,2}) ?(and|to|until|through|-|\u2013) ?(\d{1,2})\b", r"week \1 \2 week \3"),
        (rf"({WEEKDAY}) (morning|afternoon|evening|night)s\b", r"on \1s in the \2"),
        (r"this (morning|afternoon|evening)\b", r"today in the \1"),
        (r"weekend[ -]days?\b", "weekends"),
        (rf"(?:every|each) ({WEEKDAY})s?\b", r"per day on \1s"),
    )
)


def name_days(text: str) -> str:
    """Return a lower-case text with its times in the words that the phrases of time know.

    "The first of February" is "1 february", the "last fortnight" the last 2 weeks, "by 20 January"
    until then, "Monday mornings" are those "on Mondays in the morning".
    """
    text = _EACH_OF.sub(r"per \2 in the \1\2s", text)
    text = re.sub(
        rf"(?<!\w)(?:the )?({_ORDINAL})(?: day)? of (?={MONTH}\b)",
        lambda match: f"{_ORDINALS[match[1]]} ",
        text,
    )
    text = re.sub(
        rf"(?<!\w)({MONTH}) (?:the )?({_ORDINAL})(?!\w)",
        lambda match: f"{_ORDINALS[match[2]]} {match[1]}",
        text,
    )
    text = re.sub(
        r"(?<!\w)(1st|2nd|3rd|4th)(?= (?:quarter|half|week|month|day)\b)",
        lambda match: _PLACES[match[1]],
        text,
    )
    return rewritten(text, _REPLACED)
