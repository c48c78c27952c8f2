// A formula is copied as its LaTeX in dollars, whole; browsers copy the characters of MathML in a row.

const formulaAround = (node) => (node instanceof Element ? node : node.parentElement)?.closest(".math");

function inDollars(formula) {
  const dollars = formula.querySelector("[display='block']") ? "$$" : "$";
  return dollars + formula.querySelector(".latex").textContent + dollars;
}

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0).cloneRange();
  const [first, last] = [range.startContainer, range.endContainer].map(formulaAround);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const copied = document.createElement("div");
  copied.append(range.cloneContents());
  const formulas = copied.querySelectorAll(".math");
  if (!formulas.length) return;
  for (const formula of formulas) formula.replaceWith(inDollars(formula));
  // Only what is on the page has lines.
  document.body.append(copied);
  event.clipboardData.setData("text/plain", copied.innerText);
  event.clipboardData.setData("text/html", copied.innerHTML);
  copied.remove();
  event.preventDefault();
});
