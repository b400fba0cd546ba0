// Every page begins at its top, however far down the one before was read.
//
// Comes in: the name of the page that is shown. Goes out: the scroll position, only when that name has changed.
// Streamlit empties a page before it draws the next; where both happen in one frame the browser keeps the position.

let shown; // one page at a time in a browser tab

export default function component({ data, parentElement }) {
  if (shown !== undefined && shown !== data) begin(parentElement.ownerDocument);
  shown = data;
}

function begin(page) {
  page.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0, behavior: "instant" });
}
