// The stage: one card for each request of this visit, the newest first, each drawn from its job's events.
// A reload finds the same jobs again, by their ids in this tab's storage.

import { createCard } from "./card.js";
import { announce, h, replace, toast } from "./dom.js";
import { release } from "./picture.js";
import { problemText } from "./problems.js";
import { admit, apply, fail, foundRun, hasEnded, isDone, isEnd, newRun, stand } from "./run.js";
import { createSlots } from "./slots.js";
import { createViewer } from "./viewer.js";
import { t } from "./words.js";

/** @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture */
const STORED = "limner.stage";
const MOST_CARDS = 24;
const MOST_STREAMS = 2; // A browser opens six connections to a host, for all its tabs and pictures together.
const LOOK_MS = 2000;

/**
 * @param {HTMLElement} root
 * @param {{api: any, onUse: import("./actions.js").Outside["onUse"], onAnswer?: (answer: any) => void,
 *   onRefused?: (error: any, body: any) => void}} options onRefused: the server did not take a request
 * @returns {{start: (body: any) => Promise<void>, resume: (jobId: string) => Promise<void>}}
 */
export function createResults(root, { api, onUse, onAnswer = () => {}, onRefused = () => {} }) {
  const list = h("div", { class: "runs" });
  const empty = h(
    "div",
    { class: "stage-empty" },
    h("p", { class: "stage-title", t: "results.empty" }),
    h("p", { class: "hint", t: "results.emptyHint" }),
  );
  const outside = { api, onUse };
  /** @type {Map<Run, ReturnType<typeof createCard>>} */
  const cards = new Map();
  const slots = createSlots(MOST_STREAMS);
  const viewer = createViewer({ outside });
  root.tabIndex = -1;
  replace(root, empty, list);

  function add(/** @type {Run} */ run) {
    const card = createCard(run, { outside, say: toast, onOpen: open, onCancel: cancel, onRemove: remove });
    cards.set(run, card);
    list.prepend(card.element);
    for (const old of [...cards.keys()].filter(hasEnded).slice(0, Math.max(0, cards.size - MOST_CARDS)))
      remove(old);
    arranged();
  }

  function remove(/** @type {Run} */ run) {
    const element = cards.get(run)?.element;
    const next = element?.nextElementSibling ?? element?.previousElementSibling;
    const hadFocus = element?.contains(document.activeElement);
    element?.remove();
    cards.delete(run);
    if (hadFocus) focusOn(next);
    run.pictures.forEach(release);
    arranged();
  }

  /** Who works by keyboard goes on from the card that is nearest. */
  function focusOn(/** @type {Element | null | undefined} */ card) {
    const button = card?.querySelector('[data-action="remove"]:not([hidden])');
    /** @type {HTMLElement} */ (button ?? root).focus();
  }

  /** Something came or went. */
  function arranged() {
    empty.hidden = cards.size > 0;
    remember([...cards.keys()].map((run) => run.id).filter(Boolean));
  }

  const draw = (/** @type {Run} */ run) => cards.get(run)?.draw();

  async function start(/** @type {any} */ body) {
    const run = newRun(body, Date.now());
    add(run);
    show(run);
    try {
      admit(run, await api.submit(body));
    } catch (error) {
      fail(run, error, Date.now());
      draw(run);
      announce(problemText(/** @type {any} */ (error)));
      return onRefused(error, body);
    }
    arranged();
    if (run.isCancelling) cancel(run);
    await follow(run);
  }

  async function resume(/** @type {string} */ jobId) {
    const known = [...cards.keys()].find((run) => run.id === jobId);
    if (known) return show(known);
    try {
      const run = foundRun(await api.job(jobId));
      add(run);
      show(run);
      await follow(run);
    } catch (error) {
      toast(problemText(/** @type {any} */ (error)), "error");
    }
  }

  /** Listen until its end. While enough others are listened to, it is only looked at now and then. */
  async function follow(/** @type {Run} */ run) {
    draw(run);
    const leave = await slots.enter(LOOK_MS, async () => {
      const job = await api.job(run.id);
      stand(run, job);
      draw(run);
      return isEnd(job.state);
    });
    try {
      const onConnection = (/** @type {boolean} */ isOpen) => ((run.isCut = !isOpen), draw(run));
      for await (const event of api.events(run.id, { onConnection })) {
        apply(run, event, Date.now());
        draw(run);
        tell(run, event);
      }
    } catch (error) {
      fail(run, error, Date.now());
      draw(run);
    } finally {
      leave();
    }
  }

  function tell(/** @type {Run} */ run, /** @type {any} */ event) {
    if (event.type === "job.picture" && run.total > 1)
      announce(t("results.saidPicture", { number: event.image_index + 1, total: run.total }));
    if (!hasEnded(run)) return;
    if (run.result) onAnswer(run.result);
    run.result = null; // It may hold megabytes of base64.
    announce(
      run.error
        ? problemText(run.error)
        : t("results.saidDone", { count: run.pictures.filter(isDone).length }),
    );
  }

  async function cancel(/** @type {Run} */ run) {
    run.isCancelling = true;
    draw(run);
    if (!run.id) return; // start() does it as soon as the job has an id.
    try {
      await api.cancel(run.id);
    } catch (error) {
      run.isCancelling = false;
      draw(run);
      toast(problemText(/** @type {any} */ (error)), "error");
    }
  }

  function show(/** @type {Run} */ run) {
    cards.get(run)?.element.scrollIntoView({ block: "nearest" });
  }

  /** The viewer leafs through all that the stage holds, in the order in which it is seen. */
  function open(/** @type {Run} */ run, /** @type {Picture} */ picture) {
    const entries = [...cards.keys()]
      .reverse()
      .flatMap((one) => one.pictures.filter(isDone).map((each) => ({ run: one, picture: each })));
    viewer.open(
      entries,
      entries.findIndex((entry) => entry.run === run && entry.picture === picture),
    );
  }

  async function restore() {
    const found = await Promise.all(remembered().map((id) => api.job(id).catch(() => null)));
    for (const job of found.filter(Boolean)) {
      const run = foundRun(job);
      add(run);
      follow(run);
    }
  }

  restore();
  return { start, resume };
}

/** A browser that is told to keep nothing refuses: then a reload begins with an empty stage. */
function remember(/** @type {string[]} */ ids) {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(ids));
  } catch {}
}

/** @returns {string[]} */
function remembered() {
  try {
    return [JSON.parse(sessionStorage.getItem(STORED) ?? "[]")].flat().filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}
