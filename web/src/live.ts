// How many notices are new, beside the bell, as it changes. Without scripts the list says it.

/** Listens while the page is looked at; a hidden page asks again when it comes back. */
export function liveCount(): void {
  const bell = document.querySelector<HTMLElement>("[data-live]");
  const count = bell?.querySelector<HTMLElement>("[data-count]");
  if (!bell || !count || !window.EventSource) return;
  let source: EventSource | undefined;
  const said = bell.dataset.unread ?? "";
  const listen = () => {
    source = new EventSource(bell.dataset.live ?? "");
    source.onmessage = (event) => {
      const unread = Number(event.data);
      count.hidden = !(unread > 0);
      count.textContent = unread > 99 ? "99+" : String(unread);
      count.setAttribute("aria-label", `${unread} ${said}`);
    };
  };
  const follow = () => {
    source?.close();
    source = undefined;
    if (!document.hidden) listen();
  };
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", () => source?.close());
  follow();
}
