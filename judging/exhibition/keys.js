document.addEventListener("keydown", function (e) {
  if (e.altKey || e.ctrlKey || e.metaKey || e.shiftKey || /^(VIDEO|AUDIO)$/.test(e.target.tagName)) return;
  var to = { ArrowLeft: "prev", ArrowRight: "next", Escape: "up" }[e.key];
  var link = to && document.getElementById(to);
  if (link) link.click();
});
