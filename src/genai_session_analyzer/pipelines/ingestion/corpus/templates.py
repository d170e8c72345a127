"""Templates: a layout for one domain, slot by slot, with or without an unsafe part."""

from itertools import pairwise

from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import Vocabulary

SLOT_COUNT = 24

OPENING, JOINED, LISTED = 0, 1, 2
GLUE_COUNT = 3

_BY_DOMAIN = {"subject", "article subject", "action", "opening"}
_OPENINGS = {"opening", "style opening"}
_ALWAYS_JOINED = {"subject", "and artist", "unsafe"}
_JOINED_TO_SUBJECT = {"action", "setting"}
_ABOUT_SUBJECT = {"subject", "article subject", "action", "setting"}


def build_templates(vocabulary: Vocabulary) -> list[list[str]]:
    """Kind of phrase by template and slot, each `SLOT_COUNT` long.

    Layout by layout, all domains of each; the twins with an unsafe part after all others.
    """
    modifiers = list(vocabulary.modifiers)
    safe = [
        _filled([_kind(slot, domain) for slot in layout.slots], modifiers)
        for layout in vocabulary.layouts
        for domain in vocabulary.domains
    ]
    return safe + [_with_unsafe_part(kinds) for kinds in safe]


def template_weights(vocabulary: Vocabulary) -> list[float]:
    """Weight of each template without an unsafe part, in the order of `build_templates`."""
    return [
        layout.weight * domain.weight
        for layout in vocabulary.layouts
        for domain in vocabulary.domains.values()
    ]


def fewest_parts(kinds: list[str]) -> int:
    """Parts a prompt needs to name its subject, and to be unsafe where the template is."""
    needed = [slot for slot, kind in enumerate(kinds) if "subject/" in kind or kind == "unsafe"]
    return needed[-1] + 1


def slot_of(kinds: list[str], wanted: set[str]) -> int:
    """The first slot of one of the wanted kinds, `SLOT_COUNT` where there is none."""
    return next((slot for slot, kind in enumerate(kinds) if kind in wanted), SLOT_COUNT)


def build_glues(kinds: list[str]) -> list[int]:
    """How each part is tied to the one before it.

    `OPENING` for the first, `JOINED` by a space, or `LISTED` behind the writer's separator.
    """
    names = [kind.partition("/")[0] for kind in kinds]
    joined = [
        before in _OPENINGS
        or name in _ALWAYS_JOINED
        or (name in _JOINED_TO_SUBJECT and before in _ABOUT_SUBJECT)
        for before, name in pairwise(names)
    ]
    return [OPENING, *(JOINED if tied else LISTED for tied in joined)]


def _kind(slot: str, domain: str) -> str:
    return f"{slot}/{domain}" if slot in _BY_DOMAIN else slot


def _filled(kinds: list[str], modifiers: list[str]) -> list[str]:
    """The kinds of a layout, then modifiers of each group in turn."""
    missing = SLOT_COUNT - len(kinds)
    return kinds + [modifiers[(len(kinds) + n) % len(modifiers)] for n in range(missing)]


def _with_unsafe_part(kinds: list[str]) -> list[str]:
    place = fewest_parts(kinds)
    return [*kinds[:place], "unsafe", *kinds[place:]][:SLOT_COUNT]
