// A past request made ready to be sent once more. Links of this server to its own pictures get old: they are
// made anew. Uploaded references are not kept by the server, so that a request may come back without them.

const OWN_PICTURE = /\/files\/(02\d{13}[0-9a-f]{38})_(\d+)\.\w+/;

/**
 * The body of a job of GET /v1/images/jobs, and how many of its references are lost.
 * @param {{pictures: (id: string) => Promise<any>}} api
 * @param {{request: any, references: number}} job
 * @returns {Promise<{body: any, lost: number}>}
 */
export async function requestAgain(api, job) {
  const { image = [], ...body } = job.request;
  const links = await Promise.all([image].flat().map((/** @type {string} */ link) => renewed(api, link)));
  const kept = links.filter(Boolean);
  if (kept.length) body.image = kept.length === 1 ? kept[0] : kept;
  return { body, lost: job.references - kept.length };
}

/** The same link with a fresh signature if it is one of ours; null when the picture is gone. @returns {Promise<string | null>} */
async function renewed(/** @type {any} */ api, /** @type {string} */ link) {
  const match = link.match(OWN_PICTURE);
  if (!match) return link;
  try {
    const { data } = await api.pictures(match[1]);
    return data.find((/** @type {any} */ picture) => picture.image_index === Number(match[2]))?.url ?? null;
  } catch (error) {
    if (/** @type {any} */ (error).status === 404) return link; // Not this key's, or another server's.
    throw error;
  }
}
