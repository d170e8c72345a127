"""Two values held against each other: "is europe slower than asia", "do pro users spend more"."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.groups.values_side_by_side import shared_field
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_SPEEDS = ("slower", "faster", "quicker")


def read_value_comparison(draft: Draft) -> None:
    """Show the number for both values; which is higher is there to be seen."""
    sentence = draft.sentence
    at = _comparative(draft)
    values = sentence.left("L")
    if at is None or len(values) < 2:
        return
    shared = shared_field(sentence, values)
    if shared is None:
        return
    _ask_implied(draft, at)
    kept = tuple(sentence.pieces[place].value for place in values)
    draft.keeps.append(Keep(field=shared, values=kept, position=values[0]))
    if shared not in draft.groups:
        draft.groups.append(shared)
    much = [place for place in sentence.left("H") if sentence.pieces[place].key == "much"]
    sentence.take(at, *values, *sentence.left("G"), *much)
    if sentence.first("[L_]E[pa]*Q") and sentence.has("E", "users") and sentence.first("A"):
        _average_over_users(draft)


def _average_over_users(draft: Draft) -> None:
    """`Do pro users spend more than free users on average`: what one of them spends."""
    amounts = [piece for piece in draft.sentence.pieces if piece.kind == "Q"]
    if len(amounts) == 1 and amounts[0].key in ("cost", "retries", "images"):
        draft.per = "users"


def _comparative(draft: Draft) -> int | None:
    """Where it is: "higher than" without a number, "more ... than", "faster, a or b"."""
    sentence = draft.sentence
    texts = [piece.text for piece in sentence.pieces]
    for at in sentence.left("Ch"):
        if texts[at].endswith("than") and "n" not in sentence.shape[at + 1 : at + 3]:
            return at
    for at in sentence.left("x"):
        joined = any(sentence.shape[place] == "D" and texts[place] == "or"
                     for place in range(len(texts)))  # fmt: skip
        if "than" in texts[at:] or joined:
            return at
    return None


def _ask_implied(draft: Draft, at: int) -> None:
    """The number that "slower" is about, or the rate of what happens "more often"."""
    sentence = draft.sentence
    piece = sentence.pieces[at]
    is_often = any(word in piece.text for word in ("often", "likely", "frequent"))
    counted = any(sentence.pieces[place].key != "much" for place in sentence.left("H"))
    named = counted or sentence.first("[QR]" if is_often else "[QRV]") is not None
    if piece.kind == "h":
        key = piece.key.rsplit(" ", 1)[0]
        draft.ask(Idea(kind="quantity", key=key), at)
        sentence.take(*(p for p in sentence.left("Q") if sentence.pieces[p].key == key))
    elif piece.kind == "x" and piece.text in _SPEEDS and not named:
        draft.ask(Idea(kind="quantity", key="latency"), at)
    elif piece.kind == "x" and piece.text in ("longer", "shorter") and not named:
        key = "duration" if sentence.has("E", "sessions") else "latency"
        key = "prompt_length" if sentence.has("E", "prompts") else key
        draft.ask(Idea(kind="quantity", key=key), at)
    elif piece.kind == "x" and piece.text not in ("more", "less") and not named:
        draft.trouble = f"what is {piece.text}"
    elif not named:
        for place in sentence.left("vV"):
            if "rate" in entries("lexicon")["events"][sentence.pieces[place].key]:
                draft.ask(Idea(kind="rate", key=sentence.pieces[place].key), place)
                sentence.take(place)
                return


def take_comparatives(draft: Draft) -> None:
    """`Higher than` adds nothing where two times or two values are compared anyway."""
    sentence = draft.sentence
    if draft.tagged.times.comparison or draft.tagged.times.is_split or sentence.has("G"):
        sentence.take(*sentence.left("x"))
    if any(keep.field in draft.groups and len(keep.values) > 1 for keep in draft.keeps):
        sentence.take(*sentence.left("y"))
