// The what-if control: weights, locks and thresholds on one side, scores by outcome and rates by band on the other.
//
// Comes in: accounts as bytes (once a study), and a small object as JSON text: the rubric in force and the engine's
// figures. Goes out: on release, the rubric as moved; once weights rest, a word that they do; a band whose accounts are
// asked for. While a control is dragged
// this file draws; on release the engine's figures take its place. Separate from `score.js`, which knows no page. All
// text is set as text, never as markup.

import { BANDS, readRows, whatIf, withGroup, withWeight } from "./score.js";
import { controls, drawControls, drawFigures, skeleton } from "./draw.js";
import { make } from "./elements.js";
import { figuresSuggested } from "./suggested.js";

const TABLES_KEPT = 4;
const TAB_PATIENCE = 6000, TAB_NAP = 60; // ms a tab is waited for, and between two looks for it
const tables = new Map(); // key → accounts; shared by all controls of this browser tab
const views = new WeakMap(); // where a control is mounted → what it holds
const mounted = new Set();

export default function component({ data, parentElement, setTriggerValue }) {
  if (data instanceof Uint8Array) {
    keepRows(readRows(data));
    return undefined;
  }
  const view = views.get(parentElement) ?? mount(parentElement);
  view.send = (payload) => setTriggerValue("moved", payload);
  view.settle = () => setTriggerValue("settled", view.seq);
  view.open = (band) => openAccounts(view, () => setTriggerValue("band", band));
  receive(view, JSON.parse(data));
  return () => leave(view);
}

function leave(view) {
  clearTimeout(view.resting);
  mounted.delete(view);
}

function keepRows(rows) {
  tables.delete(rows.key);
  tables.set(rows.key, rows);
  if (tables.size > TABLES_KEPT) tables.delete(tables.keys().next().value);
  for (const view of mounted) if (view.data?.key === rows.key) schedule(view);
}

/** Ask for a band's accounts, and go to their tab as soon as it is open. */
function openAccounts(view, ask) {
  ask();
  const until = performance.now() + TAB_PATIENCE;
  const look = () => {
    const tab = [...document.querySelectorAll("[role=tab][aria-selected=true]")]
      .find((one) => one.textContent.trim() === view.data.opens);
    if (!tab) {
      if (performance.now() < until) setTimeout(look, TAB_NAP);
      return;
    }
    tab.focus({ preventScroll: true });
    tab.scrollIntoView({ block: "start", behavior: "instant" });
  };
  look();
}

function mount(parent) {
  const root = make("section", "whatif", { "aria-label": "What if" });
  const view = { root, seq: 0, dragging: null, parts: skeleton(root) };
  parent.append(root);
  views.set(parent, view);
  return view;
}

// ------------------------------------------------------------------ what the engine says

function receive(view, data) {
  mounted.add(view);
  const first = view.data === undefined;
  const late = !first && (data.seq < view.seq || view.dragging !== null);
  view.data = data;
  if (first) view.seq = data.seq;
  if (!late) {
    const now = rubricOf(data);
    if (String(now.weights) !== String(view.rubric?.weights)) view.base = null; // an undo, or another scenario
    view.rubric = now;
    view.shown = "engine";
  }
  if (view.shape !== shapeOf(data)) {
    view.shape = shapeOf(data);
    controls(view, { move, release, hold, holdGroup, choosePolicy, chooseBasis });
  }
  draw(view);
}

function rubricOf(data) {
  return {
    weights: data.criteria.map((one) => one.weight), group: data.criteria.map((one) => one.group),
    locked: data.criteria.map((one) => one.locked), held: new Map(data.groups.map((one) => [one.key, one.held])),
    green: data.green, yellow: data.yellow, policy: data.policy, floor: data.floor,
  };
}

function shapeOf(data) {
  return JSON.stringify([data.criteria.map((one) => [one.name, one.group]), data.groups.map((g) => [g.name, g.totals]),
    data.bases, data.policies]);
}

// ------------------------------------------------------------------ what a person does

