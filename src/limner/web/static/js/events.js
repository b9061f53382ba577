// A job's events from the first to its end, over as many connections as it takes.

import { ApiError, connectionError } from "./errors.js";
import { serverEvents } from "./sse.js";

const ENDS = new Set(["job.done", "job.failed", "job.cancelled"]);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const SILENCE_MS = 45_000; // The server says something every 15 s.

/**
 * @typedef {{type: string, job_id: string} & Record<string, any>} JobEvent
 * @typedef {{lastId?: string, signal?: AbortSignal, onConnection?: (isOpen: boolean) => void}} EventOptions
 * @typedef {(options: RequestInit) => Promise<Response>} Open
 */

/**
 * Every event behind lastId. A lost connection is taken up where it was.
 * @param {Open} open asks for the events' stream
 * @param {EventOptions} options
 * @returns {AsyncGenerator<JobEvent>} throws ApiError for what no second try would mend
 */
export async function* jobEvents(open, { lastId = "", signal, onConnection = () => {} }) {
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    try {
      for await (const event of connection(open, lastId, signal, onConnection)) {
        lastId = event.id || lastId;
        pauseMs = FIRST_PAUSE_MS;
        yield JSON.parse(event.data);
        if (ENDS.has(event.name)) return;
      }
    } catch (error) {
      const cause = connectionError(error);
      if (signal?.aborted) throw signal.reason;
      if (!(cause instanceof ApiError && cause.mayPass)) throw cause;
    }
    onConnection(false);
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

/** The events of one connection, which is given up when it has been silent for too long. */
async function* connection(
  /** @type {Open} */ open,
  /** @type {string} */ lastId,
  /** @type {AbortSignal | undefined} */ signal,
  /** @type {(isOpen: boolean) => void} */ onConnection,
) {
  const watch = new AbortController();
  const giveUp = () => watch.abort(new ApiError(0, {}));
  let timer = setTimeout(giveUp, SILENCE_MS);
  const onAbort = () => watch.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    const headers = lastId ? { "Last-Event-ID": lastId } : undefined;
    const answer = await open({ headers, signal: watch.signal });
    onConnection(true);
    if (answer.body === null) return;
    yield* serverEvents(answer.body, () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    watch.abort();
  }
}

/** @returns {Promise<void>} rejects with the signal's reason as soon as it is aborted */
function pause(/** @type {number} */ ms, /** @type {AbortSignal | undefined} */ signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
