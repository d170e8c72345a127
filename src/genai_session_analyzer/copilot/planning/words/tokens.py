"""Words of a question, cut the same way as the words of the lexicon."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9\x00]+(?:[._][a-z0-9]+)*|%|\+|[,;/=&<>]")
_WITH_UNIT = re.compile(r"(\d[\d\x00]*(?:\.\d+)?)(ms|s|secs?|mins?|x|h)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SHORT_FORMS = {
    "dau": "daily active users", "wau": "weekly active users", "mau": "monthly active users",
    "yday": "yesterday", "avg": "average", "gens": "generations", "gen": "generation",
    "reqs": "requests", "req": "request", "imgs": "images", "img": "image", "secs": "seconds",
    "mins": "minutes", "hrs": "hours", "millis": "milliseconds", "num": "number",
    "nr": "number", "qty": "number", "usr": "user", "usrs": "users", "ppl": "people",
    "acct": "account", "accts": "accounts", "sess": "sessions", "err": "error", "errs": "errors",
    "resp": "response", "perc": "percent", "w/o": "without", "w/": "with", "twice": "2 times",
    "thrice": "3 times", "approx": "about", "dls": "downloads",
    "lat": "latency", "gimme": "give me", "lemme": "let me", "#": "number",
    "hwo": "how", "hw": "how", "wats": "what is", "wat": "what", "wht": "what", "teh": "the",
    "hte": "the", "mny": "many", "adn": "and", "nad": "and", "ofr": "for", "u": "you",
    "ur": "your", "wich": "which", "whcih": "which", "fre": "free", "frm": "from", "cna": "can",
    "waht": "what", "wehn": "when", "rat": "rate", "rte": "rate", "hwats": "what is",
    "cst": "cost", "fo": "of", "thx": "thanks", "dya": "day",
    "dyas": "days", "wekk": "week", "wekks": "weeks", "fro": "for", "yb": "by", "tpo": "top",
    "nto": "not", "eht": "the", "wk": "week", "wks": "weeks", "mo": "month", "mos": "months",
    "mth": "month", "mths": "months", "mnth": "month", "yr": "year", "yrs": "years",
    "qtr": "quarter", "hr": "hour", "med": "median", "dur": "duration", "succ": "success",
    "ent": "enterprise", "msec": "milliseconds", "msecs": "milliseconds", "cnt": "count",
    "tot": "total", "amt": "amount", "prev": "previous", "incl": "including",
    "excl": "excluding", "avrg": "average", "sesh": "session",
    "lst": "last", "mob": "mobile", "ea": "each", "wo": "without", "freq": "frequency",
    "distr": "distribution", "cust": "customer", "custs": "customers",
    "b/w": "between", "stdev": "standard deviation", "sd": "standard deviation",
    "dnlds": "downloads", "len": "length", "menny": "many", "manny": "many",
    "ho": "how", "pr": "per", "thru": "through", "dl": "downloads",
}  # fmt: skip
_PER_UNIT = re.compile(
    r"(?<=[a-z]) ?/ ?(day|week|month|quarter|year|hour|user|session|request|generation|image|person"
    r"|customer|tier|region|device|model|sampler)\b"
)
_MONTH = "|".join(("january", "february", "march", "april", "may", "june", "july", "august",
                   "september", "october", "november", "december"))  # fmt: skip
_NOT_PLURAL = ("ss", "us", "is", "ous")


@dataclass(frozen=True)
class Token:
    """A word, lower-case, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word without the ending of a plural."""
        return stem(self.text)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text; hyphens part them, points and underscores inside do not.

    "us-west" is two words, "v1.5" and "rate_limited" are one, "5s" is "5" and "s".
    """
    plain = _THOUSANDS.sub("\x00", text.lower())
    found: list[Token] = []
    for match in _WORD.finditer(plain):
        found.extend(_split(match[0], match.start()))
    return tuple(found)


def _split(word: str, start: int) -> list[Token]:
    number = _WITH_UNIT.fullmatch(word)
    if number:
        middle = start + len(number[1])
        return [Token(number[1].replace("\x00", ""), start, middle),
                Token(number[2], middle, start + len(word))]  # fmt: skip
    return [Token(word.replace("\x00", ""), start, start + len(word))]


def normal(text: str) -> str:
    """Return a text lower-case, with one kind of apostrophe, and without those of short forms."""
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for short, words in _SHORT_FORMS.items():
        plain = re.sub(rf"(?<!\w){short}(?!\w)", words, plain)
    if re.match(r"\W*(?:what|how)(?:'?s| is| was| are| were)\b", plain):
        plain = re.sub(
            r"\blike\b(?=\W*(?:$|on|in|for|by|per|across|at|with|last|this)\b)", " ", plain
        )
    plain = re.sub(
        r"\b(?!the )(\w+(?: (?:up|down))?)[ -]to[ -](\w+(?: (?:up|down))?) ratio\b",
        r"ratio of \1 to \2",
        plain,
    )
    plain = re.sub(r"\bcan't\b", "can not", plain)
    plain = re.sub(r"(?<=[a-z]) ?%", " percentage", plain)
    plain = re.sub(rf"\b({_MONTH}) month\b", r"\1", plain)
    plain = _PER_UNIT.sub(r" per \1", plain)
    plain = re.sub(r":(?=\s|$)|[()]", " , ", plain)
    plain = re.sub(r"\b(?!like|other)(\w+)[- ]?wise\b", r"by \1", plain)
    plain = re.sub(r"\b(?:an|a|one) (hour|minute|second)\b", r"1 \1", plain)
    plain = re.sub(r"n't\b", " not", plain)
    return re.sub(r"'(?:s|re|ve|d|ll|m)?\b|'", " ", plain)


def stem(word: str) -> str:
    """Return the word without the ending of a plural: "styles" and "style" are one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NOT_PLURAL):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def phrase_of(words: str) -> tuple[str, ...]:
    """Return the stems of a phrase, as the lexicon holds it."""
    return tuple(token.stem for token in tokens_of(words))
