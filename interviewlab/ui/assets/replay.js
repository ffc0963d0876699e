() => {
  "use strict";
  // Moves along the line of an interview. Sound leads where there is a recording; elsewhere the clock does.
  const lab = window.interviewlab;
  const state = { at: 0, isPlaying: false, last: 0, link: null };
  const player = () => document.querySelector("#replay .il-replay");
  const control = (name) => player()?.querySelector(`[data-replay=${name}]`);
  const length = () => Number(player()?.dataset.length ?? 0);
  const speed = () => Number(control("speed")?.value ?? 1);
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const calls = () => [...(player()?.querySelectorAll("audio[data-start]") ?? [])];
  const isHere = (call, at) => at >= Number(call.dataset.start) && at < Number(call.dataset.end);

  const last = (all, at, key) => {
    let found = null;
    for (const one of all) {
      if (Number(one.dataset[key]) > at + 0.01) break;
      found = one;
    }
    return found;
  };

  const only = (all, shown, empty) => {
    all.forEach((one) => { one.hidden = one !== shown; });
    if (empty) empty.hidden = Boolean(shown);
  };

  const show = () => {
    const root = player();
    if (!root) return;
    control("place").value = String(state.at);
    control("clock").textContent = `${clock(state.at)} of ${clock(length())}`;
    const moment = last(root.querySelectorAll(".il-moment"), state.at, "at");
    const before = root.querySelector(".il-moment[aria-current]");
    if (moment !== before) {
      before?.removeAttribute("aria-current");
      moment?.setAttribute("aria-current", "true");
      const list = moment?.parentElement;
      if (list) list.scrollTop = moment.offsetTop - list.offsetTop - list.clientHeight / 3;
    }
    only(root.querySelectorAll("[data-code]"), last(root.querySelectorAll("[data-code]"), state.at, "code"),
      root.querySelector("[data-empty=code]"));
    const remark = moment && root.querySelector(`[data-remark="${moment.dataset.turn}"]`);
    only(root.querySelectorAll("[data-remark]"), remark, root.querySelector("[data-empty=remark]"));
  };

  const sound = () => {
    calls().forEach((call) => {
      if (!state.isPlaying || !isHere(call, state.at)) { if (!call.paused) call.pause(); return; }
      call.playbackRate = speed();
      const wanted = state.at - Number(call.dataset.start);
      if (Math.abs(call.currentTime - wanted) > 0.5) call.currentTime = wanted;
      if (call.paused) call.play().catch(() => {}); // a recording that cannot be played: the clock goes on
    });
  };

  const seek = (at) => {
    state.at = Math.min(Math.max(0, at), length());
    state.last = performance.now();
    show();
    sound();
  };

  const play = (isPlaying) => {
    if (isPlaying && state.at >= length()) state.at = 0;
    state.isPlaying = isPlaying;
    state.last = performance.now();
    const button = control("play");
    if (button) {
      button.textContent = isPlaying ? "Pause" : "Play";
      button.setAttribute("aria-pressed", String(isPlaying));
    }
    sound();
  };

  setInterval(() => {
    if (!state.isPlaying) return;
    if (!player()) { state.isPlaying = false; return; }
    const now = performance.now();
    const call = calls().find((each) => isHere(each, state.at) && !each.paused && !each.error && each.readyState > 1);
    state.at = call ? Number(call.dataset.start) + call.currentTime : state.at + (now - state.last) / 1000 * speed();
    state.last = now;
    if (state.at >= length()) { state.at = length(); play(false); }
    show();
    sound();
  }, 200);

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-replay=play]")) play(!state.isPlaying);
    const moment = target.closest(".il-seek")?.closest(".il-moment");
    if (moment) seek(Number(moment.dataset.at));
  });
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.matches("[data-replay=place], [data-replay=jump]")) seek(Number(target.value));
    if (target.matches("[data-replay=speed]")) sound();
  });

  // A turn that a link of the report names; it is kept in mind while the replay is folded.
  const toTurn = (link) => {
    state.link = link;
    const moment = player()?.querySelector(`.il-moment[data-turn="${link.dataset.turn}"]`);
    if (moment) seek(Number(moment.dataset.at));
  };

  // Another interview was put into the player.
  let shown = null;
  new MutationObserver(() => {
    if (player() === shown) return;
    shown = player();
    play(false);
    if (!shown) return;
    seek(0);
    if (state.link?.isConnected) toTurn(state.link);
  }).observe(document.body, { childList: true, subtree: true });

  const open = (tries = 0) => {
    const root = player();
    if (root && root.getClientRects().length) { control("play").focus(); root.scrollIntoView({ block: "start" }); return; }
    const fold = document.querySelector("#replay-fold > button:not(.open)");
    if (fold && fold.getClientRects().length && tries % 10 === 0) fold.click();
    if (tries < 80) setTimeout(() => open(tries + 1), 50);
  };
  lab.replay = { open: () => open(), toTurn };
}
