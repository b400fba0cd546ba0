// Elements of the what-if control: made once, then only numbers and lengths change.
//
// Comes in: a view (rubric, data, figures). Goes out: elements. Separate from `whatif.js`, which decides what is shown.

import { drawBands, heldOut, isStale } from "./bands.js";
import { NUMBER, limits, make, percent, put, set } from "./elements.js";
import { otherwiseSuggested, weightsSuggested } from "./suggested.js";

const PLOT_MIN = 4; // deals: the lowest top of the scale, so that three deals do not fill the picture
const REASONS = ["Show why each counts", "Hide why each counts"];

// ------------------------------------------------------------------ the frame

export function skeleton(root) {
  const parts = { left: make("div", "left"), right: make("div", "right"), otherwise: make("p", "otherwise") };
  put(root, make("div", "sides")).append(parts.left, parts.right);
  parts.beneath = put(root, make("p", "beneath"));
  result(parts);
  return parts;
}

function result(parts) {
  const head = make("div", "head");
  parts.finding = put(head, make("p", "finding"));
  parts.state = put(head, make("span", "state"));
  parts.bases = make("div", "bases", { role: "radiogroup", "aria-label": "Outcome shown" });
  parts.plot = make("div", "plot", { role: "img" });
  parts.top = put(parts.plot, make("span", "scale top"));
  parts.bottom = put(parts.plot, make("span", "scale bottom"));
  parts.names = ["Red", "Yellow", "Green"].map((name) => put(parts.plot, make("span", "ground", {}, name)));
  const bars = put(parts.plot, make("div", "bars"));
  parts.columns = Array.from({ length: 20 }, () => {
    const column = put(bars, make("div", "column"));
    return [put(column, make("i", "good")), put(column, make("i", "bad"))];
  });
  parts.thresholds = make("div", "thresholds");
  parts.axis = make("div", "axis", { "aria-hidden": "true" });
  for (const mark of [0, 20, 40, 60, 80, 100]) put(parts.axis, make("span", "", { style: `left:${mark}%` }, `${mark}`));
  parts.legend = make("p", "legend");
  parts.table = make("table");
  parts.ranking = make("p", "ranking");
  parts.live = make("p", "spoken", { "aria-live": "polite" });
  parts.empty = make("p", "empty");
  parts.right.append(head, parts.bases, parts.plot, parts.thresholds, parts.axis, parts.legend, parts.table,
    parts.ranking, parts.empty, parts.live);
}

// ------------------------------------------------------------------ controls

export function controls(view, act) {
  const { parts, data } = view;
  view.weights = [];
  view.groups = new Map();
  parts.left.replaceChildren(reasonsButton(view));
  for (const group of data.groups) {
    const members = data.criteria.map((one, i) => [one, i]).filter(([one]) => one.group === group.key);
    if (members.length) parts.left.append(groupCard(view, group, members, act));
  }
  const idle = data.groups.filter((group) => !data.criteria.some((one) => one.group === group.key));
  if (idle.length) {
    parts.left.append(make("p", "note", {}, `${idle.map((group) => group.name).join(", ")}: 0 of 100, no criterion.`));
  }
  parts.left.append(policy(view, act), methods(view), parts.otherwise);
  bases(view, act);
  thresholds(view, act);
}

/** On a phone reasons are folded until asked for; where there is room this button is not shown. */
function reasonsButton(view) {
  const open = () => view.root.classList.contains("reasons");
  const button = make("button", "why", { type: "button", "aria-expanded": String(open()) }, REASONS[Number(open())]);
  button.addEventListener("click", () => {
    view.root.classList.toggle("reasons");
    button.setAttribute("aria-expanded", String(open()));
    set(button, REASONS[Number(open())]);
  });
  return button;
}

