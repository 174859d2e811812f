// The turns that an appeal may take beside the straight way: an objection, more time, a
// withdrawal, a decline, a merge, a redo, a sealed identity. Each by the people whose step it is, and each
// looked at with the eyes of those it is about.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import * as check from "../lib/checks.mjs";
import { done, fill, nodes, openOffice, send, words } from "../lib/desk.mjs";

const ANSWER = "11月20日已到现场核实并完成处理，依据《优化营商环境条例》第四十八条，今后每月回访一次，问题两日内解决。";
const PROMISE = ".headline-facts > div:nth-child(2) dd";

const office = openOffice();

const register = (title, more = {}) =>
  office.register("intake", { title, text: `${title}，拖了半个月，请尽快处理。`, phone: "13800009922", name: "何师傅", ...more });

const accept = (matter) =>
  office.step("intake", `${matter.path}/acceptance`, { demands: "尽快解决", category: { index: 3 }, urgency: "general" });

/** An accepted appeal. */
async function accepted(title, more) {
  const matter = await register(title, more);
  await accept(matter);
  return matter;
}

/** Hands it to a unit as lead; the assignment's address. */
async function assign(matter, unit) {
  const page = await office.assign("dispatcher", `${matter.path}/assignments`, unit);
  return matter.path + (await nodes(page)).at(-1);
}

const sign = (unit, matter, node) => office.click(`liaison.${unit}`, matter.path, `${node}/signature`);

let answers = 0;

/** Answers in words of its own, submits, signs off, reviews. */
async function finish(unit, node) {
  const text = `${ANSWER}本单位第${++answers}次答复。`;
  await office.step(`liaison.${unit}`, `${node}/answer`, { "outcome-1": "solved", text });
  await office.step(`liaison.${unit}`, `${node}/submission`);
  await office.step(`head.${unit}`, `${node}/sign-off`, { approve: "yes" });
  await office.step("shift_head", `${node}/review`, { approve: "yes" });
}

/** From assigned to called back. */
async function handled(matter, unit) {
  const node = await assign(matter, unit);
  await sign(unit, matter, node);
  await office.step(`liaison.${unit}`, `${node}/contact`, { text: "已电话联系，约定现场查看。" });
  await finish(unit, node);
  return node;
}

/** Sends the form empty: every complaint names its field, and the page is sound. */
async function refusesNothing(user, path, fields) {
  const page = await office.form(user, path);
  await send(page);
  const said = await page.locator(".error-summary li").allInnerTexts();
  assert.equal(said.length, fields.length, said.join(" "));
  for (const [at, field] of fields.entries()) assert.ok(said[at].startsWith(field), `${said[at]} names ${field}`);
  await check.sound(page);
}


describe("an objection", () => {
  it("that is upheld moves the matter to another unit, and leaves the promise alone", async () => {
    const matter = await accepted("门前道路积水没人管");
    const node = await assign(matter, "ld-zj");
    const before = await words(await office.at("dispatcher", matter.path), PROMISE);

    await refusesNothing("liaison.ld-zj", `${node}/objection`, ["异议理由", "法定依据"]);
    const basis = "依据三定规定，该处排水设施由供电公司迁改时负责恢复。";
    await office.step("liaison.ld-zj", `${node}/objection`, { ground: "not_our_duty", basis });

    await refusesNothing("dispatcher", `${node}/objection-decision`, ["裁定意见", "理由"]);
    const form = await office.form("dispatcher", `${node}/objection-decision`);
    const beside = await words(form, "aside");
    assert.ok(beside.includes(basis) && beside.includes("不属于本单位法定职责"), "the objection stands beside the ruling");
    await fill(form, { uphold: "yes", to: "ld-gd", reason: "职责清楚，改派。" });
    await send(form);
    await done(form, /已裁定/);
    assert.equal(await words(form, PROMISE), before);
    assert.match(await words(form, ".headline-facts"), /改派次数\s*1/);
    assert.equal(await form.locator(".tree-node").count(), 2);
    await check.sound(form);

    const gone = await office.at("liaison.ld-zj", matter.path);
    assert.equal(await gone.locator(".matter-actions").count(), 0, "who was heard has no part in it any more");
    const now = await office.at("liaison.ld-gd", matter.path);
    assert.match(await words(now, ".matter-actions"), /签收/);
  });
});

