"""The truth behind simulated data, for grading: what was planted, what nobody observes."""

from genai_session_analyzer.schema.table_schema import TableSchema, optional, required
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS

CORPUS_TRUTH = TableSchema(
    name="corpus_truth",
    grain="one row per generation of the embedded corpus",
    key=("raw_id",),
    description="What the corpus generator meant; empty for other sources.",
    columns=(
        required("raw_id", "int64", "the generation's raw_id"),
        required("meant_domain", "string", "domain the prompt was made for", DOMAINS),
        required("meant_art_style", "string", "art style; unknown = none named", ART_STYLES),
        required("meant_mood", "string", "mood; neutral = none named", MOODS),
    ),
)

SIMULATION_TRUTH = TableSchema(
    name="simulation_truth",
    grain="one row per planted effect, incident or rollout",
    key=("effect_id",),
    description="What the simulation did, where and how large; empty where nothing was simulated.",
    columns=(
        required("effect_id", "string", "name of the effect"),
        required("kind", "string", "planted, incident or rollout, or as the parameters say"),
        required("segment", "string", "generations it applies to: conditions by column, as JSON"),
        required("measure", "string", "failure, a failing status, latency, or model_share"),
        optional("multiplier", "float64", "factor on the measure; null = a delta or a rollout"),
        optional("delta", "float64", "added: to a probability, or milliseconds to a latency"),
        optional("starts_at", "timestamp(6)", "first moment, UTC; null = from the beginning"),
        optional("ends_at", "timestamp(6)", "first moment after, UTC; null = to the end"),
        required("affected_generations", "int64", "generations within segment and window"),
    ),
)

SIMULATION_USERS = TableSchema(
    name="simulation_users",
    grain="one row per user with a generation",
    key=("user_id",),
    description="What nobody observes of users; empty where no telemetry was simulated.",
    columns=(
        required("user_id", "string", "id of the user"),
        required("patience", "float64", "standard normal; the patient retry more, abandon less"),
        required("skill", "float64", "standard normal; the skilled fail less"),
        optional("activity_weight", "float64", "relative activity; null = an observed user"),
        required("base_hazard", "float64", "0-1, failure of a short, safe, middling idea"),
        required("base_lapse_share", "float64", "0-1, sessions before a lapse, free of friction"),
    ),
)

SIMULATION_PROMPTS = TableSchema(
    name="simulation_prompts",
    grain="one row per distinct prompt",
    key=("prompt_id",),
    description="What nobody observes of prompts; empty where no telemetry was simulated.",
    columns=(
        required("prompt_id", "string", "id from the prompt's content"),
        optional("meant_domain", "string", "domain the corpus meant; null = real prompt", DOMAINS),
        optional("meant_art_style", "string", "art style; null = real prompt", ART_STYLES),
        optional("meant_mood", "string", "mood; null = real prompt", MOODS),
        required("difficulty", "float64", "standard normal; of the idea it first belonged to"),
    ),
)
