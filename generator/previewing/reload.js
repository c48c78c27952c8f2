// Reload the page once something it shows has changed. A page in the background asks for nothing: browsers keep but few
// connections open.

{
  const { src, dataset } = document.currentScript;
  const address = new URL(`changes/${dataset.since}${location.pathname}`, src);
  let changes;

  const follow = () => {
    changes?.close();
    changes = undefined;
    if (document.visibilityState === "visible") {
      changes = new EventSource(address);
      changes.onmessage = () => location.reload();
    }
  };

  document.addEventListener("visibilitychange", follow);
  follow();
}
