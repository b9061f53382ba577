// The prompt: its text, how long it is, and a few ideas for who does not know where to begin.

import { h } from "./dom.js";
import { createField } from "./fields.js";
import { icon } from "./icons.js";
import { number, t } from "./words.js";

const LONGEST = 100_000;

/** @param {{onChange: () => void, onSubmit: () => void}} options */
export function createPromptField({ onChange, onSubmit }) {
  let nextIdea = 0;
  const input = h("textarea", {
    id: "prompt",
    rows: 5,
    spellcheck: "false",
    tPlaceholder: "form.promptExample",
    onInput: changed,
    onKeydown: pressed,
  });
  const length = h("span", { class: "hint", "aria-hidden": "true" });
  const idea = h(
    "button",
    { type: "button", class: "button button-quiet button-small", onClick: suggest },
    icon("idea"),
    h("span", { t: "form.idea" }),
  );
  const field = createField("prompt", input, { tools: [length, idea] });

  function changed() {
    show();
    onChange();
  }

  function show() {
    length.textContent = input.value ? number([...input.value].length) : "";
    if (input.value.trim()) field.setProblem(null);
  }

  function pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSubmit();
  }

  function suggest() {
    const ideas = t("form.ideas").split("|");
    input.value = ideas[nextIdea++ % ideas.length];
    changed();
    input.focus();
  }

  return {
    ...field,
    value: () => input.value,
    set: (/** @type {string} */ text) => ((input.value = text), show()),
    focus: () => input.focus(),
    /** The first rule that is broken. */
    problem() {
      if (!input.value.trim()) return { key: "form.promptMissing" };
      return [...input.value].length > LONGEST
        ? { key: "form.promptLong", values: { max: number(LONGEST) } }
        : null;
    },
    /** Put words where the caret is. */
    insert(/** @type {string} */ words) {
      const before = input.value.slice(0, input.selectionStart);
      const gap = before && /[\w,.;:!?]$/.test(before) && /^\w/.test(words) ? " " : "";
      input.setRangeText(gap + words, input.selectionStart, input.selectionEnd, "end");
      input.focus();
      changed();
    },
  };
}
