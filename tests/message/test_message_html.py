"""HTML as its reader sees it."""

import pytest

from triage.message.html import lines
from triage.message.lines import Mark


def shown(html: str) -> str:
    return "\n".join(line.text for line in lines(html))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>", "One\nTwo"),
        ("<p style='margin: 0'>One</p><p style='margin: 0'>Two</p>", "One\nTwo"),
        ("<b>bo</b>ld <i>and</i>  wide\n words", "bold and wide words"),
        ("a&nbsp;b &amp; c &lt;d&gt; &#8364;", "a b & c <d> €"),
        ("a&#1;b&#27;[2J&#x200b;c", "ab[2Jc"),
        ("<pre>a&#11;b&#x2028;c", "a\nb\nc"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<ol><li>One<li>Two</ol><ol><li>One</ol>", "1. One\n2. Two\n\n1. One"),
        ("<ol start=3><li>Three</ol><ol start=4><li>Four</ol>", "3. Three\n\n4. Four"),
        ("<ol start=x><li>One<ul><li>a</ul><li>Two</ol>", "1. One\n\n- a\n\n2. Two"),
        ("</ol><li>One", "- One"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a b\nc d"),
        ("<a href='https://example.com/long'>the link</a>", "the link"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<blockquote>said<blockquote>before</blockquote></blockquote>mine",
         "> said\n>\n> > before\n\nmine"),
        ("<blockquote style='margin:0 0 0 40px;border:none'>indented</blockquote>", "indented"),
        ("<blockquote style='border:none;border-left:solid #CCC'>said</blockquote>", "> said"),
        ("no tags at all", "no tags at all"),
        ("<p>unclosed <b>tags <td>everywhere", "unclosed tags\neverywhere"),
        ("a < b and c > d", "a < b and c > d"),
        ("", ""),
        ("<!-- only a comment -->", ""),
        ("<![CDATA[x]]>", ""),
    ],
)  # fmt: skip
def test_layout(html: str, text: str) -> None:
    """A block, a row, an item and a line break each end a line; links are their words."""
    assert shown(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>no</span>",
        "<span style='DISPLAY : none !important'>no</span>",
        "<div style='color:red;visibility:hidden'>no</div>",
        "<div style='font-size:0'>no</div>",
        "<div style='font-size:0px;line-height:0'>no</div>",
        "<div style='opacity:0'>no</div>",
        "<div style='max-height:0px;overflow:hidden'>no</div>",
        "<span style='mso-hide:all'>no</span>",
        "<div hidden>no</div>",
        "<div class='my-preheader'>no</div>",
        "<div style='display:none'><p>no<div style='display:block'>no</div></div>",
        "<style>p { color: red }</style>",
        "<script>no()</script>",
        "<head><title>no</title></head>",
        "<!-- no -->",
        "<!--[if mso]><p>no</p><![endif]-->",
        "<template>no</template>",
    ],
)
def test_hidden_text_is_dropped(hidden: str) -> None:
    """What no reader sees is no text."""
    assert shown(f"{hidden}<div>yes</div>").strip() == "yes"


@pytest.mark.parametrize(
    "seen",
    [
        "<div style='font-size:0'><span style='font-size:14px'>yes</span></div>",
        "<div style='opacity:0.9'>yes</div>",
        "<div style='max-height:none'>yes</div>",
        "<div style='font-size:10px'>yes</div>",
        "<div style='font-size:0.9em'>yes</div>",
        "<![if !mso]>yes<![endif]>",
        "<div style='display:none'>no</div>yes",
    ],
)
def test_visible_text_is_kept(seen: str) -> None:
    """Styles that only resemble hiding ones hide nothing."""
    assert shown(seen) == "yes"


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<div class='gmail_attr'>On Monday</div>new", [Mark.QUOTED, Mark.NONE]),
        ("new<div class='x yahoo_quoted'><p>old</p></div>", [Mark.NONE, Mark.QUOTED, Mark.QUOTED]),
        ("new<span id=OLK_SRC_BODY_SECTION><div>old</div></span>", [Mark.NONE, Mark.QUOTED]),
        ("new<div id=appendonsend></div><hr><div>old</div>", [Mark.NONE, Mark.HISTORY]),
        ("new<hr><div id=divRplyFwdMsg>From: x</div><div>old</div>",
         [Mark.NONE, Mark.HISTORY, Mark.NONE]),
        ("new<div name=quote><div>old</div></div>", [Mark.NONE, Mark.QUOTED]),
        ("new<div class=gmail_signature>Ann</div>new", [Mark.NONE, Mark.SIGNATURE, Mark.NONE]),
        ("new<div id=Signature>Ann</div>", [Mark.NONE, Mark.SIGNATURE]),
    ],
)  # fmt: skip
def test_marks(html: str, marks: list[Mark]) -> None:
    """The elements in which mail programs put quoted mails and signatures are told apart."""
    assert [line.mark for line in lines(html)] == marks


