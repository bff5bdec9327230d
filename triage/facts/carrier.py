"""What the numbers of carriers look like, as data, and their check digits.

The check digits are as the carriers and the UPU (standard S10) publish them; each example is
invented, with a check digit that fits. A number here is in its bare form: capitals and digits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

# Who carries what an S10 number of a country names: its operator in the UPU.
POSTS = {
    "AE": "Emirates Post",
    "AT": "Österreichische Post",
    "AU": "Australia Post",
    "BE": "bpost",
    "BG": "Bulgarian Posts",
    "BR": "Correios",
    "CA": "Canada Post",
    "CH": "Swiss Post",
    "CN": "China Post",
    "CY": "Cyprus Post",
    "CZ": "Česká pošta",
    "DE": "Deutsche Post",
    "DK": "PostNord",
    "EE": "Omniva",
    "ES": "Correos",
    "FI": "Posti",
    "FR": "La Poste",
    "GB": "Royal Mail",
    "GR": "Hellenic Post",
    "HK": "Hongkong Post",
    "HR": "Hrvatska pošta",
    "HU": "Magyar Posta",
    "ID": "Pos Indonesia",
    "IE": "An Post",
    "IL": "Israel Post",
    "IN": "India Post",
    "IS": "Pósturinn",
    "IT": "Poste Italiane",
    "JP": "Japan Post",
    "KR": "Korea Post",
    "LT": "Lietuvos paštas",
    "LU": "POST Luxembourg",
    "LV": "Latvijas Pasts",
    "MT": "MaltaPost",
    "MX": "Correos de México",
    "MY": "Pos Malaysia",
    "NL": "PostNL",
    "NO": "Posten",
    "NZ": "New Zealand Post",
    "PH": "PHLPost",
    "PL": "Poczta Polska",
    "PT": "CTT",
    "RO": "Poșta Română",
    "RS": "Pošta Srbije",
    "SE": "PostNord",
    "SG": "Singapore Post",
    "SI": "Pošta Slovenije",
    "SK": "Slovenská pošta",
    "TH": "Thailand Post",
    "TR": "PTT",
    "TW": "Chunghwa Post",
    "UA": "Ukrposhta",
    "US": "USPS",
    "VN": "Vietnam Post",
    "ZA": "South African Post Office",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of number. `carrier` is "" where `POSTS` tells it. `check` is None where there is
    no check digit that is known. `proves`: it is a tracking number wherever it stands. `named`: too
    plain a shape, of which the carrier's name must be a witness."""

    carrier: str
    pattern: str
    example: str
    check: Callable[[str], bool] | None = None
    proves: bool = False
    named: bool = False

    def fits(self, number: str) -> bool:
        matches = re.fullmatch(self.pattern, number) is not None
        return matches and (self.check is None or self.check(number))

    @property
    def plain(self) -> bool:
        """Whether nothing but its length tells it from any other digits."""
        return self.check is None and self.example.isdigit()


def s10(number: str) -> bool:
    """UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11."""
    weighed = zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True)
    rest = 11 - sum(int(digit) * weight for digit, weight in weighed) % 11
    return int(number[10]) == {10: 0, 11: 5}.get(rest, rest)


def ups(number: str) -> bool:
    """Every second counts twice; a letter is its place in the alphabet and one more."""
    values = [int(char) if char.isdigit() else (ord(char) - 63) % 10 for char in number[2:]]
    return (sum(values[:-1:2]) + 2 * sum(values[1:-1:2]) + values[-1]) % 10 == 0


