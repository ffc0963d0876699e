// Runs before the app's own scripts: a microphone that says what it is told, and notes of all that is heard and told.
// Times: "at" is the page's clock (ms since 1970), "on" and "off" are the audio clock of one AudioContext (s), in which
// what is said is played and what is heard is measured. "clock" joins the two.
(() => {
  "use strict";
  const LOUD = 10 ** (-45 / 20);
  const TAP = `registerProcessor("tap", class extends AudioWorkletProcessor {
    constructor() {
      super();
      Object.assign(this, { sum: 0, filled: 0, loud: 0, quiet: 0, isOn: false, from: 0, until: 0 });
    }
    process([input]) {
      const samples = input[0];
      for (let n = 0; samples && n < samples.length; n += 1) {
        this.sum += samples[n] ** 2;
        this.filled += 1;
        if (this.filled === 480) this.frame((currentFrame + n + 1) / sampleRate);
      }
      return true;
    }
    frame(end) {
      const isLoud = Math.sqrt(this.sum / this.filled) > ${LOUD};
      this.sum = this.filled = 0;
      if (isLoud) {
        if (this.loud === 0) this.from = end - 0.01;
        this.loud += 1;
        this.quiet = 0;
        this.until = end;
        if (!this.isOn && this.loud === 2) { this.isOn = true; this.port.postMessage({ on: this.from }); }
      } else {
        this.quiet += 1;
        if (!this.isOn || this.quiet >= 6) this.loud = 0;
        if (this.isOn && this.quiet === 6) { this.isOn = false; this.port.postMessage({ off: this.until }); }
      }
    }
  });
  registerProcessor("clock", class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.next = 0;
    }
    process() {
      if (currentTime >= this.next) {
        this.next = currentTime + 0.1;
        this.port.postMessage([currentTime, Date.now()]);
      }
      return true;
    }
  });`;
  const bench = { log: [], echo: 0, calls: [] };
  window.bench = bench;
  const note = (kind, more = {}) => bench.log.push({ kind, at: performance.timeOrigin + performance.now(), ...more });
  let context, bus, hush, opening;

  const open = async () => {
    context = new AudioContext({ sampleRate: 48000, latencyHint: "interactive" });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([TAP], { type: "text/javascript" })));
    hush = new GainNode(context, { gain: 0 });
    hush.connect(context.destination);
    bus = new GainNode(context);
    const room = context.createBuffer(1, 3 * 48000, 48000);
    const samples = room.getChannelData(0);
    for (let n = 0; n < samples.length; n += 1) samples[n] = (Math.random() - 0.5) * 0.0027; // -62 dBFS
    const noise = new AudioBufferSourceNode(context, { buffer: room, loop: true });
    noise.connect(bus);
    noise.start();
    const clock = new AudioWorkletNode(context, "clock");
    noise.connect(clock).connect(hush); // what is connected to nothing does not run
    clock.port.onmessage = ({ data }) => note("clock", { audio: data[0], wall: data[1] });
    await context.resume();
  };
  const ready = () => (opening ??= open());

  const hear = async (track) => {
    await ready();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const tap = new AudioWorkletNode(context, "tap");
    source.connect(tap).connect(hush);
    tap.port.onmessage = ({ data }) => note("sound", data);
    source.connect(new GainNode(context, { gain: bench.echo })).connect(bus);
  };

  bench.load = async (wav) => {
    await ready();
    const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
    bench.clip = await context.decodeAudioData(bytes.buffer);
  };

  // Plays what was loaded; gives the audio times of its beginning and end.
  bench.play = () => {
    const source = new AudioBufferSourceNode(context, { buffer: bench.clip });
    source.connect(bus);
    const from = context.currentTime + 0.03;
    source.start(from);
    bench.source = source;
    return [from, from + bench.clip.duration];
  };
  bench.hush = () => bench.source?.stop();
  bench.take = (from) => bench.log.slice(from);

  const media = navigator.mediaDevices;
  if (media) media.getUserMedia = async () => {
    await ready();
    const out = context.createMediaStreamDestination();
    bus.connect(out);
    return out.stream;
  };

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...given) {
      super(...given);
      bench.calls.push(this);
      this.addEventListener("track", ({ track }) => { if (track.kind === "audio") hear(track); });
      this.addEventListener("connectionstatechange", () => note("connection", { state: this.connectionState }));
    }
  };
  document.addEventListener("interviewlab:voice", ({ detail }) => note("event", { event: detail }));
})();
