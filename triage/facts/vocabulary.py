"""The words that tell a name from what is none, written down by hand for this project."""

# Given names confirm where little else does: a name alone on a line, "thanks, jean" in lower case,
# "Doe Jane". One that is missing costs a neutral greeting. Left out are those that are as often a
# family name, a word or a place (Hope, Will, Grant, Paris, Chase, Kim, Lee).
GIVEN_NAMES = frozenset(
    """
aaron abby abdullah abigail abraham ada adam ade adela adele adrian adriana adrien agata agathe
agnes agnieszka ahmed aidan aiko aileen aimee aisha aisling alain alan alana alasdair alba
albert alberto alec alejandra alejandro aleksander aleksandra alena alessandra alessandro
alessia alex alexa alexander alexandra alexandre alexia alexis alfie alfred alfredo ali alice
alicia alina alisha alison alistair allison alma alois alun alvaro alyssa amal amanda amber
ambrose amelia amelie amina amir amit amrit amy ana anais anastasia anaïs anders andre andrea
andreas andrei andres andrew andrzej andy angela angelika angelina angelo angie angus aniela
anil anita anja anjali anke ann anna annabel anne annegret anneke anneliese annelise annemarie
annette annie annika anouk anthony antje antoine anton antonella antonia antonio anushka anya
aoife april arjun arlene armand armando arnaud arno arnold arthur arun arvid asha ashley asif
astrid audrey august augustin aurelie aurora aurélie axel ayesha ayse azra barbara barney barry
bart bartholomew bartosz barış basil bastian beata beate beatrice beatrix beatriz becca becky
belinda ben benedict benedikt benjamin benoit benoît berit bernadette bernard bernd bernhard
bert bertha beryl bess beth bethan bethany betsy bettina betty beverley beverly bex bianca bill
billy birgit birgitta bjorn björn bob bobby bogdan boris bożena brandi brandon branwen brenda
brendan brett brian briana bridget brigitte bronwen bronwyn bruce bruno bryan bryony caitlin
callum calum camila camilla camille candice cara carina carl carla carlo carlos carlotta carly
carmen carol carole caroline carolyn carrie carys caspar cassandra catalina catarina caterina
catherine cathrine cathy catriona cecile cecilia cecily celeste celia celine cesar chantal
charles charlie charlotte chiamaka chiara chloe chloé chris chrissie christa christian christina
christine christoph christophe christopher cindy claire clara clare clarissa claudette claudia
claudio claus clemens clementine clive clément colette colin colleen conceição connie connor
conor conrad constance cora corinna corinne cornelia craig cristian cristina crystal cynthia
cécile céline daisy dale damian damien damir dan dana daniel daniela daniele danielle danny
daphne dara daria dario darius darlene darren dave david davide dawn daz dean debbie deborah
declan deepa deepak deirdre delia denis denise dennis derek dermot desmond diana diane dick
didier diego dieter dilys dimitri dimitris dina dirk dolores dominic dominik dominique donald
donatella donna dora dorian doris dorota dorothea dorothy doug dougal douglas duncan dylan eamon
ed eddie edgar edith edmund edna eduardo edward edwin efua eileen eilidh eirlys eithne ekaterina
elaine eleanor elena eleni eleonora elfriede eli elias elif elin elina elinor elisa elisabeth
elise eliza elizabeth elke ella ellen ellie elliot elliott elodie eloise elsa elsie elspeth
eluned elżbieta emanuele emer emil emile emilia emilie emilio emily emine emma emmanuel
emmanuelle emre eric erica erich erik erika erin ernst erwin esme esperanza estelle esther ethan
ethel etienne euan eugene eugenia eun eva evan eve evelyn evie ewa ewan fabian fabien fabio
fabrice faisal faith farah fatima fatma faye federica federico felicia felicity felipe felix
ferdinand fergus fernanda fernando ffion fiona flavia fleur flora florence florian fran frances
francesca francesco francine francisca francisco franck francois frank frankie franz franziska
françois françoise fred freda freddie frederic frederick frederik freja freya frida frieda
friedrich fritz frédéric gabby gabriel gabriela gabriella gabrielle gail gareth gary gavin gemma
gene genevieve geoff geoffrey georg george georges georgia georgina gerald geraldine gerard
gerda gerhard gert gertrude gethin gianluca gianni gilbert giles gill gillian gina ginny giorgio
giovanna giovanni gisela gisèle gita giulia giulio giuseppe giuseppina gladys glen glenda glenn
gloria glyn glynis gordon grace graciela graeme graham grainne greg gregor gregory greta
gretchen grzegorz gudrun guido guillaume guillermo gunnar gunther gustav guy gwen gwendolyn gwil
gwyneth gérard habib hamza hana hanna hannah hanne hannelore hans harald hari harold harriet
harry hassan hazel heather hector heidi heike heiko heinrich heinz helen helena helene helga
helge helmut hendrik henk henri henrietta henriette henrik henry herbert hermann hermione hilary
hilda hilde holger holly horst howard hubert hugh hugo huw hélène iain ian ibrahim ida idris
ignacio igor ikaika ikram ilaria ilka ilona ilse imogen ines inga inge ingeborg ingo ingrid inka
inès ioana ioannis iolanda ira irena irene irina iris irma isaac isabel isabella isabelle isla
ismail isobel ivan ivana ivo ivor ivy iwona izabela jacek jack jackie jacob jacqueline jacques
jade jaime jake jakob jakub jamal james jamie jan jana jane janet janette janice janina janine
jaroslav jasmin jasmine jason javier jay jean jeanette jeanne jeff jeffrey jemima jen jennie
jennifer jenny jens jeremy jerome jerzy jess jesse jessica jesus jill jillian jim jimmy jitka
jiří joachim joan joana joanna joanne joao joaquin jochen jodie joe joel joelle joerg johan
johann johanna johannes john johnny jolanta jon jonas jonathan jonty joost jordi jorge jorgos
joris jose josef joseph josephine josh joshua josie josé joy joyce joze joão juan juanita judith
judy juha jules julia julian juliana julie julien juliet juliette julio june jurgen justin
justine justyna jérôme jörg jürgen kacper kadri kai kaisa kamal kamil kamila karel karen karim
karin karina karl karla karol karolina kasia kasper katarina katarzyna kate katerina katharina
katherine kathleen kathryn kathy katie katja katrin kavita kay kayla kaylee keira keisha keith
kelly ken kenneth kerry kerstin kevin khadija khalid kieran kiran kirsten kirsty klara klaus
konrad konstantin kris krishna krista kristian kristin kristina kristof krystyna krzysztof kurt
kwame kyle kylie kyra lachlan lalita lamia lana lara larisa larissa larry lars laszlo laura
lauren laurence laurent laurie lavinia lea leah leanne leila len lena leo leon leona leonard
leonardo leonie leonora lesley leslie leticia lewis liam libby liesbeth lieselotte lilian
liliana lillian lilly lily linda lindiwe lindsay lindsey linnea lionel lisa lisbeth lise
liselotte liv livia liz lizzie ljubica lloyd lois lola lorena lorenz lorenzo loretta lorna
lorraine lothar lotta lotte lou louis louise luc luca lucas lucia luciana lucie lucien lucinda
lucy lucía ludmila ludwig luigi luis luisa lukas luke lydia lynda lynette lynn lynne lyudmila
léa léon mabel maciej maddie madeleine madison mads magali magda magdalena maggie magnus mahmoud
maia maike mairead maja malcolm malgorzata malik mandy manfred manon manuel manuela mara marc
marcel marcela marcella marcello marcia marcin marco marcos marcus marek margaret margarita
margaux margery margit margot margrit marguerite maria mariam marian mariana marianne marie
marieke marietta mariette marija marijke mariko marilyn marina mario marion marisa marisol marit
marius mariusz marjorie mark marko markus marlene marlies marta martha martijn martin martina
martine marty martín marvin mary maryam maría mateusz mathias mathieu mathilde matilda matteo
matthew matthias matthieu maud maura maureen maurice mauro max maxim maxime maximilian maxine
maya małgorzata meenakshi meg megan mehmet meike mel melanie melinda melissa mercedes meredith
mette mia michael michaela michal michał michel michela michele michelle miguel mihai mikael
mike mikhail mikkel mila milan milena mili milos mina mindy mira miranda mireille miriam
miroslav mitchell mohamed mohammad mohammed moira mollie molly mona monica monika monique morag
morgan moritz morten moses muhammad mustafa myfanwy myra myriam márta mónica nadeem nadia nadine
nadja nancy naomi narelle nasreen natalia natalie natasha nathalie nathan nathaniel neha neil
nell nellie nerys neus niall niamh nicholas nick nicki nicky nico nicola nicolas nicole niels
nigel nikhil nikita nikki niklas nikola nikolai nikolaus nils nina nisha noah noel noelle noemi
nomvula noor nora norah norbert norma norman noémie nuala nuria nuño odette odile oisín ola olaf
ole oleg olena olga oliver olivia olivier ollie oluwaseun omar oonagh orla orlando oscar oskar
osman otto owain owen oyvind pablo paige paloma pam pamela paola paolo parveen pascal pascale
patrice patricia patricio patrick patrik patrycja patsy patti patty paul paula paulette paulina
pauline paulo pavel pawel paweł pedro peggy penelope penny per pernille peter petr petra phil
philip philippa philippe phillip philomena phoebe phyllis pia pierre pieter pilar piotr piper
poppy priscilla priya przemysław pénélope quentin rabia rachael rachel radek rafael rafal
raffaella rahul rainer raj rajesh ralf ralph ramon ramona randy raphael raquel rashid raul ravi
raymond reba rebecca rebekah reggie regina reginald reinhard reinhold rekha remi rena renata
renate rene renee rené renée reza rhian rhiannon rhona rhys ricarda riccardo richard rick ricky
riikka rita rob robbie robert roberta roberto robin robyn rocio rod roderick rodney rodrigo
roger rohan roisin roland rolf roman romy ron ronald ronan ronja ronnie rory rosa rosalie
rosalind rosalyn rosamund rosanna rosemarie rosemary rosie rosina rowena roxanne roy ruairi rudi
rudolf rui rupert russell ruth ryan ryszard saara sabina sabine sabrina sadie sahar sally salma
salvatore sam samantha samir samira samuel sandeep sandra sandrine sandy sangeetha sanjay sanna
santiago saoirse sara sarah sascha saskia saul scott seamus sean sebastian sebastien selena
selina selma serge sergei sergio shabana shane shannon sharon shaun shaz sheila shelley sheryl
shirley shona sian siegfried sigrid silke silvana silvia simon simona simone sinead siobhan siân
sjoerd sofia sofie sofía solveig sonia sonja sophia sophie soren stacey stan stanislav stanislaw
stefan stefania stefanie stefano steffen stelios stella steph stephan stephane stephanie stephen
steve steven stewart stig stine stuart stéphane stéphanie sue suki sunil sunita susan susana
susann susanna susanne susie suzanne sven svenja svetlana sylvia sylvie sébastien søren tabitha
tadeusz takashi tamara tammy tamsin tania tanja tanya tara tariq tatiana ted terence teresa teri
terri tess tessa thabiso thea thelma theo theodor theodora theresa therese thibault thierry
thomas thorsten tiago tiff tiffany tilda tim timothy tina tobias toby tom tomas tomasz tommaso
tommy tomáš toni tonia tony torsten tove tracey tracy trevor tricia trish trisha trudy tyler udo
ulla ulrich ulrike uma umberto una ursula ute uwe vaclav val valentin valentina valeria valerie
valérie vanessa vasile veerle vera verena verity veronica veronika veronique vicki vicky victor
victoria vidya vijay viktor viktoria vilma vince vincent vincenzo viola violet virginia virginie
vittoria vivian viviane vivien vivienne vladimir volker véronique víctor waltraud wanda wayne
wendy werner wesley wiebke wieslaw wilfred wilhelm willem william willy wilma winifred winnie
winston wojciech wolfgang xander xavier ximena yann yannick yasmin yasmine yevhen yolanda
yolande yuki yuri yusuf yvette yvonne zachary zahra zainab zara zdenek zeynep zoe zofia zoltan
zoltán zoé zoë zsofia zuzana ángel élodie éric étienne óscar łukasz γιώργος δημήτρης ελένη
κώστας μαρία алексей андрей анна аня виктор дмитрий екатерина елена иван ирина мария наталья
оксана олена ольга павел сергей тарас татьяна юлия
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# Family names that stand first in their languages (Chinese, Korean, Vietnamese, Hungarian), in
# Latin letters: after one of these the given name cannot be told.
FAMILY_FIRST = frozenset(
    """
ahn balogh bui bùi cai cao chan chen cheng cheung cho choi dang deng ding do dong du duong dương
farkas feng gao guo han he ho horvath horváth hu huang huynh huỳnh hwang jang jiang juhász jung
kang kim kiss kovacs kovács kwok kwon lakatos lam lau le lee leung li liang lim lin liu lu luo
ly lê lý ma molnár mészáros nagy nemeth ng ngo nguyen nguyễn ngô németh oh pan papp park peng
pham phan phạm ren seo shen shin song su sun szabo szabó takács tang tian tran trần tóth varga
vo vu võ wang wei wong wu xiao xie xu yang yao ye yoon yu yuan zeng zhang zhao zheng zhou zhu
đặng đỗ
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

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
academy account accounts admin administration adviser advisor advocaten again agency agent airlines
all amazon an and angry anon anonymous any anyway app appalled art as asap assistant association at
aunt auntie avec bakery bank begin best big billing blessings board bookings bookshop boutique
brewery bureau business buyer by bye cafe café care cc center centre charity cheers church ciao
claims client clinic club co collections college columbus commercial community company complaints
concerned confirmation consultant contact control coordinator cordially council counsellor counselor
country customer customers dad daddy daughter deal dear del delivery departement department dept
designer desk digital direct director disappointed disgruntled disgusted dispute division do don't
done ebay email end energy enquiries etsy everyone executive express facilities faithfully familie
famille family fed finance fine folks forwarded foundation fr from frustrated fuming furious fyi
gallery garage garden gesendet good goods gran grandad granddad grandma grandpa granny great
greetings group grüße guest gutted guys happy he hello help her hi his holdings home hospital hotel
house how hr human husband in incorporated info ing institute insurance international invoice it
kanzlei kind kindly kitchen klarna kundenservice ladies later lead legal library limited list livid
logistics lol lots love ltd magazine mail mailing mama management manager many market marketing
marketplace me media members merci message mfg mobile mom mommy more mother mum mummy museum music
mutti my nan nana nanny neighbor neighbour net network networks new news newsletter nice no nobody
not note nothing notification notifications now of office ok oma on online opa operations order
orders original our outlook owner page paid parents parish partner parts payable payments paypal
payroll pending pharmacy photography please pls plz poor pottery press principal product productions
products ps public publishing purchasing quality question questions reception rechtsanwälte refund
regards registrar relations reply report representative resort resources restaurant retail return
returns sales salon saludos salutations school secretariat secretary security seller sent service
services she shop shopify shopping shops sincerely so solicitors solutions son soon sorry staff
start still stock store stores stripe studio studios stuff success sumup supplies support systems
tbc team tech telecom thank thanks that the theatre their these they this thx ticket to too toys
trade trading travel treasurer truly trust trustees tv two uncle unhappy unit university upset
urgent us user very vet via volunteers waiting warehouse warm warmly was we web webmaster website
welcome what when where who wholesale why wife with words workshop workshops wtf xmas yes you your
yours
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)

# What begins a family name, and the first half of names that have two ("Abdul Rahman").
PARTICLES = frozenset(
    """
abd abdel abdul abu af al av ben bin bint da das de del della den der des di dos du el ibn la le
les mac mc md mohd o san santa sk st ten ter umm van vom von zu zum
""".split()  # noqa: SIM905 - a page of quotation marks otherwise
)
