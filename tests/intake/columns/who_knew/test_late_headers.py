"""What is written while a deal runs or after it is told by its header, in many languages; what is known
before is not.
"""

# ruff: noqa: E501 - one line a kind reads best whole

import pytest

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.who_knew.late_headers import known_late

LATE = {
    "leak-outcome": (
        (
            "boolean",
            "Converted|Deal won?|Contract signed|Became customer|Sold|Ist gewonnen|Abgeschlossen|Vertrag unterschrieben",
        ),
        (
            "boolean",
            "Auftrag erhalten|A acheté|Contrat signé|Devenu client|Firmado|Contratado|Ganho|Assinado|Vinto|Firmato",
        ),
        (
            "boolean",
            "Getekend|Podepsáno|Umowa podpisana|Underskrevet|Signerat|İmzalandı|Подписан|受注|成約",
        ),
        (
            "category",
            "Lead status|Angebotsstatus|close_quarter|Abschlussquartal|Mes de cierre|Trimestre de clôture",
        ),
    ),
    "deal-step": (
        (
            "boolean",
            "Contract Sent|Demo done|Proposal sent|NDA received|Angebot verschickt|Demo durchgeführt|Devis envoyé",
        ),
        (
            "boolean",
            "Présentation faite|Propuesta enviada|Proposta inviata|Offerte verzonden|Oferta wysłana|契約書送付済",
        ),
        (
            "number",
            "Meetings held|Number of calls|Emails opened|Anzahl Termine|Nb RDV|Reuniones|Aantal afspraken|Discount",
        ),
        (
            "category",
            "Last activity type|Next step|Nächster Schritt|Prochaine étape|Próximo paso|Forecast category",
        ),
        ("percent", "Probability|Abschlusswahrscheinlichkeit|Probabilité|Prawdopodobieństwo"),
        ("number", "Days in negotiation|Stage entered"),
    ),
    "leak-reason": (
        (
            "category",
            "Reason for leaving|Kündigungsgrund|Motif de résiliation|Motivo de baja|Motivo della disdetta",
        ),
        ("category", "Opzegreden|Powód rezygnacji|Lost to competitor|Cancellation reason"),
    ),
    "counts-up": (
        (
            "number",
            "Payment count|Logins|Seats|Anzahl Zahlungen|Nombre de connexions|Number of licences",
        ),
    ),
    "other-score": (
        ("number", "Lead score|Fit score|Propensity score|Leadbewertung"),
        ("category", "Lead grade"),
    ),
}
EARLY = (
    (
        "category",
        "Industry|Contract|Payment method|Funding stage|Last funding round|ERP|Business model|Plan wanted|Lead source",
    ),
    (
        "category",
        "Document management system|Marketing automation|First contact channel|Order management|Growth stage",
    ),
    (
        "number",
        "Employees|Company age|Calls per day|Meeting rooms|Call center seats|Invoices per month|Credit score|Number of users",
    ),
    (
        "number",
        "Page views|Open positions|Terminals|Team size|Time in business|Number of locations",
    ),
    (
        "boolean",
        "Demo requested|Webinar attended|Technical contact|Budget approved|Offers delivery|Paperless billing",
    ),
    ("boolean", "Publicly traded|Uses Salesforce|Hat Betriebsrat|Sells to consumers"),
)
CASES = [(h, t, code) for code, rows in LATE.items() for t, hs in rows for h in hs.split("|")]


@pytest.mark.parametrize(("header", "type_", "code"), CASES)
def test_what_is_known_too_late_is_told(header, type_, code):
    late = known_late(split_header(header)[1], type_, of_deals=True)
    assert late is not None
    assert late.code == code


@pytest.mark.parametrize(("header", "type_"), [(h, t) for t, hs in EARLY for h in hs.split("|")])
def test_what_is_known_before_is_not(header, type_):
    assert known_late(split_header(header)[1], type_, of_deals=True) is None


def test_a_state_or_a_discount_of_a_company_is_none_of_a_deal():
    assert known_late("status", "category", of_deals=False) is None
    assert known_late("discount", "boolean", of_deals=False) is None
