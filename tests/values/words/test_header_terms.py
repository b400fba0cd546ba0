"""Headers of other languages are put together from their terms; English ones stay as they are."""

import time

import pytest

from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference
from icp_engine.values.words.header_terms import IN_ENGLISH, LONGEST, header_in_english


@pytest.mark.parametrize(
    ("header", "english"),
    [
        ("Datum der Bestellung", "order date"),
        ("Bestelldatum", "order date"),
        ("Data wystawienia faktury", "invoice date"),
        ("Termin płatności", "due date"),
        ("Дата оплаты", "paid"),
        ("Factuurbedrag excl. btw", "net amount"),
        ("Montant TTC", "gross amount"),
        ("Momsbeløb", "vat amount"),
        ("Salgsmulighedens værdi", "deal amount"),
        ("Müşteri Adı", "customer name"),
        ("№ договору", "contract id"),
        ("Yıllık sözleşme bedeli", "annual contract value"),
        ("Kilpailija", ""),
        ("受注予定日", "expected close date"),
        ("预计成交日期", "expected close date"),
        ("세금계산서 번호", "invoice number"),
    ],
)
def test_a_header_is_the_english_one_that_its_terms_make_in_either_order(header, english):
    assert header_in_english(plain_words(header)) == english


@pytest.mark.parametrize(
    "header",
    ["Order date", "Customer name", "dealname", "Contacted", "Item", "Total orders", "Lead source"],
)
def test_an_english_header_stays_as_it_is(header):
    assert header_in_english(plain_words(header)) == ""


@pytest.mark.parametrize("header", ["Datenbank", "Ordnungsamt", "Kilometerstand", "Firmado", "x"])
def test_a_header_with_a_word_that_is_no_term_is_left_alone(header):
    assert header_in_english(plain_words(header)) == ""


def test_every_term_has_its_place_in_english_and_no_set_of_terms_two_meanings():
    terms = {term for row in read_reference("header_terms") for term in row["english"].split()}
    sets = [
        frozenset(made.split())
        for row in read_reference("header_phrases")
        for made in row["terms"].split("|")
    ]
    assert terms - {"-"} <= set(IN_ENGLISH) and frozenset().union(*sets) <= set(IN_ENGLISH)
    assert len(sets) == len(set(sets))


def test_a_long_header_of_terms_costs_little():
    started = time.perf_counter()
    header_in_english("auftragsdatum" * (LONGEST // 13))
    header_in_english(" ".join(["data"] * 200))
    assert time.perf_counter() - started < 1.0
