"""What a letter must not pass over: told from plain words, and from nothing less."""

from dataclasses import asdict

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.said import Said, said
from triage.origin import origin

SPEAKS = {
    "wrote_before": [
        "I messaged you on Instagram on the 9th and it says seen.",
        "I did email in the middle to ask where it was and didn't hear anything.",
        "THIRD EMAIL. 5 weeks. No mugs, no answer, no nothing.",
        "This is my second email about the same parcel.",
        "This is the third time I'm writing to you.",
        "I wrote last week about a cracked saucer.",
        "I have written twice about a dinner plate and rung the number four times.",
        "We've emailed three times.",
        "I emailed you on Monday, no reply.",
        "I’ve sent you two messages.",
        "I haven't had an answer.",
        "I have not heard back. What now?",
        "Nobody replies to my mails.",
        "You never answered.",
        "I rang twice and nobody gets back to me.",
        "We wrote to you about it on 3 October and were ignored.",
        "I've left you four messages.",
        "Then they stopped answering.",
        "I filled in the form, sent two emails and left messages.",
        "I've rung three times and nobody picks up.",
        "I asked once and was ignored.",
        "You have been ignoring my emails for a month.",
        "My emails have gone\nunanswered.",
        "I am writing to you again because it is still not here.",
        "Niamh has written to you twice about the candles.",
        "I called two times yesterday and one time today, nobody picks up.",
        "I left a message on your phone around Halloween, nobody called.",
        "We wrote on the 2nd and there was nothing back.",
        "I'm following up on the below.",
        "So I am trying once more.",
        "My first email was on 4 November and I have had no answer to it.",
        "I wrote to you on the 6th of November about my jug.",
    ],
    "looked_around": [
        "I asked the lads next door, both sides.",
        "We have asked next door.",
        "I walked up and down our road both sides and nobody has it.",
        "Nobody round here knows anything.",
        "We knocked on every door in the building.",
        "I've asked both neighbours and the corner shop.",
        "I have spoken to all my neighbors.",
        "checked with neighbours, nothing",
        "My neighbours haven't seen it.",
        "I looked in the porch and the shed.",
        "I asked everybody in the house.",
        "None of my neighbours has it.",
        "I have asked her at 14 and she swears blind she hasn't had it.",
        "I have been in the bins and behind the bins.",
        "The gateman keeps a book and there is no such entry.",
        'I\'m not interested in "have you checked with your neighbours".',
        "It is not with a neighbour.",
        "We have looked everywhere.",
        "I've asked both sides and across the road.",
        "checked w both neighbors, and the mailroom",
        "No card, nothing in the shed, nothing behind the bins.",
        "Nobody on our road has a red door.",
        "Neighbours both asked.",
        "Neighbours got nothing.",
        "I have asked Frau Bähr in the ground floor and the young people over me.",
        "I have asked the Hendersons and the new people across the road.",
        "I asked the caretaker, the neighbor on the 2nd, the shop downstairs. Nothing.",
    ],
    "cancelled": [
        "I cancelled on the 4th, eleven minutes after ordering.",
        "We have already cancelled it.",
        "Cancelled my order the same hour.",
        "I first asked to cancel on Monday.",
        "It came three days after my cancellation.",
    ],
    "sent_back": [
        "I mailed it from Vermont on October 22.",
        "The tracking shows somebody signed for it on the 3rd.",
        "I sent both bowls back the same week.",
        "I returned them on 3 March.",
        "Your side signed for them nearly a fortnight ago.",
        "You received it on Tuesday.",
        "We have already posted the mug back.",
        "The return was delivered on Monday.",
        "I returned a pair of bookends to you on 22 October.",
        "The tracking shows the tote was delivered to you on 26 October.",
        "It was signed for at your address on Saturday.",
        "You have had the ring since the 4th of November.",
        "Hello. Sent back the two bowls on 30 October.",
        "Necklace returned 14 October, unworn.",
    ],
    "refund_awaited": [
        "It is the 19th and there is nothing on my card.",
        "Still nothing back on my account.",
        "Still no refund.",
        "Refund outstanding. My bank shows nothing.",
        "I checked my statement this morning and there is nothing.",
        "I should like to know on what date the money was sent.",
        "I have not had my money.",
        "I haven't received the refund.",
        "I'm still waiting for my money back.",
        "I have not been refunded.",
        "Where is my refund?",
        "My refund has not arrived.",
        "You promised me a refund in May.",
        "You promised to pay the money back in 7 days.",
        "No refund on the card, I checked again this morning.",
        "The £58.00 has not been returned to my card.",
        "I need the refund issued or a date when it will be.",
        "Chasing my refund, please.",
        "You said it would be back on my card within the week, and it isn't.",
        "When will the money be in?",
    ],
    "went_back": [
        "It sat in a depot for nine days and was then returned to sender.",
        "The parcel is going back to you, says DHL.",
        "The man at the post office says that a form is missing, so it's going back to you.",
        "It was sent back to Germany.",
        'They marked it "address incomplete".',
    ],
    "at_customs": [
        "It is stuck in customs at Montreal.",
        "The tracking says it went into customs on 22 October.",
        "Yesterday I received a letter from the customs office.",
        "Customs want an invoice.",
        "The parcel is held by German customs.",
        'The number LK771204611GB says "arrived in Milano, customs" and it does not move.',
    ],
    "given": [
        "My daughter had you send me the amaryllis box for my birthday.",
        "My mother-in-law in Galway has offered to my son your bag of cubes.",
        "My niece had a parcel from you for me.",
        "I didn't pay for this, my friend Hannah sent me one of your gift boxes.",
        "My aunt, Moira Kinnaird, very kindly bought my son one of your beech shop tills.",
        "It was a gift from my colleague, so I have no receipt.",
        "My friend bought your dripper for me as a gift for my new flat.",
        "My dad got me three skeins of it for my birthday.",
        "I received one of your kits as a retirement present.",
    ],
    "photo_offered": [
        "I can send photos if it helps.",
        "can send a pic too",
        "Happy to send you some pictures.",
        "Photos on request.",
        "Do you need a photo?",
        "Should I send you a picture?",
        "I have photos if you need them.",
        "Let me know if you want a photo.",
        "My husband will send photographs from his phone.",
    ],
    "no_photo": [
        "I can't send a photo, I have only a landline.",
        "I don't know how to send pictures.",
        "I haven't got a smartphone.",
        "A photo won't show it.",
    ],
    "other_account": [
        "I ordered it under my private address on 31 October.",
        "The order was under my wife's name, Melissa Tran.",
        "It was ordered from another e-mail.",
        "We ordered through my husband.",
    ],
    "discreet": [
        "Please don't tell my aunt.",
        "PLEASE please don't email my aunt about it.",
        "I would be really grateful if you didn't mention it to my aunt, she would be hurt.",
        "I have not told him and I would really rather he didn't find out.",
        "Could you sort it out without contacting her?",
        "My husband gave it to me and he must not know.",
        "Let us keep this between us, please.",
        "Do not say a word about this to my mother.",
    ],
    "bereaved": [
        "Gran died on the 25th. My gran died on the 25th.",
        "My father passed away last week and so I'd like to stop the parcels.",
        "Dad passed on Friday.",
        "My dog has died and the deliveries should stop.",
        "We lost our mother in September.",
        "My grandmother's funeral is on Thursday.",
        "Since the death of my husband I answer his post.",
    ],
}

