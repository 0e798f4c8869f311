package planted

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// A Doc is a real UN document that may be cited.
type Doc struct {
	Kind    string // "sc", "prst", "sg", "ga", "scp" (a resolution of the Council with its text)
	Symbol  string // as the masthead prints it
	ID      string // without the year
	Number  int    // of a resolution of the Council
	Session string // "79/1"
	Date    string
	Title   string
	Topic   string
	Votes   [3]int // for, against, abstaining; zero where not known
	Last    int
	paras   map[int][]string // lines of each paragraph that do not touch another's
	all     string           // the text in lower case without white space but single blanks
	file    string
	served  bool
}

func (d *Doc) year() int { y, _ := strconv.Atoi(d.Date[:4]); return y }

type library struct {
	sc, prst, papers []*Doc
	taken            map[int]bool // numbers of resolutions
	byDate           map[string]int
}

func (l *library) of(kind string) (out []*Doc) {
	switch kind {
	case "sc":
		return l.sc
	case "prst":
		return l.prst
	}
	for _, d := range l.papers {
		if d.Kind == kind {
			out = append(out, d)
		}
	}
	return out
}

func load(data string, few bool) (*library, error) {
	l := &library{taken: map[int]bool{}, byDate: map[string]int{}}
	rows, err := table(filepath.Join(data, "un", "facts_sc_resolutions.csv"), ',')
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		n, _ := strconv.Atoi(r["number"])
		l.taken[n] = true
		l.byDate[r["date"]]++
		t := r["topic_dhl"]
		if r["note"] != "" || t == "" || len(t) > 60 || strings.ContainsAny(t, "|—(") || strings.Contains(t, "Admission") || strings.Contains(t, "Report") || strings.Contains(t, "Letter") || r["date"] < "1960" {
			continue
		}
		d := &Doc{Kind: "sc", Number: n, ID: "S/RES/" + r["number"], Date: r["date"], Topic: phrase(t), Title: t}
		d.Symbol = fmt.Sprintf("S/RES/%d (%s)", n, d.Date[:4])
		if m := tally.FindStringSubmatch(r["outcome_vote"]); m != nil {
			for i := range 3 {
				d.Votes[i], _ = strconv.Atoi(m[i+1])
			}
		}
		l.sc = append(l.sc, d)
	}
	if rows, err = table(filepath.Join(data, "un", "facts_sc_prst.csv"), ','); err != nil {
		return nil, err
	}
	for _, r := range rows {
		y := r["date"][:4]
		if page, err := os.ReadFile(tableFile(data, y)); err == nil && y >= "2001" && strings.Contains(string(page), ">"+r["symbol"]+"<") && !strings.ContainsAny(r["topic"], "|—(") {
			l.prst = append(l.prst, &Doc{Kind: "prst", Symbol: r["symbol"], ID: r["symbol"], Date: r["date"], Topic: phrase(r["topic"]), Title: r["topic"]})
		}
	}
	if rows, err = table(filepath.Join(data, "undocs", "truth.tsv"), '\t'); err != nil {
		return nil, err
	}
	for _, r := range rows {
		file := filepath.Join(data, "undocs", r["file"])
		info, err := os.Stat(file)
		if err != nil || few && (info.Size() > 220_000 || info.Size() > 150_000 && !strings.Contains(r["symbol"], "/RES/")) {
			continue
		}
		if d, err := paper(file, r); err != nil {
			return nil, err
		} else if d != nil {
			l.papers = append(l.papers, d)
		}
	}
	sort.SliceStable(l.papers, func(i, j int) bool { return l.papers[i].Symbol < l.papers[j].Symbol })
	return l, nil
}

var tally = regexp.MustCompile(`^(\d+)-(\d+)-(\d+)$`)

func tableFile(data, year string) string {
	return filepath.Join(data, "un", "pages", "dhl", "scact"+year+"_table_en.html")
}

// phrase is an agenda item as it stands within a sentence.
func phrase(topic string) string {
	t := strings.TrimSpace(topic)
	switch {
	case strings.HasPrefix(t, "The "):
		return "the " + t[4:]
	case regexp.MustCompile(`^(Democratic Republic|Central African|Middle East|Great Lakes|Federal Republic|Sudan$|Iraq-|Former|Question)`).MatchString(t):
		return "the " + t
	}
	return t
}

func table(path string, comma rune) (out []map[string]string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, k := range rows[0] {
			if i < len(row) {
				m[k] = row[i]
			}
		}
		out = append(out, m)
	}
	return out, nil
}

var (
	paraHead = regexp.MustCompile(`^\s{0,14}(\d{1,3})\.\s+(\S.*)$`)
	aDate    = regexp.MustCompile(`\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) ((?:19|20)\d\d)\b`)
	sgTitle  = regexp.MustCompile(`(?is)((?:\w+ )?report of the Secretary-General\b.*?)\n\s*(?:\n|I\.|1\.|INTRODUCTION|Introduction)`)
)

