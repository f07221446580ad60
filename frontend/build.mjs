// Builds src/meice/web/static/built from npm packages: Tabler's CSS stripped to what templates
// use, htmx, and one sprite of the icons that are named in templates and Python.
// Call: node frontend/build.mjs ICONS.json [TARGET]   (`python -m meice.web.assets` writes the file)
//
// ICONS.json: {"needed": [names that must exist], "possible": [words that may be icon names]}
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..");
const modules = join(root, "node_modules");
const source = join(root, "src", "meice");
const target = resolve(process.argv[3] ?? join(source, "web", "static", "built"));
const draft = `${target}.new`;

// Classes that scripts of Bootstrap or htmx put on elements; no template names them.
const KEEP = [/^htmx-/, /^show$/, /^collaps/, /^modal-open$/];

const outline = join(modules, "@tabler", "icons", "icons", "outline");

async function chosen({ needed, possible }) {
  const known = new Set((await readdir(outline)).map((name) => name.replace(/\.svg$/, "")));
  const unknown = needed.filter((name) => !known.has(name));
  if (unknown.length) throw new Error(`没有这些图标：${unknown.join("、")}（名称见 Tabler Icons，outline）`);
  return [...new Set([...needed, ...possible.filter((name) => known.has(name))])].sort();
}

async function sprite(names) {
  const symbols = await Promise.all(names.map(symbol));
  await writeFile(join(draft, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  await writeFile(join(draft, "icons.json"), `${JSON.stringify(names)}\n`);
}

async function symbol(name) {
  const text = await readFile(join(outline, `${name}.svg`), "utf8");
  const shapes = text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

async function tabler() {
  const path = join(modules, "@tabler", "core", "dist", "css", "tabler.min.css");
  const [{ css }] = await new PurgeCSS().purge({
    css: [path],
    content: [
      join(source, "**", "templates", "**", "*.html"),
      join(source, "**", "*.py"),
      join(source, "web", "static", "web", "*.js"),
    ].map((pattern) => pattern.replaceAll("\\", "/")),
    safelist: { standard: KEEP, greedy: [] },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  const local = css.replace(/\/\*# sourceMappingURL=[^*]*\*\//g, "");
  const foreign = local.match(/url\((?!["']?(data:|#))[^)]*\)/);
  if (foreign) throw new Error(`样式里引用了外部文件：${foreign[0]}`);
  await writeFile(join(draft, "tabler.css"), local);
  return [(await stat(path)).size, Buffer.byteLength(local)];
}

async function licences() {
  const names = ["@tabler/core", "@tabler/icons", "htmx.org"];
  const lines = await Promise.all(names.map(async (name) => {
    const { version, license } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    return `${name} ${version} (${license})`;
  }));
  await writeFile(join(draft, "LICENCES.txt"), `${lines.join("\n")}\n`);
}

const names = await chosen(JSON.parse(await readFile(process.argv[2], "utf8")));
await rm(draft, { recursive: true, force: true });
await mkdir(draft, { recursive: true });
await sprite(names);
const [before, after] = await tabler();
await copyFile(join(modules, "htmx.org", "dist", "htmx.min.js"), join(draft, "htmx.min.js"));
await licences();
await rm(target, { recursive: true, force: true });
await rename(draft, target);
console.log(`前端已构建：图标 ${names.length} 个，Tabler ${Math.round(before / 1024)} KB 精简为 ${Math.round(after / 1024)} KB`);
