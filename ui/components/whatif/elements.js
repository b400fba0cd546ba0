// How elements are made and figures are written, for all files of the what-if control.
//
// Comes in: tags, numbers. Goes out: elements, text. Separate so that every figure of the control looks alike.

export function make(tag, className = "", attributes = {}, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

export const put = (parent, child) => parent.appendChild(child);
export const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };

export const NUMBER = new Intl.NumberFormat("en-US");
// as `percent` of icp_engine/wording/shares.py writes it: below 1 % to one digit
export function percent(share) {
  const of100 = 100 * share;
  if (!(of100 > 0 && of100 < 1)) return `${of100.toFixed(0)}\u202f%`;
  return `${of100 < 0.05 ? "under 0.1" : of100.toFixed(1).replace(".0", "")}\u202f%`;
}
export const limits = (low, high) => `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}`;
