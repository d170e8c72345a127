"""Spending and prices by other names."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_COST = r"(?:expensive|costly|pricey|dear)"
_ROW = r"(?:generation|request|job|image|picture|session|visit)"
_LOW = ("smallest", "lowest", "least")
_REQUEST = r"(?:image|picture|pic|generation|request|job|run|render)"


_BEFORE = rules(
    (r"\b(?:average |mean |total )?(?:costs?|credits|spend|price)(?: in credits)? (?:per|for each"
     r"|for every|of each) (?:image|picture)s? (?:that (?:was|were) )?(?:requested|asked for"
     r"|ordered|wanted)\b", "ratio of total cost to total images"),
    (r"\b(?:what|how much|how many credits) (?:does|do|did|will) (?:one|a single|one single"
     r"|every single)"
     r" (?:single )?(?:image|picture) (?:cost(?: us)?|come to)\b", "cost per image"),
    # spent
    (r"\bburnt\b", "burned"),
    (r"(?<=how much was )burned\b|(?<=how much is )burned\b|(?<=how much got )burned\b"
     r"|(?<=how much has been )burned\b", "spent"),
    (r"\b(?:blow|blew|splurge|shell out|fork out|splash out)(?= on\b| for\b)", "spend"),
    (r"\bhow much (?:do|does|did|have|has) (?P<who>(?:[\w-]+ ){0,3}[\w-]+?) (?:pay|paid)\b",
     r"how much do \g<who> spend"),
    (r"\bpays? (?:us )?(?=(?:the )?(?:most|least|more|less)\b)", "spends "),
    (r"\b(?:charged|billed|invoiced|priced|debited|rated) (?:at )?(?=(?:more|less|over|under"
     r"|at least|at most|above|below|fewer|exactly|up to|no more)\b)", "costing "),
    (r"\b(?P<spend>runs?|racks?|ran|racked) up (?:the )?(?P<rank>biggest|highest|largest"
     r"|steepest|smallest|lowest)"
     r" (?:bill|tab|cost|costs|spend|expenses?)\b",
     lambda found: f"spends the {'least' if found['rank'] in _LOW else 'most'}"),
    (r"\b(?:(?:is|are|was|were|goes|go|went|lands|put) )?on (?P<who>[\w ]{2,30}?)s? (?:tab|bill)\b",
     r"comes from \g<who>"),
    (r"(?<=\w) of (?P<what>(?:the |our |all )*(?:total |whole )?(?:bill|tab|cost|spend|spending"
     r"|credits|expense)s?) (?:do|does|did|is|are) (?P<who>[\w -]{2,30}?) (?:foot|footing|pick up"
     r"|picking up|pay|paying|cover|covering|shoulder|settle|bear)(?: for)?\b",
     r" of \g<what> comes from \g<who>"),
    (r"\b(?:tab|bills)\b", "bill"),
    (r"\bwho (?:is|are) (?:paying|spending) (?:us )?(?=(?:the )?(?:most|least)\b)", "who spends "),
    (r"\b(?P<rows>\w+s) spending (?:the )?(?=(?:most|least)\b)", r"\g<rows> that spend the "),
    (r"(?<=\d credits )(?:apiece|a ?piece|each)\b", ""),
    (r"\b(?:what|how much|how many credits) (?:are|is|do|does|did|were|was) (?P<who>[\w"
     r" ]{3,30}?) (?:paying|pay"
     r"|charged|spending|spend|billed)(?: us)? (?:per|for each|for every|for an?) "
     r"(?P<row>request|generation|session|image|visit)\b", r"average cost per \g<row> of \g<who>"),
    (r"(?<=who )(?:accounts?|accounted|accounting|is responsible|are responsible"
     r"|answers?|stands?|makes?) (?:for|up) (?:the )"
     r"(?P<rank>largest|biggest|highest|greatest|lion s|main|major|smallest|lowest|least)"
     r" (?:share|chunk|part"
     r"|portion|slice|cut|proportion|percentage|fraction|bulk) of (?:the |our |all |total )*"
     r"(?=(?:spend|spending|cost|costs|credits|bill|requests|traffic|generations|load|volume"
     r"|failures"
     r"|errors|downloads|sessions|timeouts|retries)\b)",
     lambda found: f"has the {'least' if found['rank'] in _LOW else 'most'} "),
    (r"\bhow (?:steep|high|hefty|stiff|big|large) (?P<be>is|are|was|were) (?=the (?:average"
     r"|mean|median|total|typical)\b)",
     r"what \g<be> "),
    # what one of them costs
    (r"\b(?:what|how much|how many credits) (?:does|did|do) (?:a|one|each|every|a single)"
     r" (download|success|like|thumbs up) cost(?: us)?\b", r"cost per \1"),
    (r"\b(?:what|how much) (?:did|does|do) the (?:single )?"
     rf"(?:most {_COST}|priciest|costliest|dearest)(?: single)? ({_ROW}) cost\b",
     r"what is the highest cost of a \1"),
    (rf"\b(?:what|how much) (?:did|does|do) the (?:single )?(?:least {_COST}|cheapest)"
     rf"(?: single)? ({_ROW}) cost\b", r"what is the lowest cost of a \1"),
    (r"\b(?:what|how much) (?:does|did|do|will) (?:a|an|one|the average) (?P<how>successful"
     rf"|failed|completed|unsuccessful) {_REQUEST} cost(?!.*\b(?:counting|including)\b)"
     r"(?: us)?(?: on average)?", r"average cost of \g<how> requests"),
)  # fmt: skip
_AFTER = rules(
    (r"\bburn(?:ing|s)? through\b", "spending"),
    (r"\bper (?:head|capita)\b", "per user"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with what is paid as cost or spend.

    "Blow credits on" is to spend them, "what does a download cost" is the "cost per download".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with "burning through" and "per head" in plain words."""
    return rewritten(text, _AFTER)
