// One picture, large: zoom and pan, leaf through all of the stage, compare two, see the facts, do something.

import { actionButtons } from "./actions.js";
import { createCompare } from "./compare.js";
import { replace, setText } from "./dom.js";
import { factList } from "./facts.js";
import { addressOf, freshLink } from "./picture.js";
import { viewerParts } from "./viewer_parts.js";
import { t } from "./words.js";
import { createZoom } from "./zoom.js";

/** @typedef {{run: import("./run.js").Run, picture: import("./run.js").Picture}} Entry */
const NOTE_MS = 4000;

/**
 * @param {{outside: import("./actions.js").Outside}} options
 * @returns {{open: (entries: Entry[], index: number) => void}}
 */
export function createViewer({ outside }) {
  const parts = viewerParts();
  const { dialog, stage, canvas, image } = parts;
  const zoom = createZoom(stage, canvas, (view) =>
    setText(parts.scale, "t", "viewer.scale", { percent: Math.round(view.scale * 100) }),
  );
  const compare = createCompare(stage, canvas);
  parts.compare.append(compare.element);
  let entries = /** @type {Entry[]} */ ([]);
  let index = 0;

  function show(/** @type {number} */ wanted) {
    index = (wanted + entries.length) % entries.length;
    const { run, picture } = entries[index];
    const [width, height] = picture.size.split("x").map(Number);
    if (width && height) zoom.setSize({ width, height });
    image.alt = t("results.alt", {
      number: picture.index + 1,
      total: run.total,
      prompt: run.body.prompt ?? "",
    });
    image.src = addressOf(picture);
    setText(parts.count, "t", "viewer.count", { number: index + 1, total: entries.length });
    parts.count.hidden = parts.before.hidden = parts.after.hidden = entries.length < 2;
    replace(parts.facts, factList(run, picture));
    replace(
      parts.actions,
      actionButtons(run, picture, outside, { say, onActed: () => dialog.close(), withText: true }),
    );
    compare.offer(entries, index);
  }

  /** Of models that do not report it, the picture itself knows its size. */
  function loaded() {
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width && !entries[index]?.picture.size) zoom.setSize({ width, height });
  }

  async function renew() {
    const { run, picture } = entries[index];
    const name = `${run.id}_${picture.index}`;
    if (image.dataset.renewed === name) return;
    image.dataset.renewed = name;
    const link = await freshLink(outside.api, run, picture).catch(() => "");
    if (entries[index].picture === picture) image.src = link;
  }

  /** A dialog lets nothing outside it be seen or heard: it has a note of its own. */
  function say(/** @type {string} */ text) {
    const isOpen = dialog.open;
    parts.note.textContent = isOpen ? text : "";
    setTimeout(() => parts.note.textContent === text && (parts.note.textContent = ""), NOTE_MS);
  }

  function turnFacts() {
    const isShown = dialog.classList.toggle("has-facts");
    parts.factsButton.setAttribute("aria-pressed", String(isShown));
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => show(index - 1),
    ArrowRight: () => show(index + 1),
    "Shift+ArrowLeft": () => zoom.shift(1, 0),
    "Shift+ArrowRight": () => zoom.shift(-1, 0),
    "Shift+ArrowUp": () => zoom.shift(0, 1),
    "Shift+ArrowDown": () => zoom.shift(0, -1),
    "+": zoom.closer,
    "=": zoom.closer,
    "-": zoom.farther,
    0: zoom.fit,
    1: zoom.actual,
    i: turnFacts,
    d: () => /** @type {HTMLElement} */ (parts.actions.querySelector('[data-action="download"]')).click(),
  };

  bindKeys(dialog, keys);
  image.addEventListener("load", loaded);
  image.addEventListener("error", renew);
  dialog.addEventListener("close", () => compare.stop());
  const presses = {
    before: keys.ArrowLeft,
    after: keys.ArrowRight,
    closer: zoom.closer,
    farther: zoom.farther,
    fit: zoom.fit,
    actual: zoom.actual,
    factsButton: turnFacts,
    close: () => dialog.close(),
  };
  for (const [name, act] of Object.entries(presses))
    parts[/** @type {keyof typeof presses} */ (name)].addEventListener("click", act);
  document.body.append(dialog);
  return {
    open(/** @type {Entry[]} */ shown, /** @type {number} */ first) {
      entries = shown;
      dialog.showModal();
      dialog.focus(); // The keys work at once, and no button looks chosen.
      show(first);
    },
  };
}

/** Keys with Shift go by "Shift+Arrow..."; a field that has the focus keeps its own keys. */
function bindKeys(/** @type {HTMLElement} */ dialog, /** @type {Record<string, () => void>} */ keys) {
  dialog.addEventListener("keydown", (event) => {
    const isField = /^(SELECT|INPUT)$/.test(/** @type {HTMLElement} */ (event.target).tagName);
    if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
    const isShifted = event.shiftKey && event.key.startsWith("Arrow");
    const act = keys[isShifted ? `Shift+${event.key}` : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
