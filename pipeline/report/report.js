"use strict";
// Filters, acceptance and copying. All that it knows of the report it reads
// from the page, and all that it shows it sets as text.
(function () {
	var $ = function (id) { return document.getElementById(id); };
	var all = function (q, from) { return Array.prototype.slice.call((from || document).querySelectorAll(q)); };
	document.documentElement.classList.add("on");
	var form = $("filters"), find = $("find"), check = $("check"), report = $("report"), order = $("order");
	var main = $("citations"), cites = all(".cite"), boxes = all("input[name=verdict]", form);
	var texts = null, shownNow = cites;
	var fold = function (s) { return s.normalize("NFKC").toLowerCase(); };

	// The filters' state stands in the address, so that it can be sent and
	// comes back with the page.
	function state() {
		var s = new URLSearchParams(), free = boxes.filter(function (b) { return !b.disabled; });
		if (free.some(function (b) { return !b.checked; })) {
			s.set("verdict", free.filter(function (b) { return b.checked; }).map(function (b) { return b.value; }).join(","));
		}
		if (check.value) s.set("check", check.value);
		if (report && report.value) s.set("report", report.value);
		if (order.value) s.set("order", order.value);
		if (find.value.trim()) s.set("q", find.value.trim());
		return s.toString().replace(/%2C/g, ",");
	}
	function restore() {
		var hash = location.hash.slice(1);
		if (hash.indexOf("=") < 0) return false;
		var s = new URLSearchParams(hash), on = s.has("verdict") ? s.get("verdict").split(",") : null;
		boxes.forEach(function (b) { b.checked = !on || on.indexOf(b.value) >= 0; });
		check.value = s.get("check") || "";
		if (report) report.value = s.get("report") || "";
		order.value = s.get("order") || "";
		[check, report, order].forEach(function (x) { if (x && x.selectedIndex < 0) x.value = ""; });
		find.value = s.get("q") || "";
		return true;
	}
	function sorted() {
		var by = order.value === "report" ? function (c) { return +c.dataset.place; } : function (c) { return +c.id.slice(1); };
		var now = all(".cite"), last = -1;
		if (now.every(function (c) { var ok = by(c) > last; last = by(c); return ok; })) return;
		now.sort(function (a, b) { return by(a) - by(b); }).forEach(function (c) { main.appendChild(c); });
		cites = now;
		texts = null;
	}
	function apply() {
		sorted();
		var on = {}, want = fold(find.value.trim());
		boxes.forEach(function (b) { on[b.value] = b.checked; });
		if (want && !texts) texts = cites.map(function (c) { return fold(c.textContent); });
		shownNow = cites.filter(function (c, i) {
			var d = c.dataset, show = on[d.verdict] && (!check.value || (" " + d.checks).indexOf(" " + check.value + " ") >= 0) &&
				(!report || !report.value || d.file === report.value) && (!want || texts[i].indexOf(want) >= 0);
			c.hidden = !show;
			return show;
		});
		var all = shownNow.length === cites.length;
		$("shown").textContent = all ? "" : shownNow.length + " of " + cites.length + " shown";
		$("clear").hidden = all && !state();
		document.querySelector(".none-shown").hidden = !cites.length || shownNow.length > 0;
	}
	function changed() {
		apply();
		try { history.replaceState(null, "", "#" + state()); } catch (e) { /* a place that keeps no state */ }
	}
	function clear() {
		boxes.forEach(function (b) { b.checked = true; });
		find.value = check.value = order.value = "";
		if (report) report.value = "";
		changed();
	}
	form.addEventListener("input", changed);
	form.addEventListener("submit", function (e) { e.preventDefault(); });
	$("clear").addEventListener("click", function () { clear(); find.focus(); });

	var aim = null; // what to look at on the picture of a page

	// A link to a citation shows it, whatever the filters say.
	function arrive() {
		if (restore()) { apply(); return; }
		var to = $(location.hash.slice(1));
		if (!to) return;
		if (to.hidden) { clear(); location.replace("#" + to.id); }
		if (to.tagName === "DETAILS") {
			to.open = true;
			to.querySelector("summary").focus({ preventScroll: true });
		}
		if (to.tabIndex === -1) to.focus({ preventScroll: true });
		if (aim && to.contains(aim)) aim.scrollIntoView({ block: "center" });
		else to.scrollIntoView();
		aim = null;
	}
	window.addEventListener("hashchange", arrive);
	all(".next a").forEach(function (a) {
		a.addEventListener("click", function () { if (a.hash === location.hash) arrive(); if (a.hash.indexOf("=") > 0) main.focus(); });
	});

	// Pictures of pages: the note asked for stands out.
	document.addEventListener("click", function (e) {
		var a = e.target.closest(".to-page");
		if (!a) return;
		aim = null;
		all(".page .on").forEach(function (r) { r.classList.remove("on"); });
		all("[data-label]", $(a.hash.slice(1))).forEach(function (r) {
			if (r.dataset.label !== a.dataset.label) return;
			r.classList.add("on");
			if (!aim || r.dataset.part === a.dataset.part && aim.dataset.part !== a.dataset.part) aim = r;
		});
		if (a.hash === location.hash) arrive();
	});

	// Copying works from a file too, where the clipboard's own interface may
	// not be had.
	function copy(button) {
		var s = getSelection(), range = document.createRange(), ok = false;
		range.selectNodeContents(button.parentNode.querySelector(".copy"));
		s.removeAllRanges();
		s.addRange(range);
		try { ok = document.execCommand("copy"); } catch (e) { ok = false; }
		button.textContent = ok ? "Copied" : "Selected: press Ctrl-C";
		if (ok) s.removeAllRanges();
	}

	// Accepted findings, by their keys. An entry holds what citecheck --ignore
	// reads; the key is the same that it goes by.
	var store = "citecheck:" + document.body.dataset.key, dirty = false;
	var accepted = new Map(), gone = new Set(), ranks = boxes.map(function (b) { return b.value; });
	var bare = function (s) { return s.normalize("NFKC").replace(/[^\p{L}\p{Nd}]/gu, "").toLowerCase(); };
	function keyOf(e) { return JSON.stringify([e.check, bare(e.text), e.target, bare(e.claimed), bare(e.found)]); }
	function entryOf(f) {
		var of = f.closest("[data-text]").dataset, d = f.dataset;
		return { check: d.check, verdict: d.verdict, target: of.target, text: of.text, claimed: d.claimed, found: d.found, reason: "" };
	}
	var findings = all(".finding").map(function (f) {
		var e = entryOf(f), key = keyOf(e);
		if (f.dataset.reason !== undefined) {
			e.reason = f.dataset.reason;
			if (f.dataset.by) e.by = f.dataset.by;
			accepted.set(key, e);
		}
		return { el: f, key: key, verdict: e.verdict };
	});
	function keep() {
		try { localStorage.setItem(store, JSON.stringify({ dirty: dirty, findings: list(), gone: Array.from(gone) })); } catch (e) { /* not kept, only saved */ }
	}
	function list() {
		var cmp = function (a, b) { return a < b ? -1 : a > b ? 1 : 0; };
		return Array.from(accepted.values()).sort(function (a, b) {
			return cmp(a.check, b.check) || cmp(a.target, b.target) || cmp(a.text, b.text) || cmp(a.claimed, b.claimed) || cmp(a.found, b.found);
		});
	}
	function covers(e, verdict) { return e && verdict !== "verified" && ranks.indexOf(verdict) >= ranks.indexOf(e.verdict); }
	// sound tells whether x is an entry that citecheck would take.
	function sound(x) {
		return x && ["check", "target", "text", "claimed", "found", "reason"].every(function (k) { return typeof x[k] === "string"; }) &&
			x.check && x.reason.trim() && ranks.indexOf(x.verdict) >= 0 && (x.by === undefined || typeof x.by === "string");
	}
	function take(entries) {
		var n = 0;
		entries.forEach(function (x) {
			if (!sound(x)) return;
			var e = { check: x.check, verdict: x.verdict, target: x.target, text: x.text, claimed: x.claimed, found: x.found, reason: x.reason };
			if (x.by) e.by = x.by;
			accepted.set(keyOf(e), e);
			n++;
		});
		return n;
	}
	function mark() {
		findings.forEach(function (f) {
			var e = accepted.get(f.key), yes = covers(e, f.verdict);
			f.el.classList.toggle("is-accepted", !!yes);
			f.el.querySelector(".accepted").textContent = yes ? "Accepted" + (e.by ? " by " + e.by : "") + ": " + e.reason : "";
		});
		cites.forEach(stand);
		boxes.forEach(function (b) {
			var n = b.parentNode.querySelector("b"), now = +n.dataset.n + (deltas[b.value] || 0);
			n.textContent = now;
			b.disabled = now === 0;
			if (now) b.parentNode.hidden = false;
			b.parentNode.classList.toggle("none", now === 0);
			var step = document.querySelector(".next a[href='#verdict=" + b.value + "']");
			if (step) {
				step.querySelector("b").textContent = now;
				step.parentNode.hidden = now === 0;
			}
		});
		$("bar").hidden = !accepted.size && !dirty;
		$("bar-says").textContent = (accepted.size === 1 ? "1 finding accepted" : accepted.size + " findings accepted") + (dirty ? ", not saved yet" : "");
	}
	// stand brings a citation's tag up to date: the worst that is left, or
	// "accepted" where nothing else is. It is no verdict of a source.
	var deltas = {};
	function stand(c) {
		var left = ranks.indexOf("verified"), any = false;
		all(".finding", c).forEach(function (f) {
			if ("advice" in f.dataset) return;
			if (f.classList.contains("is-accepted")) any = true;
			else left = Math.min(left, ranks.indexOf(f.dataset.verdict));
		});
		var now = !any ? c.dataset.own : ranks[left] === "verified" ? "accepted" : ranks[left], was = c.dataset.verdict;
		if (now === was) return;
		deltas[was] = (deltas[was] || 0) - 1;
		deltas[now] = (deltas[now] || 0) + 1;
		c.dataset.verdict = now;
		c.classList.replace("v-" + was, "v-" + now);
		var tag = c.querySelector("h3 .tag");
		tag.classList.replace("v-" + was, "v-" + now);
		tag.querySelector(".verdict").textContent = now.replace(/_/g, " ");
		tag.querySelector("i").textContent = form.querySelector(".chip.v-" + now + " i").textContent;
	}
	var asked = null, ask = $("ask");
	function accept(finding) {
		asked = finding;
		$("ask-what").textContent = finding.querySelector(".reason").textContent;
		$("ask-reason").value = "";
		try { $("ask-by").value = $("ask-by").value || localStorage.getItem("citecheck:by") || ""; } catch (e) { /* stays empty */ }
		ask.showModal();
		$("ask-reason").focus();
	}
	$("ask-form").addEventListener("submit", function (ev) {
		ev.preventDefault();
		var e = entryOf(asked), by = $("ask-by").value.trim();
		e.reason = $("ask-reason").value.trim();
		if (!e.reason) { $("ask-reason").value = ""; $("ask-reason").reportValidity(); return; }
		if (by) e.by = by;
		try { localStorage.setItem("citecheck:by", by); } catch (x) { /* asked again */ }
		accepted.set(keyOf(e), e);
		gone.delete(keyOf(e));
		done(asked, ".do-undo");
		ask.close();
	});
	$("ask-cancel").addEventListener("click", function () { ask.close(); });
	ask.addEventListener("close", function () {
		var b = asked && (asked.classList.contains("is-accepted") ? asked.querySelector(".do-undo") : asked.querySelector(".do-accept"));
		if (b) b.focus();
	});
	function done(f, next) {
		dirty = true;
		mark();
		keep();
		var b = f.querySelector(next);
		if (b) b.focus();
	}
	document.addEventListener("click", function (e) {
		var b = e.target.closest("button");
		if (!b) return;
		if (b.classList.contains("do-copy")) copy(b);
		if (b.classList.contains("do-accept")) accept(b.closest(".finding"));
		if (b.classList.contains("do-undo")) {
			var f = b.closest(".finding");
			accepted.delete(keyOf(entryOf(f)));
			gone.add(keyOf(entryOf(f)));
			done(f, ".do-accept");
		}
	});

	// Saving: into the file that the editor chooses where the browser lets us,
	// else as a download.
	function saved() { dirty = false; keep(); mark(); }
	$("save").addEventListener("click", function () {
		var name = "citecheck.ignore.json", body = JSON.stringify({ format: "citecheck-ignore/1", findings: list() }, null, 1) + "\n";
		if (window.showSaveFilePicker && window.isSecureContext) {
			window.showSaveFilePicker({ suggestedName: name, types: [{ description: "Accepted findings", accept: { "application/json": [".json"] } }] })
				.then(function (h) { return h.createWritable(); })
				.then(function (w) { return w.write(body).then(function () { return w.close(); }); })
				.then(saved, function (e) { if (e.name !== "AbortError") download(name, body); });
			return;
		}
		download(name, body);
	});
	function download(name, body) {
		var a = document.createElement("a"), url = URL.createObjectURL(new Blob([body], { type: "application/json" }));
		a.href = url;
		a.download = name;
		a.click();
		setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
		saved();
	}
	$("load").addEventListener("change", function () {
		var file = this.files[0], input = this;
		if (!file) return;
		file.text().then(function (text) {
			var l = JSON.parse(text);
			if (l.format !== "citecheck-ignore/1" || !Array.isArray(l.findings)) throw new Error("not a list of accepted findings");
			var n = take(l.findings);
			dirty = true;
			keep();
			mark();
			apply();
			$("bar-says").textContent += "; " + n + " from " + file.name;
		}).catch(function (e) { $("bar-says").textContent = file.name + " was not read: " + e.message; });
		input.value = "";
	});

	// Keys, while the focus is among the citations.
	main.addEventListener("keydown", function (e) {
		if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
		var c = e.target.closest(".cite"), at = shownNow.indexOf(c), b;
		switch (e.key) {
		case "j": case "k":
			at = at < 0 ? (e.key === "j" ? 0 : -1) : at + (e.key === "j" ? 1 : -1);
			if (!shownNow[at]) return;
			shownNow[at].focus({ preventScroll: true });
			shownNow[at].scrollIntoView({ block: "start" });
			break;
		case "a":
			b = c && all(".finding:not(.is-accepted) .do-accept", c)[0];
			if (b) accept(b.closest(".finding"));
			break;
		case "c":
			b = c && c.querySelector(".do-copy");
			if (b) copy(b);
			break;
		case "/":
			find.focus();
			break;
		default:
			return;
		}
		e.preventDefault();
	});

	// On paper the evidence stands open, but for what agreed.
	var closed = [];
	window.addEventListener("beforeprint", function () {
		closed = all("details.evidence:not([open])").filter(function (d) { return !d.closest(".agreed"); });
		closed.forEach(function (d) { d.open = true; });
	});
	window.addEventListener("afterprint", function () { closed.forEach(function (d) { d.open = false; }); });
	window.addEventListener("beforeunload", function (e) {
		var kept = false;
		try { kept = localStorage.getItem(store) !== null; } catch (x) { kept = false; }
		if (dirty && !kept) e.preventDefault();
	});

	try {
		var kept = JSON.parse(localStorage.getItem(store) || "null");
		if (kept && Array.isArray(kept.findings)) {
			take(kept.findings);
			gone = new Set(kept.gone);
			gone.forEach(function (k) { accepted.delete(k); });
			dirty = !!kept.dirty;
		}
	} catch (e) { /* nothing kept */ }
	mark();
	restore();
	apply();
	if (location.hash.length > 1 && location.hash.indexOf("=") < 0) arrive();
})();
