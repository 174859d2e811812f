// Reads and changes a Word document's text: what somebody does in Word or WPS, as far as a test
// needs it.
import { unzip, zip } from "./xlsx.mjs";

const BODY = "word/document.xml";

/** What the document says, tags left out. */
export const words = (bytes) => unzip(bytes).get(BODY).toString("utf8").replace(/<[^>]*>/g, "");

/** The document with its body changed. */
export function withBody(bytes, change) {
  const files = unzip(bytes);
  files.set(BODY, Buffer.from(change(files.get(BODY).toString("utf8"))));
  return zip(files);
}
