package cite

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrNotSymbol says that a text is no UN document symbol.
var ErrNotSymbol = errors.New("not a UN document symbol")

// A Symbol is a UN document symbol in canonical spelling: no spaces but
// inside brackets, letters as the UN prints them, Security Council
// resolutions without the year ("S/RES/2423", "A/RES/1962(XVIII)",
// "S/PV.9042(Resumption 1)"). Symbols are comparable and made only by
// [ParseSymbol]. The zero Symbol names nothing.
type Symbol struct{ s string }

// ParseSymbol reads one symbol, in any usual spelling: with spaces and
// dashes of every kind, in small letters, with the year of a resolution or
// the letter of its part. Joint symbols are two and give an error;
// [ParseJoint] reads them.
func ParseSymbol(text string) (Symbol, error) {
	s, _, err := ParseSymbolPart(text)
	return s, err
}

// ParseSymbolPart is [ParseSymbol] and the part that the symbol names:
// "A/RES/72/266 B" is part "B" of A/RES/72/266, "A/RES/79/252a-b" is "A-B".
func ParseSymbolPart(text string) (sym Symbol, part string, err error) {
	var buf [mostOnStack]string
	comps, ok := components(buf[:0], text)
	if ok {
		sym, part, ok = fit(comps)
	}
	if !ok {
		return Symbol{}, "", notSymbol(text)
	}
	return sym, part, nil
}

// notSymbol is the error for a text that is no symbol. Most texts that the
// grammar of citations tries are none, and nobody reads why.
type notSymbol string

func (e notSymbol) Error() string        { return fmt.Sprintf("%q: %v", string(e), ErrNotSymbol) }
func (e notSymbol) Is(target error) bool { return target == ErrNotSymbol }

// CouncilResolution is the symbol of the Security Council's resolution with a
// number; ok is false for a number that it can't have.
func CouncilResolution(number int) (s Symbol, ok bool) {
	if number < 1 || number > 9999 {
		return Symbol{}, false
	}
	return Symbol{"S/RES/" + strconv.Itoa(number)}, true
}

// ParseJoint reads a symbol or several joined by a dash, "and" or a slash:
// "A/70/357-S/2015/682" is two names of one document.
func ParseJoint(text string) ([]Symbol, error) { return parseJoint(text, 4) }

func parseJoint(text string, most int) ([]Symbol, error) {
	if s, err := ParseSymbol(text); err == nil {
		return []Symbol{s}, nil
	}
	clean := Respell(text)
	for i := 1; i < len(clean) && most > 1 && len(clean) <= longestSymbol; i++ {
		if clean[i] != '-' && clean[i] != '/' {
			continue
		}
		if !opensSymbol(clean[i+1:]) {
			continue
		}
		first, err := ParseSymbol(clean[:i])
		// A slash joins only whole symbols: A/74/A/74/379 is damage.
		if err != nil || clean[i] == '/' && first.IsBare() {
			continue
		}
		rest, err := parseJoint(clean[i+1:], most-1)
		if err == nil {
			return append([]Symbol{first}, rest...), nil
		}
	}
	return nil, notSymbol(text)
}

// opensSymbol tells whether a text begins with a first component and a slash.
func opensSymbol(s string) bool {
	i := 0
	for i < len(s) && (isLetter(s[i]) || s[i] == '.') {
		i++
	}
	return i > 0 && i < len(s) && (s[i] == '/' || s[i] == '(' || s[i] == ' ') && firsts[strings.ToLower(s[:i])] != ""
}

// IsZero tells whether s names nothing.
func (s Symbol) IsZero() bool { return s.s == "" }

// String is the canonical spelling.
func (s Symbol) String() string { return s.s }

// ID is the node id: "un:" and the symbol without spaces.
func (s Symbol) ID() string { return "un:" + strings.ReplaceAll(s.s, " ", "") }

// MarshalBinary lets a symbol travel between processes of this program.
func (s Symbol) MarshalBinary() ([]byte, error) { return []byte(s.s), nil }

// UnmarshalBinary reads what MarshalBinary wrote.
func (s *Symbol) UnmarshalBinary(b []byte) error { return s.UnmarshalText(b) }

// MarshalText writes the canonical spelling.
func (s Symbol) MarshalText() ([]byte, error) { return []byte(s.s), nil }

// UnmarshalText reads any spelling that [ParseSymbol] reads; "" is the zero Symbol.
func (s *Symbol) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*s = Symbol{}
		return nil
	}
	v, err := ParseSymbol(string(b))
	*s = v
	return err
}