describe("more time", () => {
  it("once granted moves the promise, and says from when and why", async () => {
    const matter = await accepted("变压器增容迟迟不批");
    const node = await assign(matter, "ld-gd");
    await sign("ld-gd", matter, node);
    const before = await words(await office.at("dispatcher", matter.path), PROMISE);

    await refusesNothing("liaison.ld-gd", `${node}/interval`, ["申请理由", "延长几个工作日", "情况说明"]);
    const asked = await office.form("liaison.ld-gd", `${node}/interval`);
    assert.match(await words(asked), /最多 1 次，不超过 7 个工作日/, "the procedure's limits are told");
    await fill(asked, { ground: "extension:needs_funds", days: "8", reason: "设备到货需要时间。" });
    await send(asked);
    assert.match(await words(asked, ".error-summary"), /延长几个工作日.*7/);
    await fill(asked, { days: "3" });
    await send(asked);
    await done(asked, /批准前时限照常计算/);
    assert.equal(await words(asked, PROMISE), before, "asking moves nothing");

    const page = await office.step("shift_head", `${node}/interval-decision`, { grant: "yes", reason: "情况属实，同意。" });
    const moved = await words(page, PROMISE);
    assert.notEqual(moved, before);
    const promise = page.locator("details.limit", { hasText: "承诺办结" });
    await promise.locator("summary").click();
    const first = /\d+月\d+日/.exec(before)[0];
    assert.ok((await promise.innerText()).includes(`原承诺 ${first}，承办单位经批准延期后顺延`));
    await check.sound(page);

    const appellant = await office.appellant(matter, { width: 390 });
    assert.match(await words(appellant), /经批准延期/);
    assert.ok((await words(appellant)).includes("情况属实，同意。"));
    await check.sound(appellant);
  });
});

describe("a withdrawal", () => {
  it("is the appellant's own, after a warning, and ends the unit's part", async () => {
    const matter = await accepted("仓库门口堆着别家的货");
    const node = await assign(matter, "ld-zj");
    await sign("ld-zj", matter, node);
    const appellant = await office.appellant(matter, { width: 390 });
    await appellant.getByRole("link", { name: "撤回诉求" }).click();
    await appellant.waitForURL("**/track/withdrawal");
    assert.match(await words(appellant), /如果有人要求您撤回，请不要撤回/);
    await check.sound(appellant);
    await appellant.getByLabel("撤回的原因").fill("货已经搬走了。");
    await send(appellant);
    assert.match(await words(appellant), /诉求已撤回/);
    await check.sound(appellant);

    const unit = await office.at("liaison.ld-zj", matter.path);
    const left = await unit.locator(".matter-actions a").evaluateAll((links) => links.map((link) => link.pathname));
    for (const verb of ["respond", "submit", "contact", "object", "extension"]) {
      assert.ok(!left.some((path) => path.endsWith(`/${verb}`)), `nothing is left to do: ${left.join(" ")}`);
    }
    const page = await office.at("shift_head", matter.path);
    assert.match(await words(page, ".headline"), /诉求人撤回/);
    assert.ok((await words(page)).includes("货已经搬走了。"));
  });
});

