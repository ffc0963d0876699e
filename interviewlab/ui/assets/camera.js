() => {
  "use strict";
  // A candidate may see themself. The picture is shown in this page and goes nowhere else.
  let stream = null;
  let generation = 0; // of presses: a picture that is allowed after another one is let go
  const find = (name) => document.querySelector(`[data-camera=${name}]`);

  const show = (isOn, trouble = "") => {
    const [button, picture, said] = ["button", "picture", "said"].map(find);
    if (!button) return;
    button.textContent = isOn ? "Hide my camera" : "Show my camera";
    button.setAttribute("aria-pressed", String(isOn));
    picture.hidden = !isOn;
    picture.srcObject = isOn ? stream : null;
    said.textContent = trouble;
  };

  const release = (picture) => picture?.getTracks().forEach((track) => track.stop());

  const stop = () => {
    generation += 1;
    release(stream);
    stream = null;
    show(false);
  };

  const start = async () => {
    generation += 1;
    const mine = generation;
    try {
      if (!navigator.mediaDevices) throw new Error("no devices");
      const allowed = await navigator.mediaDevices.getUserMedia({ video: { width: 320 }, audio: false });
      if (mine !== generation) return release(allowed);
      stream = allowed;
      stream.getVideoTracks()[0].addEventListener("ended", stop);
      show(true);
    } catch (error) {
      if (mine !== generation) return;
      const isRefused = error.name === "NotAllowedError";
      show(false, isRefused ? "The camera was not allowed. Allow it in the browser's address bar and press again."
        : "No camera can be used here. The interview needs none.");
    }
  };

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-camera=button]")) { if (stream) stop(); else start(); }
    if (target.closest("#end-now, #forget-now, #delete-now, #cv-delete-now, #job-delete-now, #start")) stop();
  });

  // An interview may end by its own words, too: then nobody needs to be seen any more.
  setInterval(() => {
    const isOver = Boolean(document.getElementById("over")?.getClientRects().length);
    const mirror = document.getElementById("mirror");
    if (mirror && document.getElementById("talk")?.getClientRects().length) mirror.hidden = isOver;
    if (isOver && stream) stop();
  }, 500);
}