// Row is the row of the grammar that s belongs to; nil for the zero Symbol.
func (s Symbol) Row() *Series {
	if s.IsZero() {
		return nil
	}
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	row, _ := match(base)
	return row
}

// Body is the organ or body whose document s is: "Security Council". It is
// "" where a series serves several.
func (s Symbol) Body() string {
	if r := s.Row(); r != nil {
		return r.Body
	}
	return ""
}

// IsBare tells whether s is no more than a letter, a slash and a number,
// "A/320", which only counts as a symbol where the text says so.
func (s Symbol) IsBare() bool {
	r := s.Row()
	return r != nil && r.Bare && s.Modifier() == ""
}

// Organ is the principal organ under which s is filed, by its first letter;
// "" for symbols of other families.
func (s Symbol) Organ() string {
	first, _, _ := strings.Cut(s.s, "/")
	switch first {
	case "S":
		return bodySC
	case "A":
		return bodyGA
	case "E":
		return bodyECOSOC
	case "T":
		return bodyTC
	case "ST":
		return "Secretariat"
	}
	return ""
}

// Series is the kind of document that the symbol itself tells: "resolution",
// "decision", "presidential statement", "meeting record", "draft", "press
// release"; "document" for all others.
func (s Symbol) Series() string {
	r := s.Row()
	if r == nil {
		return ""
	}
	if r.Kind != kindDocument {
		return r.Kind
	}
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	for _, c := range base[1:] {
		switch stem, _, _ := strings.Cut(c, "."); {
		case stem == c:
		case stem == "L":
			return kindDraft
		case stem == "PV", stem == "SR":
			return kindRecord
		}
	}
	return r.Kind
}

// Number is the last number of the symbol without its modifiers: 2423 of
// S/RES/2423, 402 of S/2023/402, 9365 of S/PV.9365, 1962 of
// A/RES/1962(XVIII); 0 where there is none.
func (s Symbol) Number() int {
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	if len(base) == 0 {
		return 0
	}
	last, _, _ := strings.Cut(base[len(base)-1], "(")
	i := strings.IndexAny(last, "0123456789")
	if i < 0 {
		return 0
	}
	j := i
	for j < len(last) && isDigit(last[j]) {
		j++
	}
	n, _ := strconv.Atoi(last[i:j]) // at most five digits
	return n
}

// Year is the year that the symbol itself holds: 2023 of S/2023/402 and
// S/PRST/2023/1; 0 for S/RES/2423, and for A/59/2005, whose 59 is a session.
func (s Symbol) Year() int {
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	for i, c := range base {
		if i > 0 && i < len(base)-1 && isYear(c, 1946) {
			n, _ := strconv.Atoi(c) // four digits
			return n
		}
	}
	return 0
}

// Session is the session that the symbol names: "36" of A/RES/36/97, "ES-11"
// of A/ES-11/L.1, "XVIII" of A/RES/1962(XVIII), "52" of A/HRC/RES/52/42; ""
// for none.
func (s Symbol) Session() string {
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	if len(base) == 0 {
		return ""
	}
	last := base[len(base)-1]
	if i := strings.IndexByte(last, '('); i > 0 && strings.HasSuffix(last, ")") && isRomanSession(last[i+1:len(last)-1]) {
		return last[i+1 : len(last)-1]
	}
	if base[0] != "A" && base[0] != "ISBA" {
		return ""
	}
	for _, c := range base[1 : len(base)-1] {
		if isSession(c) {
			return c
		}
		if strings.HasPrefix(c, "AC.") || strings.HasPrefix(c, "CN.") || strings.HasPrefix(c, "CONF.") {
			return ""
		}
	}
	return ""
}

// Main is s without Rev., Add., Corr. and their like: the document that s
// revises, adds to or corrects, or s itself.
func (s Symbol) Main() Symbol {
	var buf [mostOnStack]string
	base, _ := splitModifiers(appendSplit(buf[:0], s.s))
	return Symbol{strings.Join(base, "/")}
}

// Modifier is what [Symbol.Main] leaves out: "Rev.1/Add.2", "" for nothing.
func (s Symbol) Modifier() string {
	var buf [mostOnStack]string
	_, mods := splitModifiers(appendSplit(buf[:0], s.s))
	return strings.Join(mods, "/")
}

// IsCouncilResolution tells whether s is a Security Council resolution,
// whose printed symbol carries a year.
func (s Symbol) IsCouncilResolution() bool {
	return strings.HasPrefix(s.s, "S/RES/") && strings.Count(s.s, "/") == 2
}

