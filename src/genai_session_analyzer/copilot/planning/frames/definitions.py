"""A word and what is meant by it: "clean successes, meaning zero retries"."""

import re
from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.frames.parts import Tag, of_kinds, without
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_BY_RULE = (
    r"(?<!were )(?<!was )(?<!first )(?<!last )"
    r"(?:defined|understood|taken|counted|measured|computed|calculated|expressed|worked out"
    r"|reckoned"
    r"|gauged|quantified|read|treated|interpreted|stated|given|seen|judged|put)"
    r" (?:here )?(?:as|in(?! (?:characters|tokens|letters|words|(?:milli)?seconds|minutes|hours))"
    r"|to be|to mean|by)|(?:here )?defined by|as measured (?:as|by|in)"
)
_IN_WORDS = (
    r"i\.?\s?e\.?,?|that is to say|that is(?=,)|that s|that's|in other words|put (?:differently"
    r"|another"
    r" way)|to put it (?:differently|another way|plainly)|meaning(?: that| those| the ones)?"
    r"|which means|which is to say|by (?:which|that) (?:i|we) (?:mean|understand)|(?:i|we) mean"
    r"|as in|namely|viz\.?|to wit|or rather|in the sense (?:of|that)|to be (?:precise|exact)"
    r"|more precisely|read(?=:)|here meaning|with that (?:i|we) mean"
)
_MARKED = re.compile(
    rf"^(?P<term>.+?)\s*(?:[,;:(\u2013\u2014-]+\s*|\s)(?:(?P<rule>{_BY_RULE})"
    rf"|(?P<words>{_IN_WORDS}))"
    r"[\s,:]+(?P<meant>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GLOSSED = re.compile(
    r"^\W*(?:(?:call|name|let us call|say) (?P<m1>.+?) (?:a|an|the)? ?(?P<t1>[\w-]+(?: \w+)?)"
    r"|(?:(?:a|an|the) )?(?P<t2>[\w -]{3,40}?)\s*(?:=|:=|(?:is|are|means?|shall be|counts? as)"
    r" (?=(?:a |an |any |all |the )?(?:user|session|request|generation|prompt|people|person|anyone"
    r"|anybody|someone|somebody|those|one |member|customer|account|visit)))\s*"
    r"(?:a |an |any |all )?(?P<m2>[^.?!;]+))\s*[.;:]\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"^(?P<rest>.+?),? counting as (?:a |an |the )?(?P<t2>\w+) (?P<m2>.+)$", re.IGNORECASE
)
_BY_WORD = re.compile(
    r"^\W*(?:by|with) (?:an? )?(?P<t2>\W?[\w -]+?\W?),? (?:i|we) (?:mean|understand|refer to)"
    r" (?:a |an |any |all )?(?P<m2>[^.;:?]+)[.;:]\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_IF_IS = re.compile(
    r"^\W*(?:if|when|say|suppose|given that|assuming) (?:a |an |the )?(?P<t2>[\w -]+?)"
    r" (?:is|are|means?|counts? as)"
    r" (?:a |an |any )?(?P<m2>(?:one|those|ones|anything|anybody|anyone|users?|sessions?|requests?"
    r"|generations?)\b[^,?]+), (?:then )?(?P<rest>(?:how|which|what|list|show|count)\b.*)$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^\W*(?P<t2>[\w -]+?)\s*(?:\(|,\s+|\s[-\u2013\u2014]+\s)(?P<m2>(?:those|the ones|over"
    r"|under|above"
    r"|below|more|less|fewer|at least|at most|longer|shorter|with|that|which|who)\b[^():;]+?)"
    r"(?:,? that is)?\s*(?:\)|[:;]|\s[-\u2013\u2014]+(?=\s))+\s*(?P<rest>(?:how many|count|list"
    r"|number)\b.*)$",
    re.IGNORECASE,
)
_IN_TERMS = re.compile(
    r"^\W*(?P<term>how (?!many\b|much\b|often\b)\w+ .*?),?\s+(?P<rule>in terms of|going by"
    r"|judging by"
    r"|as measured by|by)\s+(?P<meant>(?:the )?(?:p\d\d|median|mean|average|\w+ rate)\b.*)$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"\s*(?:\)|[,;:](?=\s)|[?.!](?=\s))\s*")
_LOOSE_END = re.compile(
    r"(?:\s+(?:with|have|has|had|that|who|which|are|is|were|gone|went|been|in|the|a|an|of))+\s*$"
)
_LISTS = re.compile(r"^\W*(?:list|show|who|which|name|display)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many\b.*$", re.IGNORECASE)
_ROWS = re.compile(r"^\W*(?:those|the ones|ones|one|anything|anybody|anyone|people|somebody"
                   r"|someone)\b\s*",
                   re.IGNORECASE)  # fmt: skip


def has_rule(text: str) -> bool:
    """Return whether a number is defined: "engagement, counted as generations per user"."""
    match = _MARKED.match(text)
    return bool(match and match["rule"]) or _IN_TERMS.match(text) is not None


