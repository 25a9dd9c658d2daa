// Extras only: every form works without this file.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method !== "post" || !button) return;
  if (button.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 1000);
});
// A page restored from memory must not keep a busy button.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});
// A question that depends on an answer shows once that is given; the server decides by the same rule.
const dependent = document.querySelectorAll("[data-shown-if]");
function showAsked() {
  for (const part of dependent) {
    const given = [...document.getElementsByName(part.dataset.shownIf)];
    part.hidden = !given.some((one) => one.checked && one.value === part.dataset.answer && !one.closest("[hidden]"));
  }
}
showAsked();
addEventListener("change", showAsked);
addEventListener("pageshow", showAsked);
