"""Users by other names, and who of them pays."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_WHO = r"users?|customers?|people|accounts?|clients?|members?|subscribers?"
_PEOPLE = rf"(?P<who>{_WHO}|folks)"
_PLAN = r"(?:plans?|tiers?|subscriptions?|accounts?)"


_BEFORE = rules(
    # how many there are
    (rf"\bhead[ -]?count of (?=[^,.;?]*\b(?:{_WHO})\b)", "number of "),
    (r"\bhead[ -]?count of\b", "number of users in"),
    (r"\bhead[ -]?count\b", "number of users"),
    (r"\b(?:the |our )?(?:user|customer|client) base\b", "the number of users"),
    (r"\b(?:size|extent) of (?:the |our )(?:\w+ ){0,2}?(?:user|customer|client|member|account) ?"
     r"(?:base|population|pool|group|list)\b", "number of users"),
    (r"\bhow (?:big|large|numerous) (?:is|are|was|were) (?:the |our )(?:clientele|clients"
     r"|customers"
     r"|users|(?:user|customer|client|member) ?(?:base|population|pool)|membership|community"
     r"|audience|number of users)\b", "how many users are there"),
    (r"\bon (?:our|the) (?:books|rolls|register|roster|list|records)\b", ""),
    (r"\b(?:clientele|membership|community|crowd|user population|userbase)\b", "users"),
    # plans
    (r"\b(?P<tier>free|pro|enterprise)(?: |-)(?:contracts|deals|licen[cs]es|packages|agreements"
     r"|memberships|subscriptions)\b", r"\g<tier> users"),
    (r"\b(?P<tier>free|pro|enterprise)(?: |-)(?:contract|deal|licen[cs]e|package|agreement"
     r"|membership|subscription|level)\b", r"\g<tier> plan"),
    # who does much
    (r"(?<=\d )heaviest (?P<who>users|customers|people|members|accounts|clients)\b",
     r"busiest \g<who>"),
    # signing up
    (r"\b(?P<who>accounts?|profiles?) (?P<were>(?:that |which )?(?:were |was |got |have been "
     r"|been )?)"
     r"(?:opened|created|set up|started|made|registered|established)(?=\W*$|[,.;?]"
     r"| (?:in|on|last|this|per|by|during|since|before|after|each|every|between|from|yesterday)\b)",
     "users signed up"),
    (r"\b(?:came|come|coming|comes) (?:on ?board|aboard)\b|\b(?:was|were|got|been) onboarded\b"
     r"|\b(?:joined|join) (?:up|us|the (?:platform|service|community))\b|\b(?:enrolled|enlisted"
     r"|onboarded)\b|\b(?:opened|open|created|set up) (?:an?|their|his|her) account\b",
     "signed up"),
    (r"\b(?:new arrivals|new joiners?|new faces|new starters|new recruits|new entrants"
     r"|newbies|new people)\b", "new users"),
    # what people ask for
    (r"\b(?P<what>(?:kind|type|sort)s? of (?:picture|image|content)s?) (?:do|did|does)"
     r" (?P<who>[\w ]+?)"
     r" (?:ask for|request|want|order|make|create|generate)(?=\W*$|[,.;?]| in| last)"
     r"(?:,? by (?P<group>[a-z ]+?) and number)?",
     lambda m: f"number of generations by {m['group'] or 'domain'} of {m['who']}"),
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
    (r"\b(?P<who>some(?:body|one)|any(?:body|one)|every(?:body|one)|people|users?|customers?"
     r"|those|they|accounts?|members?|clients?)"
     r"(?: who| that| which)? (?:pay|pays|paid|are paying|is paying) (?:us )?"
     r"(?:nothing|zero|0|no money)\b", "free users"),
    (r"\b(free|unpaid) accounts?\b", r"\1 users"),
    # "active customers" are active users
    (r"\bactive (?:customer|client|member|account|person|subscriber|creator)\b", "active user"),
    (r"\bactive (?:customers|clients|members|accounts|people|subscribers|creators|folks)\b",
     "active users"),
    # what happened to them at some time
    (rf"\b(?P<who>{_PEOPLE[len('(?P<who>'):-1]}|some(?:body|one)|any(?:body|one))(?P<then>(?: who"
     r"| that)?(?: have| has| had)?) (?:at (?:some|any|one) (?:point|time|stage)|at least once"
     r"|once or more)\b", r"\g<who>\g<then> ever"),
    (r"\b(?:(?:were|was|are|been|got|get|being) )?(?:hit|affected|stung|bitten|plagued|troubled"
     r"|struck|bothered) (?:by|with) (?:an? |the |any )?(?=\w)", "had a "),
    # people
    (r"\bindividuals\b", "people"),
    (r"\b(?P<who>users|people|customers|persons|accounts) (?:took part|take part|participated?"
     r"|were involved|are involved|are behind|were behind|had them|have them|made them"
     r"|ran them|started them)(?: (?:in|behind))?(?: (?:them|these|those|it|that))?(?=\W|$)",
     r"\g<who>"),
    (r"^\W*who (?:had|has|ran|made|started|owns|owned|sent|asked for) the "
     r"(?=(?:single |(?:most |least )?\w+ )?(?:session|generation|request)\b)",
     "user id of the "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its people as users, free or not.

    "Paying customers" are those not on the free tier, a "headcount" is a number of users.
    """
    return rewritten(text, _BEFORE)
