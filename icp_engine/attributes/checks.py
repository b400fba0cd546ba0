"""Coded checks that withhold a column: leaks, useless columns, and what must not score a person.

Comes in: a column and the evidence about outcomes. Goes out: `Withheld` or None. Separate because
each check says how it detects, why it matters and what to do, and is tested by planting its fault.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Withheld
from icp_engine.customers.model import Customers
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Column
from icp_engine.intake.columns.who_knew.late_headers import known_late
from icp_engine.settings import Settings
from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.stats.proportions import difference_interval
from icp_engine.types import Frame, Index, Series
from icp_engine.values.name_likeness import name_words
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import in_hundred, percent

LEAK_AUC = 0.95
FILL_GAP = 0.05
# “unknown” is an answer somebody gave, so it takes more to suspect the outcome of writing it
WORDED_FILL_GAP = 0.20
MOSTLY_WORDED = 0.5
LARGEST_COMMON_GAP = 0.15
LEAST_FILLED = 0.20
ONE_LEVEL = 0.98
ID_LIKE = 0.9
LEAST_FOR_FILL = 10
SENSITIVE = re.compile(
    r"\b(age|age (group|band|range)|sex|gender|ethnic\w*|race|relig\w*|health|disab\w*|marital|birth\w*"
    r"|senior citizen|alter|altersgruppe|geschlecht|familienstand|behinderung|edad|sexo"
    r"|estado civil|sexe|situation familiale"
    r"|idade|sesso|stato civile|leeftijd|geslacht|burgerlijke staat|wiek|plec|płec|alder|kon|ika|sukupuoli|cinsiyet|yas"
    r"|nationality|herkunft|etnia|"
    r"zip|zip code|postcode|postal code|"
    r"latitude|longitude|lat long)\b",
    re.IGNORECASE,
)
# What is old and no person: “Company age”, “Alter der Maschine”, “edad de la empresa”
OF_A_THING = re.compile(
    r"\b(company|firm|business|organi[sz]ation|domain|website|fleet|building|machine\w*|equipment|property|plant|asset"
    r"|system|vehicle|stack|erp|crm|software|house|site|store|firma|firmen\w*|unternehmen\w*|betriebs?\w*|anlage\w*|maschine\w*"
    r"|gebaude\w*|flotte\w*|entreprise|societe|parc|empresa|maquina\w*|negocio|azienda|impresa|impianto|bedrijf\w*|firmy"
    r"|spolecnosti|foretag\w*|virksomhed\w*|bedrift\w*|yritys|yrityksen|sirket\w*)\b"
)
AGES = frozenset(("age", "alter", "edad", "idade", "leeftijd", "wiek", "alder", "ika", "yas"))
NEAR_PERFECT = 0.97  # AUC from which a column is the outcome, however few were lost
BY_CHANCE = 0.001  # and how seldom chance alone splits so well
FEW_LEVELS = 12  # levels that may split by themselves
GROWS_WITH_TIME = 0.6  # rank correlation of a count with how long somebody has been a customer
LEAST_DATED = 30  # customers with a day and a count
FOLLOWS_CLOSE = 0.97  # share of rows in which the month of closing tells the value
NAMES_ACCOUNTS = 0.5  # share of different values that are names of accounts
PARTNER = re.compile(
    r"\b(partner\w*|reseller|distributor|dealer|agency|agentur|agence|agencia|agenzia|integrator|consultanc\w*|referred|referral|referrer"
    r"|recommended|introduced"
    r"|reference\w*|referenz\w*|referencia\w*|parent|mutter\w*"
    r"|subsidiary|tochter\w*|filiale|maison mere|matriz|holding|group company"
    r"|konzern\w*|supplier|lieferant\w*|fournisseur|proveedor|fornitore|leverancier"
    r"|empfohlen|recommande|recomendado|handler|haendler|systemhaus"
    r"|socio|partenaire|parceiro|apporteur|prescripteur|sold to"
    r"|ship to|bill to|competitor\w*|related|linked)\b"
)

TEXTS: dict[str, tuple[str, str, str]] = {
    "known-after": (
        "Its role says that the outcome fills it in: {fact}.",
        "What is known only after the sale cannot score a deal before it.",
        "Change its role on the Data page if it is known earlier.",
    ),
    "leak-outcome": (
        "Its header says “{fact}”: the outcome, or the state of the deal, in other words.",
        "What repeats the outcome predicts it perfectly and tells nothing.",
        "Allow it only if it is filled before the deal is decided.",
    ),
    "leak-reason": (
        "Its header says “{fact}”: why it ended is written down when it has ended.",
        "A reason of losing or leaving is known of no prospect.",
        "Read it on the anti-ICP page; allow it only if it is asked beforehand.",
    ),
    "deal-step": (
        "Its header says “{fact}”: a step, forecast or term of the deal, written while it runs.",
        "A deal that came far was nearly won; a new account has had no step yet.",
        "Allow it only if it is known before the first talk.",
    ),
    "counts-up": (
        "{fact}.",
        "Who has been a customer for longer has more of it; a prospect has none.",
        "Use it as a measure of value, or allow it if it is known before the sale.",
    ),
    "other-score": (
        "Its header says “{fact}”: the score of another tool.",
        "A score that moves while the deal runs knows how it went; it is compared, not copied.",
        "See how it does on the validation page; allow it if it was frozen before the deal.",
    ),
    "leak-day": (
        "It follows from the month in which the deal was closed, in {fact} deals.",
        "When a deal will close is known only when it has closed.",
        "Allow it if it is known when the deal begins.",
    ),
    "names-accounts": (
        "{fact} of its values are names of accounts.",
        "The name of another company describes none, and would be read by strangers.",
        "Group its values first (for example partners into tiers), or allow it.",
    ),
    "leak-splits": (
        "On its own it splits won from lost almost without error: {fact}.",
        "So clean a split with few lost deals means that the outcome filled it in.",
        "Allow it only if it is filled before the deal is decided.",
    ),
    "leak-separates": (
        "On its own it ranks a won deal above a lost one {fact}.",
        "Almost perfect separation means that the outcome filled it in.",
        "Allow it only if it is filled before the deal is decided.",
    ),
    "leak-filled": (
        "It is filled for {fact}.",
        "A column that is filled for one outcome gives the outcome away.",
        "Fill it for all deals, or allow it if the difference has another cause.",
    ),
    "rarely-filled": (
        "It is filled for {fact} of open and lost accounts.",
        "A trait that is known only of winners cannot be looked up for a prospect.",
        "Record it earlier in the sales process.",
    ),
    "one-level": (
        "{fact} of its values are the same.",
        "A column that never changes tells nothing apart.",
        "Nothing to do.",
    ),
    "id-like": (
        "It has {fact} different values.",
        "A column that names each account separately describes none.",
        "Group its values first (for example cities into regions).",
    ),
    "empty": ("It has no values.", "There is nothing to compare.", "Fill it in the CRM."),
    "date": (
        "It holds dates.",
        "A date describes when, not whom.",
        "Turn it into an age or a duration.",
    ),
    "text": (
        "It holds free text.",
        "Words describe, they do not score.",
        "See the words found on the anti-ICP page.",
    ),
    "sensitive": (
        "Its name says {fact}.",
        "Personal traits stay out of scores and audiences by default.",
        "Allow it only where law and fairness permit.",
    ),
}


def withhold(name: str, code: str, fact: str = "") -> Withheld:
    """The reason a column is withheld, in the catalogue's words."""
    how, why, what = TEXTS[code]
    return Withheld(
        name,
        code,
        how.format(fact=fact),
        why,
        what,
        can_allow=code not in ("empty", "date", "text"),
    )


