// What a cell's text means, as far as the browser may say so: the same words as the server's
// (they come with the page), for hints before the answer. The server is the truth.
// The modules of the sheet share one object; each adds its part, in the order of the page.
const sheet = (window.meiceSheet = { data: JSON.parse(document.getElementById("sheet-data").textContent) });
const { words, columns } = sheet.data;
const yes = new Set(words.yes), no = new Set(words.no), dashes = new Set(words.dashes);
const fold = (text) => text.normalize("NFKC").replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "").replace(/\s+/g, "");
const clean = (text) => text.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "").replace(/\s+/g, " ").trim();
const bare = (text) => fold(text).toLowerCase();
const platforms = new Map(Object.entries(words.platforms).map(([written, name]) => [bare(written), name]));
const NOTHING_WRONG = "无问题";
const REQUIRED = new Set(sheet.data.annex === 1 ? ["name", "unit", "kind", "responsible_name", "responsible_mobile"] : []);
const MOBILE = /^1[3-9][0-9]{9}$/;

function answer(text) {
  const said = fold(text).replace(/^[。.()（）]+|[。.()（）]+$/g, "").toUpperCase();
  return yes.has(said) ? "是" : no.has(said) ? "否" : null;
}
function mobile(text) {
  let digits = fold(text).replace(/^['‘’`:：;；.。,，、]+|['‘’`:：;；.。,，、]+$/g, "").replace(/\.0+$/, "");
  digits = digits.replace(/[-－—]/g, "").replace(/^(?:\+?86|0086)(?=1[3-9]\d{9}$)/, "");
  return MOBILE.test(digits) ? digits : null;
}
function problems(text) {
  const parts = text.split(/[、，,；;/／\r\n]+/).map(clean).filter(Boolean);
  const only = parts.length === 1 && fold(parts[0]).replace(/[。.]+$/, "");
  if (only && ["无", "没有问题", "未发现问题", "无异常", "没问题", "不存在问题", NOTHING_WRONG].includes(only)) return NOTHING_WRONG;
  return parts.map((part) => words.problems[part] || part).join("、");
}
function date(text) {
  const found = /^(\d{4})[年./-](\d{1,2})(?:[月./-](\d{1,2})[日号]?|月)?$/.exec(fold(text)) || /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(fold(text));
  if (!found) return null;
  return [found[1], ...found.slice(2).filter(Boolean).map((part) => part.padStart(2, "0"))].join("-");
}
const FOLDS = {
  answer: (text) => answer(text) || clean(text),
  rectified: (text) => (dashes.has(fold(text)) ? "-" : answer(text) || clean(text)),
  platform: (text) => platforms.get(bare(text)) || clean(text),
  problems,
  person: (text) => (/[\u3400-\u9fff]/.test(text) ? clean(text).replaceAll(" ", "") : clean(text)),
  mobile: (text) => mobile(text) || clean(text),
  phone: (text) => mobile(text) || clean(text),
  date: (text) => date(text) || clean(text),
};
const isFormula = (text) => /^[=＝]./.test(text.trim());

/* The text as the cell keeps it; a formula stays what it is. */
function read(column, typed) {
  const text = typed.trim();
  if (!text || isFormula(text)) return text;
  return (FOLDS[column.holds] || clean)(text);
}

/* The hint for one cell, or null: {severity, message, mend}. */
function hint(row, column) {
  const text = row.cells[column.key] || "";
  const error = (message, mend = null) => ({ severity: "error", message, mend });
  if (isFormula(text)) return error(`单元格是公式「${text}」，请改为${column.short}本身。`);
  if (!text) return REQUIRED.has(column.key) && !isBlank(row) ? error(`「${column.title}」没有填。请补填。`) : null;
  if (column.holds === "mobile" && !mobile(text)) return error(mobileFault(text));
  if (column.holds === "answer" && !answer(text)) return error(`「${column.title}」填的是「${text}」，应填「是」或「否」。`);
  if (column.holds === "platform" && !platforms.has(bare(text))) {
    return { severity: "warning", message: `类型「${text}」不在平台表里，暂计入「其他政务新媒体」。请写平台的通用名称。`, mend: null };
  }
  return column.holds === "rectified" ? rectifiedFault(row, text, error) : null;
}
function mobileFault(text) {
  const digits = fold(text).replace(/\D/g, "");
  if (!digits) return `手机号「${text}」不是号码。请填 11 位手机号。`;
  if (digits.length !== 11) return `手机号「${text}」${digits.length < 11 ? "只有" : "有"} ${digits.length} 位，应为 11 位。`;
  return `手机号「${text}」不是手机号的样子，应为 1 开头、第二位 3 至 9 的 11 位号码。`;
}
function rectifiedFault(row, text, error) {
  if (!["是", "否", "-"].includes(text)) return error(`是否整改填的是「${text}」，应填「是」「否」或「-」。`);
  const said = row.cells.problems || "";
  if (said === NOTHING_WRONG && text !== "-") {
    return error(`问题排查情况是「无问题」，是否整改却填「${text}」。请改为「-」。`, { label: "改成 -", value: "-" });
  }
  if (said && said !== NOTHING_WRONG && text === "-") {
    return error(`问题排查情况是「${said}」，是否整改却填「-」。请改为「是」或「否」。`);
  }
  return null;
}
const isBlank = (row) => !Object.values(row.cells).some((text) => text.trim());

/* Cells of the clipboard's text: tabs, line ends, and line breaks inside quotes. */
function fromTabs(text) {
  const lines = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    const line = lines[lines.length - 1];
    const begins = line[line.length - 1] === "";
    if (quoted && sign === '"' && source[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
    else if (quoted && sign === '"') quoted = false;
    else if (!quoted && sign === '"' && begins && closes(source, at)) quoted = true;
    else if (!quoted && sign === "\t") line.push("");
    else if (!quoted && sign === "\n") lines.push([""]);
    else line[line.length - 1] += sign;
  }
  return lines.map((line) => line.map((cell) => cell.replace(/\n/g, " ")));
}
/* A quote opens a cell only if one closes it before the next tab or line end. */
function closes(source, at) {
  for (let next = at + 1; next < source.length; next += 1) {
    if (source[next] !== '"') continue;
    if (source[next + 1] === '"') { next += 1; continue; }
    return next + 1 === source.length || "\t\n".includes(source[next + 1]);
  }
  return false;
}
const toTabs = (cells) => cells.map((line) => line.map((text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t")).join("\n");

const titleOf = (text) => fold(text).replace(/[^\w\u3400-\u9fff]|_/g, "").replaceAll("帐", "账").toUpperCase();
const byTitle = new Map();
for (const column of columns) for (const title of column.titles) if (!byTitle.has(titleOf(title))) byTitle.set(titleOf(title), column.key);
/* The keys that a line of headings names, or null when it is no line of headings. */
function headings(line) {
  const found = line.map((text) => byTitle.get(titleOf(text)) || "");
  const named = found.filter(Boolean);
  return named.length >= 2 && named.length * 2 >= line.filter((text) => text.trim()).length ? found : null;
}

sheet.values = { read, hint, isBlank, isFormula, fromTabs, toTabs, headings, NOTHING_WRONG };
sheet.columns = columns;
sheet.typed = columns.filter((column) => column.holds !== "number");
sheet.column = (key) => columns.find((column) => column.key === key);