describe("a decline", () => {
  it("takes two persons, and the appellant reads ground and right way", async () => {
    const matter = await register("与合伙人的货款纠纷");
    const way = "请向合同约定的人民法院提起民事诉讼。";
    await refusesNothing("intake", `${matter.path}/decline`, ["理由", "应走的渠道"]);
    await office.step("intake", `${matter.path}/decline`, { ground: "private_dispute", right_way: way });
    const waiting = await office.appellant(matter);
    assert.ok(!(await words(waiting)).includes(way), "a proposal is the office's own business");

    const proposer = await office.as("intake");
    const own = await proposer.request.get(`${office.url}${matter.path}/decline-decision`);
    assert.equal(own.status(), 403, "nobody approves their own proposal");
    await office.step("shift_head", `${matter.path}/decline-decision`, { approve: "yes" });

    const appellant = await office.appellant(matter, { width: 390 });
    const read = await words(appellant);
    assert.ok(read.includes(way) && read.includes("属于民事纠纷"), read);
    await check.sound(appellant);
  });
});

describe("a merge", () => {
  it("gives the follower the master's answer and a rating of its own", async () => {
    const master = await accepted("园区门口路灯不亮");
    const follower = await accepted("园区门口路灯一直黑着");
    await refusesNothing("dispatcher", `${follower.path}/merge`, ["主单编号", "理由"]);
    await office.step("dispatcher", `${follower.path}/merge`, { master: master.number, reason: "同一处路灯。" });
    await handled(master, "ld-gd");

    const first = await office.appellant(master);
    await rate(first, { solved: "yes", grade: "very_satisfied" });
    const second = await office.appellant(follower, { width: 390 });
    await untilItReads(second, ANSWER);
    await rate(second, { solved: "no", grade: "dissatisfied", reason: "我这头的灯还是不亮。" });
    await check.sound(second);

    const page = await office.at("call_back", master.path);
    assert.match(await words(page), /非常满意/);
    assert.ok(!(await words(page)).includes("我这头的灯还是不亮"), "each rating stands with its own matter");
    await page.getByRole("link", { name: follower.number }).click();
    await page.waitForURL(`**${follower.path}`);
    assert.ok((await words(page)).includes("我这头的灯还是不亮"));
  });
});

describe("a redo", () => {
  it("follows a valid “not solved”, hides the grade from the unit, and closes once solved", async () => {
    const matter = await accepted("厂门口下水道堵塞");
    const node = await handled(matter, "ld-gd");

    await office.step("call_back", `${matter.path}/calls`, { outcome: "no_answer" });
    await office.step("call_back", `${matter.path}/calls`, { outcome: "reached" });
    await refusesNothing("call_back", `${matter.path}/rating`, ["问题解决了吗", "满意程度"]);
    const said = "水还是积着，来过一次就没人管了。";
    await office.step("call_back", `${matter.path}/rating`, { solved: "no", grade: "very_dissatisfied", reason: said });

    await refusesNothing("call_back", `${matter.path}/redo-decision`, ["认定", "理由"]);
    const why = "雨后仍有积水，管道未疏通。";
    await office.step("call_back", `${matter.path}/redo-decision`, { valid: "yes", reason: why });

    const unit = await office.at("liaison.ld-gd", matter.path);
    const read = await words(unit);
    assert.ok(read.includes(why), "the unit reads the reason");
    assert.ok(!read.includes("不满意") && !read.includes(said), "never the grade");
    await check.sound(unit);

    await office.step("liaison.ld-gd", `${node}/contact`, { text: "已上门道歉并复查。" });
    await finish("ld-gd", node);
    const appellant = await office.appellant(matter);
    await rate(appellant, { solved: "yes", grade: "satisfied" });
    const page = await office.at("shift_head", matter.path);
    assert.match(await words(page, ".headline"), /已办结[\s\S]*已解决[\s\S]*重办次数\s*1/);
  });
});

