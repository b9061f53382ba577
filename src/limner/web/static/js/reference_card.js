// One input picture in the form: its thumbnail, its name in prompts, and the buttons that move and remove it.

import { h } from "./dom.js";
import { showProblem } from "./fields.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/**
 * @typedef {import("./reference_rules.js").Reference & {label: string, shown: string}} Item
 *   label: where it comes from; shown: what an <img> may load, "" for another host's
 * @typedef {{onMention: () => void, onMove: (from: number, to: number) => void, onRemove: () => void,
 *   onMeasured: () => void}} CardDeeds
 */

const DRAGGED = "application/x-limner-reference";
const LONGEST_HOST = 24;

/** What prompts call the picture at this place. @param {number} index @returns {string} */
export function nameOf(index) {
  return t("references.name", { number: index + 1 });
}

/**
 * The card of the picture at index of count; item gets its width and height once they are known.
 * @param {Item} item @param {number} index @param {number} count @param {CardDeeds} deeds
 */
export function createReferenceCard(item, index, count, { onMention, onMove, onRemove, onMeasured }) {
  const error = h("p", { class: "field-error" });
  const values = { number: index + 1 };
  const name = { class: "reference-name", tTitle: "references.mention", onClick: onMention };
  const element = h(
    "li",
    { class: "reference", draggable: "true", title: item.label || null, ...dragging(index, onMove) },
    h("div", { class: "reference-picture" }, thumbnail(item, onMeasured)),
    h("button", { type: "button", ...name }, h("span", { t: "references.name", values })),
    h(
      "div",
      { class: "reference-tools" },
      tool("left", "earlier", values, index === 0, () => onMove(index, index - 1)),
      tool("right", "later", values, index === count - 1, () => onMove(index, index + 1)),
      tool("close", "remove", values, false, onRemove),
    ),
    error,
  );
  return {
    element,
    setProblem: (/** @type {any} */ problem) => showProblem(error, [], problem),
    /** Focus the button of this name, or what there is instead. */
    focus: (/** @type {string} */ wanted) =>
      (
        element.querySelector(`[data-tool="${wanted}"]:enabled`) ??
        element.querySelector(".reference-tools :enabled")
      ).focus(),
  };
}

function tool(glyph, name, values, disabled, onClick) {
  const key = `references.${name}`;
  const look = { type: "button", class: "reference-tool", "data-tool": name, disabled, onClick };
  return h("button", { ...look, tLabel: key, tTitle: key, values }, icon(glyph));
}

/** Listeners that let one card be dropped on another. */
function dragging(index, onMove) {
  const isOurs = (event) => event.dataTransfer.types.includes(DRAGGED);
  return {
    onDragstart(event) {
      event.dataTransfer.setData(DRAGGED, String(index));
      event.dataTransfer.effectAllowed = "move";
    },
    onDragover: (event) => isOurs(event) && event.preventDefault(),
    onDrop(event) {
      if (!isOurs(event)) return;
      event.preventDefault();
      onMove(Number(event.dataTransfer.getData(DRAGGED)), index);
    },
  };
}

/** The picture, or a sign where the browser may not or cannot show it. */
function thumbnail(item, onMeasured) {
  if (!item.shown) return sign("link", hostOf(item.source));
  const picture = h("img", { src: item.shown, alt: "", draggable: "false" });
  picture.addEventListener("load", () => {
    [item.width, item.height] = [picture.naturalWidth, picture.naturalHeight];
    onMeasured();
  });
  picture.addEventListener("error", () =>
    picture.replaceWith(sign("image", item.format ?? hostOf(item.source))),
  );
  return picture;
}

function sign(glyph, text) {
  return h("span", { class: "reference-link" }, icon(glyph), h("span", {}, text));
}

function hostOf(source) {
  return URL.canParse(source) ? new URL(source).hostname : source.slice(0, LONGEST_HOST);
}
