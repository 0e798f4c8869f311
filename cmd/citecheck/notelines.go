package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A noteLine is one note as it was given: its number and its text.
type noteLine struct{ label, text string }

// noteLines divides pasted text into notes, one a line: a bibliography, a
// column of a spreadsheet, the notes of a report. Line N is note N unless
// numbers are printed before the notes. A cell in quotation marks is one line
// though lines break inside it.
func noteLines(data []byte) []noteLine {
	text := decoded(data)
	if rows := table(text); rows != nil {
		return rows
	}
	return labelled(cells(text))
}

// decoded is the text without byte order mark and with plain line ends.
// Spreadsheets save "Unicode text" in UTF-16.
func decoded(data []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	}
	text := ""
	if order != nil {
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, order.Uint16(data[i:]))
		}
		text = string(utf16.Decode(units))
	} else {
		text = strings.ToValidUTF8(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\ufffd")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", " ", "\f", " ").Replace(text)
}

// cells are the lines of a text. A line that begins with a quotation mark
// whose partner ends it, or ends a later line, is a cell of a spreadsheet: marks
// inside are doubled. A note may begin with a title in quotation marks, too;
// then text follows the partner.
func cells(text string) []string {
	var out []string
	for text != "" {
		if cell, rest, ok := quotedCell(text); ok {
			out = append(out, cell)
			text = rest
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		out = append(out, line)
		text = rest
	}
	return out
}

// longestCell is what a cell of a spreadsheet holds at most.
const longestCell = 32767

func quotedCell(text string) (cell, rest string, ok bool) {
	if text[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(text) && i < 4*longestCell; i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		after, rest, _ := strings.Cut(text[i+1:], "\n")
		if strings.TrimSpace(after) != "" {
			return "", "", false
		}
		return strings.ReplaceAll(text[1:i], `""`, `"`), rest, true
	}
	return "", "", false
}

// labelled gives each line its label: the one printed before it, else its
// place. Between numbered notes blank lines are only space, and a line without
// a number goes on with the note before it.
func labelled(lines []string) []noteLine {
	out := make([]noteLine, len(lines))
	printed := 0
	last, inOrder := 0, true
	for i, line := range lines {
		if n := strings.IndexByte(line, '\t'); n > 0 && n < 5 && strings.Trim(line[:n], "0123456789") == "" {
			line = line[:n] + ". " + line[n:] // a column of numbers beside the notes
		}
		line = folded(line)
		out[i] = noteLine{text: line}
		if line == "" {
			continue
		}
		if label, text, ok := printedLabel(line); ok {
			out[i] = noteLine{label, text}
			printed++
			n, err := strconv.Atoi(label)
			inOrder = inOrder && err == nil && (last == 0 || n == last+1)
			last = n
		}
	}
	switch {
	case printed >= 2 && inOrder:
		return joinNumbered(out)
	case spaced(out):
		out = withoutBlank(out)
	}
	unbullet(out)
	for i := range out {
		if out[i].label == "" {
			out[i].label = strconv.Itoa(i + 1)
		}
	}
	return out
}

// folded is a line as notes are read: NFC, white space folded.
func folded(line string) string { return norm.NFC.String(strings.Join(strings.Fields(line), " ")) }

// joinNumbered puts the lines of numbered notes together.
func joinNumbered(lines []noteLine) []noteLine {
	out := lines[:0]
	for _, l := range lines {
		switch {
		case l.label != "":
			out = append(out, l)
		case l.text == "":
		case len(out) == 0:
			out = append(out, noteLine{"0", l.text}) // a heading before the first note
		default:
			last := &out[len(out)-1]
			last.text = strings.TrimSpace(last.text + " " + l.text)
		}
	}
	return out
}

// spaced tells whether every second line is blank: a list set with space.
func spaced(lines []noteLine) bool {
	if len(lines) < 5 {
		return false
	}
	for i, l := range lines {
		if (l.text == "") != (i%2 == 1) {
			return false
		}
	}
	return true
}

func withoutBlank(lines []noteLine) []noteLine {
	out := lines[:0]
	for _, l := range lines {
		if l.text != "" {
			out = append(out, l)
		}
	}
	return out
}

// printedLabel reads the number before a note: "12. ", "12) ", "(12) ", "[12]
// ", "[^12]: ", "¹² ". "12 U.S.C. § 5" has none, and neither has "12. May 2020".
func printedLabel(line string) (label, text string, ok bool) {
	s := line
	open := byte(0)
	if s[0] == '[' || s[0] == '(' {
		open, s = s[0], strings.TrimPrefix(s[1:], "^")
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	label, rest := s[:n], s[n:]
	if n == 0 {
		if open != 0 {
			return "", "", false
		}
		if label, rest = superscript(s); label == "" {
			return "", "", false
		}
		return label, strings.TrimSpace(rest), strings.TrimSpace(rest) != ""
	}
	if n > 4 || label[0] == '0' || rest == "" {
		return "", "", false
	}
	shut := map[byte]string{'[': "]", '(': ")"}[open]
	switch {
	case open != 0:
		if rest, ok = strings.CutPrefix(rest, shut); !ok {
			return "", "", false
		}
		rest = strings.TrimPrefix(rest, ":")
	case rest[0] == '.' || rest[0] == ')' || rest[0] == ':':
		rest = rest[1:]
	default:
		return "", "", false
	}
	if rest == "" || rest[0] != ' ' {
		return "", "", false
	}
	return label, strings.TrimSpace(rest), true
}

// superscript reads a label in raised figures.
func superscript(s string) (label, rest string) {
	digits := strings.Builder{}
	for i, r := range s {
		k := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r)
		if k < 0 {
			return digits.String(), s[i:]
		}
		digits.WriteByte(byte('0' + utf8.RuneCountInString("⁰¹²³⁴⁵⁶⁷⁸⁹"[:k])))
	}
	return "", s
}

// unbullet takes bullets off. A star or a dash is one only where all lines have
// it: a note may be labelled "*".
func unbullet(lines []noteLine) {
	all, filled := 0, 0
	for _, l := range lines {
		if l.text == "" {
			continue
		}
		filled++
		if strings.HasPrefix(l.text, "* ") || strings.HasPrefix(l.text, "- ") || strings.HasPrefix(l.text, "– ") {
			all++
		}
	}
	for i := range lines {
		l := &lines[i]
		for _, b := range []string{"• ", "‣ ", "▪ ", "· ", "◦ ", "● ", "* ", "- ", "– "} {
			if rest, ok := strings.CutPrefix(l.text, b); ok && (b[0] >= utf8.RuneSelf && b != "– " || all == filled && filled > 1) {
				l.text = rest
				break
			}
		}
	}
}

// headings are the names that columns have.
var headings = map[string]string{"note": "?", "notes": "text", "footnote": "?", "footnotes": "text", "endnote": "?", "no": "label", "no.": "label", "#": "label", "number": "label", "label": "label", "n": "label", "id": "label",
	"text": "text", "note text": "text", "citation": "text", "citations": "text", "reference": "text", "references": "text", "source": "text", "sources": "text", "bibliography": "text", "page": "", "sentence": "", "url": ""}

// table reads a spreadsheet of several columns, parted by tabs or commas: the
// notes, and before them their numbers. It is nil for any other text.
func table(text string) []noteLine {
	first, _, more := strings.Cut(text, "\n")
	comma := ','
	switch {
	case strings.Contains(first, "\t"):
		comma = '\t'
	case !more && !strings.Contains(first, `,"`):
		return nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = comma
	r.LazyQuotes = comma == '\t'
	rows, err := r.ReadAll() // rows of unequal length are an error
	if err != nil || len(rows) == 0 || len(rows[0]) < 2 || len(rows[0]) > 40 {
		return nil
	}
	label, note, head := columns(rows)
	if note < 0 || !head && label < 0 && (comma == ',' || len(rows) < 2) {
		return nil // "S/2023/402, para. 5": a note with a comma
	}
	if head {
		rows = rows[1:]
	}
	var out []noteLine
	for i, row := range rows {
		l := noteLine{strconv.Itoa(i + 1), folded(row[note])}
		if label >= 0 && strings.Trim(row[label], " .") != "" {
			l.label = strings.Trim(row[label], " .")
		} else if printed, rest, ok := printedIn(l.text); ok {
			l = noteLine{printed, rest}
		}
		out = append(out, l)
	}
	return out
}

func printedIn(text string) (label, rest string, ok bool) {
	if text == "" {
		return "", "", false
	}
	return printedLabel(text)
}

// columns finds the columns of labels and of notes, -1 for none, and whether
// the first row names them.
func columns(rows [][]string) (label, note int, head bool) {
	label, note = -1, -1
	known := 0
	for k, cell := range rows[0] {
		kind, ok := headings[strings.ToLower(strings.TrimSpace(cell))]
		if !ok {
			continue
		}
		known++
		switch kind {
		case "label":
			label = k
		case "text":
			note = k
		}
	}
	if head = known == len(rows[0]) || known > 1 && len(rows) > 1; head {
		rows = rows[1:]
	} else {
		label, note = -1, -1
	}
	if len(rows) == 0 {
		return -1, -1, head
	}
	longest, widest := 0, -1
	for k := range rows[0] {
		numbers, size := 0, 0
		for _, row := range rows {
			size += len(row[k])
			cell := strings.Trim(row[k], " .")
			if n, err := strconv.Atoi(cell); err == nil && n > 0 && n < 10000 {
				numbers++
			}
		}
		if label < 0 && k == 0 && numbers == len(rows) {
			label = k
		}
		if k != label && size > longest {
			longest, widest = size, k
		}
	}
	if note < 0 || note == label {
		note = widest
	}
	return label, note, head
}
