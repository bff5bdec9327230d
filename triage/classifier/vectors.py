"""The encoder *vectors*: a small transformer reads a text and says some numbers about it.

The starter encoder is all-MiniLM-L6-v2 (six layers, Apache-2.0), trained further on models/corpus
by `models/encoder.py`: it says 22 numbers, a score for each kind, each topic and each signal.
A sentence encoder of one's own may stand in its place. An ONNX file is a graph of numbers: nothing
in it is run but the operators of onnxruntime, and one that reads other files is refused.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, Self

import numpy as np

from triage.classifier.arrays import Floats
from triage.classifier.corpus import Kind
from triage.classifier.masking import mask_addresses
from triage.classifier.odds import log_odds
from triage.classifier.sentences import sentences
from triage.errors import UserError
from triage.taxonomy import SignalKind, Topic

ENCODER = "encoder.onnx"
VOCABULARY = "vocab.txt"
# SHA-256 of the shipped files; a file that is not the one that was measured is not used.
PINNED = {
    ENCODER: "b42d4ba65f4fff7717c62833959373bf612817dfe0c500371eb1f5b15aebb2ff",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
# The signals a trained encoder says, in its order.
SIGNALS = (
    SignalKind.ANGRY,
    SignalKind.CHARGEBACK,
    SignalKind.LAWYER,
    SignalKind.REVIEW,
    SignalKind.REPEATED,
)
# Where it says what: kinds and topics stand in the order of their enumerations.
KIND_SCORES = slice(0, len(Kind))
TOPIC_SCORES = slice(KIND_SCORES.stop, KIND_SCORES.stop + len(Topic))
SIGNAL_SCORES = slice(TOPIC_SCORES.stop, TOPIC_SCORES.stop + len(SIGNALS))
WORDS, SEMANTIC = "words", "semantic"  # what may be chosen
MODULES = ("onnxruntime", "tokenizers")
MOST = 500_000_000  # octets of an encoder of one's own

# Word pieces read at a time, the marks at both ends not counted, and how many times at most. Of
# 1,419 letters to shops that the encoder had not learned AUC is .871 with 126 four times, .903 so.
WINDOW = 254
WINDOWS = 2
BEGIN, END = 101, 102  # [CLS] and [SEP] of the vocabulary
_UNKNOWN = "[UNK]"
THREADS = 2
# A complaint is read for its kind and again for its signals: windows that are known from before.
RECENT = 64
# What the one sentence counts that sounds most like a complaint. At 0, .2, .4 AUC on those letters
# is .903 .915 .918, on posts, reviews and a breeder's mail .874 .937 .932, .876 .941 .935, .876
# .939 .931; real ordinary mail flagged where 7 complaints of 10 are: 0, .2, 1.2 %.
SENTENCE_SHARE = np.float32(0.2)
# An ONNX graph may name another file to take its numbers from, by a path that leads anywhere; the
# key of that name, in protobuf, its lengths written as short as they are, or longer.
_ELSEWHERE = re.compile(rb"(?:\x0a|\x8a\x80*\x00)(?:\x08|\x88\x80*\x00)location")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_PLACEHOLDER = re.compile(r"_(mail|url|handle)_")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and what is said of it alone."""

    text: str
    numbers: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """What an encoder says of a text, and of its sentences: to be asked for once, for they may be
    read only then."""

    numbers: Floats
    sentences: Iterable[Sentence] = ()


