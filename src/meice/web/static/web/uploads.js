// Files: a drop zone over a real file input, progress while sending, progress of a job.
const MB = 1024 * 1024;
const size = (bytes) => bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;

function list(zone, input) {
  const names = zone.querySelector(".m-drop-files");
  if (!names) return;
  names.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const much = document.createElement("span");
    name.textContent = file.name;
    much.textContent = size(file.size);
    much.className = "m-nowrap";
    line.append(name, much);
    return line;
  }));
  names.hidden = input.files.length === 0;
}
/* The browser's own button speaks the browser's language; ours speaks Chinese and says what is chosen. */
function dress(input) {
  const pick = document.createElement("span");
  const button = document.createElement("button");
  const said = document.createElement("span");
  pick.className = "m-pick";
  button.type = "button";
  button.className = "btn";
  button.textContent = input.webkitdirectory ? "选文件夹" : "选文件";
  said.className = "m-sub";
  said.setAttribute("role", "status");
  const tell = () => {
    const count = input.files.length;
    said.textContent = count === 0 ? "还没有选" : count === 1 ? input.files[0].name : `已选 ${count} 个文件`;
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", tell);
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
  const label = input.labels && input.labels[0];
  if (label) button.setAttribute("aria-label", `${button.textContent}：${label.textContent.trim()}`);
  tell();
  pick.append(button, said);
  input.after(pick);
}
for (const input of document.querySelectorAll("input[type=file]")) dress(input);
function zoneOf(event) {
  return event.target.closest ? event.target.closest("[data-m-drop]") : null;
}
for (const kind of ["dragover", "dragenter"]) {
  document.addEventListener(kind, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("m-over");
  });
}
document.addEventListener("dragleave", (event) => { const zone = zoneOf(event); if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("m-over"); });
document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("m-over");
  const input = zone.querySelector("input[type=file]");
  const given = new DataTransfer();
  const files = input.multiple ? [...event.dataTransfer.files] : [...event.dataTransfer.files].slice(0, 1);
  for (const file of files) given.items.add(file);
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("click", (event) => {
  const zone = zoneOf(event);
  if (zone && !event.target.closest("input, a, button, label")) zone.querySelector("input[type=file]").click();
});
document.addEventListener("change", (event) => {
  const zone = zoneOf(event);
  if (zone && event.target.type === "file") list(zone, event.target);
});

/* A form with files and data-m-upload is sent with a progress bar; the answer replaces the page.
   When the line breaks, the page and the chosen files stay, and it says so. */
function send(form, button) {
  const box = document.createElement("div");
  box.className = "m-sending";
  box.setAttribute("role", "status");
  const bar = document.createElement("progress");
  const text = document.createElement("div");
  text.className = "m-sub";
  text.textContent = "正在上传…";
  bar.setAttribute("aria-label", "上传进度");
  box.append(bar, text);
  form.append(box);
  const request = new XMLHttpRequest();
  const restore = (words) => {
    text.textContent = words;
    bar.remove();
    delete form.dataset.mSent;
    for (const one of form.querySelectorAll("button[disabled]")) one.disabled = false;
  };
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
    text.textContent = event.loaded < event.total ? `已传 ${size(event.loaded)}，共 ${size(event.total)}` : "已传完，正在读文件…";
  };
  request.onerror = () => restore("没有连上服务器，文件还没有传上去。网络恢复后再点一次，不用重选文件。");
  request.onload = () => {
    if (request.status >= 500 || request.status === 413) {
      restore(request.status === 413 ? "文件太大，没有收下。" : "系统出错，没有收下。过一会儿再点一次。");
      return;
    }
    if (request.status >= 400 || request.responseURL === location.href) { replace(request.responseText); return; }
    location.assign(request.responseURL);
  };
  const content = new FormData(form);
  if (button && button.name) content.append(button.name, button.value);
  request.open("POST", form.action);
  request.send(content);
}
function replace(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const main = fresh.getElementById("main");
  if (!main) { location.reload(); return; }
  document.getElementById("main").replaceWith(main);
  const focus = main.querySelector("[data-m-focus], h1");
  if (focus) focus.focus();
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.hasAttribute("data-m-upload")) return;
  const chosen = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (!chosen) return;
  event.preventDefault();
  send(form, event.submitter);
});

/* A job: data-m-progress="url" is asked until it says it is finished. */
async function follow(box) {
  const bar = box.querySelector("progress");
  const text = box.querySelector("[data-m-progress-text]");
  let state;
  try {
    const answer = await fetch(box.dataset.mProgress, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    state = await answer.json();
  } catch {
    if (text) text.textContent = "暂时问不到进度，系统仍在办；结果会进消息。";
    setTimeout(() => follow(box), 8000);
    return;
  }
  if (bar && state.total) { bar.max = state.total; bar.value = state.done; }
  if (text && state.text) text.textContent = state.text;
  if (!state.finished) { setTimeout(() => follow(box), 1500); return; }
  if (state.url) location.assign(state.url);
}
for (const box of document.querySelectorAll("[data-m-progress]")) follow(box);
