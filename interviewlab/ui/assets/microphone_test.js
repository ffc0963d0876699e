() => {
  "use strict";
  // Record some seconds, play them back, show what the ears made of them.
  const { panel, voice, push } = window.interviewlab;
  const SECONDS = 4;
  const SILENT = 0.01;
  const NOTHING = "Nothing was heard: the microphone is silent. Check that it is not muted, or choose another one.";
  const NO_WORDS = "Sound came in, but no words were made out. Speak up or come closer, and test again.";
  const IN_USE = "The microphone is in use by the interview. Stop the voice, then test it.";
  const GONE = "The microphone was disconnected. Connect it and test again.";

  const test = async (place) => {
    const find = (name) => place.querySelector(`[data-mic=${name}]`);
    const say = (sentence) => { find("said").textContent = sentence; };
    if (voice.isOn || push.isOn) return say(IN_USE);
    find("test").disabled = true;
    find("replay").hidden = true;
    try {
      const { recording, loudest } = await listen(find, say);
      replay(find("replay"), recording);
      if (loudest < SILENT) return say(NOTHING);
      say("Listening to it… The first time this takes a moment.");
      const answer = await panel.ask("hear", await panel.askForPass(), { method: "POST", body: recording });
      const { heard } = await answer.json();
      say(heard ? `This was understood: “${heard}”` : NO_WORDS);
    } catch (error) {
      say(panel.why(error));
    } finally {
      find("test").disabled = false;
    }
  };

  const listen = async (find, say) => {
    let isGone = false;
    const stream = await panel.listen(() => { isGone = true; });
    const silence = panel.measure(stream, find("level"));
    let recording, loudest;
    try {
      const finish = panel.record(stream);
      for (let left = SECONDS; left > 0 && !isGone; left -= 1) {
        say(`Say something. Recording for ${left} s…`);
        await new Promise((done) => setTimeout(done, 1000));
      }
      if (isGone) throw new Error(GONE);
      recording = await finish();
    } finally {
      loudest = silence();
      panel.release(stream);
    }
    return { recording, loudest };
  };

  const replay = (player, recording) => {
    URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(recording);
    player.hidden = false;
    player.play().catch(() => {}); // its own controls play it
  };

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-mic=test]");
    if (button) test(button.closest(".il-mic-test"));
  });
}
