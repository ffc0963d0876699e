(() => {
  "use strict";
  // Where a browser may keep nothing (cookies blocked), even asking throws, and Gradio asks. Then memory stands in for
  // it: everything works until the page is closed, and the page says so.
  const memory = () => {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => { kept.set(String(key), String(value)); },
      removeItem: (key) => { kept.delete(String(key)); },
      clear: () => kept.clear(),
      key: (number) => [...kept.keys()][number] ?? null,
      get length() { return kept.size; },
    };
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("interviewlab");
    } catch {
      window.interviewlabForgets = true;
      Object.defineProperty(window, name, { value: memory(), configurable: true });
    }
  }
})();
