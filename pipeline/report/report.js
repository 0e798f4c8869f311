"use strict";
(function () {
	var form = document.getElementById("filters"), find = document.getElementById("find"), shown = document.getElementById("shown");
	var cites = Array.prototype.slice.call(document.querySelectorAll(".cite"));
	var texts = cites.map(function (c) { return c.textContent.toLowerCase(); });
	function apply() {
		var on = {}, n = 0, want = find.value.trim().toLowerCase();
		form.querySelectorAll("input[name=verdict]").forEach(function (b) { on[b.value] = b.checked; });
		cites.forEach(function (c, i) {
			var show = on[c.dataset.verdict] && (!want || texts[i].indexOf(want) >= 0);
			c.hidden = !show;
			if (show) n++;
		});
		shown.textContent = n === cites.length ? "" : n + " of " + cites.length + " shown";
	}
	form.addEventListener("input", apply);
	form.addEventListener("submit", function (e) { e.preventDefault(); });
	document.addEventListener("click", function (e) {
		if (!e.target.classList.contains("do-copy")) return;
		var text = e.target.parentNode.querySelector(".copy"), range = document.createRange();
		range.selectNodeContents(text);
		var s = getSelection();
		s.removeAllRanges();
		s.addRange(range);
		e.target.textContent = document.execCommand("copy") ? "Copied" : "Selected: press Ctrl-C";
	});
	apply();
})();
