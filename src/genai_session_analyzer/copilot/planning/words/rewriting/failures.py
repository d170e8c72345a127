"""Failures, refusals, retries and churn by other names."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_FAILURES = r"(?:failures|errors|failed (?:requests|generations|jobs|runs))"
_SEVERAL = r"(?:more than (?:one|1|a single)|several|multiple|at least (?:two|2)|(?:two|2) or more)"
_TRIES = r"(?:attempts?|tr(?:y|ies)|goes|runs?|shots?|rounds?)"


_BEFORE = rules(
    (rf"\b(?:(?:the )?(?:breakdown|split) of )?(?:the |all )?{_FAILURES} "
     r"(?:broken down |split )?by (?:their )?(?:error |failure )?"
     r"(?:kind|type|reason|status)"
     r"\s*,?\s*(?:as a|in|as) (?:share|percentage|percent|fraction|proportion)"
     rf"(?: of (?:all |the |all the |total )?{_FAILURES})\b",
     "share of requests by status among failures"),
    (r"\b(?:(?:were|was|got|get|are|have|has) )?(?:bounc\w+ off(?: of)?|ran into"
     r"|runs? into|running into|hit|hits|hitting|(?:stopped|rejected|turned away) by) "
     r"(?:the|our|a) rate[ -]?limit(?:er)?s?\b", "hit the rate limit"),
    (r"\bsessions after which (?:the |a |their )?users? (?:has |had |have )?"
     r"(?:churned|left)\b", "sessions that churned"),
    (r"\b(crash|error|failure)(e?s?) of the models?\b", r"model \1\2"),
    (rf"\b(?:needed|took|required|had|need|take|require) {_SEVERAL} {_TRIES}\b"
     r"(?! of)", "were retried"),
    (r"\b(?:does|did|do) (?:the |our )?(?:safety|content|moderation|nsfw) (?:filter|check"
     r"|system|policy) (?:refuse|block|reject|trigger|kick in|strike|step in|intervene|fire"
     r"|catch|stop|deny)(?: (?:something|anything|an?|any))?"
     r"(?! \w+ (?:request|generation|image))", "are requests blocked by the safety filter"),
)  # fmt: skip
_AFTER = rules(
    # which kinds of failures
    (r"\b(?:failure|error)s? (?:breakdown|mix|split)"
     r" (?:in|as|by)(?: an?)? (?:percent(?:age)?s?|shares?)\W*$",
     "share of requests by status among failures"),
    (r"\b(?:failure|error)s? (?:mix|breakdown|split) (?=(?:by|per) )",
     "number of failed requests by status and "),
    # what they waste
    (r"\bhow (?:many credits|much money|much) (?:did|do|does) (?:the )?"
     r"(?:failures|errors|failed \w+) waste\b", "how much was wasted on failures"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with what went wrong in the words of the lexicon.

    Who "bounced off the rate limiter" hit the rate limit, what "took several attempts" was
    retried.
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with kinds of failures as a number by status."""
    return rewritten(text, _AFTER)
