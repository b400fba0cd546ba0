"""Which column of events names who bought, where no known header does.

Comes in: a table's columns with their rules and words. Goes out: points by column. Separate because
a table is known for a list of events by such a column, and its role goes by the same points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log2

from icp_engine.intake.columns.person_names import names_firms
from icp_engine.types import Frame, Series
from icp_engine.values.rule import ColumnRule

LEAST = 2.5  # points from which a column is taken for the buyer
FEWEST = 5  # different buyers
MOST = 0.8  # different values by rows; those of a key that names the rows itself are more
FILLED = 0.9
NEARLY_ALL = 0.9
SAMPLE_ROWS = 20_000
_TYPES = frozenset(("id", "category", "text", "number"))
CODE = re.compile(r"\A(?=\D*+\d)(?=[^a-zA-Z]*+[a-zA-Z])[\w/+=:.#-]{2,40}")
# beginnings of words for who buys, in the languages that invoices are written in
_BUYER = re.compile(
    r"\b(client|customer|cust|account|acct|buyer|kund|kauf|abnehm|auftragg|debit|bestell|achet|comprad|committ|acquirent"
    r"|afnem|koper|klant|nabyw|klient|kontrah|odbior|odberat|zakazn|kopar|asiak|ostaja|musteri|alici|cari|vevo|ugyfel|cumpar"
    r"|beneficiar|cessionario|tercero|receptor|sold to|bill to|partner|πελατ|клиент|контраг|покупат|заказч|абонент)"
    r"|顧客|得意|取引先|客户|客戶|买方|고객|거래처|업체"
)
_ANOTHER_THING = re.compile(
    r"\b(product|produ[ck]t|produit|prodott|item|sku|artik|artic|articul|ware|waren|material|categor|kategor|campaign|employ"
    r"|mitarb|emplead|vended|vendeu|verkauf|seller|rep|agent|owner|user|territor|region|store|shop|filial|plan|lager|towar"
    r"|zboz|polozk|mercador|descri|vara|vare|tuote|urun|stok|cikk|termek|project|projekt|zip|plz|postal|city|country"
    r"|group|gruppe|segment|branch|тов|номенклат|артикул|склад|менедж)"
    r"|商品|品名|品目|品番|产品|货品|상품|품목|품번|担当|地区"
)


def find_buyer(
    frame: Frame, rules: Mapping[str, ColumnRule], words: Mapping[str, str]
) -> str | None:
    """The column with most points, where they suffice."""
    rows = frame.iloc[:SAMPLE_ROWS]
    points = {
        header: buyer_points(words[header], rows[header], rule)
        for header, rule in rules.items()
        if header in words and rule.type in _TYPES
    }
    best = max(points, key=lambda header: points[header], default=None)
    return None if best is None or points[best] < LEAST else best


def says_buyer(words: str) -> bool:
    """Whether a header's words speak of who buys."""
    return bool(_BUYER.search(words)) and not _ANOTHER_THING.search(words)


def buyer_points(words: str, series: Series, rule: ColumnRule) -> float:
    """Codes or firms that come again, the more of them the likelier; 0 where a column cannot be it."""
    values = series.dropna().astype("str")
    distinct = int(values.nunique())
    if rule.type not in _TYPES or len(values) < FILLED * len(series):
        return 0.0
    if not FEWEST <= distinct <= MOST * len(values):
        return 0.0
    different = values.drop_duplicates().iloc[:500]
    coded = float(different.str.fullmatch(CODE.pattern).mean()) >= NEARLY_ALL
    firms, named = names_firms(different), bool(_BUYER.search(words))
    if not named and (rule.type == "number" or not (coded or firms)):
        return 0.0
    return (
        2.0 * named
        + 1.0 * coded
        + 1.5 * firms
        + 0.5 * log2(distinct)
        - 3.0 * bool(_ANOTHER_THING.search(words))
    )


def names_rows(frame: Frame) -> bool:
    """Whether a column gives every row a name in words, as lists of customers have it."""
    for header in frame.columns:
        values = frame[header].iloc[:SAMPLE_ROWS].dropna().astype("str")
        worded = values.str.contains(" ", regex=False) & values.str[:1].str.isalpha()
        named = len(values) == len(frame.iloc[:SAMPLE_ROWS]) > 1 and values.is_unique
        if named and float(worded.mean()) >= MOST:
            return True
    return False
