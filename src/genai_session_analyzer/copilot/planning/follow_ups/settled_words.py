"""Words of a follow-up whose meaning hangs on the question before, settled before the rules."""

import re

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.rules.groups.grouping import GROUPABLE
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_ROWS = ("generation", "request", "session", "prompt", "visit", "job", "run", "image")


def settle_words(sentence: Sentence, previous: QueryPlan) -> None:
    """Give the words of a follow-up the meaning they have behind the question before."""
    _settle_removed(sentence)
    _settle_kept(sentence, previous)
    _settle_values(sentence, previous)
    _settle_unknown(sentence, previous)
    _settle_counted(sentence, previous)
    if re.fullmatch("[op]*BA[opi]*", sentence.shape):
        sentence.drop(sentence.shape.index("B"))  # "by p95", of what is ranked by the mean
    _settle_periods(sentence, previous)
    _settle_signed_up(sentence)
    if previous.order and previous.limit:
        _settle_ranked_by(sentence)


def _settle_removed(sentence: Sentence) -> None:
    """`Drop enterprise` leaves it out, "instead of the median" what was there before."""
    for at in reversed(sentence.left("?")):
        if sentence.pieces[at].text in ("one", "ones"):
            sentence.drop(at)  # "without the failed ones"
    last = len(sentence.pieces) - 1
    if re.search("[^TMSb]n$", sentence.shape) and sentence.pieces[last].text == "one":
        sentence.drop(last)  # "how many users had one"
    for at in sentence.left("X"):
        if sentence.pieces[at].text == "rather than":
            sentence.replace(at, "i", "instead")
            sentence.insert_after(at, "o", "of")
    for match in re.finditer("q(?=[op]*L)", sentence.shape):
        if sentence.pieces[match.start()].key == "remove":
            sentence.replace(match.start(), "X", "not")
    for match in reversed(list(re.finditer("i(oB?[ALFQEV])", sentence.shape))):
        for at in reversed(range(*match.span(1))):
            sentence.drop(at)  # "the mean instead of the median", "rather than by model"


def _settle_kept(sentence: Sentence, previous: QueryPlan) -> None:
    """`Only dark images` are rows to keep; "just the failures" of an amount the failed ones."""
    images = sentence.first("^[qoODXp]*[Lv][op]*(Q)[opO]*$")
    if images and sentence.pieces[images.start(1)].key == "images":
        sentence.drop(images.start(1))
    rows = sentence.first("^[qoODXp]*(V)[opO]*$")
    if rows and any(word in sentence.pieces[rows.start(1)].text for word in _ROWS):
        sentence.replace(rows.start(1), "v", sentence.pieces[rows.start(1)].key)
    match = re.fullmatch("[qopDp]*(?:O[op]*(V)|(V)[op]*O)[op]*", sentence.shape)
    names = [use.name for use in previous.measures]
    amounts = ("mean_", "total_", "median_", "p50_", "p90_", "p95_", "p99_", "max_", "min_")
    if match and names and all(n.startswith(amounts) or n == "generation_count" for n in names):
        at = match.start(match.lastindex or 1)
        sentence.replace(at, "v", sentence.pieces[at].key)


def _settle_values(sentence: Sentence, previous: QueryPlan) -> None:
    """`And short ones?`, of very long prompts: another value of a field of the question before."""
    names = {each.field.rpartition(".")[2] for each in previous.filters} | set(previous.dimensions)
    values = sentence.left("L")
    if len(values) == 1 and sentence.pieces[values[0]].fields[1:] == ():
        field = sentence.pieces[values[0]].fields[0]
        if field in names and not sentence.has("F", field):
            sentence.insert_after(values[0], "F", field)


def _settle_counted(sentence: Sentence, previous: QueryPlan) -> None:
    """`Count too`, "add the count": the number of rows beside the numbers of before."""
    match = re.fullmatch("[Dopq]*(H)[opq]*", sentence.shape)
    if match and "q" in sentence.shape and sentence.pieces[match.start(1)].text.startswith("count"):
        sentence.replace(match.start(1), "E", previous.entity)


def _settle_periods(sentence: Sentence, previous: QueryPlan) -> None:
    """`The top three hours`, of a question by hour."""
    match = re.fullmatch("[DopqO]*(?:Tn|nT)(U)[opq]*", sentence.shape)
    if match and previous.grain:
        unit = sentence.pieces[match.start(1)].text.removesuffix("s")
        if previous.grain.startswith(unit):
            sentence.take(match.start(1))


def _settle_signed_up(sentence: Sentence) -> None:
    """`Only users who signed up in 2024` are rows to keep."""
    match = re.match("[Dopq]*O[op]*(E)[op]*s", sentence.shape)
    if match and sentence.pieces[match.start(1)].key == "users":
        sentence.take(match.start(1))


def _settle_unknown(sentence: Sentence, previous: QueryPlan) -> None:
    """`Exclude unknown`, of a question by mood: the unknown moods."""
    alone = re.fullmatch("[qopDpO]*X?[opO]*(e)[opDi]*", sentence.shape)
    if alone and len(previous.dimensions) == 1:
        sentence.insert_after(alone.start(1), "F", previous.dimensions[0].rpartition(".")[2])


def _settle_ranked_by(sentence: Sentence) -> None:
    """`By number of requests instead`, of the top ten by cost: what ranks them."""
    for match in reversed(list(re.finditer("B(H?)o?A?o?([QVvE])", sentence.shape))):
        key = sentence.pieces[match.start(2)].key
        if (match[2] == "E" and not match[1]) or key in GROUPABLE:
            continue
        sentence.replace(match.start(), "Y", "by")
