// What scripts say, in the language of the page. English is what stands in them; of others the generator writes a file.

const ROOT = new URL("../", import.meta.url);
const { lang } = document.documentElement;

async function read() {
  const response = await fetch(new URL("data/texts.json", ROOT));
  return response.json();
}

const { forms, texts } = lang === "en" ? { texts: {} } : await read().catch(() => ({ texts: {} }));

// Which of a language's forms a number takes: English has two, of others the file tells by the last two digits.
function form(number) {
  if (!forms) return Number(number !== 1);
  return Number(forms[number < 100 ? number : 100 + (number % 100)]);
}

function filled(text, values) {
  return text.replaceAll(/%(?:%|\((\w+)\)s)/g, (_sign, name) => {
    if (!name) return "%";
    return typeof values[name] === "number" ? shown(values[name]) : values[name];
  });
}

export const shown = (number) => number.toLocaleString(lang);

export const _ = (text, values = {}) => filled(texts[text]?.[0] ?? text, values);

export const ngettext = (one, many, number, values = {}) =>
  filled((texts[one] ?? [one, many])[form(number)], { number, ...values });
