// What is different since the page was opened: each band's figures as they were, and which weights gave way.
//
// Comes in: a view with its rubric and accounts. Goes out: figures, a sentence. Separate from `whatif.js`, which knows
// the rubric now and how it is changed; nothing here is sent to the engine.

import { whatIf } from "./score.js";

const NAMED_MOST = 5; // weights that gave way by name; the sentence must stay one to read

/** Keep the rubric a person found on opening the page; with other criteria there is nothing to compare. */
export function remember(view) {
  const names = JSON.stringify(view.data.criteria.map((one) => one.name));
  if (view.found?.names !== names) view.found = { names, rubric: view.rubric, figures: new Map() };
}

/** Whether weights, bands or the policy are other ones. */
export function differ(one, other) {
  return ["weights", "green", "yellow", "policy"].some((name) => String(one[name]) !== String(other[name]));
}

/** The figures of the rubric as it was found; null while nothing differs, or without accounts to count. */
export function figuresBefore(view, rows, basis) {
  if (!rows || !differ(view.found.rubric, view.rubric)) return null;
  const { figures, rubric } = view.found, key = `${view.data.key} ${basis}`;
  if (!figures.has(key)) figures.set(key, whatIf(rubric, rows, basis));
  return figures.get(key);
}

/** “Since you opened this page: Sector 31 → 60; others shrank: Employees 45 → 25, ERP system 24 → 13.” */
export function sinceOpened(view) {
  const before = view.found.rubric, now = view.rubric;
  const parts = [...weightsMoved(view, before.weights, now.weights)];
  for (const [name, key] of [["Green from", "green"], ["Yellow from", "yellow"]]) {
    if (before[key] !== now[key]) parts.push(`${name} ${before[key]} → ${now[key]}`);
  }
  if (before.policy !== now.policy) parts.push(`a missing value earns ${view.data.policies[now.policy]}`);
  return parts.length ? `Since you opened this page: ${parts.join("; ")}.` : "";
}

function weightsMoved(view, before, now) {
  const steps = now.map((weight, i) => weight - before[i]);
  const moved = steps.map((_, i) => i).filter((i) => steps[i]).sort((a, b) => Math.abs(steps[b]) - Math.abs(steps[a]));
  if (!moved.length) return [];
  const [kind, place] = view.last ?? [];
  const lead = kind === "weight" && steps[place] ? place : moved[0];
  const said = (i) => `${view.data.criteria[i].name} ${before[i]} → ${now[i]}`;
  const along = moved.filter((i) => i !== lead && Math.sign(steps[i]) === Math.sign(steps[lead]));
  const others = moved.filter((i) => Math.sign(steps[i]) !== Math.sign(steps[lead]));
  const rest = others.slice(NAMED_MOST), least = rest.map((i) => Math.abs(steps[i]));
  const more = rest.length ? `, and ${rest.length} more by at most ${Math.max(...least)}` : "";
  return [[lead, ...along].map(said).join(", "),
    `others ${steps[lead] > 0 ? "shrank" : "grew"}: ${others.slice(0, NAMED_MOST).map(said).join(", ")}${more}`];
}
