() => {
  "use strict";
  // Gradio's editor colours code by one palette (Nord) on any ground: class names at 1.6 to 1 on white, comments at 1.9
  // to 1 on dark. Its generated rules are found by their colours and given ours, which app.css sets for light and dark.
  const OURS = {
    "rgb(94, 129, 172)": "keyword", "rgb(129, 161, 193)": "keyword", "rgb(136, 192, 208)": "call",
    "rgb(143, 188, 187)": "type", "rgb(163, 190, 140)": "text", "rgb(180, 142, 173)": "number",
    "rgb(191, 97, 106)": "bracket", "rgb(208, 135, 112)": "name", "rgb(235, 203, 139)": "class",
    "rgb(67, 76, 94)": "comment", "rgb(59, 66, 82)": "comment", "rgb(211, 1, 2)": "bracket",
  };
  const GENERATED = /^\.\u037c\w+$/;

  const recolour = (sheet) => {
    let rules = [];
    try { rules = sheet.cssRules; } catch { /* a sheet of another host, of which there is none */ }
    for (const { selectorText, style } of rules) {
      const name = style && GENERATED.test(selectorText) && OURS[style.color];
      if (name) style.color = `var(--il-code-${name})`;
    }
  };

  // The editor may write its rules anew when its language changes.
  const look = () => {
    const spans = [...document.querySelectorAll("#code .cm-line span")].slice(0, 40);
    if (!spans.some((span) => OURS[getComputedStyle(span).color])) return;
    [...document.adoptedStyleSheets, ...document.styleSheets].forEach(recolour);
  };
  let isWaiting = false;
  new MutationObserver(() => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; look(); });
  }).observe(document.body, { childList: true, subtree: true });
}
