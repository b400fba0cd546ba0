// Scrolls to where it stands, once for each time somebody asked; the server puts it before what was asked for.
//
// Comes in: how often was asked. Goes out: the scroll position, kept for a moment while charts above take their room.

const MOMENT = 1500; // ms
const OWN_WAY = ["wheel", "touchstart", "pointerdown", "keydown"]; // whoever scrolls is not held back

let answered;

export default function component({ data, parentElement }) {
  if (data === answered) return;
  answered = data;
  keepInView(parentElement.host ?? parentElement);
}

function keepInView(here) {
  const page = here.ownerDocument, until = performance.now() + MOMENT;
  let free = false;
  const release = () => { free = true; };
  for (const kind of OWN_WAY) page.addEventListener(kind, release, { once: true, capture: true });
  const step = () => {
    if (free || !here.isConnected || performance.now() > until) {
      for (const kind of OWN_WAY) page.removeEventListener(kind, release, { capture: true });
      return;
    }
    here.scrollIntoView({ block: "start", behavior: "instant" });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
