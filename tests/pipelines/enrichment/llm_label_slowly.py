"""Labels 200 prompts slowly enough to be killed meanwhile; the store's path is the argument."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from llm_rows import answer_of, asked_text, labelled

from genai_session_analyzer.language_model import ScriptedModel
from genai_session_analyzer.model_results import ResultStore


def answer(request):
    time.sleep(0.05)
    return json.dumps(answer_of(asked_text(request)))


if __name__ == "__main__":
    texts = [f"cat number {number} on a sofa" for number in range(200)]
    with ResultStore(Path(sys.argv[1])) as store:
        labelled(texts, ScriptedModel(answer), store, batch_size=4, max_prompts=1000)
