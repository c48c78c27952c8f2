// Searches all parts: the index of the first, and with Pagefind's mergeIndex those of the others.

const folders = [...document.querySelectorAll("[data-part]")].map((link) => link.pathname);
const [first, ...others] = folders.map((folder) => ({ bundlePath: `${folder}pagefind/`, baseUrl: folder }));
PagefindComponents.configureInstance("default", { ...first, mergeIndex: others });
// Elements in the page itself would have asked for an instance before it was configured.
document.querySelector("#search").append(document.querySelector("template").content);
