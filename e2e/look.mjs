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

/** How many links that fit are tried before a trail is given up. */
const TRIED = 15;

/** A matter of a tab of the desk, and a form on its page. */
const verb = (tab, form) => `/desk?tab=${tab} > /matters/{} > /matters/{}/${form}`;
/** The same for a form of one assignment. */
const work = (tab, form) => `/desk?tab=${tab} > /matters/{}/nodes/{} > /matters/{}/nodes/{}/${form}`;

/** Who visits what; a trail `/list > /thing/{}` goes by links. */
const PEOPLE = {
  "": [
    "/", "/lines", "/categories", "/track", "/own", "/figures", "/login", "/outbox", "/appeals/new", "/appeals/new/type", "/missing", "/services",
    "/services > /services/{}",
  ],
  intake: [
    "/desk", "/desk?tab=all", "/intake/new", "/intake", "/intake/forum", "/intake/figures", "/enterprises", "/enterprises/new", "/search",
    "/desk/work?tab=review", "/account", "/account/absence", "/account/password", "/admin/accounts", verb("review", "acceptance"),
    verb("review", "decline"), verb("review", "completion"), verb("review", "corrections"), verb("review", "material"),
    verb("review", "merge"), verb("review", "transfer"), "/desk/duty", "/desk/duty/handovers/new",
    "/desk/duty > /desk/duty/handovers/{}", "/desk/call-checks/own", "/desk/knowledge > /desk/knowledge/{}",
  ],
  dispatcher: [
    "/exchange", "/exchange?partner=province", "/exchange/partners/province/sheet", "/desk/assignments", "/desk/work?tab=dispatch",
    "/admin/configuration", "/admin/configuration/categories", verb("dispatch", "assignments"), verb("dispatch", "direct-answer"),
    verb("in_progress", "source-extension"), verb("in_progress", "source-limit"), "/desk > /matters/{}", "/exchange > /exchange/{}", "/tasks/new", "/map",
    "/desk/duty > /desk/duty/rosters/{}",
  ],
  shift_head: [
    "/desk/reports", "/desk/reports/templates/weekly", "/desk/reports/templates/weekly/word/1", "/common-issues", "/common-issues/new", "/hot-topics",
    "/desk", "/common-issues > /common-issues/{}", "/common-issues > /common-issues/{} > /common-issues/{}/reports/new",
    "/common-issues > /common-issues/{} > /common-issues/{}/reports/{}", "/hot-topics > /hot-topics/{}", "/desk/reports > /desk/reports/{}",
    "/desk > /matters/{} > /matters/{}/notes", "/tasks/new", "/desk/decisions", "/desk/duty", verb("in_progress", "termination"),
    verb("in_progress", "escalation"),
  ],
  quality: [
    "/desk/call-checks", "/desk/call-checks/queue", "/desk/call-checks/draws/new", "/desk/call-checks/figures", "/desk/evaluation",
    "/desk/evaluation/draws/new", "/desk/evaluation > /desk/evaluation/draws/{}",
    "/desk/evaluation/anomalies", "/desk/evaluation/answers",
    "/desk/evaluation/checks", "/desk/evaluation/checks > /desk/evaluation/draws/{}/matters/{}",
    "/desk/call-checks/queue > /desk/call-checks/calls/{}", "/desk/pressure",
  ],
  call_back: [
    "/desk/calls", "/desk", "/desk/calls > /matters/{}/calls", "/desk/calls > /matters/{} > /matters/{}/rating",
  ],
  "liaison.ld-zj": [
    "/desk", "/desk?tab=working", work("working", "contact"), work("working", "answer"), work("working", "submission"), work("working", "objection"),
    work("working", "interval"), work("working", "progress"), work("working", "exclusion"), work("working", "assignments"),
    work("working", "response"), "/desk?tab=working > /matters/{}/nodes/{}",
    "/desk?tab=working > /matters/{}/nodes/{} > /matters/{}/nodes/{}/papers/assignment", "/accountability",
  ],
  registers: [
    "/registers", "/registers/projects", "/registers/projects/new", "/registers/projects/import", "/registers/projects/board",
    "/registers/projects/figures", "/registers/projects/definition", "/registers/projects/definition/form",
    "/registers/projects/definition/publication", "/registers/projects/definition/fields/new?kind=choice", "/registers/projects/definition/fields/new?kind=derived",
    "/registers/projects/definition/fields/total", "/registers/projects/definition/parts/figures/major_total",
    "/registers/projects/definition/stages", "/registers/projects/definition/source", "/registers/definitions/form", "/registers/sites",
    "/registers/sites/map", "/registers/sites/map?in=431302", "/registers/sites/coverage", "/registers/programmes/calendar", "/registers/programmes/calendar/subscription",
    "/registers/liaison/calendar", "/registers/liaison", "/registers/holders", "/network/posts", "/network/posts?post=1", "/network",
    "/network?at=lx", "/network/roll", "/network/units/ld-zj", "/registers/projects > /registers/projects/records/{}",
    "/registers/projects > /registers/projects/records/{} > /registers/projects/records/{}/edit",
    "/registers/liaison > /registers/liaison/records/{}", "/registers/definitions/new", "/map",
  ],
  clerk: [
    "/instructions", "/instructions/new", "/briefs", "/briefs/new", "/desk?tab=verification", "/instructions > /instructions/{}/feedback",
    "/briefs > /briefs/{}", "/map",
  ],
  leader: [
    "/accountability", "/desk", "/statistics", "/me/notices", "/me/notices/settings",
  ],
  supervisor: [
    "/accountability", "/accountability/new", "/desk/supervision", "/desk/supervision/heat", "/desk/supervision/rules", "/desk/supervision/rules/3",
    "/desk/slips", "/desk/decisions", "/desk", "/statistics", "/statistics/by/unit", "/statistics/by/area", "/statistics/by/category",
    "/statistics/rows", "/network", "/network/units/ld-ydb", "/network/units/431302001", "/network/duties", "/desk/slips > /desk/slips/{}",
    "/desk/slips > /desk/slips/{} > /desk/slips/{}/paper", "/desk/slips/drafts", "/desk/supervision/rules/run",
    "/accountability > /accountability/{}", "/accountability > /accountability/units/{}",
    "/accountability > /accountability/{} > /accountability/{}/paper", "/desk/supervision > /matters/{} > /matters/{}/measures",
    "/desk/decisions > /matters/{}/nodes/{}/interval-decision", "/desk/decisions > /matters/{}/nodes/{}/objection-decision", "/tasks/new",
  ],
  admin_system: [
    "/admin/accounts", "/admin/accounts/new", "/admin/jobs", "/admin/configuration/procedure", "/admin/configuration/procedure/limits",
    "/admin/configuration/calendar", "/admin/configuration/grounds", "/admin/configuration/templates",
    "/admin/configuration/templates/entries/template/0", "/admin/configuration/routing/entries/department/0",
    "/admin/configuration/categories/entries/category/0", "/network/roll", "/admin/webhooks", "/admin/webhooks/new", "/admin/exchange",
    "/admin/exchange/new", "/admin/exchange/province", "/admin/configuration > /admin/configuration/{} > /admin/configuration/{}/versions/{}",
    "/admin/configuration/procedure/source", "/admin/network/changes/new",
  ],
  admin_security: [
    "/admin/grants", "/admin/tokens", "/admin/grants > /admin/grants/{}",
  ],
  admin_audit: [
    "/admin/audit", "/admin/audit?tab=access",
  ],
  "head.ld-zj": [
    "/desk", work("to_sign_off", "sign-off"), "/desk/decisions",
  ],
  knowledge: [
    "/desk/knowledge", "/desk/knowledge/new", "/desk/knowledge/import", "/desk/knowledge > /desk/knowledge/{}",
    "/desk/knowledge > /desk/knowledge/{} > /desk/knowledge/{}/draft", "/desk/knowledge > /desk/knowledge/{} > /desk/knowledge/{}/versions/{}",
  ],
};

/** Where a trail `/list > /thing/{} > /thing/{}/form` ends: at each step the first link that fits and leads on. */
async function follow(page, trail) {
  const [start, ...patterns] = trail.split(" > ");
  return step(page, start, patterns);
}

async function step(page, address, patterns) {
  if (patterns.length === 0) return address;
  const [pattern, ...rest] = patterns;
  await page.goto(base + address);
  const fits = new RegExp(`^${pattern.replaceAll(/[.?*+]/g, "\\$&").replaceAll("{}", "[^/?#]+")}$`);
  const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const next of [...new Set(links)].filter((href) => fits.test(href)).slice(0, TRIED)) {
    const found = await step(page, next, rest);
    if (found) return found;
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
    const visited = paths.filter((path) => path.includes(values.only));
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
      const found = await follow(page, path);
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
