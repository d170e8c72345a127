"""Subject, setting and lighting: short texts by rules, each with how sure the rule is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import UNKNOWN, FieldName

_MOST_CHARS = 80
_BREAK = re.compile(r"[,.;:|!?\n]|\s-\s(?=by\b)")
_BRACKETS = re.compile(r"[()\[\]{}\"“”*]+")
_FRONT = re.compile(
    r"^(?:(?:an?|the|very|highly|ultra|hyper|award|winning|beautiful|stunning|amazing|detailed|"
    r"hyperrealistic|photorealistic|realistic|cinematic|intricate|professional|epic|high|quality|"
    r"close|up|closeup|full|body|half|wide|medium|macro|studio|digital|oil|watercolou?r|concept|"
    r"pencil|ink|3\s?d|2\s?d|4\s?k|8\s?k|hd|vintage|old|black|and|white|colou?r|film|movie|anime|"
    r"cover|fantasy|character)[\s-]+)*"
    r"(?:portrait|photograph|photo|picture|image|painting|illustration|drawing|sketch|render|"
    r"rendering|shot|still|screenshot|art|artwork|poster|view|depiction|design|scene)s?\s+"
    r"(?:of|from|showing|depicting|featuring)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:by|in the style of|in style of|trending on|with|wearing|holding|riding|standing|sitting"
    r"|walking|looking|eating|playing|surrounded|made|in|on|at|under|inside|through|near|against"
    r"|behind|while|is|are|as|from)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


class PhraseConfidences(BaseModel):
    """Share of right values where a rule applied and where it did not, read by eye on a sample."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stated: float = Field(ge=0, le=1)
    several: float = Field(ge=0, le=1)
    unsaid: float = Field(ge=0, le=1)


class Phrase(NamedTuple):
    """A value and the probability that it is right."""

    text: str
    confidence: float


def subject(prompt: str, confidences: PhraseConfidences) -> Phrase:
    """Return the head phrase of a prompt: its first clause without lead-in, article and tail.

    `unknown` where the prompt has no letters or digits.
    """
    plain = " ".join(_BRACKETS.sub(" ", prompt).split())
    clauses = [each.strip(" -") for each in _BREAK.split(plain)]
    spoken = [each for each in clauses if any(letter.isalnum() for letter in each)]
    if not spoken:
        return Phrase(UNKNOWN, confidences.unsaid)
    first = _FRONT.sub("", spoken[0])
    short = _ARTICLE.sub("", _TAIL.sub("", first)).strip() or _ARTICLE.sub("", first).strip()
    is_cut = len(short) > _MOST_CHARS
    text = short[:_MOST_CHARS].rsplit(" ", 1)[0] if is_cut else short
    return Phrase(
        text or spoken[0][:_MOST_CHARS], confidences.several if is_cut else confidences.stated
    )


def stated(mentions: Sequence[Mention], field: FieldName, confidences: PhraseConfidences) -> Phrase:
    """Return the setting or lighting that a prompt names: the most frequent, the first of equals.

    `unknown` where it names none.
    """
    named = [each.meaning.label for each in mentions if each.meaning.field == field]
    if not named:
        return Phrase(UNKNOWN, confidences.unsaid)
    chosen = max(dict.fromkeys(named), key=named.count)
    is_sole = len(set(named)) == 1
    return Phrase(chosen, confidences.stated if is_sole else confidences.several)