// IsPressRelease tells whether s names a press release: no UN document.
func (s Symbol) IsPressRelease() bool {
	r := s.Row()
	return r != nil && r.Press
}

// Printed is s as its masthead prints it: a Security Council resolution with
// its year, "S/RES/2423 (2018)", and a space before "(Part II)". A year of 0
// is left out.
func (s Symbol) Printed(year int) string {
	if s.IsCouncilResolution() && year > 0 {
		return fmt.Sprintf("%s (%d)", s.s, year)
	}
	var b strings.Builder
	for i := 0; i < len(s.s); i++ {
		if s.s[i] == '(' && i+1 < len(s.s) && wordBracket(s.s[i+1:]) != "" {
			b.WriteByte(' ')
		}
		b.WriteByte(s.s[i])
	}
	return b.String()
}

// Variants are the spellings under which catalogues keep s, the likeliest
// first: with the year, with a space before it, without. A year of 0 is not
// known.
func (s Symbol) Variants(year int) []string {
	var v []string
	if s.IsCouncilResolution() && year > 0 {
		v = append(v, fmt.Sprintf("%s(%d)", s.s, year), s.Printed(year))
	}
	v = append(v, s.s)
	if i := strings.IndexByte(s.s, '('); i > 0 {
		for _, w := range []string{strings.ReplaceAll(s.s, " ", ""), strings.ReplaceAll(s.s, "(", " (")} {
			if w != s.s {
				v = append(v, w)
			}
		}
	}
	return v
}

// Respell replaces the characters that only look different: dashes of every
// kind become "-", spaces of every kind " ", and characters without width go.
func Respell(text string) string {
	plain := true
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 || text[i] < ' ' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	return strings.Map(respell, text)
}

func respell(r rune) rune {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe58', '\ufe63', '\uff0d', '\u2043', '\u00af':
		return '-'
	case '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000', '\t', '\n', '\r', '\v', '\f':
		return ' '
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e', '\u200f', '\u061c':
		return -1
	case '\u2044', '\u2215', '\uff0f':
		return '/'
	}
	if r >= '\u2000' && r <= '\u200a' {
		return ' '
	}
	return r
}

// longestSymbol bounds the work: the longest real ones, joint symbols of the
// regional commissions, have about 70 characters.
const longestSymbol = 160

// components cuts a text at its slashes and puts each component into
// canonical spelling.
func components(buf []string, text string) ([]string, bool) {
	if len(text) > longestSymbol*4 {
		return nil, false
	}
	text = strings.Trim(Respell(text), " ")
	if len(text) > longestSymbol || !strings.Contains(text, "/") {
		return nil, false
	}
	text = dropJoined(text)
	comps := appendSplit(buf, text)
	for i, c := range comps {
		c, ok := component(strings.Trim(c, " "), i == 0)
		if !ok {
			return nil, false
		}
		comps[i] = c
	}
	if len(comps) > 1 && comps[0] == "S" && comps[1] == "RES" {
		last := len(comps) - 1
		for i := 2; i <= last; i++ {
			comps[i] = dropYear(comps[i])
		}
	}
	return comps, true
}

// dropJoined leaves out a corrigendum that a symbol is printed together
// with, "S/PV.5511+Corr.1": the document is S/PV.5511.
func dropJoined(s string) string {
	i := strings.IndexAny(s, "+&")
	if i < 0 {
		return s
	}
	switch rest := strings.ToLower(strings.TrimLeft(s[i+1:], " /")); {
	case strings.HasPrefix(rest, "corr"), strings.HasPrefix(rest, "add"), strings.HasPrefix(rest, "rev"):
		return strings.TrimRight(s[:i], " ")
	}
	return s
}

func dropYear(c string) string {
	if i := strings.IndexByte(c, '('); i > 0 && len(c) == i+6 && isYear(c[i+1:i+5], 1946) {
		return c[:i]
	}
	return c
}

// splitSlash cuts at the slashes that stand outside brackets.
func splitSlash(s string) []string { return appendSplit(make([]string, 0, 6), s) }

// mostOnStack are more components than all but the oddest symbols have: lists
// of so many need no memory of their own.
const mostOnStack = 10

// appendSplit is splitSlash into a list that is there.
func appendSplit(comps []string, s string) []string {
	if s == "" {
		return nil
	}
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '/':
			if depth == 0 {
				comps = append(comps, s[from:i])
				from = i + 1
			}
		}
	}
	return append(comps, s[from:])
}

