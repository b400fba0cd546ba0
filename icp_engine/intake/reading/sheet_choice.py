"""Which sheets of a workbook hold records: not covers, glossaries, pick lists, pivots and sums of
another sheet.

Comes in: sheets as frames of texts. Goes out: the places of those that are tables. Separate because
the largest sheet is often what somebody made of the records, and several sheets may hold some.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from icp_engine.intake.reading.table_in_rows import is_value, totals_in
from icp_engine.types import Frame, Series
from icp_engine.values.numbers import parse_number

_LOOKED_AT = 200  # rows
_CODE = re.compile(
    r"(?=\S{0,40}\d)[\w./-]{2,40}|[^\s@]{1,60}@[^\s@.]{1,60}\.[\w.]{2,60}|(?:https?://)?[\w-]{1,60}\.[a-z]{2,10}"
)
_SUM_OF = re.compile(
    r"(?:(?:sum|count|average|avg|min|max|total|summe|anzahl|mittelwert|somme|nombre|nb|moyenne|suma|"
    r"cuenta|recuento|promedio|somma|conteggio|media|soma|contagem|som|aantal|gemiddelde)\s(?:of|von|de|di|van)\b"
    r"|row labels|column labels|zeilenbeschriftungen|spaltenbeschriftungen|[ée]tiquettes de lignes|"
    r"etiquetas de fila|etichette di riga|r[óo]tulos de linha|rijlabels|grand total|gesamtergebnis)",
    re.IGNORECASE,
)
_MOST_WORDS = 40  # rows of a sheet of figures or words
_LONG_TEXT = 25  # signs on average: sentences, not names


def choose_sheets(frames: Sequence[Frame]) -> list[int]:
    """The places of sheets that hold records, in order; where none seems to, none."""
    records = [place for place, frame in enumerate(frames) if holds_records(frame)]
    headers = {name.casefold() for place in records for name in frames[place].columns}
    records = [place for place in records if not _explains(frames[place], headers)]
    pairs = [(frames[place], [frames[o] for o in records if o != place]) for place in records]
    return [
        place
        for place, (frame, others) in zip(records, pairs, strict=True)
        if not any(sums_up(frame, other) for other in others) and not _is_card(frame, others)
    ]


def holds_records(frame: Frame) -> bool:
    """Whether rows are alike and say something each: filled for the most part, with a column of
    numbers, dates, codes or words that come again.
    """
    if len(frame) < 2 or frame.shape[1] < 2 or _is_pivot(frame):
        return False
    head = frame.head(_LOOKED_AT)
    columns = [_filled(head.iloc[:, place]) for place in range(head.shape[1])]
    columns = [cells for cells in columns if len(cells)]
    if len(columns) < 2 or _are_lists(head):
        return False
    fill = sum(map(len, columns)) / (len(columns) * len(head))
    return fill >= 0.3 and any(_tells_records(cells) for cells in columns)


def _filled(column: Series) -> list[str]:
    cells = column.dropna().astype("str").str.strip()
    return [cell for cell in cells.tolist() if cell]


def _tells_records(cells: list[str]) -> bool:
    if len(cells) < 2:
        return False
    typed = sum(is_value(cell) or bool(_CODE.fullmatch(cell[:200])) for cell in cells)
    if typed >= 0.7 * len(cells):
        return True
    return len(set(cells)) <= 0.5 * len(cells) and sum(map(len, cells)) < 40 * len(cells)


def _is_pivot(frame: Frame) -> bool:
    """Whether headers say that cells are sums or counts; one such header may be a column of
    records.
    """
    named = sum(bool(_SUM_OF.match(name)) for name in frame.columns)
    return named >= 0.5 * frame.shape[1] or (named >= 2 and totals_in(frame.columns))


def _are_lists(head: Frame) -> bool:
    """Pick lists side by side: each column filled from the top, each to a depth of its own, nothing
    twice in it.
    """
    depths = []
    for place in range(head.shape[1]):
        column = _texts(head.iloc[:, place])
        depth = int(column.ne("").sum())
        if not column.iloc[:depth].ne("").all() or column.iloc[:depth].duplicated().any():
            return False
        depths.append(depth)
    return len(set(depths)) >= max(2, len(depths) - 1) and min(depths) < len(head)


def _explains(frame: Frame, headers: set[str]) -> bool:
    """A glossary: words beside sentences, or the headers of other sheets beside what they mean."""
    own = {name.casefold() for name in frame.columns}
    first = [cell.casefold() for cell in _filled(frame.iloc[:, 0].head(_LOOKED_AT))]
    known = sum(cell in headers - own for cell in first)
    if first and known >= max(2, 0.5 * len(first)):
        return True
    if frame.shape[1] > 4 or len(frame) > _MOST_WORDS or any(map(is_value, first)):
        return False
    others = [_filled(frame.iloc[:, place]) for place in range(1, frame.shape[1])]
    if any(sum(map(is_value, cells)) >= 0.5 * len(cells) for cells in others if cells):
        return False
    has_codes = sum(bool(_CODE.fullmatch(cell[:200])) for cell in first) >= 0.5 * len(first)
    sentences = any(sum(map(len, cells)) > _LONG_TEXT * len(cells) for cells in others if cells)
    return sentences and not has_codes


def _is_card(frame: Frame, others: list[Frame]) -> bool:
    """A few figures or facts, each with its own name in the first of two or three columns, beside
    sheets of many more rows that know nothing of these names.
    """
    if frame.shape[1] > 3 or len(frame) > _MOST_WORDS:
        return False
    if not any(len(other) >= 3 * len(frame) for other in others):
        return False
    names = set(_filled(frame.iloc[:, 0]))
    if len(names) < len(frame) or sum(bool(_CODE.fullmatch(name[:200])) for name in names) > 1:
        return False
    return not any(
        names & set(_filled(other.iloc[:, place]))
        for other in others
        for place in range(other.shape[1])
    )


def sums_up(frame: Frame, records: Frame) -> bool:
    """Whether a sheet was made of another: its first column holds values that come again there, and
    all other columns are figures, which count or add up the other's rows or are headed by its
    values.
    """
    if len(frame) >= len(records):
        return False
    keys = _texts(frame.iloc[:, 0])
    figures = [_numbers(frame.iloc[:, place]) for place in range(1, frame.shape[1])]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return False
    for place in range(records.shape[1]):
        groups = _texts(records.iloc[:, place])
        is_key = keys.isin(groups).mean() >= 0.8 and groups.nunique() <= 0.7 * len(groups)
        if is_key and (_headed_by_values(frame, records) or _adds_up(keys, known, records, groups)):
            return True
    return False


def _texts(column: Series) -> Series:
    return column.fillna("").astype("str").str.strip()


def _numbers(column: Series) -> Series | None:
    """Figures of a column, empty cells as 0; None where half of them are words."""
    cells = _texts(column)
    numbers = pd.to_numeric(cells.map(parse_number), errors="coerce")
    if (numbers.isna() & cells.ne("")).mean() > 0.1:
        return None
    return numbers.fillna(0.0)


def _headed_by_values(frame: Frame, records: Frame) -> bool:
    """Whether most of at least three headers are values of one of the other's columns."""
    names = [name.strip().casefold() for name in frame.columns[1:]]
    if len(names) < 3:
        return False
    for place in range(records.shape[1]):
        values = set(records.iloc[:, place].dropna().astype("str").str.strip().str.casefold())
        if sum(name in values for name in names) >= 0.6 * len(names):
            return True
    return False


def _adds_up(keys: Series, figures: list[Series], records: Frame, groups: Series) -> bool:
    """Whether a figure is the number of the other's rows, or the sum of one of its columns."""
    made = [groups.groupby(groups).size().astype("float64")]
    for place in range(records.shape[1]):
        numbers = _numbers(records.iloc[:, place])
        if numbers is not None:
            made.append(numbers.groupby(groups).sum())
    known = keys.isin(groups)
    for figure in figures:
        for sums in made:
            wanted = keys.map(sums)
            alike = ((figure - wanted).abs() <= 0.005 * wanted.abs() + 0.5)[known]
            if alike.mean() >= 0.8 and figure.nunique() > 1:
                return True
    return False
