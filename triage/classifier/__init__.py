"""Floor 2: says whether a text is a customer's complaint, what it is about, and why."""

from triage.classifier.corpus import Entry, Fault
from triage.classifier.figures import Figures
from triage.classifier.model import About, Model
from triage.classifier.shelf import load, obtain
from triage.classifier.vectors import Encoder, encoder

__all__ = ["About", "Encoder", "Entry", "Fault", "Figures", "Model", "encoder", "load", "obtain"]