// component is one component in canonical spelling: "l. 19" is "L.19", "ADD.
// 1" is "Add.1", "9042 (resumption 1)" is "9042(Resumption 1)".
func component(c string, first bool) (string, bool) {
	c, ok := joinSpaces(c)
	c = strings.TrimSuffix(c, ".") // "A/Res./36/97"
	if !ok || c == "" {
		return "", false
	}
	open := strings.IndexAny(c, "([")
	if open < 0 {
		return letters(c, first), true
	}
	// Letters of parts may follow the bracket, "3211(XXIX)B".
	out := letters(c[:open], first)
	for rest := c[open:]; rest != ""; {
		if rest[0] != '(' && rest[0] != '[' {
			end := strings.IndexAny(rest, "([")
			if end < 0 {
				end = len(rest)
			}
			out += letters(rest[:end], false)
			rest = rest[end:]
			continue
		}
		shut := map[byte]byte{'(': ')', '[': ']'}[rest[0]]
		end := strings.IndexByte(rest, shut)
		if end < 0 {
			return "", false
		}
		b, ok := bracket(rest[1:end])
		if !ok {
			return "", false
		}
		if rest[0] == '[' {
			out += b // "50/204[A]": a part
		} else if b != "" {
			out += "(" + b + ")"
		}
		rest = rest[end+1:]
	}
	return out, out != ""
}

// joinSpaces takes out the spaces that typesetting left: after a dot, before
// a bracket, around a dash, before the letter of a part. A space between two
// other characters means that this is not one symbol.
func joinSpaces(c string) (string, bool) {
	if !strings.Contains(c, " ") {
		return c, true
	}
	var b strings.Builder
	depth := 0
	for i := 0; i < len(c); i++ {
		switch {
		case c[i] == '(' || c[i] == '[':
			depth++
		case c[i] == ')' || c[i] == ']':
			depth--
		case c[i] == ' ' && depth <= 0:
			if i+1 < len(c) && c[i+1] == ' ' {
				continue
			}
			prev, next := c[i-1], c[i+1] // neither first nor last: c is trimmed
			switch {
			case prev == '.' || prev == ')' || prev == '-' || next == '(' || next == '[' || next == '-':
			case isDigit(prev) && isLetter(next) && (i+2 == len(c) || !isLetter(c[i+2])):
			case strings.EqualFold(c[:i], "Part") && isDigit(next):
			default:
				return "", false
			}
			continue
		}
		b.WriteByte(c[i])
	}
	return b.String(), true
}

// The words that the UN writes in small letters inside symbols; all others
// are capitals.
var smallWords = map[string]string{
	"add": "Add", "adds": "Adds", "corr": "Corr", "rev": "Rev", "amend": "Amend", "sub": "Sub", "summary": "Summary",
	"annex": "Annex", "annexes": "Annexes", "supp": "Supp", "suppl": "Suppl", "agenda": "Agenda", "letter": "Letter",
	"part": "Part", "assembly": "Assembly",
}

// Stems that are capitals whatever was printed: "A/Conf.151/26".
var capitalWords = map[string]bool{
	"conf": true, "res": true, "dec": true, "prst": true, "hrc": true, "pv": true, "sr": true, "crp": true, "wp": true,
	"ac": true, "cn": true, "wg": true, "ge": true, "gc": true, "pc": true, "sc": true, "ngo": true, "ser": true,
	"comm": true, "oc": true, "hls": true, "bur": true, "sgb": true, "ai": true,
}

// letters puts the letters of a component into the UN's case. Mixed case that
// is not known stays as printed ("OzL.Pro", "Inf.4").
func letters(c string, first bool) string {
	stem := c
	for i := 0; i < len(c); i++ {
		if !isLetter(c[i]) {
			stem = c[:i]
			break
		}
	}
	if asPrinted(c, stem, first) {
		return c
	}
	low := strings.ToLower(stem)
	dotted := len(stem) < len(c) && c[len(stem)] == '.'
	switch {
	case first && firsts[strings.ToLower(c)] != "":
		return firsts[strings.ToLower(c)] // EX.CL
	case first && firsts[low] != "":
		return firsts[low] + strings.ToUpper(c[len(stem):])
	case !first && smallWords[low] != "":
		return smallWords[low] + strings.ToUpper(c[len(stem):])
	case dotted && (low == "res" || low == "dec") && strings.ToUpper(stem) != stem:
		return strings.ToUpper(low[:1]) + low[1:] + strings.ToUpper(c[len(stem):]) // UNEP/EA.5/Res.12
	case capitalWords[low], strings.ToLower(c) == c:
		return strings.ToUpper(c)
	case isDigits(strings.TrimRightFunc(c, func(r rune) bool { return r == '-' || r < 0x80 && isLetter(byte(r)) })):
		return strings.ToUpper(c) // 266b, 252a-b
	}
	return c
}

