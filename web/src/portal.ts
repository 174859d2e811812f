// The public's pages work without this file; it only makes them kinder.
import { copyButtons, countCharacters, focusProblem, onePanel, printButtons, sendOnce } from "./common";
import { codeFromFragment } from "./fragment";
import { uploads } from "./uploads";

focusProblem();
countCharacters();
copyButtons();
printButtons();
onePanel();
sendOnce();
codeFromFragment();
uploads();
