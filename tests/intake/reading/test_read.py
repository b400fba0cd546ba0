"""Each file comes in as the right table, or as the right problem; nothing raises, nothing is lost
in silence.
"""

import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.intake.reading import delimited, spreadsheets
from icp_engine.intake.reading.child import process as child_process
from icp_engine.intake.reading.limits import TooLarge
from icp_engine.intake.reading.read import read_sources


def named(content, name="deals.csv"):
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def read_one(content, name="deals.csv"):
    tables, problems = read_sources(named(content, name))
    return next(iter(tables.values()), None), [problem.code for problem in problems]


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


PLAIN = "id,name,amount\n1,Zoë,10\n2,Bo,20\n"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (PLAIN.encode(), []),
        (PLAIN.encode("utf-8-sig"), []),
        (PLAIN.encode("utf-16"), ["file-encoding"]),
        (PLAIN.encode("utf-16-le"), ["file-encoding"]),
        (PLAIN.encode("cp1252"), ["file-encoding"]),
        (PLAIN.replace(",", ";").encode(), []),
        (PLAIN.replace(",", "\t").encode(), []),
        (PLAIN.replace(",", "|").encode(), []),
        (PLAIN.replace("\n", "\r\n").encode(), []),
        (PLAIN.replace("\n", "\r").encode(), []),
        ('"id","name","amount"\n"1","Zoë","10"\n"2","Bo","20"'.encode(), []),
        (("\n\n" + PLAIN + "\n\n").encode(), []),
    ],
)
def test_one_table_in_many_dresses(content, codes):
    frame, found = read_one(content)
    assert frame.to_dict("list") == {
        "id": ["1", "2"],
        "name": ["Zoë", "Bo"],
        "amount": ["10", "20"],
    }
    assert found == codes


