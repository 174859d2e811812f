// The intake desk: keys for everything, what is typed kept on the server, what is known of the
// caller beside it. Every step is a form's own button; this file presses it.
import { suggest } from "./combo";

/** How long typing rests before it is kept and looked up, in milliseconds. */
const REST = 900;
/** Fields by which callers, firms and similar matters are looked up. */
const KNOWN_BY = new Set(["phone", "enterprise", "credit_code", "title", "text", "area", "county", "zone", "category", "complained_about", "look_up"]);

/** Starts the desk where the page is one. */
export function intake(): void {
  document.querySelector<HTMLElement>("[data-first]")?.focus();
  const form = document.querySelector<HTMLFormElement>("form[data-intake]");
  if (!form) return;
  const desk = new Desk(form);
  if (desk.popped()) return;
  desk.start();
}

class Desk {
  readonly #form: HTMLFormElement;
  readonly #id: string;
  readonly #state: HTMLElement;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #sent = false;
  #lookUp = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#id = form.dataset.intake ?? "";
    this.#state = form.querySelector("[data-state]") as HTMLElement;
  }

  /** A telephone system opened the page: what stands behind # goes to the server in a body. */
  popped(): boolean {
    const said = new URLSearchParams(location.hash.slice(1));
    const tel = said.get("tel");
    if (!tel) return false;
    history.replaceState(null, "", location.pathname);
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/intake/calls";
    for (const [name, value] of [
      ["tel", tel],
      ["rec", said.get("rec") ?? ""],
    ]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    return true;
  }

  start(): void {
    this.#cascade();
    this.#firms();
    this.#express();
    this.#keep();
    this.#keys();
    this.#paste();
    this.#buttons();
    this.#quotable();
    window.addEventListener("hashchange", () => this.popped());
    if (!document.querySelector("[data-focus]")) this.#field(this.#value("phone") ? "title" : "phone")?.focus();
  }

  // ── fields

  #field(name: string): HTMLElement | null {
    const field = this.#form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && field.hidden) {
      return document.getElementById(field.id.replace(/-list$/, ""));
    }
    return field instanceof HTMLElement ? field : null;
  }

  #control(name: string): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null {
    const field = this.#form.elements.namedItem(name);
    return field instanceof HTMLElement ? (field as HTMLInputElement) : null;
  }

  #value(name: string): string {
    return this.#control(name)?.value.trim() ?? "";
  }

  /** Fills empty fields and marks them; answers their labels. */
  #fill(values: Record<string, string>): string[] {
    const filled: string[] = [];
    for (const [name, value] of Object.entries(values)) {
      const control = this.#control(name);
      if (!control || control.value.trim()) continue;
      control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
      const shown = this.#field(name);
      if (!shown) continue;
      shown.classList.add("filled");
      shown.addEventListener("input", () => shown.classList.remove("filled"), { once: true });
      shown.closest("details")?.setAttribute("open", "");
      filled.push(document.querySelector(`label[for="${CSS.escape(shown.id)}"]`)?.textContent ?? name);
    }
    if (filled.length) this.#changed(true);
    return filled;
  }

  /** Townships of the county, zones over the place. */
  #cascade(): void {
    const county = this.#control("county") as HTMLSelectElement;
    const area = this.#control("area") as HTMLSelectElement;
    const zone = this.#control("zone") as HTMLSelectElement;
    if (!county || !area || !zone) return;
    const within = (option: HTMLOptionElement) => (option.dataset.within ?? "").split(" ").filter(Boolean);
    const narrow = () => {
      const township = area.selectedOptions[0];
      if (township?.value && within(township)[0] !== county.value) {
        county.value = within(township)[0] ?? "";
        county.dispatchEvent(new Event("change"));
      }
      for (const option of area.options) option.disabled = Boolean(county.value) && Boolean(option.value) && within(option)[0] !== county.value;
      const place = area.value || county.value;
      for (const option of zone.options) {
        const over = within(option);
        const touches = over.some((code) => code.startsWith(place) || place.startsWith(code));
        option.disabled = Boolean(option.value) && Boolean(place) && over.length > 0 && !touches;
      }
    };
    county.addEventListener("change", () => {
      const chosen = area.selectedOptions[0];
      if (county.value && chosen?.value && within(chosen)[0] !== county.value) {
        area.value = "";
        area.dispatchEvent(new Event("change"));
      }
      narrow();
    });
    area.addEventListener("change", narrow);
    narrow();
  }

  /** Firms known from earlier appeals, while their name is typed. */
  #firms(): void {
    const input = this.#control("enterprise") as HTMLInputElement;
    const holder = input?.closest<HTMLElement>(".form-field");
    if (!input || !holder) return;
    suggest(
      input,
      holder,
      async (typed) => {
        if ([...typed.trim()].length < 2) return [];
        const answer = await this.#post("/intake/enterprises", new URLSearchParams({ enterprise: typed }));
        if (!answer?.ok) return [];
        const firms = (await answer.json()) as { name: string; credit_code: string }[];
        return firms.map((firm) => ({
          label: firm.name,
          group: firm.credit_code,
          take: () => {
            input.value = firm.name;
            const code = this.#control("credit_code");
            if (code && firm.credit_code) code.value = firm.credit_code;
            this.#changed(true);
          },
        }));
      },
      "",
    );
  }

  /** Each channel has its express line. */
  #express(): void {
    const channel = this.#control("channel") as HTMLSelectElement;
    channel?.addEventListener("change", () => {
      const line = channel.selectedOptions[0]?.dataset.line;
      this.#form.querySelectorAll<HTMLInputElement>("input[name=express_lines]").forEach((box) => {
        box.checked = box.value === line;
      });
    });
  }

  // ── kept and looked up

  #keep(): void {
    const changed = (event: Event) => {
      const name = (event.target as HTMLInputElement).name;
      if (name === "attachments") return;
      this.#changed(KNOWN_BY.has(name));
    };
    this.#form.addEventListener("input", changed);
    this.#form.addEventListener("change", changed);
    this.#form.addEventListener("submit", () => (this.#sent = true));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.#dirty && !this.#sent) void this.#save(true);
    });
  }

  #changed(lookUp: boolean): void {
    this.#dirty = true;
    this.#lookUp ||= lookUp;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#rest(), REST);
  }

  async #rest(): Promise<void> {
    const lookUp = this.#lookUp;
    this.#lookUp = false;
    await Promise.all([this.#save(), lookUp ? this.#look() : undefined]);
  }

  /** `leaving`: the page may be gone before the answer comes. */
  async #save(leaving = false): Promise<void> {
    if (this.#sent) return;
    this.#dirty = false;
    const answer = await this.#post(`/intake/${this.#id}/draft`, this.#fields(), leaving);
    if (answer?.ok) this.#say(this.#form.dataset.saved);
    else if (!this.#sent) {
      this.#say(this.#form.dataset.unsaved);
      this.#changed(false);
    }
  }

  async #look(): Promise<void> {
    const rail = this.#form.querySelector("[data-rail]");
    const answer = await this.#post("/intake/rail", this.#fields());
    if (!rail || !answer?.ok) return;
    rail.innerHTML = await answer.text();
    this.#quotable();
  }

  /** Everything but the files, which are sent at once when they are chosen. */
  #fields(): URLSearchParams {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (typeof value === "string") fields.append(name, value);
    return fields;
  }

  async #post(path: string, body: URLSearchParams | FormData, keepalive = false): Promise<Response | undefined> {
    const accept = path === "/intake/rail" ? "text/html" : "application/json";
    return fetch(path, { method: "POST", body, headers: { accept }, keepalive }).catch(() => undefined);
  }

  #say(words: string | undefined): void {
    this.#state.textContent = words ?? "";
  }

  // ── keys

  #keys(): void {
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const menu = (event.target as Element).closest<HTMLDetailsElement>("details.intake-menu[open]");
      if (menu && this.#inMenu(menu, event)) return;
      // Enter goes on to the next thing, it does not send a half-filled form.
      if (event.key === "Enter" && (event.target as Element).matches("input.form-control, select")) event.preventDefault();
      if (!/^F\d+$/.test(event.key)) return;
      const button = this.#form.querySelector<HTMLElement>(`[data-fkey="${event.key}"]`);
      if (!button) return;
      event.preventDefault();
      this.#press(button);
    });
    for (const menu of this.#form.querySelectorAll<HTMLDetailsElement>("details.intake-menu")) {
      menu.addEventListener("toggle", () => {
        if (menu.open && !menu.contains(document.activeElement)) this.#enter(menu);
      });
    }
  }

  #press(button: HTMLElement): void {
    const needed = button.dataset.needs;
    if (needed && !this.#value(needed)) {
      const field = this.#field(needed);
      field?.closest("details")?.setAttribute("open", "");
      field?.focus();
      return;
    }
    button.click();
    const menu = button.closest<HTMLDetailsElement>("details.intake-menu");
    if (menu?.open) this.#enter(menu);
  }

  /** To the first thing to choose; at once, since the next key may follow before the browser
   * tells that the menu opened. */
  #enter(menu: HTMLElement): void {
    (menu.querySelector<HTMLElement>(".intake-menu-body button") ?? menu.querySelector("summary"))?.focus();
  }

  #inMenu(menu: HTMLDetailsElement, event: KeyboardEvent): boolean {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary")?.focus();
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...menu.querySelectorAll<HTMLElement>(".intake-menu-body button")];
    if (!step || !buttons.length) return false;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    return true;
  }

  // ── pasting

  #paste(): void {
    this.#form.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) {
        event.preventDefault();
        void this.#upload(files);
      } else if ((event.target as HTMLElement).id === "text") {
        const pasted = event.clipboardData?.getData("text") ?? "";
        if (pasted.trim().length > 12) setTimeout(() => void this.#split(pasted));
      }
    });
    const chosen = this.#control("attachments") as HTMLInputElement;
    chosen?.addEventListener("change", () => {
      const files = [...(chosen.files ?? [])];
      chosen.value = "";
      if (files.length) void this.#upload(files);
    });
  }

  async #split(message: string): Promise<void> {
    const fields = new URLSearchParams({ message });
    const answer = await this.#post(`/intake/${this.#id}/split`, fields);
    if (!answer?.ok) return;
    this.#told(this.#fill((await answer.json()) as Record<string, string>));
  }

  #told(filled: string[]): void {
    const words = this.#form.dataset;
    this.#say(filled.length ? words.filled?.replace("#", filled.join("、")) : words.nothing);
  }

  async #upload(files: File[]): Promise<void> {
    const body = new FormData();
    for (const [name, value] of this.#fields()) body.append(name, value);
    for (const file of files) body.append("attachments", file, file.name || "screenshot.png");
    await this.#listed(await this.#post(`/intake/${this.#id}/files`, body));
  }

  async #listed(answer: Response | undefined): Promise<void> {
    if (!answer?.ok) return this.#say(this.#form.dataset.unsaved);
    const told = (await answer.json()) as { files: { id: string; name: string; size: string }[]; errors: string[] };
    const list = this.#form.querySelector("[data-files]");
    list?.replaceChildren(
      ...told.files.map((file) => {
        const item = document.createElement("li");
        const size = document.createElement("span");
        size.className = "form-hint";
        size.textContent = file.size;
        const button = document.createElement("button");
        button.type = "submit";
        button.className = "btn btn-sm";
        button.formNoValidate = true;
        button.setAttribute("formaction", `/intake/${this.#id}/files/${file.id}/removal`);
        button.dataset.removeFile = file.id;
        button.textContent = this.#form.dataset.remove ?? "";
        button.setAttribute("aria-label", `${this.#form.dataset.remove} ${file.name}`);
        item.append(`${file.name} `, size, " ", button);
        return item;
      }),
    );
    this.#say(told.errors.length ? told.errors.join(" ") : this.#form.dataset.saved);
  }

  // ── buttons that need no new page

  #buttons(): void {
    this.#form.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button");
      if (!button) return;
      const { known, removeFile, quote } = button.dataset;
      if (known) {
        event.preventDefault();
        void this.#known(known);
      } else if (quote) {
        event.preventDefault();
        this.#quote(quote, button.dataset.item);
      } else if (button.dataset.category) {
        this.#categorize(button.dataset.category);
      } else if (button.dataset.route) {
        event.preventDefault();
        this.#route(button.dataset.route.split(" "));
      } else if (removeFile) {
        event.preventDefault();
        void this.#post(`/intake/${this.#id}/files/${removeFile}/removal`, this.#fields()).then((answer) => this.#listed(answer));
      } else if (button.dataset.split !== undefined) {
        event.preventDefault();
        void this.#split(this.#value("text"));
      } else if (button.dataset.look !== undefined) {
        event.preventDefault();
        void this.#look();
      }
    });
  }

  /** What needs scripts is shown where they run; answers can be quoted where there is an answer to quote into. */
  #quotable(): void {
    this.#form.querySelectorAll<HTMLButtonElement>("button[data-category]").forEach((button) => (button.hidden = false));
    if (!this.#control("answer")) return;
    this.#form.querySelectorAll<HTMLButtonElement>("button[data-quote]").forEach((button) => (button.hidden = false));
  }

  /** Takes a suggested category; the officer may still choose another. */
  #categorize(code: string): void {
    const select = this.#form.querySelector<HTMLSelectElement>('select[name="category"]');
    if (!select) return;
    select.value = code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    this.#say(select.selectedOptions[0]?.text);
    this.#changed(true);
  }

  /** Takes a suggested routing: the lead, then who works with it. */
  #route(units: string[]): void {
    const taken: string[] = [];
    for (let n = 1; ; n++) {
      const select = this.#form.querySelector<HTMLSelectElement>(`select[name="unit-${n}"]`);
      if (!select) break;
      select.value = units[n - 1] ?? "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
      if (select.value) taken.push(select.selectedOptions[0]?.text ?? "");
    }
    this.#say(taken.join("、"));
    this.#changed(false);
  }

  /** `item`: of the knowledge base, in which version; noted on the matter with its answer. */
  #quote(text: string, item?: string): void {
    const field = this.#control("answer");
    if (!field) return;
    const quoted = this.#control("quoted");
    if (item && quoted && !quoted.value.split(" ").includes(item)) quoted.value = `${quoted.value} ${item}`.trim();
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n${text}` : text;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    this.#say(this.#form.dataset.quoted);
    this.#changed(false);
  }

  async #known(matter: string): Promise<void> {
    const answer = await this.#post(`/intake/${this.#id}/known/${matter}`, this.#fields());
    if (!answer?.ok) return;
    this.#told(this.#fill((await answer.json()) as Record<string, string>));
    this.#field("title")?.focus();
  }
}
