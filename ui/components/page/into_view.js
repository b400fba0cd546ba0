// Scrolls to where it stands, once; the server puts it before what somebody asked to see.

export default function component({ parentElement }) {
  const here = parentElement.host ?? parentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => here.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" }));
}