class Encoder(Protocol):
    """Text to numbers. `digest` tells one encoder from another, `width` is how many numbers. Those
    of an encoder that was `trained` for it are the scores of kinds, topics and signals."""

    @property
    def digest(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def trained(self) -> bool: ...

    def read(self, text: str) -> Reading: ...


class _Tokens(Protocol):
    def __call__(self, text: str) -> list[int]: ...


class _Run(Protocol):
    def __call__(self, ids: tuple[int, ...]) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Vectors:
    """An ONNX file with its tokenizer, in memory."""

    digest: str
    width: int
    trained: bool
    tokens: _Tokens
    run: _Run

    @classmethod
    def open(cls, own: Path | None = None) -> Self:
        """The shipped encoder, or the file of one's own.

        UserError `semantic-missing` (modules: what is not installed), `encoder-unreadable` (path,
        reason), `encoder-foreign` (path) for a shipped file that is not the one pinned, or
        `encoder-unusable` (path) for one that is no ONNX graph over word pieces.
        """
        if own:
            return cls.of(_read(own), str(own))
        return cls.of(_pinned(files("triage.models") / ENCODER), ENCODER, ours=True)

    @classmethod
    def of(cls, raw: bytes, path: str, *, ours: bool = False) -> Self:
        """An encoder of a file's bytes, `ours` where `models/encoder.py` made it; UserError as
        above."""
        missing = [name for name in MODULES if find_spec(name) is None]
        if missing:
            raise UserError("semantic-missing", modules=", ".join(missing))
        tokens, run = tokenizer(), _session(raw, path)
        width = len(run(tuple(tokens("a parcel"))))
        return cls(hashlib.sha256(raw).hexdigest(), width, ours, tokens, run)

    def read(self, text: str) -> Reading:
        """`width` numbers of a text, and of each of its first sentences.

        Of a trained encoder the sentence that sounds most like a complaint has a share in
        what is said of the whole: in a long and friendly letter the trouble is but one sentence.
        """
        whole = self._encode(text)
        alone = (Sentence(each, self._encode(each)) for each in sentences(text))
        if not self.trained:
            return Reading(whole, alone)
        read = tuple(alone)
        if not read:
            return Reading(whole)
        scores = np.array([each.numbers[KIND_SCORES] for each in read])
        strongest = read[int(log_odds(scores, tuple(Kind)).argmax())].numbers
        return Reading((1 - SENTENCE_SHARE) * whole + SENTENCE_SHARE * strongest, read)

    def _encode(self, text: str) -> Floats:
        """The mean over the windows of a text, of which the first few are read."""
        ids = tuple(self.tokens(plain(text))[: WINDOW * WINDOWS])
        windows = [ids[start : start + WINDOW] for start in range(0, len(ids), WINDOW)] or [()]
        mean: Floats = np.mean([self.run(window) for window in windows], axis=0, dtype=np.float32)
        return mean


def encoder(choice: str | Path = "") -> Encoder | None:
    """The encoder of a choice: "semantic" the shipped one, a path one's own, "words" none, and ""
    the shipped one where the modules it needs are installed. UserError as `Vectors.open`."""
    if choice == WORDS or (choice == "" and not installed()):
        return None
    return Vectors.open(choice if isinstance(choice, Path) else None)


def installed() -> bool:
    """Whether what reads an encoder is there."""
    return all(find_spec(name) for name in MODULES)


def plain(text: str) -> str:
    """What an encoder is given of a text: addresses as words, and each emoji by its name, for the
    vocabulary has none of either. `models/encoder.py` trains on texts made plain the same way."""
    return _EMOJI.sub(_named, _PLACEHOLDER.sub(r"\1", mask_addresses(text)))


def _named(match: re.Match[str]) -> str:
    return f" {unicodedata.name(match[0], '').lower()} "


def tokenizer() -> _Tokens:
    """Text to the numbers of BERT's uncased word pieces (Devlin et al. 2019), without the marks at
    both ends."""
    from tokenizers import Tokenizer, normalizers, pre_tokenizers  # noqa: PLC0415 # an extra
    from tokenizers.models import WordPiece  # noqa: PLC0415 # the same

    vocabulary = _pinned(files("triage.models") / VOCABULARY).decode("utf-8").split("\n")
    numbers = {piece: number for number, piece in enumerate(vocabulary) if piece}
    pieces = Tokenizer(WordPiece(numbers, unk_token=_UNKNOWN, max_input_chars_per_word=100))
    pieces.normalizer = normalizers.BertNormalizer(lowercase=True)
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def tokens(text: str) -> list[int]:
        # A lone surrogate is no character: the tokenizer takes UTF-8 only.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = pieces.encode(clean, add_special_tokens=False).ids
        return ids

    return tokens


def _session(raw: bytes, path: str) -> _Run:
    """One run of the graph: word pieces to numbers, those of all pieces averaged where the graph
    says some of each. One window at a time: an int8 graph rounds by what else is in the batch."""
    # Versions that setup.cfg rules out would report to their maker and write into the home folder.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    if _ELSEWHERE.search(raw):
        raise UserError("encoder-unusable", path=path)
    import onnxruntime  # type: ignore[import-untyped] # noqa: PLC0415 # untyped, and an extra

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # its words go past our log
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.load_model_format", "ONNX")  # and no other format
    try:
        session = onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has a dozen, of no common kind
        raise UserError("encoder-unusable", path=path) from error
    wanted = {each.name for each in session.get_inputs()}
    if not {"input_ids"} <= wanted <= {"input_ids", "attention_mask", "token_type_ids"}:
        raise UserError("encoder-unusable", path=path)

    def run(ids: tuple[int, ...]) -> Floats:
        pieces = np.array([[BEGIN, *ids, END]], np.int64)
        feed = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        (said, *_) = session.run(None, {name: feed[name] for name in wanted})
        numbers: Floats = np.asarray(said, np.float32)[0]
        return numbers.mean(axis=0) if numbers.ndim == 2 else numbers

    return remembered(run)


def remembered(run: _Run) -> _Run:
    """The same, which has at hand what it said of the last few windows."""

    @lru_cache(maxsize=RECENT)
    def said(ids: tuple[int, ...]) -> Floats:
        numbers = run(ids)
        numbers.flags.writeable = False  # who asks again is given the same
        return numbers

    return said


def _pinned(file: Traversable) -> bytes:
    raw = _read(file)
    if hashlib.sha256(raw).hexdigest() != PINNED[file.name]:
        raise UserError("encoder-foreign", path=str(file))
    return raw


def _read(file: Path | Traversable) -> bytes:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST + 1)
    except OSError as error:
        raise UserError("encoder-unreadable", path=str(file), reason=error.strerror) from error
    if len(raw) > MOST:
        raise UserError("encoder-unusable", path=str(file))
    return raw
