/** The form of a body: fetch the sentence on what misdeclaring would bring when the form is opened. Without scripts its link leads there. */

async function told(place) {
  const link = place.querySelector("a");
  if (place.dataset.asked || !link) return;
  place.dataset.asked = "yes";
  const answer = await fetch(link.href, { headers: { Accept: "text/plain" } });
  if (answer.ok) place.querySelector("[role=status]").textContent = `${await answer.text()} `;
}

for (const place of document.querySelectorAll("[data-truth]")) {
  const form = place.closest("details");
  if (form.open) told(place);
  form.addEventListener("toggle", () => form.open && told(place));
}
