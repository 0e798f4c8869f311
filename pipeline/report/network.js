"use strict";
// The picture of the citation graph, drawn from the table beside it with
// cytoscape when it comes into view. Documents stand in a block for each
// organ, in the order of the table, so that the picture of a report is the
// same every time and can be read like a list.
(function () {
	var $ = function (id) { return document.getElementById(id); };
	var most = 500; // documents drawn: more is no picture
	var section = $("network"), canvas = $("canvas"), info = $("net-info"), cy = null, chosen = null;
	var home = info.textContent;
	$("picture").hidden = false;
	var numbers = function (s) { return (s || "").trim().split(" ").filter(Boolean).map(Number); };
	var clip = function (s, n) { var c = Array.from(s); return c.length > n ? c.slice(0, n - 1).join("") + "…" : s; };
	var signs = {};
	document.querySelectorAll(".key .tag i").forEach(function (i) { signs[/v-(\w+)/.exec(i.parentNode.className)[1]] = i.textContent; });

	function read() {
		var rows = Array.prototype.slice.call(document.querySelectorAll("#net-table tbody tr"));
		var nodes = rows.slice(0, most).map(function (tr, i) {
			var d = tr.dataset, label = clip(d.s, 26);
			return { id: "d" + i, row: tr, group: d.g, verdict: d.v, n: +d.n, refers: numbers(d.r), files: numbers(d.f), label: d.v ? signs[d.v] + " " + label : label };
		});
		var report = $("report");
		if (report) {
			Array.prototype.slice.call(report.options, 1).slice(0, 100).forEach(function (o) {
				nodes.push({ id: "r" + o.value, report: o.value, group: "Reports", verdict: "", n: 0, refers: [], files: [], label: clip(o.textContent, 26) });
			});
		}
		if (rows.length > most) info.textContent = home = home + " The first " + most + " of " + rows.length + " are drawn; the table has all.";
		return nodes;
	}

	// place gives each node its place: a block of columns for each group.
	function place(nodes) {
		var groups = [], by = {}, pen = document.createElement("canvas").getContext("2d");
		pen.font = "13px sans-serif";
		nodes.forEach(function (n) {
			n.w = Math.ceil(pen.measureText(n.label).width) + 18;
			if (!by[n.group]) groups.push(by[n.group] = { name: n.group, nodes: [], w: Math.ceil(pen.measureText(n.group).width) + 30 });
			by[n.group].nodes.push(n);
		});
		groups.forEach(function (g) { g.cell = Math.max.apply(null, g.nodes.map(function (n) { return n.w; })) + 14; });
		// As high as it takes to read the labels, within two screens.
		var area = groups.reduce(function (sum, g) { return sum + (g.nodes.length * cell + 66) * (g.cell + 4) * 1.3; }, 0);
		canvas.style.height = Math.round(Math.max(384, Math.min(2 * innerHeight, 0.8 * area / canvas.clientWidth))) + "px";
		// Of the ways to set the blocks, the one that lets the whole be drawn largest.
		var best = null;
		[0.5, 0.75, 1, 1.4, 2].forEach(function (flat) {
			groups.forEach(function (g) { shape(g, flat); });
			var order = groups.slice().sort(function (a, b) { return b.high - a.high || (a.name < b.name ? -1 : 1); });
			var most = order.reduce(function (sum, g) { return sum + g.wide; }, 0);
			for (var i = 1; i <= 40; i++) {
				var p = pack(order, most * i / 40), size = Math.min(canvas.clientWidth / p.w, canvas.clientHeight / p.h);
				if (!best || size > best.size * 1.001) best = { size: size, flat: flat, order: order, at: p.at };
			}
		});
		best.order.forEach(function (g, k) {
			shape(g, best.flat);
			g.nodes.forEach(function (n, i) {
				n.x = best.at[k].x + (i % g.columns + 0.5) * g.cell;
				n.y = best.at[k].y + (Math.floor(i / g.columns) + 0.5) * cell;
			});
		});
		return groups;
	}

	var cell = 32; // from one row of documents to the next

	// shape gives a block its columns, more of them the flatter it is to be.
	function shape(g, flat) {
		var aspect = canvas.clientWidth / canvas.clientHeight * flat;
		g.columns = Math.max(1, Math.min(g.nodes.length, Math.round(Math.sqrt(g.nodes.length * cell / g.cell * aspect))));
		g.wide = Math.max(g.w, g.columns * g.cell) + 36;
		g.high = Math.ceil(g.nodes.length / g.columns) * cell + 66;
	}

	// pack sets blocks one beside the other in rows of a width.
	function pack(groups, width) {
		var x = 0, y = 0, high = 0, w = 0, at = groups.map(function (g) {
			if (x > 0 && x + g.wide > width) { x = 0; y += high; high = 0; }
			var here = { x: x, y: y };
			x += g.wide;
			w = Math.max(w, x);
			high = Math.max(high, g.high);
			return here;
		});
		return { at: at, w: w, h: y + high };
	}

	function colours() {
		var css = getComputedStyle(document.documentElement), v = function (n) { return css.getPropertyValue("--" + n).trim(); };
		return { fg: v("fg"), soft: v("soft"), line: v("line"), card: v("card"), bg: v("bg"), accent: v("accent"), contradicted: v("bad"), not_found: v("bad"), questioned: v("ask"),
			unreachable: v("away"), unverifiable: v("open"), verified: v("good"), accepted: v("done") };
	}
	function style(lines) {
		var c = colours(), faint = Math.max(0.07, Math.min(0.35, 60 / lines)); // many lines are a haze, until one points at a document
		return [
			{ selector: "node[label]", style: { shape: "round-rectangle", width: "data(w)", height: 24, label: "data(label)", "text-valign": "center", "text-halign": "center", "font-size": 13, "font-family": "system-ui, sans-serif",
				color: c.fg, "background-color": c.card, "border-width": 1.5, "border-color": c.line, "min-zoomed-font-size": 5 } },
			{ selector: "node[colour]", style: { "border-color": function (n) { return c[n.data("colour")]; }, "border-style": function (n) { return n.data("colour") === "unreachable" ? "dashed" : "solid"; }, "border-width": function (n) { return Math.min(5, 1.5 + Math.log2(n.data("n"))); } } },
			{ selector: "node[report]", style: { "background-color": c.accent, color: c.bg, "border-width": 0, "font-weight": 600 } },
			{ selector: "node[group]", style: { shape: "round-rectangle", label: "data(group)", "text-valign": "top", "text-halign": "center", "text-margin-y": -4, "font-size": 16, "font-weight": 600, color: c.soft, "background-color": c.bg, "background-opacity": 0.7, "border-color": c.line, "border-width": 1, padding: 10, events: "no" } },
			{ selector: "edge", style: { width: 1, "line-color": c.soft, opacity: faint, "curve-style": "bezier", "control-point-step-size": 30, "target-arrow-shape": "triangle", "target-arrow-color": c.soft, "arrow-scale": 0.7 } },
			{ selector: "edge[cites]", style: { "line-style": "dotted" } },
			{ selector: ".away", style: { opacity: 0.18 } },
			{ selector: "edge.away", style: { opacity: 0.03 } },
			{ selector: "edge.near", style: { opacity: 0.95, width: 2, "line-color": c.accent, "target-arrow-color": c.accent, "z-index": 9 } },
			{ selector: "node.found", style: { "border-width": 4, "border-color": c.accent } }
		];
	}

	function draw() {
		var library = document.createElement("script");
		library.textContent = $("library").textContent; // its hash is in the page's policy
		document.body.appendChild(library);
		var nodes = read(), groups = place(nodes), parts = [], there = {};
		groups.forEach(function (g, i) {
			parts.push({ data: { id: "g" + i, group: g.name }, selectable: false, grabbable: false });
			g.nodes.forEach(function (n) {
				there[n.id] = n;
				var data = { id: n.id, parent: "g" + i, label: n.label, w: n.w, n: n.n };
				if (n.verdict) data.colour = n.verdict;
				if (n.report !== undefined) data.report = n.report;
				parts.push({ data: data, position: { x: n.x, y: n.y } });
			});
		});
		nodes.forEach(function (n) {
			n.refers.forEach(function (to) { if (there["d" + to]) parts.push({ data: { id: n.id + ">" + to, source: n.id, target: "d" + to } }); });
			n.files.forEach(function (from) { if (there["r" + from]) parts.push({ data: { id: "r" + from + ">" + n.id, source: "r" + from, target: n.id, cites: 1 } }); });
		});
		var lines = parts.filter(function (p) { return p.data.source; }).length;
		cy = window.cytoscape({ container: canvas, elements: parts, style: style(lines), layout: { name: "preset", fit: true, padding: 16 }, autoungrabify: true, boxSelectionEnabled: false,
			userZoomingEnabled: false, minZoom: 0.1, maxZoom: 3, wheelSensitivity: 0.3 });
		if (cy.zoom() > 1.4) { cy.zoom(1.4); cy.center(); }
		// On a phone the whole is too small to read: begin where the worst stand.
		if (cy.zoom() < 0.45) { cy.zoom(0.6); cy.pan({ x: 20, y: 40 }); }
		cy.on("mouseover", "node[label]", function (e) { if (!chosen) near(e.target); canvas.style.cursor = "pointer"; });
		cy.on("mouseout", "node[label]", function () { if (!chosen) far(); canvas.style.cursor = ""; });
		cy.on("tap", function (e) {
			if (e.target === cy) { chosen = null; far(); return; }
			if (!e.target.data("label")) return;
			chosen = e.target;
			near(chosen);
			var to = there[chosen.id()].row && there[chosen.id()].row.querySelector("a[href^='#c']");
			if (to) location.hash = to.getAttribute("href");
		});
		function near(n) {
			var all = n.closedNeighborhood();
			cy.batch(function () {
				cy.elements().removeClass("away near");
				cy.elements("node[label],edge").difference(all).addClass("away");
				n.connectedEdges().addClass("near");
			});
			tell(there[n.id()], n);
		}
		function tell(n, at) {
			info.textContent = "";
			var b = document.createElement("b");
			b.textContent = n.row ? n.row.querySelector("th").innerText.replace(/\s*\n\s*/g, ": ") : n.label;
			info.append(b);
			var out = at.outgoers("node").length, into = at.incomers("node").length, ties = [];
			if (out) ties.push((n.report !== undefined ? "cites " : "refers to ") + out);
			if (into) ties.push("pointed to by " + into);
			info.append(n.row ? ", " + n.row.cells[2].textContent.trim() : "", ties.length ? " · " + ties.join(", ") + " of those drawn" : "");
			if (n.row && n.n) {
				info.append(" · cited in ");
				n.row.cells[3].childNodes.forEach(function (c) { info.append(c.cloneNode(true)); });
			}
		}
		function far() {
			cy.elements().removeClass("away near");
			info.textContent = home;
		}
		var find = $("net-find");
		find.addEventListener("input", function () {
			var want = find.value.trim().toLowerCase();
			chosen = null;
			far();
			cy.elements().removeClass("found");
			if (!want) return;
			var hits = cy.nodes("[label]").filter(function (n) {
				var row = there[n.id()].row;
				return (n.data("label") + " " + (row ? row.cells[0].textContent + row.dataset.s : "")).toLowerCase().indexOf(want) >= 0;
			});
			cy.batch(function () {
				cy.elements("node[label],edge").difference(hits).addClass("away");
				hits.addClass("found");
			});
			info.textContent = hits.length + " found";
			if (hits.length === 1) { near(hits[0]); chosen = hits[0]; hits.addClass("found"); }
			if (hits.length && hits.length < 30) { cy.fit(hits, 90); if (cy.zoom() > 1.3) { cy.zoom(1.3); cy.center(hits); } }
		});
		$("net-in").addEventListener("click", function () { zoom(1.3); });
		$("net-out").addEventListener("click", function () { zoom(1 / 1.3); });
		$("net-fit").addEventListener("click", function () { find.value = ""; chosen = null; cy.elements().removeClass("found"); far(); cy.fit(undefined, 16); });
		function zoom(by) { cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } }); }
		// The wheel scrolls the page until somebody has pressed on the picture.
		canvas.addEventListener("pointerdown", function () { cy.userZoomingEnabled(true); });
		canvas.addEventListener("pointerleave", function () { cy.userZoomingEnabled(false); });
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { cy.style(style(lines)); });
		canvas.dataset.drawn = nodes.length;
		canvas.citecheck = cy; // for tests
	}

	if (!window.IntersectionObserver) { draw(); return; }
	var watch = new IntersectionObserver(function (seen) {
		if (!seen.some(function (s) { return s.isIntersecting; })) return;
		watch.disconnect();
		draw();
	}, { rootMargin: "300px" });
	watch.observe(section);
})();
