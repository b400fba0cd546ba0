"""Words for won, lost, churned and types of business, in the spellings CRMs use."""

import unicodedata

import pandas as pd
import pytest

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.understand import understand_tables
from icp_engine.intake.joining.deals import read_won
from icp_engine.intake.joining.questions import ask_questions
from icp_engine.settings import Settings


@pytest.mark.parametrize(
    "text",
    ["Closed Won", "closedwon", "Closed/Won", "Won", "gewonnen", "Gagné", "ganado", "Converted"],
)
def test_a_won_stage_is_won_in_every_spelling(text):
    assert outcomes.read_outcome(pd.Series([text])).tolist() == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Closed Lost",
        "closedlost",
        "Closed/Lost",
        "verloren",
        "Perdu",
        "perdido",
        "Disqualified",
        "Not won",
        "Churned deal",
    ],
)
def test_a_lost_stage_is_lost_in_every_spelling(text):
    assert outcomes.read_outcome(pd.Series([text])).tolist() == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Contract Sent (old stage)",
        "Qualified",
        "Negotiation/Review",
        "Prospecting",
        "Customer meeting",
    ],
)
def test_an_open_stage_is_neither(text):
    assert outcomes.read_outcome(pd.Series([text])).isna().all()


def test_status_words_tell_churned_from_staying_customers():
    status = pd.Series(["Active", "Former customer", "Cancelled", None, "Expired"])
    assert outcomes.says_churn(status)
    assert outcomes.read_churned(status).tolist() == [False, True, True, pd.NA, True]


def test_an_active_flag_is_read_the_other_way_round():
    assert outcomes.read_churned(pd.Series(["Yes", "No"]), "Is active").tolist() == [False, True]


def test_deal_types_need_words_for_types_of_business():
    assert outcomes.says_deal_type(pd.Series(["New Business", "Renewal", "Existing Business"]))
    assert not outcomes.says_deal_type(
        pd.Series(["Project", "Maintenance", "Solution", "Consulting"])
    )


def test_deal_types_are_read_to_three_words():
    kinds = outcomes.read_deal_type(
        pd.Series(
            ["New Business", "Existing Customer - Renewal", "Upsell", "Existing Business", "?"]
        )
    )
    assert kinds[:4].tolist() == ["new", "renewal", "upsell", "upsell"]
    assert pd.isna(kinds[4])


def test_account_types_are_read_to_fixed_words():
    types = outcomes.read_account_type(
        pd.Series(
            ["Customer - Direct", "Channel Partner / Reseller", "Prospect", "Competitor", "Vendor"]
        )
    )
    assert types.tolist() == ["customer", "partner", "prospect", "competitor", "vendor"]


@pytest.mark.parametrize(
    ("value", "states"),
    [
        ("Closed Won", ["Closed Won"]),
        ("Lost – the price was more than their whole budget", ["Lost"]),
        ("Closed - Lost (they never came back to us)", ["Closed - Lost"]),
        ("失注：予算が足りなかったため来年に延期。", ["失注"]),
        ("Two quarters and no decision maker yet.", []),
        ("They won.", ["They won."]),
        ("", []),
    ],
)
def test_a_sentence_names_a_state_only_where_it_marks_one_off(value, states):
    assert outcomes.states_of([value]) == states


def test_notes_are_no_outcome_though_they_speak_of_success():
    notes = ["Success for them is a quiet quarter.", "Two quarters and no decision maker yet."]
    assert not outcomes.names_both_outcomes(pd.Series(notes * 10))


def test_industry_names_are_no_outcome():
    industries = pd.Series(["Retail", "Health", "Energy", "Software"] * 5)
    assert not outcomes.names_both_outcomes(industries)
    assert not outcomes.says_account_type(industries)


