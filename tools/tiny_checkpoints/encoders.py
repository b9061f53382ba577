"""Text encoders of random weights, two or three layers deep."""

from __future__ import annotations

import transformers
from transformers import PreTrainedModel, PreTrainedTokenizerBase, Qwen2VLProcessor

from tiny_checkpoints.torchvision_stub import video_processor
from tiny_checkpoints.words import QWEN_CHAT

WIDTH = 32
"""Of every encoder's hidden states."""


def qwen3(words: PreTrainedTokenizerBase, layers: int = 3, kind: str = "Qwen3Model") -> PreTrainedModel:
    config = transformers.Qwen3Config(
        hidden_size=WIDTH,
        intermediate_size=64,
        num_hidden_layers=layers,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=16,
        vocab_size=len(words),
        max_position_embeddings=4096,
        tie_word_embeddings=True,
    )
    return getattr(transformers, kind)(config)


def qwen25_vl(words: PreTrainedTokenizerBase) -> PreTrainedModel:
    index = words.convert_tokens_to_ids
    text = {
        "hidden_size": WIDTH,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "vocab_size": len(words),
        "bos_token_id": None,
        "eos_token_id": words.eos_token_id,
        "max_position_embeddings": 32768,
        "rope_scaling": {"mrope_section": [2, 3, 3], "rope_type": "default", "type": "default"},
        "rope_theta": 1e6,
    }
    vision = {
        "depth": 2,
        "hidden_size": WIDTH,
        "intermediate_size": 64,
        "num_heads": 2,
        "out_hidden_size": WIDTH,
        "patch_size": 14,
        "spatial_merge_size": 2,
        "temporal_patch_size": 2,
        "window_size": 112,
        "fullatt_block_indexes": [1],
    }
    config = transformers.Qwen2_5_VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=index("<|image_pad|>"),
        video_token_id=index("<|video_pad|>"),
        vision_start_token_id=index("<|vision_start|>"),
        vision_end_token_id=index("<|vision_end|>"),
    )
    return transformers.Qwen2_5_VLForConditionalGeneration(config)


def qwen2_vl_processor(words: PreTrainedTokenizerBase) -> Qwen2VLProcessor:
    pictures = transformers.Qwen2VLImageProcessorPil(min_pixels=28 * 28, max_pixels=28 * 28 * 400)
    return Qwen2VLProcessor(
        image_processor=pictures,
        tokenizer=words,
        video_processor=video_processor(),
        chat_template=QWEN_CHAT,
    )


def clip(words: PreTrainedTokenizerBase, kind: str = "CLIPTextModel") -> PreTrainedModel:
    config = transformers.CLIPTextConfig(
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
        hidden_size=WIDTH,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=3,
        vocab_size=len(words),
        projection_dim=WIDTH,
        hidden_act="gelu",
    )
    return getattr(transformers, kind)(config)


def t5(words: PreTrainedTokenizerBase, kind: str = "T5") -> PreTrainedModel:
    """kind: "T5" or "UMT5"."""
    config = getattr(transformers, f"{kind}Config")(
        vocab_size=len(words), d_model=WIDTH, d_kv=8, d_ff=37, num_layers=2, num_heads=4
    )
    return getattr(transformers, f"{kind}EncoderModel")(config)
