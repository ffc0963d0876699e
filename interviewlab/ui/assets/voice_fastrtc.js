() => {
  "use strict";
  // A call by WebRTC to the server that serves this page.
  //
  // A line is made of an invitation, a stream of the microphone, an audio element and hooks: receive(event), up(), lost(),
  // dropped(), failed(sentence), refused(command, sentence), quality(sentence). It has ready (a promise that is rejected with
  // a sentence), send, replace and close.
  const lab = window.interviewlab;
  lab.lines = lab.lines ?? {};

  const FULL = "All voice places are taken at the moment. Try again in a few minutes, or go on by typing.";
  const REFUSED = {
    server_full: FULL,
    concurrency_limit_reached: FULL,
    bad_ticket: "The invitation to talk has run out. Start the voice again.",
    bad_offer: "The server cannot read how this browser wants to call. Use push to talk, or go on by typing.",
  };
  const GATHER_MS = 2000;
  const CONNECT_MS = 15000;

  const gathered = (connection) => new Promise((done) => {
    if (connection.iceGatheringState === "complete") return done();
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
    setTimeout(done, GATHER_MS);
  });

  lab.lines.fastrtc = ({ ticket, iceServers }, stream, player, hooks) => {
    const connection = new RTCPeerConnection({ iceServers });
    let isUp = false;
    stream.getTracks().forEach((track) => connection.addTrack(track, stream));
    connection.addEventListener("track", ({ track, streams, receiver }) => {
      receiver.jitterBufferTarget = 0; // as early as the network allows; the browser waits longer where it must
      player.srcObject = streams[0] ?? new MediaStream([track]);
    });
    const channel = connection.createDataChannel("text");
    channel.addEventListener("message", ({ data }) => hooks.receive(JSON.parse(data)));
    channel.addEventListener("close", () => hooks.dropped());
    connection.addEventListener("connectionstatechange", () => {
      const state = connection.connectionState;
      if (state === "connected") {
        isUp = true;
        hooks.up();
      } else if (state === "disconnected") hooks.lost();
      else if (state === "failed" || state === "closed") hooks.dropped();
    });

    const connect = async () => {
      await connection.setLocalDescription(await connection.createOffer());
      await gathered(connection);
      const { sdp } = connection.localDescription;
      const answer = await fetch("webrtc/offer", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sdp, type: "offer", webrtc_id: ticket }),
      });
      const told = await answer.json();
      if (!told.sdp) throw new lab.Trouble(REFUSED[told.meta?.error] ?? lab.NO_WAY);
      await connection.setRemoteDescription(told);
      setTimeout(() => { if (!isUp) hooks.failed(lab.NO_WAY); }, CONNECT_MS);
    };

    return {
      ready: connect(),
      send: (command) => {
        if (channel.readyState !== "open") return false;
        channel.send(JSON.stringify(command));
        return true;
      },
      replace: (track) => connection.getSenders()[0].replaceTrack(track),
      close: () => connection.close(),
    };
  };
}
