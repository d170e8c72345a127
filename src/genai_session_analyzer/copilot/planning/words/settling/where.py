"""Words of place that ask for none: relative clauses, groups named later, "within Europe"."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def settle_where(sentence: Sentence) -> None:
    """`Domains where more than 5 % fail` is a relative clause; "where, by region" a group."""
    for at in reversed(range(len(sentence.pieces))):
        if sentence.shape[at] == "^" and is_clear_where(sentence, at):
            if at:
                sentence.replace(at, "p", "with")
            else:
                _ask_which(sentence)


def settle_within(sentence: Sentence) -> None:
    """Read "within Europe" and "within enterprise users" as "in"; "within 5 s" is a bound."""
    for match in re.finditer("[hC](?=[op]*[LF])", sentence.shape):
        if sentence.pieces[match.start()].text in ("within", "within the"):
            sentence.replace(match.start(), "p", "in")


def _ask_which(sentence: Sentence) -> None:
    """`Where do people struggle most, by region` is: which region; not about each of them."""
    group = re.search("BI?(F)", sentence.shape)
    for at in reversed(sentence.left("E")):
        if sentence.pieces[at].key == "users" and group and at < group.start():
            sentence.drop(at)
    group = re.search("BI?(F)", sentence.shape)
    if group:
        key = sentence.pieces[group.start(1)].key
        sentence.replace(0, "W", "which")
        sentence.insert_after(0, "F", key, is_plural=False)


def is_clear_where(sentence: Sentence, at: int) -> bool:
    """Return whether a "where" is no question for a place that was not named."""
    if sentence.pieces[at].key != "where":
        return False
    if at and sentence.shape[at - 1] in "EFVn":
        return True
    if at and re.match("[opa]*[FQ][opa]*X?[opa]*[LnCceh]", sentence.shape[at + 1 :]):
        return True  # "images where the device is tablet"
    return bool(re.search("BI?F", sentence.shape))
