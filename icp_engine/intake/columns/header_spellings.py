"""Headers as people spell them in several languages, and the role each speaks for.

Comes in: nothing. Goes out: tables of words. Separate because words grow and rules do not. What only
one CRM writes stands in its file of `dialects`.
"""

# ruff: noqa: E501 - one line of spellings a role reads best whole

from __future__ import annotations

import re
from dataclasses import replace

from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.dialects.model import (
    ACCOUNTS,
    ANY_AMOUNTS,
    CONTACTS,
    DEALS,
    EVENTS,
    Spelling,
)
from icp_engine.intake.columns.header_words import split_header

_WITH_ACCOUNT = ("deals", "contacts", *EVENTS)


def _in_words(spelling: Spelling) -> Spelling:
    """A CRM's headers as the words that a table's headers are compared by."""
    words = "|".join(split_header(header)[1] for header in spelling.headers.split("|"))
    return replace(spelling, headers=words)


_SPOKEN: tuple[Spelling, ...] = tuple(
    Spelling(role, phrases, kinds, score, step=0.002)
    for role, kinds, score, phrases in (
        # Who
        (
            "account_id",
            (),
            0.97,
            "account id|company id|customer id|client id|organization id|organisation id|org id"
            "|merchant id|member id|user id"
            "|buyer id|shop id|customer no|customer number|customer code|customer ref|client number|client no"
            "|kundennummer|kunden nr|kunden id|kundennr|id client|numero client|code client|id cliente|codigo cliente"
            "|codice cliente|customer key|cust id|acct id|apollo account id",
        ),
        (
            "account_id",
            (*ACCOUNTS, *_WITH_ACCOUNT),
            0.75,
            "account number|account no|seller id|store id|person id",
        ),
        (
            "account_id",
            ACCOUNTS,
            0.9,
            "record id|id|contact id|lead id",
        ),
        (
            "account_name",
            (),
            0.95,
            "account name|company name|acct name|acct nm|cust name|cust nm|organization name|organisation name|customer name"
            "|client name|firmenname|kundenname|nom du compte|nom de l entreprise|nombre de la cuenta|nombre de la empresa"
            "|nome azienda|business name",
        ),
        (
            "account_name",
            (),
            0.85,
            "account|company|organization|organisation|customer|client|firm|firma|unternehmen"
            "|kunde|societe|entreprise|compte|cuenta|cliente|empresa|azienda|organizace",
        ),
        ("account_name", ACCOUNTS, 0.9, "name|nazev|nom|nombre|nome|full name"),
        ("account_name", (*ACCOUNTS, *DEALS), 0.85, "display name"),
        ("account_name", ACCOUNTS, 0.8, "record"),
        ("account_name", ("orders", "invoices"), 0.7, "name|entity|customer project|customer job"),
        (
            "domain",
            (),
            0.9,
            "domain|company domain|domain name|website|website url|company website"
            "|web site|homepage|webseite|site web|sitio web|email domain|account website|web|company url|primary domain|domains",
        ),
        (
            "account_type",
            ("accounts", "contacts"),
            0.9,
            "account type|type|customer type|relationship"
            "|company type|record type|kundentyp|kontotyp|type de compte|tipo de cuenta|status|account status|stage|account stage|status label|customer status",
        ),
        (
            "owner",
            (),
            0.9,
            "owner|account owner|deal owner|opportunity owner|company owner|contact owner|lead owner"
            "|owner name|rep name|sales agent|sales rep|sales representative|sales person|salesperson|seller|account manager"
            "|account executive|csm|customer success manager|assigned to|responsible|rep|verkaufer|betreuer|vendeur"
            "|propietario|owner id|sr id",
        ),
        # Deals
        (
            "deal_id",
            DEALS,
            0.97,
            "deal id|opportunity id|opp id|mql id|lead id|quote id|inquiry id|enquiry id"
            "|opportunity number|deal number|id|record id|anfrage id|case id|entry id|quote number|lead number"
            "|order number|order id|order no",
        ),
        (
            "deal_name",
            DEALS,
            0.9,
            "deal name|opportunity name|deal title|opportunity title|dealname|title|name"
            "|opportunity|deal|nazev",
        ),
        (
            "deal_type",
            DEALS,
            0.9,
            "deal type|opportunity type|type|business type|new or existing|sale type|sales type"
            "|record type|order type|deal kind|type of business|auftragsart",
        ),
        (
            "pipeline",
            DEALS,
            0.9,
            "pipeline|deal pipeline|pipeline name|sales process",
        ),
        (
            "product",
            DEALS,
            0.85,
            "product|product name|product family|products|produkt|produit|producto",
        ),
        (
            "currency",
            ANY_AMOUNTS,
            0.9,
            "currency|currency code|deal currency|iso currency|wahrung|devise|moneda",
        ),
        (
            "won",
            DEALS,
            0.95,
            "won|closed won|converted|won lost|win loss|outcome"
            "|deal outcome|result|deal status|opportunity status|status|lead status|status type|state|gewonnen|ergebnis|statut|estado"
            "|deal won|win|stage status|closed status|purchased|bought|signed|primary opportunity status type",
        ),
        (
            "stage",
            DEALS,
            0.95,
            "stage|deal stage|sales stage|opportunity stage|pipeline stage|phase"
            "|etape|etapa|fase|faze|verkaufsphase|deal stage name"
            "|current stage|step",
        ),
        (
            "amount",
            DEALS,
            0.95,
            "amount|deal amount|deal value|value|close value|deal size|opportunity amount"
            "|contract value|total amount"
            "|total contract value|tcv|annual contract value|acv"
            "|revenue|price|betrag|auftragswert|wert|montant|importe|valor|importo|deal revenue|arr|mrr"
            "|booking amount|sales price|primary opportunity value|annual amount|annual value|net amount|total price|total|gross amount",
        ),
        (
            "created_date",
            DEALS,
            0.9,
            "create date|created date|date created|creation date|createdate"
            "|created|created at|open date|opened|opened date|engage date|first contact date|lead date"
            "|inquiry date|start date|date|erstellt|erstellt am|erstelldatum|date de creation|fecha de creacion"
            "|deal created date|opportunity created date|date entered|qualified date|entry created at|quote date",
        ),
        (
            "closed_date",
            DEALS,
            0.95,
            "close date|closed date|closedate|closed on|closed at"
            "|won date|date won|decision date|date closed|close|abschlussdatum"
            "|date de cloture|fecha de cierre|data di chiusura|won at|end date|closed|primary opportunity date won",
        ),
        (
            "lost_reason",
            (),
            0.95,
            "lost reason|loss reason|reason lost|lost because"
            "|lost reason detail|verlustgrund|raison de perte|motivo de perdida|why lost|disqualified reason",
        ),
        (
            "lead_source",
            ("accounts", "deals"),
            0.9,
            "lead source|source"
            "|referral source|acquisition channel|acquisition source|marketing channel|origin"
            "|leadquelle|utm source|inbound channel|lead channel|channel|origine|origen|how they found us"
            "|how did you hear about us|how did they hear about us",
        ),
        # Customers
        (
            "customer_since",
            ACCOUNTS,
            0.9,
            "customer since|client since|signup date|sign up date|signed up|signup"
            "|first purchase date|first order date|onboarded|activation date|became customer date"
            "|became customer|contract start|contract start date|member since|join date|joined|registration date|kunde seit"
            "|client depuis|cliente desde|subscription start|subscription start date|first won date|won date|start date"
            "|customer start date|date became customer",
        ),
        (
            "churned",
            ACCOUNTS,
            0.9,
            "churned|churn|churn flag|churn value|is churned|churn label|has churned|cancelled"
            "|canceled|attrition|exited|customer status|account status|subscription status|status|active|is active"
            "|gekundigt|resilie|is customer",
        ),
        (
            "churn_date",
            ("accounts", "churn"),
            0.9,
            "churn date|churned date|churned on|churned at|date churned"
            "|cancel date|cancellation date|cancelled at|canceled at|cancelled on|end date|contract end|contract end date"
            "|termination date|kundigungsdatum|left on|lost date|subscription end date|event date|date",
        ),
        # People
        (
            "contact_email",
            (),
            0.95,
            "email|e mail|email address|mail|contact email|work email|secondary email",
        ),
        (
            "contact_phone",
            (),
            0.95,
            "phone|phone number|mobile|mobile phone|mobile phone number|telephone|tel|fax"
            "|account phone|telefon|other phone|home phone|contact phone|company phone",
        ),
        ("contact_first_name", (), 0.95, "first name|firstname|given name|vorname|prenom|forename"),
        (
            "contact_last_name",
            (),
            0.95,
            "last name|lastname|surname|family name|nachname|nom de famille|apellido",
        ),
        ("contact_first_name", CONTACTS, 0.9, "name"),
        ("contact_last_name", CONTACTS, 0.9, "name"),
        (
            "contact_job_title",
            (),
            0.95,
            "job title|jobtitle|job role|position|contact title|funktion|fonction|cargo",
        ),
        ("contact_job_title", CONTACTS, 0.9, "title|role"),
        ("contact_job_title", DEALS, 0.7, "title"),
        ("account_name", CONTACTS, 0.9, "employer"),
        ("account_name", DEALS, 0.75, "lead name"),
        # Events
        (
            "event_id",
            ("orders", "invoices"),
            0.95,
            "order id|order number|order no|invoice id|invoice number|invoice no|invoice"
            "|transaction id|transaction number|receipt|sale id|payment id|bestellnummer|rechnungsnummer|document number|document no|id|order",
        ),
        ("event_id", ("orders",), 0.96, "name"),
        (
            "event_id",
            ("subscriptions", "usage"),
            0.95,
            "subscription id|subscription|subscription number|contract id|id",
        ),
        (
            "event_id",
            ("tickets",),
            0.95,
            "ticket id|case id|case number|ticket number|ticket|issue id|id",
        ),
        (
            "event_date",
            ("orders", "invoices"),
            0.95,
            "order date|invoice date|transaction date|purchase date|document date|issue date|posting date|payment date|date"
            "|ordered at|created at|order purchase timestamp|timestamp|bestelldatum|rechnungsdatum|created|day|sale date",
        ),
        (
            "event_date",
            ("subscriptions",),
            0.95,
            "start date|subscription start|started at|start|valid from|begin date|current period start|contract start date|contract start"
            "|subscription start date|created|created at",
        ),
        (
            "event_date",
            ("tickets",),
            0.95,
            "submitted at|created at|opened at|created date|date opened|submitted|created"
            "|opened|date|ticket date|submitted date",
        ),
        (
            "event_date",
            ("surveys",),
            0.95,
            "survey date|response date|responded at|answered at|submitted at|date|created at|sent at|timestamp",
        ),
        (
            "event_date",
            ("engagement", "campaigns"),
            0.95,
            "touch date|activity date|engagement date|event date|interaction date|date|occurred at|timestamp|sent at"
            "|clicked at|created at|created date|start date|month|week|day",
        ),
        (
            "event_date",
            ("usage", "notes"),
            0.95,
            "usage date|date|event date|day|timestamp|week|month|created at|created"
            "|note date|interview date|created date|logged at|started|call date|meeting date|scheduled",
        ),
        (
            "churn_date",
            ("subscriptions",),
            0.95,
            "end date|subscription end|ended at|end|valid to|cancelled at|canceled at|cancellation date|churn date"
            "|contract end date|contract end|subscription end date",
        ),
        (
            "event_quantity",
            ("orders",),
            0.9,
            "quantity|qty|units|number of items|items|item count|order quantity|menge|quantite|cantidad|pieces",
        ),
        (
            "event_quantity",
            ("usage",),
            0.9,
            "usage count|count|events|sessions|logins|quantity|actions|usage",
        ),
        (
            "event_amount",
            ("orders", "invoices"),
            0.95,
            "net amount|net total|net value|amount|total|order total|order amount|order value|total amount|revenue|sales"
            "|dollar value|total price|payment value|spend|line total|sales amount|price|value|amount net|amount excl tax"
            "|amount excluding tax|invoice amount|betrag|umsatz|montant|importe|subtotal|grand total|gross amount"
            "|unit price|item price|price each|price per unit|price per item",
        ),
        (
            "event_amount",
            ("subscriptions",),
            0.95,
            "mrr|mrr amount|monthly recurring revenue|monthly amount|monthly price"
            "|monthly fee|mrr usd|arr|arr amount|annual recurring revenue|annual amount|annual contract value|annual value"
            "|amount|net amount|contract value|price",
        ),
        (
            "event_amount",
            ("campaigns",),
            0.95,
            "cost|spend|campaign cost|ad spend|media cost|marketing cost|amount spent|total cost|total spend|costs|kosten"
            "|ausgaben|cout|coste|actual cost|budget|amount",
        ),
        # What the team uses today
        (
            "existing_score",
            (),
            0.9,
            "lead score|fit score|icp score|icp tier|icp fit|icp grade|account score|account tier"
            "|ideal customer profile|predictive score"
            "|lead grade|customer fit score|propensity score|lead rating|account rating|rating|grade",
        ),
    )
)

