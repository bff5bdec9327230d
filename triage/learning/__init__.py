"""Floor 3: from the owner's word on single messages to the owner's model."""

from triage.learning.labelled import Labelled, read_labelled

__all__ = ["Labelled", "read_labelled"]
