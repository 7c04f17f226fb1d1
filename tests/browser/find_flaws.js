// Controls that a person can reach but that have no name, pictures without alt, ids used twice, headings.
() => {
  const flaws = [];
  const named = (element) =>
    (element.getAttribute("aria-label") || element.textContent || element.getAttribute("title") || "").trim() ||
    [...(element.labels ?? [])].some((label) => label.textContent.trim()) ||
    document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent.trim();
  for (const element of document.querySelectorAll("button, a[href], input, select, textarea, dialog, [role=dialog], nav, aside")) {
    if (element.closest("[inert], [hidden]")) continue;
    if (!named(element)) flaws.push(`no name: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const image of document.images) if (!image.hasAttribute("alt")) flaws.push(`no alt: ${image.src}`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) flaws.push(`id twice: ${id}`);
  const visible = [...document.querySelectorAll("h1")].filter((heading) => !heading.closest("[hidden]"));
  if (visible.length !== 1) flaws.push(`${visible.length} h1`);
  if (document.querySelectorAll("main").length !== 1) flaws.push("not exactly one main");
  for (const element of document.querySelectorAll("[tabindex]")) if (element.tabIndex > 0) flaws.push("positive tabindex");
  return flaws;
}
