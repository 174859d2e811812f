// What was said is recorded on the page and comes along as one of the form's files. Where the
// browser cannot record, or the microphone is refused, files are chosen as ever.

/** The longest recording, in milliseconds. */
const LONGEST = 10 * 60 * 1000;
/** What a browser may record, the most common first; the server looks at the bytes. */
const TYPES = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "m4a"],
] as const;

/** Offers recording beside each file field that a `data-voice` names. */
export function recordVoice(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-voice]")) {
    const field = document.getElementById(place.dataset.voice ?? "");
    const type = TYPES.find(([type]) => window.MediaRecorder?.isTypeSupported(type));
    if (!(field instanceof HTMLInputElement) || !type || !navigator.mediaDevices) continue;
    offer(place, field, type);
  }
}

function offer(place: HTMLElement, field: HTMLInputElement, [type, ending]: (typeof TYPES)[number]): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = place.dataset.start ?? "";
  const told = document.createElement("p");
  told.className = "form-hint";
  told.setAttribute("role", "status");
  place.append(button, told);
  place.hidden = false;
  let recorder: MediaRecorder | undefined;
  let count = 0;
  button.addEventListener("click", () => void (recorder ? recorder.stop() : begin()));

  async function begin(): Promise<void> {
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      told.textContent = place.dataset.refused ?? "";
      return;
    }
    const pieces: Blob[] = [];
    const running = new MediaRecorder(stream, { mimeType: type });
    const end = window.setTimeout(() => running.stop(), LONGEST);
    running.addEventListener("dataavailable", (event) => pieces.push(event.data));
    running.addEventListener("stop", () => {
      window.clearTimeout(end);
      for (const track of stream.getTracks()) track.stop();
      recorder = undefined;
      button.textContent = place.dataset.start ?? "";
      count += 1;
      add(new File(pieces, `${place.dataset.name ?? "voice"}-${count}.${ending}`, { type }));
    });
    running.start();
    recorder = running;
    button.textContent = place.dataset.stop ?? "";
    told.textContent = place.dataset.running ?? "";
  }

  /** One more file beside those chosen; it can be listened to before it is sent. */
  function add(file: File): void {
    const files = new DataTransfer();
    for (const chosen of field.files ?? []) files.items.add(chosen);
    files.items.add(file);
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    told.textContent = `${place.dataset.added ?? ""} ${file.name}`;
    const sound = document.createElement("audio");
    sound.controls = true;
    sound.src = URL.createObjectURL(file);
    sound.setAttribute("aria-label", file.name);
    place.append(sound);
  }
}
