package citation

import (
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// Suggest names the symbols that a damaged one may have been, the likeliest
// first, at most three: "S/RES/2I00" may be S/RES/2100, "S/78/22" may be
// A/78/22. A text that is a symbol as it stands has no suggestion, unless its
// second component is a slip for a known one.
func Suggest(text string) []cite.Symbol {
	text = strings.Trim(cite.Respell(strings.Join(strings.Fields(text), "")), ".,;:")
	if i := strings.LastIndexByte(text, '('); i > 0 && len(text)-i == 6 && digitsOnly(text[i+1:i+5]) {
		text = text[:i]
	}
	if text == "" || len(text) > 100 {
		return nil
	}
	if _, err := cite.ParseJoint(text); err == nil {
		return knownSlip(text)
	}
	var out []cite.Symbol
	seen := map[string]bool{text: true}
	level := []string{text}
	for depth := 0; depth < 3 && len(out) == 0; depth++ {
		var next []string
		for _, t := range level {
			for _, v := range repairs(t) {
				if seen[v] || len(seen) > mostRepairs {
					continue
				}
				seen[v] = true
				next = append(next, v)
				sym, err := cite.ParseSymbol(v)
				if err == nil && !sym.IsBare() && !sym.IsPressRelease() && len(out) < 3 && !holds(out, sym) && !beyond(sym) {
					out = append(out, sym)
				}
			}
		}
		level = next
	}
	return out
}

// beyond tells whether a symbol names a session that no one alive will see.
func beyond(sym cite.Symbol) bool {
	n, err := strconv.Atoi(sym.Session())
	return err == nil && n > 110
}

// mostRepairs bounds the spellings that are tried: three rounds of repairs
// of a symbol of usual length stay far below it.
const mostRepairs = 2000

func holds(list []cite.Symbol, s cite.Symbol) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// repairs are the spellings one repair away from t, likely ones first.
func repairs(t string) []string {
	var out []string
	add := func(v string) {
		if v != t && v != "" {
			out = append(out, v)
		}
	}
	add(strings.ReplaceAll(t, "//", "/"))
	add(strings.ReplaceAll(t, "..", "."))
	add(strings.Trim(t, "/-."))
	for i := 2; i+1 < len(t); i++ { // "A/79/620S/2024/841": the dash between two names was lost
		if isDigit(t[i-1]) && isUpper(t[i]) && jointAt(t, i) {
			add(t[:i])
		}
	}
	comps := strings.Split(t, "/")
	with := func(i int, c string) string {
		v := append([]string{}, comps...)
		v[i] = c
		return strings.Join(v, "/")
	}
	for i, c := range comps {
		if i > 0 {
			for _, v := range undamaged(c) {
				add(with(i, v))
			}
		}
		for _, v := range glued(c) {
			add(with(i, v))
		}
		if i+1 < len(comps) && startsDotted(c) && digitsOnly(comps[i+1]) { // PV/9350
			v := append([]string{}, comps[:i]...)
			v = append(v, c+"."+comps[i+1])
			add(strings.Join(append(v, comps[i+2:]...), "/"))
		}
		if i == 1 && len(c) == 3 || i == 1 && len(c) == 4 {
			for _, known := range []string{"RES", "PRST", "HRC", "DEC", "CONF"} {
				if oneSlip(strings.ToUpper(c), known) {
					add(with(i, known))
				}
			}
		}
	}
	// A letter of another organ: a session cannot stand in an S/ symbol, nor
	// a year in an A/ symbol.
	if len(comps) > 1 {
		if len(comps[0]) == 1 || len(comps[0]) > 4 {
			for _, first := range []string{"S", "A", "E"} {
				add(with(0, first))
			}
		}
		if comps[1] == "RES" && len(comps) > 3 { // A/RES/72/L.69
			add(comps[0] + "/" + strings.Join(comps[2:], "/"))
		}
		for i := 1; i < len(comps)-1; i++ { // A/74/A/74/379, S/S/13735
			if comps[i] == comps[0] && i <= len(comps)-2 {
				add(strings.Join(comps[i:], "/"))
			}
		}
	}
	last := len(comps) - 1
	for i := range comps {
		// A digit too many.
		number := strings.LastIndexAny(comps[i], ".") + 1
		if digits := comps[i][number:]; digitsOnly(digits) && len(digits) >= 5 && i == last {
			for k := range digits {
				if k > 0 && digits[k] == digits[k-1] {
					add(with(i, comps[i][:number]+digits[:k]+digits[k+1:]))
				}
			}
			add(with(i, comps[i][:number]+digits[:len(digits)-1]))
			for k := 0; k < len(digits)-1; k++ {
				add(with(i, comps[i][:number]+digits[:k]+digits[k+1:]))
			}
		}
	}
	// A number fused with what follows: "Add.1326" was Add.13 and a date.
	if c := comps[last]; strings.HasPrefix(c, "Add.") && len(c) > 6 {
		add(with(last, c[:6]))
		add(with(last, c[:5]))
	}
	return out
}

// Characters that scanning takes for each other.
var asDigit = map[byte]byte{'O': '0', 'o': '0', 'Q': '0', 'D': '0', 'I': '1', 'l': '1', 'i': '1', '!': '1', '|': '1', '[': '1', ']': '1', 'S': '5', 's': '5', '$': '5', 'B': '8', 'Z': '2', 'z': '2', 'G': '6', 'g': '9', 'q': '9'}
var asLetter = map[byte]byte{'0': 'O', '1': 'I', '5': 'S', '8': 'B', '$': 'S', '!': 'I', '|': 'I'}

// undamaged are the readings of a component in which letters and digits that
// look alike were taken for each other.
func undamaged(c string) []string {
	var out []string
	letters, digits := 0, 0
	for i := 0; i < len(c); i++ {
		switch {
		case isAlpha(c[i]):
			letters++
		case isDigit(c[i]):
			digits++
		}
	}
	from := strings.LastIndexByte(c, '.') + 1
	if v, ok := translate(c[from:], asDigit); ok && digitsOnly(v) && v != c[from:] {
		out = append(out, c[:from]+v)
	}
	if letters > 0 && digits > 0 && letters+digits == len(c) && !isDigit(c[len(c)-1]) || letters > 1 && digits == 1 {
		if v, ok := translate(c, asLetter); ok {
			out = append(out, v)
		}
	}
	return out
}

func translate(c string, table map[byte]byte) (string, bool) {
	b := []byte(c)
	changed := false
	for i := range b {
		if v, ok := table[b[i]]; ok {
			b[i] = v
			changed = true
		}
	}
	return string(b), changed
}

// The stems that a dot follows.
var dottedWords = []string{"CONF", "CRP", "Add", "Rev", "Corr", "Sub", "SUB", "INF", "AC", "CN", "WP", "WG", "GE", "SC", "PV", "SR", "GC", "C", "L"}

func startsDotted(c string) bool {
	for _, w := range dottedWords {
		if c == w {
			return true
		}
	}
	return false
}

// glued are the readings of a component that lost a slash, a dot or a dash.
func glued(c string) []string {
	var out []string
	// Words run together: "SPV", "SRES", "SGAC".
	for _, first := range []string{"S", "A", "E", "SG"} {
		rest := strings.TrimPrefix(strings.TrimPrefix(c, first), "-")
		rest = strings.TrimPrefix(rest, ".")
		for _, w := range []string{"PV", "RES", "PRST", "HRC", "AC.", "CONF.", "CN."} {
			if len(rest) < len(c) && strings.HasPrefix(rest, w) {
				out = append(out, first+"/"+rest)
			}
		}
	}
	n := 0
	for n < len(c) && isAlpha(c[n]) {
		n++
	}
	switch stem, rest := c[:n], c[n:]; {
	case n > 0 && rest != "" && isDigit(rest[0]):
		switch {
		case startsDotted(stem):
			out = append(out, stem+"."+rest)
		case stem == "S" || stem == "ES":
			out = append(out, stem+"-"+rest)
		}
		if n > 1 {
			out = append(out, stem+"/"+rest)
		}
	case n == 0 && strings.Contains(c, "."): // "63.Add.2"
		i := strings.IndexByte(c, '.')
		out = append(out, c[:i]+"/"+c[i+1:])
	}
	// "C.355": committee 3, session 55
	if strings.HasPrefix(c, "C.") && len(c) > 4 && digitsOnly(c[2:]) {
		out = append(out, c[:3]+"/"+c[3:])
	}
	// "C.3L.1383"
	for i := 1; i < len(c)-1; i++ {
		if isDigit(c[i-1]) && isUpper(c[i]) {
			for _, w := range dottedWords {
				if strings.HasPrefix(c[i:], w+".") {
					out = append(out, c[:i]+"/"+c[i:])
				}
			}
		}
		if c[i] == '-' && isDigit(c[i-1]) && isDigit(c[i+1]) { // "2023-402"
			out = append(out, c[:i]+"/"+c[i+1:])
		}
		if c[i] == '.' && strings.HasPrefix(c[i+1:], c[:i+1]) { // "PV.PV.4842"
			out = append(out, c[i+1:])
		}
	}
	return out
}

// oneSlip tells whether two words differ by one letter: left out, doubled,
// wrong, or swapped with its neighbour.
func oneSlip(a, b string) bool {
	if a == b {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// Second components of series that are well known: a neighbour of one of
// them is more likely a slip than a new body.
var seconds = map[string][]string{
	"ECE": {"TRANS", "HBP", "ADN", "ENERGY", "CEP", "EB.AIR", "MP.WAT", "MP.PP", "MP.EIA", "MP.WH", "MP.PRTR", "CP.TEIA", "TRADE", "CECI", "EX", "TIM", "CES", "WG.1"},
	"HSP": {"GC", "HA", "EB", "OECPR"},
	"ST":  {"SGB", "SG", "AI", "IC", "ESA", "LEG", "HR", "ADM"},
}

// knownSlip is the suggestion for a symbol that parses, but whose second
// component has two letters swapped, or lacks one.
func knownSlip(text string) []cite.Symbol {
	comps := strings.Split(text, "/")
	if len(comps) < 3 {
		return nil
	}
	var out []cite.Symbol
	for _, known := range seconds[comps[0]] {
		if comps[1] == known {
			return nil
		}
	}
	for _, known := range seconds[comps[0]] {
		swapped := len(comps[1]) == len(known) && len(known) > 2 && oneSlip(comps[1], known) && sameLetters(comps[1], known)
		if swapped || len(comps[1]) < len(known) && len(known) > 3 && oneSlip(comps[1], known) {
			if sym, err := cite.ParseSymbol(comps[0] + "/" + known + "/" + strings.Join(comps[2:], "/")); err == nil {
				out = append(out, sym)
			}
		}
	}
	return out
}

func sameLetters(a, b string) bool {
	var n [256]int
	for i := 0; i < len(a); i++ {
		n[a[i]]++
		n[b[i]]--
	}
	return n == [256]int{}
}

// damagedAt reads what was meant as a symbol, begins at byte from, and is
// none. Words of running text ("T/PCCs", "A/C") are not accused: it must
// hold a digit and be one repair away from a symbol, or stand after "UN
// Doc.", or begin as resolutions and statements do.
func damagedAt(s string, from int, ends []int) (mention, bool) {
	end := from
	if len(ends) > 0 {
		end = ends[len(ends)-1]
	}
	end = max(end, tokenEnd(s, from))
	if open := strings.LastIndexByte(s[from:end], '('); open > 0 && len(s[from+open:end]) == 6 {
		end = trimRight(s, from, from+open) // the year is read after it
	}
	text := s[from:end]
	called, start := documentBefore(s, from)
	digits := strings.ContainsAny(text, "0123456789")
	prefix := false
	for _, p := range []string{"S/RES", "S/PRST", "A/RES/", "E/RES/", "A/HRC/", "S/PV", "SRES/", "SPRST/", "ARES/", "ERES/", "AHRC/", "5/RES/", "8/RES/", "Council/RES/", "Council/PRST/"} {
		prefix = prefix || strings.HasPrefix(text, p)
	}
	if !digits && !called && !prefix {
		return mention{}, false
	}
	syms := Suggest(text)
	if len(syms) == 0 && !called && !prefix {
		return mention{}, false
	}
	if !called && !prefix && !looksCut(text) {
		return mention{}, false
	}
	m := mention{stretch: stretch{start, end}, at: stretch{from, end}, kind: damaged, called: called}
	m.blame(s, syms)
	return m, true
}

// blame says what is wrong with a damaged symbol, and what may be meant.
func (m *mention) blame(s string, syms []cite.Symbol) {
	m.reason = "“" + s[m.at.from:m.at.to] + "” is not a UN document symbol"
	for i, sym := range syms {
		if i == 0 {
			m.reason += "; " + sym.String() + " may be meant"
		}
		m.candidates = append(m.candidates, sym.ID())
	}
}

// tokenEnd is the end of the run of characters without white space at byte
// from, without the punctuation that closes a clause.
func tokenEnd(s string, from int) int {
	end := from
	for end < len(s) && end-from < 80 && spaceAt(s, end) == 0 && strings.IndexByte(",;\"<>", s[end]) < 0 && !strings.HasPrefix(s[end:], "”") && !strings.HasPrefix(s[end:], "’") {
		end++
	}
	for end > from && strings.IndexByte(".:?!", s[end-1]) >= 0 {
		end--
	}
	for end > from && s[end-1] == ')' && strings.Count(s[from:end], "(") < strings.Count(s[from:end], ")") {
		end--
	}
	for end > from && strings.IndexByte(".:?!", s[end-1]) >= 0 {
		end--
	}
	return end
}

// looksCut tells whether text is built like the symbols of the three organs:
// one capital, a slash, and figures or capitals, nothing else.
func looksCut(text string) bool {
	if len(text) < 4 || text[1] != '/' || strings.IndexByte("SAE", text[0]) < 0 {
		first, _, _ := strings.Cut(text, "/")
		return len(first) > 1 && allUpper(first) && strings.Count(text, "/") > 1 && strings.ContainsAny(text, "0123456789")
	}
	for i := 2; i < len(text); i++ {
		c := text[i]
		if !isUpper(c) && !isDigit(c) && strings.IndexByte("/.-()lo!|", c) < 0 && !anyFoldAt(text, i, "add", "rev", "corr") {
			if !(isLower(c) && i > 2 && isAlpha(text[i-1])) {
				return false
			}
		}
	}
	// A/SA.3/12/08 and A/C/E/F/R/S are others' abbreviations: the piece after
	// the first slash is a number, or one that the organs use.
	second, _, _ := strings.Cut(text[2:], "/")
	if isDigit(text[2]) || text[2] == '/' {
		return true
	}
	for _, w := range []string{"RES", "PRST", "PV", "HRC", "DEC", "C.", "AC.", "CN.", "CONF", "C1", "C2", "C3", "C4", "C5", "C6", "ES", "S-", "S1", "S2", "S3", "INF", "RE5", "PR5T"} {
		if strings.HasPrefix(second, w) {
			return true
		}
	}
	return false
}
