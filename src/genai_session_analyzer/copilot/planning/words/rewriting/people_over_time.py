"""What people did since they joined, who left, who did most, and how much of it was theirs."""

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_WHO = (
    r"(?:users?|customers?|people|persons?|accounts?|clients?|members?|subscribers?|creators?"
    r"|folks)"
)
_JOINED = r"(?:sign\w*[ -]?up|joined|registered|enrolled)"
_WEEK = (
    r"(?:(?:the |a |an |one )?(?:whole |full |entire |following |next |subsequent )*"
    r"(?:week|7 days|seven days))"
)
_SHARE = r"(?:share|percentage|percent|proportion|fraction|part|portion|slice)"
_STAYS_AWAY = (
    rf"(?:(?:the |a |its |their |that )?{_WHO} (?:then |has |had |have |did |does |do )?)?(?:"
    rf"(?:then )?"
    r"(?:stay(?:s|ed|ing)? (?:away|gone|out|silent|quiet)|(?:did |does |do )?not (?:return"
    r"(?:ed|ing)?"
    r"|com(?:e|ing) back|(?:be )?seen)|never (?:returned|came back|returning)|vanish(?:ed|es|ing)?"
    r"|disappear(?:ed|s|ing)?|(?:was|were|is|be|being) (?:away|gone|absent|silent)|went "
    r"(?:quiet|silent"
    r"|away)|keep(?:s|ing)? (?:away|quiet|silent)|kept (?:away|quiet|silent)|no return"
    r"|absence|silence|inactivity"
    rf"|nothing)(?: (?:again|more|else|happening))?(?: (?:for|in|within|over|during|of"
    rf"|lasting)(?: at least)?)?) {_WEEK}(?: (?:after|afterwards"
    r"|that followed|after that|or more|or longer))?"
)
_SILENT_WEEK = (
    rf"{_WEEK} (?:of|without|with no) (?:any )?(?:silence|absence|inactivity|nothing|quiet"
    r"|activity|a visit|visits?|sessions?|return)"
)
_DID = (
    r"(?:(?:has |have |had |did |does |do |have made|are )*(?:made|make|spent|spend|had|have"
    r"|got|get"
    r"|ran|run|hit|caused|produced|sent|created|generated|used|burned|burnt|racked up|has|account"
    r" for|cost))"
)
_EACH = r"(?:each|each one|each of them|each of those|every one|every one of them|they)"
_MONTH = rf"(?:{'|'.join(MONTHS)})(?: 20\d\d)?"
_TIER = r"(?:free|pro|enterprise)"
_MOST = r"\b(?P<lead>(?:most|top|highest|biggest|heaviest|largest|busiest|fewest|least)\b.*?)"
_FEATS = (
    r"(?P<what>failures|errors|timeouts|generations|requests|sessions|credits|downloads|retries)"
)

