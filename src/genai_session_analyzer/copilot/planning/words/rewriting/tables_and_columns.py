"""How people speak of the data itself: its tables, columns, titles and labels."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_STORE = r"(?:data ?base|data ?sets?|data|tables?|warehouse|records|logs?|collection|repository)"
_STORED = (
    r"(?:(?:that |which )?(?:are |is |were |have been )?(?:currently )?(?:contained|stored|held"
    r"|present|recorded|available|kept|found|listed|registered|documented|logged|captured) )?"
)
_ROWS = r"(?:generations?|requests?|sessions?|users?|prompts?|images?|jobs?|rows?|ones)"
_KIND = r"(?:labels?|columns?|fields?|attributes?|values?)"


_BEFORE = rules(
    # where rows are kept
    (rf"\b(?:do|does|did) (?:the|this|our) {_STORE} (?:contain|hold|store|have|comprise"
     r"|include|list|record)\b", "are there"),
    (rf"\b{_STORED}(?:in|within|by) (?:the|this|our) (?:whole |entire )?{_STORE}\b(?! of)", ""),
    (rf"\btable of (?:the |all )?(?={_ROWS}\b)", ""),
    (r"\bcount (?:up )?the (?=(?:total |exact )?number of\b)", ""),
    # columns
    (r"\b(user|session|generation|prompt) ids\b", r"\1 id"),
    (r"\b(very long|short|medium|long) (?:length )?category\b", r"\1 prompt length category"),
    (r"\b(?:for|of|where|in) (?:which|whom) (?:this|that|it) is known\b", ""),
    # clusters and their titles
    (r"\b(clusters?) (?:of|on|at) level (?:1|one)\b", r"\1"),
    (r"\blevel[ -](?:1|one) (?=clusters?\b)", ""),
    (r"\b(clusters?) of (?:the |all )?prompts\b", r"\1"),
    (r"\b(?:the )?(?:titles?|names?|labels?) of (?:the )?(?=(?:\w+ ){0,3}"
     r"(?:clusters?|themes?|models?|samplers?|styles?|domains?|moods?)\b)", ""),
    # how far a scale goes
    (r",? (?:measured )?(?:on|using|along) (?:that|the|a|our|this|its) (?:(?:one|1|zero|0)(?:"
     r" to |-|\u2013)(?:five|5|ten|10)|five[- ]point"
     r"|5[- ]point|usual)[ -]scale\b", ""),
    (r"\b(?P<field>guidance|cfg|complexity|friction) scale\b(?! from)", r"\g<field>"),
    # what a prompt does not hold
    (r"\b(?:with|of|for|having) (?:clean|harmless|safe|sfw|innocuous|innocent|tame|family[-"
     r" ]friendly"
     r"|inoffensive|decent) (?:content|intent|intentions)\b", "without nsfw intent"),
    (r"\b(?:clean|harmless|safe|sfw|innocuous|innocent|tame|family[- ]friendly|safe[- ]for[- ]work"
     r"|inoffensive|decent|unobjectionable) (?P<rows>prompts?|requests?|intent|content|texts?"
     r"|generations?)\b", r"non-nsfw \g<rows>"),
    (r"(?<=unsafe intent )(?P<and>against|versus|vs|and|or) (?:clean|safe|harmless|sfw) ones\b",
     r"\g<and> non-nsfw prompts"),
    (r"(?<=unsafe prompts )(?P<and>against|versus|vs|and|or) (?:clean|safe|harmless|sfw) ones\b",
     r"\g<and> non-nsfw prompts"),
    (r"(?<=nsfw prompts )(?P<and>against|versus|vs|and|or) (?:clean|safe|harmless|sfw) ones\b",
     r"\g<and> non-nsfw prompts"),
    (r"^\W*where (?:do|did|are|is|were|does) (?P<what>[\w ]+?)"
     r" (?:pictures?|images?|scenes?|generations?|prompts?)"
     r" (?:mostly|usually|mainly|most often|typically|chiefly)(?: (?:take place|set|located"
     r"|play|happen|situated))\b",
     r"most common setting of \g<what> generations"),
    (r"\b(?P<of>(?:share|percentage|percent|proportion|fraction|part|portion|how much) of"
     r" (?:the |this |our |all |the whole )*data) "
     r"(?P<be>is|are|was|were) (?:synthetic|artificial|invented|fabricated|made[ -]up|not real"
     r"|fictional|fake)\b",
     r"\g<of> \g<be> simulated"),
    # how requests end
    (r"\bways (?:in which |that |how )?(?:an? |the |our )?(?:requests?|generations?|jobs?|runs?)"
     r" (?:can |could |may |might )?(?:end(?:ed)?(?: up)?|turn(?:ed)? out|finish(?:ed)?|go(?:es)?"
     r"|went|conclude)\b", "statuses"),
    # what a prompt holds
    (r"\b(?:is|are|was|were) based on (?=an?|the|prompts?)", "with "),
    (r"\bprompts? whose (?:prompt )?text (?=contain|mention|include)", "prompts that "),
    (r"\b(?:that |which )?(?:seek|seeks|seeking|sought|ask|asks|asking|asked|look|looks"
     r"|looking|aim|aims|aiming|call|calls|calling|go|going) ?(?:for|after|at)? "
     r"(?:unsafe|nsfw|adult|explicit|inappropriate)"
     r" (?:content|material|images?|pictures?|things|stuff)\b", "with nsfw intent"),
    (r"\b(?:with|containing|of|for|has|have|had) (?:unsafe|inappropriate) "
     r"(?:content|material|images?|pictures?|wording|words)\b", "with nsfw intent"),
)  # fmt: skip
_AFTER = rules(
    (r"\b(?P<field>(?:art )?styles?|domains?|moods?|lightings?|settings?|subjects?|clusters?"
     rf"|status|regions?|tiers?|models?|samplers?|devices?|feedback) {_KIND}\b", r"\g<field>"),
    (r"\b(?:title|name|label)s? of (?P<rest>(?:the |each |every |all )?(?:prompt )?"
     r"(?:clusters?|themes?|models?|samplers?|styles?|domains?)\b)", r"\g<rest>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question without words for tables, levels and titles.

    "Sessions stored in the database" are sessions, "cluster on level 1" is a cluster, "with unsafe
    content" is "with nsfw intent".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with columns by their names alone.

    A "lighting label" is the lighting, the "title of the cluster" the cluster.
    """
    return rewritten(text, _AFTER)
