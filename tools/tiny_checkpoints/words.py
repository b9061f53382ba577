"""Tokenizers of some hundred words, trained in memory on a few lines."""

from __future__ import annotations

import json
import string

from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers
from transformers import CLIPTokenizer, Qwen2Tokenizer, T5TokenizerFast

_LINES = (
    "a photo of a cat sitting on a red chair",
    "replace the sky of picture 1 with the sky of picture 2",
    "一只猫坐在红色的椅子上",
    "make a series of four related images",
    "the quick brown fox jumps over the lazy dog",
    "describe the image by its color, shape, size, texture, objects and background",
)
_QWEN_SPECIAL = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
_CLIP_SPECIAL = ("<|startoftext|>", "<|endoftext|>")
_END = "</w>"
_T5_SPECIAL = ("<pad>", "</s>", "<unk>")
_QWEN_THINKING = ("<think>", "</think>")

QWEN_CHAT = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif 'text' in part %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
"""A chat template of the form of Qwen's: roles, pictures, and a thinking part that can be left empty."""


def qwen(size: int = 512) -> Qwen2Tokenizer:
    """A byte-level tokenizer with Qwen's special tokens and chat template."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(_QWEN_SPECIAL) - len(_QWEN_THINKING),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_LINES, trainer)
    model = _model_of(tokenizer)
    made = Qwen2Tokenizer(
        vocab=model["vocab"],
        merges=[(left, right) for left, right in model["merges"]],
        unk_token=None,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        extra_special_tokens=list(_QWEN_SPECIAL),
    )
    made.add_tokens([AddedToken(word, special=False) for word in _QWEN_THINKING])
    made.chat_template = QWEN_CHAT
    made.model_max_length = 4096
    return made


def clip() -> CLIPTokenizer:
    """A lower-casing tokenizer of CLIP's form: 77 tokens at most, every byte also as the end of a word.

    Not trained: the trainer numbers the ends of words in another order each time.
    """
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = [merge for line in _LINES for word in line.split() for merge in _merges_of(_as_bytes(word))]
    merged = [left + right for left, right in merges]
    entries = (*letters, *(f"{letter}{_END}" for letter in letters), *merged, *_CLIP_SPECIAL)
    vocabulary = {entry: index for index, entry in enumerate(dict.fromkeys(entries))}
    return CLIPTokenizer(vocab=vocabulary, merges=list(dict.fromkeys(merges)), model_max_length=77)


def _merges_of(word: str) -> list[tuple[str, str]]:
    """The merges that make one entry of a word, letter by letter from its beginning."""
    letters = [*word[:-1], f"{word[-1]}{_END}"]
    return [("".join(letters[:index]), letters[index]) for index in range(1, len(letters))]


def _as_bytes(word: str) -> str:
    pieces = pre_tokenizers.ByteLevel(add_prefix_space=False).pre_tokenize_str(word)
    return str(pieces[0][0])


def t5() -> T5TokenizerFast:
    """A unigram tokenizer of T5's form: whole words where it knows them, else letters. Not trained either."""
    known = sorted({f"▁{word}" for line in _LINES for word in line.split()})
    letters = sorted({"▁", *string.printable.strip(), *"".join(_LINES)})
    pieces = [*((piece, 0.0) for piece in _T5_SPECIAL), *((piece, -2.0) for piece in known)]
    return T5TokenizerFast(
        vocab=[*pieces, *((letter, -5.0) for letter in letters)], extra_ids=0, model_max_length=512
    )


def _model_of(tokenizer: Tokenizer) -> dict[str, list[list[str]]]:
    model: dict[str, list[list[str]]] = json.loads(tokenizer.to_str())["model"]
    return model
