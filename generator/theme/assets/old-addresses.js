// The benchmark's own page kept a trace at `#/trajectories/<planner>/<model's folder>/<heading>`: go where it is now.

import { element } from "./element.js";
import { fold, slugify } from "./slugs.js";

const ROOT = new URL("../", import.meta.url);
const OLD = "#/trajectories/";
const note = element("div", { className: "admonition note", role: "status" });

// The model's page, by its planner's slug and its name's letters and digits: folders had no dots. All models are listed
// on the planners' page.
async function modelPage(planner, folder) {
  const planners = new URL("planners/", ROOT);
  const listed = new DOMParser().parseFromString(await (await fetch(planners)).text(), "text/html");
  const start = new URL(`${planner}/`, planners).pathname;
  const pages = [...listed.querySelectorAll("article a")].map((link) => new URL(link.getAttribute("href"), planners).pathname);
  return pages.find((page) => page.startsWith(start) && fold(page.slice(start.length)) === fold(folder));
}

async function traceOf(planner, folder, heading) {
  const slug = await slugify(planner);
  const page = await modelPage(slug, folder);
  const model = page?.split("/").at(-2);
  if (!model || !heading) return null;
  const address = new URL(`traces/${slug}/${model}/${await slugify(heading)}/`, ROOT);
  return (await fetch(address, { method: "HEAD" })).ok ? address : null;
}

function sayUnknown(heading) {
  const query = new URLSearchParams({ q: heading.replaceAll("_", " ").trim() });
  const link = element("a", { href: new URL(`papers/?${query}`, ROOT).href }, "Look for its paper by title");
  note.replaceChildren(element("p", {}, "This old address leads to no trace. ", link, "."));
  document.querySelector(".page").prepend(note);
}

// docsify writes a place on the page behind a question mark.
function partsOf(hash) {
  const path = hash.slice(OLD.length).split("?")[0];
  try {
    return decodeURIComponent(path).split("/");
  } catch {
    return path.split("/");
  }
}

async function follow() {
  note.remove();
  if (!location.hash.startsWith(OLD)) return;
  const [planner = "", folder = "", heading = ""] = partsOf(location.hash);
  const asked = location.hash;
  const address = await traceOf(planner, folder, heading).catch(() => null);
  if (location.hash !== asked) return;
  if (address) location.replace(address);
  else sayUnknown(heading);
}

addEventListener("hashchange", follow);
follow();
