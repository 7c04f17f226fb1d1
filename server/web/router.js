/**
 * Addresses live behind the hash, so that a reload and the Back button keep their place.
 *
 * @typedef {{name: string, argument: string, query: URLSearchParams}} Route
 */

/** @returns {Route} */
export function currentRoute() {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...rest] = path.split("/");
  return { name: name || "chat", argument: decode(rest.join("/")), query: new URLSearchParams(query) };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param {string} name
 * @param {string | number} [argument]
 */
export function href(name, argument) {
  if (name === "chat") return "#/";
  return argument === undefined ? `#/${name}` : `#/${name}/${encodeURIComponent(argument)}`;
}

/**
 * @param {string} name
 * @param {string | number} [argument]
 * @param {Record<string, string>} [query]
 */
export function go(name, argument, query) {
  location.hash = href(name, argument) + (query ? `?${new URLSearchParams(query)}` : "");
}

/** @param {(route: Route) => void} listener */
export function onRoute(listener) {
  addEventListener("hashchange", () => listener(currentRoute()));
  listener(currentRoute());
}
