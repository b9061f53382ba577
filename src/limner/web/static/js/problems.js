// What went wrong in the user's language. The server's own words stand beside ours, for they name the value.

import { t } from "./words.js";

const KINDS = {
  NoConnection: "connection",
  AuthenticationError: "key",
  InputTextSensitiveContentDetected: "prompt",
  InputImageSensitiveContentDetected: "reference",
  OutputImageSensitiveContentDetected: "picture",
  ServerOverloaded: "busy",
  InflightBatchsizeExceeded: "busy",
  ModelAccountIpmRateLimitExceeded: "busy",
  AccountRateLimitExceeded: "busy",
  QuotaExceeded: "quota",
  DeadlineExceeded: "late",
  JobCancelled: "cancelled",
  PictureGone: "gone",
  NotFound: "gone",
  MissingParameter: "request",
  InvalidParameter: "request",
  RequestBodyTooLarge: "large",
};
const SAID_ENOUGH = new Set(["connection", "key", "cancelled", "gone"]);

/**
 * A sentence of ours on what went wrong, and the server's own where it says more.
 * @param {{code?: string, message?: string}} error
 * @returns {{key: string, detail: string}} key: of words.js
 */
export function problemOf(error) {
  const code = error.code ?? "";
  const kind =
    KINDS[/** @type {keyof typeof KINDS} */ (code)] ?? (/^Invalid/.test(code) ? "request" : "other");
  return { key: `problem.${kind}`, detail: SAID_ENOUGH.has(kind) ? "" : (error.message ?? "") };
}

/** The same in one line. @param {{code?: string, message?: string}} error @returns {string} */
export function problemText(error) {
  const { key, detail } = problemOf(error);
  return [t(key), detail].filter(Boolean).join(" ");
}
