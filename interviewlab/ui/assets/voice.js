() => {
  "use strict";
  const lab = window.interviewlab;
  const voice = { isOn: false };
  lab.voice = voice;

  const MICROPHONE = {
    NotAllowedError: "The browser was not allowed to use the microphone. Allow it beside the address, then start the voice again. Typing always works.",
    NotFoundError: "No microphone was found. Connect one and start the voice again, or go on by typing.",
    NotReadableError: "Another program holds the microphone. Close it and start the voice again, or go on by typing.",
    OverconstrainedError: "That microphone is gone. Choose another one in the voice settings.",
  };
  const REFUSED = {
    server_full: "All voice places are taken at the moment. Try again in a few minutes, or go on by typing.",
    concurrency_limit_reached: "All voice places are taken at the moment. Try again in a few minutes, or go on by typing.",
    bad_ticket: "The invitation to talk has run out. Start the voice again.",
  };
  const INSECURE = "Browsers give the microphone only to pages served by HTTPS or from this machine. Open the page that way, or go on by typing.";
  const NO_WAY = "No voice connection could be made: the network may block it. Typing works as before.";
  const UNPLUGGED = "The microphone was disconnected. Choose another one and start the voice again; typing works as before.";
  const STATES = {
    off: "Voice is off", connecting: "Connecting…", listening: "Listening", thinking: "Thinking…",
    speaking: "Speaking", held: "Waiting while you think", ended: "Voice is off", lost: "Connection lost, trying again…",
  };
  const GATHER_MS = 2000;
  const CONNECT_MS = 15000;
  const RETRIES = 3;

  let call = null;
  let retries = 0;
  let deviceId = "";

  const part = (name) => document.getElementById(`voice-${name}`);

  const show = (state) => {
    const panel = document.querySelector(".il-voice");
    if (!panel) return;
    panel.dataset.state = state;
    part("state").textContent = STATES[state] ?? state;
    part("hold").setAttribute("aria-pressed", String(state === "held"));
  };

  const trouble = (sentence) => {
    const place = part("trouble");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
  };

  const caption = ({ who, text, is_final: isFinal }) => {
    const log = part("captions");
    let line = log.lastElementChild;
    if (!line || line.dataset.who !== who || line.dataset.final === "true") {
      line = document.createElement("p");
      line.dataset.who = who;
      line.dataset.text = "";
      log.append(line);
      while (log.children.length > 6) log.firstElementChild.remove();
    }
    // Before the turn ends the candidate's words come piece by piece, after it whole.
    line.dataset.text = isFinal ? text : `${line.dataset.text} ${text}`.trim();
    line.dataset.final = String(isFinal);
    line.textContent = line.dataset.text;
    log.scrollTop = log.scrollHeight;
  };

  const latency = (l) => {
    const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
    part("latency").textContent = `Last reply after ${ms(l.total_s)}: end of your turn ${ms(l.endpoint_s)} ` +
      `(words known after ${ms(l.transcript_s)}), thinking ${ms(l.brain_s)}, first sound ${ms(l.mouth_s)}.`;
    voice.latencies = [...(voice.latencies ?? []), l];
  };

  const receive = (event) => {
    if (event.kind === "caption") caption(event);
    else if (event.kind === "state") {
      show(event.state);
      if (call && !call.isGreeted && event.state !== "connecting") {
        call.isGreeted = true;
        send({ kind: "patience", patience: part("patience").value });
      }
    }
    else if (event.kind === "latency") latency(event);
    else if (event.kind === "trouble") trouble(event.sentence);
    else if (event.kind === "turn") {
      document.getElementById("voice-refresh")?.click();
      if (event.is_ended && call) call.isEnding = true;
    }
    if (call?.isEnding && event.kind === "state" && event.state === "listening") voice.stop();
  };

  const send = (command) => {
    if (call?.channel.readyState === "open") call.channel.send(JSON.stringify(command));
  };

  const listMicrophones = async () => {
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === "audioinput");
    part("microphone").replaceChildren(...devices.map((device, n) => {
      const option = document.createElement("option");
      option.value = device.deviceId;
      option.textContent = device.label || `Microphone ${n + 1}`;
      option.selected = device.deviceId === deviceId;
      return option;
    }));
  };

  const listen = async () => {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    if (deviceId) audio.deviceId = { exact: deviceId };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    stream.getAudioTracks()[0].addEventListener("ended", () => {
      if (call?.stream === stream) { voice.stop(); trouble(UNPLUGGED); }
    });
    return stream;
  };

  const measure = (stream) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      if (part("level")) part("level").value = Math.min(1, loudest * 1.5);
    }, 100);
    return () => { clearInterval(timer); context.close(); if (part("level")) part("level").value = 0; };
  };

  const gathered = (connection) => new Promise((done) => {
    if (connection.iceGatheringState === "complete") return done();
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
    setTimeout(done, GATHER_MS);
  });

  const connect = async ({ ticket, iceServers }, stream) => {
    const connection = new RTCPeerConnection({ iceServers });
    const player = new Audio();
    player.autoplay = true;
    player.volume = Number(part("volume").value);
    const mine = { connection, player, stream, isEnding: false, silence: measure(stream), wasUp: false };
    call = mine;
    stream.getTracks().forEach((track) => connection.addTrack(track, stream));
    connection.addEventListener("track", ({ track, streams }) => {
      player.srcObject = streams[0] ?? new MediaStream([track]);
    });
    mine.channel = connection.createDataChannel("text");
    mine.channel.addEventListener("message", ({ data }) => { if (call === mine) receive(JSON.parse(data)); });
    connection.addEventListener("connectionstatechange", () => { if (call === mine) follow(mine); });
    await connection.setLocalDescription(await connection.createOffer());
    await gathered(connection);
    const { sdp } = connection.localDescription;
    const answer = await fetch("webrtc/offer", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sdp, type: "offer", webrtc_id: ticket }),
    });
    const told = await answer.json();
    if (!told.sdp) throw new Error(REFUSED[told.meta?.error] ?? NO_WAY);
    await connection.setRemoteDescription(told);
    setTimeout(() => { if (call === mine && !mine.wasUp) fail(NO_WAY); }, CONNECT_MS);
  };

  const follow = (mine) => {
    const state = mine.connection.connectionState;
    if (state === "connected") { mine.wasUp = true; retries = 0; }
    else if (state === "disconnected") show("lost");
    else if (state === "failed" || state === "closed") {
      if (!mine.wasUp || retries >= RETRIES) return fail(NO_WAY);
      retries += 1;
      voice.stop();
      show("lost");
      setTimeout(() => document.getElementById("voice-start")?.click(), 500 * retries);
    }
  };

  const fail = (sentence) => { voice.stop(); trouble(sentence); };

  voice.start = async (payload) => {
    if (!payload || call) return;
    trouble("");
    if (!window.isSecureContext || !navigator.mediaDevices) return trouble(INSECURE);
    show("connecting");
    voice.isOn = true;
    let stream;
    try {
      stream = await listen();
    } catch (error) {
      return fail(MICROPHONE[error.name] ?? `The microphone could not be used (${error.name}). Typing always works.`);
    }
    try {
      await connect(JSON.parse(payload), stream);
      await listMicrophones();
    } catch (error) {
      stream.getTracks().forEach((track) => track.stop());
      fail(Object.values(REFUSED).includes(error.message) ? error.message : NO_WAY);
    }
  };

  voice.stop = () => {
    const old = call;
    call = null;
    voice.isOn = false;
    show("off");
    part("mute")?.setAttribute("aria-pressed", "false");
    if (!old) return;
    old.silence();
    old.player.srcObject = null;
    old.stream.getTracks().forEach((track) => track.stop());
    old.connection.close();
  };

  const mute = () => {
    const isMuted = part("mute").getAttribute("aria-pressed") !== "true";
    part("mute").setAttribute("aria-pressed", String(isMuted));
    call?.stream.getAudioTracks().forEach((track) => { track.enabled = !isMuted; });
  };

  const change = async () => {
    deviceId = part("microphone").value;
    if (!call) return;
    try {
      const stream = await listen();
      const [track] = stream.getAudioTracks();
      track.enabled = part("mute").getAttribute("aria-pressed") !== "true";
      await call.connection.getSenders()[0].replaceTrack(track);
      const old = call.stream;
      call.silence();
      Object.assign(call, { stream, silence: measure(stream) });
      old.getTracks().forEach((each) => each.stop());
    } catch (error) {
      trouble(MICROPHONE[error.name] ?? NO_WAY);
    }
  };

  const hold = () => send({ kind: "hold", is_on: part("hold").getAttribute("aria-pressed") !== "true" });

  const PRESSES = {
    "voice-mute": mute, "voice-hold": hold, "voice-stop": () => voice.stop(),
    // Another interview is being opened, or this one ends.
    start: () => voice.stop(), "open-past": () => voice.stop(), "end-now": () => voice.stop(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (button && PRESSES[button.id]) PRESSES[button.id]();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.id === "voice-microphone") change();
    else if (target.id === "voice-patience") send({ kind: "patience", patience: target.value });
    else if (target.id === "voice-volume" && call) call.player.volume = Number(target.value);
  });
  window.addEventListener("pagehide", () => voice.stop());
}