@dataclass(frozen=True)
class Evidence:
    """What the checks look at: derivation rows, outcome shares by row, and how fill differs between
    outcomes overall.

    `won`, `lost` are 0–1 by account (NaN without closed deals). `open_or_lost` marks described
    accounts that are not winners. `common_gap`: median over columns of the share filled among won
    minus among lost accounts, bounded; prospects are less researched everywhere, which is no leak
    of any one column. `since`, `closed`: by account, the day from which it is a customer and the month
    in which its first deal was closed.
    """

    accounts: Frame
    won: Series
    lost: Series
    open_or_lost: Series
    common_gap: float
    since: Series = field(default_factory=lambda: pd.Series(dtype="datetime64[ns]"))
    closed: Series = field(default_factory=lambda: pd.Series(dtype="str"))
    account_names: frozenset[str] = frozenset()

    @classmethod
    def collect(cls, customers: Customers, rows: Index, outcomes: Frame) -> Evidence:
        """Gather the evidence for the derivation rows."""
        accounts = customers.accounts.loc[rows]
        won, lost = (outcomes[name].reindex(rows) for name in ("won", "lost"))
        is_won = (won >= 0.5) | customers.is_customer.loc[rows]
        names = [n for n, c in customers.columns.items() if c.role == "attribute" and n in accounts]
        filled = accounts[names].notna()
        # an account that only a deal names has no attributes to speak of
        described = filled.any(axis=1)
        return cls(
            accounts,
            won,
            lost,
            ~is_won & described,
            common_gap(filled, won >= 0.5, lost > 0.5),
            customers.customer_since.reindex(rows),
            _first_closed(customers.deals).reindex(rows),
            _names_of(customers.accounts),
        )


