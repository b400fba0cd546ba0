"""What page tests read from a page: a table by its columns, a figure, a button, each tab in turn."""


def table(at, *columns):
    """The first table with these columns."""
    return next(frame.value for frame in at.dataframe if set(columns) <= set(frame.value.columns))


def figure(at, label):
    return next(metric.value for metric in at.metric if metric.label == label)


def button(at, label):
    return next(one for one in at.button if one.label == label)


def every_tab(at, page):
    """The page, then the page with each of its tabs open in turn."""
    yield at
    for label in [tab.label for tab in at.tabs]:
        at.session_state[f"tabs_{page}"] = label
        yield at.run()
