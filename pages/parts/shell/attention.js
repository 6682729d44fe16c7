// Scrolls a part of the page into view and moves the focus there: within it to its first field, or
// onto the part itself.

const FIELDS = "input, textarea";
const CAPTION = '[data-testid="stCaptionContainer"]';
const PATIENCE_MS = 5000;
// What the page's own header covers, and some air.
const MARGIN = 72;

let last = 0;

export default function ({ data }) {
  if (!data.to || data.number === last) return;
  last = data.number;
  const from = document.activeElement, began = performance.now();
  let taken = null;

  const look = () => {
    const overdue = performance.now() - began > PATIENCE_MS;
    // Who has moved on meanwhile is not called back.
    const now = document.activeElement;
    const moved = now !== document.body && now !== from && now !== taken && now?.isConnected;
    if (data.number !== last || overdue || moved) return;
    // The last: a part that has moved is still in its old place while the page runs.
    const part = [...document.querySelectorAll(`.st-key-${data.to}`)].at(-1);
    if (part && (taken === null || !taken.isConnected || now !== taken)) taken = take(part, data.within);
    if (part && drawn()) show(part);
    else requestAnimationFrame(look);
  };
  look();
}

// Whether the page's run has ended: until then its parts are still moving.
function drawn() {
  return document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
}

function take(part, within) {
  const field = (within && part.querySelector(FIELDS)) || part;
  if (field === part) {
    part.tabIndex = -1;
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", part.querySelector(CAPTION)?.textContent ?? "");
  }
  field.focus({ preventScroll: true });
  return field;
}

function show(part) {
  const { top, bottom, height } = part.getBoundingClientRect();
  if (top >= MARGIN && bottom <= innerHeight) return;
  part.style.scrollMarginTop = `${MARGIN}px`;
  part.scrollIntoView({ block: height + 2 * MARGIN > innerHeight ? "start" : "center" });
}