@pytest.mark.parametrize(
    ("content", "name", "codes"),
    [
        (b"", "a.csv", ["file-empty"]),
        (b"\n \n", "a.csv", ["file-empty"]),
        (b",,\n,,\n", "a.csv", ["file-empty"]),
        (b"id,name\n", "a.csv", ["file-header-only"]),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.csv", ["file-not-a-table"]),
        (b"%PDF-1.7 x", "a.csv", ["file-not-a-table"]),
        (bytes(range(256)) * 9, "a.csv", ["file-not-a-table"]),
        (b"<html><table></table>", "a.xls", ["file-not-a-table"]),
        (b"PK\x03\x04broken", "a.xlsx", ["file-unreadable"]),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls", ["file-unreadable"]),
        (b"PAR1broken", "a.parquet", ["file-unreadable"]),
        (b'{"status": 1}', "a.json", ["file-not-a-table"]),
        (b",".join([b"c"] * 2001) + b"\n", "a.csv", ["file-too-large"]),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content, name, codes):
    frame, found = read_one(content, name)
    assert frame is None
    assert found == codes


@pytest.mark.parametrize("source", ["/nowhere/deals.csv", "/tmp", None, 5, object()])
def test_a_source_that_cannot_be_opened_is_named(source):
    tables, problems = read_sources(source)
    assert not tables
    assert [problem.code for problem in problems] == ["file-missing"]


def test_rows_carry_the_number_a_spreadsheet_shows():
    frame, _ = read_one(b"Report: deals\nAs of 2024\n\nid,stage,amount\n1,Won,5\n\n2,Lost,6\n")
    assert frame.index.tolist() == [5, 7]


def test_a_salesforce_reports_footer_is_no_data():
    footer = "\n\nMy report\nConfidential Information - Do Not Distribute\n"
    footer += "Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved.\n"
    frame, codes = read_one((PLAIN.rstrip() + footer).encode())
    assert frame["id"].tolist() == ["1", "2"]
    assert codes == []


def test_rows_of_another_width_are_read_and_named():
    tables, problems = read_sources(named(b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n"))
    assert tables["deals"].to_numpy().tolist() == [
        ["1", "2", "3"],
        ["1", "2", ""],
        ["1", "2", "3"],
        ["1", "2", "3"],
    ]
    assert [(problem.code, problem.rows) for problem in problems] == [("rows-ragged", (3, 4))]


def test_line_breaks_and_delimiters_inside_quotes_are_text():
    frame, codes = read_one(b'a,b\n"x\ny, ""z""",2\n3,4\n')
    assert frame["a"].tolist() == ['x\ny, "z"', "3"]
    assert codes == []


def test_a_quote_that_never_closes_does_not_swallow_the_file():
    frame, _ = read_one(b'a,b\n"x,1\ny,2\n')
    assert frame.to_numpy().tolist() == [["x", "1"], ["y", "2"]]


def test_columns_aligned_with_blanks_are_a_table():
    frame, _ = read_one(
        b" id  date amount\n 00001 19970101  1.5\n 00002 19970112 12.0\n", "master.txt"
    )
    assert frame.to_dict("list") == {
        "id": ["00001", "00002"],
        "date": ["19970101", "19970112"],
        "amount": ["1.5", "12.0"],
    }


def test_one_column_of_two_words_stays_one_column():
    frame, _ = read_one(b"Account Name\nBlue Ocean\nGreen Hill\n")
    assert frame["Account Name"].tolist() == ["Blue Ocean", "Green Hill"]


def test_a_file_without_header_keeps_its_first_row():
    frame, codes = read_one(b"17,2024-01-05,3.5\n18,2024-01-06,4.5\n")
    assert frame.shape == (2, 3)
    assert codes == ["header-missing"]


def test_headers_used_twice_give_the_first_filled_value():
    frame, codes = read_one(b"Industry,id,industry \n,1,Retail\nBank,2,Other\n")
    assert frame["Industry"].tolist() == ["Retail", "Bank"]
    assert codes == ["columns-duplicate"]


def test_one_row_is_kept_and_said():
    frame, codes = read_one(b"a,b\n1,2\n")
    assert len(frame) == 1
    assert codes == ["table-one-row"]


def test_a_cell_is_cut_at_the_limit():
    frame, codes = read_one(b"a,b\n1," + b"z" * 100_000 + b"\n2,3\n")
    assert frame["b"].str.len().tolist() == [65_536, 1]
    assert codes == ["cells-cut"]


def test_a_line_without_an_end_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_LINE_BYTES", 1 << 20)
    assert read_one(b"ab," * 400_000) == (None, ["file-too-large"])
    assert read_one(b"a,b\n" + b"1," * 300_000 + b"\n" + b"1,2\n" * 200_000)[0] is not None


@pytest.mark.parametrize("sign", ["^", "~", ";", "\t", ":"])
def test_a_first_line_may_name_the_delimiter(sign):
    frame, codes = read_one(f"sep={sign}\r\nid{sign}na,me\r\n1{sign}a\r\n2{sign}b\r\n".encode())
    assert frame.to_dict("list") == {"id": ["1", "2"], "na,me": ["a", "b"]}
    assert codes == []


def test_a_workbook_is_read_whatever_its_name():
    content = workbook(
        {
            "Deals": [
                ["id", "when", "won", "value"],
                [1, pd.Timestamp("2024-05-01"), True, 2.5],
                [2, None, False, 3.0],
            ]
        }
    )
    frame, codes = read_one(content, "deals.csv")
    assert frame.to_numpy().tolist() == [
        ["1", "2024-05-01", "TRUE", "2.5"],
        ["2", "", "FALSE", "3"],
    ]
    assert codes == ["file-renamed"]


def test_the_sheet_with_the_table_is_chosen_and_its_header_found():
    rows = [
        ["Pipeline 2024"],
        [],
        ["id", "stage", "amount"],
        *[[number, "Won", 5] for number in range(5)],
    ]
    frame, codes = read_one(workbook({"Cover": [["Hello"]], "Data": rows}), "deals.xlsx")
    assert list(frame.columns) == ["id", "stage", "amount"]
    assert frame.index[0] == 4
    assert codes == ["file-sheet-choice"]


def test_a_workbook_that_asks_for_half_a_terabyte_is_refused_before_it_is_parsed(monkeypatch):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    stream = io.BytesIO()
    book.save(stream)
    _, codes = read_one(stream.getvalue(), "bomb.xlsx")
    assert codes == ["file-too-large"]
    # the second line of defence by itself
    monkeypatch.setattr(spreadsheets, "check_archive", lambda archive: None)
    with pytest.raises(TooLarge):
        spreadsheets.read_workbook(stream.getvalue())


def test_a_workbook_that_takes_too_long_is_refused():
    with pytest.raises(TooLarge, match="seconds"):
        spreadsheets.read_workbook(workbook({"a": [["x"]]}), patience=0.001)


def stand_in(monkeypatch, folder, first):
    """A child process that does something before it reads the workbook."""
    child = folder / "child.py"
    child.write_text(
        f"import runpy, sys, time, resource\n{first}\n"
        f"runpy.run_path({str(child_process.CHILD)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(child_process, "CHILD", child)


def test_a_workbook_is_read_however_late_its_reader_starts(monkeypatch, tmp_path):
    # longer than a quarter of a second, more than a pipe holds
    stand_in(monkeypatch, tmp_path, "time.sleep(0.6)")
    content = workbook({"a": [["id", "words"], *[[n, f"{n * 7919**3:x}"] for n in range(9000)]]})
    assert len(content) > 100_000
    [sheet] = spreadsheets.read_workbook(content)
    assert sheet.content.count(b"\n") == 9001


def test_a_workbook_that_computes_without_end_is_refused(monkeypatch, tmp_path):
    endless = "resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
    stand_in(monkeypatch, tmp_path, endless)
    with pytest.raises(TooLarge, match="seconds of reading"):
        spreadsheets.read_workbook(workbook({"a": [["x"]]}))


def test_an_archive_that_inflates_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_BYTES", 1 << 20)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deals.csv", b"a,b\n" + b"0" * (4 << 20))
    assert read_one(stream.getvalue(), "deals.zip") == (None, ["file-too-large"])


def test_a_zip_gives_each_table_its_own_name():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x/accounts.csv", "id,b\n1,2\n3,4\n")
        archive.writestr("deals.csv", "id,b\n1,2\n3,4\n")
        archive.writestr("__MACOSX/deals.csv", "junk")
    tables, problems = read_sources(named(stream.getvalue(), "export.zip"))
    assert sorted(tables) == ["accounts", "deals"]
    assert not problems


def test_json_lines_and_salesforce_records_are_tables():
    lines, _ = read_one(b'{"a": 1, "b": {"c": "x"}}\n{"a": 2}\n', "a.jsonl")
    assert lines.to_dict("list") == {"a": ["1", "2"], "b.c": ["x", ""]}
    records = {"records": [{"attributes": {"type": "Account"}, "Name": "A"}, {"Name": "B"}]}
    nested, _ = read_one(json.dumps(records).encode(), "a.json")
    assert nested.to_dict("list") == {"Name": ["A", "B"]}


def test_parquet_keeps_its_types():
    stream = io.BytesIO()
    frame = pd.DataFrame(
        {"n": [1, 2], "when": pd.to_datetime(["2024-01-01", None]), "t": pd.Categorical(["a", "b"])}
    )
    frame.to_parquet(stream)
    read, _ = read_one(stream.getvalue(), "a.parquet")
    assert pd.api.types.is_integer_dtype(read["n"])
    assert pd.api.types.is_datetime64_any_dtype(read["when"])
    assert read["t"].tolist() == ["a", "b"]


def test_frames_keep_their_types_and_count_rows_like_files():
    given = pd.DataFrame(
        {" n ": [1.5, None], "flag": [True, False], "list": [["a", "b"], None], 3: ["x", "y"]},
        index=[9, 9],
    )
    tables, problems = read_sources({"accounts": given})
    frame = tables["accounts"]
    assert list(frame.columns) == ["n", "flag", "list", "3"]
    assert frame.index.tolist() == [2, 3]
    assert frame["n"].dtype == "float64"
    assert frame["list"].tolist()[0] == "a; b"
    assert not problems


def test_tables_of_one_name_are_told_apart(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "accounts.csv").write_text(PLAIN)
    tables, _ = read_sources(
        tmp_path / "one/accounts.csv", str(tmp_path / "two/accounts.csv"), io.StringIO(PLAIN)
    )
    assert list(tables) == ["accounts", "accounts 2", "table"]


@pytest.mark.parametrize(
    "content",
    [
        b'"',
        b"'",
        b"\xff\xfe",
        b"\xfe\xff\x00",
        b"=cmd|'/c calc'!A1\n",
        b"a\0b,c\n1,2\n",
        b"{",
        b"[",
        b"[1, 2]",
        b"PK",
        b"PK\x05\x06" + b"\0" * 18,
        b"\xef\xbb\xbf",
        b'a,"b\nc',
        b"," * 5000,
        b"\n" * 5000,
        b'""""""',
    ],
)
def test_fragments_never_raise(content):
    tables, problems = read_sources(named(content))
    assert tables or problems


def test_a_study_reads_the_sheet_its_settings_name_and_tells_how_far_it_is():
    rows = [
        ["Account ID", "Industry", "LTV"],
        *[[f"a{number}", "Retail", number] for number in range(5)],
    ]
    content = workbook({"Long": [*rows, *rows[1:]], "Short": rows})
    told = []
    study = icp.Study.open(
        named(content, "accounts.xlsx"),
        settings=icp.Settings(sheets={"accounts": "Short"}),
        progress=lambda what, share: told.append(what),
    )
    assert len(study.raw["accounts"]) == 5
    assert told[-1] == "Reading “accounts”: 5 rows"
