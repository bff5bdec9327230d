"""Floor 3: from the owner's word on single messages to the owner's model."""

from triage.learning.train import Change, Training, train

__all__ = ["Change", "Training", "train"]