# What languages say, and what each CRM says besides
SPELLINGS: tuple[Spelling, ...] = (
    *_SPOKEN,
    *(_in_words(spelling) for crm in DIALECTS for spelling in crm.headers),
)


# Words that tell a role wherever they stand in a header: role, kinds of table, pattern
ROLE_PATTERNS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "owner",
        (*ACCOUNTS, *DEALS, *CONTACTS),
        re.compile(
            r"\b(owner|proprietaire|propietario|proprietario|\w*eigenaar|inhaber|besitzer|zustandiger?|responsavel)\b"
        ),
    ),
    (
        "lost_reason",
        (),
        re.compile(
            r"\b(reason|grund|motivo|motif|raison|reden|razon)\b.{0,200}\b(lost|loss|verl\w+|perd\w+|perte|absage|scheiter\w*)\b"
        ),
    ),
    (
        "deal_name",
        DEALS,
        re.compile(
            r"^(name|nom|nombre|nome|naam|title|titel|titre|titulo|titolo)\b.{0,200}"
            r"\b(deal|opportun\w*|oportun\w*|affaire|negocio|offerta|trattativa|auftrags?|verkaufschance)\b"
        ),
    ),
    ("stage", DEALS, re.compile(r"^(phase|fase|etape|etapa|stage)\b")),
    (
        "currency",
        ANY_AMOUNTS,
        re.compile(r"^(currency|wahrung|devise|moneda|moeda|valuta) \w+"),
    ),
)


