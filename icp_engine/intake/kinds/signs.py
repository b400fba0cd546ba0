"""Words of headers that speak for a kind of table.

Comes in: nothing (definitions only). Goes out: `SIGNS`. Separate because words of headers are one
witness among several, and every CRM and language adds to them.
"""

from __future__ import annotations

import re

from icp_engine.intake.columns.dialects import DIALECTS

# Kind → (pattern on a header's words, points). A pattern counts once a table, however many columns
# it fits.
_SPOKEN: dict[str, tuple[tuple[str, float], ...]] = {
    "deals": (
        (r"^(deal|opportunity|opp|mql|lead|quote|inquiry) (id|number|record id)$", 2),
        (r"\bopportunit(y|ies)\b", 2),
        (r"^(bid|tender|proposal|estimate|pitch)( (id|no|number|amount|value|price))?$", 3),
        (
            r"^(bid|tender|proposal|offer|estimate)( (sent|submitted|due|issued))( (on|date|at))?$",
            2,
        ),
        (r"^(answer|decision|award|awarded|decided)( (on|date|day|received))$", 2),
        (r"^deal ?(name|stage|value|amount|type|owner|status|title|size)$", 3),
        (r"^(deal pipeline|pipeline|sales process)( id| stage id| name)?$", 2),
        (r"^(stage|stage name|deal stage|sales stage)$", 2),
        (r"\b(is won|is closed|won lost|closed won|closed lost)\b", 3),
        (r"^(close|closing|closed|actual close|won) ?(date|time|value)$|^closedate$", 3),
        (r"\blost (reason|time)\b|\bloss reason\b", 2),
        (r"\bforecast category\b|^probability", 2),
        (r"^lead status$", 4),
        (r"^(won|outcome)$", 3),
        (r"\bexpected (close|revenue)\b", 2),
        (r"^first contact date$", 2),
        (r"^(rfp|rfi|next step)$", 1),
        (r"^amount$", 1),
        (r"^lead source$", 0.5),
        (r"^(created|create) ?date$", 0.5),
    ),
    "accounts": (
        (r"\bindustry\b|^sector$|^vertical$", 3),
        (r"\b(employees|head ?count|company size|comp size)\b", 3),
        (r"\bannual ?revenue\b", 2),
        (r"^(account|company|organi[sz]ation|customer) name$", 2),
        (r"^(company domain name|domain|website)$", 1.5),
        (r"^(account|customer) type$", 2),
        (r"\b(founded|year established)\b", 2),
        (r"\bcustomer since\b|^sign ?up date$", 3),
        (
            r"\b(c?ltv|clv|life ?time value|nrr|nps|health score|total spend|total revenue|gross revenue)\b",
            3,
        ),
        (r"\bbilling (city|country|state)\b|^(country|region|hq|city|state)\b", 1),
        (r"^parent (account|company|id)$", 1),
        (r"^total (spent|orders)$|^orders? count$|^(lifetime|total) orders$", 3),
        (r"^domains$|\bemployee (range|count)\b", 2),
        (r"^churn(ed)?( flag| value| label)?$", 2),
        (r"^(account|company)$", 1.5),
        (r"^ownership$|^sic|^naics", 1),
        (r"\btenure\b|\bmonthly charges\b", 2),
        (r"^(tech stack|crm)$", 1),
        (r"^(arr|mrr)$", 1),
        (r"^revenue$", 1),
    ),
    "contacts": (
        (r"^(first ?name|given name|vorname)$", 2),
        (r"^(last ?name|surname|nachname)$", 2),
        (r"^contact id$", 3),
        (r"^(e ?mail|email address|work email)$", 2),
        (r"^job ?title$", 4),
        (r"^mobile( phone)?( number)?$", 1),
        (r"^(title|salutation|reports to id|department)$", 1),
        (r"^contact name$", 1),
        (r"\bmailing\b", 2),
        (r"^contact owner$", 2),
    ),
    "orders": (
        (
            r"^(order|invoice|transaction|receipt|sales?|payment|charge) ?(id|no|number)$|^invoice$",
            3,
        ),
        (r"^quantity$|^qty$|^number of \w+$", 1.5),
        (r"^(order|invoice|transaction|purchase|ordered|sales?) ?(date|at|purchase timestamp)$", 3),
        (r"^unit ?price$", 3),
        (
            r"^(dollar value|order (value|total|amount)|payment value|line (total|price|amount)|total price)$",
            2,
        ),
        (r"\b(sku|stock code)\b", 2),
        (r"^(shipped|required) date$|^ship(ping)? ", 1.5),
        (r"^discount", 1),
        (r"^(product )?category$", 0.5),
        (r"^line ?item (name|price|quantity|sku)$", 4),
        (r"^(financial|fulfil+ment) status$", 3),
        (r"^(document|transaction|doc) (number|no|nr)$", 3),
    ),
    "subscriptions": (
        (r"^subscription ?(id|number)$", 3),
        (r"\bmrr\b|\bmonthly (recurring|price|fee)\b", 2),
        (r"\barr\b", 1),
        (r"^(start|started|subscription start) ?(date|at)?$", 2),
        (r"^(end|ended|subscription end|valid to) ?(date|at)?$", 2),
        (r"\bbilling (frequency|period|cycle|interval)\b", 2),
        (r"\bauto renew\b|\brenewal date\b", 2),
        (r"^plan|^seats$", 1),
        (r"^interval$|^current period (start|end)$|^trial (start|end)$", 3),
        (r"^(cancel+ed|ended) ?(at|on|date)$", 2),
    ),
    "invoices": (
        (r"^(invoice|bill|rechnungs?) ?(id|no|nr|number|nummer|date|datum)$|^invoice$", 3),
        (
            r"^(due|payment due|invoice due) ?(date|on)?$|^date due$|^fallig\w*|^echeance$|^vencimiento$",
            6,
        ),
        (r"^(paid|payment|settled) ?(date|on|at)$|^date paid$|^bezahlt am$", 3),
        (r"^(invoice|payment) status$|^(is )?paid$|^overdue|^days (late|overdue)$", 1.5),
        (
            r"^((sales )?tax|vat|gst|mwst|net|gross|net total|gross total|ex vat|inc vat)( amount)?$",
            1,
        ),
    ),
    "usage": (
        (r"^usage ?(id|date|count)$|^usage", 4),
        (r"^feature( name)?$", 3),
        (r"^(sessions|logins|page views|events)$", 3),
        (r"^event (name|type)$", 3),
        (r"\bduration\b", 1),
        (r"^error count$", 1),
        (r"^active (users|days)$", 2),
    ),
    "tickets": (
        (r"^(ticket|case|issue) ?(id|number)$", 5),
        (r"^priority$|^severity$", 2),
        (r"\bresolution\b|\bfirst response\b", 3),
        (r"^submitted ", 2),
        (r"\bsatisfaction\b|^csat$", 1),
        (r"\bescalat\w*\b", 1),
    ),
    "surveys": (
        (r"\bnps\b|\bnet promoter\b|\blikelihood to recommend\b", 4),
        (r"^(survey|response|respondent) ?(id|date|name|at)?$|^responded at$|^answered at$", 3),
        (r"^(score|rating|answer|csat|ces)$", 1.5),
    ),
    "engagement": (
        (
            r"^(touch|touch ?point|engagement|interaction|marketing activity|marketing event) ?(id|type|date|name)?$",
            4,
        ),
        (
            r"^(campaign|campaign name|utm campaign|asset|content|webinar|form|landing page)( name)?$",
            2,
        ),
        (r"^(channel|medium|utm (source|medium))$", 1.5),
        (r"^(activity|event) (date|type|name)$", 1.5),
        (r"^(clicked|opened|opens?|clicks?|responded|attended|subject)$", 1.5),
    ),
    "campaigns": (
        (r"^(campaign|campaign name|campaign id|channel|utm campaign|lead source|source)$", 2),
        (
            r"^(cost|costs|spend|ad spend|(media|campaign|marketing|actual) cost|amount spent|total spend)$",
            4,
        ),
        (r"^(impressions|clicks|leads|budget)$", 1),
    ),
    "churn": (
        (r"^churn event id$|^cancellation id$", 5),
        (r"^(churn|cancellation|cancel) date$", 3),
        (r"\breason code\b|\bchurn reason\b", 2),
        (r"^refund", 2),
        (r"^is reactivation$", 2),
        (r"^feedback", 1),
    ),
    "notes": (
        (
            r"^(note|notes|note text|transcript|interview|comment|comments|quote|verbatim|summary|text|answer)$",
            4,
        ),
        (r"^note (id|date)$|^interview (date|id)$|^interviewee$", 3),
        (r"^(author|topic|source)$", 0.5),
        (r"^(call|meeting|conversation) (id|title|url|brief|summary)$", 3),
        (r"^(brief|key points|highlights|outline|next steps)$", 3),
        (r"^(participants|attendees)$", 2),
    ),
}
# What languages say, and what each CRM says besides
SIGNS: dict[str, tuple[tuple[re.Pattern[str], float], ...]] = {
    kind: tuple(
        (re.compile(sign), worth)
        for sign, worth in (
            *signs,
            *((sign, worth) for crm in DIALECTS for of, sign, worth in crm.signs if of == kind),
        )
    )
    for kind, signs in _SPOKEN.items()
}
