/** The REST side of the server. Every failure becomes an ApiError whose text can be shown as it is. */

export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string} nextStep  What the reader can do now; may be empty.
   * @param {number} status  HTTP status, 0 when the server was not reached.
   */
  constructor(code, message, nextStep, status) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.nextStep = nextStep;
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {{method?: string, body?: unknown, signal?: AbortSignal}} [options]  a Blob goes as it is, the rest as JSON
 * @returns {Promise<any>}
 */
export async function request(path, { method = "GET", body, signal } = {}) {
  let response;
  const isFile = body instanceof Blob;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: body === undefined ? {} : { "Content-Type": isFile ? body.type || "application/octet-stream" : "application/json" },
      body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("unreachable", "Refrain does not answer.", "Check that the server still runs.", 0);
  }
  if (response.status === 204) return null;
  const text = await response.text();
  const data = text ? readJson(text) : null;
  if (!response.ok) throw problem(response.status, data);
  return data;
}

/** @param {string} text */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * @param {number} status
 * @param {any} data
 */
function problem(status, data) {
  const error = data?.error ?? {};
  if (status === 401 || status === 403) {
    return new ApiError(error.code ?? "refused", error.message ?? "This page is not allowed in.", error.next_step ?? "Open the address with its token, as Refrain printed it when it started.", status);
  }
  return new ApiError(error.code ?? `http_${status}`, error.message ?? "That did not work.", error.next_step ?? "", status);
}

/** @param {string} path @param {AbortSignal} [signal] */
export const get = (path, signal) => request(path, { signal });
/** @param {string} path @param {unknown} [body] */
export const post = (path, body = {}) => request(path, { method: "POST", body });
/** @param {string} path @param {unknown} body */
export const put = (path, body) => request(path, { method: "PUT", body });
/** @param {string} path @param {unknown} body */
export const patch = (path, body) => request(path, { method: "PATCH", body });
/** @param {string} path @param {unknown} [body] */
export const remove = (path, body) => request(path, { method: "DELETE", body });

/**
 * A list, whether the server wraps it in a page or not.
 * @param {any} data
 * @returns {{items: any[], total: number}}
 */
export function page(data) {
  if (Array.isArray(data)) return { items: data, total: data.length };
  const items = data?.items ?? [];
  return { items, total: data?.total ?? items.length };
}

/**
 * @param {string | null | undefined} coverId
 * @param {96 | 256 | 512} size  pixels
 */
export function coverUrl(coverId, size) {
  return coverId ? `/api/covers/${encodeURIComponent(coverId)}?size=${size}` : null;
}
