// Stands first in a page and in its frames, where a browser does not tell what
// goes wrong in them, and notes it in the page's pinnlabTrouble.
(() => {
  const source = document.currentScript.textContent;
  const trouble = (() => {
    try {
      if (parent.pinnlabTrouble) return parent.pinnlabTrouble;
    } catch {
      // The page above is not one's own.
    }
    return (window.pinnlabTrouble = []);
  })();
  const note = (...words) => trouble.push(words.map((w) => w?.stack ? `${w} ${w.stack}` : String(w)).join(" "));

  addEventListener("error", (e) => {
    if (e.target instanceof Element) note("console: not loaded:", e.target.outerHTML.slice(0, 200));
    else note("console: error:", e.message, e.error ?? "");
  }, true);
  addEventListener("unhandledrejection", (e) => note("console: rejected:", e.reason));
  addEventListener("securitypolicyviolation", (e) => note("console: refused:", e.violatedDirective, e.blockedURI));
  const print = console.error;
  console.error = (...words) => {
    note("console: error:", ...words);
    print.apply(console, words);
  };
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (!/^(file|blob|data|about):/.test(name)) note("request:", name);
    }
  }).observe({ type: "resource", buffered: true });

  const { get, set } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "srcdoc");
  Object.defineProperty(HTMLIFrameElement.prototype, "srcdoc", {
    get,
    set(text) { set.call(this, text.replace("<body>", () => `<body><script>${source}<` + "/script>")); },
  });
})();
