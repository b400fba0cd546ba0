"""Columns of a deals table that their values give away where no header does: the outcome, the days,
the amount, who sold, and what only repeats the outcome.

Comes in: the table's sample, rules, words of headers, and roles by header. Goes out: roles, each
with its reason and the columns that could be it as well. Separate because here every witness adds
points, while a header known as a whole speaks for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log

import pandas as pd

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.evidence.course import find_course
from icp_engine.intake.columns.evidence.money import has_cents
from icp_engine.intake.columns.person_names import NAMES_A_PERSON, look_like_people
from icp_engine.intake.columns.role import Role
from icp_engine.types import Series
from icp_engine.values.name_likeness import are_companies
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule

# Roles that a header gave for want of a better one; what a person or a known header said stays
OPEN_ROLES = frozenset(("attribute", "ignore", "identifier", "known_after", "text", "churn_date"))
SURE, UNSURE = 0.75, 0.55
CLOSE_CALL = 0.5  # points between the best and its rival under which a person is asked
FEW = 5  # won and lost deals under which nothing is told from where a column is filled
CHANCE = log(1e-4)  # how unlikely a fill or a split must be by chance alone
STATES_MAX = 25  # different values; a column with more is no list of states
KNOWN_WORD = 0.6  # sureness of an attribute whose header says what it describes
ELSEWHERE = -2.0  # points at which money is the account's, whatever else there is
ORDERED = 0.95  # share of rows in which one day must not lie before the other

STATE_HEADER = re.compile(
    r"\b(outcome|result|status|stage|state|position|phase|decision|disposition|ergebnis|ausgang|stand|stufe|zustand"
    r"|statut|resultat\w*|resultado|estado|situacao|situacion|fase|etapa|etape|esito|stato|risultato|uitkomst|uitslag"
    r"|resultaat|wynik|stan|etap|vysledek|stav|vysledok|eredmeny|allapot|rezultat\w*|stadiu|utfall|tulos|tila|итог\w*"
    r"|результат\w*|статус\w*|этап\w*|стадия|состояние|durum\w*|sonuc\w*|asama\w*|hasil|ket qua|trang thai|αποτελεσμα"
    r"|κατασταση|النتيجة|الحالة|תוצאה|סטטוס)\b|結果|状況|ステータス|フェース|状態|状态|阶段|结果|결과|상태|단계"
)
FLAG_HEADER = re.compile(
    r"\b(outcome|result|won|win|converted|conversion|sold|bought|signed|purchased"
    r"|(got|made|has|is) (a )?(deal|sale|order)|deal (made|done|closed)|success(ful)?"
    r"|ergebnis|gewonnen|erfolg\w*|abgeschlossen|gagne\w*|resultat\w*|vendu\w*"
    r"|ganad[oa]|resultado|vendid[oa]|ganh[oa]|vint[oa]|esito|vendut[oa]|uitkomst|verkocht|wygran[aey]|wynik|sprzedan\w*|vyhran\w*"
    r"|vysledek|nyert|eredmeny|castigat\w*|vunn[ae]n?|vunnet|vundet|utfall|voitettu|tulos|выигран\w*|продан\w*|итог"
    r"|kazanildi|sonuc|satildi)\b|成約|受注|結果|赢单|成交|结果|수주|결과"
)
_REASON = re.compile(
    r"\b(reason|grund|motiv\w*|motif|raison|reden|why|competitor|score|probab\w*|wahrschein\w*|forecast|partner|payment|invoice"
    r"|email|consent|gdpr|renewal|contact|lead source|country|region|province|user|delivery|shipping)\b"
)
_COUNTS = re.compile(
    r"\b(number|no|num|count|anzahl|anz|nb|nombre de|numero de|qty|times|liczba|aantal)\b"
)
_CLOSING = re.compile(
    r"\b(clos\w*|decid\w*|decision|won|signed|finish\w*|complet\w*|end|ended|final|abschluss\w*|abgeschlossen|entschied\w*"
    r"|entscheid\w*|ende|clotur\w*|ferm\w*|decidee?|signature|fin|cierre|cerrad[oa]|decidid[oa]|fech\w*|encerr\w*"
    r"|conclus\w*|chius\w*|decis[oa]|afgesloten|sluit\w*|besl\w*|zamkn\w*|zakoncz\w*|uzavr\w*|rozhodn\w*|lezar\w*|zaras"
    r"|inchis\w*|inchid\w*|stangd\w*|avslut\w*|lukk\w*|paatos|suljettu|закрыт\w*|заверш\w*|решен\w*|kapan\w*|bitis)\b"
    r"|締結|完了|成約日|受注日|決定|关闭|成交|结束|결정|마감|종료"
)
_OPENING = re.compile(
    r"\b(creat\w*|open\w*|start\w*|begin\w*|began|entered|registered|received|inquir\w*|first contact|angelegt"
    r"|erstell\w*|eroffn\w*|beginn|anlage\w*|eingang\w*|cree\w*|ouvert\w*|debut|abiert[oa]|apertura|inicio|creacion"
    r"|criad[oa]|criacao|abertura|creat[oa]|creazione|aangemaakt|aanmaak\w*|geopend|utworz\w*|otwar\w*|rozpocz\w*"
    r"|vytvor\w*|zaloz\w*"
    r"|letrehoz\w*|megnyit\w*|deschis\w*|skapa\w*|oprett\w*|luotu|avattu|созда\w*|открыт\w*|начал\w*|olustur\w*|baslang\w*"
    r"|acilis)\b|作成|登録|開始|创建|开始|新建|생성|등록|시작"
)
_OTHER_DAY = re.compile(
    r"\b(last|next|modif\w*|updat\w*|activit\w*|birth\w*|due|expected|forecast|planned|expir\w*|valid\w*|deliver\w*|ship\w*"
    r"|letzte\w*|nachste\w*|geplant\w*|erwartet\w*|dernier\w*|prochain\w*|prevu\w*|ultim[oa]|proxim[oa]|previst[oa]|estimad[oa]"
    r"|founded|founding|season|follow)\b"
)
MONEY_WORDS = re.compile(
    r"\b(amount|value|volume|revenue|price|budget|total|worth|sum|acv|tcv|arr|mrr|\w*summe|\w*wert|\w*volumen|\w*betrag|umsatz\w*"
    r"|preis|montant|valeur|chiffre|prix|importe|monto|valor|precio|preco|montante|importo|valore|prezzo|fatturato|bedrag"
    r"|waarde|omzet|kwota|wartosc|cena|castka|hodnota|suma|osszeg|ertek|valoare|belopp|varde|belob|vaerdi|belop|verdi|summa"
    r"|arvo|сумма|стоимость|цена|бюджет|выручка|tutar\w*|deger\w*|bedel\w*)\b|金額|売上|価格|受注額|金额|价格|금액|가격"
)
_OWN_MONEY = re.compile(
    r"\b(annual|jahresumsatz|company|employees?|valuation|funding|raised|salary|income|discount|rabatt|cost|costs|kosten|fee|tax|vat"
    r"|mwst|tva|iva|ask|asked|requested|offered|list|unit|per|each|cac|score|viewership|forecast\w*|expected|estimat\w*|weighted)\b"
)
_DEAL_WORDS = re.compile(r"\b(deal|contract|order|offer|opportunity|auftrag\w*|angebot\w*|total)\b")
_SELLER = re.compile(
    r"\b(managers?|reps?|sellers?|agents?|consultants?|advisors?|salesm\w+|salesp\w+|closer|ae|sdr|verkauf\w*|verk\w*|betreu\w*"
    r"|berater\w*|bearbeit\w*|sachbearbeit\w*|aussendienst\w*|commercial\w*|vendeu\w*|charge\w*|conseill\w*|gestionnaire|comercial"
    r"|vendedor\w*|asesor\w*|gestor\w*|ejecutiv[oa]|consultor\w*|commerciale|venditore|consulente|agente|verkoper\w*|adviseur"
    r"|handlow\w*|opiekun\w*|sprzedaw\w*|obchodnik\w*|prodejce|ertekesit\w*|saljare|ansvarig\w*|saelger|selger|ansvarlig\w*"
    r"|myyja|vastuu\w*|менеджер\w*|ответствен\w*|продавец|temsilci\w*|sorumlu\w*|yetkili\w*)\b|担当|営業|销售|负责|담당"
)
FEW_NAMES = 10  # different values of “Client”, under which it is new, past or current
_CALLED = re.compile(
    r"\b(company|startup|firm|client|customer|account|organi[sz]ation|buyer|school|hospital)( name)?$"
)
_CALLED_ELSE = re.compile(
    r"\b(type|size|kind|sector|segment|owner|partner|parent|competitor|referr\w*)\b"
)
_OF_A_SALE = re.compile(r"\b(deal|lead|opportunity|sales?|offer|quote)\b")


@dataclass(frozen=True)
class Deals:
    """A table of deals as the witnesses see it; `roles` is changed in place."""

    frame: pd.DataFrame
    rules: dict[str, ColumnRule]
    words: dict[str, str]
    roles: dict[str, Role]

    def open_to(self, *types: str) -> list[str]:
        """Columns of these types whose role nobody is sure of."""
        return [
            header
            for header, role in self.roles.items()
            if role in OPEN_ROLES and not role.given and self.rules[header].type in types
        ]

    def has(self, role: str) -> bool:
        """Whether a column has the role."""
        return role in self.roles.values()

    def header(self, role: str) -> str | None:
        """The column with the role."""
        return next((name for name, found in self.roles.items() if found == role), None)

    def clean(self, header: str) -> Series:
        """Its values by its rule."""
        return parse_column(self.frame[header], self.rules[header])

    @cached_property
    def won(self) -> Series:
        """Won, lost or <NA> of each row, as the outcome column says it."""
        header = self.header("won") or self.header("stage")
        if header is None:
            return pd.Series(pd.NA, index=self.frame.index, dtype="boolean")
        return outcomes.read_outcome(self.frame[header])


def fill_deal_roles(deals: Deals) -> None:
    """Roles that no header gave, from values; what repeats the outcome describes nobody."""
    _name_the_account(deals)
    _name_the_outcome(deals)
    _follow_the_course(deals)
    _name_the_days(deals)
    _name_the_amount(deals)
    _name_the_seller(deals)
    _file_what_followed(deals)


def _name_the_account(deals: Deals) -> None:
    """Companies among a deal's words, where nothing names its account."""
    if deals.has("account_name") or deals.has("account_id"):
        return
    for header in deals.open_to("category", "text"):
        if deals.roles[header] != "attribute":
            continue
        words, values = deals.words[header], deals.frame[header]
        called = _CALLED.search(words) and not _CALLED_ELSE.search(words)
        if (called and values.nunique() >= FEW_NAMES) or are_companies(values):
            deals.roles[header] = Role("account_name", UNSURE, "its values are names of companies")
            return


