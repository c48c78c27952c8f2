// A selection of studies as CSV.

const COLUMNS = {
  paper_title: (study) => study.title,
  paper: (study) => study.paper,
  task: (study) => study.task,
  planner: (study) => study.planner,
  model: (study) => study.model,
  study: (study) => String(study.number),
  name: (study) => study.name,
  ablated_part: (study) => study.part,
  action: (study) => study.action,
  replacements: (study) => study.replacements.map((forms) => forms.at(-1)).join(" | "),
  metrics: (study) => study.metrics.join(" | "),
  metric_families: (study) => study.families.join(" | "),
  url: (study, root) => new URL(study.address, root).href,
};
const AT_ONCE = 256;

// Reads the rows in order and says after each batch how many are done; `root` is the site's address.
export async function table(index, rows, root, progress) {
  const lines = [Object.keys(COLUMNS)];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const studies = await Promise.all(rows.slice(start, start + AT_ONCE).map((row) => index.study(row)));
    for (const study of studies) lines.push(Object.values(COLUMNS).map((cell) => cell(study, root)));
    progress(Math.min(start + AT_ONCE, rows.length));
  }
  const text = lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
  // Without the mark at its head, spreadsheets take UTF-8 for something else.
  return new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" });
}

function quoted(cell) {
  // Behind these, cells begin with other settings, whatever quotes stand round them.
  const guarded = cell.replace(/([;\t\r\n]"*)('*[=+\-@＝＋－＠])/g, "$1'$2");
  const safe = /^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${guarded}` : guarded;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
