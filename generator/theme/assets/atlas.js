// What markup and style cannot do: open the search, scroll code with the keyboard, and copy it or a study's address.

const status = document.createElement("p");
status.className = "atlas-status";
status.setAttribute("role", "status");
document.body.append(status);

function say(text) {
  status.textContent = text;
  setTimeout(() => { status.textContent = ""; }, 2500);
}

// The search is loaded as soon as a reader moves towards it.
const load = () => import("./search.js");

function search(event) {
  event.preventDefault();
  load().then(({ open }) => open()).catch(() => say("The search cannot be loaded. Is the connection down?"));
}

for (const way of document.querySelectorAll(".search, .search-entry")) {
  way.setAttribute("aria-haspopup", "dialog");
  way.addEventListener("pointerenter", load, { once: true });
  way.addEventListener("focus", load, { once: true });
  way.addEventListener("click", search);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !typing) search(event);
});

// What scrolls can be scrolled with the keyboard.
for (const code of document.querySelectorAll("pre > code")) {
  if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
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
