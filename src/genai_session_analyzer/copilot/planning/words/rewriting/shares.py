"""Parts of a whole, and one number over another."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_THING = r"(?:the |an? )?(?:(?:total|average|mean|median|number of) )?(?:[\w-]+ ){0,2}[\w-]+"
_FAILURES = (
    r"(?:failures|errors|timeouts|time ?outs|crashes|model errors|safety violations|rate limits"
    r"|failed (?:generations|requests|jobs)|downloads)"
)
_NO_PART = (
    r"(?:timed|failed|all|each|every|a|an|the|generations|requests|sessions|by|what|which|of|in|as"
    r"|is|was|their|its|his|our|total|relative|respective|largest|biggest|highest|lowest|smallest"
    r"|and|or|with|for|give|show|list|me|compute|calculate|overall|for|per|mean|average|own)"
)
_OTHER_PART = rf"(?!{_FAILURES}|{_NO_PART}\b)"
_NAMED_PART = rf"{_OTHER_PART}(?P<part>(?:very )?[\w.-]+(?: (?:users|devices|prompts|customers))?)"
_PART = r"(?:share|percentage|percent|proportion|fraction|part)"
_SHARE = r"(?:share|percentage|percent|proportion|fraction)"
_COUNTED = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_RANKED = (
    r"(?:busiest|quietest|biggest|largest|slowest|fastest|most \w+|least \w+|heaviest|highest"
    r"|costliest|cheapest|top|bottom|best|worst|main)"
)
_FIRST_FEW = (
    rf"(?:(?:{_COUNTED} )?{_RANKED}(?: {_COUNTED})?) (?:\w+ ){{0,2}}?"
    r"(?:users?|customers?|people|spenders?|accounts?|clients?|models?|samplers?|clusters?|themes?"
    r"|prompts?|sessions?|styles?|domains?|moods?|regions?|tiers?|devices?)"
)
_DONE = (
    r"made|generated|produced|caused|created|spent|submitted|issued|run|consumed|incurred|used"
    r"|contributed|driven|brought in|held|accounted for"
)
_IN_PERCENT = (
    r"(?:in|as) (?:an? )?(?:percent|percentages?|%|shares?)(?: of (?:the |all )?(?:total|whole))?"
)


_BEFORE = rules(
    (r"\b(?P<which>which|what) (?P<group>[a-z ]{3,20}?) (?:accounts?|accounted|is responsible"
     r"|are responsible|stands?|makes?) (?:for|up) (?:the )(?P<rank>largest|biggest|highest"
     r"|greatest|smallest|lowest) (?:share|part|portion|proportion|percentage|fraction) of "
     r"(?:the |our |all |total )*(?=(?:failures|errors|downloads|timeouts|thumbs)\b)",
     lambda found: f"{found['which']} {found['group']} has the "
     f"{'least' if found['rank'] in ('smallest', 'lowest') else 'most'} "),
    (r"\b(?P<part>contribution|contributions|share|shares) of (?P<rest>[^,;?]*?),? (?:in|as an?)"
     r" (?:percent|percentages?|%)(?=\W*$)", r"\g<part> of \g<rest>"),
    (rf"\b{_PART} of (?:all |the )?(?:total|all) (?P<whole>{_FAILURES}|thumbs (?:up|down)|likes)"
     r" (?:by|per|for each) (?P<group>[a-z ]{3,25}?)(?=\W*$)",
     r"what share of \g<whole> comes from each \g<group>"),
    # ratios
    (r"\bquotient of\b", "ratio of"),
    (rf"\bdivide ({_THING}) by ({_THING})\b", r"ratio of \1 to \2"),
    (rf"\b({_THING}) divided by (?=(?:the )?(?:total|number|sum|count|amount|mean|average)\b)",
     r"ratio of \1 to "),
    # the part that each group has
    (r"\b(?:distribution|breakdown|partition) of (?:the |all )?(generations|requests|users"
     r"|sessions|prompts|failures|timeouts) (?:over|across|among|between|by|with respect to) "
     r"(?:the |all )?(?:different |various )?", r"number of \1 by "),
    (r"\b(?:respective )?(shares?|percentages?|proportions?|fractions?"
     r"|contributions?) of (?:each|every)"
     r" ([\w ]{3,20}?) (?:in|of|to|among|within) (?!each |every )(?:the |all )?(?:the )?"
     r"(?:total |overall "
     r"|entire "
     r"|whole )?([\w ]+)", r"\1 of \3 by \2"),
    (r"\beach (region|tier|device|model|sampler|style|domain|mood)s? +share of "
     r"(?:the |all )?((?!total|overall|whole)\w+ "
     r"(?:users|generations|sessions|requests|customers))\b",
     r"distribution of \2 across \1s in percent"),
    # the part that one group has
    (rf"\bshare of {_NAMED_PART} (?:in|among|amongst|within) (?:all )?(?:the |our )?"
     rf"(?P<whole>{_FAILURES})\b", r"what share of \g<whole> comes from \g<part>"),
    (rf"\b{_NAMED_PART} +share (?:of|in|among) (?:all )?(?:the |our )?(?P<whole>{_FAILURES})\b",
     r"what share of \g<whole> comes from \g<part>"),
    (r"\bhow much of (?:the |our |all |all the )?"
     r"((?:last \w+|this \w+|january|february|march) +)?(?:traffic|volume|load)\b",
     r"what share of \1generations"),
    # the whole first, or behind "relative to"
    (r"^\W*of (?:all |the |our )*(?P<whole>(?:credits?|costs?|spend|spending|money)\b[^,]*?)"
     rf",? (?P<part>(?:what|which) {_PART} )(?=went|goes|go|was|were|is|are|came)",
     r"\g<part>of \g<whole> "),
    (r"\brelative to (?:all|total|the total(?: number of)?|all of the) ", "as a share of all "),
    (rf"^\W*(?:how much|what {_SHARE}) of (?P<what>.*?),? (?:as|in) an? {_SHARE}\W*$",
     r"what share of \g<what>"),
    # what part of the periods
    (rf"\b(?P<how>how many|{_PART} of)(?P<all> (?:the |all (?:the )?))? ?"
     r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun|week)days) "
     r"(?P<rest>(?:did|do|was|were|had|have|with|where|when|on which|saw)\b.+?)(?=\W*$)",
     r"\g<how> days \g<rest> on \g<day>"),
    (rf"(?P<what>\b{_PART} of (?:the |all )?(?:day|week|month|hour)s) "
     r"(?P<when>(?:in|of|during|since|last|this) (?:\w+ )??\w+) "
     r"(?P<rest>(?:where|with|on which|in which|that had|had|when|was|were|did) .+?)(?=\W*$)",
     r"\g<what> \g<rest> \g<when>"),
    (rf"\b(?:(?:on|in|during|for) )?(?:what |which |the )?{_PART} of "
     r"(?:the |all (?:the )?|our )?(?P<period>day|week|month|hour)s"
     r"(?: (?:with|of) (?:any |some )?(?:activity|data|usage|use|traffic))?"
     r"(?: (?:was|were|did|is|has|had|have|having|do|with|where|when"
     r"|that had|which had|that saw|on which|in which|saw|we|there|the|our))*? "
     r"(?P<last>had|have|has|saw|with|was|were|did|do|is|where|on which|in which) "
     r"(?:(?:the|our|we|there|was|were|did|had|have|a|an) )*",
     r"what share of \g<period>s had "),
    # the first few, together
    (rf"\b(?:do|does|did|is|are|was|were) (?P<who>(?:the |our )?{_FIRST_FEW}) "
     r"(?:account for|make up|contribute(?: to)?|represent|make|generate|produce|use|spend"
     r"|consume|cause|submit|issue|run|incur|responsible for|behind)\b", r"comes from \g<who>"),
    (rf"\b(?:(?:is|are|was|were|that|which|being) )*(?:{_DONE}) by "
     rf"(?=(?:the |our )?{_FIRST_FEW}\b)", "comes from "),
    # a rate that something had
    (r"\b(?P<had>had|have|has|having|with|saw) (?:an?|the) (?=(?:error|failure|timeout|success"
     r"|download|churn|feedback|refusal|fail) rate\b)", r"\g<had> "),
    (rf"\b(?P<share>{_SHARE} of (?:[a-z]+ )?(?:users\b|customers\b|people\b"
     r"|(?:sessions|visits)\b(?=.*\b(?:fail|error)))"
     r"[a-z ]*?\b(?:have|has|had|with)) (?:at least|ever) (?:one|1|a|a single|an) (?=[a-z])",
     r"\g<share> a "),
    # rows that were made up
    (r"\b(?:how much|(?:what|which) (?:share|part|percentage|fraction|proportion)) of "
     r"(?:the|this|our|all|all the) data (?:is|was|are) simulated\b",
     "what is the simulated share"),
)  # fmt: skip
_AFTER = rules(
    (rf"\bdistribution of (?:the )?(?P<what>.+?) (?:over|across|by|among|per) (?:the )?"
     rf"(?P<group>.+?),? {_IN_PERCENT}\W*$",
     r"what share of \g<what> comes from each \g<group>"),
    (r"^\W*(?:show |show me |give me )?(?:the )?number of (?P<what>[\w ]+?) by "
     rf"(?P<group>[\w ]+?),? {_IN_PERCENT}\W*$",
     r"what share of \g<what> comes from each \g<group>"),
    (rf"\b{_PART} of (?:the )?(?P<what>.+?) (?:by|per) (?P<group>.+?),? "
     rf"as an? {_PART} of (?:the |all )?(?:total|whole|all)\W*$",
     r"what share of \g<what> comes from each \g<group>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its ratios and shares in plain words.

    "Divide the cost by the number of downloads" is a ratio, "mobile's share of failures" the share
    of failures that comes from mobile.
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question for parts in percent as one for the share of each group."""
    return rewritten(text, _AFTER)