// asPrinted tells whether a component already is in the UN's case, as most are:
// figures, capitals, or a modifier with its number.
func asPrinted(c, stem string, first bool) bool {
	if first {
		return canonicalFirst[c]
	}
	for i := len(stem); i < len(c); i++ {
		if c[i] >= 'a' && c[i] <= 'z' || c[i] >= 0x80 {
			return false
		}
	}
	if stem == "" {
		return true
	}
	switch stem {
	case "Add", "Corr", "Rev":
		return true
	}
	for i := 0; i < len(stem); i++ {
		if stem[i] >= 'a' {
			return false
		}
	}
	return len(stem) == 1 || !capitalSmall[stem]
}

// capitalSmall are the words of smallWords in capitals.
var capitalSmall = func() map[string]bool {
	m := map[string]bool{}
	for w := range smallWords {
		m[strings.ToUpper(w)] = true
	}
	return m
}()

// The words in brackets that belong to a symbol.
var bracketWords = map[string]string{
	"part": "Part", "parts": "Parts", "vol": "Vol.", "vols": "Vols.", "resumption": "Resumption", "resumed": "Resumed", "supp": "SUPP", "suppl": "SUPP",
	"closed": "closed", "private": "private", "privada": "privada", "prog": "Prog.", "sect": "Sect.", "chap": "Chap.", "introduction": "Introduction",
	"or": "OR", "plan": "Plan",
}

// wordBracket is the canonical first word of a bracket that belongs to a
// symbol, "" for any other.
func wordBracket(s string) string {
	w, _ := cutBracketWord(s)
	return w
}

// cutBracketWord is wordBracket and what follows the word. Spaces may be
// missing: "PartII".
func cutBracketWord(s string) (word, rest string) {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	low := strings.ToLower(s[:n])
	if w := bracketWords[low]; w != "" {
		return w, s[n:]
	}
	for i := n - 1; i > 1; i-- {
		if w := bracketWords[low[:i]]; w != "" && isRoman(s[i:n]) {
			return w, s[i:]
		}
	}
	return "", s
}

// bracket is the inside of a bracket in canonical spelling: a year, a
// session, or words that name a piece of the document. "(OR)" only says in
// which edition it was scanned, and is dropped.
func bracket(s string) (string, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "", false
	}
	if w, rest := cutBracketWord(s); w != "" {
		rest = strings.Trim(rest, ". ")
		switch {
		case w == "OR":
			return "", rest == ""
		case rest == "":
			return w, !strings.HasSuffix(w, ".")
		case len(rest) > 12:
			return "", false
		}
		for i := 0; i < len(rest); i++ {
			if !isDigit(rest[i]) && !isLetter(rest[i]) && rest[i] != '-' && rest[i] != ' ' && rest[i] != '.' {
				return "", false
			}
		}
		if w == "Plan" { // A/80/6 (Plan outline)
			return "Plan outline", strings.EqualFold(rest, "outline")
		}
		rest = strings.ToUpper(rest)
		return w + " " + strings.ReplaceAll(rest, " AND ", " and "), true
	}
	up := strings.ToUpper(s)
	if isDigits(s) && len(s) <= 4 || isRomanSession(up) || len(s) == 1 && isLetter(s[0]) ||
		len(s) <= 6 && strings.Trim(up, "ABCDEFGHIVX-") == "" {
		return up, true
	}
	return "", false
}

// fit finds the series of a symbol and takes the letter of a part off it.
func fit(comps []string) (Symbol, string, bool) {
	base, mods := splitModifiers(comps)
	if len(base) < 2 {
		return Symbol{}, "", false
	}
	row, ok := match(base)
	part := ""
	if !ok {
		var bare string
		last := len(base) - 1
		bare, part = cutPart(base[last])
		if part == "" {
			return Symbol{}, "", false
		}
		base = append(append([]string{}, base[:last]...), bare)
		row, ok = match(base)
		if !ok || !row.Parts {
			return Symbol{}, "", false
		}
	}
	last := base[len(base)-1]
	if row.Kind == kindResolution && wordBracketAt(last) {
		return Symbol{}, "", false
	}
	// S/2023 is the beginning of S/2023/402, and S/2023-402 damage to it.
	number, _, ranged := strings.Cut(last, "-")
	if row.Bare && base[0] != "CD" && (ranged || len(mods) == 0) && isYear(number, 1994) {
		return Symbol{}, "", false
	}
	return Symbol{strings.Join(append(base, mods...), "/")}, part, true
}

