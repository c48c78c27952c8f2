// What markup and style cannot do: keep the theme from feeds, open the search from a page, take its words to the paper
// finder, and copy a study's address or a block of code.

// Material takes every link whose rel is "alternate" and nothing else for a translated site, and asks for the sitemap
// beside it. This runs before Material looks; to feed readers one word more makes no difference.
for (const link of document.querySelectorAll("link[rel=alternate]:not([hreflang])")) {
  link.relList.add("feed");
}

const status = document.createElement("p");
status.className = "atlas-status";
status.setAttribute("role", "status");
document.body.append(status);

function say(text) {
  status.textContent = text;
  setTimeout(() => { status.textContent = ""; }, 2500);
}

for (const entry of document.querySelectorAll(".search-entry")) {
  entry.setAttribute("aria-haspopup", "dialog");
  entry.addEventListener("click", (event) => {
    const modal = document.querySelector("pagefind-modal");
    if (modal && modal.open) {
      event.preventDefault();
      modal.open();
    }
  });
}

function copy(text, what) {
  navigator.clipboard.writeText(text).then(() => say(`${what} copied`));
}

if (navigator.clipboard) {
  for (const link of document.querySelectorAll(".study > h3 > a:first-child")) {
    link.addEventListener("click", () => copy(link.href, "Link to this study"));
  }
  for (const code of document.querySelectorAll("pre > code, .cite blockquote > p")) {
    const button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(code.textContent, "Text"));
    code.after(button);
  }
}

// Pagefind's filters are comboboxes, which take no name from what they show; they may be drawn again.
const filters = document.querySelector(".atlas-filters");

function nameFilters() {
  for (const filter of filters.querySelectorAll("[role=combobox]:not([aria-labelledby])")) {
    filter.firstElementChild.id = `${filter.id}-label`;
    filter.setAttribute("aria-labelledby", filter.firstElementChild.id);
  }
}

if (filters) {
  nameFilters();
  new MutationObserver(nameFilters).observe(filters, { childList: true, subtree: true });
}

// What the search cannot find, perhaps because it is misspelt, the finder looks for without being told again.
const finder = document.querySelector(".atlas-finder");

document.querySelector("pagefind-modal")?.addEventListener("input", ({ target }) => {
  if (target.type === "search") finder.search = target.value && new URLSearchParams({ q: target.value });
});
