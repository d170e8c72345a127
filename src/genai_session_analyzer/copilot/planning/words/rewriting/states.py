"""What is meant by slower, busier, more reliable: the number that says so."""

import re

_STATES = (
    (r"(?:any )?(?:slower|faster|quicker|laggier|snappier|more sluggish|speedier|more responsive"
     r"|less responsive)|(?:slowed?|slowing|sped|speed|speeding) (?:down|up)|slow|slowed"
     r"|(?:take|took|taking|taken|wait|waited|waiting) (?:longer|less long|more time|less time)",
     "average latency"),
    (r"busier|quieter|more active|less active|more popular|less popular|calmer|more crowded"
     r"|more traffic|less traffic|more requests|fewer requests", "number of generations"),
    (r"(?:more|less) (?:reliable|stable|dependable|robust)|stabler|flakier|shakier"
     r"|more (?:unreliable|unstable|fragile)", "success rate"),
    (r"(?:fail|failed|failing|break|broke|broken|breaking|error out|go wrong|gone wrong|crash more"
     r" errors)(?: any)? (?:more|less)(?: often| frequently)?|more error[- ]prone|more errors"
     r"|fewer errors|less error[- ]prone", "error rate"),
    (r"(?:time|timed|timing) out (?:more|less)(?: often)?|more timeouts|fewer timeouts",
     "timeout rate"),
    (r"(?:retry|retried|retrying|try again) (?:more|less)(?: often)?|more retries|fewer retries",
     "retry rate"),
    (r"(?:download|downloaded|downloading|save|saved|keep|kept) (?:more|less)(?: often)?"
     r"|more downloads|fewer downloads|(?:downloaded|saved|kept) (?:more|less)(?: often)?",
     "download rate"),
    (r"more (?:frustrating|annoying|painful)|less (?:frustrating|annoying|painful)|smoother"
     r"|rougher", "average friction score"),
    (r"(?:liked|rated) (?:more|less|better|worse|higher|lower)(?: often)?|happier|unhappier"
     r"|more satisfied|less satisfied", "thumbs up share"),
)  # fmt: skip
_STATE_OF = tuple((re.compile(rf"(?:{said})"), what) for said, what in _STATES)
STATE = "|".join(said for said, _ in _STATES)
RARE = (
    r"(?:more|less) (?:frequent|common|often|likely|numerous|widespread|prevalent)|rarer|commoner"
    r"|scarcer|fewer"
)
_EVENTS = {
    "error": "error rate", "failure": "error rate", "timeout": "timeout rate", "retries":
    "retry rate", "retry": "retry rate", "download": "download rate", "crash": "model error rate",
    "crashe": "model error rate", "model error": "model error rate", "safety violation":
    "safety violation rate", "success": "success rate", "successe": "success rate",
}  # fmt: skip
EVENT = rf"(?P<event>{'|'.join(sorted(_EVENTS, key=len, reverse=True))})s?"
COUNTS = (
    r"(?:requests|generations|downloads|sessions|active users|failures|errors|timeouts|signups|cost"
    r"|costs|spending|spend|credits|traffic|volume|usage|number of (?:requests|generations|sessions"
    r"|downloads|failures|timeouts|errors|active users))"
)
GROUND = (
    r"(?:losing|gaining|winning) (?:ground|traction|popularity|favou?r|steam)|catching on|taking"
    r" off"
    r"|fading|on the wane|in decline|trending|going out of (?:fashion|style)|becoming (?:more|less)"
    r" popular|(?:lost|gained) (?:ground|traction|popularity)|on the (?:rise|up|increase)"
)
CREEPS = (
    r"(?:creep|creeping|edging|inching|trending|heading|drifting|moving|ticking|going)(?: slowly"
    r"| steadily)? (?:up|down|upwards?|downwards?|higher|lower)|on the (?:rise|up|increase|wane"
    r"|decline)|(?:rising|growing|climbing|falling|increasing|decreasing|declining|shrinking"
    r"|improving|worsening|picking up|dropping|tailing off|slipping|getting (?:better|worse|higher"
    r"|lower))"
)
NAMED = (
    r"(?:the |our )?(?P<what>(?:average |mean |median |p\d\d )?(?:latency|cost|error rate|wait"
    r"|failure rate|success rate|download rate|friction|retries|response time|churn|timeouts"
    r"|price|(?:thumbs up|approval) (?:share|rate)|retry rate|churn rate))"
)


def asked_of(found: re.Match[str]) -> str:
    """Return the number that a find's `what`, `event` or `state` is about.

    Args:
        found: Of a pattern with `NAMED`, `EVENT` or a group `state` of `STATE`.
    """
    parts = found.groupdict()
    if parts.get("what"):
        return str(parts["what"])
    if parts.get("event"):
        return _EVENTS[str(parts["event"])]
    return next(what for said, what in _STATE_OF if said.fullmatch(str(parts["state"])))