# Headers whose column is filled by the outcome or after the sale: pattern on the words, and why
_KNOWN_AFTER: tuple[tuple[str, str], ...] = (
    (
        r"\b(won|win|lost|loss|churn|cancel\w*|closed won|rejection) (reason|reasons|code|category|comment|notes?)\b"
        r"|\breason (code|for churn|for leaving)\b",
        "a reason written down after the outcome",
    ),
    (
        r"\bchurn (score|risk|probability|prediction|category|label|value|flag|type)\b|\brenewal (forecast|risk|date|status)\b",
        "a forecast or label made with knowledge of the customer's end",
    ),
    (r"\brefund\w*|\bcredit notes?\b", "refunds come after the sale"),
    (
        r"^(number of |no of |paid )?(seats?|licen[cs]es|user licen[cs]es|paid users)$|^plan( tier| type| name| level)?$"
        r"|\b(subscription|pricing) (tier|plan|type|level)\b|\bbilling (frequency|period|cycle)\b|\bauto renew\w*",
        "what was bought: known only with the sale",
    ),
    (r"\bstatus reason\b", "a reason written down with the outcome"),
    (
        r"\bforecast\b|\bprobability\b|\bexpected (revenue|close|value)\b|\bweighted\b|\best(imated)? (close|revenue)\b|\bnext step\b",
        "a forecast that moves with the deal",
    ),
    (
        r"\blast (activity|modified|contacted|viewed|referenced|stage change|email|updated?|seen|login|engagement|touch)\b"
        r"|\b(update|modified|updated) (time|at|on|date)\b|\bnext activity\b|\bactivities\b|\bemail messages\b|\barchive\b|\boverdue\b|\bopen activity\b|\bline item\b",
        "activity goes on after the outcome",
    ),
    (
        r"\bonboard\w*|\bimplement\w* (date|status|complete\w*)|\bgo ?live\b|\bhandover\b|\bkick ?off\b|\badoption\b"
        r"|\bfeatures? used\b|\bactive users\b|\blogins?\b|\btraining complete\w*",
        "happens after the sale",
    ),
    (
        r"\b(won|lost|closed|expected close|est close) (time|date|at|on)\b|\bis closed\b|\bis closed lost\b|\bclosed lost\b"
        r"|\bdays (open|in stage|in pipeline)\b|\bage in days\b|\bstage duration\b|\bdays since\b|\bfiscal\b",
        "known only when the deal ends",
    ),
    (
        r"\bup ?sale\b|\bup ?sell\b|\bcross ?sale\b|\bcross ?sell\b|\brenew(al|ed)\b|\bupgrade flag\b|\bdowngrade flag\b",
        "says what a sale led to or which business it is",
    ),
    (r"\bdeliver(y|ies|ed)\b|\bchurn\w*\b", "happens after the sale"),
    (
        r"\bticket(s)?\b|\bsupport (cases|calls|load|requests)\b|\bescalations?\b",
        "support comes after the sale",
    ),
    (
        r"\bopen deals\b|\bassociated deals\b|\bnum(ber)? (of )?(associated )?deals\b|\bwon deals\b|\blost deals\b"
        r"|\brecent deal\b|\btimes contacted\b",
        "counts what happened in the CRM",
    ),
)
KNOWN_AFTER = tuple((re.compile(pattern), why) for pattern, why in _KNOWN_AFTER)