describe("a sealed identity", () => {
  const secrets = ["钱多多", "13800009977", "9977", "测试印刷厂", "三班倒的老工人"];
  let matter;
  let node;

  it("cannot be handed on before its text is redacted", async () => {
    matter = await register("印刷厂拖欠加班费", {
      shielded: true,
      name: secrets[0],
      phone: secrets[1],
      enterprise: secrets[3],
      text: `我是${secrets[3]}${secrets[4]}，厂里拖欠加班费三个月。`,
    });
    await accept(matter);
    const early = await office.at("dispatcher", `${matter.path}/assignments`);
    assert.equal(new URL(early.url()).pathname, matter.path);
    await office.step("intake", `${matter.path}/redaction`, {
      title: "某企业拖欠加班费",
      text: "诉求人反映某企业拖欠加班费三个月。",
    });
    node = await assign(matter, "ld-rs");
  });

  it("is nowhere to be found by who handles the matter", async () => {
    const page = await office.as("liaison.ld-rs");
    await sign("ld-rs", matter, node);
    const paths = ["/desk", `/desk?tab=all`, `/desk?tab=all&q=${encodeURIComponent(secrets[0])}`, matter.path];
    paths.push(`${node}/contact`, `${node}/interval`, `${matter.path}/messages`, `${matter.path}/openings`);
    paths.push(`/api/v1${matter.path}`, "/api/v1/matters");
    let met = 0;
    for (const path of paths) {
      const answer = await page.request.get(office.url + path);
      const source = await answer.text();
      assert.ok(answer.ok(), `${path} answers ${answer.status()}`);
      if (source.includes("某企业拖欠加班费")) met += 1;
      for (const secret of secrets.filter((one) => !path.includes(encodeURIComponent(one)))) {
        assert.ok(!source.includes(secret), `${path} holds ${secret}`);
      }
    }
    assert.ok(met >= 4, "the matter itself was met on the way");
    const opened = await page.request.post(`${office.url}${matter.path}/contact`, { headers: { origin: office.url } });
    assert.ok(!opened.ok(), "nor by asking for it outright");
    assert.ok(!(await opened.text()).includes(secrets[0]));

    await office.form("liaison.ld-rs", `${node}/contact`);
    assert.deepEqual(
      await page.locator("[name=way]").evaluateAll((ways) => ways.map((way) => way.value)),
      ["platform"],
      "contact goes through the platform",
    );
  });

  it("opens with a reason, by a second person, on record and to the appellant's knowledge", async () => {
    const reason = "须核对工资发放台账。";
    await refusesNothing("liaison.ld-rs", `${matter.path}/openings`, ["必须查看的理由"]);
    await office.step("liaison.ld-rs", `${matter.path}/openings`, { reason });
    assert.ok(!(await words(await office.at("liaison.ld-rs", matter.path))).includes(secrets[0]), "asking opens nothing");
    const form = await office.form("shift_head", `${matter.path}/opening-decision`);
    assert.ok((await words(form, "aside")).includes(reason));
    await check.sound(form);
    await office.step("shift_head", `${matter.path}/opening-decision`, { approve: "yes" });

    const page = await office.click("liaison.ld-rs", matter.path, `${matter.path}/contact`);
    assert.ok((await words(page)).includes(secrets[0]) && (await words(page)).includes(secrets[1]));
    assert.match(await words(page, ".story"), /查看联系方式/);
    await check.sound(page);

    const head = await office.at("head.ld-rs", matter.path);
    assert.ok(!(await head.content()).includes(secrets[0]), "it is open to who asked, not to the unit");
    const appellant = await office.appellant(matter, { width: 390 });
    assert.ok((await words(appellant)).includes(reason), "the appellant knows");
    await check.sound(appellant);
  });
});

/** Looks again until the page says it: the platform follows the master on its own. */
async function untilItReads(page, text) {
  for (let looks = 0; looks < 50; looks += 1) {
    if ((await words(page)).includes(text)) return;
    await page.reload();
  }
  assert.fail(`${page.url()} never reads ${text}`);
}

/** The appellant's rating. */
async function rate(page, rating) {
  await page.goto(`${office.url}/track/rating`);
  await fill(page, rating);
  await send(page);
}
