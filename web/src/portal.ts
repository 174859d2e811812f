// The public's pages work without this file; it only makes them kinder.
import { copyButtons, countCharacters, focusProblem, onePanel, printButtons, sendOnce } from "./common";

focusProblem();
countCharacters();
copyButtons();
printButtons();
onePanel();
sendOnce();