OUTLOOK = """
<p class=MsoNormal>Hello Mira,<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>the jug arrived broken.<o:p></o:p></p>
<p class=MsoNormal><span lang=EN-GB><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Kind regards,<o:p></o:p></p>
<p class=MsoNormal>Helen<o:p>&nbsp;</o:p></p>
<div><p class=MsoNormal><b>From:</b> Mira<br><b>Sent:</b> Monday<o:p></o:p></p></div>
"""


def test_outlooks_empty_paragraphs_are_empty_lines() -> None:
    """A paragraph with nothing but a no-break space parts the two around it; as many, one line."""
    assert shown(OUTLOOK).split("\n") == [
        *("Hello Mira,", "", "the jug arrived broken.", "", "Kind regards,", "Helen"),
        *("From: Mira", "Sent: Monday"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "apart"),
    [
        ("<p>", True),
        ("<p style='margin:0'>", False),
        ("<p style='margin: 0cm 0cm 0.0001pt 36pt'>", False),
        ("<p style='margin: 0cm 0cm 8pt;'>", True),
        ("<p style='margin:0 12px'>", False),
        ("<p style='margin-top:0px; margin-bottom:0px'>", False),
        ("<p class=MsoNormal>", False),
        ("<p class=MsoNormal style='margin-bottom:12.0pt'>", True),
        ("<p class=MsoNormal style='mso-margin-top-alt:auto;mso-margin-bottom-alt:auto'>", True),
        ("<p class=MsoListParagraph style='margin-left:36pt'>", False),
    ],
)
def test_paragraphs_stand_apart_by_their_margins(paragraph: str, apart: bool) -> None:
    """Where an editor gives a paragraph margins, above or below, there is an empty line."""
    assert shown(f"{paragraph}One</p>{paragraph}Two</p>") == ("One\n\nTwo" if apart else "One\nTwo")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("white-space: pre-wrap", "One\n\n  Two"),
        ("white-space:pre-line", "One\n\n  Two"),
        ("line-break:after-white-space", "One Two"),
        ("white-space:normal", "One Two"),
    ],
)
def test_line_breaks_that_the_style_keeps(style: str, text: str) -> None:
    """Forms show what was typed into them so, without an element for each line."""
    assert shown(f"<div style='{style}'>One\n\n  Two</div>") == text


@pytest.mark.parametrize(
    "html",
    [
        "<div>One</div><div>&nbsp;</div><div>Two</div>",
        "<div>One</div>&nbsp;<div>Two</div>",
        "<table><tr><td>One<tr><td>&nbsp;<td>&nbsp;<tr><td>Two</table>",
    ],
)
def test_a_no_break_space_holds_a_line_open(html: str) -> None:
    """So an editor writes an empty line into a page, with whatever element."""
    assert shown(html) == "One\n\nTwo"


@pytest.mark.parametrize(
    "nothing",
    [
        "<div> </div>",
        "<p class=MsoNormal><o:p></o:p></p>",
        "<div style='display:none'>&nbsp;</div>",
        "<div style='font-size:0'>&nbsp;</div>",
    ],
)
def test_an_element_without_height_is_no_line(nothing: str) -> None:
    """Empty elements, and hidden ones, leave no gap."""
    assert shown(f"<div>One</div>{nothing}<div>Two</div>") == "One\nTwo"


def test_text_in_the_depths() -> None:
    """Text below hundreds of open elements is found, and below thousands, without its layout."""
    for depth in (300, 900, 5000):
        assert "lost parcel" in shown("<div>" * depth + "lost parcel").replace("\n", " ")