func wordBracketAt(c string) bool {
	i := strings.IndexByte(c, '(')
	return i >= 0 && wordBracket(c[i+1:]) != ""
}

// cutPart takes the letters of a part off a number: "266B" is "266" and "B",
// "3367A(XXX)" and "3367(XXX)A" are "3367(XXX)" and "A".
func cutPart(c string) (number, part string) {
	n := 0
	for n < len(c) && isDigit(c[n]) {
		n++
	}
	if n == 0 {
		return c, ""
	}
	before, session, after := c[n:], "", ""
	if i := strings.IndexByte(before, '('); i >= 0 {
		j := strings.IndexByte(before, ')')
		if j < i {
			return c, ""
		}
		before, session, after = before[:i], before[i:j+1], before[j+1:]
	}
	part = before + after
	if part == "" && session != "" && !isRomanSession(strings.ToUpper(session[1:len(session)-1])) {
		part, session = session[1:len(session)-1], "" // "161 (D-E)"
	}
	if part == "" || len(part) > 6 || before != "" && after != "" {
		return c, ""
	}
	for i := 0; i < len(part); i++ {
		if part[i] != '-' && !isLetter(part[i]) || i == 0 && part[i] == '-' || i > 0 && part[i] != '-' && part[i-1] != '-' && !isRoman(part[i-1:i+1]) {
			return c, ""
		}
	}
	if strings.HasSuffix(part, "-") {
		return c, ""
	}
	return c[:n] + session, strings.ToUpper(part)
}

// splitModifiers takes Rev.1, Add.2, Corr.1 and their like off the end.
func splitModifiers(comps []string) (base, mods []string) {
	n := len(comps)
	for n > 2 && isModifier(comps[n-1]) {
		n--
	}
	return comps[:n], comps[n:]
}

func isModifier(c string) bool {
	if i := strings.IndexByte(c, '('); i > 0 && wordBracket(c[i+1:]) != "" {
		c = c[:i]
	}
	stem, n, dotted := strings.Cut(c, ".")
	switch stem {
	case "Add", "Adds", "Corr", "Rev", "Amend", "Supp", "Suppl":
		return dotted && isNumber(n, 3) || !dotted && (stem == "Supp" || stem == "Rev")
	case "Summary", "Annex", "Annexes":
		return !dotted
	}
	return strings.HasPrefix(c, "Part") && isNumber(c[4:], 1)
}

// match finds the row of the table that fits a symbol without modifiers.
func match(base []string) (*Series, bool) {
	if len(base) < 2 {
		return nil, false
	}
	list := grammar[stemOf(base[0])]
	for i := range list {
		if list[i].fits(base) {
			return list[i].row, true
		}
	}
	return nil, false
}

// stemOf is what a first component is known by: "GC" of GC(65), "IDB" of
// IDB.48, but EX.CL as a whole.
func stemOf(first string) string {
	for i := 1; i < len(first); i++ {
		if first[i] == '(' || first[i] == '.' && i+1 < len(first) && (isDigit(first[i+1]) || first[i+1] == '#') {
			return first[:i]
		}
	}
	return first
}

// A pattern is a row's pattern cut at its slashes.
type pattern struct {
	row   *Series
	comps []string
	exact bool // no {rest}: as many components as the pattern
	lead  byte // that the second component must begin with; 0 for any
}

// grammar holds the patterns by first component, firsts the first components
// by their small letters. Both are made from [SeriesTable] at start-up.
var (
	grammar        = map[string][]pattern{}
	firsts         = map[string]string{}
	canonicalFirst = map[string]bool{}
)

func init() {
	for i := range SeriesTable {
		row := &SeriesTable[i]
		for _, p := range row.Patterns {
			comps := splitSlash(p)
			first := stemOf(comps[0])
			pat := pattern{row: row, comps: comps, exact: !strings.HasSuffix(p, "rest}") && !strings.HasSuffix(p, "rest2}")}
			if c := comps[1][0]; c != '#' && c != '{' {
				pat.lead = c
			}
			grammar[first] = append(grammar[first], pat)
			firsts[strings.ToLower(first)] = first
			canonicalFirst[first] = true
		}
	}
}

