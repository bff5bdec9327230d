"""The words that tell a name from what is none, written down by hand for this project."""

# With a title and one more word it is the family name that follows.
TITLES = frozenset(
    """
brother capt captain col constable cpt dhr dipl don dott doña dr dr. father fr fr. frau fräulein
herr hr ing judge lady lord m madam madame mademoiselle mag meneer mevr mevrouw miss mlle mme
monsieur mr mrs ms mx officer pan pani pc prof professor rev revd reverend sergeant señor señora
sgt sig signor signora sir sister sr sr. sra srta
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Firms, roles, family, closings, feelings: what stands where a name could.
NO_NAMES = frozenset(
    """
abbey academy account accounts accueil admin administration adviser advisor advocaten again agency
agent airlines all amazon and android angry anon anonymous antiques any anyway apotheke app appalled
apparel arms art as asap assistant association at atelier aunt auntie australia autohaus autos avec
avenue azienda baby bagels bakehouse bakery band bank barbers barn bay beach beads beauty begin best
bhai big bikes billing bird bistro blessings blooms board bodega bookings bookshop bot boucherie
boulangerie bouquets boutique boy brasserie brewery bridal bro brothers browns buchhaltung builders
building bureau burgers business butchers buyer by bye bäckerei cabs cafe café cake cakes canada
candles cards care carpentry cars casa catering cats cattery cc cell center centre ceramics chain
chapel charity cheerio cheers chez children chinese chocolate chocolates choir church ciao city
claims cleaners cleaning client clinic clothing club clínica co coaches coffee collection
collections collective college columbus commercial community company complaints compras concepts
concerned confirmation construction consultant contabilidad contact control coordinator cordially
cottage council counsellor counselor country county couriers court cowboys crafts creations cruises
customer customers cycles dad daddy daemon dairy dance daughter days deal dear del deli delivery
dental dentist dentistry departement department dept designer designs desk digital diner direct
director disappointed disgruntled disgusted dispute division do dogs doll don't done doors drinks
ebay einkauf ekip electrical electrics email end energy england enquiries equine estate estates
estudio et etsy everyone executive express fabrics facilities faithfully falls familie famille
family fan fanclub fans farm farmacia farms fashion fashions fc fed ferme fields finance finca fine
firma fishmonger fitness flooring florist florists flowers folks foo food foods forwarded foundation
fr france friseur from frustrated fuming furious furniture fyi galaxy gallery garage garages garden
gardens gasthaus gasthof gems germany gesendet gifts girl glass gmail good goods gran grandad
granddad grandma grandpa granny great greetings grill group grove grüße guest gutted guys gym hair
happy haus he heating hello help helpdesk her hi his hof holdings holidays home hospital hotel
hotmail house houses how hr huawei human husband icloud ideas in incorporated indian info ing inn
institute insurance interiors international invoice ipad iphone ireland island istrator it italy
jeweller jewellery jewelry jewels ji joinery joneses kanzlei kennels kids kind kindly kitchen klarna
knits knitting kundenservice laden ladies landscapes landscaping later laundry lead legal lessons
lettings librairie library limited lingerie list livid lodge logistics lol lots love lover lovers
loves ltd mafia magazine mail mailer mailing mairie maison makes mama management manager many market
marketing marketplace massage me meadow meadows media member members merci message metzgerei mfg
mill mobile mom mommy more mother motors mum mummy museum music mutti my nails nan nana nanny
negozio neighbor neighbour net network networks new news newsletter nice no nobody not note nothing
notification notifications now nurseries nursery och of office og ok oma on online opa operations
orchestra order orders original osteria our outlook owl owner page paid panadería papa paper parents
parish partner parts payable payments paypal payroll pending person personal pet pets pharmacy phone
photography physio pilates pizza pizzeria please pls plumbers plumbing plz poor pops postmaster
pottery practice praxis press principal prints private product productions products properties
property ps pub public publishing purchasing pâtisserie quality question questions quilts ranch
rangers reader reception rechtsanwälte refund regards registrar relations removals reply report
representative resort resources restaurant restaurante retail return returns rezeption ristorante
road roasters robo robot roofing rooms rovers saddlery sales salon saludos salutations sama samoa
samsung san school scotland secretariat secretary secrétariat security seller sender sensei sent
service services she shoes shop shopify shopper shopping shops sincerely sis smiths so soap soaps
society solicitors solutions somebody someone son soon sorry spa spain spirits springs square staff
start state stationery still stock storage store stores street stripe studio studios stuff
subscriber success sumup supplies support surgery sushi sweets systems taller taxis tbc tea team
tearoom tearooms tech technique tel telecom telephone test textiles thai thank thanks that the
theatre their therapy these they this thx ticket tienda tiles to too tours town toys trade trading
training trattoria travel treasurer tree trees truly trust trustees tuition tv two ufficio uk uncle
und unhappy unit united university unknown upset urgent us usa user valley ve vendor ventas versand
vertrieb verwaltung very vet vets via village vintage visitor volunteers waiting wales warehouse
warm warmly was we web webmaster webshop website weingut welcome wellness werkstatt what when where
who wholesale why wife windows wine wines with woodland wool words work workshop workshops wtf xmas
yahoo yarn yarns yes yoga you your yours zahnarztpraxis
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# What begins a family name, and the first half of names that have two ("Abdul Rahman").
PARTICLES = frozenset(
    """
abd abdel abdul abu af al av ben bin bint da das de del della den der des di dos du el ibn la le
les mac mc md mohd o san santa sk st ten ter umm van vom von zu zum
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Words of honour and first halves of names: what a bearer of one is called cannot be told.
HALVES = frozenset(
    """
abd abdel abdul abdur abdus abou abu al ang beg begum bin binti bint dato datin datuk daw el hadji
haji hajji ibn ko khun ma maulana md mohd mullah ni nur nurul saw sayed sayeed sayyid seyed shaikh
sheikh shri smt sri syed tengku thi u ul um umm ustad van von zaw ben-zion عبد أبو ابو أم ام ابن بن
بنت آل سید شیخ شيخ
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Given names that alone below a closing phrase may be where the writer lives.
PLACES = frozenset(
    """
abilene adelaide alabama alexandria asia austin bristol brooklyn carolina cheyenne dakota dallas
denver devon florence georgia houston india israel jackson jordan kent kenya lincoln london lourdes
madison montana olympia orlando paris phoenix salem santiago savannah siena sydney troy valencia
verona victoria vienna virginia
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Family names that with a word before them make a house, a park or a trade: "Holly Park".
THINGS = frozenset(
    """
baker ball banks barber berry bird brooks burns bush butcher carpenter chain cook cooper cross day
dean farmer field fields finch fisher ford forest fowler fox frost gardener gardiner gardner green
grove hall hart hill hills holland house hunt hunter knight lake lamb lane law little long lord
marsh mason mills moss page park parks peacock porter potter power powers rivers rose short skinner
smart smith stone swift taylor villa wall ward waters weaver webb west wild winter wood woods york
young
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Second halves of given names written as two words; those of Jean need a family name behind them.
DOUBLES = {
    "ana": frozenset(["beatriz", "clara", "isabel", "luisa", "maria", "paula"]),
    "anna": frozenset(["maria", "lena"]),
    "anne": frozenset(["laure", "marie", "sophie"]),
    "jean": frozenset(["baptiste", "claude", "louis", "luc", "marc", "michel", "paul", "pierre"]),
    "joao": frozenset(["carlos", "paulo", "pedro"]),
    "jose": frozenset(["antonio", "carlos", "luis", "manuel", "maria", "miguel", "ramon"]),
    "juan": frozenset(["antonio", "carlos", "jose", "luis", "manuel", "pablo"]),
    "luis": frozenset(["alberto", "carlos", "fernando", "miguel"]),
    "maria": frozenset(["dolores", "elena", "isabel", "jesus", "jose", "luisa", "teresa"]),
    "mary": frozenset(["ann", "anne", "beth", "ellen", "jane", "jo", "kate", "lou"]),
}

# Given names of Hungary that are family names as often: behind another given name either is.
HUNGARIAN = frozenset(
    """
antal balazs balint ferenc gabor gal gyorgy imre istvan janos laszlo mihaly miklos pal sandor tamas
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)
