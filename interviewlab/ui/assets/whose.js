(() => {
  "use strict";
  // What this browser keeps of somebody else goes before anything reads it; with no owner named, whoever's it is.
  const OWNER = "interviewlab-owner";
  const KEPT = ["interviewlab-answer", "interviewlab-place", "interviewlab-kept", "interviewlab-drafts"];
  const { owner } = document.currentScript.dataset;
  try {
    for (const store of [sessionStorage, localStorage]) {
      if (!owner || (store.getItem(OWNER) ?? owner) !== owner) [OWNER, ...KEPT].forEach((key) => store.removeItem(key));
      if (owner) store.setItem(OWNER, owner);
    }
  } catch { /* a browser that keeps nothing has nothing to forget */ }
})();
