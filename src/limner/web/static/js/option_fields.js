// The smaller fields of a request: guidance, series, prompt mode, formats, mark, stream.
// Each has value() and set(), undefined meaning that nothing is sent, and is hidden where the card has no use for it.

import { h } from "./dom.js";
import { createChoice, createField, createSwitch, showProblem } from "./fields.js";
import { number } from "./words.js";

const MOST_SERIES = 15;

/** How closely the prompt is followed; nothing is sent while it stands where the card has it. @param {() => void} onChange */
export function createGuidance(onChange) {
  /** @type {any} */ let range = null;
  const slider = h("input", { type: "range", id: "guidance", step: 0.1, onInput: moved });
  const shown = h("output", { class: "hint", for: "guidance" });
  const field = createField("guidance", slider, { tools: shown });
  function moved() {
    show();
    onChange();
  }
  function show() {
    shown.textContent = number(Number(slider.value));
  }
  return {
    ...field,
    value: () => (range && Number(slider.value) !== range.default ? Number(slider.value) : undefined),
    set(/** @type {number | undefined} */ value) {
      slider.value = String(value ?? range?.default ?? 5);
      show();
    },
    setCard(/** @type {any} */ card) {
      range = card.guidance_scale ?? null;
      if (!range) return;
      [slider.min, slider.max] = [range.min, range.max];
      slider.value = String(range.default);
      show();
    },
  };
}

/** Several pictures that belong together, at most so many. @param {() => void} onChange @param {() => number} referenceCount */
export function createSeries(onChange, referenceCount) {
  let most = MOST_SERIES;
  const count = h("input", {
    type: "number",
    id: "series-count",
    min: 1,
    step: 1,
    inputmode: "numeric",
    tPlaceholder: "form.seriesByPrompt",
    "aria-describedby": "series-error",
    onInput: changed,
  });
  const error = h("p", { class: "field-error", id: "series-error", role: "alert" });
  const below = h(
    "div",
    { class: "series-parts" },
    h("label", { class: "hint", for: "series-count", t: "form.seriesCount" }),
    count,
    error,
  );
  const field = createSwitch("series", changed, below);
  function changed() {
    check();
    onChange();
  }
  function check() {
    showProblem(error, [count], problem());
  }
  function limit() {
    return Math.max(1, most - referenceCount());
  }
  function problem() {
    const wanted = Number(count.value);
    const fits =
      !field.value() || count.value === "" || (Number.isInteger(wanted) && wanted >= 1 && wanted <= limit());
    return fits ? null : { key: "form.seriesRange", values: { max: limit() } };
  }
  return {
    ...field,
    problem,
    check,
    value: () => (field.value() ? { most: count.value === "" ? undefined : Number(count.value) } : undefined),
    set(/** @type {{most?: number} | undefined} */ series) {
      count.value = series?.most === undefined ? "" : String(series.most);
      field.set(Boolean(series));
      check();
    },
    setCard: (/** @type {any} */ card) => (most = card.max_series),
  };
}

/** A choice of one whose first option is what the API does anyway. @param {string} name @param {() => void} onChange */
export function createOption(name, onChange) {
  /** @type {{value: string}[]} */ let options = [];
  const choice = createChoice(name, onChange);
  const field = createField(name, choice.root, { group: true });
  return {
    ...field,
    value: () => (choice.value() && choice.value() !== options[0]?.value ? choice.value() : undefined),
    set: (/** @type {string | undefined} */ value) =>
      choice.set(
        options.some((option) => option.value === value) ? String(value) : (options[0]?.value ?? ""),
      ),
    setOptions(/** @type {any[]} */ next) {
      const before = choice.value();
      options = next;
      choice.setOptions(options);
      choice.set(options.some((option) => option.value === before) ? before : options[0].value);
    },
  };
}

/** Events as they come, and previews between them. @param {() => void} onChange */
export function createStream(onChange) {
  const previews = createOption("previews", onChange);
  previews.setOptions(["0", "1", "2", "3"].map((value) => ({ value, text: value })));
  const field = createSwitch("stream", onChange, previews.root);
  return {
    ...field,
    value: () => (field.value() ? { previews: Number(previews.value() ?? 0) } : undefined),
    set(/** @type {{previews: number} | undefined} */ stream) {
      previews.set(String(stream?.previews ?? 0));
      field.set(Boolean(stream));
    },
  };
}
