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
export const percent = (share) => `${(100 * share).toFixed(0)}\u202f%`;
export const limits = (low, high) => `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}`;
