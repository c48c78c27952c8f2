// What markup and style cannot do: open the search from a page, and copy a study's address or a block of code.

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
  for (const code of document.querySelectorAll("pre > code")) {
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
