"""A question in the lexicon's own words, by a language model: then the lexicon reads it strictly.

A small model is better at saying "error rate" for "how flaky" than at whole plans. Nothing may get
lost or come in, as far as the lexicon knows the words: `kept_meaning` sees to that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.model_planning.asking import Generated, Watch, generated
from genai_session_analyzer.copilot.model_planning.kept_meaning import (
    changed_meaning,
    is_of_same_words,
    says_what,
)
from genai_session_analyzer.copilot.model_planning.plan_prompt import quoted
from genai_session_analyzer.copilot.planning.words.lexicon import build_lexicon
from genai_session_analyzer.copilot.planning.words.tagging import Tagged, Tagger
from genai_session_analyzer.copilot.roles import Declined, Outcome, Planner, Question, Understood
from genai_session_analyzer.language_model import LanguageModel, Message, Request

_MOST_TOKENS = 48
_VARIETY = 0.6
_INSTRUCTIONS = """\
You write questions about the use of a text-to-image service again in plain words. Use these words:
number of generations, success rate, error rate, timeouts, timeout rate, rate limited generations, \
safety violations, model errors, mean latency, median latency, p95 latency, max latency, total \
cost, mean cost, wasted cost, cost per image, retries, downloads, download rate, thumbs up, share \
of thumbs up, active users, number of users, users who signed up, number of sessions, mean \
friction, session length, churn rate, number of prompts, prompt length in tokens, complexity;
by user tier, region, device, model, sampler, art style, domain, mood, cluster, prompt length \
category, friction band, user, day, week, month, weekday, hour of day;
share of, top, highest, lowest, more than, running total, average per day, compared with.
Keep every number, name and time as it is, and whatever else has plain words already. Say all that \
the question says and nothing else. Only where the data has no such thing, answer ?"""
_EXAMPLES = (
    ("How flaky is v2 lately for phone folks?", "error rate of model v2 on mobile"),
    ("Who burns through the most credits?", "users with the highest total cost"),
    (
        "where do clients hang around longest, last week",
        "region with the highest mean latency last week",
    ),
    ("how bad are sittings for paying plans", "mean friction of sessions by user tier"),
    ("profiles created in May", "number of users who signed up in May"),
    ("folks who showed up yesterday", "active users yesterday"),
    ("what look is hot on tablets?", "most used art style on tablet"),
    ("how many folks fired off over 30 jobs", "number of users with more than 30 generations"),
    ("portion of calls that ran into the limiter, per plan", "rate limited rate by user tier"),
    ("how old are our clients?", "?"),
    ("usage curve day by day in June, running", "running total of generations per day in June"),
    ("everyday load on average", "average number of generations per day"),
    ("how much of everything is done by europeans", "share of generations from europe"),
    ("slice of anime stuff for each engine", "share of generations with anime by model"),
    ("are folks happy? thumbs by engine", "share of thumbs up by model"),
    ("middle wait for desktop owners, ms", "median latency on desktop"),
    ("the 7 heaviest senders", "top 7 users by number of generations"),
    ("who has yet to save a single picture", "number of users without downloads"),
    ("our servers' electricity bill", "?"),
    ("how chatty are prompts of asian clients", "mean prompt length in tokens in asia"),
    ("blocked for bad content, fraction per week", "safety violation rate per week"),
    ("price tag of one picture per engine", "cost per image by model"),
    ("credits that bought nothing but errors, monthly", "failure cost per month"),
    ("how steady is the wait, statistically", "standard deviation of latency"),
    ("does a gloomy mood fare worse? hits by mood", "success rate by mood"),
    ("load on Monday next to load on Tuesday", "number of generations on Monday versus Tuesday"),
)
_OPENING = (
    Message("system", _INSTRUCTIONS),
    *(
        message
        for question, words in _EXAMPLES
        for message in (Message("user", quoted(question, 500)), Message("assistant", words))
    ),
)
"""The same for every question: a model that keeps what it has read reads it once."""
_GOES_ON = re.compile(
    r"\W*(?:and|or|also|add|what about|how about|same|instead|drop|remove)\b", re.I
)


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """A rewording and what the lexicon made of it.

    Attributes:
        text: The rewording; empty where the model had none.
        outcome: The lexicon's reading of it.
        written: What the model wrote.
        is_of_same_words: All words of the question were known, and the rewording has no others.
    """

    text: str
    outcome: Outcome
    written: Generated
    is_of_same_words: bool = False


def rewording(
    model: LanguageModel, lexicon: Planner, catalogue: Catalogue, facts: DataFacts
) -> "Rewording":
    """Return what rewords questions about one build."""
    return Rewording(model, lexicon, Tagger(build_lexicon(catalogue), facts))


class Rewording:
    """Rewords questions for a planner that knows few words; may be used by several threads."""

    def __init__(
        self, model: LanguageModel, lexicon: Planner, tagger: Tagger, draws: int = 3
    ) -> None:
        """Load nothing yet.

        Args:
            model: Rewords.
            lexicon: Reads the rewordings.
            tagger: Tells what a text says, as far as its words are known.
            draws: Most rewordings to try: the likeliest, then others.
        """
        self._model = model
        self._lexicon = lexicon
        self._tagger = tagger
        self._draws = draws

    def may_help(self, question: str) -> bool:
        """Return whether rewording may tell what a question without one before means.

        Not where nothing it is about is known, a word of several meanings is left ("performance"),
        or it goes on from something: whatever a model said would be made up.
        """
        return _GOES_ON.match(question) is None and says_what(self._tagger.tag(question))

    def reworded(self, question: str, watch: Watch | None = None) -> tuple[Reworded, ...]:
        """Return rewordings of a question, each read by the lexicon, the likeliest first.

        Others are drawn until two agree on a plan.

        Raises:
            ModelError: The model does not answer.
            AskCancelledError: It was cancelled.
        """
        asked = Message("user", quoted(question, 500))
        request = Request((*_OPENING, asked), max_tokens=_MOST_TOKENS, stop=("\n",))
        before = self._tagger.tag(question)
        found: list[Reworded] = []
        for number in range(self._draws):
            varied = replace(request, temperature=_VARIETY if number else 0.0, seed=number)
            reply = generated(self._model, varied, "reword", watch)
            found.append(self._read(before, reply))
            if agreed(found) is not None:
                break
        return tuple(found)

    def _read(self, before: Tagged, reply: Generated) -> Reworded:
        text = reply.text.strip(' "')
        if not text.strip("? "):
            reason = "The language model found no words of the data for it."
            return Reworded(text=text, outcome=Declined(reason=reason), written=reply)
        after = self._tagger.tag(text)
        changes = changed_meaning(before, after)
        if changes:
            reason = f"The language model's rewording changes {', '.join(changes)}."
            return Reworded(text=text, outcome=Declined(reason=reason), written=reply)
        return Reworded(
            text=text,
            outcome=self._lexicon.plan(Question(text=text)),
            written=reply,
            is_of_same_words=is_of_same_words(before, after),
        )


def settled(found: Sequence[Reworded]) -> Reworded | None:
    """Return the rewording to answer by; None where none can be trusted.

    Two that lead to the same plan; else the one plan of those that put the question's own words,
    all of them known, in another order.
    """
    both = agreed(found)
    if both is not None:
        return both
    same = [each for each in found
            if each.is_of_same_words and isinstance(each.outcome, Understood)]  # fmt: skip
    return same[0] if len(same) == 1 else None


def agreed(found: Sequence[Reworded]) -> Reworded | None:
    """Return the first of two rewordings that lead to the same plan; None where none do."""
    plans = [each.outcome.plan if isinstance(each.outcome, Understood) else None for each in found]
    for place, plan in enumerate(plans):
        if plan is not None and plan in plans[:place]:
            return found[plans.index(plan)]
    return None
