// Looks at every page: walks the routes of the reviewed list as the people who may see them,
// in both sizes, languages and themes; says what sticks out, fails, or speaks the wrong
// language, and leaves a picture of each page in out/look/.
//   node look.mjs http://127.0.0.1:8080 PASSWORD [--only=/desk] [--views=390-zh-CN-dark,…]
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, views, visitor } from "./lib/browser.mjs";

const { values, positionals } = parseArgs({
  options: { only: { type: "string", default: "" }, views: { type: "string", default: "" }, out: { type: "string" } },
  allowPositionals: true,
});
const [base, password] = positionals;
const out = values.out ?? fileURLToPath(new URL("out/look", import.meta.url));
await mkdir(out, { recursive: true });

/** Who visits what; `{…}` stands for the first that a page above links to. */
const PEOPLE = {
  "": ["/", "/lines", "/categories", "/track", "/own", "/figures", "/login", "/outbox", "/appeals/new", "/appeals/new/type", "/missing"],
  intake: ["/desk", "/desk?tab=all", "/intake/new", "/intake", "/intake/forum", "/intake/figures", "/enterprises", "/enterprises/new", "/search", "/desk/work?tab=review", "/account", "/account/absence", "/account/password", "/admin/accounts"],
  dispatcher: ["/exchange", "/exchange?partner=province", "/exchange/partners/province/sheet", "/desk/assignments", "/desk/work?tab=to_assign", "/matters/{id}", "/matters/{id}/assignments", "/admin/configuration", "/admin/configuration/categories"],
  shift_head: ["/desk/reports", "/desk/reports/templates/weekly", "/desk/reports/templates/weekly/word/1", "/common-issues", "/common-issues/new", "/hot-topics", "/desk", "/matters/{id}", "/matters/{id}/notes", "/matters/{id}/messages"],
  quality: ["/desk/call-checks", "/desk/call-checks/queue", "/desk/call-checks/draws/new", "/desk/call-checks/figures"],
  call_back: ["/desk/calls", "/desk"],
  "liaison.ld-zj": ["/desk", "/desk?tab=working", "/matters/{id}/nodes/{node}", "/matters/{id}/nodes/{node}/response", "/matters/{id}/nodes/{node}/papers/assignment"],
  registers: ["/registers", "/registers/projects", "/registers/projects/new", "/registers/projects/import", "/registers/projects/board", "/registers/projects/figures", "/registers/projects/definition", "/registers/projects/definition/form", "/registers/projects/definition/publication", "/registers/projects/definition/fields/new?kind=choice", "/registers/projects/definition/fields/total", "/registers/projects/definition/parts/figures/major_total", "/registers/projects/definition/stages", "/registers/projects/definition/source", "/registers/definitions/form", "/registers/sites", "/registers/sites/map", "/registers/sites/map?in=431302", "/registers/sites/coverage", "/registers/programmes/calendar", "/registers/liaison/calendar", "/registers/liaison", "/registers/holders", "/network/posts", "/network/posts?post=1", "/network", "/network?at=lx", "/network/roll", "/network/units/ld-zj"],
  clerk: ["/instructions", "/instructions/new", "/briefs", "/briefs/new", "/desk?tab=verification"],
  leader: ["/accountability", "/desk", "/statistics", "/me/notices", "/me/notices/settings"],
  supervisor: ["/accountability", "/accountability/new", "/desk/supervision", "/desk/supervision/heat", "/desk/supervision/rules", "/desk/supervision/rules/3", "/desk/slips", "/desk/decisions", "/desk", "/statistics", "/statistics/by/unit", "/statistics/by/area", "/statistics/by/category", "/statistics/rows", "/network", "/network/units/ld-ydb", "/network/units/431302001", "/network/duties"],
  admin_system: ["/admin/accounts", "/admin/accounts/new", "/admin/jobs", "/admin/configuration/procedure", "/admin/configuration/procedure/limits", "/admin/configuration/calendar", "/admin/configuration/grounds", "/admin/configuration/templates", "/admin/configuration/templates/entries/template/0", "/admin/configuration/routing/entries/department/0", "/admin/configuration/categories/entries/category/0", "/network/roll", "/admin/webhooks", "/admin/webhooks/new", "/admin/exchange", "/admin/exchange/new", "/admin/exchange/province"],
  admin_security: ["/admin/grants", "/admin/tokens"],
  admin_audit: ["/admin/audit", "/admin/audit?tab=access"],
};

