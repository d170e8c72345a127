"""Numbers with few values that are asked about like names: "which cfg scale fails most"."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence

FIELDS = {"steps": "steps", "guidance": "cfg_scale", "width": "width", "height": "height",
          "complexity": "complexity_score"}  # fmt: skip
_ASKED = (
    "W[opI]*(Q)(?=[opaE]*[MSbv])",  # "which cfg scale fails most often", "... is slowest"
    "S[opIn]*(Q)",  # "the most common step count"
    "T[n]?[opI]*(Q)(?=[opB]|$)",  # "top 3 image widths by requests"
    "H[oI]*(Q)",  # "how many different cfg scales"
)
_DIFFERENT = re.compile(r"\b(?:different|distinct|unique|separate)\b")
_VALUES = ("guidance", "width", "height")


def _is_of_values(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether values are counted: "how many different steps", "how many cfg scales"."""
    said = " ".join(piece.text for piece in sentence.between(match.start(), match.start(1)))
    number = sentence.pieces[match.start(1)]
    return bool(_DIFFERENT.search(said)) or (number.key in _VALUES and number.is_plural)


def settle_listed_numbers(sentence: Sentence) -> None:
    """Read such a number as a field to group by; "the most steps" and "mean steps" stay numbers.

    "Smallest and largest width" are its extremes, "how many different widths" counts its values.
    """
    for match in re.finditer("(M)D(M)(?=[opA]*Q)", sentence.shape):
        for part in (1, 2):
            is_most = sentence.pieces[match.start(part)].key == "descending"
            sentence.replace(match.start(part), "A", "max" if is_most else "min")
    for pattern in _ASKED:
        for match in re.finditer(pattern, sentence.shape):
            piece = sentence.pieces[match.start(1)]
            first = sentence.pieces[match.start()]
            if first.kind == "S" and not first.key.startswith("generations "):
                continue
            if first.kind == "H" and not _is_of_values(sentence, match):
                continue
            if piece.kind == "Q" and piece.key in FIELDS:
                is_one = piece.text.startswith("number of ")
                sentence.drop(match.start(1))
                sentence.insert_after(
                    match.start(1) - 1, "F", FIELDS[piece.key], piece.is_plural and not is_one
                )