// FirstComponent is the canonical spelling of a first component ("S",
// "CCPR"), "" for a word that opens no symbol.
func FirstComponent(word string) string {
	if canonicalFirst[word] {
		return word
	}
	return firsts[strings.ToLower(word)]
}

func (p *pattern) fits(base []string) bool {
	if p.exact && len(base) != len(p.comps) || p.lead != 0 && (base[1] == "" || base[1][0] != p.lead) {
		return false
	}
	for i, want := range p.comps {
		switch want {
		case "{rest}":
			return rest(base[i:], 1)
		case "{rest2}":
			return rest(base[i:], 2)
		}
		if i >= len(base) {
			return false
		}
		c := base[i]
		// "(Part II)" may stand at the last component.
		if j := strings.IndexByte(c, '('); j > 0 && i > 0 && wordBracket(c[j+1:]) != "" && strings.HasSuffix(c, ")") {
			c = c[:j]
		}
		if !fitsComponent(want, c) {
			return false
		}
	}
	return len(base) == len(p.comps)
}

// fitsComponent holds one component to one component of a pattern.
func fitsComponent(want, c string) bool {
	for want != "" {
		switch {
		case want[0] == '#':
			limit := 5
			want = want[1:]
			if want != "" && isDigit(want[0]) {
				limit = int(want[0] - '0')
				want = want[1:]
			}
			n := numberLen(c, want == "")
			if n == 0 || !isNumber(c[:n], limit) {
				return false
			}
			c = c[n:]
		case want[0] == '{':
			end := strings.IndexByte(want, '}')
			name := want[1:end]
			want = want[end+1:]
			if name == "roman" || name == "roman30" {
				if len(c) < 3 || c[0] != '(' || c[len(c)-1] != ')' || !isRomanSession(c[1:len(c)-1]) {
					return false
				}
				return want == "" && (name == "roman" || romanSession(c[1:len(c)-1]) <= 30)
			}
			if !fitsName(name, c) {
				return false
			}
			c = ""
		default:
			if c == "" || c[0] != want[0] {
				return false
			}
			c, want = c[1:], want[1:]
		}
	}
	return c == ""
}

func fitsName(name, c string) bool {
	switch name {
	case "year":
		return isYear(c, 1946)
	case "year78":
		return isYear(c, 1978)
	case "year94":
		return isYear(c, 1994)
	case "session":
		return isSession(c)
	case "meeting":
		return isNumber(c, 4) || len(c) == 5 && c[0] == '1' && isNumber(c, 5)
	case "press":
		return isNumber(c, 5) && len(c) >= 3 && !isYear(c, 1990)
	case "word":
		return wellFormed(c) && !isDigit(c[0]) && c != "RES" && c != "DEC" && c != "PRST" && c != "PV"
	}
	return false
}

// rest holds the last components to what every symbol observes: well formed,
// at least one digit, and no second symbol begun.
func rest(comps []string, least int) bool {
	if len(comps) < least {
		return false
	}
	digit := false
	for i, c := range comps {
		stem, _, _ := strings.Cut(c, ".")
		if !wellFormed(c) || treatyBodies[c] && i > 0 || modifierStems[stem] {
			return false
		}
		if n := len(c); i+1 < len(comps) && n > 2 && isDigit(c[0]) && c[n-2] == '-' && !isDigit(c[n-1]) {
			return false // "2-E/CN.15": a second symbol begins
		}
		digit = digit || strings.ContainsAny(c, "0123456789")
	}
	// S/2023 and its like are the beginning of a longer symbol.
	return digit && !(len(comps) == 1 && isYear(comps[0], 1994))
}

// A modifier that is not at the end, or has a number beyond all modifiers
// ("Add.1326"), is two texts run together.
var modifierStems = map[string]bool{"Add": true, "Adds": true, "Corr": true, "Rev": true, "Amend": true}

var treatyBodies = map[string]bool{"CCPR": true, "CERD": true, "CEDAW": true, "CAT": true, "CRC": true, "CRPD": true, "CMW": true, "CED": true}

// Stems that stand before a dot: without it ("WP30", "C3") the symbol is
// damaged.
var dottedStems = map[string]bool{
	"WP": true, "AC": true, "SC": true, "CN": true, "GE": true, "WG": true, "CONF": true, "C": true, "L": true, "CRP": true, "PC": true, "PV": true,
	"SR": true, "HA": true, "EB": true, "EX": true, "PRST": true, "RES": true, "ADD": true, "REV": true, "CORR": true, "AMEND": true, "SUB": true, "SER": true,
	"INF": true, "S": true, "ES": true, "COMM": true, "R": true,
}

