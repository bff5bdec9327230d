"""Whether a writer tells that his matter has come to a good end."""

import pytest

from triage.facts.settled import settled

GOOD = """
Found it, thanks!
Hi, please ignore my last email, the parcel turned up this morning. Thanks, Jo
It's just arrived! Sorry for the bother.
My neighbour had it all along. Sorry to have troubled you!
All sorted now, thank you.
Panic over - it came today.
The refund has come through, thank you very much.
No need to reply, problem solved.
Hello again, the parcel has finally turned up. Many thanks
You can close this, it came
Scrap that, the postman just brought it!
Just to say that the order has arrived today, so no worries.
My husband took the parcel in on Tuesday. Apologies, it's all fine now!
Update: package arrived 10 minutes ago lol
It's here!!
Please ignore my message.
Never mind!
""".strip().splitlines()

OPEN = """
It has arrived but the handle is broken.
Has it arrived at yours?
Found it on your website, can I order two?
If it has arrived by Friday I'd be glad.
It still hasn't arrived.
I have found it impossible to reach you.
Please ignore my last email, the order number is 4471.
I got it on Monday and it cracked on Tuesday, it's wrong.
The replacement has arrived, and it is the wrong one.
Here is a photo of the mug.
My order number is 4471, sorry I forgot.
I received the parcel today. It is empty.
I'd like my money back.
The parcel came, minus the two bowls.
It came in pieces.
I have not received it.
The courier says it was delivered. Nobody has seen it, and never mind the weather.
""".strip().splitlines()


@pytest.mark.parametrize("text", GOOD)
def test_a_good_end(text: str) -> None:
    assert settled(text)


@pytest.mark.parametrize("text", OPEN)
def test_no_good_end(text: str) -> None:
    assert settled(text) == ""


def test_a_long_text_takes_no_time() -> None:
    """What is read of it is its beginning."""
    assert settled("it has " * 200_000) == ""


def test_only_the_phrase_is_told() -> None:
    assert settled("Dear Mira, the parcel has turned up. Yours, Ada") == "the parcel has turned up"
