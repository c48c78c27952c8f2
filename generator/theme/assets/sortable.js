// Sorts tables by the column whose heading is pressed, numbers the largest first. Without it the whole table stands in
// the generator's order.

const LANGUAGE = document.documentElement.lang;
const SIGNS = Object.fromEntries(new Intl.NumberFormat(LANGUAGE).formatToParts(12345.6).map(({ type, value }) => [type, value]));
const WORDS = new Intl.Collator(LANGUAGE, { numeric: true });

// The number that a cell begins with, whatever sign stands before it; of a dash or of nothing less than any other.
function number(text) {
  const found = parseFloat(text.replaceAll(SIGNS.group, "").replace(SIGNS.decimal, ".").replace(/^[^\d-]+/, ""));
  return Number.isNaN(found) ? -Infinity : found;
}

function sort(body, column, isNumber, isReversed) {
  const text = (row) => row.cells[column].textContent.trim();
  const compare = isNumber ? (a, b) => number(text(b)) - number(text(a)) || 0 : (a, b) => WORDS.compare(text(a), text(b));
  body.append(...[...body.rows].sort((a, b) => (isReversed ? compare(b, a) : compare(a, b))));
}

for (const table of document.querySelectorAll(".page table")) {
  const headings = [...table.tHead.rows[0].cells];
  if (table.tBodies[0].rows.length < 2) continue;
  headings.forEach((heading, column) => {
    const isNumber = heading.dataset.align === "right";
    const [first, second] = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
      const order = heading.ariaSort === first ? second : first;
      for (const other of headings) other.ariaSort = null;
      heading.ariaSort = order;
      sort(table.tBodies[0], column, isNumber, order === second);
    });
    heading.append(button);
  });
}