@pytest.mark.parametrize(
    ("left", "stays"),
    [
        (["Gekündigt", "Inaktiv", "Ehemaliger Kunde", "Ausgelaufen"], ["Aktiv", "Bestandskunde"]),
        (["Résilié", "Inactif", "Ancien client", "Expiré"], ["Actif", "Client"]),
        (["Cancelado", "Inactivo", "De baja", "Ex cliente"], ["Activo", "Cliente"]),
        (["Cancelado", "Inativo", "Ex-cliente"], ["Ativo"]),
        (["Cessato", "Inattivo", "Disdetto", "Scaduto"], ["Attivo", "Cliente"]),
        (["Opgezegd", "Inactief", "Oud-klant", "Verlopen"], ["Actief", "Klant"]),
        (
            ["Churned", "Cancelled", "Former customer", "Expired", "Non-renewing"],
            ["Active", "In trial"],
        ),
    ],
)
def test_leaving_is_understood_in_seven_languages(left, stays):
    assert outcomes.read_churned(pd.Series(left)).tolist() == [True] * len(left)
    assert outcomes.read_churned(pd.Series(stays)).tolist() == [False] * len(stays)


def test_a_status_that_says_neither_is_unknown():
    assert outcomes.read_churned(pd.Series(["Paused", "At risk", "Past due"])).isna().all()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            ("Neugeschäft", "new"),
            ("Nouvelle affaire", "new"),
            ("Novo negócio", "new"),
            ("newbusiness", "new"),
        ),
        *(
            ("Verlängerung", "renewal"),
            ("Rinnovo", "renewal"),
            ("Existing Customer - Renewal", "renewal"),
        ),
        *(
            ("Vente additionnelle", "upsell"),
            ("Uitbreiding", "upsell"),
            ("existingbusiness", "upsell"),
        ),
    ],
)
def test_deal_types_are_understood_in_several_languages(text, kind):
    assert outcomes.read_deal_type(pd.Series([text])).tolist() == [kind]


def test_a_potential_customer_is_a_prospect_and_a_test_customer_a_test():
    types = outcomes.read_account_type(
        pd.Series(["Cliente potencial", "salesqualifiedlead", "Testkunde", "Klant"])
    )
    assert types.tolist() == ["prospect", "prospect", "test", "customer"]


def test_what_a_person_says_a_value_means_is_read_so():
    stage = pd.Series(["Booked", "gone ", "Pitch", None])
    told = outcomes.explain_values(stage, {"booked": "won", "Gone": "lost"})
    assert outcomes.read_outcome(told).tolist()[:2] == [True, False]
    assert outcomes.read_outcome(told)[2:].isna().all()


def test_an_active_flag_with_further_states_is_read_the_other_way_round():
    flags = pd.Series(["Yes", "No", "Cancelled"])
    assert outcomes.read_churned(flags, "Active").tolist() == [False, True, True]


# how people write them, apart from the list that reads them
ANSWERS = {
    "English": ("Yes", "No"),
    "German": ("Ja", "Nein"),
    "French": ("Oui", "Non"),
    "Spanish": ("Sí", "No"),
    "Portuguese": ("Sim", "Não"),
    "Italian": ("Vero", "Falso"),
    "Dutch": ("Ja", "Nee"),
    "Polish": ("Tak", "Nie"),
    "Czech": ("Ano", "Ne"),
    "Slovak": ("Áno", "Nie"),
    "Hungarian": ("Igen", "Nem"),
    "Romanian": ("Da", "Nu"),
    "Swedish": ("Ja", "Nej"),
    "Norwegian": ("Ja", "Nei"),
    "Danish": ("Sandt", "Falsk"),
    "Finnish": ("Kyllä", "Ei"),
    "Turkish": ("Evet", "Hayır"),
    "Greek": ("Ναι", "Όχι"),
    "Russian": ("Да", "Нет"),
    "Ukrainian": ("Так", "Ні"),
    "Bulgarian": ("Да", "Не"),
    "Croatian": ("Da", "Ne"),
    "Slovenian": ("Da", "Ne"),
    "Estonian": ("Jah", "Ei"),
    "Latvian": ("Jā", "Nē"),
    "Lithuanian": ("Taip", "Ne"),
    "Hebrew": ("כן", "לא"),
    "Arabic": ("نعم", "لا"),
    "Hindi": ("हाँ", "नहीं"),
    "Japanese": ("はい", "いいえ"),
    "Chinese": ("是", "否"),
    "traditional Chinese": ("對", "錯"),
    "Korean": ("예", "아니요"),
    "Vietnamese": ("Có", "Không"),
    "Indonesian": ("Ya", "Tidak"),
    "Thai": ("ใช่", "ไม่ใช่"),
    "ticks": ("✓", "✗"),
    "emoji": ("✅", "❌"),
    "tick and x": ("✔", "x"),
    "letters": ("J", "N"),
    "switch": ("On", "Off"),
    "figures": ("1", "0"),
}


