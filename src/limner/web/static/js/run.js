// What one request has come to, told by its job's events. Pure: it knows no elements and no network.

/**
 * @typedef {{code: string, message: string, param?: string, requestId?: string}} Problem
 * @typedef {{index: number, state: "waiting"|"working"|"done"|"failed", stepsDone: number, stepsTotal: number,
 *   preview: string, url: string, b64: string, size: string, seed: number|null, revisedPrompt: string,
 *   error: Problem|null}} Picture preview: a data URI; exactly one of url and b64 once it is done
 * @typedef {"sending"|"queued"|"running"|"done"|"failed"|"cancelled"} State
 * @typedef {{id: string, body: any, state: State, position: number|null, size: string, total: number,
 *   pictures: Picture[], ignored: string[], lostReferences: number, isCut: boolean, isCancelling: boolean,
 *   usage: any, result: any, error: Problem|null, sentMs: number, startedMs: number, endedMs: number}} Run
 *   isCut: its events cannot be heard for now. lostReferences: how many files it came with that the server
 *   does not give back
 */

const REQUEST_ID_SUFFIX = /\s*Request id: (\w+)\s*$/i;
const ENDED = new Set(["done", "failed", "cancelled"]);

/** A request that is on its way. @param {any} body @param {number} nowMs @returns {Run} */
export function newRun(body, nowMs) {
  return {
    id: "",
    body,
    state: "sending",
    position: null,
    size: "",
    total: 1,
    pictures: [],
    ignored: [],
    lostReferences: 0,
    isCut: false,
    isCancelling: false,
    usage: null,
    result: null,
    error: null,
    sentMs: nowMs,
    startedMs: 0,
    endedMs: 0,
  };
}

export const isEnd = (/** @type {State} */ state) => ENDED.has(state);
export const hasEnded = (/** @type {Run} */ run) => isEnd(run.state);

/** It was admitted. @param {Run} run @param {any} job as the answer to its submission has it */
export function admit(run, job) {
  run.id = job.id;
  run.total = Math.max(1, job.pictures_total);
  run.ignored = job.ignored ?? [];
  stand(run, job);
}

/** It is found again: what was asked is all in the job, but for references that were no links.
 * @param {any} job as GET /v1/images/jobs/{id} has it @returns {Run} */
export function foundRun(job) {
  const body = { model: job.model, ...job.request };
  const run = newRun(body, job.created * 1000);
  const links = body.image === undefined ? 0 : [body.image].flat().length;
  run.lostReferences = Math.max(0, (job.references ?? 0) - links);
  if (isEnd(job.state)) run.endedMs = (job.result?.created ?? job.created) * 1000;
  admit(run, job);
  return run;
}

/** Where a job stands that is asked for, not listened to. @param {Run} run @param {any} job */
export function stand(run, job) {
  if (isEnd(job.state)) return;
  run.state = job.state;
  run.position = job.position ?? null;
  for (let index = 0; index < run.total; index++) pictureOf(run, index);
}

/** The request as a whole came to nothing. @param {Run} run @param {any} error @param {number} nowMs */
export function fail(run, error, nowMs) {
  run.error = problem(error);
  end(run, error.code === "JobCancelled" ? "cancelled" : "failed", nowMs);
}

/** One more event of the job. @param {Run} run @param {any} event @param {number} nowMs */
export function apply(run, event, nowMs) {
  CHANGES[event.type]?.(run, event, nowMs);
}

/** 0 to 1, pictures count alike. @param {Run} run */
export function progressOf(run) {
  if (run.state === "done") return 1;
  const parts = run.pictures.map((picture) => (isSettled(picture) ? 1 : partOf(picture)));
  return parts.reduce((sum, part) => sum + part, 0) / Math.max(run.total, run.pictures.length);
}

/** How far one picture is, 0 to 1. @param {Picture} picture */
export function partOf(picture) {
  return picture.stepsTotal ? picture.stepsDone / picture.stepsTotal : 0;
}

export const isSettled = (/** @type {Picture} */ picture) =>
  picture.state === "done" || picture.state === "failed";
export const isDone = (/** @type {Picture} */ picture) => picture.state === "done";

/** @type {Record<string, (run: Run, event: any, nowMs: number) => void>} */
const CHANGES = {
  "job.queued": (run, event) => stand(run, { state: "queued", position: event.position }),
  "job.fetched": (run, event) => (run.size = event.size),
  "job.started": (run, _, nowMs) => {
    stand(run, { state: "running" });
    run.startedMs ||= nowMs;
  },
  "job.progress": (run, event) =>
    work(run, event.image_index, { stepsDone: event.steps_done, stepsTotal: event.steps_total }),
  "job.preview": (run, event) =>
    work(run, event.image_index, { preview: `data:image/${event.output_format};base64,${event.b64_json}` }),
  "job.picture": (run, event) => settle(run, event),
  "job.picture_failed": (run, event) => settle(run, event),
  "job.done": (run, event, nowMs) => {
    if (event.error) return fail(run, event.error, nowMs);
    run.result = event.result;
    run.usage = event.result.usage;
    end(run, "done", nowMs);
  },
  "job.failed": (run, event, nowMs) => fail(run, event.error, nowMs),
  "job.cancelled": (run, event, nowMs) => fail(run, event.error, nowMs),
};

/** A picture that is settled stays so, whatever is heard of it again. */
function work(/** @type {Run} */ run, /** @type {number} */ index, /** @type {Partial<Picture>} */ news) {
  const picture = pictureOf(run, index);
  if (!isSettled(picture)) Object.assign(picture, news, { state: "working" });
}

function settle(/** @type {Run} */ run, /** @type {any} */ event) {
  const picture = pictureOf(run, event.image_index);
  Object.assign(picture, {
    state: event.error ? "failed" : "done",
    preview: "",
    url: event.url ?? "",
    b64: event.b64_json ?? "",
    size: event.size ?? run.size,
    seed: event.seed ?? null,
    revisedPrompt: event.revised_prompt ?? "",
    error: event.error ? problem(event.error) : null,
  });
}

/** @returns {Picture} */
function pictureOf(/** @type {Run} */ run, /** @type {number} */ index) {
  while (run.pictures.length <= index) run.pictures.push(newPicture(run.pictures.length));
  return run.pictures[index];
}

/** @returns {Picture} */
function newPicture(/** @type {number} */ index) {
  return {
    index,
    state: "waiting",
    stepsDone: 0,
    stepsTotal: 0,
    preview: "",
    url: "",
    b64: "",
    size: "",
    seed: null,
    revisedPrompt: "",
    error: null,
  };
}

/** Pictures of which nothing more will come are no longer shown. */
function end(/** @type {Run} */ run, /** @type {State} */ state, /** @type {number} */ nowMs) {
  run.state = state;
  run.position = null;
  run.endedMs ||= nowMs;
  run.pictures = run.pictures.filter(isSettled);
}

/** An error of the envelope, or ApiError. @returns {Problem} */
function problem(/** @type {any} */ error) {
  const message = String(error.message ?? "");
  return {
    code: error.code ?? "",
    message: message.replace(REQUEST_ID_SUFFIX, ""),
    param: error.param ?? "",
    requestId: error.requestId || (message.match(REQUEST_ID_SUFFIX)?.[1] ?? ""),
  };
}
