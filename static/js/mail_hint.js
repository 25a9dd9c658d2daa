// Offers the likely spelling of a mistyped mail domain; it never blocks and never changes what was typed.
const knownDomains = ["gmail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "outlook.de", "outlook.com",
  "hotmail.com", "hotmail.de", "yahoo.de", "icloud.com", "freenet.de", "posteo.de", "mailbox.org", "bundestag.de"];

const isOneSlip = (typed, known) => {
  if (typed === known || Math.abs(typed.length - known.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === known[start]) start += 1;
  const rest = (text, from) => text.slice(from);
  return rest(typed, start + 1) === rest(known, start + 1)
    || rest(typed, start + 1) === rest(known, start)
    || rest(typed, start) === rest(known, start + 1)
    || (typed[start] === known[start + 1] && typed[start + 1] === known[start]
      && rest(typed, start + 2) === rest(known, start + 2));
};

for (const field of document.querySelectorAll("input[type=email]")) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.setAttribute("role", "status");
  field.after(hint);
  field.addEventListener("change", () => {
    const [name, domain = ""] = field.value.trim().split("@");
    const known = knownDomains.find((candidate) => isOneSlip(domain.toLowerCase(), candidate));
    const isEnglish = document.documentElement.lang === "en";
    hint.textContent = !known ? "" : isEnglish
      ? `Did you mean ${name}@${known}? You can keep what you typed.`
      : `Meinten Sie ${name}@${known}? Sie können auch Ihre Schreibweise behalten.`;
  });
}
