() => {
  "use strict";
  const MAX_DRAFTS = 12;
  const ABSENCE_S = 180; // as the orchestrator counts an absence
  const lab = {};
  window.interviewlab = lab;

  const visible = (element) => element.getClientRects().length > 0;

  // The page is redrawn a moment after an event answers: wait for the first choice, then take what can be seen.
  const PATIENCE = 12;
  lab.focus = (selectors, tries = 0) => {
    const wanted = tries < PATIENCE ? selectors.slice(0, 1) : selectors;
    const found = wanted.map((selector) => document.querySelector(selector)).find((e) => e && visible(e));
    if (found) found.focus();
    else if (tries < 3 * PATIENCE) setTimeout(() => lab.focus(selectors, tries + 1), 50);
  };

  // After a reply: on, unless the candidate is busy elsewhere, as in the editor or with a correction.
  lab.moveOn = (selectors) => {
    const here = document.activeElement;
    const isBusy = here && here !== document.body && visible(here) && (!here.closest("#composer") || here.closest("#mend"));
    if (!isBusy) lab.focus(selectors);
  };

  // What could not be sent comes back, unless something else was typed meanwhile.
  lab.giveBack = (unsent) => {
    const box = document.querySelector("#answer textarea");
    if (unsent && !box?.value.trim()) lab.putAnswer(unsent);
  };

  // Into the answer's box, as if it was typed.
  lab.putAnswer = (text) => {
    const box = document.querySelector("#answer textarea");
    if (!box) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A tab writes all drafts at once, so tabs tell each other what they wrote; nothing (null) is said when all is deleted.
  const tabs = new BroadcastChannel("interviewlab-drafts");
  let theirs = {};
  let isDeleted = false;
  tabs.onmessage = ({ data }) => {
    isDeleted ||= !data;
    theirs = data ? { ...theirs, ...data } : {};
    if (!data) lab.forgetAnswer();
  };
  lab.forgetDrafts = () => { theirs = {}; tabs.postMessage(null); };

  lab.keepDraft = (code, language, kept, drafts) => {
    if (!kept || !kept.interview_id || !kept.exercise_id) return drafts || {};
    const key = `${kept.interview_id}/${kept.exercise_id}/${language}`;
    const all = { ...(isDeleted ? {} : drafts), ...theirs };
    isDeleted = false;
    delete all[key];
    delete theirs[key];
    tabs.postMessage({ [key]: code });
    return Object.fromEntries([...Object.entries(all).slice(1 - MAX_DRAFTS), [key, code]]);
  };

  lab.download = (payload) => {
    if (!payload) return;
    const { name, content } = JSON.parse(payload);
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // A live region has to stay in the page while its words change; the transcript itself is redrawn each turn.
  const herald = document.createElement("div");
  herald.id = "herald";
  herald.className = "il-unseen";
  herald.setAttribute("role", "log");
  herald.setAttribute("aria-live", "polite");
  herald.setAttribute("aria-label", "What the interviewer says");
  document.body.append(herald);
  let announced = "";

  const announce = (log) => {
    const last = [...log.querySelectorAll("[data-reply]")].pop();
    const words = last?.querySelector(".il-words")?.textContent ?? "";
    if (!words || words === announced) return;
    announced = words;
    if (lab.voice?.isOn) return; // heard, and shown as captions
    const line = document.createElement("p");
    line.textContent = words;
    herald.append(line);
    while (herald.children.length > 3) herald.firstElementChild.remove();
  };

  // Entries that come near are laid out only then, and may be taller than was thought.
  const follow = (again = 2) => {
    const conversation = document.getElementById("conversation");
    if (!conversation) return;
    conversation.scrollTop = conversation.scrollHeight;
    if (again) requestAnimationFrame(() => follow(again - 1));
  };

  // Where the conversation gives way to what opens below it, its end stays in sight.
  let tall = 0;
  const stayAtEnd = () => {
    const conversation = document.getElementById("conversation");
    if (!conversation || conversation.clientHeight === tall) return;
    const wasAtEnd = conversation.scrollTop + tall >= conversation.scrollHeight - 4;
    tall = conversation.clientHeight;
    if (wasAtEnd) follow();
  };

  if (window.interviewlabForgets) {
    const told = document.createElement("p");
    told.id = "forgets";
    told.className = "il-notice il-hint";
    told.setAttribute("role", "status");
    told.textContent = "This browser keeps nothing for this page (cookies are blocked). Everything works, but after a " +
      "reload you go on from Progress, and code that was not run or handed in is gone.";
    document.querySelector(".il-masthead")?.after(told);
  }

  const label = () => {
    const content = document.querySelector("#code .cm-content");
    content?.setAttribute("aria-label", "Code editor. Ctrl Enter runs the code. Escape, then Tab leaves the editor.");
    document.querySelectorAll("button.il-unseen").forEach((button) => { // pressed by scripts alone
      button.tabIndex = -1;
      button.setAttribute("aria-hidden", "true");
    });
    document.querySelector("#cv button[aria-dropeffect]")?.setAttribute("aria-label", "Choose or drop your CV file");
    document.querySelector("#job-file button[aria-dropeffect]")?.setAttribute("aria-label", "Choose or drop a file with the job");
    // Gradio measures its tabs on a hidden copy that would otherwise be four more stops of the Tab key.
    document.querySelectorAll("#places .tab-container[aria-hidden=true]").forEach((copy) => { copy.inert = true; });
  };

  // What a press sets going is told in a place of its own, which on a small screen may be out of sight.
  const TOLD = "#prepare-notice, #cv-notice, #own-model-trouble, #interview-notice, #results, #feedback-notice, #past-notice";
  const JUST_NOW_MS = 3000;
  const known = new WeakSet();
  const awaited = new WeakSet();
  let pressed = -Infinity;
  let ran = -Infinity; // a run may be over before the page has drawn that it began
  ["pointerdown", "keydown"].forEach((name) => addEventListener(name, ({ target }) => {
    pressed = performance.now();
    if (target instanceof Element && target.closest("#run, #code")) ran = pressed;
  }, true));
  const bringIntoView = () => {
    document.querySelectorAll(TOLD).forEach((place) => {
      const told = place.querySelector(".il-busy, [role=alert], .il-run");
      if (!told || known.has(told)) return;
      known.add(told);
      const isBusy = told.matches(".il-busy");
      const since = told.matches("[role=alert]") ? pressed : ran;
      const isAnswer = performance.now() - since < JUST_NOW_MS;
      const isMeant = isBusy || isAnswer || awaited.has(place);
      if (isBusy) awaited.add(place);
      else awaited.delete(place);
      if (isMeant && visible(told)) told.scrollIntoView({ block: "nearest" });
    });
  };

  let tail = "";
  const look = () => {
    label();
    bringIntoView();
    const log = document.querySelector("#transcript .il-log");
    if (log) announce(log);
    const now = (document.getElementById("transcript")?.textContent.length ?? 0) + "/" +
      (document.getElementById("live")?.textContent.length ?? 0) + "/" + (log ? visible(log) : "");
    if (now !== tail) follow();
    tail = now;
    stayAtEnd();
    tick();
  };
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  }).observe(document.body, { childList: true, subtree: true });

  // Patience is chosen before a call or in it: one choice, two places, and this browser remembers it.
  const PATIENCE_KEY = "interviewlab-patience";
  const patienceBoxes = () => document.querySelectorAll("select[data-patience], #voice-patience");
  const setPatience = (value, except) => {
    patienceBoxes().forEach((box) => {
      if (box === except || ![...box.options].some((option) => option.value === value)) return;
      box.value = value;
    });
  };
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof Element) || !target.matches("select[data-patience], #voice-patience")) return;
    setPatience(target.value, target);
    try { localStorage.setItem(PATIENCE_KEY, target.value); } catch { /* nothing may be kept in this browser */ }
    if (target.dataset.patience) lab.voice?.send({ kind: "patience", patience: target.value });
  });
  try { setPatience(localStorage.getItem(PATIENCE_KEY)); } catch { /* nothing is kept in this browser */ }

  const two = (number) => String(number).padStart(2, "0");
  // By the server's clock and this page's own stopwatch: the browser's clock may be wrong, or be set meanwhile.
  const begun = new WeakMap();
  const tick = () => {
    document.querySelectorAll(".il-clock[data-quiet]").forEach((clock) => {
      if (!begun.has(clock)) begun.set(clock, performance.now());
      const quiet = Number(clock.dataset.quiet) + (performance.now() - begun.get(clock)) / 1000;
      const seconds = Math.floor(Number(clock.dataset.spent) + Math.min(quiet, ABSENCE_S));
      const text = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)} of ${clock.dataset.minutes} min`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("il-late", seconds > Number(clock.dataset.minutes) * 60);
    });
  };
  setInterval(tick, 1000);

  // In the editor Tab indents. Escape lets the next Tab leave, so that nobody is caught in it.
  let leaving = false;
  document.addEventListener("keydown", (event) => {
    const inEditor = event.target instanceof Element && event.target.closest("#code .cm-editor");
    if (!inEditor) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector("#run")?.click();
    } else if (event.key === "Escape") leaving = true;
    else if (event.key === "Tab" && leaving) {
      event.stopPropagation();
      leaving = false;
    } else if (event.key !== "Shift") leaving = false;
  }, true);

  // Arrow keys between tabs, as a tab list promises.
  document.addEventListener("keydown", (event) => {
    const tab = event.target instanceof Element && event.target.closest("#places [role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll("[role=tab]")];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });

  // A misheard answer is mended in a box of its own; the transcript is redrawn each turn.
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button.il-correct");
    if (!button) return;
    lab.chosenTurn = button.dataset.turn;
    document.getElementById("mend-open")?.click();
  });

  // A question of the report is tried again by the button that Gradio knows.
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button.il-again");
    if (!button) return;
    lab.chosenQuestion = button.dataset.question;
    document.getElementById("again")?.click();
  });

  // A quote jumps to its turn in the transcript, which may be folded away.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a.il-jump");
    const turn = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!turn) return;
    event.preventDefault();
    lab.replay?.toTurn(link);
    turn.closest("details.il-record")?.setAttribute("open", "");
    turn.setAttribute("tabindex", "-1");
    turn.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    turn.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  });
  // Paper is light, and nothing on it can be unfolded: each question of the report is printed whole.
  let unfolded = [];
  let isDark = false;
  addEventListener("beforeprint", () => {
    isDark = document.body.classList.contains("dark");
    document.body.classList.remove("dark");
    unfolded = [...document.querySelectorAll("#report details.il-question:not([open])")];
    unfolded.forEach((question) => question.setAttribute("open", ""));
  });
  addEventListener("afterprint", () => {
    document.body.classList.toggle("dark", isDark);
    unfolded.forEach((question) => question.removeAttribute("open"));
  });
  look();
}
