// In a preview: what is wrong with the seeds, above the page, which is then as it was before.
const script = document.currentScript;

async function show() {
  const { problems } = await (await fetch(script.dataset.state, { cache: "no-store" })).json();
  if (!problems.length) return;
  const banner = document.createElement("aside");
  banner.className = "md-banner md-banner--warning";
  const inner = document.createElement("div");
  inner.className = "md-banner__inner md-grid md-typeset";
  const list = document.createElement("ul");
  for (const problem of problems) {
    const item = document.createElement("li");
    item.textContent = problem;
    list.append(item);
  }
  inner.append("The seeds have problems; this page is as it was before them.", list);
  banner.append(inner);
  document.querySelector("[data-md-component=announce]").append(banner);
}

show();
