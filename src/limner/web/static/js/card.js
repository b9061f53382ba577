// One request on the stage: what was asked, where it stands, its pictures, what it took.

import { h, replace, setText } from "./dom.js";
import { icon } from "./icons.js";
import { problemOf } from "./problems.js";
import { hasEnded, isDone, progressOf } from "./run.js";
import { createTile } from "./tile.js";
import { number } from "./words.js";

/** @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture */
const PIXELS_OF_A_TOKEN = 256;
const TICK_MS = 1000;

/**
 * @param {Run} run
 * @param {{outside: import("./actions.js").Outside, say: import("./actions.js").Say,
 *   onOpen: (run: Run, picture: Picture) => void, onCancel: (run: Run) => void,
 *   onRemove: (run: Run) => void}} options
 * @returns {{element: HTMLElement, draw: () => void}} draw: after the run has changed
 */
export function createCard(run, { outside, say, onOpen, onCancel, onRemove }) {
  const parts = cardParts(
    run,
    () => onCancel(run),
    () => onRemove(run),
  );
  /** @type {Map<Picture, ReturnType<typeof createTile>>} */
  const tiles = new Map();
  const ticking = setInterval(() => drawState(run, parts), TICK_MS);
  function drawTiles() {
    for (const [picture, tile] of tiles) if (!run.pictures.includes(picture)) tile.element.remove();
    for (const picture of run.pictures) {
      const tile = tiles.get(picture);
      if (tile) tile.draw();
      else addTile(picture);
    }
    parts.tiles.dataset.count = String(run.pictures.length);
    parts.tiles.hidden = !isWorthSeeing(run);
  }
  function addTile(/** @type {Picture} */ picture) {
    const tile = createTile(run, picture, { outside, say, onOpen: () => onOpen(run, picture) });
    tiles.set(picture, tile);
    parts.tiles.append(tile.element);
  }
  function draw() {
    drawState(run, parts);
    drawTiles();
    drawEnd(run, parts);
    if (hasEnded(run)) clearInterval(ticking);
  }
  draw();
  return { element: parts.element, draw };
}

/** A place for pictures is kept from the start of the work on; that all have failed is said in one place. */
function isWorthSeeing(/** @type {Run} */ run) {
  if (run.state === "failed") return run.pictures.some(isDone);
  return run.state === "running" || run.pictures.some((picture) => picture.state !== "waiting");
}

/** @typedef {ReturnType<typeof cardParts>} Parts */
function cardParts(
  /** @type {Run} */ run,
  /** @type {() => void} */ onCancel,
  /** @type {() => void} */ onRemove,
) {
  const title = h("h2", { class: "run-prompt" }, run.body.prompt || h("span", { t: "results.noPrompt" }));
  const facts = h("p", { class: "run-facts" });
  const state = h("p", { class: "run-state" });
  const cancel = h("button", {
    type: "button",
    class: "button button-small",
    "data-action": "cancel",
    t: "results.cancel",
    onClick: onCancel,
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "button button-quiet button-icon button-small",
      "data-action": "remove",
      tLabel: "results.remove",
      tTitle: "results.remove",
      onClick: onRemove,
    },
    icon("close"),
  );
  const bar = h("progress", { class: "run-progress", max: 1, tLabel: "results.progress" });
  const tiles = h("ul", { class: "tiles" });
  const problem = h("div", { class: "run-problem", hidden: true });
  const foot = h("p", { class: "run-foot", hidden: true });
  const head = h(
    "header",
    { class: "run-head" },
    h("div", { class: "run-asked" }, title, facts),
    h("div", { class: "run-tools" }, state, cancel, remove),
  );
  const element = h("article", { class: "card run" }, head, bar, problem, tiles, foot);
  return { element, facts, state, cancel, remove, bar, tiles, problem, foot };
}

/** @type {Record<import("./run.js").State, (run: Run) => [string, Record<string, any>]>} */
const STATES = {
  sending: () => ["results.sending", {}],
  queued: (run) => (run.position ? ["results.queued", { count: run.position }] : ["results.queuedNext", {}]),
  running: (run) => [
    "results.running",
    { percent: Math.floor(100 * progressOf(run)), seconds: secondsOf(run) },
  ],
  done: (run) => ["results.done", { seconds: secondsOf(run) }],
  failed: () => ["results.failed", {}],
  cancelled: () => ["results.cancelled", {}],
};

function drawState(
  /** @type {Run} */ run,
  /** @type {Parts} */ { element, facts, state, cancel, remove, bar },
) {
  element.dataset.state = run.state;
  element.dataset.job = run.id;
  const [key, values] = run.isCut && !hasEnded(run) ? ["results.cut", {}] : STATES[run.state](run);
  setText(state, "t", key, values);
  facts.textContent = [run.body.model, run.size || run.body.size].filter(Boolean).join(" · ");
  const hadFocus = document.activeElement === cancel;
  cancel.hidden = hasEnded(run);
  cancel.setAttribute("aria-disabled", String(run.isCancelling));
  remove.hidden = !hasEnded(run);
  if (hadFocus && hasEnded(run)) remove.focus();
  bar.hidden = hasEnded(run);
  if (run.state === "running" && progressOf(run) > 0) bar.value = progressOf(run);
}

function drawEnd(/** @type {Run} */ run, /** @type {Parts} */ { problem, foot }) {
  const cause = run.state === "failed" ? run.error : null;
  problem.hidden = !cause;
  if (cause) {
    const { key, detail } = problemOf(cause);
    replace(
      problem,
      icon("alert"),
      h(
        "div",
        {},
        h("p", { class: "run-cause", t: key }),
        detail && h("p", {}, detail),
        h("p", { class: "run-id" }, [cause.code, cause.requestId].filter(Boolean).join(" · ")),
      ),
    );
  }
  const notes = hasEnded(run) ? footNotes(run) : [];
  foot.hidden = notes.length === 0;
  replace(foot, notes);
}

/** What it came to: pictures, megapixels, tokens; and what had no effect. */
function footNotes(/** @type {Run} */ run) {
  const made = run.pictures.filter(isDone).length;
  const all = run.state === "done" ? run.pictures.length : run.total;
  const notes =
    made || run.usage ? [h("span", { t: "results.made", values: { made, all, count: all } })] : [];
  if (run.usage?.output_tokens) {
    const megapixels = number((run.usage.output_tokens * PIXELS_OF_A_TOKEN) / 1e6, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    notes.push(h("span", { t: "results.megapixels", values: { megapixels } }));
    notes.push(h("span", { t: "results.tokens", values: { tokens: number(run.usage.output_tokens) } }));
  }
  if (run.ignored.length)
    notes.push(h("span", { t: "results.ignored", values: { names: run.ignored.join(", ") } }));
  return notes;
}

function secondsOf(/** @type {Run} */ run) {
  const seconds = Math.max(0, (run.endedMs || Date.now()) - run.sentMs) / 1000;
  const digits = hasEnded(run) && seconds < 60 ? 1 : 0;
  return number(seconds, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
