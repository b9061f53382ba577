// What can go wrong when the server is asked, as one class. It knows no words of the page.

/** The code when there is no answer at all: the server cannot be reached. */
export const NO_CONNECTION = "NoConnection";
const REQUEST_ID_SUFFIX = /\s*Request id: (\w+)\s*$/i;
const IS_KEY = /^[\x21-\x7e]+$/;

/** An error as the server's envelope has it. status 0: nobody answered. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, message?: string, param?: string}} error
   * @param {{requestId?: string, retryAfterS?: number}} [answer]
   */
  constructor(status, error, { requestId = "", retryAfterS = 0 } = {}) {
    const message = error.message ?? "";
    super(message.replace(REQUEST_ID_SUFFIX, ""));
    this.name = "ApiError";
    this.status = status;
    this.code = error.code || `HTTP ${status}`;
    this.param = error.param ?? "";
    this.requestId = requestId || (message.match(REQUEST_ID_SUFFIX)?.[1] ?? "");
    this.retryAfterS = retryAfterS;
  }

  /** Whether the same call may well succeed a little later. */
  get mayPass() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * The answer to a request, if it is one of success.
 * @param {string} path
 * @param {string} key the API key, "" for none
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} rejects with ApiError, or AbortError when the caller's signal says so
 */
export async function ask(path, key, options = {}) {
  if (key && !IS_KEY.test(key)) throw new ApiError(401, { code: "AuthenticationError" });
  const headers = new Headers(options.headers);
  if (key) headers.set("Authorization", `Bearer ${key}`);
  let answer;
  try {
    answer = await fetch(path, { ...options, headers, credentials: "omit", cache: "no-store" });
  } catch (error) {
    throw connectionError(error);
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

/** A failure of the connection as ApiError; what the caller aborted stays an AbortError. */
export function connectionError(/** @type {unknown} */ error) {
  if (error instanceof ApiError) return error;
  if (error instanceof DOMException && error.name === "AbortError") return error;
  return new ApiError(0, { code: NO_CONNECTION, message: error instanceof Error ? error.message : "" });
}

/** A proxy's error page is no JSON: then the status is all that is known. */
async function errorOf(/** @type {Response} */ answer) {
  const body = await answer.json().catch(() => ({}));
  return new ApiError(answer.status, body?.error ?? {}, {
    requestId: answer.headers.get("x-request-id") ?? "",
    retryAfterS: Number(answer.headers.get("retry-after")) || 0,
  });
}
