"""Which column is the account: by whose key its values are, by its header's words where values leave
it open.

Comes in: understood tables. Goes out: the same tables with roles account_id where a key was found.
Separate because one table alone cannot tell: “Client Code” is an account where another table's rows
are named by it, or where it repeats.
"""

from __future__ import annotations

import re
from dataclasses import replace

from icp_engine.intake.columns.column_types import infer_rule_for
from icp_engine.intake.columns.dialects.model import EVENTS
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table, known_values
from icp_engine.intake.joining.keys.relations import MEASURES, Relation
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words

OPEN = ("attribute", "identifier", "ignore", "deal_name", "text", "known_after", "product")
JOINED = ("deals", "leads", "contacts", "notes", "unknown", *EVENTS)
LEAST_REPEATED = 1.2  # rows a value, from which a column of buyers' codes names accounts
CODES_LEAST, ALL_HAVE = 5, 0.9  # different codes, and share of rows that have one
BIJECTIVE = 1.05  # pairs a code and a name, from which one does not stand for the other
# a header's account_id that finds fewer of its values than this gives way to one that finds most
FEW_FOUND = 0.2
_BUYER = (
    r"client\w*|customers?|cust|accounts?|acct|company|buyers?|resellers?|dealers?|donors?|members?"
    r"|subscribers?|patients?|kunden?|kd|kund\w*|debitor\w*|firm\w*|klant\w*|kund\w*|asiakas|cli|societe|entreprise"
    r"|acheteur|empresas?|azienda|ditta|odbior\w+|klient\w*|zakazni\w+|kontrahent\w*|partner"
)
_CODE = (
    r"id|ids|code|key|no|nr|number|num|nummer|numero|n|codigo|cod|codice|ref|reference|kennung|kod|cislo|numer"
    r"|schluessel|schlussel|sifra|kode|nro"
)
_NAME = r"name|names|namn|navn|naam|nom|nombre|nome|nazwa|nazev|nev|nimi"
BUYERS_CODE = re.compile(
    rf"^(?:(?:{_BUYER}) ?(?:{_CODE})|(?:{_CODE}) (?:de |du |del |do |della |da )?(?:{_BUYER}))$"
)
BUYERS_NAME = re.compile(
    rf"^(?:(?:{_BUYER}) ?(?:{_NAME})|(?:{_NAME}) (?:de |du |del |do |della |da )?(?:{_BUYER}))$"
)
_BUYERS_CODE_ELSEWHERE = re.compile(
    r"(?:клиент|контрагент|покупател|заказчик)\w{0,3}+\W{0,3}+(?:id|код|номер|№)|(?:id|код|номер|№)\W{0,3}+(?:клиент|контрагент|покупател|заказчик)"
    r"|(?:客户|客戶|顧客|得意先|取引先|고객|거래처)\s{0,2}+(?:id|编号|編號|编码|代码|番号|コード|번호|코드)",
    re.IGNORECASE,
)


def settle_keys(tables: dict[str, Table], relations: list[Relation]) -> dict[str, Table]:
    """The tables with their accounts' keys: first what names the accounts, then who refers to it."""
    named = {
        name: _with_name(_with_own_key(table, [found for found in relations if found.of == name]))
        for name, table in tables.items()
    }
    keys = {
        (name, header)
        for name, table in named.items()
        if table.kind == "accounts"
        for header in table.headers("account_id", "account_name")
    }
    pointing = [found for found in relations if (found.of, found.key) in keys and found.points > 0]
    return {
        name: _with_reference(
            table, [one for one in pointing if one.table == name], _known(relations, name)
        )
        for name, table in named.items()
    }


def settle_codes(tables: dict[str, Table]) -> dict[str, Table]:
    """Deals and events that name their buyer by a code, which its header and its repeats tell."""
    return {
        name: _by_code(table)
        if table.kind in JOINED and table.header("account_id") is None
        else table
        for name, table in tables.items()
    }


