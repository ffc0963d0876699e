(() => {
  "use strict";
  // Other tabs hear that everything goes; this one begins anew.
  new BroadcastChannel("interviewlab-drafts").postMessage(null);
  location.replace("/");
})();
