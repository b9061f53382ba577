// The seed: chance for every picture, or one number that is held. The dice throw a number and hold it.

import { h, replace, setText } from "./dom.js";
import { createField } from "./fields.js";
import { icon } from "./icons.js";

export const LARGEST_SEED = 2 ** 31 - 1;

/** @param {{onChange: () => void}} options */
export function createSeedField({ onChange }) {
  let held = false;
  const input = h("input", {
    type: "number",
    id: "seed",
    min: 0,
    max: LARGEST_SEED,
    step: 1,
    inputmode: "numeric",
    tPlaceholder: "form.seedChance",
    onInput: typed,
  });
  const lock = h("button", { type: "button", class: "button button-icon", onClick: () => hold(!held) });
  const dice = h(
    "button",
    {
      type: "button",
      class: "button button-icon",
      tLabel: "form.seedDice",
      tTitle: "form.seedDice",
      onClick: throwDice,
    },
    icon("dice"),
  );
  const field = createField("seed", h("div", { class: "row" }, input, dice, lock));

  function typed() {
    hold(input.value !== "");
  }

  function throwDice() {
    input.value = String(crypto.getRandomValues(new Uint32Array(1))[0] % (LARGEST_SEED + 1));
    hold(true);
  }

  function hold(wanted) {
    held = wanted && input.value !== "";
    draw();
    onChange();
  }

  function draw() {
    replace(lock, icon(held ? "lock" : "unlock"));
    lock.setAttribute("aria-pressed", String(held));
    lock.disabled = input.value === "";
    for (const what of ["tLabel", "tTitle"]) setText(lock, what, held ? "form.seedFree" : "form.seedHold");
    input.classList.toggle("is-idle", !held);
    field.setProblem(problem());
  }

  function problem() {
    const seed = Number(input.value);
    const fits = !held || (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED);
    return fits ? null : { key: "form.seedRange", values: { max: LARGEST_SEED } };
  }

  draw();
  return {
    ...field,
    problem,
    value: () => (held && !problem() ? Number(input.value) : undefined),
    set(/** @type {number | undefined} */ seed) {
      input.value = seed === undefined || seed < 0 ? "" : String(seed);
      held = input.value !== "";
      draw();
    },
  };
}
