"""Classes of English words by which the role of her and his is told; written for this product."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AUXILIARIES = """am is are was were be been will would can could shall should may might must do does did has have had
isn't wasn't aren't weren't won't wouldn't can't couldn't shouldn't doesn't didn't hasn't haven't hadn't"""
_LINKS = """about above across after against along among around as at because before behind below beneath beside
besides between beyond but by despite down during except for from if in into like near nor of off on once onto or out
outside over per since so than that though through throughout till to toward towards unless until unto up upon via
when whenever where wherever whether which while who whom whose why with within without yet how what and"""
_PHRASES = """a an the this these those my your our their its some any each every no i you he she it we they me him us
them not"""
_ADVERBS = """again ago ahead almost already alone also always anyway anymore away back badly better either else
elsewhere enough even ever everywhere finally first here immediately instead later lately maybe never nowhere now
often perhaps quickly quite really sometimes somewhere soon still there then today together tomorrow tonight too twice
very well yesterday yet please"""
STOPS = _set(" ".join((_AUXILIARIES, _LINKS, _PHRASES, _ADVERBS)))
OWNED = _set(
    """mother father mom mum dad parents brother sister brothers sisters husband wife son daughter sons daughters child
    children baby family aunt uncle cousin grandmother grandfather friend friends boyfriend girlfriend partner boss
    colleague colleagues neighbour neighbor teacher doctor lawyer team own hand hands eyes eye face head hair heart
    mind arm arms leg legs foot feet shoulder voice body name age life job work career house room car phone book desk
    office dog cat money bag coat shoes dress food lunch dinner breakfast birthday opinion idea ideas story way turn
    best favourite favorite new old very"""
)
TIMES = _set("week month year night time summer winter spring monday tuesday wednesday thursday friday saturday sunday")
GIVING = _set(
    """give gives gave given giving send sends sent sending offer offers offered show shows showed shown teach taught
    hand handed lend lent owe owes owed pay paid cost costs wish wished call calls called calling name named bring
    brought buy bought cook cooked bake baked serve served tell tells told ask asks asked get got make makes made making
    find found grant granted deny denied promise promised read fetch fetched wrote write sing sang"""
)
SEEING = _set(
    """let lets make makes made making help helps helped helping see sees saw seen watch watches watched hear hears
    heard feel felt have had"""
)
STATING = _set(
    """make makes made making find found call called consider considered keep kept leave left drive drove get got think
    thought believe believed declare declared paint painted"""
)
BARE = _set(
    """go come leave stay be do have get say tell know think feel see hear look find take make give keep run walk sit
    stand cry laugh smile sing dance sleep eat drink die live win lose speak talk write read learn understand believe
    realise realize become grow move fall decide finish start stop try carry pay wait pass return enter pack cook choose
    breathe suffer answer"""
)
STATES = _set(
    """happy sad angry mad guilty innocent sick ill tired busy safe alive dead awake asleep alone proud sorry crazy
    nervous afraid smart stupid brilliant difficult helpful funny rude unconscious responsible comfortable uncomfortable
    jealous pregnant famous rich poor welcome upset anxious ready unhappy"""
)
HOME = _set("home past inside one both two three four five more most less much many all something")
NOT_ADVERBS = _set("only early lovely friendly daily weekly monthly elderly family lonely ugly silly likely")
