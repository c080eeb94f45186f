/** The page of an act: check its receipt here, against a key that the reader trusts. Without scripts the form is hidden. */

import { checkReceipt, parseKey, Refused } from "./record-check.mjs";

const form = document.getElementById("check-here");
const said = form.querySelector("output");

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Refused(`${address} was not handed out`);
  return new Uint8Array(await answer.arrayBuffer());
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const log = await parseKey(form.elements.key.value.trim(), [1]);
    const [act, receipt] = [await bytes(form.dataset.act), await bytes(form.dataset.receipt)];
    const head = await checkReceipt(receipt, act, log);
    said.textContent = `${form.dataset.holds} ${head.size}: ${head.origin}`;
  } catch (fault) {
    said.textContent = `${form.dataset.refused} ${fault.message}`;
    if (!(fault instanceof Refused)) throw fault;
  }
});
form.hidden = false;