def award(
    deals: Deals, role: str, points: dict[str, tuple[float, str]], least: float
) -> str | None:
    """The role to the column with most points; rivals that come close are named."""
    ranked = sorted(points, key=lambda header: -points[header][0])
    if not ranked or points[ranked[0]][0] < least:
        return None
    best = ranked[0]
    rivals = tuple(name for name in ranked[1:4] if points[name][0] > points[best][0] - CLOSE_CALL)
    score = UNSURE if rivals else SURE
    deals.roles[best] = Role(role, score, points[best][1], rivals=rivals)
    return best


# -- the outcome ---------------------------------------------------------------------------------


def _name_the_outcome(deals: Deals) -> None:
    stage = deals.header("stage")
    if deals.has("won") or (stage and outcomes.says_won_or_lost(deals.frame[stage])):
        return
    points = {}
    for header in deals.open_to("category", "boolean", "text", "number", "tags"):
        found = _outcome_points(deals.words[header], deals.frame[header])
        if found is not None:
            points[header] = found
    if award(deals, "won", points, 3.0) is None and stage is None:
        _ask_for_the_stage(deals)


def _outcome_points(words: str, series: Series) -> tuple[float, str] | None:
    """Points for a column being the outcome, and why; None where its values speak against it."""
    filled = series.dropna()
    if not len(filled) or _COUNTS.search(words) or _REASON.search(words):
        return None
    if outcomes.is_yes_no(filled) or outcomes.says_codes(filled):
        if not FLAG_HEADER.search(words) and not (
            outcomes.says_codes(filled) and STATE_HEADER.search(words)
        ):
            return None
        # letters may stand for something else: said, but not surely
        return 3.0 + 0.5 * bool(outcomes.is_yes_no(filled)), "its header asks who bought"
    if filled.nunique() > 60:
        return None
    both = outcomes.names_both_outcomes(filled)
    one = outcomes.says_won_or_lost(filled)
    told = outcomes.share_of_sale_words(filled)
    if not one or told < 0.3:
        return None
    hinted = bool(STATE_HEADER.search(words) or FLAG_HEADER.search(words))
    return 2.0 * told + 1.5 * both + 1.0 * hinted, "its values say won and lost"


