// Boot: makes each part of the page and tells them of one another.

import { createApi } from "./api.js";
import { byId, toast, translate } from "./dom.js";
import { createForm } from "./form.js";
import { applySettings, createSettings, getKey } from "./settings.js";
import { createTabs } from "./tabs.js";
import { t } from "./words.js";

applySettings();
translate();

const api = createApi(getKey);
const form = createForm(byId("form"), { onSubmit, onChange: (body) => samples?.show(body) });
const settings = createSettings(byId("tools"), { onKey: loadModels, onLanguage: () => {} });
const outputs = createTabs(byId("outputs"));
const views = createTabs(byId("views"), (view) => parts[view]?.refresh());
const [results, samples, history, usage] = await Promise.all([
  import("./results.js").then((module) => module.createResults(byId("results"), { api, onUse }), () => null),
  import("./samples.js").then((module) => module.createSamples(byId("samples"), { baseUrl: new URL(".", location.href).href, getKey }), () => null),
  import("./history.js").then((module) => module.createHistory(byId("history"), { api, onRun, onOpen }), () => null),
  import("./usage.js").then((module) => module.createUsage(byId("usage"), { api }), () => null),
]);
const parts = { history, usage };

async function loadModels() {
  if (!getKey()) return settings.askForKey();
  try {
    const answer = await api.models();
    form.setModels(answer.data);
    samples?.show(form.body());
  } catch (error) {
    if (error.status === 401) settings.askForKey(true);
    else toast(error.message || t("app.failed"), "error");
  }
}

function onSubmit(body) {
  outputs.show("results");
  results?.start(body);
}

/** What the user wants with a picture: see results.js. */
function onUse(action, picture) {
  const uses = {
    reference: () => form.addReference(picture.url, picture.size ?? ""),
    edit: () => form.addReference(picture.url, picture.size ?? ""),
    vary: () => onRun({ ...picture.body, seed: picture.seed + 1 }),
    again: () => onRun(picture.body),
  };
  views.show("create");
  uses[action]();
  if (action === "edit") form.focusPrompt();
}

/** The form takes a body over and sends it; run: false only fills it, for something is missing. */
function onRun(body, { run = true } = {}) {
  views.show("create");
  form.fill(body);
  if (run) onSubmit(form.body());
}

function onOpen(jobId, body) {
  views.show("create");
  outputs.show("results");
  results?.resume(jobId, body);
}

await loadModels();
