// A day or a moment typed freely is said back in full under its field: 2021年6月29日 星期二.
// Reads the same words as kernel/days.py (a browser test holds them together); the server decides.
const NAMED = { 前天: -2, 昨天: -1, 今天: 0, 明天: 1, 后天: 2, 大后天: 3 };
const WEEKDAYS = "日一二三四五六";
const PATTERNS = [/^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/, /^()(\d{1,2})[-./月](\d{1,2})日?$/, /^(\d{4})?(\d{2})(\d{2})$/];
const CLOCK = /^(上午|下午|晚上|早上|中午)?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)$/;
const DAY_MS = 86_400_000;

/* Today in Beijing, as a UTC midnight: no summer time can move it. */
function today() {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  return new Date(`${parts}T00:00:00Z`);
}
export function readDay(text, base = today()) {
  const bare = text.normalize("NFKC").replace(/\s+/g, "");
  if (Object.hasOwn(NAMED, bare)) return new Date(base.getTime() + NAMED[bare] * DAY_MS);
  for (const pattern of PATTERNS) {
    const match = pattern.exec(bare);
    if (!match) continue;
    const [year, month, day] = [Number(match[1] || base.getUTCFullYear()), Number(match[2]), Number(match[3])];
    const found = new Date(Date.UTC(year, month - 1, day));
    return found.getUTCFullYear() === year && found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found : null;
  }
  return null;
}
function readClock(text) {
  if (/^(?:中午|正午)(?:12[:点]?(?:00)?)?$/.test(text)) return 720;
  if (/^24[:点](?:00)?$/.test(text)) return 1440;
  const match = CLOCK.exec(text);
  if (!match) return null;
  let hour = Number(match[2]);
  if ((match[1] === "下午" || match[1] === "晚上") && hour < 12) hour += 12;
  const minute = match[3] === "半" ? 30 : Number(match[3] || 0);
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
export function dayWords(day) {
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日 星期${WEEKDAYS[day.getUTCDay()]}`;
}
export function momentWords(text, base = today()) {
  const bare = text.normalize("NFKC").replaceAll("T", " ").trim();
  for (let at = bare.length; at > 0; at -= 1) {
    const day = readDay(bare.slice(0, at), base);
    const minutes = day && readClock(bare.slice(at).replace(/\s+/g, ""));
    if (!day || minutes === null) continue;
    const moment = new Date(day.getTime() + minutes * 60_000);
    const clock = moment.toISOString().slice(11, 16);
    return `${dayWords(moment)} ${clock}${clock === "12:00" ? "（中午）" : ""}`;
  }
  return "";
}

function answer(input) {
  const said = input.parentElement.querySelector("output.m-day-said");
  if (!said) return;
  const text = input.value.trim();
  const day = "mDay" in input.dataset ? readDay(text) : null;
  const words = "mDay" in input.dataset ? (day ? dayWords(day) : "") : momentWords(text);
  said.textContent = words || (text ? "还认不出来" : "");
}
document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-m-day], input[data-m-moment]")) answer(event.target);
});
