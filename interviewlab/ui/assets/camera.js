() => {
  "use strict";
  // A candidate may see themself. The picture is shown in this page and goes nowhere else.
  let stream = null;
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

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    show(false);
  };

  const start = async () => {
    try {
      if (!navigator.mediaDevices) throw new Error("no devices");
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320 }, audio: false });
      stream.getVideoTracks()[0].addEventListener("ended", stop);
      show(true);
    } catch (error) {
      const isRefused = error.name === "NotAllowedError";
      show(false, isRefused ? "The camera was not allowed. Allow it in the browser's address bar and press again."
        : "No camera can be used here. The interview needs none.");
    }
  };

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-camera=button]")) { if (stream) stop(); else start(); }
    if (target.closest("#end-now, #forget-now, #start")) stop();
  });

  // An interview may end by its own words, too: then nobody needs to be seen any more.
  setInterval(() => {
    const isOver = Boolean(document.getElementById("over")?.getClientRects().length);
    const mirror = document.getElementById("mirror");
    if (mirror && document.getElementById("talk")?.getClientRects().length) mirror.hidden = isOver;
    if (isOver && stream) stop();
  }, 500);
}