/** A control moves: every step starts from the rubric before this control first moved, so that back is where it was. */
function move(view, what, value) {
  if (view.dragging !== what) {
    if (view.last !== what || view.base === null) view.base = view.rubric;
    view.dragging = what;
    view.last = what;
    clearTimeout(view.resting);
  }
  try {
    view.rubric = moved(view.base, what, value);
    view.refused = "";
  } catch (error) {
    view.refused = "Not possible: the weights must add up to 100.";
  }
  view.shown = "preview";
  schedule(view);
}

function moved(base, what, value) {
  const [kind, name] = what;
  if (kind === "weight") return withWeight(base, name, value);
  if (kind === "group") return withGroup(base, name, value);
  if (kind === "green") return { ...base, green: Math.max(value, base.yellow + 1) };
  return { ...base, yellow: Math.min(value, base.green - 1) };
}

function release(view) {
  if (view.dragging === null) return;
  view.dragging = null;
  commit(view);
}

function commit(view) {
  clearTimeout(view.resting);
  view.seq += 1;
  view.released = performance.now();
  const { rubric } = view;
  view.send({
    seq: view.seq, names: view.data.criteria.map((one) => one.name), weights: rubric.weights, locked: rubric.locked,
    held: Object.fromEntries(rubric.held), green: rubric.green, yellow: rubric.yellow, policy: rubric.policy,
    basis: view.basis, what: view.last ?? null,
    rows: tables.has(view.data.key) ? view.data.key : "", // they need not be sent again
  });
}

function hold(view, place) {
  const locked = view.rubric.locked.slice();
  locked[place] = !locked[place];
  change(view, { locked });
}

function holdGroup(view, key) {
  const held = new Map(view.rubric.held);
  const total = view.rubric.weights.reduce((sum, weight, i) => sum + (view.rubric.group[i] === key ? weight : 0), 0);
  held.set(key, held.get(key) === null ? total : null);
  change(view, { held });
}

function choosePolicy(view, policy) {
  change(view, { policy });
}

function chooseBasis(view, basis) {
  view.basis = basis;
  change(view, {});
}

function change(view, some) {
  view.rubric = { ...view.rubric, ...some };
  view.base = view.last = null;
  view.shown = "preview";
  commit(view);
  schedule(view);
}

// ------------------------------------------------------------------ drawing

function schedule(view) {
  if (view.waiting) return;
  view.waiting = true;
  requestAnimationFrame(() => {
    view.waiting = false;
    draw(view);
  });
}

function draw(view) {
  const began = performance.now();
  const { data } = view, rows = tables.get(data.key);
  const basis = data.bases.includes(view.basis) ? view.basis : data.basis;
  const fromEngine = view.shown === "engine" && data.engine && basis === data.basis;
  const figures = fromEngine ? data.engine : rows ? whatIf(view.rubric, rows, basis) : data.engine;
  view.known = rubricOf(data);
  drawControls(view);
  if (figures) drawFigures(view, figures, basis, figuresSuggested(view, basis));
  view.root.dataset.shown = fromEngine || !rows ? "engine" : "preview";
  view.root.dataset.seq = data.seq;
  if (fromEngine && rows) view.root.dataset.agrees = String(agrees(view, rows, basis));
  const ended = performance.now();
  performance.measure(fromEngine ? "whatif-engine" : "whatif-frame", { start: began, end: ended });
  if (fromEngine && view.released && data.seq === view.seq) {
    performance.measure("whatif-released", { start: view.released, end: ended });
    rest(view);
    view.released = 0;
  }
}

/** Once nothing was moved for a while, what stands around the control may follow; the server says after how long. */
function rest(view) {
  clearTimeout(view.resting);
  view.resting = setTimeout(() => view.settle(), view.data.rest);
}

/** Whether this file's figures are the engine's: said on the page's element, read by tests. */
function agrees(view, rows, basis) {
  const ours = whatIf(view.rubric, rows, basis), theirs = view.data.engine;
  const same = (one, other) => one.length === other.length && one.every((value, i) => value === other[i]);
  return same(ours.good, theirs.good) && same(ours.bad, theirs.bad) &&
    BANDS.every((_, i) => ["accounts", "deals", "won"].every((k) => ours.bands[i][k] === theirs.bands[i][k]));
}