def with_meaning(text: str, tag: Tag) -> Iterator[str]:
    """Yield questions with what is meant in place of the words that it explains.

    The words that are not known, or that the data says nothing about, are those explained; all
    others stay. "How many users have a clean sheet, meaning no safety violation" asks how many
    users have no safety violation.
    """
    yield from _glossed(text, tag)
    match = _IN_TERMS.match(text) or _MARKED.match(text)
    if match is None:
        return
    term = tag(match["term"])
    for meant, behind in _ends(match["meant"]):
        yield from _put_in(term, meant, behind, tag, bool(match["rule"]))


def _terms(text: str) -> tuple[str, str, str] | None:
    """A word with what it means and the question; None where none is given a meaning."""
    for pattern in (_GLOSSED, _BY_WORD, _IF_IS, _BESIDE, _COUNTING):
        match = pattern.match(text)
        if match:
            found = match.groupdict()
            term = found.get("t1") or found["t2"]
            meant = found.get("m1") or found["m2"]
            return (
                term.strip(" '\"\u2018\u2019\u201c\u201d"),
                meant.strip(" .?!"),
                found["rest"].strip(" .?!"),
            )
    return None


def _ends(meant: str) -> Iterator[tuple[str, str]]:
    """The explanation up to the end, and up to each mark with what is behind it."""
    yield meant.strip(" .?!)"), ""
    for mark in _CLAUSE_END.finditer(meant):
        behind = meant[mark.end() :].strip(" .?!")
        if behind:
            yield meant[: mark.start()], behind


def _put_in(term: Tagged, meant: str, behind: str, tag: Tag, is_rule: bool) -> Iterator[str]:
    explained = "?!^~"
    yield from _other_mean(term, meant, behind, tag)
    kept = _LOOSE_END.sub("", without(term, explained))
    rows = next((piece.text for piece in of_kinds(term, "E")), "")
    said = tag(meant)
    if not is_rule and _differ(term, said):
        return
    plain = _ROWS.sub(f"{rows} " if rows else "users ", meant)
    if is_rule or said.sentence.has("Q") or said.sentence.has("A"):
        frame = without(term, f"{explained}QHAVvRK{'E' if is_rule else ''}")
        is_counted = re.search("[QHARKVvB]", said.sentence.shape) or _LISTS.match(term.text)
        counted = "" if is_counted else "number of "
        if not _LISTS.match(term.text):
            yield f"{counted}{plain} {frame} {behind}".strip()
    if not said.sentence.has("E") or said.sentence.pieces[0].kind != "E":
        yield f"{kept} with {meant} {behind}".strip()
        yield f"{kept} {meant} {behind}".strip()
        bare = _LOOSE_END.sub("", without(term, f"{explained}AbMS"))
        yield f"{bare} with {meant} {behind}".strip()
    if rows and re.search(r"\b(?:ones|those)\b", meant):
        yield re.sub(r"\b(?:the )?(?:ones|those)\b", rows, f"{meant} {behind}")
    counts = "number of " if of_kinds(term, "H") else ""
    shown = without(term, f"{explained}HE")
    yield f"{counts}{plain} {behind} {shown}".strip() if counts else f"{shown} {plain} {behind}"


def _differ(term: Tagged, said: Tagged) -> bool:
    """Whether both name a number, and not the same one: "success rate, i.e. error rate"."""
    named, again = ({piece.key for piece in of_kinds(each, "Q")} for each in (term, said))
    return bool(named and again and not named & again)


def _other_mean(term: Tagged, meant: str, behind: str, tag: Tag) -> Iterator[str]:
    """`The usual wait, I mean the median`: one way of putting together for another."""
    said, amounts = tag(meant).sentence, of_kinds(term, "Q")
    if said.shape != "A" or not amounts:
        return
    text = without(term, "A?")
    amount = amounts[0].text
    if amount in text:
        yield f"{text.replace(amount, f'{said.pieces[0].text} {amount}', 1)} {behind}".strip()


def _glossed(text: str, tag: Tag) -> Iterator[str]:
    """`A whale is a user above 200 generations`: asked with that in place of the word."""
    found = _terms(text)
    if found is None:
        return
    term, meant, rest = found
    named_rows = tag(term)
    rows = " ".join(piece.text for piece in of_kinds(named_rows, "LVvE"))
    rows = rows if named_rows.sentence.has("E") else ""
    plain = _ROWS.sub("", meant)
    named = re.compile(
        rf"\b(?:a |an |the |our |those )?{re.escape(term)}['\u2019\"\u201d]?(?:e?s)?\b",
        re.IGNORECASE,
    )
    has_rows = plain == meant and tag(meant).sentence.shape.startswith("E")
    for joint in (" ",) if has_rows else (" with ", " "):
        whole = plain if has_rows else f"{rows or 'users'}{joint}{plain}"
        whole = re.sub(r"\bwith (?:with|that|who|which)\b", "with", whole)
        if named.search(rest):
            yield named.sub(whole, rest, count=1)
        elif rows and _HOW_MANY.search(rest):
            yield f"how many {whole}"
