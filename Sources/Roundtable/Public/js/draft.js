// What is typed is kept on this device until the house says that it has it: through a dropped connection, a flat
// battery, a sign-out. It stays with whoever typed it, and *next person* clears it away.
(() => {
  // More forms than anybody leaves half written; the oldest gives way.
  const mostDrafts = 50;
  const prefix = "draft:";
  const sentKey = "draft-sent";
  const { whose = "", kept, keptAgain } = document.body.dataset;

  let device, visit;
  try {
    device = localStorage;
    visit = sessionStorage;
    device.getItem(prefix);
  } catch {
    return; // This browser keeps nothing, and the page works without.
  }

  // It can't tell whether a form was taken (before Safari 15), and would bring back what was said long ago.
  if (!("PerformanceNavigationTiming" in window)) return;

  // A page that says what needs mending shows what was typed as the house received it.
  const isRefusal = document.getElementById("errors") !== null;
  const keyOf = (form) => `${prefix}${whose}:${new URL(form.action).pathname}`;
  const texts = (form) => [...form.querySelectorAll("textarea[name]")];
  const ids = (form) => [...form.querySelectorAll('input[type="hidden"][name^="once"]')];

  function read(key) {
    try {
      return JSON.parse(device.getItem(key));
    } catch {
      return null;
    }
  }

  function write(key, draft) {
    const drafts = Object.keys(device).filter((name) => name.startsWith(prefix) && name !== key);
    drafts.sort((one, other) => (read(one)?.at ?? 0) - (read(other)?.at ?? 0));
    for (const name of drafts.slice(0, Math.max(0, drafts.length + 1 - mostDrafts))) device.removeItem(name);
    try {
      device.setItem(key, JSON.stringify(draft));
    } catch {
      return false; // No room: then nothing is promised either.
    }
    return true;
  }

  function say(area, words) {
    let note = area.parentElement.querySelector(".draft-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "small-print draft-note";
      note.setAttribute("role", "status");
      area.after(note);
    }
    if (note.textContent !== words) note.textContent = words;
  }

  // A form that was sent and led on to another page was taken: the house answers so (303) once it has the words. A
  // refusal leads nowhere and shows the words itself; a dropped connection brings no page at all. The first page
  // after sending decides; the first page of the house is where strangers are led, so it says nothing.
  function settle() {
    const key = visit.getItem(sentKey);
    visit.removeItem(sentKey);
    const arrival = performance.getEntriesByType("navigation")[0];
    const wasLedHere = arrival?.type === "navigate" && arrival.redirectCount > 0;
    if (key && wasLedHere && location.pathname !== "/") device.removeItem(key);
  }

  function bringBack(form) {
    const key = keyOf(form);
    const draft = read(key);
    if (!draft || isRefusal) return;
    for (const area of texts(form)) {
      const typed = draft.texts[area.name];
      // Words that somebody has changed meanwhile are not written over.
      if (!typed || area.defaultValue !== (draft.began[area.name] ?? "")) continue;
      area.value = typed;
      say(area, keptAgain);
      if (!draft.sent) continue;
      // They may have arrived: under the same name they are said once. Once changed, they are something new.
      const fresh = ids(form).map((input) => [input, input.value]);
      for (const [input] of fresh) input.value = draft.ids[input.name] ?? input.value;
      area.addEventListener("input", () => fresh.forEach(([input, id]) => (input.value = id)), { once: true });
    }
  }

  function keep(form, sent) {
    const typed = texts(form).filter((area) => area.value !== area.defaultValue && area.value.trim());
    if (!typed.length && !isRefusal) {
      device.removeItem(keyOf(form));
      return false;
    }
    const pairs = (things, value) => Object.fromEntries(things.map((thing) => [thing.name, value(thing)]));
    return write(keyOf(form), {
      at: Date.now(),
      sent,
      texts: pairs(texts(form), (area) => area.value),
      began: read(keyOf(form))?.began ?? pairs(texts(form), (area) => area.defaultValue),
      ids: pairs(ids(form), (input) => input.value),
    });
  }

  settle();
  // What is given with nothing by somebody whom nobody knows would be shown to whoever holds this device next.
  const isKept = whose ? 'input[name^="once"], input[name="version"]' : 'input[name="once"], input[name="version"]';
  for (const form of document.forms) {
    if (!form.querySelector(isKept)) continue;
    const isWritten = texts(form).length > 0;
    if (isWritten) {
      bringBack(form);
      form.addEventListener("input", (event) => {
        if (keep(form, false) && event.target.matches("textarea")) say(event.target, kept);
      });
    }
    form.addEventListener("submit", () => {
      if (isWritten) keep(form, true);
      // A page of trouble that sends the same words again has them where nobody types.
      visit.setItem(sentKey, keyOf(form));
    });
  }

  for (const form of document.querySelectorAll('form[action="/pass-it-on"], form[action="/leaving"]')) {
    form.addEventListener("submit", () => {
      device.clear();
      visit.clear();
    });
  }
})();
