"""The starter corpus, and the model built from it."""
