() => {
  "use strict";
  // What the panel shows, and the microphone that the call, push to talk and the test share.
  const lab = window.interviewlab;
  const panel = { latencies: [] };
  lab.panel = panel;
  // An error whose message is a sentence for the page.
  lab.Trouble = class extends Error {};

  const MICROPHONE = {
    NotAllowedError: "The browser was not allowed to use the microphone. Allow it beside the address, then start again. Typing always works.",
    NotFoundError: "No microphone was found. Connect one and start again, or go on by typing.",
    NotReadableError: "Another program holds the microphone. Close it and start again, or go on by typing.",
    OverconstrainedError: "That microphone is gone. Choose another one in the voice settings.",
  };
  const NO_RECORDER = "This browser cannot record sound. Start the voice instead, or go on by typing.";
  const INSECURE = "Browsers give the microphone only to pages served by HTTPS or from this machine. Open the page that way, or go on by typing.";
  const STATES = {
    off: "Voice is off", preparing: "Preparing the voice…", connecting: "Connecting…", listening: "Listening to you",
    thinking: "The interviewer is thinking…", speaking: "The interviewer is speaking", held: "Waiting while you think", ended: "Voice is off",
    paused: "Paused: nobody spoke. Press Start to go on", lost: "Connection lost, trying again…",
    ready: "Push to talk is on", recording: "Recording what you say", sending: "Listening to what you said…",
  };
  const STAGES = [
    ["endpoint_s", "End of your turn noticed"], ["transcript_s", "of it: words known"], ["brain_s", "Thinking"],
    ["mouth_s", "First sound made"], ["total_s", "Together"],
  ];
  const LINES = 6;
  const RECORDINGS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

  panel.part = (name) => document.getElementById(`voice-${name}`);

  panel.show = (state) => {
    const place = document.querySelector(".il-voice");
    if (!place) return;
    place.dataset.state = state;
    panel.part("state").textContent = STATES[state] ?? state;
  };

  panel.state = () => document.querySelector(".il-voice")?.dataset.state;

  panel.trouble = (sentence) => {
    const place = panel.part("trouble");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
  };

  panel.caption = ({ who, text, is_final: isFinal }) => {
    const log = panel.part("captions");
    if (!log) return;
    // The candidate's words grow while the turn lasts; each time they come whole.
    let line = who === "candidate" && [...log.children].find((each) => each.dataset.who === who && each.dataset.final === "false");
    if (!line) {
      line = document.createElement("p");
      line.dataset.who = who;
    }
    line.dataset.final = String(isFinal);
    line.textContent = text;
    if (log.lastElementChild !== line) log.append(line);
    while (log.children.length > LINES) log.firstElementChild.remove();
    log.scrollTop = log.scrollHeight;
  };

  panel.latency = (latency) => {
    panel.latencies.push(latency);
    const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
    const table = document.createElement("table");
    table.createCaption().textContent = `Last reply after ${ms(latency.total_s)}`;
    STAGES.forEach(([stage, name]) => {
      const row = table.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      row.append(head);
      row.insertCell().textContent = ms(latency[stage]);
    });
    panel.part("latency").replaceChildren(table);
  };

  panel.turnTaken = () => document.getElementById("voice-refresh")?.click();

  // ---- the microphone

  let deviceId = "";
  panel.choose = (id) => { deviceId = id; };

  // Browsers throw their own kind; ours say themselves what happened.
  panel.why = (error) => error instanceof DOMException
    ? MICROPHONE[error.name] ?? `The microphone could not be used (${error.name}). Typing always works.`
    : error.message;

  panel.listen = async (onUnplugged) => {
    if (!window.isSecureContext || !navigator.mediaDevices) throw new Error(INSECURE);
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    if (deviceId) audio.deviceId = { exact: deviceId };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    stream.getAudioTracks()[0].addEventListener("ended", () => onUnplugged(stream));
    await listMicrophones();
    return stream;
  };

  panel.release = (stream) => stream?.getTracks().forEach((track) => track.stop());

  // Another microphone takes the place of that of a `user` ({ stream, silence }) who is still there when it is allowed;
  // `listen` gets it, `replace` hands it on to where it is heard.
  panel.exchange = async (user, isThere, listen, replace = () => {}) => {
    let stream;
    try {
      stream = await listen();
      if (isThere()) await replace(stream);
      if (!isThere()) return panel.release(stream);
      const old = user.stream;
      user.silence();
      Object.assign(user, { stream, silence: panel.measure(stream, panel.part("level")) });
      panel.release(old);
    } catch (error) {
      panel.release(stream);
      if (isThere()) panel.trouble(panel.why(error));
    }
  };

  const listMicrophones = async () => {
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === "audioinput");
    panel.part("microphone")?.replaceChildren(...devices.map((device, n) => {
      const option = document.createElement("option");
      option.value = device.deviceId;
      option.textContent = device.label || `Microphone ${n + 1}`;
      option.selected = device.deviceId === deviceId;
      return option;
    }));
  };

  // Shows how loud the stream is until the function it gives is called, which tells how loud it was at most.
  panel.measure = (stream, meter) => {
    const context = new AudioContext({ latencyHint: "playback" }); // nobody waits for a meter
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let most = 0;
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
      most = Math.max(most, loudest);
      if (meter) meter.value = Math.min(1, loudest * 1.5);
    }, 100);
    return () => {
      clearInterval(timer);
      context.close();
      if (meter) meter.value = 0;
      return most;
    };
  };

  // Records until the function it gives is called, which gives the recording.
  panel.record = (stream) => {
    if (!window.MediaRecorder) throw new Error(NO_RECORDER);
    const mimeType = RECORDINGS.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const pieces = [];
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.start();
    return () => new Promise((done) => {
      recorder.addEventListener("stop", () => done(new Blob(pieces, { type: recorder.mimeType })));
      recorder.stop();
    });
  };

  // ---- leave to speak without a call: a Gradio event gives it

  let asking = null;
  panel.askForPass = () => {
    if (!asking) {
      asking = {};
      asking.answer = new Promise((done, fail) => Object.assign(asking, { done, fail }));
      document.getElementById("voice-admit").click();
    }
    return asking.answer;
  };
  panel.admitted = (payload) => {
    const { pass, trouble } = JSON.parse(payload || "{}");
    if (pass) asking?.done(pass);
    else asking?.fail(new Error(trouble || "There is no leave to speak. Reload the page and try again."));
    asking = null;
  };

  // What a door of the server answers; its refusals and a server that is gone are errors with a sentence.
  panel.ask = async (path, pass, options = {}) => {
    let answer;
    try {
      answer = await fetch(`voice/${path}`, { ...options, headers: { Authorization: `Bearer ${pass}` } });
    } catch {
      throw new Error("The server did not answer. Check the network and try again; typing needs it too.");
    }
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.trouble || `The server refused this (${answer.status}). Typing always works.`);
  };
}