function groupCard(view, group, members, act) {
  const card = make("fieldset", "group");
  const head = put(card, make("div", "grouphead"));
  head.append(make("legend", "name", {}, group.name));
  if (group.totals) put(head, make("small", "reason totals", { id: `totals-${group.key}` }, group.totals));
  const alone = view.data.groups.filter((one) => view.data.criteria.some((c) => c.group === one.key)).length === 1;
  const total = put(head, make("input", "", { type: "number", min: 0, max: 100, step: 1, inputmode: "numeric",
    "aria-label": `${group.name}, of 100`, ...(group.totals && { "aria-describedby": `totals-${group.key}` }) }));
  total.disabled = alone;
  total.addEventListener("input", () => typed(view, total, ["group", group.key], act));
  total.addEventListener("change", () => act.release(view));
  head.append(make("span", "of", {}, "of 100"));
  const lock = put(head, lockButton(`Hold the total of ${group.name}`, () => act.holdGroup(view, group.key)));
  lock.disabled = alone;
  view.groups.set(group.key, { total, lock });
  for (const [criterion, place] of members) card.append(weightRow(view, criterion, place, act));
  return card;
}

function weightRow(view, criterion, place, act) {
  const row = make("div", "weight");
  const name = put(row, make("span", "name", {}, criterion.name));
  const what = ["weight", place];
  const attributes = { min: 0, max: 100, step: 1 };
  const slider = put(row, make("input", "", { ...attributes, type: "range",
    "aria-label": `Weight of ${criterion.name}`, "aria-describedby": `reason-${place}` }));
  const exact = put(row, make("input", "", { ...attributes, type: "number", inputmode: "numeric",
    "aria-label": `Weight of ${criterion.name}, exactly` }));
  const lock = put(row, lockButton(`Hold the weight of ${criterion.name}`, () => act.hold(view, place)));
  slider.disabled = exact.disabled = view.data.criteria.length === 1;
  slider.addEventListener("input", () => act.move(view, same(view, what), Number(slider.value)));
  slider.addEventListener("change", () => act.release(view));
  exact.addEventListener("input", () => typed(view, exact, what, act));
  exact.addEventListener("change", () => act.release(view));
  const reason = put(row, make("small", "reason", { id: `reason-${place}` }));
  const best = put(reason, make("span", "best")), rates = put(reason, make("span"));
  const beside = put(row, make("small", "beside"));
  view.weights[place] = { row, name, slider, exact, lock, reason, best, rates, beside };
  return row;
}

/** A typed number counts once it is a whole one from 0 to 100. */
function typed(view, input, what, act) {
  const value = Number(input.value);
  if (input.value !== "" && Number.isInteger(value) && value >= 0 && value <= 100) {
    act.move(view, same(view, what), value);
  }
}

/** The same array for the same control, so that going on with it is told from beginning with another. */
function same(view, what) {
  view.names ??= new Map();
  const key = what.join(" ");
  if (!view.names.has(key)) view.names.set(key, what);
  return view.names.get(key);
}

const LOCK = "M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm1.6 0h4.8V5a2.4 2.4 0 0 0-4.8 0z";
const OPEN = "M4 7V5a4 4 0 0 1 7.7-1.5l-1.5.6A2.4 2.4 0 0 0 5.6 5v2H13v7H3V7z";

function lockButton(label, act) {
  const button = make("button", "lock", { type: "button", "aria-label": label, "aria-pressed": "false", title: label });
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  picture.append(document.createElementNS(space, "path"));
  button.append(picture);
  button.addEventListener("click", act);
  return button;
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("path").setAttribute("d", on ? LOCK : OPEN);
}

function policy(view, act) {
  const label = make("label", "policy", {}, "Where a value is missing, it earns ");
  const choice = put(label, make("select"));
  for (const [key, words] of Object.entries(view.data.policies)) {
    choice.append(make("option", "", { value: key }, words));
  }
  choice.addEventListener("change", () => act.choosePolicy(view, choice.value));
  view.policy = choice;
  return label;
}

