// What the form is made of: a field with its label, hint and error; a choice of one; a switch.

import { h, replace, setText } from "./dom.js";

/** @typedef {{key: string, values?: Record<string, any>} | {text: string}} Problem */

/**
 * A labelled control with a place for what is wrong with it. tools: small buttons beside the label.
 * @param {string} name @param {any} control @param {{tools?: any, hint?: any, group?: boolean, inputs?: Element[]}} [options] inputs: a group's, that are marked as invalid
 */
export function createField(name, control, { tools, hint, group = false, inputs = [] } = {}) {
  const label = h(group ? "span" : "label", {
    id: `${name}-label`,
    for: group ? null : name,
    t: `form.${name}`,
  });
  const error = h("p", { class: "field-error", id: `${name}-error`, role: "alert" });
  const root = h(
    "div",
    {
      class: `field field-${name}`,
      role: group ? "group" : null,
      "aria-labelledby": group ? `${name}-label` : null,
    },
    h("div", { class: "field-head" }, label, tools && h("div", { class: "row" }, tools)),
    control,
    hint,
    error,
  );
  const marked = group
    ? inputs
    : [control.matches?.("input,textarea,select") ? control : control.querySelector(`#${name}`)];
  for (const input of marked)
    input.setAttribute("aria-describedby", hint ? `${hint.id} ${error.id}` : error.id);
  return { root, setProblem: (/** @type {Problem | null} */ problem) => showProblem(error, marked, problem) };
}

/**
 * Say what is wrong, or nothing; inputs are marked as invalid.
 * @param {Element} place @param {Element[]} inputs @param {Problem | null} problem
 */
export function showProblem(place, inputs, problem) {
  for (const input of inputs) input.setAttribute("aria-invalid", String(Boolean(problem)));
  place.removeAttribute("data-words");
  if (problem && "key" in problem) setText(place, "t", problem.key, problem.values);
  else place.textContent = problem?.text ?? "";
}

/**
 * Radio buttons as one piece. Each option: its value, and its text or a key of words.js.
 * @param {string} name
 * @param {(value: string) => void} onPick
 * @param {string} [look]
 */
export function createChoice(name, onPick, look = "choice") {
  const root = h("div", { class: look, role: "radiogroup", "aria-labelledby": `${name}-label` });
  const inputs = () => /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("input")]);
  return {
    root,
    /** @param {{value: string, t?: string, text?: string, picture?: Element, title?: string}[]} options */
    setOptions: (options) =>
      replace(
        root,
        options.map((option) => radio(name, option, onPick)),
      ),
    value: () => inputs().find((input) => input.checked)?.value ?? "",
    set: (/** @type {string} */ value) =>
      inputs().forEach((input) => (input.checked = input.value === value)),
  };
}

/** @param {string} name @param {any} option @param {(value: string) => void} onPick */
function radio(name, { value, t: key, text, picture, title }, onPick) {
  const input = h("input", { type: "radio", name, value, onChange: () => onPick(value) });
  return h("label", { title }, input, picture, key ? h("span", { t: key }) : h("span", {}, text));
}

/**
 * A checkbox that looks like a switch, with what belongs under it while it is on.
 * @param {string} name @param {() => void} onTurn @param {any} [below]
 */
export function createSwitch(name, onTurn, below) {
  const input = h("input", {
    type: "checkbox",
    role: "switch",
    id: name,
    onChange: () => (show(), onTurn()),
  });
  const root = h(
    "div",
    { class: `field field-${name}` },
    h("label", { class: "switch" }, h("span", { t: `form.${name}` }), input),
    below,
  );
  const show = () => below && (below.hidden = !input.checked);
  show();
  return {
    root,
    value: () => /** @type {boolean} */ (input.checked),
    set: (/** @type {boolean} */ on) => ((input.checked = on), show()),
  };
}