SILENT = {
    "wrote_before": [
        "Thanks for your quick answer.",
        "Thank you so much for getting back to me. I wrote to you on Monday about the bowl.",
        "I wrote last week and you answered the same day.",
        "I wrote to you yesterday but I forgot the photo. I emailed on Monday.",
        "If I get no answer by Friday I will ask my bank.",
        "No reply needed.",
        "I got a second email from you with the same text.",
        "I had a second email that said it was delivered.",
        "Nobody answered the door.",
        "Another maker simply stopped answering.",
        "You sent two emails with the same text.",
        "There was no answer at the door, says the driver's card.",
        "I have had no answer from Royal Mail.",
        "I wrote to you before ordering to make sure of the size.",
        "I ordered three weeks ago and have heard nothing.",
        "I bought from you twice last year.",
        "I look forward to your reply.",
        "Please email me again when it is sent.",
    ],
    "looked_around": [
        "I will ask next door.",
        "They asked the people next door to take it in.",
        "Could it be with a neighbour?",
        "I asked you to leave it with my neighbour.",
        "It was left with a neighbour, but which?",
        "Nothing in the shed has been painted yet.",
        "The lid does not fit on either side.",
        "My neighbour says I ought to write to you.",
        "I asked my neighbours to take it in.",
        "I asked the driver to leave it with a neighbour.",
        "The box looked alright from the back.",
        "If I had asked my neighbours I would know.",
    ],
    "cancelled": [
        "Please cancel my order.",
        "I want to cancel.",
        "If I cancelled now, would I pay for the post?",
        "I cancelled my holiday, so please send it later.",
        "I want the order cancelled.",
        "You cancelled my order.",
    ],
    "sent_back": [
        "If I had mailed it on Monday it would be with you.",
        "The picture shows someone signed for nothing.",
        "I would like to send it back.",
        "If I sent it back, who would pay?",
        "I have been sent back and forth between you and the bank.",
        "I have returned from holiday.",
        "Once I have sent it back, when do I get my money?",
        "It was sent back to you by the courier.",
        "You got the order wrong.",
    ],
    "refund_awaited": [
        "There is nothing on my desk but your mugs.",
        "I want a refund.",
        "If I have not had my money by Friday, I will ask my bank.",
        "Can I have my money back?",
        "Please promise me to refund it.",
        "I do not want a refund, I want the bowl.",
        "Still no answer.",
        "I want a replacement, no refund please.",
    ],
    "went_back": [
        "I sent it back to you.",
        "If it is returned to the sender, who pays?",
        "I want to return it to you.",
        "I am going back to you with a question.",
        "The coat does not fit, so it's going back to you tomorrow.",
    ],
    "at_customs": [
        "It cleared customs on Monday.",
        "The tracking shows that it went through customs.",
        "The page says no customs charges.",
        "Do I have to pay customs?",
        "Customs let it through at once.",
        "I was also by the customs office, they have no parcel for me.",
        "I got no letter from the customs either.",
    ],
    "discreet": [
        "Please don't email me again.",
        "Don't tell me that you have posted it.",
        "You did not contact my bank.",
        "I haven't told my husband yet.",
        "I could not email them.",
        "I have never told anyone to leave it with a neighbour.",
        "She doesn't know where it is.",
        "Please keep it for me.",
    ],
    "bereaved": [
        "The birds have been my company since my wife died.",
        "My dad died when I was six.",
        "My phone died.",
        "My aunt passed it on to me.",
        "I lost my sister's ring.",
        "I lost my sister in law's number.",
        "My mum nearly died of laughter.",
        "My late husband gave it to me.",
    ],
    "given": [
        "I bought it as a gift for my mother.",
        "A friend from Rotterdam gave me your name.",
        "It was a gift for my wife.",
        "She got me on the phone for my complaint.",
        "You gave me a date for my order.",
    ],
    "photo_offered": [
        "Should I send them back?",
        "My sister has sent the photo to her aunt.",
        "The photo on your page is another jug.",
        "It is a frame for photos.",
    ],
    "no_photo": [
        "A photo is attached.",
        "I can send a photo if you like.",
        "I bought a camera bag.",
    ],
    "other_account": [
        "I ordered a jersey with my son's name.",
        "Please send it to my work address.",
        "The parcel went to our old address.",
        "I could have ordered it with your other shop.",
        "It's from a different kiln.",
    ],
}


