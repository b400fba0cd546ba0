// What the suggested rubric gives, beside the rubric as it stands: figures and weights, as long as the two differ.
//
// Comes in: a view with its data and rubric. Goes out: figures, words. Separate from `whatif.js`, which knows the rubric
// now and how it is changed. Nothing is scored here: the engine made the suggestion's figures once, on the same accounts.

/** Whether weights, bands or the policy are other ones. */
export function differ(one, other) {
  return ["weights", "green", "yellow", "policy"].some((name) => String(one[name]) !== String(other[name]));
}

/** The suggestion where the rubric as it stands is another one, else null. */
export function suggestion(view) {
  const { suggested, criteria } = view.data;
  if (!suggested) return null;
  const weights = criteria.map((one) => suggested.weights[one.name]);
  return suggested.alike && !differ({ ...suggested, weights }, view.rubric) ? null : suggested;
}

/** The suggestion's figures for one outcome: bands with share and rate, how it ranks; null where it is in force. */
export function figuresSuggested(view, basis) {
  return suggestion(view)?.figures[basis] ?? null;
}

/** By criterion: the suggested weight where it is another one; null where it is the same or none was suggested. */
export function weightsSuggested(view) {
  const beside = suggestion(view);
  return view.data.criteria.map((one, i) => {
    const weight = beside?.weights[one.name];
    return weight === undefined || weight === view.rubric.weights[i] ? null : weight;
  });
}

/** “Suggested: Green from 53 and Yellow from 42; a missing value earns nothing.” and criteria that only one side has. */
export function otherwiseSuggested(view) {
  const beside = suggestion(view), { rubric, data } = view;
  if (!beside) return "";
  const names = data.criteria.map((one) => one.name), parts = [];
  if (beside.green !== rubric.green || beside.yellow !== rubric.yellow) {
    parts.push(`Green from ${beside.green} and Yellow from ${beside.yellow}`);
  }
  if (beside.policy !== rubric.policy) parts.push(`a missing value earns ${data.policies[beside.policy]}`);
  const gone = Object.keys(beside.weights).filter((name) => !names.includes(name));
  if (gone.length) parts.push(`with ${gone.map((name) => `${name} ${beside.weights[name]}`).join(", ")}`);
  const added = names.filter((name) => beside.weights[name] === undefined);
  if (added.length) parts.push(`without ${added.join(", ")}`);
  return parts.length ? `Suggested: ${parts.join("; ")}.` : "";
}
