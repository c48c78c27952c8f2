// What Material expects of the inline scripts that the pages' policy forbids: where the site's root is, values that last
// from visit to visit, and the colour scheme that the reader chose, set before the page is drawn.

{
  const root = new URL("../", document.currentScript.src);
  const key = (name, scope) => `${scope.pathname}.${name}`;
  const get = (name, store = localStorage, scope = root) => JSON.parse(store.getItem(key(name, scope)));
  const set = (name, value, store = localStorage, scope = root) => {
    try {
      store.setItem(key(name, scope), JSON.stringify(value));
    } catch {
      // A browser may keep nothing; the choice then holds for this page.
    }
  };
  Object.assign(globalThis, { __md_scope: root, __md_get: get, __md_set: set });

  for (const [name, value] of Object.entries(get("__palette")?.color ?? {})) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
}
