// What the suggested rubric gives, beside the rubric as it stands: figures and weights, as long as the two differ.
//
// Comes in: a view with its data and rubric. Goes out: figures, words. Separate from `whatif.js`, which knows the rubric
// now and how it is changed. Nothing is scored here: the engine made the suggestion's figures once, on the same accounts.

const NAMED_MOST = 4; // criteria by name; the sentence must stay one to read

/** Whether weights, bands or the policy are other ones. */
export function differ(one, other) {
  return ["weights", "green", "yellow", "policy"].some((name) => String(one[name]) !== String(other[name]));
}

/** The suggestion where the rubric as it stands is another one, else null. */
export function suggestion(view) {
  const { suggested } = view.data;
  return !suggested || (suggested.alike && !differ(suggested, view.rubric)) ? null : suggested;
}

/** Each criterion's place in the suggestion, −1 where it has none: by order where both are alike, else by name. */
function places({ data: { criteria, suggested } }) {
  return criteria.map((one, i) => (suggested.alike ? i : suggested.names.indexOf(one.name)));
}

/** The suggestion's figures for one outcome: bands with share and rate, how it ranks; null where it is in force. */
export function figuresSuggested(view, basis) {
  return suggestion(view)?.figures[basis] ?? null;
}

/** By criterion: the suggested weight where it is another one; null where it is the same or none was suggested. */
export function weightsSuggested(view) {
  const beside = suggestion(view);
  if (!beside) return view.data.criteria.map(() => null);
  return places(view).map((place, i) => (
    place < 0 || beside.weights[place] === view.rubric.weights[i] ? null : beside.weights[place]));
}

/** “Suggested: Green from 53 and Yellow from 42; a missing value earns nothing.” and criteria that only one side has. */
export function otherwiseSuggested(view) {
  const beside = suggestion(view), { rubric, data } = view;
  if (!beside) return "";
  const found = places(view), parts = [];
  if (beside.green !== rubric.green || beside.yellow !== rubric.yellow) {
    parts.push(`Green from ${beside.green} and Yellow from ${beside.yellow}`);
  }
  if (beside.policy !== rubric.policy) parts.push(`a missing value earns ${data.policies[beside.policy]}`);
  const gone = beside.names.map((name, i) => `${name} ${beside.weights[i]}`).filter((_, i) => !found.includes(i));
  if (gone.length) parts.push(`with ${listed(gone)}`);
  const added = data.criteria.filter((_, i) => found[i] < 0).map((one) => one.name);
  if (added.length) parts.push(`without ${listed(added)}`);
  return parts.length ? `Suggested: ${parts.join("; ")}.` : "";
}

const listed = (names) => [...names.slice(0, NAMED_MOST),
  ...(names.length > NAMED_MOST ? [`${names.length - NAMED_MOST} more`] : [])].join(", ");