def _known(relations: list[Relation], table: str) -> dict[str, float]:
    """column → the largest share of its values that any key holds."""
    shares: dict[str, float] = {}
    for found in relations:
        if found.table == table:
            shares[found.column] = max(found.share, shares.get(found.column, 0.0))
    return shares


def _with_own_key(table: Table, asked_for: list[Relation]) -> Table:
    """A table of accounts with the column that names its rows: the one others refer to, else the
    buyers' code, else, where names repeat, the id beside them.
    """
    if table.kind != "accounts":
        return table
    current = table.header("account_id")
    points: dict[str, float] = {}
    for found in asked_for:
        if found.points > 0:
            points[found.key] = points.get(found.key, 0.0) + found.points
    if current is not None and (table.roles[current].given or points.get(current, 0.0) > 0):
        return table
    best = max(points, key=lambda key: (points[key], key), default=None)
    if best is not None and table.roles[best] in (*OPEN, "account_id"):
        told = next(one for one in asked_for if one.key == best and one.points > 0)
        return _as_account(
            table, best, f"“{told.table}” refers to it: {told.reason}", instead_of=current
        )
    return table if current is not None else _by_words(table)


def _with_name(table: Table) -> Table:
    """A table of accounts with the column that its header calls the buyer's name."""
    if table.kind != "accounts" or table.header("account_name") is not None:
        return table
    for header, role in table.roles.items():
        named = not role.given and role in OPEN and table.rules[header].type in ("text", "category")
        if named and BUYERS_NAME.search(plain_words(header)) and _names_many(table, header):
            roles = {**table.roles, header: Role("account_name", 0.75, "the buyer's name")}
            return replace(table, roles=roles)
    return table


def _names_many(table: Table, header: str) -> bool:
    values = _values(table, header)
    return values.nunique() >= 0.5 * len(values) > 0


def _by_words(table: Table) -> Table:
    header = next((h for h in table.roles if _is_code(table, h) and _unique(table, h)), None)
    if header is not None:
        return _as_account(table, header, "the buyer's code, another one in every row")
    name = table.header("account_name")
    if name is None or _unique(table, name):
        return table
    header = next(
        (h for h in table.headers("identifier") if _counts_rows(table, h) and _unique(table, h)),
        None,
    )
    return (
        table
        if header is None
        else _as_account(table, header, f"“{name}” repeats, and this one does not")
    )


def _counts_rows(table: Table, header: str) -> bool:
    """Whether a column may be an id by its shape: not an address, a phone or a web page."""
    return table.rules[header].type in ("id", "number")


def _with_reference(table: Table, found: list[Relation], shares: dict[str, float]) -> Table:
    """A table that refers to accounts with the column that does; none where it has one that works."""
    if table.kind not in JOINED:
        return table
    current = table.header("account_id")
    works = current is not None and (
        table.roles[current].given or shares.get(current, 0.0) >= FEW_FOUND or not found
    )
    own = table.header("deal_id")
    borrowed = table.kind == "unknown" or (own is not None and _repeats(table, own))
    roles = (*OPEN, "deal_id") if borrowed else OPEN
    usable = [one for one in found if table.roles[one.column] in roles]
    usable = [one for one in usable if not table.roles[one.column].given]
    held = next((one for one in found if one.column == current), None)
    if works and held is not None and not table.roles[held.column].given:
        return _as_account(table, held.column, held.reason)
    if works or not usable:
        return table
    name = table.header("account_name")
    if name is not None and name in {one.column for one in found}:
        # a name that joins is enough, unless an id does as well
        usable = [one for one in usable if table.rules[one.column].type in ("id", "number")]
    if not usable:
        return table
    held_by = _as_account(table, usable[0].column, usable[0].reason, instead_of=current)
    return _with_deal_id(held_by) if usable[0].column == own else held_by