def cases(table):
    return [(fact, text) for fact, texts in table.items() for text in texts]


@pytest.mark.parametrize(("fact", "text"), cases(SPEAKS))
def test_what_is_said(fact, text):
    """Plain words are taken at their word."""
    assert asdict(said(text))[fact]


@pytest.mark.parametrize(("fact", "text"), cases(SILENT))
def test_what_is_not_said(fact, text):
    """Wishes, suppositions, others' doings and figures of speech are nothing of the kind."""
    assert not asdict(said(text))[fact]


def test_a_mail_that_says_nothing_of_it():
    """Most mails."""
    assert said("") == said("Hello,\n\nthe bowl came broken. A photo is attached.\n") == Said()


def test_only_the_writers_own_words_count():
    """Not the history, not what he quotes, not the subject of a thread; but his own subject."""
    for mail in (
        make(text="Where is it?\n", quoted="> I cancelled it.\n> No answer.\n"),
        make(text='Your page says: "I cancelled it." I like it.\n'),
        make(subject="Re: no answer", text="Thanks.\n", in_reply_to="<a@example.com>"),
    ):
        assert facts(mail, origin(mail, HOUSE)).said == Said()
    begun = make(subject="Third email", text="Where is it?\n")
    assert facts(begun, origin(begun, HOUSE)).said == Said(wrote_before=True)


@pytest.mark.parametrize("piece", ["I have ", "neighbours ", "no answer if ", "a "])
def test_no_text_keeps_it_busy(piece):
    """Time grows with the length only."""
    assert linear(said, piece, 20_000)
