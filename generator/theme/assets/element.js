// An element with properties or, where it has none of that name, attributes; texts among the children stay texts.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function button(text, properties) {
  return element("button", { type: "button", ...properties }, text);
}

// A place for what a script puts up: below the page's first paragraph, instead of a note that says how to do without.
export function placeBelowTitle(id) {
  const place = element("section", { id });
  const first = document.querySelector(".page > h1 + p");
  const next = first.nextElementSibling;
  if (next?.matches(".admonition")) next.replaceWith(place);
  else first.after(place);
  return place;
}
