"""Kinds of people that the question itself defines: "heavy users = 100 or more generations"."""

import re

from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.people_words import (
    ANYONE,
    WHO,
    asked_for,
)

_ADJECTIVE = (
    r"(?:heavy|power|super|churned|gone|light|casual|hard-?core|core|big|top|frequent"
    r"|occasional|rare|loyal"
    r"|engaged|regular|repeat|serial|dormant|inactive|lapsed|sleeping|sleepy|idle|silent|quiet"
    r"|lost|absent|one[- ]and[- ]done|one[- ]time|one[- ]off|one[- ]shot|single[- ]use|clean"
    r"|spotless|blameless|problem[- ]free|middling|small|tiny|true)"
)
_LABEL = (
    rf"(?:(?:our |the |any |an? |all )?(?:{_ADJECTIVE} )+{WHO}|whales?|one[- ]and[- ]done(?:"
    rf" users)?"
    rf"|one[- ]tim(?:ers?|es)|one[- ]hit wonders?|regulars|drop-?outs|{WHO} (?:have |has |with |had"
    r" |keep |kept |are |were |went |gone )*(?:a (?:clean|spotless|blank) (?:sheet|record|slate)"
    r"|(?:gone |went |fallen |fell )?(?:quiet|silent|dark|dormant|cold|inactive|lapsed|idle"
    r"|missing|asleep)))"
)
_DEFINED = (
    r"(?:[ .,:;(=-]|\b(?:are there|is there|do we have|have we got|are|is|being|defined"
    r"|counted|meant"
    r"|meaning|means?|mean|i e|i\.e\.?|ie|that is|that means|say|namely|understood|taken|as|to be"
    r"|in other words|which|i|by which|here|we)\b)+"
)
_THOSE = rf"(?:(?:how many|count of|number of|those|the|ones?|all|{WHO}|{ANYONE})\b *)*"
_N = r"(?:\d+\+?|an?|one|two|three|five|ten|twenty|fifty|hundred|a hundred|thousand)"
_NONE = (
    r"(?:no|zero|0|nothing|without(?: an?y?)?|not (?:an?|one|a single|even one|any)|never(?: an?)?)"
)
_BOUND = (
    rf"(?P<clause>(?:(?P<lead>with|having|making|(?:who |that )?(?:made|have|had|has|sent"
    rf"|did)|who|that) )?"
    rf"(?:{_NONE}\b|(?:more than|over|above|at least|fewer than|less than|under|below|at most"
    rf"|exactly"
    rf"|just|only|beyond|up to|no more than|precisely) {_N}|{_N} (?:or more|or fewer|or less|plus)"
    rf"|{_N} [a-z]+ (?:only|or more|in all)|an? single|\d+\+)[^.?;)]*)"
)
_KIND = re.compile(rf"\b{_LABEL}{_DEFINED}{_THOSE}{_BOUND}\)?(?P<rest>.*)$")
_CALLED = re.compile(
    rf"\b(?:call|say|let us call|consider|take|count)"
    rf" {_THOSE}{_BOUND.replace('[^.?;)]*', '[^.?;)]*?')}"
    rf" (?:as |to be )?(?:an? )?{_ADJECTIVE} (?:{WHO}|ones?)(?P<rest>.*)$"
)
_EMPTY = re.compile(
    r"\W*(?:(?:how many|what number|count them|number|of|them|those|such|these|users?|people|do|did"
    r"|we|have|has|got|are|is|there|in all|in total|altogether|exist|around|that|make|list|them"
    r"|qualify|the|count|please|out|users)\W*)*"
)
_TIMED = re.compile(
    r"^(?:nothing|no activity|no sign of life|silence)\b|\b(?:an?y? |one |single |no |zero |0 )"
    r"(?:activity|actions?|sign of life|use|usage)\b"
)


def read_defined_kinds(plain: str) -> Form | None:
    """Return "how many users with at least 100 generations" of a kind defined so."""
    asked, plain = asked_for(plain)
    found = _KIND.search(plain) or _CALLED.search(plain)
    if found is None or asked is None or asked == "share":
        return None
    before = plain[: found.start()]
    extra = (
        ""
        if _EMPTY.fullmatch(before)
        or asked_for(before)[1].strip(" ,:")
        in ("", "the", "our", "are", "is", "of", "all", "do we have", "all the")
        else before
    )
    if extra and asked == "count":
        return None
    rest = "" if _EMPTY.fullmatch(found["rest"]) else _extra(found["rest"])
    head = "list users" if asked == "list" else "how many users"
    text = re.sub(r"\s+", " ", f"{head} {_clause(found['clause'], found['lead'])} {rest}")
    return Form(text=text.strip(" ,"), complete=lambda plan, _: plan)


def _extra(rest: str) -> str:
    """`How many of them are on the free tier`: what else is said of them."""
    plain = asked_for(rest)[1]
    return re.sub(r"^\W*(?:(?:of|them|those|these|users|are|were|is|do|did)\b\W*)*", "", plain)


def _clause(clause: str, lead: str | None) -> str:
    """The bound in the words the planner knows: "with no generation", "with at least 100"."""
    plain = clause.removeprefix(f"{lead} ") if lead else clause
    plain = re.sub(r"^(?:not (?:an?|one|a single|even one|any)|zero|0|without(?: an?y?)?)\b",
                   "no", plain)  # fmt: skip
    plain = _TIMED.sub(" no generation", plain).strip()
    plain = re.sub(r"\b(?:beyond)\b", "above", plain)
    plain = re.sub(r"^(an?|one|two|three|\d+) ([a-z]+) only\b", r"exactly \1 \2", plain)
    plain = re.sub(r"\bexactly an?(?: single)?\b|\b(?:just|only) (?:an?(?: single)?|one)\b|^a"
    r" single\b",
                   "exactly one", plain)  # fmt: skip
    plain = re.sub(r"\band (?:nothing|no) (?:more|else|others?)\b", "", plain)
    plain = re.sub(r"\b(?:for|during|within|over) (?:the )?(?:last |past )?(?=\d+ days|\w+ days)",
                   "in the last ", plain)  # fmt: skip
    if plain.startswith("never"):
        return f"who {re.sub(r'^never an?', 'never had a', plain)}"
    return f"with {plain}"
