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
  const GONE = "The connection did not come back. Check the network and start the voice again.";
  const UNPLUGGED = "The microphone was disconnected. Choose another one and start the voice again; typing works as before.";
  const ASLEEP = "The browser silenced the microphone, as it does while a tab is in the background. Bring this tab to the front to be heard.";
  const AWAY = "● Call goes on – InterviewLab";
  const CARRIED = { livekit: "in a LiveKit room", fastrtc: "directly with this page" };
  const TYPING_MS = 2000;
  const RETRIES = 6;
  const RETRY_MS = 500; // before the first; twice as long before each next one
  const SETTLED_MS = 3000; // a reply without a language model is there by then
  const STARTERS = ["voice-start", "voice-direct"];

  let call = null;
  let starter = ""; // which of them asked for this call; empty: none did, and an invitation that comes late is let go
  let generation = 0; // each start and stop is another: what comes for an earlier one, like a permission, is let go
  let retries = 0;
  let waiting = 0;

  const isPressed = (button) => button?.getAttribute("aria-pressed") === "true";
  const press = (button, isOn) => button?.setAttribute("aria-pressed", String(isOn));
  const heedMute = (stream) => stream.getAudioTracks().forEach((track) => { track.enabled = !isPressed(part("mute")); });

  voice.send = (command) => {
    return Boolean(call?.isGreeted && call.line.send(command));
  };

  const receive = (event) => {
    document.dispatchEvent(new CustomEvent("interviewlab:voice", { detail: event }));
    if (event.kind === "caption") caption(event);
    else if (event.kind === "latency") panel.latency(event);
    else if (event.kind === "trouble") trouble(event.sentence);
    else if (event.kind === "state") turnTo(event.state);
    else if (event.kind === "turn") {
      panel.turnTaken();
      if (event.is_ended && call) call.isEnding = true;
    }
  };

  // What was typed is taken once it comes back as the candidate's words, behind what was spoken before it.
  const caption = (event) => {
    panel.caption(event);
    if (event.who === "candidate" && event.is_final) call.unsaid = call.unsaid.filter((text) => !event.text.endsWith(text));
  };

  const turnTo = (state) => {
    if (state === "paused" || state === "ended") return voice.stop(state);
    if (call.isEnding && state === "listening") return voice.stop();
    call.state = state;
    show(state);
    if (!call.isGreeted && state !== "connecting") {
      call.isGreeted = true;
      tellChoices();
    }
  };

  // An interviewer who comes into a call, by its beginning or in place of another, knows none.
  const tellChoices = () => {
    voice.send({ kind: "patience", patience: part("patience").value });
    if (isPressed(part("hold"))) voice.send({ kind: "hold", is_on: true });
  };

  const unplugged = (stream) => {
    if (call?.stream !== stream) return;
    fail(UNPLUGGED);
    catchUpLater();
  };

  const catchUpLater = () => setTimeout(panel.turnTaken, SETTLED_MS);

  const watch = (stream) => {
    const [track] = stream.getAudioTracks();
    track.addEventListener("mute", () => { if (call?.stream === stream) trouble(ASLEEP); });
    track.addEventListener("unmute", () => { if (part("trouble")?.textContent === ASLEEP) trouble(""); });
    heedMute(stream);
    return stream;
  };

  const connect = async (invitation, stream) => {
    const player = new Audio();
    player.autoplay = true;
    player.volume = Number(part("volume").value);
    const mine = { player, stream, isEnding: false, silence: panel.measure(stream, part("level")), unsaid: [], wasUp: false };
    call = mine;
    part("recording").hidden = !invitation.is_recorded;
    part("carrier").textContent = CARRIED[invitation.line];
    const ifMine = (hook) => (...given) => { if (call === mine) hook(...given); };
    mine.line = lab.lines[invitation.line](invitation, stream, player, {
      receive: ifMine(receive),
      up: ifMine(() => up(mine)),
      lost: ifMine(() => show("lost")),
      dropped: ifMine(() => drop(mine.wasUp)),
      failed: ifMine(fail),
      refused: ifMine(refused),
      quality: ifMine((sentence) => { part("quality").textContent = sentence; }),
    });
    await mine.line.ready;
  };

  const up = (mine) => {
    mine.wasUp = true;
    retries = 0;
    if (mine.state) show(mine.state);
    if (mine.isGreeted) tellChoices();
  };

  const drop = (wasUp) => {
    if (!wasUp && !retries) return fail(lab.NO_WAY);
    voice.stop("lost");
    wait();
  };

  const isLost = () => !call && panel.state() === "lost";

  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, RETRY_MS * 2 ** retries);
  };

  // An attempt that fails before there is an invitation tells nobody: the next one is due all the same.
  const again = () => {
    if (!isLost()) return;
    if (retries >= RETRIES) return fail(GONE);
    retries += 1;
    document.getElementById(starter)?.click();
    wait();
  };

  const renew = () => {
    retries = 0;
    again();
  };

  // The other end did not get a command, or would not do it.
  const refused = ({ kind, text, is_on: isOn }, sentence) => {
    if (kind === "patience") call.isGreeted = false; // told again, and Hold with it, at the next state
    if (kind === "patience" || (kind === "hold" && !call.isGreeted)) return;
    trouble(sentence);
    if (kind === "hold") press(part("hold"), !isOn);
    if (!call.unsaid.includes(text)) return;
    call.unsaid = call.unsaid.filter((each) => each !== text);
    giveBack(text);
  };

  // Before what was typed meanwhile.
  const giveBack = (text) => {
    const box = document.querySelector("#answer textarea");
    if (text && box) lab.putAnswer([text, box.value].filter((each) => each.trim()).join("\n"));
  };

  const fail = (sentence) => {
    const failed = generation; // which may have a better sentence to say in a moment
    voice.stop();
    generation = failed;
    trouble(sentence);
    document.getElementById("voice-push")?.classList.toggle("il-offered", sentence === lab.NO_WAY);
  };

  voice.start = async (payload) => {
    if (!starter || call) return;
    if (!payload) {
      if (isLost()) voice.stop(); // the page has said why there is none
      return;
    }
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
      if (mine !== generation) return;
      if (error instanceof lab.Trouble) fail(error.message);
      else drop(false);
    }
  };

  voice.stop = (state = "off") => {
    const old = call;
    call = null;
    generation += 1;
    voice.isOn = false;
    if (old || !lab.push.isOn) show(state);
    if (state !== "lost") forget();
    voice.retitle();
    if (part("recording")) part("recording").hidden = true;
    ["carrier", "quality"].forEach((name) => { if (part(name)) part(name).textContent = ""; });
    if (!old) return;
    old.silence();
    old.player.srcObject = null;
    panel.release(old.stream);
    old.line?.close();
    giveBack(old.unsaid.join("\n"));
  };

  // What was chosen for a call outlives a lost connection, not the call's end.
  const forget = () => {
    starter = "";
    retries = 0;
    clearTimeout(waiting);
    [part("mute"), part("hold")].forEach((button) => press(button, false));
  };

  const mute = () => {
    press(part("mute"), !isPressed(part("mute")));
    if (call) heedMute(call.stream);
  };

  const change = async () => {
    panel.choose(part("microphone").value);
    if (!call) return;
    const mine = call;
    const listen = async () => watch(await panel.listen(unplugged));
    await panel.exchange(mine, () => mine === call, listen, (stream) => mine.line.replace(stream.getAudioTracks()[0]));
    heedMute(mine.stream); // Mute may have been pressed meanwhile
  };

  const reconnect = () => {
    voice.stop("lost");
    renew();
  };

  const hold = () => {
    const isOn = !isPressed(part("hold"));
    if (voice.send({ kind: "hold", is_on: isOn })) press(part("hold"), isOn);
  };

  // ---- typing during a call

  // A reply that the page brought by itself (to code, to a request for a hint) is spoken too.
  voice.catchUp = () => { if (!voice.send({ kind: "catch_up" })) lab.push.catchUp(); };

  const sayTyped = (event) => {
    const box = document.querySelector("#answer textarea");
    const text = box?.value.trim();
    if (!text || panel.state() === "lost" || !voice.send({ kind: "say", text })) return;
    call.unsaid.push(text);
    event.preventDefault();
    event.stopImmediatePropagation();
    lab.putAnswer("");
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
  // The server takes what was said last as an answer: the page shows it, and the reply.
  const stop = () => {
    const wasOn = call !== null;
    leave();
    if (wasOn) catchUpLater();
  };
  const PRESSES = {
    "voice-mute": mute, "voice-hold": hold, "voice-stop": stop, "voice-reconnect": reconnect,
    // Another interview is being opened, or this one ends.
    start: leave, "open-past": leave, "end-now": leave, "retry-now": leave, again: leave, "forget-now": leave,
    // It may be the open one that goes, by itself or with what it was made from.
    "delete-now": leave, "cv-delete-now": leave, "job-delete-now": leave,
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    if (STARTERS.includes(button.id)) starter = button.id;
    PRESSES[button.id]?.();
  });
  document.addEventListener("input", (event) => {
    const { target } = event;
    if (target.id === "voice-microphone") change();
    else if (target.id === "voice-patience") voice.send({ kind: "patience", patience: target.value });
    else if (target.id === "voice-volume" && call) call.player.volume = Number(target.value);
    else typing(event);
  });
  let title = ""; // of the page, while the call's stands in its place
  voice.retitle = () => {
    const isAway = document.hidden && (voice.isOn || panel.state() === "lost");
    if (isAway && !title) [title, document.title] = [document.title, AWAY];
    else if (!isAway && title) [document.title, title] = [title, ""];
  };
  document.addEventListener("visibilitychange", voice.retitle);
  window.addEventListener("online", () => { if (isLost()) renew(); });
  window.addEventListener("pagehide", leave);
}