def _first_closed(deals: Frame) -> Series:
    """account_id → month in which its first closed deal was closed."""
    if not len(deals):
        return pd.Series(dtype="str")
    over = deals[deals["won"].notna() & deals["closed_date"].notna()].sort_values(
        ["created_date", "closed_date"], kind="stable", na_position="last"
    )
    first = over.drop_duplicates("account_id").set_index("account_id")["closed_date"]
    return first.dt.strftime("%Y-%m")


def _names_of(accounts: Frame) -> frozenset[str]:
    """Folded names of the accounts, without their legal form."""
    if "account_name" not in accounts:
        return frozenset()
    names = accounts["account_name"].dropna().astype("str").unique()
    return frozenset(" ".join(name_words(name)) for name in names)


def common_gap(filled: Frame, won: Series, lost: Series) -> float:
    """Median over columns of the share filled among won minus among lost rows, within
    ±LARGEST_COMMON_GAP.
    """
    gaps = (filled[won].mean() - filled[lost].mean()).dropna()
    return (
        float(np.clip(gaps.median(), -LARGEST_COMMON_GAP, LARGEST_COMMON_GAP)) if len(gaps) else 0.0
    )


def check_column(
    name: str, column: Column, evidence: Evidence, settings: Settings
) -> Withheld | None:
    """The first check that withholds the column, or None."""
    values = evidence.accounts[name]
    if column.role in ("known_after", "existing_score"):
        return _by_header(name, column) or withhold(
            name, "known-after", column.role.reason or "known after the sale"
        )
    if not values.notna().any():
        return withhold(name, "empty")
    if column.type in ("date", "text"):
        return withhold(name, column.type)
    if (said := _sensitive(name)) is not None:
        return withhold(name, "sensitive", said)
    return (
        (None if column.role.given else _by_header(name, column))
        or _useless(name, column, values)
        or _names_accounts(name, column, values, evidence)
        or _leaks(name, column, values, evidence, settings)
        or _from_the_end(name, column, values, evidence)
    )


def _sensitive(name: str) -> str | None:
    """What a header says of a person; the age of a company or a machine says nothing of one."""
    words = split_header(name)[1]
    found = SENSITIVE.search(words) or SENSITIVE.search(name.replace("_", " "))
    if found is None or (found.group(0).lower() in AGES and OF_A_THING.search(words)):
        return None
    return found.group(0).lower()


