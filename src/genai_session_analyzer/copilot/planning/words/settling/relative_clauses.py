"""Relative clauses: "whose", "in which", "all of which", "that fall into"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_OF_WHICH = re.compile(
    r"\b(?:all|every one|none|most|half|some|any) of (?:which|whom)\b"
    r"|\bwhose (?:sessions|visits|generations|requests|prompts|images)(?: (?:were|are|have|had|was"
    r"|is))? (?:all|always|only|exclusively|entirely)\b"
)
_DONE_TO = ("employed", "selected", "chosen", "adopted", "applied", "contained", "concerned",
            "featured", "utilised", "utilized")  # fmt: skip
"""What is said of what people use; of people themselves it says something else."""


def doubt_of_which(draft: Draft) -> None:
    """`Sessions all of which failed`, "users employed by": what they have to be is not known."""
    sentence = draft.sentence
    if _OF_WHICH.search(draft.tagged.text):
        draft.trouble = "how many of them it has to be"
    done = sentence.first("(E)[opa]*p$")
    if done and sentence.pieces[done.start(1)].key == "users":
        word = sentence.pieces[done.end() - 1].text
        draft.trouble = f"'{word}' of users" if word in _DONE_TO else draft.trouble


def settle_relatives(sentence: Sentence) -> None:
    """`Generations whose domain is fantasy`, "sessions in which v1.4 was used": no groups."""
    for match in re.finditer("(?<=[EFVQvLn_])[oD]?(p?)(W)", sentence.shape):
        word = sentence.pieces[match.start(2)].text
        if word == "whose" or (match[1] and word == "which"):
            sentence.replace(match.start(2), "p", "with")
    for match in re.finditer("(?<=[EF])W(?![EF])", sentence.shape):
        if sentence.pieces[match.start()].text in ("who", "which"):
            sentence.replace(match.start(), "p", "with")


def settle_falls(sentence: Sentence) -> None:
    """`Sessions that fall into the low friction band` are in it; "fall into it" says nothing."""
    for match in reversed(list(re.finditer("B(?=[opa]*(?:[LvV]|$))", sentence.shape))):
        if sentence.pieces[match.start()].text.startswith("fall"):
            sentence.replace(match.start(), "p", "in")
    for match in re.finditer("B(F)(L)(?![DG]+[opF]*L)", sentence.shape):
        field, value = (sentence.pieces[match.start(part)] for part in (1, 2))
        if field.key in value.fields:
            sentence.replace(match.start(), "p", "in")
