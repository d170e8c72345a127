"""What follows from a prompt's text alone: normal form, id, tokens, length category.

Ibis expressions that mean the same on DuckDB and PySpark.
"""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.schema.values import PROMPT_LENGTH_CEILINGS

_OTHER_WHITE_SPACE = "\t\n\r\u00a0\u3000"
_TOKENS_PER_1000_SEPARATORS = 667
_TOKENS_PER_1000_CHARACTERS = 97


def normalised_prompt(text: ir.StringValue) -> ir.StringValue:
    """Return the prompt trimmed, each run of white space made one space, case kept.

    White space is space, tab, line feed, carriage return, the no-break space (U+00A0) and the
    ideographic space (U+3000). Patterns run only over texts that need them, since plain searches
    are several times as fast. Ibis's `strip` is not used: its list of characters holds vertical
    tab and form feed, which Spark's SQL reads as the letters v and f and would cut off.

    Args:
        text: Prompts as they were typed; null stays null.
    """
    untidy = text.contains("  ") | text.startswith(" ") | text.endswith(" ")
    for character in _OTHER_WHITE_SPACE:
        untidy = untidy | text.contains(character)
    tidied = text.re_replace(f"[ {_OTHER_WHITE_SPACE}]+", " ").re_replace("^ | $", "")
    return ibis.ifelse(untidy, tidied, text)


def prompt_id(normalised: ir.StringValue) -> ir.StringValue:
    """Return the id of a normalised prompt: its MD5 as 32 hexadecimal digits.

    An id, not a protection. MD5 because it takes half as long as SHA-256 (0.3 s against 0.6 s for
    a million prompts on one core) and both backends have it.
    """
    return normalised.hexdigest("md5")


def estimated_token_count(normalised: ir.StringValue) -> ir.IntegerValue:
    """Return an estimate of a normalised prompt's CLIP tokens, at least 1, as int32.

    `round(0.667 * (spaces + commas) + 0.097 * characters)`, start and end tokens not counted: each
    separator ends about one token, and the longer the words the more pieces they break into.

    *Source*: least squares on 9,998 prompts sampled from the Stable Diffusion Discord's jobs of
    August 2022, against CLIP's own byte-pair vocabulary (`bpe_simple_vocab_16e6`). On 9,998 other
    prompts of that sample: mean absolute error 8.5 %, bias -0.1 tokens (-0.2 %), 97.0 % on the
    same side of 75 tokens, 91 % in the same length category.
    """
    separators = normalised.split(" ").length() + normalised.split(",").length() - 2
    thousandths = (
        separators * _TOKENS_PER_1000_SEPARATORS + normalised.length() * _TOKENS_PER_1000_CHARACTERS
    )
    tokens = (thousandths + 500) // 1000
    return ibis.ifelse(tokens < 1, 1, tokens).cast("int32")


def prompt_length_category(token_count: ir.IntegerValue) -> ir.StringValue:
    """Return short (<= 10 tokens), medium (<= 30), long (<= 60) or very_long; null stays null."""
    branches = [(token_count <= most, name) for name, most in PROMPT_LENGTH_CEILINGS.items()]
    return ibis.cases(*branches, (token_count.notnull(), "very_long"))
