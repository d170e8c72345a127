"""Verdicts, downloads and second attempts as people speak of them."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_WHO = r"(?:people|users?|customers?|members?|clients?|accounts?|they|folks|someone|somebody)"
_GAVE = (
    r"(?:gave|give|given|left|leave|leaves|cast|casts|submitted|submit|provided|provide|posted"
    r"|post|handed (?:in|out)|shared|sent|made|make|returned|filed|dropped|expressed|entered"
    r"|recorded)"
)
_VERDICTS = (
    r"(?:verdicts?|votes?|ratings?|feedbacks?|reactions?|thumbs|judge?ments?|opinions?"
    r"|evaluations?)"
)
_ANY = r"(?:(?:us|me|any|a|an|some|their|its|at least one|one|the|kind of|sort of|piece of) )*"
_SAVED = r"(?:saved|kept|downloaded|stored|held|exported)"
_OWN = r"(?:their|his|her|the user s|the|its|an?|a)(?: own)?"


_BEFORE = rules(
    # verdicts
    (rf"\b(?P<what>{_VERDICTS})(?: that| which)? {_WHO} (?:have |has |had |actually )?{_GAVE}"
     r"(?: us| behind)?(?=\W|$)", r"\g<what>"),
    (rf"\b(?P<what>{_VERDICTS}) (?:(?:that |which )?(?:were|was|are|have been|has been) )?"
     rf"(?:left|cast|posted|submitted|handed in|filed|recorded)(?: by {_WHO})?\b", r"\g<what>"),
    (rf"\b(?P<who>{_WHO})(?P<which> who| that)? (?:have |has |had |ever |actually )*{_GAVE} {_ANY}"
     rf"(?={_VERDICTS}\b)", r"\g<who>\g<which> gave "),
    (r"\b(?P<rows>generations|requests|images|pictures|jobs|runs)(?: that| which)? (?:nobody"
     r"|no one|no user|none) (?:ever |has |had )*(?:rated|voted on|judged|reviewed|gave feedback"
     r" (?:on|to)|evaluated|commented on)\b", r"\g<rows> without feedback"),
    (r"\bwithout (?:any |a |some )?(?:verdict|vote|rating|feedback|reaction) (?:from|by|of) "
     r"(?:the |any |a )?(?:users?|people|customers?|members?)\b", "without feedback"),
    (r"\bat all(?=\W*$)", ""),
    # downloads
    (r"\b(?:ended up|landed|went|finished up|wound up|ending up|made (?:it|their way)) (?:on"
     r"|onto|to|in) "
     r"(?:(?:a|the|their|some|someone|somebody|people|his|her|users?|customers?|own|s) )*"
     r"(?:hard (?:drive|disk)|disk|drive|computer|machine|pc|download folder|collection)s?\b",
     "were downloaded"),
    (rf"\b{_SAVED}(?: by (?:the |a |its |their )?users?)? (?:to|on|onto|for|in) {_OWN} "
     r"(?:computers?|disks?|machines?|drives?|hard (?:disk|drive)s?|pcs?|files|collections?"
     r"|use|folders?|records)\b", "downloaded"),
    (r"\b(?:in )?how many (?:instances|cases|times) (?:was|were|is|are|has|have|did) "
     r"(?=.*\bdownload)", "how many times was "),
    (r"\b(?P<lead>how many times was) (?:an? |the )?(?:picture|image|generation|result)s? "
     r"(?:being |been )?downloaded(?: by (?:the |a )?users?)?", "how many downloads"),
    (r"\b(?P<share>(?:share|percentage|percent|proportion|fraction|part|portion) of )(?:the "
     r"|all |our )*"
     r"(?:finished|successful|completed|succeeded|delivered|produced|good|ready) "
     r"(?:pictures?|images?|generations?|results?|requests?)(?: that| which)? (?:did |do |does )?"
     r"(?:somebody|someone|anybody|anyone|people|users?|customers?|members?) "
     r"(?:(?:keep|kept|save|saved|download|downloaded) by )?download(?:s|ed|ing)?(?: them|"
     r" it)?\b", "download rate"),
    (r"\b(?:what|which) download rate\b", "download rate"),
    # second attempts
    (r"\b(?:was|were|are|is) (?:a |only |just |merely )*(?:repeats?|re-?runs?|re-?tries|second"
     r" (?:tries"
     r"|attempts?|goes?))(?=\W*$|[,.;?]| (?:in|on|last|this|by|per|for)\b)", "were retried"),
    (r"\bhow often (?:do|does|did|must|should|will) (?:people|users|customers|they|we|someone|you"
     r"|a user) (?:have to |need to |want to )?(?:try again|retry|start over|try once more|repeat"
     r"|go again|have another go|try twice|try more than once)(?: before [^,.;?]*)?",
     "how often are requests retried"),
    (r"\b(?P<won>worked|succeeded|succeeds?|successful|made it|went through|went well|completed"
     r"|successes|success|finished|passed|came through) (?:right )?(?:(?:on|at|in|with) (?:the"
     r"|their|its|a)"
     r" (?:very )?)?(?:first|initial)[ -]?(?:attempt|try|go|shot|time(?: of asking)?|round|pass"
     r"|time around)s?\b"
     r"(?! (?:in|users?|generation))", r"\g<won> without retries"),
    (r"\b(?:clean )?(?:first|one|single)[ -](?:shot|try|attempt|go|time|pass) (?P<won>successes"
     r"|success)\b",
     r"\g<won> without retries"),
    (r"\bwithout retries(?P<time>[^,.;?]*?),? (?:meaning|i e|i\.e\.|that is|so|with|having)?,? ?"
     r"(?:zero|no|without|0|with no|with zero) (?:a )?retr(?:y|ies)\b", r"without retries\g<time>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with what users did to pictures in the words of the lexicon.

    "Votes people leave" are votes, "saved to their own computer" is downloaded, "worked first time"
    is "worked without retries".
    """
    return rewritten(text, _BEFORE)
