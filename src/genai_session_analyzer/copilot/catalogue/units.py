"""Units of the columns that have one."""

_BY_NAME = {
    "retry_count": "retries",
    "token_count": "tokens",
    "char_count": "characters",
    "image_count": "images",
    "user_count": "users",
    "times_used": "generations",
    "total_generations": "generations",
    "successful_generations": "generations",
    "total_sessions": "sessions",
    "total_retries": "retries",
    "mean_retry_count": "retries",
    "steps": "steps",
    "width": "pixels",
    "height": "pixels",
    "friction_score": "points",
    "complexity_score": "points",
    "success_rate": "rate",
    "simulated_share": "rate",
    "image_nsfw": "score",
    "prompt_nsfw": "score",
}
_BY_SUFFIX = {"_ms": "ms", "_s": "s", "_credits": "credits", "_count": "generations"}


def unit_of(column: str) -> str:
    """Return what a documented column is measured in; empty for anything but an amount."""
    if column in _BY_NAME:
        return _BY_NAME[column]
    return next((unit for end, unit in _BY_SUFFIX.items() if column.endswith(end)), "")
