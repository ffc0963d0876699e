() => {
  "use strict";
  // A lost network, a laptop that slept, a server that was killed: the page says so, tries again, and goes on.
  const lab = window.interviewlab;
  const CALM_MS = 15000;
  const KEEN_MS = 1500;
  const LIMIT_MS = 6000;
  const KEY = "interviewlab-answer";
  const keep = {
    get: () => { try { return sessionStorage.getItem(KEY) ?? ""; } catch { return ""; } },
    set: (text) => { try { sessionStorage.setItem(KEY, text); } catch { /* nothing may be kept in this browser */ } },
  };

  const banner = document.createElement("div");
  banner.id = "lost";
  banner.className = "il-lost";
  banner.setAttribute("role", "status");
  banner.hidden = true;
  document.body.prepend(banner);
  const tell = (sentence) => {
    if (banner.textContent !== sentence) banner.textContent = sentence;
    banner.hidden = !sentence;
  };

  let server = "";
  let isLost = false;
  let timer = 0;

  const ask = async () => {
    const limit = new AbortController();
    const late = setTimeout(() => limit.abort(), LIMIT_MS);
    try {
      const answer = await fetch("gradio_api/app_id", { cache: "no-store", signal: limit.signal });
      if (answer.ok) return String((await answer.json()).app_id);
      return answer.status < 500 ? server || "there" : ""; // something answers, if not as expected
    } catch {
      return "";
    } finally {
      clearTimeout(late);
    }
  };

  const look = async () => {
    clearTimeout(timer);
    const found = await ask();
    clearTimeout(timer); // another look may have been started meanwhile
    timer = setTimeout(look, found ? CALM_MS : KEEN_MS);
    if (!found) {
      isLost = true;
      tell("The connection is lost. What you typed is kept; trying again…");
      return;
    }
    if (server && server !== "there" && found !== server) {
      tell("The server was started again. Finding your interview…");
      location.reload();
      return;
    }
    server = found;
    if (!isLost) return;
    isLost = false;
    tell("");
    document.getElementById("voice-refresh")?.click(); // shows the interview as it stands
  };
  ["online", "offline", "focus", "pageshow"].forEach((name) => addEventListener(name, look));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // Where an event of the page fails, the network is looked at sooner than at the next turn of the clock.
  const plain = window.fetch;
  window.fetch = async (...all) => {
    try {
      return await plain(...all);
    } catch (error) {
      if (!isLost && error?.name !== "AbortError") { clearTimeout(timer); timer = setTimeout(look, 200); }
      throw error;
    }
  };
  look();

  // What stands in the answer's box outlives a reload, until it has become a turn.
  const box = () => document.querySelector("#answer textarea");
  document.addEventListener("input", ({ target }) => { if (target === box()) keep.set(target.value); });
  const lastSaid = () => [...document.querySelectorAll("#transcript .il-utterance .il-words")].pop()?.textContent ?? "";
  let isRestored = false;
  const settle = () => {
    const kept = keep.get();
    if (!kept) { isRestored = true; return; }
    if (lastSaid().trim() === kept.trim()) { keep.set(""); isRestored = true; return; }
    if (isRestored || !box() || !document.querySelector("#transcript .il-log")) return;
    isRestored = true;
    if (box().value) return;
    lab.putAnswer(kept);
  };
  setInterval(settle, 400);
  lab.connection = { look };

  // After everything was deleted, nothing of it stays behind: no draft of an answer, no words read out or captioned.
  lab.forgetAnswer = () => keep.set("");
  lab.forget = () => {
    lab.forgetAnswer();
    lab.forgetDrafts();
    document.querySelectorAll("#herald, #voice-captions").forEach((place) => place.replaceChildren());
  };
}