# Attribute kinds: pattern on the words. First match counts; anything else is firmographic by
# default.
_ATTRIBUTE_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"\b(gender|sex|age|age (band|group)|birth\w*|marital\w*|education|religion|ethnic\w*|nationality|dependents"
        r"|senior citizen|household|children|income|occupation|partner)\b",
        "demographic",
    ),
    (
        r"\b(technical contact|budget|authority|decision\w*|rfp|rfi|tender|procurement|purchas\w* dept|purch dept|buying|champion"
        r"|stakeholders?|timeline|needs? def\w*|needs|authori[sz]\w*|competitors?|urgency|pain|use case|scope|contract|payment"
        r"|requested|budgt alloc|forml tend|strat deal|buyer|evaluation|incumbent|paperless)\b",
        "buying",
    ),
    (
        r"\b(crm|erp|tms|wms|hris|tech\w*|stack|platform|cloud|software|tools?|uses|integrations?|api|database|hosting|cms|language"
        r"|data ?warehouse|bi tools?|system|os|device|browser|security|backup|internet|streaming|phone service|lines"
        r"|analytics|ecommerce|automation|infrastructure|protection|support|app|stacks|technologies|gtin)\b",
        "technographic",
    ),
    (
        r"\b(value(s)?|culture|attitude|motivation|risk|priorit\w*|innovat\w*|maturity|mindset|persona|interest\w*|lifestyle"
        r"|goal|belief\w*|style|behaviou?r profile|statm|statement|sustainab\w*)\b",
        "psychographic",
    ),
    (
        r"\b(growth|hiring|funding|funded|visits?|downloads?|webinar|demo|trial|campaign|sessions?|page ?views?|opens?|clicks?"
        r"|source|channel|origin|referral|inbound|landing page|engagement|intent|content|event|jobs? (open|posted)|openings"
        r"|first order|first 90 days|partnership|joint)\b",
        "behavioural",
    ),
    (
        r"\b(industry|sector|vertical|segment|branche|size|head ?count|employees?|staff|ftes?|mitarbeiter|revenue|turnover|umsatz"
        r"|region|country|land|pays|pais|city|state|province|territory|continent|location|office|hq|headquarters?|founded"
        r"|established|year|ownership|public|private|sic|naics|business model|model|company|subsidiar\w*|market|legal form|stage"
        r"|locations|stores|branches|catalog|stock|seats|geo\w*|founding|plan|tier|b2b|regional)\b",
        "firmographic",
    ),
)
ATTRIBUTE_KINDS = tuple((re.compile(pattern), kind) for pattern, kind in _ATTRIBUTE_KINDS)


