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

// Where a script puts itself up: the section below the heading of this id, which says what there is without scripts.
export function sectionOf(id) {
  return document.getElementById(id)?.closest("section");
}