def _by_header(name: str, column: Column) -> Withheld | None:
    """What the header says of the deal's course; as written in the file, whatever it is called beside
    other tables.
    """
    if column.role.given:
        return None
    words = split_header(column.name)[1]
    late = known_late(words, column.type, of_deals=False)
    if late is None:
        return None
    fact = f"Its header says “{words}”: {late.reason}" if late.code == "counts-up" else words
    return withhold(name, late.code, fact)


def _names_accounts(
    name: str, column: Column, values: Series, evidence: Evidence
) -> Withheld | None:
    """Values that are names of accounts: half of the different ones, or any where the header speaks of
    a partner.
    """
    if column.type not in ("category", "tags") or not evidence.account_names:
        return None
    different = [str(value) for value in values.dropna().unique()]
    named = sum(" ".join(name_words(value)) in evidence.account_names for value in different)
    of_partners = named >= 1 and PARTNER.search(split_header(column.name)[1])
    if of_partners or (named >= 2 and named >= NAMES_ACCOUNTS * len(different)):
        return withhold(name, "names-accounts", of(named, len(different)))
    return None


def _from_the_end(name: str, column: Column, values: Series, evidence: Evidence) -> Withheld | None:
    return _grows_with_time(name, column, values, evidence) or _follows_close(
        name, column, values, evidence
    )


def _grows_with_time(
    name: str, column: Column, values: Series, evidence: Evidence
) -> Withheld | None:
    """A count of which customers have the more, the longer they have been customers."""
    if column.type != "number" or not pd.api.types.is_numeric_dtype(values):
        return None
    since = evidence.since.reindex(values.index)
    known = values.notna() & since.notna()
    counts, days = values[known].astype("float64"), since[known].astype("int64")
    if len(counts) < LEAST_DATED or counts.nunique() < 3 or (counts < 0).any():
        return None
    if (counts % 1 != 0).any() or counts.median() > 1e5 or days.nunique() < 3:
        return None
    link = float(counts.rank().corr(-days.rank()))
    if link < GROWS_WITH_TIME:
        return None
    return withhold(name, "counts-up", f"It grows with the time since the sale (ρ {link:.2f})")


def _follows_close(
    name: str, column: Column, values: Series, evidence: Evidence
) -> Withheld | None:
    """A level that the month of closing tells: a quarter, month or year of the end."""
    closed = evidence.closed.reindex(values.index)
    known = values.notna() & closed.notna()
    levels, months = values[known].astype("str"), closed[known].astype("str")
    if column.type == "boolean" or len(levels) < 2 * LEAST_DATED:
        return None
    if levels.nunique() < 3 or months.nunique() < 3 or levels.nunique() > months.nunique():
        return None
    told = int(levels.groupby(months).agg(lambda part: part.value_counts().iloc[0]).sum())
    if told < FOLLOWS_CLOSE * len(levels) or len(levels) < 4 * months.nunique():
        return None
    return withhold(name, "leak-day", of(told, len(levels)))


def _useless(name: str, column: Column, values: Series) -> Withheld | None:
    known = values.dropna()
    largest = float(known.value_counts(normalize=True).iloc[0])
    if largest >= ONE_LEVEL:
        return withhold(name, "one-level", percent(largest))
    numeric = column.type in ("number", "money", "percent", "range", "tags", "boolean")
    if not numeric and (
        column.type not in ("category",) or known.nunique() > max(20, ID_LIKE * len(known))
    ):
        return withhold(name, "id-like", str(known.nunique()))
    return None


def _leaks(
    name: str, column: Column, values: Series, evidence: Evidence, settings: Settings
) -> Withheld | None:
    filled = values.notna()
    if name in settings.empty_means_no:
        return _separates(name, values, evidence)
    rare = filled[evidence.open_or_lost]
    if len(rare) >= LEAST_FOR_FILL and rare.mean() < LEAST_FILLED:
        return withhold(name, "rarely-filled", f"{int(rare.sum())} of {len(rare)}")
    gap = WORDED_FILL_GAP if column.worded >= MOSTLY_WORDED else FILL_GAP
    return _filled_by_outcome(name, filled, evidence, gap) or _separates(name, values, evidence)


