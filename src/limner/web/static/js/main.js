// Boot: makes each part of the page and tells them of one another.

import { createApi } from "./api.js";
import { byId, toast, translate } from "./dom.js";
import { readDraft, writeDraft } from "./draft.js";
import { createForm } from "./form.js";
import { createHistory } from "./history.js";
import { problemText } from "./problems.js";
import { createResults } from "./results.js";
import { createSamples } from "./samples.js";
import { applySettings, createSettings, getKey } from "./settings.js";
import { createTabs } from "./tabs.js";
import { createUsage } from "./usage.js";

const UNAUTHORIZED = 401;

applySettings();
translate();

let draft = readDraft();
const api = createApi(getKey);
const samples = createSamples(byId("samples"), { baseUrl: new URL(".", location.href).href.replace(/\/$/, ""), getKey });
const form = createForm(byId("form"), { onSubmit, onChange });
const results = createResults(byId("results"), { api, onUse, onAnswer: samples.showAnswer, onRefused });
const history = createHistory(byId("history"), { api, onRun, onOpen });
const usage = createUsage(byId("usage"), { api });
const settings = createSettings(byId("tools"), { onKey: loadModels });
const outputs = createTabs(byId("outputs"));
/** @type {Record<string, {refresh: () => void}>} */
const refreshed = { history, usage };
const views = createTabs(byId("views"), (view) => refreshed[view]?.refresh());

async function loadModels() {
  if (!getKey()) {
    form.setModels([]);
    return settings.askForKey();
  }
  try {
    form.setModels((await api.models()).data);
    if (draft) form.fill(draft);
    draft = null;
  } catch (error) {
    complain(error);
  }
}

function complain(/** @type {any} */ error) {
  if (error.status === UNAUTHORIZED) settings.askForKey(true);
  else toast(problemText(error), "error");
}

function onChange(/** @type {any} */ body) {
  samples.show(body);
  if (body.model) writeDraft(body);
}

function onSubmit(/** @type {any} */ body) {
  outputs.show("results");
  results.start(body);
  const stage = byId("outputs");
  if (stage.getBoundingClientRect().top > innerHeight / 2) stage.scrollIntoView({ behavior: "smooth" });
}

/** The stage shows the error itself; here it is said beside the field, too, if that field still says the same. */
function onRefused(/** @type {any} */ error, /** @type {any} */ body) {
  if (error.status === UNAUTHORIZED) return settings.askForKey(true);
  const name = error.param.split(".")[0];
  if (JSON.stringify(form.body()[name]) === JSON.stringify(body[name]))
    form.setError(error.param, error.message);
}

/** What the user wants with a picture that the stage shows. */
function onUse(/** @type {string} */ action, /** @type {import("./picture.js").UsedPicture} */ picture) {
  if (action === "vary" || action === "again") return onRun(picture.body);
  views.show("create");
  form.addReference(picture.url, picture.label, { isOnly: action === "edit" });
  if (action === "edit") form.focusPrompt();
}

/** run: false only fills the form, for something of the request is missing. */
function onRun(/** @type {any} */ body, { run = true } = {}) {
  views.show("create");
  form.fill(body);
  if (run) onSubmit(body);
}

function onOpen(/** @type {string} */ jobId) {
  views.show("create");
  outputs.show("results");
  results.resume(jobId);
}

await loadModels();
