"""What a model is worth, measured on texts it did not learn from. Values only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """By cross-validation, at the model's own thresholds; unsure counts as not flagged.

    `n` entries, of them `complaints`. `flagged_rest`, `unsure_rest`: shares of what is no
    complaint; `flagged_ordinary`, `unsure_ordinary`: of that as far as no customer wants anything
    (topic other); `unsure_complaints`: of the complaints. `topic`: the share of all entries whose
    topic was right, `topic_complaints` of the complaints. `confusion`: true topic -> told topic ->
    n.
    """

    n: int
    complaints: int
    auc: float
    average_precision: float
    precision: float
    recall: float
    f1: float
    flagged_rest: float
    unsure_rest: float
    flagged_ordinary: float
    unsure_ordinary: float
    unsure_complaints: float
    topic: float
    topic_complaints: float
    confusion: Mapping[str, Mapping[str, int]]

    def as_json(self) -> dict[str, object]:
        return asdict(self)
