// Tabs: a tablist of buttons in index.html, each of which shows the panel that it controls.
// Arrow keys, Home and End move between them, as the ARIA pattern has it.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Wire a tablist. onShow is called with the panel's id, also for the tab that is shown first.
 * @param {HTMLElement} list
 * @param {(panel: string) => void} [onShow]
 * @returns {{show: (panel: string) => void}}
 */
export function createTabs(list, onShow = () => {}) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]')]);

  function select(tab) {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      panelOf(other).hidden = !chosen;
    }
    onShow(tab.getAttribute("aria-controls") ?? "");
  }

  function move(event) {
    const at = tabs.indexOf(event.target);
    const to =
      { Home: 0, End: tabs.length - 1 }[event.key] ?? (event.key in STEPS ? at + STEPS[event.key] : null);
    if (at < 0 || to === null) return;
    const tab = tabs[(to + tabs.length) % tabs.length];
    event.preventDefault();
    select(tab);
    tab.focus();
  }

  for (const tab of tabs) tab.addEventListener("click", () => select(tab));
  list.addEventListener("keydown", move);
  return {
    show: (panel) => tabs.filter((tab) => tab.getAttribute("aria-controls") === panel).forEach(select),
  };
}

function panelOf(tab) {
  return /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls")));
}
