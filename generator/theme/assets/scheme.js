// Light or dark: the system's choice until the reader makes one, which is kept. This runs before the page is drawn, and
// says that scripts do run.

{
  const page = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const key = `${new URL("../", document.currentScript.src).pathname}.scheme`;
  const shown = () => page.dataset.scheme ?? (system.matches ? "dark" : "light");
  const other = () => (shown() === "dark" ? "light" : "dark");

  // A browser may keep nothing; the choice then holds for this page.
  try {
    const kept = localStorage.getItem(key);
    if (kept) page.dataset.scheme = kept;
  } catch {}
  page.classList.add("scripted");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme");
    const name = () => { button.title = `Switch to ${other()} mode`; };
    button.addEventListener("click", () => {
      page.dataset.scheme = other();
      try {
        localStorage.setItem(key, shown());
      } catch {}
      name();
    });
    system.addEventListener("change", name);
    name();
  });
}