// wellFormed tells whether c is built like a component: a number or a range,
// or a word, with dots and dashes between its pieces, and at most brackets
// after it. Letters among digits ("2I00", "l57") are damage.
func wellFormed(c string) bool {
	if i := strings.IndexByte(c, '('); i >= 0 {
		if i == 0 || !strings.HasSuffix(c, ")") {
			return false
		}
		// COP(14), 2(CCCXI), 24(Part I)
		in := c[i+1 : len(c)-1]
		c = strings.TrimSuffix(c[:i], ".")
		if wordBracket(in) == "" && !isRoman(in) && !(isDigits(in) && len(in) <= 2 && isLetter(c[0])) { // COP(14), MIN(01)
			return false
		}
	}
	if c == "" || len(c) > 24 {
		return false
	}
	if isDigit(c[0]) {
		a, b, ranged := strings.Cut(c, "-")
		return digitRun(a) && (!ranged || digitRun(b) || len(b) == 1 && b[0] >= 'A' && b[0] <= 'Z') // LC/PUB.2021/17-P, WFP/EB.A/2021/5-A
	}
	for i := 0; i < len(c); {
		j := i
		for j < len(c) && c[j] != '.' && c[j] != '-' {
			j++
		}
		piece := c[i:j]
		if piece == "" || j == len(c)-1 || !wellFormedPiece(piece, i == 0) {
			return false
		}
		i = j + 1
	}
	return true
}

func wellFormedPiece(p string, first bool) bool {
	if digitRun(p) {
		return !first
	}
	n := 0
	for n < len(p) && isLetter(p[n]) {
		n++
	}
	if n == 0 || p[0] >= 'a' && p[0] <= 'z' {
		return false
	}
	return n == len(p) || n > 1 && digitRun(p[n:]) && first && !dottedStems[strings.ToUpper(p[:n])]
}

func digitRun(s string) bool { return len(s) <= 8 && isDigits(s) }

// numberLen is the length of the number at the start of c, with a range
// where the number ends the component.
func numberLen(c string, ends bool) int {
	n := 0
	for n < len(c) && (isDigit(c[n]) || ends && c[n] == '-') {
		n++
	}
	return n
}

// isNumber tells whether s is a number without leading zero, or a range of
// two, with at most limit digits.
func isNumber(s string, limit int) bool {
	a, b, ranged := strings.Cut(s, "-")
	if ranged && (!isDigits(b) || len(b) > limit) {
		return false
	}
	return isDigits(a) && a[0] != '0' && len(a) <= limit
}

// isYear tells whether s is a year of the UN from the given one on. Symbols
// of years to come are no concern of this century's first half.
func isYear(s string, from int) bool {
	if len(s) != 4 || !isDigits(s) {
		return false
	}
	n, _ := strconv.Atoi(s) // four digits
	return n >= from && n < 2050
}

// isSession tells whether s is a session of the General Assembly or the
// Human Rights Council: 1 to 199, S-1 to S-99, ES-1 to ES-99.
func isSession(s string) bool {
	s = strings.TrimPrefix(s, "E")
	if strings.HasPrefix(s, "S-") {
		return isDigits(s[2:]) && s[2] != '0' && len(s) <= 4
	}
	return isDigits(s) && s[0] != '0' && (len(s) < 3 || len(s) == 3 && s[0] == '1')
}

// isRomanSession tells whether s is a session in roman figures: XVIII, S-VI,
// ES-V. The General Assembly's end at XXX; others' go higher.
func isRomanSession(s string) bool { return romanSession(s) > 0 }

func romanSession(s string) int {
	return Roman(strings.TrimPrefix(strings.TrimPrefix(s, "E"), "S-"))
}

// Roman is the value of a roman number, 0 for anything else.
func Roman(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
	if s == "" || len(s) > 12 {
		return 0
	}
	sum := 0
	for i := 0; i < len(s); i++ {
		v := values[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			v = -v
		}
		sum += v
	}
	if InRoman(sum) != s {
		return 0 // IIII, VX
	}
	return sum
}

func isRoman(s string) bool { return Roman(s) > 0 }

// InRoman is a number from 1 to 3999 as a roman one, "" for any other.
func InRoman(n int) string {
	if n <= 0 || n >= 4000 {
		return ""
	}
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.v {
			b.WriteString(d.s)
			n -= d.v
		}
	}
	return b.String()
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
