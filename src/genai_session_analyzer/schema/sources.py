"""What ingestion writes: accepted generations, rejected rows, the files they came from."""

from genai_session_analyzer.schema.table_schema import TableSchema, optional, required
from genai_session_analyzer.schema.values import (
    DEVICE_TYPES,
    FEEDBACKS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

RAW_GENERATIONS = TableSchema(
    name="raw_generations",
    grain="one row per accepted generation",
    key=("generation_id",),
    description="What the source recorded, in our names and units; null where it recorded nothing.",
    columns=(
        required("raw_id", "int64", "position among the accepted rows, 1 to n, unique"),
        required("generation_id", "string", "id from the row's content"),
        required("dataset", "string", "name of the dataset the row belongs to"),
        required("source", "string", "name of the file the row was read from"),
        required("source_row", "int64", "number of the record in its file, from 1"),
        optional(
            "thread_id", "int64", "successive generations on one idea share it; null = unknown"
        ),
        optional("prompt_text", "string", "the prompt as it was typed; null = not recorded"),
        optional(
            "token_count", "int32", "tokens of the prompt, only where the source counted them"
        ),
        optional("user_name", "string", "the source's name or hash of the user; null = unknown"),
        optional("user_tier", "string", "tier the source recorded", USER_TIERS),
        optional("region", "string", "region the source recorded", REGIONS),
        optional("device_type", "string", "device the source recorded", DEVICE_TYPES),
        optional("signup_date", "date", "signup the source recorded"),
        optional("requested_at", "timestamp(6)", "time of the request, UTC; null = unknown"),
        optional("status", "string", "outcome; null = unknown, never success", STATUSES),
        optional("latency_ms", "int64", "time to the answer in whole milliseconds"),
        optional("retry_count", "int32", "retries before the answer"),
        optional("cost_credits", "float64", "cost in credits"),
        optional("feedback", "string", "the user's verdict; null = none given", FEEDBACKS),
        optional("is_downloaded", "boolean", "whether an image was downloaded; null = unknown"),
        optional("model_version", "string", "model that was asked"),
        optional("sampler", "string", "name of the sampler"),
        optional("steps", "int32", "sampling steps"),
        optional("cfg_scale", "float64", "classifier-free guidance scale"),
        optional("width", "int32", "image width in pixels"),
        optional("height", "int32", "image height in pixels"),
        optional("seed", "int64", "seed of the image"),
        optional("image_count", "int32", "images asked for"),
        optional("image_path", "string", "path of the image below the image folder"),
        optional("image_nsfw", "float64", "the service's image score, 0-1; 2.0 = it was blurred"),
        optional("prompt_nsfw", "float64", "the service's prompt score, 0-1"),
        optional("part_id", "int32", "part (zip archive) of the dataset the image lies in"),
    ),
)

REJECTED_ROWS = TableSchema(
    name="rejected_rows",
    grain="one row per record that was not accepted",
    key=("source", "row_number"),
    description="Records that broke a rule, with every rule they broke.",
    columns=(
        required("source", "string", "name of the file"),
        required("row_number", "int64", "number of the record in its file, from 1"),
        required("reasons", "array<string>", "every rule the record broke"),
        optional(
            "row_json", "string", "the record as JSON; null where it could not be read as one"
        ),
        required("ingested_at", "timestamp(6)", "time of the ingestion, UTC"),
    ),
)

INGESTED_FILES = TableSchema(
    name="ingested_files",
    grain="one row per file read",
    key=("file_id",),
    description="Where the rows came from; rows_in = accepted + rejected + duplicate rows.",
    columns=(
        required(
            "file_id", "string", "id from the file's content and the mapping it was read with"
        ),
        required("dataset", "string", "name of the dataset the file belongs to"),
        required("source", "string", "name of the file"),
        required("sha256", "string", "SHA-256 of the file's bytes, hexadecimal"),
        required("mapping_hash", "string", "hash of the mapping the file was read with"),
        required("rows_in", "int64", "records in the file"),
        required("accepted_rows", "int64", "records that became generations"),
        required("rejected_rows", "int64", "records in rejected_rows"),
        required("duplicate_rows", "int64", "exact repeats of an accepted record"),
    ),
)
