// A study in the explorer's list.

import { element } from "./element.js";
import { called } from "./study-view.js";
import { _ } from "./texts.js";

const ROOT = new URL("../", import.meta.url);

export function card(study) {
  const link = element("a", { href: new URL(study.address, ROOT).href }, study.generic ? study.part : study.name);
  const action = element("strong", { className: `action action-${study.action.toLowerCase()}` }, study.action);
  const fields = element("dl");
  const field = (label, content) => fields.append(element("div", {}, element("dt", {}, label), element("dd", {}, content)));
  const chips = (texts) => element("ul", {}, ...texts.map(([text, title]) => element("li", title ? { title } : {}, text)));
  // A name like "Ablation 1" says nothing: the part stands in its place.
  if (!study.generic) field(_("Ablated part"), study.part);
  if (study.replacements.length) field(_("Replacements"), chips(study.replacements));
  field(_("Metrics"), chips(study.metrics.map((metric) => [metric])));
  const paper = element("a", { href: new URL(`papers/${study.paper}/`, ROOT).href }, study.title);
  const from = [study.model, study.planner, _("%(task)s task", { task: called("task", study.task) }), ...(study.verdict ? [called("verdict", study.verdict)] : [])];
  const origin = element("p", { className: "explorer__origin" }, from.join(" · "));
  return element(
    "li",
    { className: "explorer__study" },
    element("p", { className: "explorer__paper" }, action, paper),
    element("h3", {}, link),
    fields,
    origin,
  );
}
