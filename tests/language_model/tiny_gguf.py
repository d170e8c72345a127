"""The smallest model llama.cpp runs: one layer of random weights, a vocabulary of bytes."""

import struct

import numpy as np

WIDTH, HEADS, HIDDEN, LAYERS = 32, 2, 64, 1
U32, I32, F32, TEXT, LIST = 4, 5, 6, 8, 9
UNKNOWN, CONTROL, BYTE = 2, 3, 6
TOKENS = ["<unk>", "<s>", "</s>", *(f"<0x{value:02X}>" for value in range(256))]
KINDS = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256]
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def write_tiny_gguf(path, seed=0):
    """Writes the model; GGUF version 3, 32-bit floats."""
    header = b"".join(_pair(key, kind, value) for key, kind, value in _metadata())
    infos, data = b"", b""
    for name, array in _weights(np.random.default_rng(seed)):
        shape = array.shape[::-1]
        sizes = struct.pack(f"<{len(shape)}Q", *shape)
        infos += _text(name) + struct.pack("<I", len(shape)) + sizes
        infos += struct.pack("<IQ", 0, len(data))
        data += array.astype("<f4").tobytes()
        data += b"\0" * (-len(data) % 32)
    count = len(list(_weights(np.random.default_rng(seed))))
    start = b"GGUF" + struct.pack("<IQQ", 3, count, len(list(_metadata()))) + header + infos
    path.write_bytes(start + b"\0" * (-len(start) % 32) + data)
    return path


def _metadata():
    yield "general.architecture", TEXT, "llama"
    yield "llama.context_length", U32, 4096
    yield "llama.embedding_length", U32, WIDTH
    yield "llama.block_count", U32, LAYERS
    yield "llama.feed_forward_length", U32, HIDDEN
    yield "llama.attention.head_count", U32, HEADS
    yield "llama.attention.layer_norm_rms_epsilon", F32, 1e-5
    yield "llama.rope.dimension_count", U32, WIDTH // HEADS
    yield "llama.vocab_size", U32, len(TOKENS)
    yield "tokenizer.ggml.model", TEXT, "llama"
    yield "tokenizer.ggml.tokens", (LIST, TEXT), TOKENS
    yield "tokenizer.ggml.scores", (LIST, F32), [0.0] * len(TOKENS)
    yield "tokenizer.ggml.token_type", (LIST, I32), KINDS
    yield "tokenizer.ggml.unknown_token_id", U32, 0
    yield "tokenizer.ggml.bos_token_id", U32, 1
    yield "tokenizer.ggml.eos_token_id", U32, 2
    yield "tokenizer.chat_template", TEXT, TEMPLATE


def _weights(random):
    def some(*shape):
        return random.normal(0, 0.5, shape)

    yield "token_embd.weight", some(len(TOKENS), WIDTH)
    yield "output_norm.weight", np.ones(WIDTH)
    yield "output.weight", some(len(TOKENS), WIDTH)
    for layer in range(LAYERS):
        place = f"blk.{layer}"
        yield f"{place}.attn_norm.weight", np.ones(WIDTH)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            yield f"{place}.{name}.weight", some(WIDTH, WIDTH)
        yield f"{place}.ffn_norm.weight", np.ones(WIDTH)
        yield f"{place}.ffn_gate.weight", some(HIDDEN, WIDTH)
        yield f"{place}.ffn_up.weight", some(HIDDEN, WIDTH)
        yield f"{place}.ffn_down.weight", some(WIDTH, HIDDEN)


def _pair(key, kind, value):
    if isinstance(kind, tuple):
        _, inner = kind
        items = b"".join(_value(inner, each) for each in value)
        return _text(key) + struct.pack("<IIQ", LIST, inner, len(value)) + items
    return _text(key) + struct.pack("<I", kind) + _value(kind, value)


def _value(kind, value):
    if kind == TEXT:
        return _text(value)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f"}[kind], value)


def _text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw
