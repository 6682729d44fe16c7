// What assistive software is told of the page and Streamlit leaves unsaid: the language of its words
// and which parts of the menu are lists; and the one word that Streamlit writes itself is put into
// that language. And what the page is told: how wide it is, as nobody but the browser knows.

const MENU = '[data-testid="stSidebarNavItems"]';
const REQUIRED = '[data-testid="stWidgetLabelRequired"]';

function tell({ language, required }) {
  document.documentElement.lang = language;
  for (const menu of document.querySelectorAll(MENU)) {
    menu.setAttribute("role", "presentation");
    for (const group of menu.children) group.setAttribute("role", "list");
    for (const heading of menu.querySelectorAll(":scope > div > :not(li)"))
      heading.setAttribute("role", "presentation");
  }
  for (const group of document.querySelectorAll(GROUPS)) group.removeAttribute("aria-required");
  for (const mark of document.querySelectorAll(REQUIRED))
    if (mark.textContent !== required) mark.textContent = required;
}

// A group of fields cannot be required; its fields say so themselves.
const GROUPS = ["stDateInputField", "stDateTimeInputField"]
  .map((name) => `[data-testid="${name}"], [data-testid="${name}"] [role="group"]`)
  .join(", ");

// Px between the edges of the page's contents: every chart is as wide.
function room() {
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  const { paddingLeft, paddingRight } = getComputedStyle(page);
  return page.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

// Long enough for a window that is being drawn larger or a menu that slides in.
const SETTLED_MS = 250;

export default function ({ data, setStateValue }) {
  const again = () => tell(data);
  again();
  // The menu and the cards are drawn anew with every choice.
  const watch = new MutationObserver(again);
  watch.observe(document.body, { childList: true, subtree: true });

  let timer;
  const widths = new ResizeObserver(() => {
    const here = room(), wide = data.least.filter((each) => here >= each).length;
    // Tests wait for it; a page drawn for another width is not yet what its reader will see.
    document.documentElement.toggleAttribute("data-redrawing", wide !== data.wide);
    clearTimeout(timer);
    if (wide !== data.wide) timer = setTimeout(() => setStateValue("wide", wide), SETTLED_MS);
  });
  widths.observe(document.querySelector('[data-testid="stMain"]'));
  return () => {
    watch.disconnect();
    widths.disconnect();
    clearTimeout(timer);
  };
}
