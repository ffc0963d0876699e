() => {
  "use strict";
  // A call in a LiveKit room, by LiveKit's own client; see voice_fastrtc.js for what a line is.
  const lab = window.interviewlab;
  lab.lines = lab.lines ?? {};

  const COMMAND = "interviewlab.command";
  const EVENTS = "interviewlab.event";
  const CAPTIONS = "lk.transcription";
  const STATE = "interviewlab.state";
  const NO_CLIENT = "LiveKit's client could not be loaded: the network may block it. Go on by typing, or talk directly.";
  const NO_ROOM = "The LiveKit room cannot be entered from this browser: the network may block it. Go on by typing, or talk directly.";
  const ELSEWHERE = "The interview goes on in another tab. Start the voice here to take it back.";
  const OLD = "This LiveKit server is too old for the page. Ask whoever runs it for version 1.8 or later.";
  const UNREACHED = "The interviewer cannot be reached at the moment. Try again in a moment, or press Reconnect.";
  const REFUSED = 400; // by the interviewer, with a sentence; all other errors of a command are LiveKit's own
  const QUALITY = { excellent: "", good: "", poor: "The connection is poor.", lost: "The connection is lost." };

  let loading = null;
  const load = ({ src, integrity }) => (loading ??= new Promise((done, failed) => {
    if (window.LivekitClient) return done(window.LivekitClient);
    const script = document.createElement("script");
    Object.assign(script, { src, integrity, crossOrigin: "anonymous" });
    script.addEventListener("load", () => done(window.LivekitClient));
    script.addEventListener("error", () => { loading = null; failed(new lab.Trouble(NO_CLIENT)); });
    document.head.append(script);
  }));

  // Commands are remote calls, which servers carry since 1.8; one that names no version is LiveKit's own cloud.
  const isOld = (version) => {
    const [major, minor] = (version || "1.8").split(".").map(Number);
    return major < 1 || (major === 1 && minor < 8);
  };

  const isAgent = (participant) => Boolean(participant?.isAgent);
  const decoder = new TextDecoder();

  lab.lines.livekit = ({ url, token, client }, stream, player, hooks) => {
    let room = null;
    let isClosed = false;

    const agent = () => [...(room?.remoteParticipants.values() ?? [])].find(isAgent);
    const turnTo = (participant) => {
      const state = isAgent(participant) && participant.attributes[STATE];
      if (state) hooks.receive({ kind: "state", state });
    };

    const listen = ({ RoomEvent, DisconnectReason, Track }) => {
      room.registerTextStreamHandler(CAPTIONS, async (reader, { identity }) => {
        if (identity !== agent()?.identity) return;
        const { attributes } = reader.info;
        const text = await reader.readAll();
        hooks.receive({
          kind: "caption", who: attributes["interviewlab.who"], text,
          is_final: attributes["lk.transcription_final"] === "true",
        });
      });
      // What bears no sender comes from the server itself.
      room.on(RoomEvent.DataReceived, (payload, sender, kind, topic) => {
        if (topic === EVENTS && (!sender || isAgent(sender))) hooks.receive(JSON.parse(decoder.decode(payload)));
      });
      room.on(RoomEvent.ParticipantConnected, turnTo);
      room.on(RoomEvent.ParticipantDisconnected, (participant) => { if (isAgent(participant) && !agent()) hooks.lost(); });
      room.on(RoomEvent.ParticipantAttributesChanged, (changed, participant) => { if (STATE in changed) turnTo(participant); });
      room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
        if (track.kind !== Track.Kind.Audio || !isAgent(participant)) return;
        if (track.receiver) track.receiver.jitterBufferTarget = 0;
        player.srcObject = new MediaStream([track.mediaStreamTrack]);
        hooks.up();
      });
      room.on(RoomEvent.ConnectionQualityChanged, (quality, participant) => {
        if (participant === room.localParticipant) hooks.quality(QUALITY[quality] ?? "");
      });
      room.on(RoomEvent.SignalReconnecting, () => hooks.lost());
      room.on(RoomEvent.Reconnecting, () => hooks.lost());
      room.on(RoomEvent.Reconnected, () => hooks.up());
      room.on(RoomEvent.Disconnected, (reason) => {
        if (isClosed) return;
        if (reason === DisconnectReason.DUPLICATE_IDENTITY) hooks.failed(ELSEWHERE);
        else if (reason === DisconnectReason.ROOM_DELETED) hooks.receive({ kind: "state", state: "ended" });
        else hooks.dropped();
      });
    };

    const connect = async () => {
      const guest = await load(client);
      room = new guest.Room({ disconnectOnPageLeave: true, stopLocalTrackOnUnpublish: false });
      listen(guest);
      try {
        await room.connect(url, token);
      } catch (error) {
        throw new lab.Trouble(error.reason === guest.ConnectionErrorReason?.NotAllowed ? lab.OUT_OF_DATE : NO_ROOM);
      }
      if (isClosed) return room.disconnect();
      if (isOld(room.serverInfo?.version)) {
        room.disconnect();
        throw new lab.Trouble(OLD);
      }
      room.remoteParticipants.forEach(turnTo);
      const [track] = stream.getAudioTracks();
      await room.localParticipant.publishTrack(track, { source: guest.Track.Source.Microphone, dtx: false });
    };

    return {
      ready: connect(),
      send: (command) => {
        const to = agent();
        if (!to) return false;
        room.localParticipant.performRpc({ destinationIdentity: to.identity, method: COMMAND, payload: JSON.stringify(command) })
          .catch(({ code, message }) => hooks.refused(command, code === REFUSED ? message : UNREACHED));
        return true;
      },
      replace: async (track) => {
        const [publication] = room.localParticipant.audioTrackPublications.values();
        await publication.track.replaceTrack(track, true);
      },
      close: () => {
        isClosed = true;
        room?.disconnect(false);
      },
    };
  };
}
