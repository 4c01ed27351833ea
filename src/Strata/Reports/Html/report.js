"use strict";
// What the page can do beyond being read: choose and size the picture, filter, and open a target. It makes elements from
// elements of the page and from text, never from markup, and asks for nothing.
(() => {
  const root = document.documentElement;
  const byId = id => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const rows = all(".targets tbody tr");
  const boxes = all("#dag-all .box");
  root.classList.add("js");

  // -- Which picture, and how large ------------------------------------------------------------------------------------
  const views = { all: byId("view-all"), layers: byId("view-layers") };
  const buttons = all("[data-view]");
  let view = "all";
  let zoom = 0; // steps from the size that fits

  const svgOf = name => byId(name === "layers" ? "dag-layers" : "dag-all");
  const sizeOf = (svg, name) => (name === "core" ? svg.dataset.core : svg.dataset.all).split(" ").map(Number);

  function resize() {
    const svg = svgOf(view);
    const [width, height] = sizeOf(svg, view);
    const frame = svg.parentElement;
    const fit = Math.min(1, Math.max(svg.classList.contains("down") ? 0.35 : 0.6, (frame.clientWidth - 2) / width));
    const scale = Math.min(3, Math.max(0.05, fit * Math.pow(1.25, zoom)));
    svg.setAttribute("viewBox", `-10 -10 ${width} ${height}`);
    svg.setAttribute("width", Math.round(width * scale));
    svg.setAttribute("height", Math.round(height * scale));
  }

  function show(name) {
    view = name;
    zoom = 0;
    views.all.hidden = name === "layers";
    if (views.layers) views.layers.hidden = name !== "layers";
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.view === name);
    if (name !== "layers") place(name === "core");
    resize();
    rove();
  }

  // Boxes and arrows have a second place, among what is affected alone; those without one go.
  function place(isCore) {
    for (const element of all(".box, .edge", svgOf("all"))) {
      const attribute = element.classList.contains("box") ? "transform" : "d";
      element.dataset.all ??= element.getAttribute(attribute);
      element.toggleAttribute("hidden", isCore && !element.dataset.core);
      const value = isCore ? element.dataset.core : element.dataset.all;
      if (value) element.setAttribute(attribute, isCore && attribute === "transform" ? `translate(${value})` : value);
    }
  }

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.view));
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => size(Number(button.dataset.zoom)));

  function size(step) {
    zoom = step === 0 ? 0 : zoom + step;
    resize();
  }

  // -- From box to box --------------------------------------------------------------------------------------------------
  const shownBoxes = () => all(".box", svgOf(view)).filter(box => !box.hasAttribute("hidden"));

  // One box is in the order of the Tab key; arrows go on from it.
  function rove(to) {
    const shown = shownBoxes();
    const chosen = to ?? shown.find(box => box.classList.contains("own") || box.classList.contains("bad")) ?? shown[0];
    for (const box of shown) box.setAttribute("tabindex", box === chosen ? "0" : "-1");
    if (to) {
      to.focus({ preventScroll: true });
      to.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  const middle = box => {
    const place = box.getBoundingClientRect();
    return [place.x + place.width / 2, place.y + place.height / 2];
  };

  // The nearest box that way; aside counts double.
  function next(box, [dx, dy]) {
    const [x, y] = middle(box);
    let best = null;
    let least = Infinity;
    for (const other of shownBoxes()) {
      const [ox, oy] = middle(other);
      const along = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (along > 4 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    }
    return best;
  }

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // -- The filter -------------------------------------------------------------------------------------------------------
  const find = byId("find");
  const chosen = ["state", "type"].map(name => byId("by-" + name));
  const titles = all(".targets thead th").map(title => title.textContent);

  // What a target starts from is no text of its own: `uan/` means the targets of that layer.
  const texts = rows.map(row => [...row.cells].filter((_, index) => titles[index] !== "Starts from").map(cell => cell.textContent).join(" ").toLowerCase());

  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [state, type] = chosen.map(choice => choice?.value ?? "");
    let count = 0;
    rows.forEach((row, index) => {
      const fits = words.every(word => texts[index].includes(word))
        && (!state || row.dataset.words.split(" ").includes(state))
        && (!type || row.dataset.type === type);
      row.hidden = !fits;
      boxes[index].classList.toggle("off", !fits);
      if (fits) count += 1;
    });
    byId("count").textContent = count === rows.length ? `${count} targets` : `${count} of ${rows.length} targets`;
  }

  byId("filter").addEventListener("submit", event => event.preventDefault());
  byId("filter").addEventListener("input", filter);

  // -- One target -------------------------------------------------------------------------------------------------------
  const panel = byId("panel");
  let opener = null;

  const make = (tag, content, attributes = {}) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...[content].flat());
    return element;
  };

  const copies = element => [...element.cloneNode(true).childNodes];

  function facts(row) {
    const list = make("dl", []);
    [...row.cells].forEach((cell, index) => {
      if (index === 0 || cell.textContent === "" || titles[index] === "Why") return;
      list.append(make("dt", titles[index]), make("dd", cell.dataset.full ? make("code", cell.dataset.full) : copies(cell)));
    });
    return list;
  }

  // Its own reasons; of what only follows, those of the nearest target above that has some.
  const ownReasons = row => row.dataset.why.split(" ").map(byId).filter(entry => entry && !entry.querySelector(".reason .follows"));

  function reasonsOf(row) {
    for (let at = row; at; at = byId(at.dataset.parent)) {
      const entries = ownReasons(at);
      if (entries.length > 0) {
        const title = at === row ? "Why" : `Why: it follows ${at.cells[0].textContent}`;
        return [make("h3", title), make("ul", entries.map(entry => make("li", copies(entry.querySelector(".reason")))))];
      }
      if (at.dataset.why === "") return [];
    }
    return [];
  }

  function childrenOf(row) {
    const children = rows.filter(other => other.dataset.parent === row.id);
    if (children.length === 0) return [];
    return [make("h3", "What starts from it"), make("ul", children.map(child => make("li", [...copies(child.cells[0]), " ", ...copies(child.cells[1])])))];
  }

  function open(row) {
    const close = make("button", "Close", { type: "button", class: "close" });
    close.addEventListener("click", shut);
    panel.replaceChildren(make("h2", row.cells[0].textContent, { id: "panel-title" }), close, facts(row), ...reasonsOf(row), ...childrenOf(row));
    panel.hidden = false;
    panel.scrollTop = 0;
    mark(row);
    aside(true);
    panel.focus({ preventScroll: true });
  }

  // Where there is room the page goes aside, and its picture fits what is left.
  function aside(isOpen) {
    root.classList.toggle("aside", isOpen);
    resize();
  }

  function mark(row) {
    for (const box of boxes) box.classList.toggle("open", row !== null && box.getAttribute("href") === "#" + row.id);
  }

  function shut() {
    if (panel.hidden) return;
    panel.hidden = true;
    mark(null);
    aside(false);
    opener?.focus({ preventScroll: true });
  }

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href^='#']");
    if (!link) return;
    const hash = link.getAttribute("href");
    if (link.closest("#dag-layers")) {
      event.preventDefault();
      find.value = link.querySelector("text").textContent.trim() + "/";
      filter();
      show("all");
      find.focus();
      return;
    }
    const row = /^#t\d+$/.test(hash) ? byId(hash.slice(1)) : null;
    if (!row) return;
    event.preventDefault();
    if (!panel.contains(link)) opener = link;
    open(row);
  });

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (!panel.hidden) shut();
      else if (event.target === find && find.value) {
        find.value = "";
        filter();
      }
      return;
    }
    if (isTyping) return;
    const box = event.target.closest?.(".box");
    if (event.key === "/") {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (box && ways[event.key]) {
      event.preventDefault();
      rove(next(box, ways[event.key]) ?? box);
    } else if ("+-0".includes(event.key) && event.key !== "") {
      size({ "+": 1, "-": -1, 0: 0 }[event.key]);
    }
  });

  if (rows.length === 0) return;
  window.addEventListener("resize", resize);

  // Of many targets one sees first what is affected, or else the layers.
  const core = boxes.filter(box => box.dataset.core).length;
  const many = 60;
  show(rows.length <= many ? "all" : core > 0 && core <= many ? "core" : views.layers ? "layers" : "all");
  const linked = /^#t\d+$/.test(location.hash) ? byId(location.hash.slice(1)) : null;
  if (linked) open(linked);
})();
