// The form of a request. This is its thin first shape: a model and a prompt.

import { h, replace } from "./dom.js";

/**
 * @param {HTMLElement} root
 * @param {{onSubmit: (body: any) => void, onChange: (body: any) => void}} options
 */
export function createForm(root, { onSubmit, onChange }) {
  const model = h("select", { id: "model", "aria-label": "model", onChange: changed });
  const prompt = h("textarea", { id: "prompt", "aria-label": "prompt", onInput: changed });
  let rest = {};
  const body = () => ({ ...rest, model: model.value, prompt: prompt.value });
  function changed() {
    onChange(body());
  }
  replace(root, h("form", { onSubmit: (event) => (event.preventDefault(), onSubmit(body())) }, model, prompt, h("button", { type: "submit", id: "make" }, "Make")));
  return {
    body,
    setModels: (models) => (replace(model, models.map((entry) => h("option", { value: entry.id }, entry.card.title))), changed()),
    fill: (wanted) => ((rest = { ...wanted }), (model.value = wanted.model), (prompt.value = wanted.prompt), changed()),
    setBusy: () => {},
    setError: () => {},
    addReference: (source) => ((rest = { ...rest, image: source }), changed()),
    focusPrompt: () => prompt.focus(),
  };
}