/** A pattern's first address among the links of the person's desk. */
async function resolve(page, path) {
  if (!path.includes("{")) return path;
  const tail = /\/nodes\/\{node\}(.*)$/.exec(path)?.[1] ?? /\{id\}(.*)$/.exec(path)[1];
  for (const tab of ["/desk?tab=working", "/desk?tab=to_assign", "/desk"]) {
    await page.goto(base + tab);
    const links = await page.locator("tbody a[href^='/matters/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    const wanted = links.find((href) => !path.includes("{node}") || href.includes("/nodes/")) ?? links[0];
    if (!wanted) continue;
    const matter = wanted.split("/nodes")[0];
    if (!path.includes("{node}")) return matter + tail;
    await page.goto(base + matter);
    const node = await page.locator(".tree-node").last().getAttribute("id").catch(() => undefined);
    if (node) return `${matter}/nodes/${node.replace("node-", "")}${tail}`;
  }
  return undefined;
}

async function faults(page, locale) {
  return page.evaluate((lang) => {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`wider than its window by ${document.documentElement.scrollWidth - width}`);
    const text = document.body.innerText;
    const height = document.documentElement.scrollHeight;
    if (height > 12000) found.push(`${height} px high`);
    const keys = text.match(/(?<![\w./@-])[a-z]+(?:-[a-z0-9]+){2,}(?![\w./@-])/g) ?? [];
    if (keys.length) found.push(`keys ${[...new Set(keys)].slice(0, 5)}`);
    if (lang === "en") {
      const chinese = [...new Set(text.match(/[\u4e00-\u9fff]+/g) ?? [])].filter((word) => word !== "中文");
      if (chinese.length) found.push(`Chinese ${chinese.length}: ${chinese.slice(0, 12).join(" ")}`);
    }
    return found;
  }, locale);
}

const browser = await launch();
const wantedViews = values.views ? values.views.split(",") : undefined;
const all = [...views()].flatMap((view) => [view, { ...view, dark: true }]);
for (const view of all) {
  const kind = [view.width, view.locale, view.dark && "dark"].filter(Boolean).join("-");
  if (wantedViews && !wantedViews.includes(kind)) continue;
  for (const [user, paths] of Object.entries(PEOPLE)) {
    const visited = paths.filter((path) => path.startsWith(values.only));
    if (visited.length === 0) continue;
    const context = await visitor(browser, view);
    const page = await context.newPage();
    if (user) {
      await page.goto(`${base}/login`);
      await page.locator("#login").fill(user);
      await page.locator("#password").fill(password);
      await Promise.all([page.waitForEvent("load"), page.locator("main button[type=submit]").click()]);
    }
    for (const path of visited) {
      const found = await resolve(page, path);
      if (!found) {
        console.log(`${kind} ${user} ${path}: nothing there`);
        continue;
      }
      const answer = await page.goto(base + found);
      const name = `${user || "public"}${path}`.replaceAll(/[^\w.]+/g, "-").replaceAll(/^-|-$/g, "");
      await page.screenshot({ path: join(out, `${name}-${kind}.png`), fullPage: true });
      const wrong = await faults(page, view.locale);
      if (answer.status() >= 500) wrong.push(`answers ${answer.status()}`);
      if (wrong.length) console.log(`${kind} ${user} ${path}: ${wrong.join("; ")}`);
    }
    await context.close();
  }
}
await browser.close();
