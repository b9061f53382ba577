// The server's routes as functions. Each gives the JSON of the answer as the server says it, or throws
// ApiError. It knows no elements and no words.

import { ApiError, ask } from "./errors.js";
import { jobEvents } from "./events.js";

export { ApiError, NO_CONNECTION } from "./errors.js";
const ANSWER_TIMEOUT_MS = 60_000;
const MOST_TRIES = 3;

/**
 * @param {() => string} getKey the API key, "" when there is none yet
 */
export function createApi(getKey) {
  const json = async (/** @type {string} */ path, method = "GET") => {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    return (await ask(path, getKey(), { method, signal })).json();
  };
  return {
    /** {data: [{id, card}]} */
    models: () => json("v1/models"),
    /** The job of a request as soon as it is admitted; its `ignored` names fields without effect. */
    submit: (/** @type {object} */ body, /** @type {AbortSignal} */ signal) => submit(getKey, body, signal),
    /** Every event of a job behind options.lastId until its end, whatever the connection does. */
    events: (/** @type {string} */ id, /** @type {import("./events.js").EventOptions} */ options = {}) =>
      jobEvents((request) => ask(`${jobPath(id)}/events`, getKey(), request), options),
    job: (/** @type {string} */ id) => json(jobPath(id)),
    cancel: (/** @type {string} */ id) => json(jobPath(id), "DELETE"),
    /** {data, has_more}; after: the last id of the page before. */
    jobs: ({ limit = 20, after = "" } = {}) => json(`v1/images/jobs?${query({ limit, after })}`),
    /** {data: [{url, image_index, size, seed, bytes, output_format, created}]}, with fresh links. */
    pictures: (/** @type {string} */ id) => json(picturesPath(id)),
    removePictures: (/** @type {string} */ id) => json(picturesPath(id), "DELETE"),
    /** {since, until, data: rows}; by: "model,day", since and until: YYYY-MM-DD. */
    usage: ({ by = "model", since = "", until = "" } = {}) => json(`v1/usage?${query({ by, since, until })}`),
  };
}

const jobPath = (/** @type {string} */ id) => `v1/images/jobs/${encodeURIComponent(id)}`;
const picturesPath = (/** @type {string} */ id) => `v1/images/${encodeURIComponent(id)}`;

/** The parameters that are given, as a query. */
function query(/** @type {Record<string, string | number>} */ values) {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** Sent again when nobody answered: the Idempotency-Key keeps it one job and one bill. */
async function submit(
  /** @type {() => string} */ getKey,
  /** @type {object} */ body,
  /** @type {AbortSignal | undefined} */ signal,
) {
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json", Prefer: "respond-async", "Idempotency-Key": newToken() },
    body: JSON.stringify(body),
    signal,
  };
  for (let tries = 1; ; tries++) {
    try {
      const answer = await ask("v1/images/generations", getKey(), request);
      const ignored = (answer.headers.get("x-limner-ignored") ?? "").split(", ").filter(Boolean);
      return { ...(await answer.json()), ignored: ignored.map(decodeURIComponent) };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 0 && tries < MOST_TRIES)) throw error;
    }
  }
}

/** 128 random bits; randomUUID is there on secure origins only, and a page on a LAN is none. */
function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
