"use strict";
// Covers the page at once, and puts each page in the place of the one before, so that the browser's
// history holds one. Every page works without this; nothing is stored.
(() => {
  const root = document.documentElement;
  const hide = document.getElementById("hide");
  const answers = document.getElementById("answers");
  const lost = document.getElementById("lost");
  let going = false; // a page is on its way; the old one being put away is not a person looking away

  const cover = () => root.classList.add("covered");

  // Sends a form and then asks for the same address again: the new page replaces this one. Gives whether it was sent.
  const send = async (form, button) => {
    going = true;
    lost.hidden = true;
    try {
      const body = new URLSearchParams(new FormData(form, button));
      await fetch(location.pathname, { method: "POST", body, redirect: "manual", keepalive: form === hide });
      location.replace(location.pathname);
      return true;
    } catch {
      going = false;
      lost.hidden = false;
      return false;
    }
  };
  const leave = () => {
    cover();
    answers.reset();
    send(hide).then((sent) => sent || location.replace(location.pathname));
  };

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target === hide) leave();
    else if (!going) send(event.target, event.submitter);
  });
  window.addEventListener("pagehide", () => { going = true; });

  if (hide) {
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
      cover();
      const act = document.createElement("input");
      act.type = "hidden";
      act.name = "do";
      act.value = document.body.dataset.then;
      answers.append(act);
      send(answers);
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