def _ask_for_the_stage(deals: Deals) -> None:
    """A status in words of their own is the stage, so that a person is asked what they mean."""
    points = {}
    for header in deals.open_to("category"):
        words, filled = deals.words[header], deals.frame[header].dropna()
        if not STATE_HEADER.search(words) or _REASON.search(words):
            continue
        if 2 <= filled.nunique() <= STATES_MAX and filled.nunique() < len(filled):
            of_sale = bool(_OF_A_SALE.search(words))
            why = "its header says how the deal stands, its values in words of their own"
            points[header] = (1.0 + of_sale, why)
    best = award(deals, "stage", points, 1.0)
    if best is not None:
        role = deals.roles[best]
        deals.roles[best] = Role("stage", UNSURE, role.reason, rivals=role.rivals)


def _follow_the_course(deals: Deals) -> None:
    """State, day and reason by where they are filled, where no words say who won; what the states
    mean is asked.
    """
    if deals.won.nunique() == 2:
        return
    course = find_course(deals.frame, deals.rules)
    if course is None or (deals.has("stage") and deals.header("stage") != course.state):
        return
    for role, header in (
        ("stage", course.state),
        ("closed_date", course.day),
        ("lost_reason", course.reason),
    ):
        if not deals.has(role) and deals.roles[header] in OPEN_ROLES:
            deals.roles[header] = Role(
                role, UNSURE, "where it is filled tells the course of a sale"
            )