_BEFORE = rules(
    (rf"\b(?P<who>{_WHO}) (?:that were |which were |that was )?(?:opened|created|set up|started)"
     r"(?= (?:in|on|during|since|before|after|last|this)\b)", r"\g<who> who signed up"),
    # what they did since they joined: all of it
    (rf"(?P<said>\b{_JOINED}\b.*?),?(?: ever)? since(?: then| that time| joining| signing up)?"
     r"(?= *(?:$|[?.,;:]))", r"\g<said>"),
    (rf"(?: ever)? since(?: then)? by (?=.*{_JOINED})", " of "),
    (rf"(?: ever)? since (?:their |the )?(?:sign-?up|signing up|joining|registration|registering)"
     rf"(?: date)?,? by (?=(?:the |all )?{_WHO} [^?]*{_JOINED})", " of "),
    (rf"^how much (?:have|has|did) (?P<who>(?:the |all )?{_WHO} (?:who|that) {_JOINED} [^?]*?)"
     r" (?:spent|spend|cost us|cost|used up)\W*$", r"total credits spent of \g<who>"),
    (rf"(?: ever)? since(?: then)?(?=,? (?:for|of|among) (?:the |all )?{_WHO} [^?]*{_JOINED})", ""),
    (rf"^(?P<what>[^?.,:]*?\b(?:credits|cost|generations|requests|sessions|images)\b)(?P<did>"
     rf" (?:spent|made|used|burned|sent|run))?(?: (?:so far|to date|until now|in total|up to"
     rf" now))? by"
     rf" (?=(?:the |all )?{_WHO} (?:who|that) [^?]*{_JOINED})", r"\g<what>\g<did> of "),
    (rf"(?P<said>\b{_JOINED}\b.*?),? (?:so far|to date|up to now|until now|until today)"
     r"(?= *(?:$|[?.,;:]))", r"\g<said>"),
    # churn: nothing in the seven days after a session
    (rf"\bafter (?P<how>(?:what|which) {_SHARE}|how many) (?P<of>of )?(?:all )?(?:the )?(?P<row>"
     rf"sessions|visits) (?:was |were |is |are |did |do |does |has |have )?{_STAYS_AWAY}",
     r"\g<how> \g<of>\g<row> followed by churn"),
    (rf"\b(?P<row>sessions?|visits?)(?: that)?(?: (?:was|were|is|are))?,? (?:followed by|ended"
     r" with|ended in|ending in|ending with|led to|leading to|preceding|before|after which(?: there"
     rf" was)?|with|and then|then|had|where) (?:{_SILENT_WEEK}|{_STAYS_AWAY})",
     r"\g<row> followed by churn"),
    (r"\b(?P<row>sessions|visits) (?:with|of|whose|for which|where) (?:an? |the )?(?:known "
     r"(?:outcome"
     r"|churn|result|ending)|(?:outcome|churn|result) (?:is |was )?known)(?P<rest>.*\b"
     r"(?:churn\w*))",
     r"\g<row>\g<rest>"),
    (rf"^(?:out )?of (?:all )?(?:the )?(?P<row>sessions|visits),? (?:what|which) (?P<how>{_SHARE})"
     r" (?:was|were|is|are|got"
     r"|ended up)? ?(?:being )?followed by churn", r"\g<how> of \g<row> followed by churn"),
    # who did most of it, and how much that was
    (r"\bwhose (?:requests|generations|jobs|images|runs) (?:went wrong|failed|broke|errored"
     r"|went bad"
     r"|ended badly|go wrong|fail|break) (?:the )?most(?: often)?\b", "with the most failures"),
    (rf"{_MOST}{_FEATS}(?P<more>[^,;]*?),? (?:and|with|plus|along with|showing) (?:the |their"
     rf" )?(?:number|count"
     rf"|total|amount) of (?P=what)(?: (?:for|of|per|by) {_EACH}| {_EACH}(?: {_DID})?)?\W*$",
     r"\g<lead>\g<what>\g<more>"),
    (rf"{_MOST},? (?:and|with|plus|along with|including|showing)(?: also)? (?:(?:the|their"
     rf"|its|exact"
     r"|respective) )*(?:(?:session|request|generation|failure|error|download) )?(?:numbers?"
     r"|counts?|figures?|totals?|tall(?:y|ies)|amounts?)(?: (?:for|of|per|by)"
     rf" {_EACH}| {_EACH})?\W*$", r"\g<lead>"),
    (rf"{_MOST},? (?:and|with|plus) how (?:many|much)(?: (?:of (?:them|it|those)))?(?: (?:did|has"
     rf"|have|does|do))? {_EACH}(?: of (?:them|those))?(?: {_DID})?\W*$", r"\g<lead>"),
    (rf"(?P<lead>\b(?:most active|busiest|heaviest)\b {_WHO}),? (?:and|with) how many "
     rf"(?P<what>requests"
     rf"|generations|jobs) {_EACH} {_DID}", r"\g<lead> and their number of \g<what>"),
    (rf"{_MOST},? and (?:by )?how (?:many|much)(?: times)?\W*$", r"\g<lead>"),
    (r"\b(?:never|not)(?: even)? once\b", "never"),
    # how much of the whole was theirs
    (rf"\b(?:what|which) (?P<share>{_SHARE} of [^?]+?) (?:go(?:es)? to|comes? from|belongs?"
     rf" to|falls?"
     r" (?:to|on)|is (?:down|due) to|is (?:made|produced|caused|generated|held|owned) by|do|does)"
     rf" (?P<who>(?:the |our )?(?:top \d+|(?:\d+|two|three|four|five|ten|twenty) [a-z ]*?"
     rf"(?:most|biggest"
     rf"|heaviest|largest|top|busiest)[a-z ]*?)(?: {_WHO}| spenders))(?: (?:have|hold|own"
     rf"|make|produce"
     r"|account for|cause|generate))?\W*$", r"\g<share> of \g<who>"),
    (r"^how (?:concentrated|top[ -]heavy|lopsided|skewed|uneven) (?:are|is|was|were) (?:we|it"
     r"|usage|use|our"
     r" \w+|the \w+)\b[ ,;:-]+(?=.*\b(?:share|percentage|part|proportion|portion)\b)", ""),
    (rf"^how (?:dependent|reliant) (?:are|is) (?:we|usage|\w+) (?:up)?on (?P<who>[^:,]+)[:,]+"
     rf" (?:what"
     rf" is )?their (?P<share>{_SHARE} of [^?.]+)", r"\g<share> of \g<who>"),
    (rf"^their (?P<share>{_SHARE} of .+?) of how (?:dependent|reliant) (?:are|is) (?:we|usage|\w+)"
     r" (?:up)?on (?P<who>[^?.,:]+)", r"\g<share> of \g<who>"),
    (rf"^(?P<who>(?:the |our )?(?:top )?(?:\d+|two|three|four|five|ten|twenty) [^,?]*?{_WHO})(?:"
     r" together| combined)? (?P<do>make|account for|produce|generate|contribute|cause|spend|use)"
     rf"(?: up)? (?P<share>(?:what|which) {_SHARE} of [^?]+)",
     r"\g<share> do \g<who> \g<do>"),
    # "do pro members visit more than free ones? sessions per user for both"
    (rf"^\W*(?:do|does|are|is|did) (?P<one>{_TIER}) {_WHO} [^?.:]*\bthan (?P<two>{_TIER})"
     rf" {_WHO}?[?.:,;]+ *"
     r"(?P<what>[^?.]+?),? (?:for|of|in) (?:both|each(?: of them)?|the two)(?: of them|"
     r" groups| tiers)?\W*$",
     r"\g<what> by user tier for \g<one> and \g<two> users"),
    # "how many users were active in January and how many in February"
    (rf"\bhow many (?:{_WHO} (?:were |are )?active|active {_WHO}|{_WHO})(?: (?:did we have"
     rf"|were there))? in (?P<one>{_MONTH}),? and how many(?: (?:active|{_WHO}))* in "
     rf"(?P<two>{_MONTH})",
     r"compare the number of active users in \g<one> and \g<two>"),
    # how much each does
    (rf"\b(?P<how>median|mean|average|typical) number of (?P<what>requests|generations|sessions"
     rf"|visits|jobs|images|credits) (?:that )?(?:an?|one|each|the (?:average|typical))"
     rf" {_WHO} (?:has"
     r" |have |had )?(?:made|makes?|sent|ran|run|spent|had|has|generated|created)(?: in total"
     r"| overall| in all| altogether| ever| over their lifetime)?\b",
     r"\g<how> \g<what> per user"),
    (rf"^how (?:engaged|active|busy) (?:are|were|is|was) (?:the |our )?{_WHO}(?P<when>[^:]*):"
     r" *(?P<what>.+?)\W*$", r"\g<what> \g<when>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question about what people do over time in the words of the rules.

    "After what share of sessions did the user stay away for the following week" is the share of
    sessions followed by churn; "the ten people whose requests went wrong most, with the number of
    failures for each" are the ten with the most failures.
    """
    return rewritten(text, _BEFORE)
