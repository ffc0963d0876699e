() => {
  "use strict";
  // Talking without a call: what is said while a button is held goes up as a recording, the reply is played.
  const lab = window.interviewlab;
  const { panel } = lab;
  const { part, show, trouble } = panel;
  const push = { isOn: false };
  lab.push = push;

  const LONGEST_MS = 110_000; // the server takes two minutes
  const SHORT_MS = 350;
  const TOO_LONG = "Two minutes are the most that can be said at a time. This much was sent.";
  const TOO_SHORT = "That was too short. Hold the button while you speak, or press it once to start and once to send.";
  const AWAY = "This tab went to the background, so recording stopped. What you had said was sent.";
  const UNPLUGGED = "The microphone was disconnected. Choose another one and start push to talk again; typing works as before.";

  let generation = 0; // each start and stop is another: a microphone that is allowed after another one is let go
  let mine = null; // pass, stream, silence while push to talk is on
  let taping = null; // finish, since, timer while something is recorded
  let playing = null; // what is played now

  const mode = (name) => {
    const place = document.querySelector(".il-voice");
    if (place) place.dataset.mode = name;
  };

  const unplugged = (stream) => {
    if (mine?.stream !== stream) return;
    push.stop();
    trouble(UNPLUGGED);
  };

  push.start = async () => {
    if (push.isOn) return;
    lab.voice.stop();
    trouble("");
    document.getElementById("voice-push")?.classList.remove("il-offered");
    push.isOn = true;
    generation += 1;
    const started = generation;
    show("preparing");
    let stream;
    try {
      stream = await panel.listen(unplugged);
    } catch (error) {
      if (started === generation) fail(panel.why(error));
      return;
    }
    if (started !== generation) return panel.release(stream);
    try {
      const pass = await panel.askForPass();
      if (started !== generation) return panel.release(stream);
      mine = { pass, stream, silence: panel.measure(stream, part("level")) };
    } catch (error) {
      panel.release(stream);
      if (started === generation) fail(error.message);
      return;
    }
    mode("push");
    lab.voice.isOn = true;
    show("ready");
    part("talk").focus();
    await push.catchUp();
  };

  const fail = (sentence) => { push.stop(); trouble(sentence); };

  push.stop = () => {
    if (!push.isOn) return;
    push.isOn = false;
    generation += 1;
    lab.voice.isOn = false;
    clearTimeout(taping?.timer);
    taping = null;
    quiet();
    mine?.silence();
    panel.release(mine?.stream);
    mine = null;
    mode("call");
    show("off");
    lab.voice.retitle();
  };

  const change = (user) => panel.exchange(user, () => mine === user && !taping, () => panel.listen(unplugged));

  // The last reply, which may have been brought by typing or by code.
  push.catchUp = async () => {
    if (mine && !taping) await answered(() => panel.ask("last", mine.pass, { method: "POST" }));
  };

  // `note` is true only of what was taken.
  const answered = async (ask, note = "") => {
    const asker = mine;
    try {
      const told = await (await ask()).json();
      if (mine !== asker) return;
      trouble([told.trouble, note].filter(Boolean).join(" "));
      if (told.heard) {
        panel.caption({ who: "candidate", text: told.heard, is_final: true });
        panel.turnTaken();
      }
      await play(told);
    } catch (error) {
      if (mine !== asker) return;
      trouble(error.message);
      panel.turnTaken();
      show("ready");
    }
  };

  // ---- recording

  const record = () => {
    if (!mine || taping || panel.state() === "sending") return;
    quiet();
    trouble("");
    try {
      taping = { finish: panel.record(mine.stream), since: Date.now(), timer: setTimeout(() => finish(TOO_LONG), LONGEST_MS) };
    } catch (error) {
      return trouble(panel.why(error));
    }
    part("talk").setAttribute("aria-pressed", "true");
    show("recording");
  };

  const finish = async (sentence = "") => {
    if (!taping) return;
    const { finish: end, since, timer } = taping;
    taping = null;
    clearTimeout(timer);
    part("talk").setAttribute("aria-pressed", "false");
    if (Date.now() - since < SHORT_MS) {
      end();
      show("ready");
      return trouble(TOO_SHORT);
    }
    show("sending");
    const body = await end();
    if (!mine) return;
    await answered(() => panel.ask("talk", mine.pass, { method: "POST", body }), sentence);
  };

  // ---- playing

  const quiet = () => {
    playing?.stop();
    playing = null;
  };

  const sound = async (pass, turn, number) => {
    const answer = await panel.ask(`sentence/${turn}/${number}`, pass);
    return URL.createObjectURL(await answer.blob());
  };

  const play = async ({ turn, sentences, is_ended: isEnded }) => {
    quiet();
    const { pass } = mine;
    const me = { isOver: false, stop: () => { me.isOver = true; me.player?.pause(); me.done?.(); } };
    playing = me;
    show("speaking");
    const fetched = sentences.map(() => null);
    const get = (n) => { if (n < sentences.length) (fetched[n] ??= sound(pass, turn, n)).catch(() => {}); return fetched[n]; };
    for (const [n, text] of sentences.entries()) {
      panel.caption({ who: "interviewer", text, is_final: true });
      try {
        const url = await get(n);
        get(n + 1);
        if (!me.isOver) await heard(me, url);
        URL.revokeObjectURL(url);
      } catch (error) {
        if (!me.isOver) trouble(error.message);
      }
      if (me.isOver) return;
    }
    playing = null;
    if (isEnded) push.stop();
    else show("ready");
  };

  const heard = (me, url) => new Promise((done) => {
    me.done = done;
    me.player = new Audio(url);
    me.player.volume = Number(part("volume").value);
    me.player.addEventListener("ended", done);
    me.player.addEventListener("error", done);
    me.player.play().catch(done);
  });

  // ---- the button: held while speaking, or pressed once to start and once to send

  let pressedAt = 0;
  let isSending = false;
  const down = () => {
    pressedAt = Date.now();
    isSending = Boolean(taping);
    if (isSending) finish();
    else record();
  };
  const up = () => { if (!isSending && taping && Date.now() - pressedAt >= 2 * SHORT_MS) finish(); };
  const isTalk = ({ target }) => target instanceof Element && Boolean(target.closest("#voice-talk"));

  document.addEventListener("pointerdown", (event) => {
    if (!isTalk(event) || event.button) return;
    event.target.setPointerCapture(event.pointerId);
    down();
  });
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, (event) => { if (isTalk(event)) up(); }));
  const isPress = (event) => isTalk(event) && (event.key === " " || event.key === "Enter");
  document.addEventListener("keydown", (event) => {
    if (!isPress(event)) return;
    event.preventDefault();
    if (!event.repeat) down();
  });
  document.addEventListener("keyup", (event) => {
    if (!isPress(event)) return;
    event.preventDefault();
    up();
  });
  // A screen reader presses without pointer and key.
  document.addEventListener("click", (event) => {
    if (isTalk(event) && event.detail === 0 && Date.now() - pressedAt > 1000) down();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && taping) finish(AWAY); });
  document.addEventListener("input", ({ target }) => {
    if (target.id === "voice-volume" && playing?.player) playing.player.volume = Number(target.value);
    if (target.id === "voice-microphone" && mine && !taping) change(mine);
  });
}
