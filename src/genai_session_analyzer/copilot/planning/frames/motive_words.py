"""Words of a sentence that says why, and of the one that points back to it."""

import re

PARTS = re.compile(
    r"^(?P<first>.+(?<!\bvs)(?<!\be\.g)(?<!\bi\.e))(?P<mark>[?.!;:]+\s+|\s+[-\u2013\u2014]+\s+)"
    r"(?P<second>\S.*)$",
    re.DOTALL,
)
YES_NO = re.compile(
    r"^\W*(?:and |so |but |well,? )?(?:is|are|was|were|do|does|did|has|have|had|should|am)(?:n't)?"
    r"\s+(?!you\b|there (?:a|any) (?:way|chance)\b)",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"^\W*(?:how (?:many|much|often|long|big|large|high|low)|which|list|show|give|count"
    r"|what(?:'s| is| are| was| were) (?:the|our)|who (?:is|are))\b",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"^\W*(?:hypothesis|theory|hunch|i|we|my|our|they|people|somebody|someone|everybody"
    r"|everyone|nobody|(?:a|an|some|one|the)"
    r" (?:\w+ ){0,2}?(?:users?|customers?|members?|lady|man|woman|friend|colleague|boss|manager"
    r"|team"
    r"|rumou?r|word|talk)|there|it|how \w+ (?:is|are|was|were)|what|where|when)\b(?: \S+){2,}",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"^\W*[^,.?!]{2,40} (?:or|versus|vs\.?|against|and) [^,.?!]{2,40}$", re.IGNORECASE
)
FORMULA = re.compile(r"\b(?:over|divided by)\b", re.IGNORECASE)
NAMED_AFTER = re.compile(
    r"\b(?:over|divided by)\b|^\W*(?:the )?(?:\w+ )?(?:slowest|fastest|longest|shortest|dearest"
    r"|cheapest|costliest|latest|newest|oldest|quickest)\b",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\s*\b(?:(?:for|of|in|on|by|from|between|among|with) )?(?:the (?:two|three|pair)(?: of them"
    r"| (?:regions|tiers|plans|models|versions|devices|groups|kinds|sides|styles))?"
    r"|both(?: of them| groups| sides| kinds| cases)?(?=\W*$)|both of them"
    r"|each(?: one)?(?: of (?:them|the two|those|these))?(?=\W*$)|each of (?:them|the two|these)"
    r"|either(?: one)?(?=\W*$)|them|they|their|its|there(?! (?:is|are|was|were)\b)(?<!\bare there)"
    r"(?<!\bis there)|those|these|the one and the other|each group|each side)\b",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"\bhow (?:many times|often) (?:did|does|do|has|have) (?:that|this|it) (?:happen|occur)(?:ed)?"
    r"(?: (?:to|for|with|among|at|on))?\b",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(r"\b(?:\w+est|most expensive)\b", re.IGNORECASE)
REPORTING = re.compile(
    r"\b(?:complain\w*|claim\w*|says?|said|tells?(?: (?:me|us))?|insists?|swears?|moan\w*"
    r"|grumbl\w*"
    r"|worr\w+(?: about)?|wonder\w*(?: about)?|is it true that|she|he|forever|hypothesis"
    r"|theory|hunch|suspicion|guess|assumption|rumou?r|belief|impression)\b",
    re.IGNORECASE,
)
VAGUE_AMOUNT = re.compile(r"\b(?:score|figure|value|level|number|rate|amount)s?\b", re.IGNORECASE)
FIELD_OF_ONE = {"user_tier": "users", "prompt_length_category": "prompts"}
FIELD_WORDS = {"user_tier": "tier", "device_type": "device", "model_version": "model"}