def _with_deal_id(table: Table) -> Table:
    """Deals whose id turned out to be their account's, with the first column that names every row."""
    header = next((h for h in table.headers("identifier", "ignore") if _unique(table, h)), None)
    if table.kind != "deals" or header is None or table.rules[header].type not in ("id", "number"):
        return table
    return _as_key(table, header, Role("deal_id", 0.8, "another one in every row"))


def _by_code(table: Table) -> Table:
    """Deals and events that name their buyer by a code: it repeats, and never two names share it."""
    if table.kind in ("contacts", "notes", "unknown"):
        return table
    for header in table.roles:
        if _is_code(table, header) and _repeats(table, header) and _keeps_names(table, header):
            return _as_account(table, header, "the buyer's code, which repeats")
    return table


def settle_pairs(tables: dict[str, Table]) -> dict[str, Table]:
    """Events that name their buyer in words or by a code, with the column that says the same the other
    way: one code a name, one name a code.
    """
    return {
        name: _with_pair(table) if table.kind in EVENTS else table for name, table in tables.items()
    }


def _with_pair(table: Table) -> Table:
    code, name = table.header("account_id"), table.header("account_name")
    if (code is None) == (name is None):
        return table
    known = code or name
    wanted = ("id", "number") if code is None else ("category", "text")
    for header, role in table.roles.items():
        if role.given or role not in OPEN or table.rules[header].type not in wanted:
            continue
        if known is not None and _stand_for_each_other(table, header, known):
            why = f"“{known}” has one value for each of it, and it one for each of “{known}”"
            if code is None:
                return _as_account(table, header, why)
            return replace(table, roles={**table.roles, header: Role("account_name", 0.75, why)})
    return table


def _stand_for_each_other(table: Table, header: str, known: str) -> bool:
    pairs = table.frame[[header, known]].dropna().astype("str")
    values = pairs[header].nunique()
    if values < CODES_LEAST or len(pairs) < max(
        ALL_HAVE * len(table.frame), LEAST_REPEATED * values
    ):
        return False
    both = len(pairs.drop_duplicates())
    return both <= BIJECTIVE * min(values, pairs[known].nunique())


def _is_code(table: Table, header: str) -> bool:
    role, rule = table.roles[header], table.rules[header]
    if role.given or role not in OPEN or rule.type in MEASURES or rule.type == "email":
        return False
    told = (split_header(header)[1], plain_words(header))
    return any(BUYERS_CODE.search(words) for words in told) or bool(
        _BUYERS_CODE_ELSEWHERE.search(header)
    )


def _values(table: Table, header: str) -> Series:
    return known_values(table.frame[header], table.rules[header])


def _unique(table: Table, header: str) -> bool:
    values = _values(table, header)
    return len(values) == len(table.frame) > 1 and bool(values.is_unique)


def _repeats(table: Table, header: str) -> bool:
    values = _values(table, header)
    return values.nunique() > 2 and len(values) >= LEAST_REPEATED * values.nunique()


def _keeps_names(table: Table, header: str) -> bool:
    """Whether each code stands beside one name, where there are names."""
    name = table.header("account_name")
    if name is None:
        return True
    pairs = table.frame[[header, name]].dropna()
    return bool(pairs.groupby(header)[name].nunique().le(1).mean() >= 0.9)


def _as_account(table: Table, header: str, why: str, instead_of: str | None = None) -> Table:
    """The table with this column as its account; what had the role before is an identifier."""
    found = _as_key(table, header, Role("account_id", 0.85, why))
    if instead_of is None or instead_of == header:
        return found
    before = Role("identifier", 0.6, f"“{header}” names the account")
    return replace(found, roles={**found.roles, instead_of: before})


def _as_key(table: Table, header: str, role: Role) -> Table:
    """The table with this column of ids in a role."""
    rule = infer_rule_for(table.frame[header], "id", header)
    return replace(table, roles={**table.roles, header: role}, rules={**table.rules, header: rule})
