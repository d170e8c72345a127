"""Second, third and one: places in a ranking, and numbers that are none."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
             "5th": 5, "runner up": 2, "sixth": 6, "6th": 6, "tenth": 10, "10th": 10}  # fmt: skip


def settle_place(sentence: Sentence) -> None:
    """`Which model is second in terms of cost`, "comes third by errors": the second highest."""
    for match in re.finditer(r"([U?n])[opa]*([YBp])(?=H?A?[QVE]|b?Q)", sentence.shape):
        text = sentence.pieces[match.start(1)].text
        places = re.search("[WE^][opI]*[FE][opa]*$", sentence.shape[: match.start(1)])
        if text in _ORDINALS and places and not sentence.first("[MSTb]"):
            sentence.replace(match.start(2), "M", "descending")
            for at in reversed(range(match.start(1) + 1, match.start(2))):
                sentence.drop(at)
            return


def read_ordinal(draft: Draft) -> None:
    """`The second slowest model`, "third highest cost": one row, behind those before it."""
    sentence = draft.sentence
    for match in re.finditer("[U?n](?=[SMbA])", sentence.shape):
        text = sentence.pieces[match.start()].text
        if text in _ORDINALS:
            draft.skip = _ORDINALS[text] - 1
            sentence.drop(match.start())
            return


def settle_one(sentence: Sentence) -> None:
    """`One user` is any user; "just one session" is exactly one."""
    for match in reversed(list(re.finditer("(n)(?=[EVv])", sentence.shape))):
        at = match.start()
        before = sentence.shape[at - 1] if at else ""
        piece = sentence.pieces[at]
        if before == "O" and sentence.pieces[at - 1].text in ("only", "just"):
            sentence.replace(at - 1, "C", "in")
        elif piece.text == "one" and before not in tuple("CTMSXI"):
            sentence.drop(at)
