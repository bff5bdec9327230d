"""What the accounts work with, made from the configuration: model, letters, rules."""

from dataclasses import dataclass
from typing import Self

from triage.account import Account
from triage.classifier import Model, encoder, load, obtain
from triage.config import Config
from triage.finding import Desk, Judge, Orders
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Identity
from triage.reply.letters import Letters
from triage.verdict import Thresholds


def model_of(config: Config) -> Model:
    """The model the configuration names, else the one that fits what it names. UserError as in
    the classifier's `encoder`, `load` and `obtain`."""
    reader = encoder(config.encoder)
    return load(config.model, reader) if config.model else obtain(config.state, reader)


@dataclass(frozen=True, slots=True)
class Outfit:
    """The parts all accounts share. Reading them may raise UserError."""

    config: Config
    judge: Judge
    thresholds: Thresholds
    letters: Letters
    orders: Orders

    @classmethod
    def of(cls, config: Config) -> Self:
        """Loads the model and the letters; the order book is read by the first cycle."""
        model = model_of(config)
        letters = Letters.load(config.templates)
        orders = OrderFile(config.orders)
        return cls(config, model, config.thresholds(model.thresholds), letters, orders)

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
