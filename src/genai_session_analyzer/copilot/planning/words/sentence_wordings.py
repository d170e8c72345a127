"""Whole turns of a sentence that say what a shorter one says: "or ..., which has more"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten
from genai_session_analyzer.copilot.planning.words.row_phrases import rows_plainly

_FIELD = (
    r"(?:tier|plan|device(?: type)?|region|model(?: version)?|sampler|status|domain|topic|category"
    r"|(?:art )?style|mood|setting|lighting|cluster|theme|friction band|prompt length)"
)
_KINDS_OF = r"(?:split|mix|breakdown|break-?down|composition|make-?up|distribution)"
_SHARE = r"(?:share|percentage|percent|proportion|fraction)"
_ROW = r"(?:image|picture|pic|generation|request|job|run|render)"
_SHOW = r"(?:please |and |also )*(?:provide|give|show|list|return|report|state|include|name)"
_HOW = r"(?:total|average|mean|median|maximum|minimum|max|min|p90|p95|p99)"
_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # "what is the most expensive session? provide its id and user"
        (rf"^\W*(?:what|which) (?:is|was|are|were) (?P<what>the [\w .-]+?)\s*[?.!;]+\s*{_SHOW}"
         r"(?: me| us)? (?:its|their) (?P<columns>[\w ,]+?)\W*$",
         r"\g<what> with its \g<columns>"),
        # "what is the total cost? and the average?"
        (rf"\b(?P<one>{_HOW}) (?P<what>[a-z]+(?: rate| score| time)?)\s*[?.!;,]*\s*and"
         rf"(?: what (?:is|was|about))? (?:the |its |also the )?(?P<two>{_HOW})(?: one)?\W*$",
         r"\g<one> \g<what> and \g<two> \g<what>"),
        # "what share of users have at least one failure"
        (rf"\b(?P<share>{_SHARE} of (?:[a-z]+ )?(?:users\b|customers\b|people\b"
         r"|(?:sessions|visits)\b(?=.*\b(?:fail|error)))"
         r"[a-z ]*?\b(?:have|has|had|with)) (?:at least|ever) (?:one|1|a|a single|an) (?=[a-z])",
         r"\g<share> a "),
        # "users with the most failures, show 5"
        (rf"\s*[,;.?]\s*(?:please |and )*(?:show|list|give|display|only|just)(?: me| us)?"
         rf"(?: only| just)? (?P<n>{_SMALL})(?: of them)?\W*$", r", top \g<n>"),
        (r"\b(per|for each|for every) (successful|failed|unsuccessful|completed) one\b",
         r"\1 \2 request"),
        # "watercolor or oil painting, which has more generations"
        (r"^\W*(?P<one>[\w .-]+?) or (?P<two>[\w .-]+?)[,:;-]+ ?(?:which|what|who)(?: one| of them"
         r"| of the two)? (?P<does>has|had|have|gets|got|is|was|sees|saw|costs?|makes?|takes?)"
         r" (?P<what>.+?)\W*$", r"which \g<does> \g<what>, \g<one> or \g<two>"),
        # "mood breakdown for fantasy pictures", "device split of users per region"
        (rf"(?:\b(?:the|a) )?\b(?P<field>{_FIELD}) {_KINDS_OF} (?:of|for|among|in) (?:the )?"
         rf"(?P<what>[\w .-]+?) (?:per|by|in each|for each|across) (?P<group>{_FIELD})s?\W*$",
         r"number of \g<what> by \g<group> and \g<field>"),
        (rf"(?:\b(?:the|a) )?\b(?P<field>{_FIELD}) {_KINDS_OF} (?:of|for|among) (?:the )?"
         rf"(?P<what>(?!(?:cost|latency|friction|churn)\b)[\w .-]+?)(?: (?:pictures|images))?\W*$",
         r"number of \g<what> by \g<field>"),
        # "which samplers are there and how often is each used"
        (rf"^\W*(?:which|what) (?P<field>{_FIELD})s? (?:are there|exist|are used|do we (?:have|use)"
         r"|are in use|occur),? and how (?:often|frequently|many times|much) (?:is|are|was|were|do"
         r"|does) (?:each|they|each of them|each one|each of those)(?: being)?"
         r" (?:used|occur|appear|come up)\W*$", r"number of generations by \g<field>"),
        # "how much of the cost went to failures, as a share"
        (rf"^\W*(?:how much|what {_SHARE}) of (?P<what>.*?),? (?:as|in) an? {_SHARE}\W*$",
         r"what share of \g<what>"),
        # "sessions that churned after vs those that did not"
        (r"\b(?:that|which|who) churned(?: after(?:wards)?)? (?:vs|versus|against|compared"
         r" (?:to|with)|and|or)"
         r" (?:those|the ones|ones|sessions)? ?(?:that|which|who)? ?did not(?: churn)?",
         "by churned or not"),
        (r"\b(?:that|which) (?:were|was|got) (?:downloaded|saved) (?:vs|versus|against|compared"
         r" (?:to|with)|and|or) (?:those|the ones|ones|generations)? ?(?:that|which)? ?"
         r"(?:were|was|did) not(?: downloaded| saved)?", "by downloaded or not"),
        # "what does a successful image cost on average"
        (rf"\b(?:what|how much) (?:does|did|do|will) (?:a|an|one|the average) (?P<how>successful"
         rf"|failed|completed|unsuccessful) {_ROW} cost(?!.*\b(?:counting|including)\b)"
         r"(?: us)?(?: on average)?",
         r"average cost of \g<how> requests"),
        # "most common setting among prompts"
        (rf"\b(?P<end>most|least) (?:common|frequent|popular|used|typical) (?P<field>{_FIELD})"
         r" (?:among|of|in|across) (?:the |all |our |all the )?(?:distinct |unique )?prompts\b",
         r"\g<field> with the \g<end> prompts"),
        # "of the users who signed up in January came back in February"
        (r"(?P<who>(?:users|people|customers) (?:who|that) (?:signed up|joined|registered) in"
         r" [\w ]+?) (?:came back|returned|were back|showed up again|were still around)"
         r" (?=in|during|on|last|this)", r"\g<who> were active "),
        (rf"\bfor (?:each|every) (kind|type|sort) of (?={_ROW}|prompt|user|device)", r"by \1 of "),
        (r"^\W*n (?=(?:by|per|for each)\b)", "number of generations "),
    )
)  # fmt: skip


def said_shorter(text: str) -> str:
    """Return a lower-case question with long turns of phrase put shortly.

    "The mood breakdown for fantasy pictures" is their "number by mood", "watercolor or anime, which
    has more requests" is "which has more requests, watercolor or anime".
    """
    return rows_plainly(rewritten(text, _REPLACED))
