// The form of a request: which fields there are, what the card shows of them, and the body that they make.
// It knows no route. Broken rules are said beside their fields, here and when the server finds more.

import { h, replace } from "./dom.js";
import { createField, createSwitch } from "./fields.js";
import { icon } from "./icons.js";
import { abilities, controlsOf, findModel, inOrder, titleOf } from "./models.js";
import { createGuidance, createOption, createSeries, createStream } from "./option_fields.js";
import { createPromptField } from "./prompt_field.js";
import { createReferences } from "./references.js";
import { createSeedField } from "./seed_field.js";
import { createSizeField } from "./size_field.js";
import { onLanguage } from "./words.js";

/** Names of the API's fields, and the control that has each. */
const CONTROL_OF = {
  model: "model",
  prompt: "prompt",
  image: "references",
  size: "size",
  seed: "seed",
  guidance_scale: "guidance",
  sequential_image_generation: "series",
  "sequential_image_generation_options.max_images": "series",
  output_format: "format",
  response_format: "delivery",
  "optimize_prompt_options.mode": "mode",
};
const DELIVERIES = ["url", "b64_json"];

/**
 * @param {HTMLElement} root
 * @param {{onSubmit: (body: any) => void, onChange: (body: any) => void}} options
 */
export function createForm(root, { onSubmit, onChange }) {
  /** @type {import("./models.js").Model[]} */ let models = [];
  /** @type {import("./models.js").Model | undefined} */ let model;

  const changed = () => {
    fields.series.check();
    onChange(body());
  };
  const select = h("select", { id: "model", onChange: () => pickModel(select.value) });
  const modelHint = h("p", { class: "hint", id: "model-hint" });
  /** @type {Record<string, any>} */
  const fields = {
    model: createField("model", select, { hint: modelHint }),
    prompt: createPromptField({ onChange: changed, onSubmit: submit }),
    references: createReferences({ onChange: changed, onMention: (text) => fields.prompt.insert(text) }),
    size: createSizeField({ onChange: changed }),
    seed: createSeedField({ onChange: changed }),
    series: createSeries(changed, () => fields.references.count()),
    guidance: createGuidance(changed),
    mode: createOption("mode", changed),
    format: createOption("format", changed),
    delivery: createOption("delivery", changed),
    watermark: createSwitch("watermark", changed),
    stream: createStream(changed),
  };
  for (const name of Object.keys(fields)) fields[name].root.hidden = name !== "prompt";
  fields.delivery.setOptions(DELIVERIES.map((value) => ({ value, text: value })));
  fields.watermark.set(true);

  const button = h(
    "button",
    {
      type: "submit",
      class: "button button-primary button-make",
      id: "make",
      disabled: true,
      onClick: onlyOnce,
    },
    icon("play"),
    h("span", { t: "form.make" }),
  );
  const scroll = h(
    "div",
    { class: "form-fields" },
    Object.values(fields).map((field) => field.root),
  );
  const foot = h("div", { class: "form-foot" }, button, h("span", { class: "hint", t: "form.shortcut" }));
  replace(
    root,
    h("form", { class: "form", novalidate: true, tLabel: "form.title", onSubmit: submit }, scroll, foot),
  );
  onLanguage(() => model && showAbilities());

  function showAbilities() {
    modelHint.textContent = model ? abilities(model.card) : "";
    replace(
      select,
      models.map((entry) => h("option", { value: entry.id }, titleOf(entry))),
    );
    if (model) select.value = model.id;
  }

  function pickModel(name) {
    model = findModel(models, name) ?? models[0];
    if (!model) return;
    const { card } = model;
    const shown = controlsOf(card);
    for (const name of Object.keys(fields)) fields[name].root.hidden = shown[name] === false;
    fields.references.setLimits(shown.references ? card.references : null);
    fields.mode.setOptions(card.prompt_modes.map((value) => ({ value, t: `form.mode.${value}` })));
    fields.format.setOptions(card.output_formats.map((value) => ({ value, text: value })));
    for (const control of ["size", "series", "guidance"]) fields[control].setCard(card);
    showAbilities();
    changed();
  }

  /** The JSON of POST /v1/images/generations: what the user set, as far as the card accepts it. */
  function body() {
    if (!model) return { prompt: fields.prompt.value() };
    const shown = controlsOf(model.card);
    const series = shown.series ? fields.series.value() : undefined;
    const stream = fields.stream.value();
    const mode = shown.mode ? fields.mode.value() : undefined;
    return withoutNothing({
      model: model.id,
      prompt: fields.prompt.value(),
      image: shown.references ? fields.references.value() : undefined,
      size: fields.size.value() || undefined,
      seed: fields.seed.value(),
      guidance_scale: shown.guidance ? fields.guidance.value() : undefined,
      sequential_image_generation: series && "auto",
      sequential_image_generation_options: series?.most && { max_images: series.most },
      optimize_prompt_options: mode && { mode },
      output_format: shown.format ? fields.format.value() : undefined,
      response_format: fields.delivery.value(),
      watermark: fields.watermark.value(),
      stream: stream && true,
      partial_images: stream?.previews || undefined,
    });
  }

  /** Set every field from a body; what the form has no field for is left out. */
  function fill(/** @type {any} */ wanted) {
    fields.prompt.set(wanted.prompt ?? "");
    fields.references.set(wanted.image);
    if (wanted.model) pickModel(wanted.model);
    fields.seed.set(wanted.seed);
    fields.guidance.set(wanted.guidance_scale);
    fields.series.set(
      wanted.sequential_image_generation === "auto"
        ? { most: wanted.sequential_image_generation_options?.max_images }
        : undefined,
    );
    fields.mode.set(wanted.optimize_prompt_options?.mode);
    fields.format.set(wanted.output_format);
    fields.delivery.set(wanted.response_format);
    fields.watermark.set(wanted.watermark ?? true);
    fields.stream.set(wanted.stream ? { previews: wanted.partial_images ?? 0 } : undefined);
    if (model) fields.size.set(wanted.size);
    changed();
  }

  function submit(/** @type {Event | undefined} */ event = undefined) {
    event?.preventDefault();
    if (!model || button.disabled) return;
    const broken = Object.values(fields).filter((field) => !field.root.hidden && field.problem?.());
    for (const field of broken) field.setProblem?.(field.problem());
    if (broken.length === 0) return onSubmit(body());
    broken[0].root.scrollIntoView({ block: "nearest" });
    const { root: place } = broken[0];
    (place.querySelector('[aria-invalid="true"]') ?? place.querySelector("input, textarea, button"))?.focus();
  }

  return {
    body,
    fill,
    /** The models that the key may use; the one that was chosen stays if it is among them. */
    setModels(/** @type {import("./models.js").Model[]} */ list) {
      models = inOrder(list);
      button.disabled = models.length === 0;
      pickModel(model?.id ?? "");
    },
    setBusy(/** @type {boolean} */ busy) {
      button.disabled = busy || models.length === 0;
      root.setAttribute("aria-busy", String(busy));
    },
    /** Say beside a field what the server found wrong with it; false when no field has that name. */
    setError(/** @type {string} */ param, /** @type {string} */ text) {
      const field = fields[CONTROL_OF[/** @type {keyof typeof CONTROL_OF} */ (param)]];
      field?.setProblem?.({ text });
      return Boolean(field?.setProblem);
    },
    /** Another input picture, or the only one; with a model that takes some. */
    addReference(/** @type {string} */ source, label = "", { isOnly = false } = {}) {
      if (model && !controlsOf(model.card).references)
        pickModel(models.find((entry) => controlsOf(entry.card).references)?.id ?? "");
      if (isOnly) fields.references.set([]);
      fields.references.addSource(source, label);
    },
    focusPrompt: () => fields.prompt.focus(),
  };
}

/** A double click is one request. */
function onlyOnce(/** @type {MouseEvent} */ event) {
  if (event.detail > 1) event.preventDefault();
}

function withoutNothing(/** @type {Record<string, any>} */ values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
