// Files in forms marked data-uploads are sent in parts as soon as they are chosen. A line that
// breaks holds them up, no more: the server is asked how far it came, and they go on. Where
// this does not run, the form sends them whole.

/** Sends files ahead. */
export function uploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-uploads]")) {
    const field = form.querySelector<HTMLInputElement>("input[type=file]");
    if (!field) continue;
    if (!("uploadsList" in form.dataset)) sayProblems(field);
    field.addEventListener("change", () => void sendAll(form, field));
  }
}

async function sendAll(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const files = [...(field.files ?? [])];
  if (files.length === 0) return;
  const bar = progressBar(field);
  const buttons = [...form.querySelectorAll<HTMLButtonElement>("[type=submit]")];
  for (const button of buttons) button.disabled = true;
  field.disabled = true;
  const problems: string[] = [];
  for (const file of files) {
    try {
      const id = await sendOne(form, file, bar);
      if ("uploadsList" in form.dataset) list(form, file, id);
    } catch (problem) {
      problems.push(problem instanceof Error ? problem.message : String(problem));
    }
  }
  field.value = "";
  if (!("uploadsList" in form.dataset)) {
    // The page lists what has come; what has not is said on it.
    sessionStorage.setItem(PROBLEMS, JSON.stringify(problems));
    location.assign(location.pathname);
    return;
  }
  field.disabled = false;
  for (const button of buttons) button.disabled = false;
  if (problems.length > 0) bar.fail(problems);
  else bar.say("");
}

const PROBLEMS = "upload-problems";

/** Says what went wrong before the page was loaded anew. */
function sayProblems(field: HTMLInputElement): void {
  const problems = JSON.parse(sessionStorage.getItem(PROBLEMS) ?? "[]") as string[];
  sessionStorage.removeItem(PROBLEMS);
  if (problems.length > 0) progressBar(field).fail(problems);
}

/** A refusal of the server, in words: nothing that trying again would change. */
class Refused extends Error {}

async function sendOne(form: HTMLFormElement, file: File, bar: Bar): Promise<string> {
  const base = form.dataset.uploads ?? "";
  const name = file.name;
  const begun = await insist(form, name, bar, () =>
    fetch(base, { method: "POST", body: new URLSearchParams({ name, size: String(file.size) }) }),
  );
  const { id, part } = (await begun.json()) as { id: string; part: number };
  const address = `${base}/${id}`;
  let offset = 0;
  while (offset < file.size) {
    bar.say(words(form.dataset.sending, name, Math.floor((100 * offset) / file.size)));
    const body = file.slice(offset, offset + part);
    const answer = await insist(form, name, bar, () =>
      fetch(address, { method: "PATCH", headers: { "Upload-Offset": String(offset) }, body }),
    );
    if (answer.status === 201) break;
    offset = Number(answer.headers.get("Upload-Offset"));
  }
  return id;
}

/** Asks until there is an answer; between tries it waits for the line, longer each time. */
async function insist(form: HTMLFormElement, name: string, bar: Bar, ask: () => Promise<Response>): Promise<Response> {
  for (let pause = 1000; ; pause = Math.min(pause * 2, 15_000)) {
    try {
      const answer = await ask();
      if (answer.ok || answer.status === 409) return answer;
      if (answer.status === 422) {
        const told = (await answer.json()) as { message?: string; detail?: string };
        throw new Refused(`${told.message ?? told.detail ?? name}`);
      }
      if (answer.status < 500) throw new Refused(`${name}: ${answer.status}`);
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
    bar.say(words(form.dataset.waiting, name, 0));
    await online(pause);
  }
}

function online(pause: number): Promise<void> {
  return new Promise((go) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      go();
    };
    const timer = setTimeout(done, pause);
    window.addEventListener("online", done);
  });
}

function words(pattern: string | undefined, name: string, percent: number): string {
  return (pattern ?? "").replace("#name", name).replace("#percent", String(percent));
}

/** Names a file that has come in the form that will take it. */
function list(form: HTMLFormElement, file: File, id: string): void {
  const line = document.createElement("li");
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = file.name;
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = "uploaded";
  hidden.value = id;
  line.append(name, hidden);
  form.querySelector("[data-uploaded]")?.append(line);
}

interface Bar {
  say(text: string): void;
  fail(problems: string[]): void;
}

function progressBar(field: HTMLInputElement): Bar {
  const old = field.parentElement?.querySelector(".upload-bar");
  const bar = old ?? document.createElement("p");
  bar.className = "upload-bar";
  bar.setAttribute("role", "status");
  if (!old) field.after(bar);
  return {
    say: (text) => {
      bar.classList.remove("upload-failed");
      bar.textContent = text;
    },
    fail: (problems) => {
      bar.classList.add("upload-failed");
      bar.textContent = problems.join(" ");
    },
  };
}