# -- the days ------------------------------------------------------------------------------------


def _name_the_days(deals: Deals) -> None:
    days = {
        header: deals.clean(header)
        for header in deals.open_to("date")
        if not _OTHER_DAY.search(deals.words[header]) and deals.roles[header] != "attribute"
    }
    if not deals.has("closed_date"):
        known = deals.header("created_date")
        others = [deals.clean(known)] if known else list(days.values())
        points = {
            header: _closing_points(deals, header, day, others) for header, day in days.items()
        }
        closed = award(deals, "closed_date", points, 2.5)
        days.pop(closed or "", None)
    if not deals.has("created_date"):
        known = deals.header("closed_date")
        others = [deals.clean(known)] if known else list(days.values())
        points = {
            header: _opening_points(deals, header, day, others) for header, day in days.items()
        }
        award(deals, "created_date", points, 2.5)


def _closing_points(
    deals: Deals, header: str, day: Series, others: Iterable[Series]
) -> tuple[float, str]:
    after = any(not_before(other, day) for other in others if other is not day)
    said = bool(_CLOSING.search(deals.words[header])) - bool(_OPENING.search(deals.words[header]))
    closed = deals.won.notna().to_numpy()
    filled = day.notna().to_numpy()
    ends = bool(closed.any() and (~closed).any()) and (
        filled[closed].mean() >= 0.9 and filled[~closed].mean() <= 0.2
    )
    why = "filled only when the deal was closed" if ends else "its days lie after the first ones"
    return 2.0 * said + 2.0 * after + 2.0 * ends + 0.5 * (filled.mean() >= 0.5), why


def _opening_points(
    deals: Deals, header: str, day: Series, others: Iterable[Series]
) -> tuple[float, str]:
    before = any(not_before(day, other) for other in others if other is not day)
    said = bool(_OPENING.search(deals.words[header])) - bool(_CLOSING.search(deals.words[header]))
    filled = float(day.notna().mean())
    return 2.0 * said + 2.0 * before + 0.5 * (
        filled >= 0.95
    ), "its days lie before the closing ones"


def not_before(first: Series, second: Series) -> bool:
    """Whether `second` is hardly ever before `first`, and mostly later."""
    days = all(pd.api.types.is_datetime64_any_dtype(one) for one in (first, second))
    both = (first.notna() & second.notna()).to_numpy()
    if not days or both.sum() < FEW:
        return False
    lag = second[both].to_numpy() - first[both].to_numpy()
    zero = pd.Timedelta(0).to_timedelta64()
    return bool((lag >= zero).mean() >= ORDERED and (lag > zero).mean() > 0.5)


# -- the amount ----------------------------------------------------------------------------------


def _name_the_amount(deals: Deals) -> None:
    if deals.has("amount"):
        return
    points = {}
    for header in deals.open_to("money", "number"):
        if deals.roles[header] in ("identifier", "churn_date"):
            continue
        points[header] = _amount_points(deals, header)
    best = award(deals, "amount", points, 2.0)
    money = [header for header in points if deals.rules[header].type == "money"]
    if best is None and len(money) == 1 and points[money[0]][0] > ELSEWHERE:
        why = "the only column of money in a table of deals"
        deals.roles[money[0]] = Role("amount", UNSURE, why)
    if best is not None and points[best][0] < 3.0:
        role = deals.roles[best]
        deals.roles[best] = Role("amount", UNSURE, role.reason, rivals=role.rivals)


