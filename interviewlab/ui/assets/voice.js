() => {
  "use strict";
  // A call, whichever line carries it.
  const lab = window.interviewlab;
  const { panel } = lab;
  const { part, show, trouble } = panel;
  const voice = { isOn: false, latencies: panel.latencies };
  lab.voice = voice;

  lab.NO_WAY = "No voice connection could be made: the network may block it. Press Push to talk, which needs none, or type as before.";
  lab.OUT_OF_DATE = "The invitation to talk has run out. Start the voice again.";
  const UNPLUGGED = "The microphone was disconnected. Choose another one and start the voice again; typing works as before.";
  const ASLEEP = "The browser silenced the microphone, as it does while a tab is in the background. Bring this tab to the front to be heard.";
  const AWAY = "● Call goes on – InterviewLab";
  const CARRIED = { livekit: "in a LiveKit room", fastrtc: "directly with this page" };
  const TYPING_MS = 2000;
  const RETRIES = 3;
  const START = () => document.getElementById("voice-start")?.click();

  let call = null;
  let generation = 0; // each start and stop is another: what comes for an earlier one, like a permission, is let go
  let retries = 0;

  voice.send = (command) => {
    return Boolean(call?.isGreeted && call.line.send(command));
  };

  const receive = (event) => {
    document.dispatchEvent(new CustomEvent("interviewlab:voice", { detail: event }));
    if (event.kind === "caption") panel.caption(event);
    else if (event.kind === "latency") panel.latency(event);
    else if (event.kind === "trouble") trouble(event.sentence);
    else if (event.kind === "state") turnTo(event.state);
    else if (event.kind === "turn") {
      panel.turnTaken();
      if (event.is_ended && call) call.isEnding = true;
    }
  };

  const turnTo = (state) => {
    if (state === "paused" || state === "ended") return voice.stop(state);
    if (call.isEnding && state === "listening") return voice.stop();
    call.state = state;
    show(state);
    if (!call.isGreeted && state !== "connecting") {
      call.isGreeted = true;
      voice.send({ kind: "patience", patience: part("patience").value });
    }
  };

  const unplugged = (stream) => {
    if (call?.stream === stream) fail(UNPLUGGED);
  };

  const watch = (stream) => {
    const [track] = stream.getAudioTracks();
    track.addEventListener("mute", () => { if (call?.stream === stream) trouble(ASLEEP); });
    track.addEventListener("unmute", () => { if (part("trouble")?.textContent === ASLEEP) trouble(""); });
    return stream;
  };

  const connect = async (invitation, stream) => {
    const player = new Audio();
    player.autoplay = true;
    player.volume = Number(part("volume").value);
    const mine = { player, stream, isEnding: false, silence: panel.measure(stream, part("level")), wasUp: false };
    call = mine;
    part("recording").hidden = !invitation.is_recorded;
    part("carrier").textContent = CARRIED[invitation.line];
    const ifMine = (hook) => (...given) => { if (call === mine) hook(...given); };
    mine.line = lab.lines[invitation.line](invitation, stream, player, {
      receive: ifMine(receive),
      up: ifMine(() => up(mine)),
      lost: ifMine(() => show("lost")),
      dropped: ifMine(() => drop(mine)),
      failed: ifMine(fail),
      trouble: ifMine(trouble),
      quality: ifMine((sentence) => { part("quality").textContent = sentence; }),
    });
    await mine.line.ready;
  };

  const up = (mine) => {
    mine.wasUp = true;
    retries = 0;
    if (mine.state) show(mine.state);
  };

  const drop = (mine) => {
    if (!mine.wasUp || retries >= RETRIES) return fail(lab.NO_WAY);
    retries += 1;
    voice.stop("lost");
    setTimeout(again, 500 * retries);
  };

  const again = () => { if (!call && panel.state() === "lost") START(); };

  const fail = (sentence) => {
    const failed = generation; // which may have a better sentence to say in a moment
    voice.stop();
    generation = failed;
    trouble(sentence);
    document.getElementById("voice-push")?.classList.toggle("il-offered", sentence === lab.NO_WAY);
  };

  voice.start = async (payload) => {
    if (!payload && panel.state() === "lost") show("off");
    if (!payload || call) return;
    lab.push.stop();
    generation += 1;
    const mine = generation;
    trouble("");
    show("connecting");
    voice.isOn = true;
    let stream;
    try {
      stream = watch(await panel.listen(unplugged));
    } catch (error) {
      if (mine === generation) fail(panel.why(error));
      return;
    }
    if (mine !== generation) return panel.release(stream);
    try {
      await connect(JSON.parse(payload), stream);
    } catch (error) {
      panel.release(stream);
      if (mine === generation) fail(error instanceof lab.Trouble ? error.message : lab.NO_WAY);
    }
  };

  voice.stop = (state = "off") => {
    const old = call;
    call = null;
    generation += 1;
    voice.isOn = false;
    if (old || !lab.push.isOn) show(state);
    part("mute")?.setAttribute("aria-pressed", "false");
    if (part("recording")) part("recording").hidden = true;
    ["carrier", "quality"].forEach((name) => { if (part(name)) part(name).textContent = ""; });
    if (!old) return;
    old.silence();
    old.player.srcObject = null;
    panel.release(old.stream);
    old.line?.close();
  };

  const mute = () => {
    const isMuted = part("mute").getAttribute("aria-pressed") !== "true";
    part("mute").setAttribute("aria-pressed", String(isMuted));
    call?.stream.getAudioTracks().forEach((track) => { track.enabled = !isMuted; });
  };

  const change = async () => {
    panel.choose(part("microphone").value);
    if (!call) return;
    const mine = call;
    let stream;
    try {
      stream = watch(await panel.listen(unplugged));
      if (mine !== call) return panel.release(stream);
      const [track] = stream.getAudioTracks();
      track.enabled = part("mute").getAttribute("aria-pressed") !== "true";
      await call.line.replace(track);
      if (mine !== call) return panel.release(stream);
      const old = call.stream;
      call.silence();
      Object.assign(call, { stream, silence: panel.measure(stream, part("level")) });
      panel.release(old);
    } catch (error) {
      panel.release(stream);
      if (mine === call) trouble(panel.why(error));
    }
  };

  const reconnect = () => {
    retries = 0;
    voice.stop("lost");
    START();
  };

  const hold = () => voice.send({ kind: "hold", is_on: part("hold").getAttribute("aria-pressed") !== "true" });

  // ---- typing during a call

  // A reply that the page brought by itself (to code, to a request for a hint) is spoken too.
  voice.catchUp = () => { if (!voice.send({ kind: "catch_up" })) lab.push.catchUp(); };

  const sayTyped = (event) => {
    const box = document.querySelector("#answer textarea");
    const text = box?.value.trim();
    if (!text || !voice.send({ kind: "say", text })) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };

  let typedAt = 0;
  const typing = ({ target }) => {
    if (!(target instanceof Element) || !target.closest("#answer, #code .cm-editor") || Date.now() - typedAt < TYPING_MS) return;
    if (voice.send({ kind: "typing" })) typedAt = Date.now();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.closest?.("#answer")) sayTyped(event);
    else if (event.key.length === 1 || event.key === "Backspace" || event.key === "Enter") typing(event);
  }, true);
  document.addEventListener("click", (event) => { if (event.target.closest?.("#send")) sayTyped(event); }, true);

  // ---- the panel's controls

  const leave = () => { voice.stop(); lab.push.stop(); };
  const PRESSES = {
    "voice-mute": mute, "voice-hold": hold, "voice-stop": leave, "voice-reconnect": reconnect,
    // Another interview is being opened, or this one ends.
    start: leave, "open-past": leave, "end-now": leave, "retry-now": leave, again: leave, "forget-now": leave,
    // It may be the open one that goes, by itself or with what it was made from.
    "delete-now": leave, "cv-delete-now": leave, "job-delete-now": leave,
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (button && PRESSES[button.id]) PRESSES[button.id]();
  });
  document.addEventListener("input", (event) => {
    const { target } = event;
    if (target.id === "voice-microphone") change();
    else if (target.id === "voice-patience") voice.send({ kind: "patience", patience: target.value });
    else if (target.id === "voice-volume" && call) call.player.volume = Number(target.value);
    else typing(event);
  });
  let title = "";
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && voice.isOn) [title, document.title] = [document.title, AWAY];
    else if (!document.hidden && title) [document.title, title] = [title, ""];
  });
  window.addEventListener("online", again);
  window.addEventListener("pagehide", leave);
}
