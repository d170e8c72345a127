"""Accepted values of the coded columns, each as a type and as a tuple in display order."""

from typing import Literal, get_args

UserTier = Literal["free", "pro", "enterprise"]
Region = Literal["us-west", "us-east", "europe", "asia", "other"]
DeviceType = Literal["desktop", "mobile", "tablet"]
Status = Literal["success", "timeout", "safety_violation", "rate_limited", "model_error"]
FailureStatus = Literal["timeout", "safety_violation", "rate_limited", "model_error"]
Origin = Literal["observed", "simulated"]
Feedback = Literal["thumbs_up", "thumbs_down"]
FrictionBand = Literal["low", "medium", "high"]
PromptLengthCategory = Literal["short", "medium", "long", "very_long"]

Domain = Literal[
    "portrait", "character", "animal", "environment", "object", "fantasy", "scifi", "fanart",
    "unknown",
]  # fmt: skip
ArtStyle = Literal[
    "photography", "digital art", "oil painting", "watercolor", "sketch", "3d render", "anime",
    "pixel art", "concept art", "pop art", "unknown",
]  # fmt: skip
Mood = Literal[
    "dark", "cheerful", "mysterious", "epic", "serene", "romantic", "melancholic", "energetic",
    "humorous", "neutral",
]  # fmt: skip

ParseStatus = Literal["ok", "repaired", "failed"]
ImageSource = Literal["painted", "folder", "diffusiondb"]

USER_TIERS: tuple[UserTier, ...] = get_args(UserTier)
REGIONS: tuple[Region, ...] = get_args(Region)
DEVICE_TYPES: tuple[DeviceType, ...] = get_args(DeviceType)
STATUSES: tuple[Status, ...] = get_args(Status)
FAILURE_STATUSES: tuple[FailureStatus, ...] = get_args(FailureStatus)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
FEEDBACKS: tuple[Feedback, ...] = get_args(Feedback)
FRICTION_BANDS: tuple[FrictionBand, ...] = get_args(FrictionBand)
PROMPT_LENGTH_CATEGORIES: tuple[PromptLengthCategory, ...] = get_args(PromptLengthCategory)
DOMAINS: tuple[Domain, ...] = get_args(Domain)
ART_STYLES: tuple[ArtStyle, ...] = get_args(ArtStyle)
MOODS: tuple[Mood, ...] = get_args(Mood)
PARSE_STATUSES: tuple[ParseStatus, ...] = get_args(ParseStatus)
IMAGE_SOURCES: tuple[ImageSource, ...] = get_args(ImageSource)

PROMPT_LENGTH_CEILINGS: dict[PromptLengthCategory, int] = {"short": 10, "medium": 30, "long": 60}
"""Most tokens a prompt of that category has; anything longer is `very_long`."""