def _filled_by_outcome(
    name: str, filled: Series, evidence: Evidence, gap: float
) -> Withheld | None:
    """The interval of the difference in filled share, as it is and beyond the common gap, excludes
    `gap`.
    """
    won, lost = filled[evidence.won >= 0.5], filled[evidence.lost > 0.5]
    if min(len(won), len(lost)) < LEAST_FOR_FILL:
        return None
    _, low, high = difference_interval(won.sum(), len(won), lost.sum(), len(lost))
    # the gap itself, and the gap beyond the common one
    least = float(min(low, low - evidence.common_gap))
    most = float(max(high, high - evidence.common_gap))
    if least > gap or most < -gap:
        return withhold(
            name,
            "leak-filled",
            f"{won.sum()} of {len(won)} won and {lost.sum()} of {len(lost)} lost accounts",
        )
    return None


def _separates(name: str, values: Series, evidence: Evidence) -> Withheld | None:
    """Lower limit of the attribute's own AUC of won against lost; categories rank by their win
    share. With few lost no limit reaches it: then a split almost without error, which chance makes in
    under one of a thousand, says the same.
    """
    known = values.notna() & evidence.won.notna()
    won, lost = evidence.won[known].to_numpy(), evidence.lost[known].to_numpy()
    if (split := _splits(name, values[known], won, lost)) is not None:
        return split
    if min(won.sum(), lost.sum()) < LEAST_FOR_FILL:
        return None
    ranks = _as_ranks(values[known], won)
    auc = float(weighted_auc(ranks, won, lost))
    auc = max(auc, 1.0 - auc)
    low = float(newcombe_interval(auc, won.sum(), lost.sum())[0])
    said = f"{in_hundred(auc)} times in 100 (at least {in_hundred(low)})"
    return withhold(name, "leak-separates", said) if low >= LEAK_AUC else None


def _splits(name: str, values: Series, won: np.ndarray, lost: np.ndarray) -> Withheld | None:
    few, many = sorted((float(won.sum()), float(lost.sum())))
    if few < 3 or 2.0 * _chance_of_split(few, many) > BY_CHANCE:
        return None
    numeric = pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values)
    if not numeric and values.nunique() > FEW_LEVELS:
        return None
    ranks = values.astype("float64").to_numpy() if numeric else _win_share(values, won)
    auc = float(weighted_auc(ranks, won, lost))
    auc = max(auc, 1.0 - auc)
    if auc < NEAR_PERFECT:
        return None
    groups = f"{count(round(won.sum()))} won and {count(round(lost.sum()))} lost accounts"
    return withhold(name, "leak-splits", f"right {in_hundred(auc)} times in 100, of {groups}")


def _chance_of_split(few: float, many: float) -> float:
    """How often chance puts all of `few` before all of `many`."""
    return math.exp(
        math.lgamma(few + 1.0) + math.lgamma(many + 1.0) - math.lgamma(few + many + 1.0)
    )


def _win_share(values: Series, won: np.ndarray) -> np.ndarray:
    shares = pd.Series(won, index=values.index).groupby(values.astype("str")).transform("mean")
    return np.asarray(shares, dtype="float64")


def _as_ranks(values: Series, won: np.ndarray) -> np.ndarray:
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return values.astype("float64").to_numpy()
    # levels held once or twice would rank by their own outcome, so each share is drawn towards the
    # mean
    grouped = pd.Series(won, index=values.index).groupby(values.astype("str"))
    share = (grouped.transform("sum") - won + 5.0 * won.mean()) / (
        grouped.transform("size") - 1.0 + 5.0
    )
    return np.asarray(share, dtype="float64")
