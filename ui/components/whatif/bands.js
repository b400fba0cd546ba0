// The table of bands: how many accounts, how they did, how held-out deals did, and the way to the accounts themselves.
//
// Comes in: a view and the figures to show. Goes out: rows of a table. Separate from `draw.js`: a table has a shape of its
// own, made anew when the outcome shown is another one.

import { NUMBER, limits, make, percent, put, set } from "./elements.js";
import { BANDS } from "./score.js";
import { differ } from "./suggested.js";

const COUNTED = "Accounts with an outcome that the rubric was made from: only they can tell a rate.";
const ON_FILE = "Every account on file, by its score now. Choose a band to see them.";
const DASHED = "The dashed line: all bands together, every account counting once.";

/** Rates by band; under each, where the rubric is not the suggested one, what that gives. */
export function drawBands(view, figures, basis, beside) {
  const { parts, data } = view, words = data.words[basis], checked = basis === "deals" ? data.checked : null;
  const shape = `${basis} ${checked?.title ?? ""} ${data.opens}`;
  if (view.tableShape !== shape) {
    view.tableShape = shape;
    view.table = table(view, words, checked?.title);
  }
  const { cells, counted, onFile, when, all } = view.table, everyone = rubricAtRest(view) ? data.everyone : null;
  set(counted, `${NUMBER.format(figures.bands.reduce((all, band) => all + band.accounts, 0))} accounts`);
  set(onFile, everyone ? `All ${NUMBER.format(everyone.all)}` : "All");
  if (when) set(when, isStale(view) ? "before your change" : "");
  const base = rateOfAll(figures.bands);
  set(all, base === null ? "" : `all: ${percent(base)}`);
  parts.table.style.setProperty("--base", base === null ? "-1%" : `${(100 * base).toFixed(1)}%`);
  parts.table.classList.toggle("stale", isStale(view));
  figures.bands.forEach((band, i) => {
    const cell = cells[i], was = beside?.bands[i], onAll = everyone?.bands[i];
    cell.row.hidden = band.band === "Not rated" && !band.accounts && !onAll && !was?.share;
    set(cell.accounts, `${NUMBER.format(band.accounts)} · ${percent(band.share)}`);
    set(cell.rate, rateOf(band));
    set(cell.shareWas, was ? `suggested: ${percent(was.share)}` : "");
    set(cell.rateWas, was ? `suggested: ${asRate(was.win_rate)}` : "");
    set(cell.all, onAll === undefined ? "See" : NUMBER.format(onAll));
    cell.all.setAttribute("aria-label", `See ${onAll === undefined ? "the" : `all ${onAll}`} ${band.band} accounts`);
    span(cell, band);
    if (cell.held) heldOutCell(view, cell, checked, i, beside);
  });
}

const asRate = (share) => (share === null ? "—" : percent(share));
const rateOf = (band) => (band.win_rate === null ? "—" : `${percent(band.win_rate)} (${limits(band.low, band.high)})`);

/** The rate of all bands together, every account counting once: the line that a band is read against. */
export function rateOfAll(bands) {
  const accounts = bands.reduce((sum, band) => sum + band.accounts, 0);
  return accounts ? bands.reduce((sum, band) => sum + band.accounts * (band.win_rate ?? 0), 0) / accounts : null;
}

/** Whether the engine has spoken of the very rubric shown. */
const rubricAtRest = (view) => view.shown === "engine" && !differ(view.known, view.rubric);

function heldOutCell(view, cell, checked, i, beside) {
  const { suggested } = checked;
  set(cell.held, heldOut(checked.bands[i], checked.bands));
  set(cell.heldWas, beside && suggested && !isStale(view) ? `suggested: ${asRate(suggested.rates[i])}` : "");
}

/** A band's rate on held-out deals. all: the bands, so that one column counts one thing. */
export const heldOut = (one, all) => (!one || one.win_rate === null ? "—"
  : `${percent(one.win_rate)} (${limits(one.low, one.high)}), ${countedIn(one, all)}`);

/** What a rate stands on: the deals where each account has one, else the accounts, since each counts once. */
const countedIn = (one, all) => (all.every((band) => band.accounts === band.deals) ? `${one.won} of ${one.deals}`
  : `${NUMBER.format(one.accounts)} account${one.accounts === 1 ? "" : "s"}`);

/** Whether held-out figures speak of another rubric than the one shown. */
export const isStale = (view) => Boolean(view.data.checked) && (!view.data.checked.current || differ(view.known, view.rubric));

function span(cell, band) {
  cell.span.hidden = cell.point.hidden = band.win_rate === null;
  if (band.win_rate === null) return;
  cell.span.style.left = `${100 * band.low}%`;
  cell.span.style.width = `${100 * (band.high - band.low)}%`;
  cell.point.style.left = `${100 * band.win_rate}%`;
}

function table(view, words, held) {
  const element = view.parts.table, { opens } = view.data;
  element.replaceChildren();
  const head = put(put(element, make("thead")), make("tr"));
  head.append(make("th", "", { scope: "col" }, "Band"));
  const [onFile] = twoLines(head, "all", ON_FILE, "accounts");
  onFile.parentElement.hidden = !opens; // a guest has no list of accounts
  const [counted] = twoLines(head, "", COUNTED, words.counted);
  const [, all] = twoLines(head, "", DASHED, "", words.rate);
  head.append(make("td"));
  const [, when] = held ? twoLines(head, "held", "", "", held) : [null, null];
  const body = put(element, make("tbody"));
  const cells = BANDS.map((name) => {
    const row = put(body, make("tr", opens ? "opens" : ""));
    const band = put(row, make("th", "band", { scope: "row" }));
    band.append(make("i", name.toLowerCase().replace(" ", "-"), { "aria-hidden": "true" }), document.createTextNode(name));
    const see = put(put(row, make("td", "all")), make("button", "", { type: "button" }));
    see.parentElement.hidden = !opens;
    if (opens) row.addEventListener("click", () => view.open(name));
    const [accounts, shareWas] = now(put(row, make("td"))), [rate, rateWas] = now(put(row, make("td")));
    const track = put(put(row, make("td", "interval", { "aria-hidden": "true" })), make("div", "track"));
    const cell = { row, all: see, accounts, rate, shareWas, rateWas, span: put(track, make("i", "span")),
      point: put(track, make("i", "point")) };
    for (const mark of [cell.span, cell.point]) mark.classList.add(name.toLowerCase().replace(" ", "-"));
    if (held) [cell.held, cell.heldWas] = now(put(row, make("td", "held")));
    return cell;
  });
  return { cells, counted, onFile, when, all };
}

/** A figure, and room beneath it for what is suggested. */
const now = (cell) => [put(cell, make("span")), put(cell, make("small", "beside"))];

/** A heading whose second line says what is counted. */
function twoLines(head, className, title, second, first = "") {
  const cell = put(head, make("th", className, { scope: "col", ...(title && { title }) }));
  return [put(cell, make("span", "", {}, first)), put(cell, make("small", "beside", {}, second))];
}