def gs1(number: str) -> bool:
    """GS1: weights 3 and 1 from the right. USPS, FedEx Ground, SSCC, Canada Post."""
    digits = [int(digit) for digit in reversed(number)]
    return any(digits) and (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def impb(number: str) -> bool:
    """USPS: the ZIP code that may stand before it is not of the number."""
    return gs1(number[-22:])


def usps20(number: str) -> bool:
    """USPS: of some services the number is checked as if 91 stood before it."""
    return gs1(number) or gs1(f"91{number}")


def smartpost(number: str) -> bool:
    """FedEx: checked as if the 92 that was left out stood before it."""
    return gs1(f"92{number}")


def ground96(number: str) -> bool:
    """FedEx: only the last fifteen digits are checked."""
    return gs1(number[-15:])


def express12(number: str) -> bool:
    """FedEx: weights 3 1 7, modulo 11, modulo 10."""
    digits = [int(digit) for digit in number]
    weighed = zip(digits[:-1], cycle((3, 1, 7)), strict=False)
    return sum(digit * weight for digit, weight in weighed) % 11 % 10 == digits[-1]


def mod7(number: str) -> bool:
    """DHL Express: the number before it, modulo 7."""
    return int(number[:-1]) % 7 == int(number[-1])


FORMS = (
    Form("", rf"[A-Z]{{2}}\d{{9}}(?:{'|'.join(POSTS)})", "RM441720935GB", s10, proves=True),
    Form("UPS", r"1Z[A-Z0-9]{15}\d", "1Z999AA10123456784", ups, proves=True),
    Form("USPS", r"(?:420\d{5}(?:\d{4})?)?9[1-5]\d{20}", "9400100000000000000006", impb),
    Form("USPS", r"(?:03|7[0-3]|77|8[12])\d{18}", "70120000000000000004", usps20),
    Form("FedEx", r"[1-9]\d{11}", "771234567890", express12),
    Form("FedEx", r"\d{15}", "612345678901235", gs1),
    Form("FedEx", r"61\d{18}", "61290000000000000007", smartpost),
    Form("FedEx", r"92\d{20}", "9261290000000000000007", gs1),
    Form("FedEx", r"96\d{20}", "9611020987654312345672", ground96),
    Form("DHL", r"[1-9]\d{9}", "4412345674", mod7),
    Form("DHL", r"003\d{17}", "00340400000000000003", gs1),
    Form("DHL", r"JJ?D\d{16,18}", "JJD0146000012345678"),
    Form("DHL", r"J[A-Z]{2,3}\d{10}", "JVGL0612345678"),
    Form("DHL", r"GM\d{16,18}", "GM6051173225174494"),
    Form("DPD", r"\d{14}", "15504417209350"),
    Form("GLS", r"\d{14}", "50441720935001"),
    Form("GLS", r"\d{11,12}", "50441720935", named=True),
    Form("Evri", r"\d{16}", "7044172093512345"),
    Form("Evri", r"[HT]\d{2}[A-Z0-9]{2}[A-Z0-9]\d{10}", "H01HYA0012345678"),
    Form("Canada Post", r"\d{16}", "7044172093500019", gs1),
    Form("Yodel", r"JJ?D\d{16}", "JD0002441720935001"),
    Form("Amazon", r"TB[ACM]\d{12}", "TBA441720935001"),
    Form("PostNL", r"3S[A-Z0-9]{3,6}\d{7,9}", "3SABCD441720935"),
    Form("La Poste", r"\d[A-Z]\d{11}", "6A44172093500"),
    Form(
        "Australia Post",
        r"(?=\d*[A-Z])[A-Z0-9]{3,5}\d{17,18}",
        "36XYZ44172093500123456",
        named=True,
    ),
    Form("Australia Post", r"99\d{19}", "997044172093500123456", named=True),
    Form("Parcelforce", r"[A-Z]{2}\d{7}", "PB4417209", named=True),
    Form("InPost", r"\d{24}", "604417209350012345678901", named=True),
    Form("bpost", r"32\d{22}", "323299994417209350012345", named=True),
    Form("Mondial Relay", r"\d{8}", "44172093", named=True),
    Form("Purolator", r"\d{12}|[A-Z]{3}\d{9}", "331234567890", named=True),
    Form("OnTrac", r"[CD]\d{14}", "C10441720935001"),
    Form("China Post", r"LP\d{14}", "LP00441720935001"),
    Form("YunExpress", r"YT\d{16}", "YT2631344172093500"),
)
# How texts name the carriers.
NAMES = {
    "UPS": r"(?-i:UPS)",
    "USPS": r"USPS|U\.S\. postal service|US postal service",
    "Royal Mail": r"royal mail",
    "Parcelforce": r"parcel ?force",
    "FedEx": r"fed-?ex",
    "DHL": r"dhl",
    "DPD": r"dpd",
    "GLS": r"gls",
    "Evri": r"evri|hermes",
    "Yodel": r"yodel",
    "Amazon": r"amazon",
    "PostNL": r"post ?nl",
    "La Poste": r"la poste|colissimo|chronopost",
    "Deutsche Post": r"deutsche post",
    "Canada Post": r"canada post|postes canada",
    "Australia Post": r"australia post|aus ?post",
    "An Post": r"an post",
    "InPost": r"in-?post",
    "bpost": r"bpost",
    "Mondial Relay": r"mondial relay",
    "Purolator": r"purolator",
    "OnTrac": r"ontrac|lasership",
    "China Post": r"china post|cainiao",
    "YunExpress": r"yun ?express",
}
LENGTHS = range(8, 35)  # characters of a number, blanks left out


def forms(number: str) -> list[Form]:
    """The shapes that a bare number fits."""
    return [form for form in FORMS if form.fits(number)]


def carrier(form: Form, number: str) -> str:
    """Who carries it: of a post the number itself says it."""
    return form.carrier or POSTS[number[-2:]]
