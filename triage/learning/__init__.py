"""Floor 3: from the owner's word on single messages to the owner's model."""

from triage.learning.labelled import Labelled, read_labelled
from triage.learning.train import Change, Training, train

__all__ = [
    "Change",
    "Judged",
    "Labelled",
    "Training",
    "judged",
    "learned",
    "read_labelled",
    "train",
]
