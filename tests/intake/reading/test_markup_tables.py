"""Tables of web pages and XML workbooks are read; what else stands in them is dropped, and nothing
makes it hang.
"""

import io

import pytest

from icp_engine.intake.reading.limits import TooLarge
from icp_engine.intake.reading.markup_tables import read_for_parent
from icp_engine.intake.reading.read import read_sources

PAGE = "<html><table><tr><th>Company<th>Employees</tr><tr><td>A &amp; B<br>Ltd</td><td>12</td></tr></table></html>"
BOOK = """<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>
<Row><Cell><Data ss:Type="String">Company</Data></Cell><Cell><Data>Note</Data></Cell><Cell><Data>LTV</Data></Cell></Row>
<Row><Cell><Data>Acme</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def rows(text):
    out = io.BytesIO()
    read_for_parent(text.encode(), out)
    return out.getvalue().decode().splitlines() or None


def test_cells_of_a_page_and_of_a_workbook():
    assert rows(PAGE) == ["Company,Employees", "A & B Ltd,12"]
    assert rows(BOOK) == ["Company,Note,LTV", "Acme,,7"]


def test_the_largest_table_counts_and_scripts_and_comments_do_not():
    menu = "<table><tr><td>Home<td>Help</tr><tr><td>x<td>y</table>"
    longer = PAGE.replace(
        "</table>", "<tr><td>C<!-- <td>no --><script><td>no</script><td>9</table>"
    )
    assert rows(menu + longer)[2] == "C,9" and len(rows(menu + longer)) == 3


def test_a_page_without_a_table_is_refused():
    assert (
        rows("<html><p>Please log in</p></html>") is None
        and rows("<table><tr><td>a</td></tr></table>") is None
    )


def test_it_is_read_by_content_whatever_its_name(tmp_path):
    (tmp_path / "accounts.xls").write_text(BOOK)
    tables, problems = read_sources(tmp_path / "accounts.xls")
    assert list(tables["accounts"]["Company"]) == ["Acme"] and "file-renamed" in [
        p.code for p in problems
    ]


@pytest.mark.parametrize(
    "part",
    ["<!--", '<td x="', "<td \"x\"'x'", "<", "&#x", "<script>", "<table><tr><td>", "<![", "</"],
)
def test_markup_that_never_ends_is_read_in_one_pass(part):
    assert rows(PAGE.replace("</html>", part * 40_000)) is not None


def test_a_row_without_end_is_refused():
    with pytest.raises(TooLarge):
        rows("<table><tr>" + "<td colspan=50>" * 100)


@pytest.mark.parametrize("cell", ['<Cell ss:Index="1999"/>', "<td colspan=50>" * 40])
def test_empty_cells_are_counted_before_they_are_made(cell):
    with pytest.raises(TooLarge, match="cells"):
        rows("<Table>" + f"<Row>{cell}</Row>" * 11_000)
