"""Hours with a name, and time that is spent: "business hours", "time users spend per session"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_HOURS = r"(?:business|working|office|work|opening) hours?"
_IN = r"(?:(?:during|in|within|over|at) )?(?:the )?(?:normal |usual |regular )?"
_WHO = r"(?:(?:the |our |an? )?(?:average )?(?:users?|customers?|people|they|we) )"
_SPENT = (
    rf"(?:{_WHO}(?:spends?|spent)|(?:is |was |being )?spent(?: by (?:users|customers|people))?)"
)
_VISIT = r"(?:session|visit|sitting)"
_RULES = rules(
    (
        rf"\b(?:outside(?: of)?|not (?:in|during)|before or after) (?:the )?(?:normal |usual "
        rf"|regular )?{_HOURS}\b",
        "between 17:00 and 9:00",
    ),
    (rf"\b{_IN}{_HOURS}\b", "between 9:00 and 17:00"),
    (
        r"\b(?:parts?|times?|phases?|sections?|segments?) of (?:the )?day\b"
        r"(?=.*\b(?:morning|afternoon|evening))",
        "day_part",
    ),
    (r"\b(?:parts?|phases?|sections?|segments?) of (?:the |a )?day\b|\bday ?parts?\b", "day_part"),
    (
        r"\b(?:mornings?|nights?), (?:(?:mornings?|afternoons?|evenings?|nights?),? (?:and |or )?)+"
        r"(?=\W*$|by |for |in )",
        "day_part ",
    ),
    # "average time users spend per session"
    (
        rf"\bhow (?:long|much time) (?:do|does|did) {_WHO}(?:usually |typically )?(?:spend|stay"
        rf"|last)"
        rf" (?:in|on|per|during|for)(?: an?| each| every| one)? (?:average )?{_VISIT}s?\b",
        "average session duration",
    ),
    (
        rf"\b(?:amount of )?time (?:that )?{_SPENT} (?:per|in|on|in an?|in each|for each|during"
        rf" an?|each"
        rf"|every) {_VISIT}s?\b",
        "session duration",
    ),
    (rf"\b(?:amount of )?time (?:per|in each|of an?|in an?) {_VISIT}\b", "session duration"),
    # days without rows are left out of a mean per day anyway
    (r"\b(per|by|each|every) active (day|week|month)\b", r"\1 \2"),
)


def before_spelling(text: str) -> str:
    """Return a question with hours that have a name as hours, and time spent as duration."""
    return rewritten(text, _RULES)
