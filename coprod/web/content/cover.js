"use strict";
// Covers the page at once and lets the server forget. Every page works without this; nothing is stored.
(() => {
  const root = document.documentElement;
  const hide = document.getElementById("hide");
  const answers = document.getElementById("answers");
  let going = false; // a page is on its way; the old one being put away is not a person looking away

  const cover = () => root.classList.add("covered");
  const leave = () => {
    cover();
    answers.reset();
    hide.submit();
  };

  document.addEventListener("submit", () => { going = true; });
  window.addEventListener("pagehide", () => { going = true; });

  if (hide) {
    hide.addEventListener("submit", cover);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || event.key === "F12") {
        event.preventDefault();
        leave();
      }
    }, true);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && !going) leave();
    });
  }

  // A page that comes out of the browser's memory may be somebody else's: ask the server what to show.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      cover();
      location.reload();
    }
  });

  // Every form is made as long as the next whole block, so that its length does not tell what was chosen.
  const BLOCK = 4096;
  document.addEventListener("formdata", (event) => {
    event.formData.append("pad", "");
    const length = new URLSearchParams(event.formData).toString().length;
    event.formData.set("pad", "x".repeat((BLOCK - (length % BLOCK)) % BLOCK));
  });

  const after = Number(document.body.dataset.after || 0) * 1000;
  if (after > 0) {
    let timer = 0;
    let told = Date.now();
    const quiet = () => {
      if (going) return;
      going = true;
      cover();
      const act = document.createElement("input");
      act.type = "hidden";
      act.name = "do";
      act.value = document.body.dataset.then;
      answers.append(act);
      answers.submit();
    };
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(quiet, after);
      if (Date.now() - told > 60000) {
        told = Date.now();
        fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => {});
      }
    };
    for (const kind of ["pointerdown", "keydown", "input", "scroll", "focusin", "touchstart"]) {
      document.addEventListener(kind, touched, { capture: true, passive: true });
    }
    touched();
  }
})();
