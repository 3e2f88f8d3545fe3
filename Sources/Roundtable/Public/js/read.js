// Reads the page to whoever asks, with the voices that are on this device and no others: one that speaks from
// elsewhere would be told every word on the page. Without a voice for the page's language there is no button.
(() => {
  const place = document.querySelector("[data-read]");
  const main = document.getElementById("main");
  const speech = window.speechSynthesis;
  if (!place || !main || !speech) return;

  const button = place.querySelector("button");
  const begin = button.textContent;
  const pageLanguage = document.documentElement.lang;
  // Some voices fall silent in the middle of anything longer.
  const longestPiece = 200;
  // Three quarters of the usual pace: slower, and still speech.
  const slowPace = 0.75;
  let turn = 0;
  let speaking = null;

  const bare = (tag) => tag.toLowerCase().split(/[-_]/)[0];

  function voiceFor(language) {
    const own = speech.getVoices().filter((voice) => voice.localService && bare(voice.lang) === bare(language));
    return own.find((voice) => voice.lang.replace("_", "-").toLowerCase() === language.toLowerCase()) ?? own[0];
  }

  function show() {
    place.hidden = !voiceFor(pageLanguage);
  }

  // What can be seen, in order: a run of text for each block that it stands in and each language that it is in.
  function runs() {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("textarea, select, svg, script, [hidden], [aria-hidden='true']")) continue;
      if (element.getClientRects().length === 0) continue;
      let block = element;
      while (block !== main && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      const language = element.closest("[lang]").lang || pageLanguage;
      const last = found[found.length - 1];
      if (last && last.block === block && last.language === language) last.text += node.data;
      else found.push({ block, language, text: node.data });
    }
    return found;
  }

  // Cut where sentences end, and where one is very long, between words.
  function pieces(text) {
    const cut = [];
    for (const sentence of text.replace(/\s+/g, " ").trim().match(/[^.!?]+[.!?]*["”’)]*\s*/g) ?? []) {
      for (const word of sentence.match(/[^ ]+ ?/g) ?? []) {
        const last = cut[cut.length - 1];
        const begins = last === undefined || last.length + word.length > longestPiece;
        if (begins) cut.push(word);
        else cut[cut.length - 1] += word;
      }
    }
    return cut.map((piece) => piece.trim()).filter(Boolean);
  }

  // Words in a language that this device has no voice for are passed over, and that is said, once for each such run.
  function script() {
    const lines = [];
    let skipping = false;
    for (const run of runs()) {
      const voice = voiceFor(run.language);
      if (voice) for (const text of pieces(run.text)) lines.push({ text, voice });
      else if (!skipping) lines.push({ text: button.dataset.skipped, voice: voiceFor(pageLanguage) });
      skipping = !voice;
    }
    return lines;
  }

  function stop() {
    turn += 1;
    speaking = null;
    speech.cancel();
    button.textContent = begin;
  }

  function read() {
    const lines = script();
    const mine = (turn += 1);
    const next = () => {
      if (mine !== turn) return;
      const line = lines.shift();
      if (!line) return stop();
      speaking = new SpeechSynthesisUtterance(line.text);
      speaking.voice = line.voice;
      speaking.lang = line.voice.lang;
      if (document.documentElement.dataset.pace === "slow") speaking.rate = slowPace;
      speaking.onend = next;
      speaking.onerror = () => mine === turn && stop();
      speech.speak(speaking);
    };
    speech.cancel();
    button.textContent = button.dataset.stop;
    next();
  }

  button.addEventListener("click", () => (speaking ? stop() : read()));
  addEventListener("pagehide", () => speaking && stop());
  speech.addEventListener?.("voiceschanged", show);
  show();
})();
