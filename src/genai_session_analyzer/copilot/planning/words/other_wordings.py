"""Other wordings of what shorter words say: who pays, how fine, at least, percentiles."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_PEOPLE = r"(?P<who>users?|customers?|people|accounts?|clients?|members?|subscribers?|folks)"
_PAID = r"(?:pay|paid|paying|premium-paying)"
_PLAN = r"(?:plans?|tiers?|subscriptions?|accounts?)"
_BASIS = r"(?:level|granularity|resolution|grain|basis|interval|rhythm|cadence)"
_FINE = r"(?P<grain>daily|weekly|monthly|hourly|quarterly|yearly|day|week|month|hour|quarter|year)"
_MORE = r"(?:more|greater|larger|higher|bigger)"
_LESS = r"(?:less|fewer|smaller|lower)"
_TRIES = r"(?:attempts?|tr(?:y|ies)|goes|runs?|shots?|rounds?)"
_SEVERAL = r"(?:more than (?:one|1|a single)|several|multiple|at least (?:two|2)|(?:two|2) or more)"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # who pays is not on the free tier
        (rf"\b(?:non|not)[ -]?paying {_PEOPLE}\b", r"free \g<who>"),
        (rf"\b{_PEOPLE} (?:who|that) (?:do not|don t|does not|did not|never) pay(?: anything)?\b",
         r"free \g<who>"),
        (rf"\b{_PEOPLE} (?:who|that) pay(?:s)? nothing\b", r"free \g<who>"),
        (rf"\b{_PEOPLE} (?:without|with no|not on) (?:a |an |any )?(?:paid|paying) {_PLAN}\b",
         r"free \g<who>"),
        (rf"\b(?<!non )(?:paying|paid)(?: {_PLAN})? {_PEOPLE}\b", r"non-free \g<who>"),
        (rf"\b{_PEOPLE} (?:who|that) (?:pay|are paying)(?= *(?:$|[?.,]|by|per|in|on|last|are))",
         r"non-free \g<who>"),
        (rf"\b{_PEOPLE} (?:on|in|with|of|having) (?:a |the |any )?(?:paid|paying) {_PLAN}\b",
         r"non-free \g<who>"),
        (r"\bhow much (?:do|does|did|have|has) (?P<who>(?:[\w-]+ ){0,3}[\w-]+?) (?:pay|paid)\b",
         r"how much do \g<who> spend"),
        (r"\bpays? (?:us )?(?=(?:the )?(?:most|least|more|less)\b)", "spends "),
        (r"\b(free|unpaid) accounts?\b", r"\1 users"),
        (r"\bindividuals\b", "people"),
        # how fine
        (rf"\b(?:on|at|with|in) (?:an? |the )?{_FINE} {_BASIS}\b", r"by \g<grain>"),
        (r"\bby (?=(?:daily|weekly|monthly|hourly|quarterly|yearly)\b)", ""),
        (r"\b(?:across|along|by the) (day|week|month)s?\b(?= *(?:$|[?.,;]|in|for|of|last))",
         r"per \1"),
        (r"\b(?:throughout|over the course of|across the hours of) (?:the|a) day"
         r"(?: by hour)?\W*$", "by hour of day"),
        (r"\b(?:depending on|as a function of|for every|grouped by|across|across the|by clock)"
         r" (?:the )?(?=hours?(?: of (?:the )?day)?\b|time of day|week ?days?\b|days? of (?:the )?"
         r"week)", "by "),
        (r"\bby name of the day\b", "by weekday"),
        (r"\bper diem\b|\bfor (?:each|every) date\b", "per day"),
        (r"\b(?:across|over the course of) (?=last|this|january|february|march|april|may|june|july"
         r"|august|september|october|november|december|the last|the past)", "in "),
        # bounds
        (rf"\bno {_LESS} than\b|\bnot {_LESS} than\b", "at least"),
        (rf"\bno {_MORE} than\b|\bnot {_MORE} than\b", "at most"),
        (rf"\bequal(?: to)? or {_MORE}(?: than)?\b|\bas (?:many|much) as or more than\b",
         "at least"),
        (rf"\bequal(?: to)? or {_LESS}(?: than)?\b", "at most"),
        (r"\b(?:an? )?min(?:imum)?\.? (?:of )?(?=\d)", "at least "),
        (r"\b(?:an? )?max(?:imum)?\.? (?:of )?(?=\d)", "at most "),
        (r"(?<=\d) (?P<what>[a-z]+) (?P<how>or|and) (?P<more>more|above|higher|greater|over|up"
         r"|upwards|fewer|less|below|under)\b(?! than| \d)", r" \g<how> \g<more> \g<what>"),
        # tries
        (rf"\b(?:needed|took|required|had|need|take|require) {_SEVERAL} {_TRIES}\b"
         r"(?! of)", "were retried"),
        # percentiles
        (r"(?<![\d.])0?\.(\d{2}) ?-?quantile\b", r"p\1"),
        (r"(?<![.\d])(\d{2}) ?%? ?-?(?:ile|quantile|percentile|pctile|centile)\b", r"p\1"),
        (r"\b(\d{2})(?:th|st|nd|rd)[ -](?:pctile|centile|quantile|pctl|pct)\b", r"p\1"),
        (r"\bp-(\d{2})\b", r"p\1"),
        (r"\b0\.5 ?-?quantile\b", "median"),
        # waits
        (r"\b(?:(?:image )?generation|inference|job|image) time\b(?! (?:out|outs|of|zone|origin"
         r"|limit))", "latency"),
        (r"\bhow long (?:do|does|did|must|should)(?: (?:you|we|i|one|they|people|users))?"
         r"(?: (?:usually|normally|typically|generally|have to|need to))* wait"
         r"(?: for (?:an?|the|one|your|their) (?:image|picture|pic|answer|result|generation))?\b",
         "average latency"),
        # what else people say
        (r"\b(?:over|since) (?P<day>[\w ]+?) (?:and (?:after|later))\b", r"since \g<day>"),
        (r"\bon (?:and|or) after\b", "since"),
        (r"(?<=from )(?P<day>[\w ]{3,20}?) (?:to|until|till|up to) (?:now|date|the present)\b",
         r"\g<day> until today"),
        (r"\b(did|do|does|was|were|is|are|has|have|had|could|would)nt\b", r"\1 not"),
    )
)  # fmt: skip


def reworded(text: str) -> str:
    """Return a lower-case question with rarer wordings put as the lists have them.

    "Paying customers" are those not on the free tier, "no fewer than 3" is "at least 3", "on a
    weekly basis" is "by week", a "0.95 quantile" is "p95".
    """
    return rewritten(text, _REPLACED)
