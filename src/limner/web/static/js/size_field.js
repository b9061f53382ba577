// The size of the pictures: a preset with a ratio, or exact pixels with the rule they have to keep.

import { h, setText, svg } from "./dom.js";
import { createChoice, createField } from "./fields.js";
import { icon } from "./icons.js";
import {
  carriedOver,
  choiceOf,
  megapixels,
  parseSize,
  presetsOf,
  ratioSizes,
  sizeProblem,
  sizeRule,
  sizeText,
  takesExact,
} from "./sizes.js";

const EXACT = "exact";
const SHAPE = 14;
const GRID = 18;

/** @param {{onChange: () => void}} options */
export function createSizeField({ onChange }) {
  /** @type {any} */ let card = null;
  /** @type {any} */ let chosen = null;

  const presets = createChoice("size", pickPreset);
  const ratios = createChoice("ratio", pickRatio, "ratios");
  const width = sideInput("width", "size.width");
  const height = sideInput("height", "size.height");
  const swap = h(
    "button",
    { type: "button", class: "button button-icon", tLabel: "size.swap", tTitle: "size.swap", onClick: turn },
    icon("swap"),
  );
  const exact = h(
    "div",
    { class: "row size-exact" },
    width,
    h("span", { "aria-hidden": "true" }, "×"),
    height,
    swap,
  );
  const ratioTitle = h("span", { class: "unseen", id: "ratio-label", t: "size.ratio" });
  const hint = h("p", { class: "hint", id: "size-hint" });
  const field = createField(
    "size",
    h("div", { class: "size-parts" }, presets.root, ratioTitle, ratios.root, exact),
    { hint, group: true, inputs: [width, height] },
  );

  function sideInput(name, label) {
    return h("input", {
      type: "number",
      id: name,
      min: 1,
      step: 1,
      inputmode: "numeric",
      tLabel: label,
      onInput: typed,
    });
  }

  function typed() {
    chosen = { preset: "", ratio: "", width: numberOf(width), height: numberOf(height) };
    ratios.set(ratioOfNow());
    explain();
    onChange();
  }

  function pickPreset(value) {
    const size = parseSize(sizeText(card, chosen)) ?? chosen;
    const ratio = chosen.ratio in ratioSizes(card, value) ? chosen.ratio : "";
    chosen =
      value === EXACT ? { ...chosen, ...size, preset: "", ratio: "" } : { ...chosen, preset: value, ratio };
    drawRatios();
    changed();
  }

  function pickRatio(ratio) {
    const size = parseSize(ratioSizes(card, chosen.preset)[ratio] ?? "") ?? {};
    chosen = chosen.preset ? { ...chosen, ratio } : { ...chosen, ...size };
    changed();
  }

  function turn() {
    chosen = { ...chosen, width: chosen.height, height: chosen.width };
    ratios.set(ratioOfNow());
    changed();
  }

  function changed() {
    drawExact();
    explain();
    onChange();
  }

  function drawExact() {
    exact.hidden = Boolean(chosen.preset) || !takesExact(card);
    width.value = String(chosen.width);
    height.value = String(chosen.height);
  }

  /** All of it; not while the user is in it, for that would take the focus away. */
  function draw() {
    const names = presetsOf(card);
    presets.setOptions([
      ...names.map((name) => ({ value: name, text: name })),
      ...(takesExact(card) ? [{ value: EXACT, t: "size.exact" }] : []),
    ]);
    presets.root.hidden = names.length === 0;
    presets.set(chosen.preset || EXACT);
    drawRatios();
    drawExact();
    explain();
  }

  function drawRatios() {
    const sizes = ratioSizes(card, chosen.preset);
    const auto = chosen.preset ? [{ value: "", t: "size.auto", picture: icon("vary") }] : [];
    const rows = Object.entries(sizes).map(([ratio, size]) => ({
      value: ratio,
      text: ratio,
      title: size,
      picture: shape(ratio),
    }));
    ratios.setOptions([...auto, ...rows]);
    ratios.set(ratioOfNow());
    ratios.root.hidden = rows.length === 0;
  }

  function ratioOfNow() {
    if (chosen.preset) return chosen.ratio;
    const text = sizeText(card, chosen);
    return Object.entries(ratioSizes(card, "")).find(([, size]) => size === text)?.[0] ?? "-";
  }

  function explain() {
    field.setProblem(problem());
    const size = parseSize(sizeText(card, chosen));
    if (!chosen.preset && takesExact(card)) return say(sizeRule(card));
    if (size)
      return say({ key: "size.pixels", values: { ...size, pixels: megapixels(size.width * size.height) } });
    say({ key: takesExact(card) ? "size.byPrompt" : "size.adaptive" });
  }

  function say({ key, values = {} }) {
    setText(hint, "t", key, values);
  }

  function problem() {
    if (!card || chosen.preset || !takesExact(card)) return null;
    return sizeProblem(chosen.width, chosen.height, card);
  }

  return {
    ...field,
    problem,
    /** As the API takes it; "" when there is nothing to choose, or no number to send. */
    value: () => (card && problem()?.key !== "size.whole" ? sizeText(card, chosen) : ""),
    set(/** @type {string | undefined} */ size) {
      chosen = choiceOf(card, size);
      draw();
    },
    setCard(/** @type {any} */ next) {
      card = next;
      chosen = chosen ? carriedOver(chosen, card) : choiceOf(card);
      draw();
    },
  };
}

function numberOf(input) {
  return input.value === "" ? NaN : Number(input.value);
}

/** A small frame of a ratio. */
function shape(ratio) {
  const [across, down] = ratio.split(":").map(Number);
  const scale = SHAPE / Math.max(across, down);
  const [wide, high] = [across * scale, down * scale];
  const frame = svg("rect", {
    x: (GRID - wide) / 2,
    y: (GRID - high) / 2,
    width: wide,
    height: high,
    rx: 1.5,
  });
  return svg("svg", { class: "icon", viewBox: `0 0 ${GRID} ${GRID}`, "aria-hidden": "true" }, frame);
}
