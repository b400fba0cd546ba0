"""None, one or two lines of header are told from the rows beneath them."""

import gzip
import io

import pytest

from icp_engine.intake.reading.delimited import read_delimited
from icp_engine.intake.reading.read import read_sources
from tests.intake.files import archive


def test_a_first_record_is_no_header():
    lines = [
        f'"{n}","Oferta {n}",\\N,"{"Ganado" if n % 2 else "Perdido"}","2024-03-{n:02}"'
        for n in range(1, 25)
    ]
    read = read_delimited("\n".join(lines).encode())
    assert read.header_lines == 0 and len(read.frame) == 24


@pytest.mark.parametrize("header", ["Firm,Country,Seats", "Firm,Land,2023", "Name,Name,Wert"])
def test_words_above_numbers_are_a_header(header):
    read = read_delimited((header + "\nA,DE,3\nB,DE,4\nC,FR,5\nD,FR,6\n").encode())
    assert read.header_lines == 1 and len(read.frame) == 4


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            "Kunde,,Umsatz,Umsatz\nID,Name,2023,2024\n",
            ["Kunde ID", "Name", "Umsatz 2023", "Umsatz 2024"],
        ),
        (
            "Nr,Firma,Wert,Dauer\nno.,text,EUR,days\n",
            ["Nr no.", "Firma text", "Wert EUR", "Dauer days"],
        ),
    ],
)
def test_a_name_in_two_lines_is_one_name(lines, names):
    body = "".join(f"K{n},Firma {n},{n * 10},{n * 11}\n" for n in range(1, 9))
    read = read_delimited((lines + body).encode())
    assert read.header_lines == 2 and len(read.frame) == 8
    assert list(read.frame.columns)[2:] == names[2:]


def test_a_header_that_comes_again_in_part_is_left_out():
    rows = [f"Oferta {n},Ana,{n}00,2024-01-{n:02}" for n in range(1, 20)]
    rows[9:9] = ["X1,,Importe,Fecha"]
    read = read_delimited(("Nombre,Dueña,Importe,Fecha\n" + "\n".join(rows)).encode())
    assert len(read.frame) == 19 and read.left_out["header-repeated"] == (11,)


def test_gzip_is_unpacked_and_bounded(monkeypatch):
    stream = io.BytesIO(gzip.compress(b"id,b\n1,2\n3,4\n"))
    stream.name = "deals.csv.gz"
    tables, problems = read_sources(stream)
    assert list(tables) == ["deals"] and not problems
    for content, code in (
        (gzip.compress(b"0," * (2 << 20)), "file-too-large"),
        (stream.getvalue()[:-9], "file-unreadable"),
    ):
        monkeypatch.setattr("icp_engine.intake.reading.read.MAX_BYTES", 1 << 20)
        _, [problem] = read_sources({"a": io.BytesIO(content)})
        assert problem.code == code


def test_an_archive_of_thousands_of_tables_is_refused():
    many = archive({f"{n}.csv": "a,b\n1,2\n" for n in range(300)})
    _, [problem] = read_sources({"many": io.BytesIO(many)})
    assert problem.code == "file-too-large"