def _amount_points(deals: Deals, header: str) -> tuple[float, str]:
    words, values = deals.words[header], deals.clean(header)
    cents = has_cents(deals.frame[header], values)
    money = deals.rules[header].type == "money"
    own = bool(_OWN_MONEY.search(words))
    named = bool(MONEY_WORDS.search(words))
    varied = values.nunique() > max(3, 0.1 * int(values.notna().sum()))
    points = (
        2.0 * money
        + 1.5 * (cents and not money)
        + 1.0 * named
        + 0.5 * varied
        + 1.0 * bool(_DEAL_WORDS.search(words))
        - 2.5 * own
        - 5.0 * bool(_COUNTS.search(words))
        - 5.0 * _belongs_to_the_account(deals, values)
    )
    return points, "money that changes from deal to deal"


def _belongs_to_the_account(deals: Deals, values: Series) -> bool:
    """Whether every deal of an account has the same number: then it is the account's, not the
    deal's.
    """
    header = deals.header("account_id") or deals.header("account_name")
    if header is None:
        return False
    groups = values.groupby(deals.frame[header].astype("str"))
    several = groups.size() > 1
    return bool(several.sum() >= FEW and (groups.nunique()[several] <= 1).all())


# -- who sold ------------------------------------------------------------------------------------


def _name_the_seller(deals: Deals) -> None:
    """A few names of people that repeat, under a header that speaks of who sells."""
    people = {}
    for header in deals.open_to("category", "text"):
        values = deals.frame[header].dropna()
        if not _SELLER.search(deals.words[header]) or not look_like_people(values):
            continue
        people[header] = len(values) / max(values.nunique(), 1)
    repeated = {name: (times, "names of people that repeat") for name, times in people.items()}
    if not deals.has("owner"):
        award(deals, "owner", repeated, 2.0)
    for header in people:
        if deals.roles[header] != "owner":
            deals.roles[header] = Role("identifier", 0.8, NAMES_A_PERSON)


# -- what followed from the outcome --------------------------------------------------------------


def _file_what_followed(deals: Deals) -> None:
    """Attributes that are filled only for won or only for lost deals, or that say the outcome in
    other words.
    """
    won = deals.won
    sides = [(won == side).fillna(False).to_numpy(dtype=bool) for side in (True, False)]
    is_won, is_lost = sides
    if min(is_won.sum(), is_lost.sum()) < FEW:
        return
    for header, role in deals.roles.items():
        if role != "attribute" or role.given:
            continue
        unknown = role.score < KNOWN_WORD  # a perfect split by staff or sector is for the checks
        why = next(_followed(deals.frame[header], is_won, is_lost, unknown), None)
        if why is not None:
            deals.roles[header] = Role("known_after", 0.7, why)


def _followed(series: Series, won: pd.Series, lost: pd.Series, unknown: bool) -> Iterator[str]:
    filled = series.notna().to_numpy()
    ended = won | lost
    for side, other, name in ((won, lost, "won"), (lost, won, "lost")):
        count = int(filled[side].sum())
        by_chance = count * log(side.sum() / ended.sum())
        if filled[side].mean() >= 0.2 and filled[other].mean() <= 0.02 and by_chance < CHANCE:
            yield f"filled only where the deal was {name}"
    if unknown and _says_the_same(series, won, ended & filled):
        yield "says the outcome in other words"


def _says_the_same(series: Series, won: pd.Series, rows: pd.Series) -> bool:
    """Whether two to four different values tell won from lost without one exception."""
    values = series[rows]
    if not 2 <= values.nunique() <= 4:
        return False
    outcome = pd.Series(won[rows], index=values.index)
    counts = pd.crosstab(values.astype("str"), outcome)
    if counts.shape[1] < 2 or bool((counts.min(axis=1) > 0).any()):
        return False
    least = int(counts.sum().min())
    return least >= FEW and -_log_ways(len(values), least) < CHANCE


def _log_ways(rows: int, chosen: int) -> float:
    """Logarithm of the number of ways to choose so many of so many rows."""
    return sum(log(rows - place) - log(place + 1) for place in range(min(chosen, 60)))