// paper reads a document with pdftotext, which is no code of ours. A document
// whose paragraphs do not come in one run gives nil.
func paper(file string, r map[string]string) (*Doc, error) {
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		return nil, fmt.Errorf("pdftotext %s: %w", file, err)
	}
	text := string(out)
	d := &Doc{Symbol: r["symbol"], ID: r["symbol"], Date: r["date"], file: file, paras: map[int][]string{}}
	d.Last, _ = strconv.Atoi(r["last_paragraph"])
	if d.Last < 5 {
		return nil, nil
	}
	switch {
	case strings.HasPrefix(d.Symbol, "S/RES/"):
		d.Kind = "scp"
		d.Number, _ = strconv.Atoi(d.Symbol[6:])
		d.Symbol += " (2025)"
	case strings.HasPrefix(d.Symbol, "A/RES/"):
		d.Kind, d.Session = "ga", d.Symbol[6:]
		_, d.Title, _ = strings.Cut(r["title"], ". ")
		d.Topic = "the question of " + strings.ToLower(d.Title[:1]) + d.Title[1:]
		if len(d.Topic) > 90 {
			d.Topic = "the question"
		}
	default:
		d.Kind = "sg"
	}
	if d.Date == "" {
		m := aDate.FindStringSubmatch(strings.ReplaceAll(text, "  ", " "))
		if m == nil {
			return nil, nil
		}
		d.Date = iso(m)
	}
	if d.Kind == "sg" {
		m := sgTitle.FindStringSubmatch(text)
		if m == nil {
			return nil, nil
		}
		d.Title = sentenceCase(strings.Join(strings.Fields(m[1]), " "))
		_, topic, ok := strings.Cut(d.Title, "Secretary-General on ")
		if !ok || len(d.Title) > 170 || regexp.MustCompile(`[a-z][A-Z]|[<>\\;^~]`).MatchString(d.Title) {
			return nil, nil
		}
		d.Topic = topic
	}
	d.lines(text)
	d.all = strings.ToLower(strings.Join(strings.Fields(text), " "))
	return d, nil
}

func iso(m []string) string {
	day, _ := strconv.Atoi(m[1])
	for i, n := range months {
		if n == m[2] {
			return fmt.Sprintf("%s-%02d-%02d", m[3], i, day)
		}
	}
	return ""
}

// lines are those of each paragraph; a blank line, a page's end or a heading
// cuts, so that no quotation runs over them.
func (d *Doc) lines(text string) {
	next := 1
	var run []string
	for _, l := range strings.Split(text, "\n") {
		if m := paraHead.FindStringSubmatch(l); m != nil {
			if n, _ := strconv.Atoi(m[1]); n == next {
				next++
				run = nil
				l = m[2]
			}
		}
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if next > 1 && next-1 <= d.Last {
			d.paras[next-1] = append(d.paras[next-1], l)
		}
		run = append(run, l)
	}
	if next-1 < d.Last {
		d.paras = map[int][]string{} // pdftotext does not see the run: no quotation of this one
	}
}

// sentenceCase turns a title in capitals into one that people would print.
func sentenceCase(s string) string {
	if strings.ToUpper(s) != s {
		return s
	}
	w := strings.Fields(strings.ToLower(s))
	small := map[string]bool{"of": true, "the": true, "on": true, "in": true, "and": true, "for": true, "situation": true, "report": true}
	for i, x := range w {
		if i == 0 || !small[x] {
			w[i] = strings.ToUpper(x[:1]) + x[1:]
		}
	}
	return strings.ReplaceAll(strings.Join(w, " "), "Secretary-general", "Secretary-General")
}

var plainWord = regexp.MustCompile(`^[a-z]+,?$`)

// quotable finds a phrase of plain words that stands once in the document, and
// the paragraph it stands in.
func (w *writer) quotable(d *Doc) (para int, phrase string) {
	var nums []int
	for n := range d.paras {
		nums = append(nums, n)
	}
	sort.Ints(nums)
	w.Shuffle(len(nums), func(i, j int) { nums[i], nums[j] = nums[j], nums[i] })
	for _, n := range nums {
		lines := d.paras[n]
		if len(lines) > 6 {
			lines = lines[:6] // a heading may follow the last
		}
		for _, i := range w.Perm(len(lines)) {
			words := strings.Fields(lines[i])
			var run, best []string
			for k, x := range words {
				if k > 0 && k < len(words)-1 && plainWord.MatchString(x) {
					run = append(run, x)
				} else {
					run = nil
				}
				if len(run) > len(best) {
					best = append([]string{}, run...)
				}
			}
			if len(best) < 6 {
				continue
			}
			q := strings.TrimRight(strings.Join(best[:6+w.IntN(len(best)-5)], " "), ",")
			if strings.Count(d.all, q) == 1 && len(q) > 32 {
				return n, q
			}
		}
	}
	return 0, ""
}
