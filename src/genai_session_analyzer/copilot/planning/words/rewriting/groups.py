"""What numbers are split by: fields, regions and periods."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_FIELD = (
    r"(?:tier|plan|device(?: type)?|region|model(?: version)?|sampler|status|domain|topic|category"
    r"|(?:art )?style|mood|setting|lighting|cluster|theme|friction band|prompt length)"
)
_KINDS_OF = r"(?:split|mix|breakdown|break-?down|composition|make-?up|distribution)"
_ROWS = r"(?:requests|generations|jobs|runs|images|pictures|renders|sessions|visits|prompts|calls)"
_FIELDS = (
    r"(?:user |image )?(?:tier|plan|region|device|model|sampler|style|art style|domain|mood"
    r"|lighting|setting|cluster|theme)s?"
)
_FINE = r"(?P<grain>daily|weekly|monthly|hourly|quarterly|yearly|day|week|month|hour|quarter|year)"
_BASIS = r"(?:level|granularity|resolution|grain|basis|interval|rhythm|cadence)"


_BEFORE = rules(
    # by a field
    (rf"(?:\b(?:the|a) )?\b(?P<field>{_FIELD}) {_KINDS_OF} (?:of|for|among|in) (?:the )?"
     rf"(?P<what>[\w .-]+?) (?:per|by|in each|for each|across) (?P<group>{_FIELD})s?\W*$",
     r"number of \g<what> by \g<group> and \g<field>"),
    (rf"(?:\b(?:the|a) )?\b(?P<field>{_FIELD}) {_KINDS_OF} (?:of|for|among) (?:the )?"
     rf"(?P<what>(?!(?:cost|latency|friction|churn)\b)[\w .-]+?)(?: (?:pictures|images))?\W*$",
     r"number of \g<what> by \g<field>"),
    (rf"^\W*(?:which|what) (?P<field>{_FIELD})s? (?:are there|exist|are used|do we (?:have|use)"
     r"|are in use|occur),? and how (?:often|frequently|many times|much) (?:is|are|was|were|do"
     r"|does) (?:each|they|each of them|each one|each of those)(?: being)?"
     r" (?:used|occur|appear|come up)\W*$", r"number of generations by \g<field>"),
    (rf"\b(?P<end>most|least) (?:common|frequent|popular|used|typical) (?P<field>{_FIELD})"
     r" (?:among|of|in|across) (?:the |all |our |all the )?(?:distinct |unique )?prompts\b",
     r"\g<field> with the \g<end> prompts"),
    (rf"^(?P<lead>\W*(?:and )?){_ROWS} (?:to|with|of|from|on|in|by|using|at) "
     rf"(?P<group>which|what) (?P<what>(?:{_FIELDS})(?: type| version)?)"
     r"(?: (?:get|gets|got|are|were|is|was|do|did)(?= ))?", r"\g<lead>\g<group> \g<what>"),
    (r"\b(per|for each|for every) (successful|failed|unsuccessful|completed) one\b",
     r"\1 \2 request"),
    # by region
    (r"\bregionally\b", "by region"),
    (r"\b(in|from|of|for|across|within) (?:the us|the u\.s\.)(?![\w-]| (?:west|east))",
     r"\1 us-west or us-east"),
    (r"\bus[- ]based\b", "us-west or us-east"),
    # by period
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
)  # fmt: skip
_AFTER = rules(
    (r"\b(?:from )?where in the world\b|\bin (?:which|what) part of the world\b"
     r"|\bin (?:which|what) (?:region|area)s? of the world\b", "which region"),
    (r"^\W*(?:(?:draw|plot|show|give|make)(?: me)? )?(?:a |the )?"
     r"(?:frequency )?histogram (?:of|for) ", "distribution of "),
    (r"\bhow (?:many times|often) (?:was|is|were|has|have) (?:each|every)(?: of the)? "
     r"(?P<what>[a-z ]+?)s? (?:been )?used\b", r"number of generations by \g<what>"),
    (r"\bper (?P<row>session|generation|request|user) (?:per|by) "
     r"(?P<unit>day|week|month) and (?:per |by )?(?P<group>[a-z]+(?: [a-z]+){0,2}?)"
     r"(?=\W*$| (?:in|on|of|for|from|since|with|using|outside|excluding|not|last"
     r"|between|before|over|among|during)\b)", r"per \g<row> by \g<group> per \g<unit>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its groups behind "by" or "per".

    "The mood breakdown for fantasy pictures" is their "number by mood", "on a weekly basis" is "by
    week", "regionally" is "by region".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with its groups together: "per session by tier per month"."""
    return rewritten(text, _AFTER)
