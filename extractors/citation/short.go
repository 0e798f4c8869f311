package citation

import (
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// Back references, in English, French and Spanish.
var (
	shortIbid = regexp.MustCompile(`^(?i:ibid(?:em)?|ibíd(?:em)?|idem|íd(?:em)?|id)\b\.?`)
	// "supra note 7", "supra n. 7", "note 7 above", "above note 7", "infra note 9", "(n 7)", "supra nota 7", "note 7 supra"
	shortSupra = regexp.MustCompile(`(?i)(?:\b(?:supra|infra|above|ante|op\.? ?cit\.?,?|loc\.? ?cit\.?,?|ver|voir)\s*,?\s+(?:at\s+)?(?:note|notes|n\.?|fn\.?|nn\.?|nota|footnote)\s*(\*|†|‡|\d{1,4})|\((?:n|note|fn)\.?\s*(\d{1,4})\)|\b(?:footnote|note|fn\.?|nota|n\.)\s*(\*|†|‡|\d{1,4}),?\s+(?:above|supra|below|infra|ci-dessus|anterior|précitée?)|\bsupra\s+(\d{1,4})\b)`)
	shortCit   = regexp.MustCompile(`(?i)\b(?:op\.?\s?cit\.?|loc\.?\s?cit\.?|ob\.?\s?cit\.?|préc(?:ité[es]*)?\.?)`)
	shortBare  = regexp.MustCompile(`(?i)(?:^|[\s,;(])supra\b`)
)

// parseShort reads a segment that is a short form: what it says itself, how it
// refers back, and the rest, which holds its pinpoints.
func parseShort(text string) (*cite.BackRef, cite.Via, string, bool) {
	s := strings.TrimSpace(text)
	if m := shortIbid.FindString(s); m != "" {
		rest := s[len(m):]
		// "Id." may begin a word or name; a citation goes on with a mark, a
		// pinpoint or ends.
		if r := strings.TrimSpace(rest); r == "" || strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, ";") || strings.HasPrefix(r, "at ") || strings.HasPrefix(r, "(") || strings.HasPrefix(r, "¶") || strings.HasPrefix(r, "para") || strings.HasPrefix(r, "párr") || strings.HasPrefix(r, "p") || strings.HasPrefix(r, "§") || strings.HasPrefix(r, "art") || strings.HasPrefix(r, "annex") || strings.HasPrefix(r, "[") || strings.HasPrefix(rest, ".") || r[0] >= '0' && r[0] <= '9' {
			return &cite.BackRef{}, cite.ViaIbid, rest, true
		}
	}
	if m := shortSupra.FindStringSubmatchIndex(s); m != nil && m[0] < 200 {
		ref := &cite.BackRef{}
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				ref.Note = s[m[i]:m[i+1]]
			}
		}
		ref.Author, ref.Title = authorAndTitle(s[:m[0]])
		return ref, cite.ViaSupra, s[m[1]:], true
	}
	if m := shortCit.FindStringIndex(s); m != nil && m[0] < 200 {
		ref := &cite.BackRef{}
		ref.Author, ref.Title = authorAndTitle(s[:m[0]])
		return ref, cite.ViaShort, s[m[1]:], true
	}
	if m := shortBare.FindStringIndex(s); m != nil && m[0] < 120 {
		ref := &cite.BackRef{}
		ref.Author, ref.Title = authorAndTitle(s[:m[0]])
		return ref, cite.ViaSupra, s[m[1]:], true
	}
	return nil, "", "", false
}

// authorAndTitle parts what stands before "supra note 7": an author, a short
// title, or both.
func authorAndTitle(s string) (author, title string) {
	s = strings.Trim(strings.TrimSpace(s), ",;:( ")
	if m := quotedTitle.FindStringSubmatchIndex(s); m != nil {
		return strings.Trim(s[:m[0]], ",;: "), trimTitle(group(s, m))
	}
	author, title, found := strings.Cut(s, ",")
	if !found {
		return s, ""
	}
	return strings.TrimSpace(author), trimTitle(title)
}

// What sets up a short form: (hereinafter “Report on Presence”), [the Brahimi
// Report], (the “Mapping Report”), ci-après, en adelante.
var definesTerm = []*regexp.Regexp{
	regexp.MustCompile(`(?i)[(\[]\s*(?:hereinafter|hereafter|henceforth|ci-après|en adelante|en lo sucesivo)(?:\s+(?:referred to as|cited as|called|the|as|dénommée?|le|la|el))*,?:?\s*(?:the\s+)?["“‘«]?\s*([^)\]"”’»]{2,100}?)\s*["”’»]?\s*[)\]]`),
	regexp.MustCompile(`(?i)\b(?:hereinafter|hereafter|ci-après|en adelante)(?:\s+(?:referred to as|cited as|the|as))*\s*["“‘«]\s*([^"”’»]{2,100}?)\s*["”’»]`),
	regexp.MustCompile(`[(\[]\s*(?:the\s+|le\s+|la\s+|el\s+)?["“‘«]([^"”’»)\]]{2,80})["”’»]\s*[)\]]`),
	regexp.MustCompile(`\[\s*(?:the\s+)?([A-Z][^\[\]0-9]{2,60}[A-Za-z])\s*\]`),
}

// definedTerms are the short forms that a citation sets up for later notes.
func definedTerms(text string) []string {
	if !strings.ContainsAny(text, "([") {
		return nil
	}
	var out []string
	for _, re := range definesTerm {
		for _, m := range re.FindAllStringSubmatch(text, 4) {
			term := trimTitle(m[1])
			dup := false
			for _, o := range out {
				dup = dup || o == term
			}
			if term != "" && !dup {
				out = append(out, term)
			}
		}
	}
	return out
}