IDENTIFIERS = re.compile(
    r"\b(zip|postal|postcode|plz|code postal|street|address|addresse|lat|latitude|longitude|lng|lat long|geocode|photo|linked ?in"
    r"|facebook|twitter|url|uri|uuid|guid|hash|token|ticker|duns|vat|tax|iban|ssn|password|username|alias|externalid|external id"
    r"|serial|barcode|sku|stock code|description id|contact person|contact name|created by|employee id|creator|parent account"
    r"|parent company|for emails|(billing|shipping|ship) name|salutation|index|row|rank)\b|^count$|^(billing|shipping|mailing|other) code$"
)


# Fields that a tool or a CRM keeps for itself
_OWN_FIELDS = r"fivetran|airbyte|sync(ed)?|synced|lean data|netsuite"
HOUSEKEEPING = re.compile(
    rf"\b({'|'.join([_OWN_FIELDS, *(crm.system_fields for crm in DIALECTS if crm.system_fields)])})\b"
)


COMPANY_WORDS = re.compile(
    r"\b(company|industry|sector|employees|head ?count|annual revenue|annualrevenue|organi[sz]ation|naics|sic|website|domain|b2b"
    r"|number of employees|firmographic|business)\b"
)


PERSON_WORDS = re.compile(
    r"\b(first name|firstname|last name|lastname|surname|age|gender|sex|birth\w*|marital\w*|dependents|senior citizen|household)\b"
)


FIRMOGRAPHIC_NEIGHBOURS = re.compile(
    r"\b(sector|industry|employees|head ?count|established|founded|subsidiary|ownership)\b"
)
