"""`python -m genai_session_analyzer.schema > docs/data_model.md` writes the data model down."""

import sys

from genai_session_analyzer.schema.document import data_model_markdown

sys.stdout.write(data_model_markdown())