def deals_answering(header, yes, no):
    values = [yes, no, no, yes.upper(), unicodedata.normalize("NFD", no), f"{no}. ", f" {yes}"] * 4
    return pd.DataFrame(
        {
            "Deal ID": [f"D-{n}" for n in range(len(values))],
            "Amount": [float(n) for n in range(len(values))],
            header: values,
        }
    )


@pytest.mark.parametrize("language", ANSWERS)
@pytest.mark.parametrize(("header", "given"), [("Won", ""), ("Field 7", "won")])
def test_a_yes_is_won_and_a_no_is_lost_in_every_language(language, header, given):
    frame = deals_answering(header, *ANSWERS[language])
    settings = Settings(roles={"deals": {header: given}} if given else {})
    table = understand_tables({"deals": frame}, settings)[0]["deals"]
    assert (table.kind, table.header("won")) == ("deals", header)
    assert read_won(table).tolist() == [True, False, False, True, False, False, True] * 4


@pytest.mark.parametrize("language", ANSWERS)
def test_losses_alone_are_losses_where_a_person_says_what_the_column_is(language):
    frame = deals_answering("Field 7", "", ANSWERS[language][1])
    settings = Settings(roles={"deals": {"Field 7": "won"}})
    table = understand_tables({"deals": frame}, settings)[0]["deals"]
    lost = read_won(table).loc[frame["Field 7"].str.strip().ne("").to_numpy()]
    # a lone “x” is a tick: nothing beside it says otherwise
    assert lost.tolist() == [language == "tick and x"] * 16


@pytest.mark.parametrize(
    "names",
    [["Jo", "Nils", "Neil", "Siv"], ["NA", "EMEA", "APAC"], ["CO", "NE", "TX"], ["No", "None"]],
)
def test_names_and_regions_are_no_outcome(names):
    assert not outcomes.is_yes_no(pd.Series(names * 5))
    assert not outcomes.says_churn(pd.Series(names * 5))


def test_what_is_on_stays_unless_the_header_speaks_of_leaving():
    switch = pd.Series(["On", "Off"])
    assert not outcomes.says_churn(switch)
    assert outcomes.read_churned(switch, "Account status").tolist() == [False, True]
    assert outcomes.read_churned(switch, "Churned").tolist() == [True, False]


def flagged(**columns):
    frame = pd.DataFrame(
        {"Id": ["1", "2", "3"], "AccountId": ["a", "b", "c"], "IsWon": ["1", "0", "0"], **columns}
    )
    frame["CreatedDate"] = ["2024-01-01", "2024-01-02", "2024-01-03"]
    tables, _ = understand_tables({"opportunities": frame}, Settings())
    return tables["opportunities"]


def test_a_flag_of_won_deals_alone_makes_nobody_lost_and_asks():
    table = flagged()
    assert read_won(table).tolist() == [True, pd.NA, pd.NA]
    assert [problem.code for problem in ask_questions([table])] == ["outcome-one-sided"]


def test_a_closed_flag_tells_lost_from_open():
    table = flagged(IsClosed=["1", "1", "0"])
    assert read_won(table).tolist() == [True, False, pd.NA]
    assert not ask_questions([table])


@pytest.mark.parametrize(
    ("customer", "prospect"),
    [
        ("Stały klient", "Potencjalny klient"),
        ("Odběratel", "Zájemce"),
        ("Asiakas", "Mahdollinen asiakas"),
        ("Постоянный клиент", "Потенциальный покупатель"),
        ("Mevcut müşteri", "Müşteri adayı"),
        ("既存顧客", "見込み客"),
        ("老客户", "意向客户"),
        ("기존 고객", "가망 고객"),
        ("Befintlig kund", "Presumtiv kund"),
        ("Client existent", "Client potențial"),
        ("Bestandskunde", "Kein Kunde"),
    ],
)
def test_customers_and_prospects_are_told_apart_in_every_language(customer, prospect):
    told = outcomes.read_account_type(pd.Series([customer, prospect]))
    assert told.tolist() == ["customer", "prospect"]