function methods(view) {
  const line = make("p", "note");
  put(line, make("a", "", { href: view.data.methods, target: "_blank", rel: "noopener" }, "How scores are computed"));
  return line;
}

function bases(view, act) {
  view.parts.bases.replaceChildren();
  view.radios = [];
  if (view.data.bases.length < 2) return;
  const group = `basis-${Math.round(performance.now() * 1000)}`;
  for (const basis of view.data.bases) {
    const label = put(view.parts.bases, make("label"));
    const radio = put(label, make("input", "", { type: "radio", name: group, value: basis }));
    label.append(make("span", "", {}, view.data.words[basis].choice));
    radio.addEventListener("change", () => act.chooseBasis(view, basis));
    view.radios.push(radio);
  }
}

function thresholds(view, act) {
  view.parts.thresholds.replaceChildren();
  view.edges = {};
  for (const [kind, name] of [["yellow", "Yellow from"], ["green", "Green from"]]) {
    const slider = put(view.parts.thresholds, make("input", kind, { type: "range", min: 0, max: 100, step: 1,
      "aria-label": name }));
    const mark = put(view.parts.thresholds, make("output", kind));
    slider.addEventListener("input", () => act.move(view, same(view, [kind, ""]), Number(slider.value)));
    slider.addEventListener("change", () => act.release(view));
    view.edges[kind] = { slider, mark, name };
  }
}

/** Numbers of the rubric as it is now; the control in hand is left alone. */
export function drawControls(view) {
  const { rubric, parts } = view;
  const value = (input, number) => { if (input.value !== String(number)) input.value = number; };
  const active = view.root.getRootNode().activeElement, suggested = weightsSuggested(view);
  view.weights.forEach(({ name, slider, exact, lock, reason, best, rates, beside }, i) => {
    const one = view.data.criteria[i], was = suggested[i];
    name.title = reason.title = `${one.name}. ${one.about}`;
    set(best, one.best);
    set(rates, one.rates && `\u00a0${one.rates}`);
    set(beside, was === null ? "" : `suggested: ${was}`);
    value(slider, rubric.weights[i]);
    slider.style.setProperty("--at", `${rubric.weights[i]}%`);
    slider.setAttribute("aria-valuetext", `${rubric.weights[i]} of 100${was === null ? "" : `, suggested: ${was}`}`);
    if (exact !== active || view.dragging === null) value(exact, rubric.weights[i]);
    press(lock, rubric.locked[i]);
  });
  view.groups.forEach(({ total, lock }, key) => {
    const sum = rubric.weights.reduce((all, weight, i) => all + (rubric.group[i] === key ? weight : 0), 0);
    if (total !== active || view.dragging === null) value(total, sum);
    press(lock, rubric.held.get(key) !== null);
  });
  for (const [kind, { slider, mark, name }] of Object.entries(view.edges)) {
    value(slider, rubric[kind]);
    slider.setAttribute("aria-valuetext", `${name} ${rubric[kind]}`);
    set(mark, `${kind === "green" ? "Green" : "Yellow"} ${rubric[kind]}`);
    mark.style.left = `${rubric[kind]}%`;
  }
  view.policy.value = rubric.policy;
  parts.plot.style.setProperty("--yellow-from", `${rubric.yellow}%`);
  parts.plot.style.setProperty("--green-from", `${rubric.green}%`);
  const middles = [rubric.yellow / 2, (rubric.yellow + rubric.green) / 2, (rubric.green + 100) / 2];
  const widths = [rubric.yellow, rubric.green - rubric.yellow, 100 - rubric.green];
  parts.names.forEach((name, i) => {
    name.style.left = `${middles[i]}%`;
    name.hidden = widths[i] < 9;
  });
}

// ------------------------------------------------------------------ figures

