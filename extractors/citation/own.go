package citation

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// Own reads what the text of a UN document cites. It reads as [Running] does,
// but for numbers without an organ: the UN's own documents print "its
// resolution 79/218" and "resolution 70/1", and mean the organ's own, or the
// General Assembly's. body is whose document it is, "Security Council".
func Own(text, body string) []cite.Citation {
	return running(text, &owner{organNamed(body)})
}

// foreignOrgan stands for bodies whose numbers are no UN documents.
var foreignOrgan = &organ{foreign: true}

// An owner is the organ whose document a text is; organ is nil for those of
// bodies that adopt no resolutions of a series of their own.
type owner struct{ organ *organ }

// meant is whose resolution or decision a number without an organ is, in the
// UN's own usage; nil where that does not tell.
func (w *owner) meant(s string, i int, word string, it item) *organ {
	before := s[:trimRight(s, 0, i)]
	if inSupplement.MatchString(before[max(0, len(before)-longestPlace):]) {
		return foreignOrgan
	}
	council, assembly := strings.HasSuffix(before, " Council") || before == "Council", strings.HasSuffix(before, " Assembly") || before == "Assembly"
	switch it.form {
	case formNumberYear:
		return foreignOrgan // "resolution 7/2019 of the Conference of the FAO"
	case formYear:
		return organNamed(securityCouncil)
	case formYearNumber:
		if word == "presidential statement" {
			return organNamed(securityCouncil)
		}
		return organNamed(economicSocial)
	case formRoman:
		if w.organ != nil && w.organ.name == economicSocial && !assembly {
			return w.organ
		}
		return organNamed(generalAssembly)
	case formSession, formDraft:
		if word == "decision" && it.number < firstDecision {
			return nil // conferences of parties number theirs alike: "decision 15/4"
		}
		session, err := strconv.Atoi(it.session)
		if strings.HasPrefix(it.session, "ES-") || err == nil && session >= firstAssemblyAlone {
			return organNamed(generalAssembly)
		}
		own := w.organ != nil && w.organ.name == humanRights
		if council || own && !assembly {
			return organNamed(humanRights)
		}
		return organNamed(generalAssembly)
	case formPlain:
		if w.organ != nil && w.organ.name == securityCouncil && !assembly {
			return w.organ
		}
	}
	return nil
}

// inSupplement is a place in the report of a lesser body, which numbers its
// resolutions alike: "Official Records …, Supplement No. 7 (E/2025/27), chap.
// I, sect. C, resolution 69/1".
var inSupplement = regexp.MustCompile(`(?:chaps?|sects?)\. ?[IVXA-Z\d.]{1,6},$`)

const longestPlace = 24

// firstDecision is the number with which the General Assembly begins its
// decisions of a session.
const firstDecision = 401

// recitalGroup is one step of a long list as preambles print them: numbers
// with parts and sections, and the date that ends them. "58/269 and 58/270 of
// 23 December 2003", "59/276, section XI, of 23 December 2004".
var (
	recitalGroup = regexp.MustCompile(`\b` + recitalItem + `(?:(?:, | and )` + recitalItem + `){0,12},? of \d{1,2} ` +
		`(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`)
	recitalNumber = regexp.MustCompile(recitalItem)
)

const recitalItem = `(?:\d{2}|E?S-\d{1,2})/\d{1,3}(?: [A-Z](?:-[A-Z]|(?:, [A-Z])* and [A-Z])?\b)?(?:, (?:annex|sections?|parts?) ?(?:[IVX]+(?: and [IVX]+)?)?)?`

// recited adds to the mentions of a document's own text what long lists go on
// with, after words that the list itself does not know: each resolution with
// its title, its section or its date.
func recited(s string, ms []mention, own *owner) []mention {
	if own == nil {
		return ms
	}
	done := make([]mention, 0, len(ms))
	at := 0
	var extra []mention
	for _, m := range ms {
		extra = append(extra, listed(s, at, m.from, own)...)
		at = max(at, m.to)
	}
	extra = append(extra, listed(s, at, len(s), own)...)
	if len(extra) == 0 {
		return ms
	}
	done = append(append(done, ms...), extra...)
	sort.SliceStable(done, func(i, j int) bool { return done[i].from < done[j].from })
	return done
}

// listed are the items of s[from:to] that go on with a list of resolutions
// begun before.
func listed(s string, from, to int, own *owner) []mention {
	if from >= to || strings.IndexByte(s[from:to], '/') < 0 {
		return nil
	}
	var out []mention
	for _, g := range recitalGroup.FindAllStringIndex(s[from:to], -1) {
		start, end := from+g[0], from+g[1]
		w, o := listHead(s, start)
		if w == nil {
			continue
		}
		for _, x := range recitalNumber.FindAllStringIndex(s[start:end], -1) {
			it, ok := itemAt(s, start+x[0])
			if !ok || it.form != formSession {
				continue
			}
			who := o
			if who == nil {
				who = own.meant(s, start, w.word, it)
			}
			m := mention{kind: byName, word: w.word, number: it.number, session: it.session, part: it.part, dates: it.dates, stretch: it.stretch, at: it.stretch, listed: true, group: start + 1}
			if who != nil && m.name(w, it, who, o != nil) && !m.open {
				m.to = max(m.at.to, m.from+1)
				out = append(out, m)
			}
		}
	}
	return out
}

// longestRecital is how far before an item the words may stand that the list
// began with.
const longestRecital = 2500

// listHead finds the word "resolutions" that a list began with, and whose
// they are; nil where another kind of number, another body or a new sentence
// comes between.
func listHead(s string, at int) (*nameWord, *organ) {
	from := max(0, at-longestRecital)
	i := max(strings.LastIndex(s[from:at], "resolutions "), strings.LastIndex(s[from:at], "Resolutions "))
	if i < 0 {
		return nil, nil
	}
	i += from
	between := s[i+len("resolutions ") : at]
	for _, w := range []string{"decision", ". ", "resolution ", ";"} {
		if strings.Contains(between, w) {
			return nil, nil
		}
	}
	if o := nearestOrgan(s, i, at); o != nil && o.foreign {
		return nil, nil
	}
	for _, e := range nameIndex['r'] {
		if e.row.word == "resolution" && !e.row.caps && !e.row.abbr && e.row.organ == "" {
			o, _ := organBefore(s, i)
			if o != nil && o.foreign {
				return nil, nil
			}
			return e.row, o
		}
	}
	return nil, nil
}
