"""The smallest Qwen2 that mlx-lm runs: one layer of random float32 weights, letters as tokens."""

import json

import mlx.core as mx
from mlx.utils import tree_flatten
from mlx_lm.models import qwen2
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

UNKNOWN, END = "<unk>", "<end>"
LETTERS = "abcdefghijklmnopqrstuvwxyz {}:,?\"'."
TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }} {% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def write_tiny_qwen(folder):
    """Writes the folder as mlx-lm wants it: configuration, weights and tokenizer."""
    tokens = [UNKNOWN, END, *LETTERS]
    config = {
        "model_type": "qwen2",
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "intermediate_size": 64,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "rms_norm_eps": 1e-5,
        "vocab_size": len(tokens),
        "tie_word_embeddings": True,
        "eos_token_id": 1,
    }
    mx.random.seed(0)
    weights = qwen2.Model(qwen2.ModelArgs.from_dict(config)).parameters()
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    mx.save_safetensors(
        str(folder / "model.safetensors"), dict(tree_flatten(weights)), metadata={"format": "mlx"}
    )
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token=UNKNOWN, eos_token=END)
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)
    return folder
