"""What a look at a picture file's own structure tells, before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_explorer.network.sentence import Sentence


class Damage(Exception):
    """The file is cut short or damaged. Carries the reason as a part of a sentence."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Unsupported(Exception):
    """The file is sound as far as one can see, but of a variant that isn't read. Carries what the variant is."""

    def __init__(self, variant: Sentence) -> None:
        super().__init__(str(variant))
        self.variant = variant


@dataclass(frozen=True)
class PictureFacts:
    """`size` is (width, height) in pixels, as a picture's header has them; `frames` is at least 1.

    `data` is what the decoder is given. `all_at_once`: the decoder holds the whole picture at full size in memory even
    when it is asked for a smaller one (a progressive JPEG).
    """

    size: tuple[int, int]
    frames: int
    data: bytes
    all_at_once: bool = True
