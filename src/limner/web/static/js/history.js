// The history: the key's own requests, the newest first, from the job list; searched by what was asked,
// page by page. What one request looks like is job_card.js's.

import { h, replace, setText } from "./dom.js";
import { icon } from "./icons.js";
import { createJobCard } from "./job_card.js";
import { isUnfinished } from "./job_pictures.js";
import { problemText } from "./problems.js";
import { onLanguage } from "./words.js";

const PAGE = 24;
const SEARCH_PAGE = 100;
const MOST_SEARCHED = 1000;
const ENOUGH_FOUND = 12;
const TYPING_MS = 250;
const WATCH_MS = 4000;
const NEAR = "300px";

/** @typedef {import("./job_card.js").PastJob} PastJob */
/** @typedef {import("./job_card.js").JobCard} JobCard */

/**
 * Build the page in root. refresh() asks for what is new and shows it; cards that are there stay.
 * @param {HTMLElement} root
 * @param {import("./job_card.js").CardOptions} options
 * @returns {{refresh: () => Promise<void>}}
 */
export function createHistory(root, options) {
  const { api } = options;
  /** @type {Map<string, JobCard>} */
  const cards = new Map();
  const state = { last: "", hasMore: false, timer: 0, turn: 0 };
  const search = h("input", { type: "search", id: "history-search", tLabel: "history.search", tPlaceholder: "history.search", autocomplete: "off" });
  const count = h("p", { class: "hint history-count", role: "status" });
  const list = h("div", { class: "jobs" });
  const message = h("div", { class: "history-message" });
  const more = h("button", { type: "button", class: "button history-more", hidden: true, onClick: () => tell(loadMore) });
  const sight = createSight();

  async function refresh() {
    await tell(async () => {
      const page = await api.jobs({ limit: PAGE });
      const isConnected = page.data.some((/** @type {PastJob} */ job) => cards.has(job.id));
      if (!isConnected) start(page);
      for (const job of page.data) put(job);
    });
    watch();
  }

  /** Nothing of what was shown is among the newest: begin again. */
  function start(/** @type {any} */ page) {
    cards.clear();
    state.last = page.data.at(-1)?.id ?? "";
    state.hasMore = page.has_more;
  }

  function put(/** @type {PastJob} */ job) {
    const known = cards.get(job.id);
    if (known) return known.update(job);
    const card = createJobCard(job, options);
    cards.set(job.id, card);
    sight.watch(card);
  }

  async function loadMore(limit = PAGE) {
    const page = await api.jobs({ limit, after: state.last });
    for (const job of page.data) put(job);
    state.last = page.data.at(-1)?.id ?? state.last;
    state.hasMore = page.has_more;
  }

  /** Show what matches; of a search with few matches go on with older requests, but not without end. */
  async function find() {
    const turn = ++state.turn;
    draw();
    const isShort = () => wanted().length > 0 && matching().length < ENOUGH_FOUND && state.hasMore;
    while (isShort() && cards.size < MOST_SEARCHED && turn === state.turn)
      if (!(await tell(() => loadMore(SEARCH_PAGE)))) return;
  }

  /** Do something that asks the server, and show what came of it. */
  async function tell(/** @type {() => Promise<void>} */ ask) {
    more.disabled = true;
    try {
      await ask();
      draw();
      return true;
    } catch (error) {
      replace(message, failure(/** @type {Error} */ (error), refresh));
      return false;
    } finally {
      more.disabled = false;
    }
  }

  /** @returns {string[]} */
  const wanted = () => search.value.toLowerCase().split(/\s+/).filter(Boolean);

  function matching() {
    const newestFirst = [...cards.values()].sort((a, b) => (a.job.id < b.job.id ? 1 : -1));
    return newestFirst.filter(({ job }) => hasWords(job, wanted()));
  }

  function draw() {
    const shown = matching();
    const elements = shown.map((card) => card.element);
    const isSame = elements.length === list.children.length && elements.every((element, at) => list.children[at] === element);
    if (!isSame) replace(list, elements);
    replace(message, shown.length === 0 && h("p", { class: "empty", t: wanted().length ? "history.noMatch" : "history.empty" }));
    setText(count, "t", wanted().length ? "history.found" : "history.loaded", { count: shown.length, loaded: cards.size });
    setText(more, "t", wanted().length ? "history.searchMore" : "history.more");
    more.hidden = !state.hasMore;
  }

  /** Requests that run change; look again while anybody looks. */
  function watch() {
    clearTimeout(state.timer);
    if ([...cards.values()].some(({ job }) => isUnfinished(job)))
      state.timer = setTimeout(() => (root.hidden || document.hidden ? watch() : refresh()), WATCH_MS);
  }

  let typing = 0;
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(find, TYPING_MS);
  });
  onLanguage(() => cards.forEach((card) => card.retime()));
  replace(
    root,
    h(
      "div",
      { class: "page-head" },
      h("h2", { t: "history.title" }),
      h("div", { class: "history-search" }, icon("search"), search),
      count,
      h("button", { type: "button", class: "button button-quiet", onClick: refresh }, icon("again"), h("span", { t: "history.refresh" })),
    ),
    list,
    message,
    more,
  );
  return { refresh };
}

function hasWords(/** @type {PastJob} */ job, /** @type {string[]} */ words) {
  const text = `${job.prompt ?? ""} ${job.model}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Tells a card once when it has come near the window. */
function createSight() {
  /** @type {WeakMap<Element, JobCard>} */
  const watched = new WeakMap();
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { target } of seen.filter((one) => one.isIntersecting)) {
        observer.unobserve(target);
        watched.get(target)?.see();
      }
    },
    { rootMargin: NEAR },
  );
  return {
    watch(/** @type {JobCard} */ card) {
      watched.set(card.element, card);
      observer.observe(card.element);
    },
  };
}

/** What went wrong, and to try again. @param {Error} error @param {() => void} retry */
export function failure(error, retry) {
  return h(
    "div",
    { class: "empty", role: "alert" },
    h("p", {}, problemText(error)),
    h("button", { type: "button", class: "button", t: "history.retry", onClick: retry }),
  );
}
