// People at work in the tests: each with a browser of their own, taking steps by the forms'
// field names, so that a scenario reads as who does what.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, visitor } from "./browser.mjs";
import { PASSWORD, startProduct } from "./server.mjs";

/** The office of a test file: a fresh demo city and a browser, there before the first test and
 *  gone after the last. */
export function openOffice() {
  const office = new Office();
  before(async () => {
    office.browser = await launch();
    office.product = await startProduct();
  });
  after(async () => {
    await office.browser?.close();
    await office.product?.stop();
  });
  return office;
}

/** The people of one product in one browser. */
class Office {
  #people = new Map();

  /** Where the product answers. */
  get url() {
    return this.product.url;
  }

  /** A page of nobody in particular, with cookies of its own. */
  async stranger(view = {}) {
    return (await visitor(this.browser, view)).newPage();
  }

  /** The page of someone signed in. */
  async as(user) {
    if (!this.#people.has(user)) this.#people.set(user, await this.signIn(user));
    return this.#people.get(user);
  }

  /** A further page of someone, in another view. */
  async signIn(user, view = {}) {
    const page = await this.stranger(view);
    await page.goto(`${this.url}/login`);
    await fill(page, { login: user, password: PASSWORD });
    await leading(page, page.locator("main form [type=submit]").click());
    assert.notEqual(new URL(page.url()).pathname, "/login", `${user} is let in`);
    return page;
  }

  /** Someone's page at an address. */
  async at(user, path) {
    const page = await this.as(user);
    const answer = await page.goto(this.url + path);
    assert.ok(answer.ok() || answer.status() === 404, `${path} answers ${user} with ${answer.status()}`);
    return page;
  }

  /** Someone's page with a step's form, which must be open to them. */
  async form(user, path) {
    const page = await this.at(user, path);
    assert.equal(new URL(page.url()).pathname, path, `${user} may take the step at ${path}`);
    return page;
  }

  /** Takes a step: opens its form, fills it in, sends it. */
  async step(user, path, fields = {}) {
    const page = await this.form(user, path);
    await fill(page, fields);
    await send(page);
    assert.notEqual(new URL(page.url()).pathname, path, await page.locator("main").innerText());
    return page;
  }

  /** Assigns to one unit as lead, whoever else was suggested beside it. */
  async assign(user, path, unit) {
    const page = await this.form(user, path);
    await chooseNoUnit(page);
    await fill(page, { "unit-1": unit, "role-1": "lead" });
    await send(page);
    assert.notEqual(new URL(page.url()).pathname, path, await page.locator("main").innerText());
    return page;
  }

  /** Takes a step that is one click on the matter's page. */
  async click(user, matter, path) {
    const page = await this.at(user, matter);
    await leading(page, page.locator(`form[action="${path}"] [type=submit]`).click());
    return page;
  }

  /** Registers an appeal; its address, number and code. */
  async register(user, fields) {
    const page = await this.form(user, "/intake/new");
    await page.locator("details.more:not([open]) > summary").evaluateAll((all) => all.forEach((one) => one.click()));
    await fill(page, fields);
    await leading(page, page.locator("[data-register]").click());
    const [number, code] = await page.locator(".confirmation-number").allInnerTexts();
    const path = await page.locator("main .desk-actions a").first().getAttribute("href");
    return { number, code, path };
  }

  /** The appellant's page, let in by number and code. */
  async appellant({ number, code }, view = {}) {
    const page = await this.stranger(view);
    await page.goto(`${this.url}/track`);
    await fill(page, { number, code });
    await send(page);
    return page;
  }
}

/** Fills in fields by name: a text, a choice, a tick (`true`), or files. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`);
    const kind = await field.first().evaluate((element) => element.type);
    if (kind === "radio" || (kind === "checkbox" && value !== true)) {
      await page.locator(`main [name="${name}"][value="${value}"]`).check();
    } else if (kind === "checkbox") await field.check();
    else if (kind === "file") await field.setInputFiles(value);
    else if (kind.startsWith("select") && (await field.isHidden())) await pick(field, value);
    else if (kind.startsWith("select")) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Chooses in a list that a searchable field stands for. */
const pick = (field, value) =>
  field.evaluate((select, chosen) => {
    select.value = chosen;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }, value);

/** Takes out of a form of assignment whomever the routing suggests. */
export const chooseNoUnit = (page) =>
  page.locator('main select[name^="unit-"]').evaluateAll((all) => all.forEach((one) => (one.value = "")));

/** Sends the page's form. */
export const send = (page) =>
  leading(page, page.locator("main form .form-submit [type=submit], main form > [type=submit]").first().click());

/** Does what leads to another page, and waits until that is there. */
export async function leading(page, act) {
  await Promise.all([page.waitForEvent("load"), act]);
}

/** The addresses of a matter's assignments, in the order of its page. */
export const nodes = (page) =>
  page.locator(".tree-node").evaluateAll((all) => all.map((node) => `/nodes/${node.id.replace("node-", "")}`));

/** What a part of the page says. */
export const words = (page, where = "main") => page.locator(where).innerText();

/** What the page says was done. */
export const done = async (page, words) => assert.match(await page.locator(".flashes").innerText(), words);