/** beside: the suggestion's figures, null where it is in force. */
export function drawFigures(view, figures, basis, beside) {
  const { parts, data } = view, words = data.words[basis];
  const green = figures.bands[0], sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  set(parts.finding, `${NUMBER.format(green.won)} of ${NUMBER.format(sum(figures.good))} ${words.good} and ` +
    `${NUMBER.format(green.deals - green.won)} of ${NUMBER.format(sum(figures.bad))} ${words.bad} ${words.unit} are Green`);
  set(parts.state, view.refused || (view.shown === "engine" ? "" : "Preview"));
  (view.radios ?? []).forEach((radio) => { radio.checked = radio.value === basis; });
  bars(view, figures);
  const rated = figures.bands.slice(0, 3).some((band) => band.accounts);
  set(parts.legend, [rated ? words.legend : data.unrated, data.bands_note].filter(Boolean).join(" "));
  set(parts.otherwise, otherwiseSuggested(view));
  drawBands(view, figures, basis, beside);
  ranking(view, figures, words, beside);
  beneath(view, basis);
  if (view.shown === "engine") spoken(view, figures, words);
}

/** One scale above and below the line; it grows while a control is dragged, and shrinks only on release. */
function bars(view, figures) {
  const { parts } = view;
  const good = Math.max(PLOT_MIN, ...figures.good), bad = Math.max(PLOT_MIN, ...figures.bad);
  view.scale = view.dragging === null || !view.scale ? [good, bad]
    : [Math.max(good, view.scale[0]), Math.max(bad, view.scale[1])];
  const [top, bottom] = view.scale;
  parts.plot.style.setProperty("--line", `${((100 * top) / (top + bottom)).toFixed(2)}%`);
  parts.columns.forEach(([up, down], i) => {
    up.style.transform = `scaleY(${figures.good[i] / top})`;
    down.style.transform = `scaleY(${figures.bad[i] / bottom})`;
  });
  set(parts.top, NUMBER.format(top));
  set(parts.bottom, NUMBER.format(bottom));
}

function ranking(view, figures, words, beside) {
  const [value, low, high] = figures.auc, { data } = view;
  const other = beside && beside.auc !== null ? `; suggested: ${(100 * beside.auc).toFixed(0)}` : "";
  const ours = value === null ? ""
    : `${words.ranks} ${(100 * value).toFixed(0)} times in 100 (${limits(low, high)}${other})`;
  set(view.parts.ranking, [ours && `${ours} on ${data.source}.`, rankingHeldOut(view, beside)].filter(Boolean).join(" "));
}

function rankingHeldOut(view, beside) {
  const { checked } = view.data;
  if (!checked) return "";
  const when = isStale(view) ? "as of the last check, before this change" : "now";
  const other = beside && checked.suggested && !isStale(view) ? `; suggested: ${checked.suggested.ranks}` : "";
  return [`On ${checked.on}, ${when}: ${checked.ranks}${other}.`, checked.order].filter(Boolean).join(" ");
}

/** On a phone: the figures that have no room beside the picture, in the flow under the weights. */
function beneath(view, basis) {
  const { parts, data: { checked } } = view;
  const rates = checked && basis === "deals" ? checked.bands.filter((band) => band.win_rate !== null)
    .map((band) => `${band.band} ${heldOut(band, checked.bands)}`).join("; ") : "";
  const title = rates && `${checked.title}${isStale(view) ? ", before your change" : ""}: ${rates}.`;
  set(parts.beneath, [title, parts.ranking.textContent].filter(Boolean).join(" "));
}

/** What a screen reader is told after a release, and what the picture says in words. */
function spoken(view, figures, words) {
  const rates = figures.bands.filter((band) => band.accounts)
    .map((band) => `${band.band}: ${NUMBER.format(band.accounts)} accounts, ${words.rate.toLowerCase()} ${percent(band.win_rate)}`);
  const text = `${view.parts.finding.textContent}. ${rates.join("; ")}.`;
  set(view.parts.live, text);
  view.parts.plot.setAttribute("aria-label", text);
}
