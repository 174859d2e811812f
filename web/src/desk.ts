// The staff's pages: partial updates with htmx, keys for frequent ways, no lost typing.
import htmx from "htmx.org";
import { batch } from "./batch";
import { combos } from "./combo";
import { copyButtons, countCharacters, focusProblem, onePanel, printButtons, sendOnce } from "./common";
import { intake } from "./intake";
import { keyboard } from "./keyboard";
import { liveCount } from "./live";
import { insertButtons, knowledge, quoteButtons } from "./quotes";
import { keepTyping } from "./typing";
import { recordVoice } from "./voice";

// The content security policy allows neither inline styles nor evaluated code.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;

focusProblem();
countCharacters();
copyButtons();
printButtons();
onePanel();
sendOnce();
keyboard();
keepTyping();
quoteButtons();
insertButtons();
combos();
knowledge();
intake();
batch();
liveCount();
recordVoice();
document.addEventListener("htmx:afterSwap", () => {
  countCharacters();
  copyButtons();
  printButtons();
  combos();
});
