"""Users by when they signed up, and sessions by what came after them."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_DATE = r"\d{4}-\d\d-\d\d"
_WHO = r"(?:users?|customers?|people|accounts?|members?|subscribers?)"
_SPAN = r"(?:months?|weeks?|quarters?|years?)"

_BEFORE = rules(
    (r"^\W*cohorts?(?: analysis| view| table)?\s*[:,-]\s*(?=\w)", ""),
    (rf"\b(?:the )?(?:signup |sign-up |weekly )?cohort(?:[ _]week)?(?: of| starting| beginning)?"
     rf"(?: on)?(?: monday)?(?: the week of)? (?P<day>{_DATE})\b",
     r"users who signed up in the week of \g<day>"),
    (r"\bcohort weeks\b", "cohorts"),
    (r"\bcohort sizes?(?: (?:by|per) (?P<unit>week|month|quarter|year)(?! of))?\b(?! by)",
     lambda m: f"number of users by {'signup ' + m['unit'] if m['unit'] else 'cohort'}"),
    (r"\b(?P<how>largest|biggest|smallest) (?:(?:signup|weekly) )?cohort\b",
     lambda m: f"cohort with the {'fewest' if m['how'] == 'smallest' else 'most'} users"),
    (rf"^(?P<ask>\W*(?:number of )?){_WHO} by (?P<unit>week|month|quarter) of (?:signup|sign-up)"
     r" (?=(?:for|in|of|during) )", r"signups by \g<unit> "),
    (r"\busers (?P<by>(?:per|by) .+?) with (?:their |the )?average (?:number of )?generations\W*$",
     r"number of users and generations per user \g<by>"),
    (r"\bnon[- ]churned sessions\b", "sessions that did not end in churn"),
    (r"(?P<by>(?<!followed )\b(?:by|per) )churn(?: outcome| flag)?(?=\W*$"
     r"|,)", r"\g<by>churn status"),
    (rf"\b(?P<who>{_WHO}) (?:returned|came back) in (?P<two>\w+) after (?:being|having been|they"
     r" were) active in (?P<one>\w+)", r"\g<who> were active in \g<one> and came back in \g<two>"),
    (r"\bcalendar (?P<unit>month|week|quarter|year|day)s?\b(?= (?:in|of|on|when|that|the|they|user)"
     r"|\W*$)", r"\g<unit>"),
    (rf"\bthe (?P<unit>month|week|quarter|year) (?:in|on) which (?:the|a|their) {_WHO} "
     r"(?:signed up|joined|registered)\b", r"signup \g<unit>"),
    (rf"^\W*by (?P<unit>month|week|quarter|year) of (?:signup|sign-up|registration|joining)\s*[:,]"
     rf"\s*(?:the )?{_WHO} and (?:their |the )?(?P<what>.+)$",
     r"number of users and \g<what> by signup \g<unit>"),
    # two groups of users side by side
    (rf"^\W*(?:compare (?:the )?)?(?P<what>[\w ]+?) (?:of|for|among) (?:the )?{_WHO} (?:who|that) "
     r"(?:signed up|joined|registered) in (?P<one>20\d\d) (?:vs\.?|versus|compared (?:with|to)"
     rf"|and|against) (?:(?:those|the ones|ones|{_WHO})(?: who| that) (?:signed up|joined"
     r"|registered) )?(?:in )?(?P<two>20\d\d)\W*$",
     lambda m: f"{m['what']} by signup year of users who signed up between "
     f"{min(m['one'], m['two'])}-01-01 and {max(m['one'], m['two'])}-12-31"
     if abs(int(m["one"]) - int(m["two"])) == 1 else m[0]),
    (rf"\b(?:share|percentage|proportion|fraction|part) of (?:the |all |our )?(?P<who>{_WHO}) "
     r"(?:who|that) (?:have )?(?P<did>signed up|joined|registered)"
        r"(?= (?:in|since|before|after|during|within)(?: the)?(?: last| past| this)?(?: \w+)?"
        r"(?: 20\d\d| days| weeks| months)?\W*$)",
        r"what share of \g<who> \g<did>"),
    (r"\bwhat (?:what|is the what|is what) share\b", "what share"),
    (rf"\b(?P<by>by signup[ _](?:week|month|quarter|year)),? (?:only|for|keep only)"
     rf" {_SPAN} (?=with\b)",
     r"\g<by> "),
    (r"\bsessions in (?:all(?: of the)?|every)(?: three)? friction bands?\b",
     "sessions in at least 3 different friction bands"),
    # last and first seen
    (rf"\b(?P<who>{_WHO}) (?:who were |that were |who was )?last (?:seen|active) "
     r"(?=in|on|before|after|during|since)", r"\g<who> whose last generation was "),
    # per user and something
    (r"\bper user and (?!month|week|day|hour|quarter|year)(?=[a-z])", "per user by "),
    (r"\baverage number of days (?:on which )?(?:a|each|every|the) user (?:is|was|were)"
     r" active\b", "average number of distinct requested_date per user"),
    (rf"\b(?P<how>average|mean|median) number of (?:active|distinct active|different active) days"
     rf" (?:per|of a|of an?|of each) (?:active )?{_WHO}\b",
     r"\g<how> number of distinct requested_date per user"),
    # churn
    (r"\bchurn(?P<rate> rate)? (?:after|following|upon) (?=[\w ]*sessions?\b)",
     r"churn\g<rate> of "),
    (rf"\bsessions? (?:after|following) which (?:the |their )?{_WHO} (?:did not|didn't"
     rf"|didn t|never)"
     r" (?:return|come back)(?: within (?:a week|7 days|seven days)| for (?:a week|7 days))?",
     "churned sessions"),
    (r"\ban? unknown churn(?: outcome| status| flag)?\b|\bunknown churn (?:outcome|status|flag)\b",
     "churn status unknown"),
    (r"\bended (?:with|in) (?:the |their )?user(?:s)? (?:churning|leaving)\b", "ended in churn"),
    # who came back
    (rf"\b(?P<who>{_WHO})(?: (?:who|that))? (?:came|come|have come) back for (?:a second|another)"
     r" session\b", r"\g<who> with at least 2 sessions"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its cohorts as users who signed up in a time.

    "The cohort of 2024-01-08" are the users who signed up in that week, a session "after which
    the user did not return" is a churned session.
    """
    return rewritten(text, _BEFORE)
