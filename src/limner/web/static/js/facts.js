// All that is known of a picture, as a list: what was asked and what was made.

import { h } from "./dom.js";
import { locale, number } from "./words.js";

/** @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture */

/** @type {Record<string, (run: Run, picture: Picture) => string | number | null | undefined>} */
const FACTS = {
  prompt: (run) => run.body.prompt,
  revisedPrompt: (_, picture) => picture.revisedPrompt,
  model: (run) => run.body.model,
  size: (_, picture) => picture.size.replace("x", " × "),
  seed: (_, picture) => picture.seed,
  guidance: (run) => run.body.guidance_scale,
  references: (run) => referencesOf(run) || null,
  made: (run) =>
    new Date(run.endedMs || run.sentMs).toLocaleString(locale(), {
      dateStyle: "medium",
      timeStyle: "medium",
    }),
  took: (run) =>
    run.endedMs > run.sentMs
      ? `${number((run.endedMs - run.sentMs) / 1000, { maximumFractionDigits: 1 })} s`
      : null,
  request: (run) => run.id,
};

/** @param {Run} run @param {Picture} picture @returns {HTMLElement[]} */
export function factList(run, picture) {
  return Object.entries(FACTS).flatMap(([name, of]) => {
    const value = of(run, picture);
    if (value === null || value === undefined || value === "") return [];
    return [
      h("div", { class: "fact", "data-fact": name }, h("dt", { t: `viewer.${name}` }), h("dd", {}, value)),
    ];
  });
}

function referencesOf(/** @type {Run} */ run) {
  return run.lostReferences + (run.body.image === undefined ? 0 : [run.body.image].flat().length);
}
