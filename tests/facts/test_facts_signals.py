"""Signals for the owner: each phrase that gives one, and the kindly uses that do not."""

import re
from importlib import import_module

import pytest
from origin.mails import HOUSE, make

from triage.facts import Signal, SignalKind, own_words, signals
from triage.origin import origin

MODULE = import_module("triage.facts.signals")

FIRES = {
    SignalKind.ANGRY: [
        "This is completely unacceptable.",
        "I find it disgusting how you treat people.",
        "You are a bunch of liars.",
        "Your shop is a scam.",
        "What a joke. Five weeks for a cup!",
        "WHERE IS MY PARCEL",
        "I HAVE PAID AND I WANT MY MUGS",
        "Hello, good morning! Where is it???",
        "Send me the money now!!!",
        "I'm absolutely livid.",
        "Shame on you.",
        "I feel ripped off.",
        "I am sick and tired of waiting.",
        "Worst service I have had in my life.",
        "I will never order from you again.",
        "What kind of business are you running?",
        "I'm fed up with your excuses.",
        "This is getting ridiculous.",
    ],
    SignalKind.CHARGEBACK: [
        "Otherwise I'll start a chargeback.",
        "My bank will claw it back.",
        "If it is not here by Friday I will ask my bank to reverse the payment.",
        "I have opened a case on Etsy.",
        "I'm going to open a dispute.",
        "I will dispute the charge.",
        "I shall get my money back through my credit card company.",
        "A PayPal claim is the next step.",
        "I won't hesitate to contact my bank.",
        "I don't want to have to open a case, but you leave me no choice.",
        "I'll report you to Etsy.",
        "That is what Section 75 is for.",
        "We will take this up with our bank.",
        "I have raised a payment dispute.",
        "Refund me or I go through PayPal.",
        "My bank is dealing with it now.",
        "Answer, or I'm telling my bank.",
    ],
    SignalKind.LAWYER: [
        "You will hear from my solicitor.",
        "My lawyer will write to you.",
        "I shall take legal action.",
        "See you in the small claims court.",
        "I will take you to court over this.",
        "I am reporting you to Trading Standards.",
        "I have informed the consumer protection office.",
        "I'm going to the police with this.",
        "I have reported it to the police.",
        "The ombudsman will be interested.",
        "I know my consumer rights.",
        "I will pass this to my lawyer.",
        "If nothing happens I will sue.",
        "I'll issue a claim in the county court.",
        "I've asked Citizens Advice what to do.",
    ],
    SignalKind.REVIEW: [
        "Expect nothing less: I will leave a one-star review.",
        "I'll write a very bad review.",
        "I am going to give you one star.",
        "I will tell everybody what happened.",
        "I'm going to post this on Facebook.",
        "I'll put the photos on Instagram for all to see.",
        "I will warn everyone I know.",
        "I have left a negative review.",
        "You will get a terrible rating from me.",
        "If not, I shall write a review about this.",
        "Then I'll go to the press.",
        "I am telling everyone in the village.",
        "I shall leave reviews wherever I can.",
        "I will make sure to tell all my friends not to buy from you.",
        "I don't want to have to leave a bad review.",
        "My review will say how you treat people.",
    ],
    SignalKind.REPEATED: [
        "This is my third e-mail.",
        "I have written twice.",
        "Still no answer.",
        "Again and again no reply from you.",
        "I already wrote you about the broken plate.",
        "I have write you two times already.",
        "I write you now for the third time.",
        "Since two weeks no answer from your side.",
        "It is the second time I ask for the return form.",
        "I have called several times.",
        "How many more times must I ask?",
        "You keep ignoring me.",
        "I'm still waiting for a reply.",
        "I've rung you four times.",
        "This is my last warning.",
        "I am following up on my previous e-mail.",
        "I have heard nothing back.",
    ],
}

