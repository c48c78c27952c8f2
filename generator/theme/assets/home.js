// Loads what follows old addresses when there is one to follow.

function load() {
  if (location.hash.startsWith("#/trajectories/")) import("./old-addresses.js");
}

addEventListener("hashchange", load);
load();
