"""Words that add nothing once the others are read."""

from genai_session_analyzer.copilot.planning.drafts import Draft


def take_idle_words(draft: Draft) -> None:
    """Take words that add nothing: "how much" beside an amount, "only" beside a condition."""
    sentence = draft.sentence
    if any(idea.kind == "quantity" for idea in draft.ideas):
        much = [at for at in sentence.left("H") if sentence.pieces[at].key == "much"]
        sentence.take(*much)
    if draft.keeps or draft.conditions or draft.rank or draft.tagged.times.range:
        sentence.take(*sentence.left("O"))