QUIET = {
    SignalKind.ANGRY: [
        "It is unfortunately chipped.",
        "Good morning, thank you for your mail.",
        "I love it so much!!!",
        "Thank you!!! It is beautiful.",
        "I AM SO HAPPY WITH IT",
        "I'm not angry, only a little sad.",
        "This is not a scam, is it?",
        "I got a scam e-mail with your name in it.",
        "I was worried that you were a scam.",
        "The LARGE BLUE MUG SET was missing.",
        "Order no. AB 1234 XL UK",
        "The USB lamp and the NHS card came.",
        "My daughter is useless at wrapping.",
        "Where is it?",
        "It did not come. Please help!",
        "That joke on your card made us laugh.",
        "There is enough in the box, I have had enough for years.",
        "I don't think you're a crook.",
        "No, it isn't unacceptable, it is only late.",
    ],
    SignalKind.CHARGEBACK: [
        "It was a bank holiday.",
        "My bank holiday was spoilt by the rain.",
        "I paid from my bank account.",
        "My bank statement shows two payments.",
        "I will ask my bank for the reference.",
        "My bank is closed today.",
        "I went to the bank to get cash.",
        "I'm asking my bank if it has gone out.",
        "No need for a chargeback :)",
        "I am not going to open a dispute.",
        "I'd never open a case against a small shop.",
        "Please open a claim with the courier.",
        "The courier says you have to file a claim.",
        "I ordered a case of honey.",
        "The phone case does not fit.",
        "I bought it on Etsy.",
        "I paid by PayPal.",
        "I sent it back by Royal Mail.",
    ],
    SignalKind.LAWYER: [
        "No need for lawyers :)",
        "My husband is a lawyer.",
        "It was a gift for my solicitor.",
        "My lawyer will love it.",
        "The courier left it at the tennis court.",
        "It goes to 4 Court Road.",
        "I'm not going to take legal action, I only want a plate.",
        "My son works for the police.",
        "The toy police car lost a wheel.",
        "I am a loyal consumer of your soap.",
        "Regards, Sue",
        "The neighbour, a retired attorney, took it in.",
        "I have no intention to go to court over a mug.",
        "She used to work for Trading Standards.",
    ],
    SignalKind.REVIEW: [
        "I left you a five-star review.",
        "I will leave a great review.",
        "I read your reviews before I bought it.",
        "Your reviews are so good, so I was surprised.",
        "I will tell everybody how lovely they are.",
        "They are gorgeous. I'll tell all my friends.",
        "I will post a photo on Instagram, they look so pretty.",
        "I will post it back to you on Monday.",
        "I'd never leave a bad review.",
        "I am not going to write a negative review.",
        "I found you on Trustpilot.",
        "The star on top of the tree is broken.",
        "Please warn people that it gets hot.",
        "One star of the set of five is missing.",
        "Everybody at the party asked about it.",
    ],
    SignalKind.REPEATED: [
        "Thank you for your quick reply.",
        "No reply needed.",
        "If I get no answer by Friday I will cancel.",
        "I bought from you twice last year.",
        "The third cup is broken.",
        "It has broken twice now.",
        "I look forward to your answer.",
        "Nobody answered the door.",
        "I have washed it several times.",
        "I will write again when it is here.",
        "I wrote last week and you answered at once.",
        "Please e-mail me again when it is sent.",
        "I called the courier.",
        "I asked my neighbour.",
    ],
}


def kinds(text):
    return {signal.kind for signal in signals(text)}


def cases(table):
    return [(kind, text) for kind, texts in table.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), cases(FIRES))
def test_what_is_a_signal(kind, text):
    """Plain words give it."""
    assert kind in kinds(text)


@pytest.mark.parametrize(("kind", "text"), cases(QUIET))
def test_what_is_none(kind, text):
    """Denials, kindness and other senses of the words do not."""
    assert kind not in kinds(text)


def test_a_mail_without_any():
    """Most mails, an unhappy one too."""
    assert signals("") == signals("Hello,\n\nthe bowl came broken. A photo is attached.\n") == ()


def test_one_of_a_kind_with_its_phrase():
    """The first phrase, on one line and no longer than a line has room for."""
    text = "Third\ne-mail. Where is it??? Disgusting!\n\nI will open a case\non Etsy, a case!"
    assert signals(text) == (
        Signal(SignalKind.ANGRY, "disgusting"),
        Signal(SignalKind.CHARGEBACK, "open a case"),
        Signal(SignalKind.REPEATED, "third e-mail"),
    )
    (shouted,) = signals("WHERE IS MY PARCEL " * 9)
    assert (shouted.phrase[:18], len(shouted.phrase) <= 40) == ("WHERE IS MY PARCEL", True)


def test_only_the_writers_own_words_count():
    """Not the history, not what he quotes, not the subject of a thread; but his own subject."""
    for mail in (
        make(text="Where is it?\n", quoted="> This is a scam.\n", new="Where is it?\n"),
        make(text='Your page says: "Third e-mail? We call the police." Really?\n'),
        make(subject="Re: SCAM!!!", text="Thanks.\n", in_reply_to="<a@example.com>"),
    ):
        assert signals(own_words(mail, origin(mail, HOUSE))) == ()
    begun = make(subject="Third e-mail", text="Where is it?\n")
    assert [each.kind for each in signals(own_words(begun, origin(begun, HOUSE)))] == ["repeated"]


def test_no_phrase_is_without_end():
    """No pattern repeats anything without a limit, and only the head of a text is read: so time
    grows with neither the text nor its square."""
    patterns = [each for each in vars(MODULE).values() if isinstance(each, re.Pattern)]
    assert len(patterns) > 8
    for each in patterns:
        assert not re.search(r"(?<!\\)[*+]|\{\d*,\}", each.pattern)
    assert signals("a " * 2600 + "This is a scam. This is my third e-mail.") == ()
