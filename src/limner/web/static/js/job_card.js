// One past request of the history as a card: what was asked, when, and what can be done with it. Its
// pictures are job_pictures.js's.

import { requestAgain } from "./again.js";
import { announce, h, replace, toast } from "./dom.js";
import { icon } from "./icons.js";
import { createJobPictures, isUnfinished } from "./job_pictures.js";
import { problemText } from "./problems.js";
import { locale, t } from "./words.js";

/** @typedef {{id: string, model: string, state: string, created: number, pictures_total: number,
 *   pictures_done: number, prompt?: string | null, request?: any, references?: number, position?: number,
 *   progress?: number, error?: {code: string, message: string}}} PastJob as GET /v1/images/jobs lists it */
/** @typedef {{api: any, onRun: (body: any, options?: {run: boolean}) => void,
 *   onOpen: (jobId: string) => void}} CardOptions */
/** @typedef {{job: PastJob, element: any, see: () => void, update: (news: PastJob) => void,
 *   retime: () => void}} JobCard see: it has come into view; retime: the language has changed */

/** A card for a job. @param {PastJob} job @param {CardOptions} options @returns {JobCard} */
export function createJobCard(job, options) {
  const open = () => options.onOpen(job.id);
  const time = h("time", { datetime: new Date(job.created * 1000).toISOString() });
  const actions = createActions(job, options, { open, onDeleted: () => pictures.show(true) });
  const pictures = createJobPictures(job, { api: options.api, onOpen: open, onNone: actions.showNone });
  let isSeen = false;

  function see() {
    isSeen = true;
    pictures.show();
  }

  function update(/** @type {PastJob} */ news) {
    const before = job.state;
    Object.assign(job, news);
    if (job.state !== before) actions.show();
    if (isSeen && (job.state !== before || isUnfinished(job))) pictures.show();
  }

  function retime() {
    const format = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
    time.textContent = format.format(job.created * 1000);
  }

  retime();
  const element = h("article", { class: "card job" }, pictures.element, words(job, time), actions.element);
  return { job, element, see, update, retime };
}

function words(/** @type {PastJob} */ job, /** @type {HTMLElement} */ time) {
  const prompt = job.prompt ?? "";
  const facts = [job.model, job.request?.size].filter(Boolean);
  return h(
    "div",
    { class: "job-text" },
    prompt ? h("p", { class: "job-prompt", title: prompt }, prompt) : h("p", { class: "hint", t: "history.forgotten" }),
    h("p", { class: "job-facts" }, time, facts.map((fact) => h("span", {}, fact))),
  );
}

/** Run again, show, delete; deleting asks once more in the same place. */
function createActions(
  /** @type {PastJob} */ job,
  /** @type {CardOptions} */ options,
  /** @type {{open: () => void, onDeleted: () => Promise<void>}} */ { open, onDeleted },
) {
  const element = h("div", { class: "job-actions" });
  let isNoneKept = false;

  function show() {
    const canDelete = job.pictures_done > 0 && !isUnfinished(job) && !isNoneKept;
    replace(
      element,
      h("button", { type: "button", class: "button button-small", disabled: !job.request, onClick: () => runAgain(job, options) }, icon("again"), h("span", { t: "history.again" })),
      h("button", { type: "button", class: "button button-small button-quiet", onClick: open, t: "history.show" }),
      canDelete && deleteButton(),
    );
  }

  const deleteButton = () =>
    h("button", { type: "button", class: "button button-small button-quiet button-icon job-delete", tLabel: "history.delete", tTitle: "history.delete", onClick: askToDelete }, icon("trash"));

  function askToDelete() {
    const keep = h("button", { type: "button", class: "button button-small button-quiet", t: "history.keep", onClick: stay });
    const sure = { class: "button button-small button-bad", t: "history.deleteSure", values: { count: job.pictures_done } };
    replace(element, h("button", { type: "button", ...sure, onClick: remove }), keep);
    keep.focus();
  }

  function stay() {
    show();
    element.querySelector(".job-delete")?.focus();
  }

  async function remove() {
    try {
      await options.api.removePictures(job.id);
    } catch (error) {
      say(error);
      return stay();
    }
    await onDeleted();
    element.querySelector("button:enabled")?.focus();
    announce(t("history.gone"));
  }

  function showNone() {
    isNoneKept = true;
    show();
  }

  show();
  return { element, show, showNone };
}

/** With references that are lost, the form is filled and waits for new ones. */
async function runAgain(/** @type {PastJob} */ job, /** @type {CardOptions} */ { api, onRun }) {
  try {
    const { body, lost } = await requestAgain(api, /** @type {any} */ (job));
    if (lost > 0) toast(t("history.lost", { count: lost }));
    onRun(body, { run: lost <= 0 });
  } catch (error) {
    say(error);
  }
}

const say = (/** @type {any} */ error) => toast(problemText(error), "error");
