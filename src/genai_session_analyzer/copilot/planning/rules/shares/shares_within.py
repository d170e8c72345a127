"""Shares within groups: "for each tier, the share of its sessions in each friction band"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_LEADING = re.compile("^[opDHZIWE]*B*I?(?P<group>F)(?P<more>(?:[DB]+F)*)[EQ]?[opDWIH]*R")
_TRAILING = re.compile("(?:R[opa]*|^[HpoaI]*)[EQV](B)+I?(F)[opaDv]*(B)+I?(F)")
_OWNER = re.compile("^[opDHZIW]*(?P<share>R)(?P<by>B)(?P<group>[FE])")
_PART = re.compile("R[opaW]*B+(F)[opav]*(?:[EQ][opa]*)?B+I?(F)")
_MIXED = re.compile("(?:R[opa]*F|F[opa]*R[opa]*)(B)I?(F)$")
_ITS = re.compile(r"^(?:[^\w,;:]*(?:s )?|\W*(?:its|their))[^\w,;:]*$")
_OWNED = re.compile(r"\b(generation|request|image|session|visit|user|prompt)s?$")
_ROWS = {"request": "generations", "image": "generations", "visit": "sessions"}
_EACH = re.compile(r"\b(?:in|into|on|to|with|at|has|have|from|among) (?:each|every)\b")
_VERB = re.compile(
    r"\b(?:does|do|did|is|are|was|were|has|had|falls?|fell|goes|go|went|comes?|came|accounts?)\b"
)
_FOR_EACH = ("for each", "for every", "per", "within each", "within every")
_WHOLE = re.compile(
    r"\b(?:of|to) (?:all|the (?:total|whole|overall|entire)|total|every|overall)\b|\ball\b"
)
_PERIOD = re.compile(
    r"\b(?:in|on|at|by|per|for|of|from|within) (?:each |every )?"
    r"(?:hour|day|week|weekday|month|quarter|year)\b"
)


def settle_shares_within(draft: Draft) -> None:
    """Note of which groups each makes a whole, where the groups of a share are named apart.

    "Share of sessions by tier and band" stays a share of all sessions.
    """
    sentence = draft.sentence
    if not sentence.has("R") or draft.share_within:
        return
    _put_owner_first(sentence)
    if _WHOLE.search(draft.tagged.text):
        return
    leading, part = _LEADING.match(sentence.shape), _PART.search(sentence.shape)
    if leading:
        at = _leading_group(draft, leading)
    else:
        at = _owner_of(draft, part) if part else _named_group(draft)
        mixed = _MIXED.search(sentence.shape)
        if at is None and mixed and sentence.pieces[mixed.start(1)].text in _FOR_EACH:
            at = mixed.start(2)  # "share of models within each sampler"
    if at is not None:
        draft.share_within = sentence.pieces[at].key


def _put_owner_first(sentence: Sentence) -> None:
    """Read "share of each tier's sessions" as "for each tier, share of sessions"."""
    match = _OWNER.match(sentence.shape)
    if not match or not sentence.pieces[match.start("by")].text.startswith("of "):
        return
    group, share = match.start("group"), match.start("share")
    swallowed = _OWNED.search(sentence.pieces[group].text)
    if swallowed:  # "each model's generations" is also what a field is called
        key = _ROWS.get(swallowed[1], f"{swallowed[1]}s")
        sentence.insert_after(group, "E", key)
    if sentence.shape[group + 1 : group + 2] not in ("E", "Q", "V"):
        return
    sentence.move(match.start("by"), share)
    sentence.move(group, share + 1)


def _leading_group(draft: Draft, leading: re.Match[str]) -> int | None:
    """The place of the field named before the share, where it is divided further."""
    sentence = draft.sentence
    share = sentence.pieces[leading.end() - 1].start
    divided = re.search("B+I?F", sentence.shape[leading.end() :])
    by_period = _PERIOD.search(draft.tagged.text, share)
    if not divided and not by_period:
        return None
    named = sentence.pieces[leading.start("group")]
    end = named.start + len(named.text)
    is_part = end <= share and _ITS.match(draft.tagged.text[end:share])
    if is_part and not leading["more"]:  # "each model's share of the cost in each region"
        return leading.end() + divided.end() - 1 if divided else None
    led_by_period = draft.tagged.times.grain and not by_period
    if divided and (led_by_period or leading["more"]):
        draft.trouble = "a share within several groups at once"
        return None
    return leading.start("group")


def _owner_of(draft: Draft, part: re.Match[str]) -> int:
    """`Share of each region in the cost of each model` is within the models."""
    one, other = (draft.sentence.pieces[part.start(at)] for at in (1, 2))
    between = draft.tagged.text[one.start + len(one.text) : other.start]
    is_owner = _OWNED.search(one.text) or _VERB.search(between)
    return part.start(1) if is_owner else part.start(2)


def _named_group(draft: Draft) -> int | None:
    """The place of the field that owns what is shared out, where both are named after it."""
    sentence = draft.sentence
    trailing = _TRAILING.search(sentence.shape)
    if not trailing:
        return None
    one, other = (sentence.pieces[trailing.start(part)] for part in (1, 3))
    between = draft.tagged.text[one.start : other.start + len(other.text)]
    if _VERB.search(between):
        return trailing.start(2)  # "share of users in each region that is on each tier"
    is_within = [piece.text.startswith("within ") for piece in (one, other)]
    if not any(is_within) and one.text in ("of each", "by") and _EACH.search(other.text):
        draft.trouble = "of which groups the shares are"
        return None
    if is_within[0] or (not is_within[1] and (_EACH.search(other.text) or one.text == "of each")):
        return trailing.start(2)  # "share of sessions per tier in each band"
    is_last = is_within[1] or _EACH.search(one.text)
    if is_last or (other.text in _FOR_EACH and one.text not in _FOR_EACH):
        return trailing.start(4)  # "share of sessions in each band per tier"
    return None
