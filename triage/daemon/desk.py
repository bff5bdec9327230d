"""What the accounts work with, made from the configuration: model, letters, rules."""

from dataclasses import dataclass, replace
from typing import Self

from triage.account import Account
from triage.classifier import Model, encoder, load, obtain
from triage.classifier.shelf import Replacing, name_of
from triage.config import Config
from triage.errors import UserError
from triage.finding import Desk
from triage.order import Command
from triage.orders import OrderCommand, OrderFile
from triage.origin import House
from triage.protocols import Judge, Orders
from triage.reply import Identity
from triage.reply.letters import Letters
from triage.verdict import Thresholds


class ModelFile:
    """The model the configuration names, else the one that fits what it names, and the file of it,
    which `triage train` replaces while others work with the model."""

    def __init__(
        self, config: Config, replacing: Replacing | None = None, *, keep: bool = True
    ) -> None:
        """Takes a minute where a model is made, of which `replacing` hears; `keep` as in the
        classifier's `obtain`. UserError as in its `encoder`, `load` and `obtain`."""
        reader = encoder(config.encoder)
        self._path = config.model or config.state / name_of(reader)
        self._seen = self._stamp()
        self.model = (
            load(config.model, reader)
            if config.model
            else obtain(config.state, reader, replacing, keep=keep)
        )

    def renew(self) -> bool:
        """Whether there is another model now. UserError `model-unreadable`, once for each state of
        the file, when it cannot be used: then the former one stays. So it does without a file."""
        seen = self._stamp()
        if seen in {None, self._seen}:
            return False
        self._seen = seen
        former, model = self.model, load(self._path, self.model.encoder)
        if model.about.features != former.about.features:
            raise UserError("model-unreadable", path=str(self._path), reason="other-format")
        self.model = model
        return model.about != former.about

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def model_of(config: Config, replacing: Replacing | None = None) -> Model:
    """The model as it is now. UserError as in `ModelFile`."""
    return ModelFile(config, replacing).model


@dataclass(frozen=True, slots=True)
class Outfit:
    """The parts all accounts share. Reading them may raise UserError."""

    config: Config
    judge: Judge
    thresholds: Thresholds
    letters: Letters
    orders: Orders
    file: ModelFile

    @classmethod
    def of(cls, config: Config, replacing: Replacing | None = None, *, keep: bool = True) -> Self:
        """Loads the model, or has it made, and the letters; the order book is read by the first
        cycle. `keep` as in `ModelFile`."""
        file = ModelFile(config, replacing, keep=keep)
        letters = Letters.load(config.templates, voice=config.shop.voice)
        given = config.orders
        orders = OrderCommand(given) if isinstance(given, Command) else OrderFile(given)
        thresholds = config.thresholds(file.model.thresholds)
        return cls(config, file.model, thresholds, letters, orders, file)

    def renewed(self) -> "Outfit":
        """The same, or with the model that has come into its file since. UserError as in
        `ModelFile.renew`."""
        if not self.file.renew():
            return self
        model = self.file.model
        return replace(self, judge=model, thresholds=self.config.thresholds(model.thresholds))

    def desk(self, account: Account) -> Desk:
        """The desk of one account."""
        return Desk(
            judge=self.judge,
            thresholds=self.thresholds,
            house=House(account.addresses, account.own_lists),
            letters=self.letters,
            shop=self.config.shop,
            identity=Identity(account.addresses),
            orders=self.orders,
        )
