package verify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func sym(t testing.TB, s string) cite.Symbol {
	t.Helper()
	v, err := cite.ParseSymbol(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// known is a small catalogue.
type known struct{ docs []cite.Document }

func (k known) Resolution(n int) (cite.Document, bool) {
	for _, d := range k.docs {
		if d.Number == n {
			return d, true
		}
	}
	return cite.Document{}, false
}
func (k known) Range(y int) (int, int, bool, bool) {
	first, last := 0, 0
	for _, d := range k.docs {
		if d.Date.Year == y {
			if first == 0 || d.Number < first {
				first = d.Number
			}
			last = max(last, d.Number)
		}
	}
	return first, last, true, first > 0
}
func (k known) YearOf(n int) (int, bool) {
	d, ok := k.Resolution(n)
	return d.Date.Year, ok
}
func (k known) ByTopic(topic string, y int) (out []cite.Document) {
	for _, d := range k.docs {
		if d.Topic == topic && d.Date.Year == y {
			out = append(out, d)
		}
	}
	return out
}

func document(t testing.TB, symbol, date, topic string) cite.Document {
	d := cite.Document{Symbol: sym(t, symbol), Topic: topic}
	d.Date, _ = cite.ParseISODate(date)
	d.Number, d.Year, d.Body, d.Series = d.Symbol.Number(), d.Date.Year, d.Symbol.Body(), d.Symbol.Series()
	d.Printed = d.Symbol.Printed(d.Year)
	src := cite.Source{Name: "builtin", SHA256: strings.Repeat("a", 64)}
	add := func(f cite.Field, v string) {
		if v != "" {
			d.Facts = append(d.Facts, cite.Fact{Field: f, Value: v, Primary: true, Evidence: cite.Evidence{Source: src, Place: symbol, Quote: v}})
		}
	}
	add(cite.FieldExists, d.Printed)
	add(cite.FieldDate, date)
	add(cite.FieldBody, d.Body)
	add(cite.FieldTopic, topic)
	return d
}

// text gives a document paragraphs.
func text(d cite.Document, paras ...string) cite.Document {
	src := cite.Source{URL: "https://documents.un.org/x", SHA256: strings.Repeat("b", 64)}
	for i, p := range paras {
		d.Paragraphs = append(d.Paragraphs, cite.Paragraph{N: i + 1, Text: p})
	}
	d.Last = len(paras)
	d.Facts = append(d.Facts, cite.Fact{Field: cite.FieldLastPara, Value: fmt.Sprint(len(paras)), Primary: true, Evidence: cite.Evidence{Source: src, Place: "last", Quote: "x"}})
	return d
}

func with(d cite.Document, f cite.Field, v string, primary bool) cite.Document {
	d.Facts = append(slices.Clone(d.Facts), cite.Fact{Field: f, Value: v, Primary: primary, Evidence: cite.Evidence{Source: cite.Source{URL: "https://x.org", SHA256: strings.Repeat("c", 64)}, Place: "p", Quote: v}})
	return d
}

func found(d cite.Document) *cite.Answer {
	return &cite.Answer{Symbol: d.Symbol, Outcome: cite.Found, Document: &d}
}

func day(s string) cite.Date { d, _ := cite.ParseISODate(s); return d }

func note(sentence string, quotes ...string) cite.Note {
	return cite.Note{Label: "5", Text: "the note", Markers: []cite.Marker{{Sentence: sentence, Quotes: quotes}}}
}

func running(sentence string) cite.Note {
	return cite.Note{Label: "p1.1", Placement: cite.PlaceInline, Text: sentence}
}

func at(u cite.Unit, n any) []cite.Pin { return []cite.Pin{{Unit: u, From: n, To: n}} }

func para(n int) []cite.Pin { return []cite.Pin{{Unit: cite.UnitPara, From: n, To: n}} }

// TestChecks: each row is an example of a check, good or bad. "" says that the
// check makes no finding.
func TestChecks(t *testing.T) {
	mali18, mali19, mali22 := document(t, "S/RES/2423", "2018-06-28", "Mali"), document(t, "S/RES/2480", "2019-06-28", "Mali"), with(document(t, "S/RES/2640", "2022-06-29", "Mali"), cite.FieldVote, "13-0-2", true)
	night := with(document(t, "S/RES/338", "1973-10-21", "Middle East"), cite.FieldDayAfter, "1973-10-22", true)
	report := with(document(t, "S/2012/43", "2012-01-18", ""), cite.FieldTitle, "Report of the Secretary-General on the United Nations Integrated Mission in Timor-Leste (for the period from 20 September 2011 to 6 January 2012)", true)
	counts := text(document(t, "S/2012/44", "2012-01-19", ""), "The police numbered 1,115 police officers.", "It may deploy a force of 11,200.")
	third := with(cite.Document{Symbol: sym(t, "S/2015/1"), Printed: "S/2015/1"}, cite.FieldDate, "2015-01-02", false)
	k := known{[]cite.Document{mali18, mali19, mali22}}
	read := text(mali18, "Decides to extend the mandate", "Requests the Secretary-General to act within existing resources and with full speed", "Remains seized of the matter")
	places := text(mali18, "Decides to act", "Requests\n(a) a plan\n(b) a budget")
	places.Paragraphs = append(places.Paragraphs, cite.Paragraph{N: 1, Kind: "preamble", Label: "preamble 1", Text: "Recalling"}, cite.Paragraph{N: 2, Kind: "preamble", Label: "preamble 2", Text: "Noting"},
		cite.Paragraph{N: 1, Kind: "annex", Label: "annex II, 1", Text: "The plan", Page: 3})
	numbers := text(mali18, "Decides to deploy 2 battalions within 30 days", "Calls upon the governors of the regions 7 and the mayors")
	offline := &cite.Answer{Symbol: mali18.Symbol, Outcome: cite.NoWord, Reason: "offline"}
	unread := found(mali18)
	unread.TextReason = "offline"
	span := &cite.Span{Start: 0, End: 3}
	for _, tt := range []struct {
		name   string
		check  string
		note   cite.Note
		cite   cite.Citation
		answer *cite.Answer
		want   cite.Verdict
	}{
		{"a document that was found", "exists", note(""), cite.Citation{}, found(mali18), cite.Verified},
		{"nobody was asked", "exists", note(""), cite.Citation{}, offline, cite.Unreachable},
		{"a kind that no source holds", "exists", note(""), cite.Citation{}, &cite.Answer{Outcome: cite.NotHeld, Reason: "x"}, cite.Unverifiable},
		{"not in a complete list", "exists", note(""), cite.Citation{}, &cite.Answer{Outcome: cite.Absent, Reason: "x", Evidence: &cite.Evidence{Place: "list"}}, cite.NotFound},

		{"the right day", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-06-28")}}, found(mali18), cite.Verified},
		{"the right month", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-06")}}, found(mali18), cite.Verified},
		{"another day", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-06-27")}}, found(mali18), cite.Contradicted},
		{"a vote past midnight, the day before", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("1973-10-21")}}, found(night), cite.Verified},
		{"a vote past midnight, the day after", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("1973-10-22")}}, found(night), cite.Verified},
		{"a vote past midnight, another day", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("1973-10-23")}}, found(night), cite.Contradicted},
		{"one secondary source alone", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2015-01-03")}}, found(third), cite.Questioned},
		{"a date, offline", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-06-28")}}, offline, cite.Unreachable},
		{"the day of distribution", "date-agrees", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-07-02")}}, found(with(mali18, cite.FieldIssued, "2018-07-02", true)), cite.Verified},

		{"the right year", "year-in-brackets", note(""), cite.Citation{Claims: cite.Claims{Year: 2018}}, found(mali18), cite.Verified},
		{"another year", "year-in-brackets", note(""), cite.Citation{Claims: cite.Claims{Year: 2017}}, found(mali18), cite.Contradicted},

		{"a general comment", "number-agrees", note(""), cite.Citation{Text: "General comment No. 36 (2018) on the right to life, CCPR/C/GC/36", Symbol: sym(t, "CCPR/C/GC/36"), Claims: cite.Claims{SymbolAt: span}}, offline, cite.Verified},
		{"another general comment", "number-agrees", note(""), cite.Citation{Text: "General comment No. 35 (2018) on the right to life, CCPR/C/GC/36", Symbol: sym(t, "CCPR/C/GC/36"), Claims: cite.Claims{SymbolAt: span}}, offline, cite.Contradicted},
		{"a joint general comment", "number-agrees", note(""), cite.Citation{Text: "Joint general recommendation No. 31 and general comment No. 18, CRC/C/GC/18", Symbol: sym(t, "CRC/C/GC/18"), Claims: cite.Claims{SymbolAt: span}}, offline, cite.Verified},

		{"the address of the document", "link-agrees", note(""), cite.Citation{Claims: cite.Claims{URL: "https://undocs.org/en/S/RES/2423(2018)"}}, found(mali18), cite.Verified},
		{"the address of another", "link-agrees", note(""), cite.Citation{Claims: cite.Claims{URL: "https://docs.un.org/en/S/RES/2432(2018)"}}, found(mali18), cite.Contradicted},
		{"another address", "link-agrees", note(""), cite.Citation{Claims: cite.Claims{URL: "https://example.org/S/RES/2432"}}, found(mali18), ""},

		{"its subject", "subject-agrees", cite.Note{Text: "Resolution 2423 (2018) on Mali."}, cite.Citation{Span: cite.Span{End: 22}}, found(mali18), ""},
		{"another subject", "subject-agrees", cite.Note{Text: "Resolution 2423 (2018) on the situation in Haiti."}, cite.Citation{Span: cite.Span{End: 22}}, found(mali18), cite.Questioned},
		{"its subject and another", "subject-agrees", cite.Note{Text: "Resolution 2423 (2018) on women in Mali."}, cite.Citation{Span: cite.Span{End: 22}}, found(mali18), ""},
		{"another agenda item by its name", "subject-agrees", cite.Note{Text: "Resolution 1820 (2008) on children and armed conflict."}, cite.Citation{Span: cite.Span{End: 22}}, found(document(t, "S/RES/1820", "2008-06-19", "Women and peace and security")), cite.Questioned},
		{"an agenda item with a comma", "subject-agrees", cite.Note{Text: "Resolution 1612 (2005) on women, peace and security."}, cite.Citation{Span: cite.Span{End: 22}}, found(document(t, "S/RES/1612", "2005-07-26", "Children and armed conflict")), cite.Questioned},
		{"a subject near it", "subject-agrees", cite.Note{Text: "Resolution 1820 (2008) on violence against children."}, cite.Citation{Span: cite.Span{End: 22}}, found(document(t, "S/RES/1820", "2008-06-19", "Women and peace and security")), ""},
		{"what no agenda item names", "subject-agrees", cite.Note{Text: "Resolution 2423 (2018) on sanctions."}, cite.Citation{Span: cite.Span{End: 22}}, found(mali18), ""},
		{"a subject under a wide item", "subject-agrees", cite.Note{Text: "Resolution 338 (1973) on Iraq."}, cite.Citation{Span: cite.Span{End: 21}}, found(night), ""},

		{"a mission created by the resolution", "founded-by", note("The Council established MONUSCO in 2010."), cite.Citation{Symbol: sym(t, "S/RES/1925")}, offline, ""},
		{"a mission extended by the resolution", "founded-by", note("In 2018, the Security Council established the United Nations Multidimensional Integrated Stabilization Mission in Mali (MINUSMA)."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a mission that was created", "founded-by", note("MINUSMA was established in 2018."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a mission created and extended", "founded-by", note("MINUSMA was established in 2013 and renewed each June."), cite.Citation{}, found(mali18), ""},
		{"after its creation", "founded-by", note("After the Council had established MINUSMA, the war went on."), cite.Citation{}, found(mali18), ""},

		{"a mission's acronym", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Secretary-General's report on UNMIT"}}, found(report), cite.Verified},
		{"another mission's acronym", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Secretary-General's report on UNMIK"}}, found(report), cite.Unverifiable},
		{"another mission's acronym, the text read", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Secretary-General's report on UNMIK"}}, found(text(report, "Dili was quiet")), cite.Contradicted},
		{"an acronym in the text", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Report of the Secretary-General on PNTL"}}, found(text(report, "The national police (PNTL) grew")), cite.Verified},
		{"initials", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Report on UNIM"}}, found(report), cite.Verified},
		{"the ordinal", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Twenty-first report on the threat posed by Examplia"}}, found(with(mali18, cite.FieldTitle, "Twenty-first report of the Secretary-General on the threat posed by Examplia", true)), cite.Verified},
		{"another ordinal", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Twentieth report on the threat posed by Examplia"}}, found(with(mali18, cite.FieldTitle, "Twenty-first report of the Secretary-General on the threat posed by Examplia", true)), cite.Contradicted},

		{"the year of the records", "time-fits", note(""), cite.Citation{Text: "UN SCOR, 71st year, 7853rd mtg., UN Doc. S/PV.7853 (Dec. 23, 2016)", Symbol: sym(t, "S/PV.7853"), Claims: cite.Claims{Date: day("2016-12-23")}}, offline, ""},
		{"another year of the records", "time-fits", note(""), cite.Citation{Text: "UN SCOR, 72nd year, 7853rd mtg., UN Doc. S/PV.7853 (Dec. 23, 2016)", Symbol: sym(t, "S/PV.7853"), Claims: cite.Claims{Date: day("2016-12-23")}}, offline, cite.Questioned},

		{"a number with its digits swapped", "number-mentioned", note("There were 11,020 soldiers deployed there."), cite.Citation{}, found(text(mali18, "11,200 soldiers of the force")), cite.Questioned},
		{"a sum", "number-mentioned", note("In all there were 1,511 police officers."), cite.Citation{}, found(counts), ""},

		{"a date of the session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/1514(XV)"), Claims: cite.Claims{Date: day("1960-12-14"), Year: 1960}}, offline, ""},
		{"a date of the next session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/1514(XV)"), Claims: cite.Claims{Date: day("1961-12-14"), Year: 1961}}, offline, cite.Questioned},
		{"a resumed session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/78/314"), Claims: cite.Claims{Date: day("2024-07-10"), Year: 2024}}, offline, ""},
		{"distributed after its session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/62/277"), Claims: cite.Claims{Date: day("2008-10-07"), Year: 2008}}, offline, ""},
		{"a corrigendum of a later year", "time-fits", note(""), cite.Citation{Symbol: sym(t, "S/2001/983/Corr.1"), Claims: cite.Claims{Date: day("2004-10-07"), Year: 2004}}, offline, ""},
		{"a year alone", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/78/314"), Claims: cite.Claims{Year: 2024}}, offline, ""},
		{"a year of another session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/78/314"), Claims: cite.Claims{Year: 2025}}, offline, cite.Questioned},
		{"a document before its session", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/53/72"), Claims: cite.Claims{Date: day("1997-12-31"), Year: 1997}}, offline, ""},
		{"an emergency session that had not begun", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/ES-11/1"), Claims: cite.Claims{Date: day("2012-03-02"), Year: 2012}}, offline, cite.Questioned},
		{"an emergency session that goes on", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/RES/ES-10/23"), Claims: cite.Claims{Date: day("2024-05-10"), Year: 2024}}, offline, ""},
		{"a session of the Human Rights Council", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/HRC/RES/59/25"), Claims: cite.Claims{Date: day("2025-07-08"), Year: 2025}}, offline, ""},
		{"another year of the Human Rights Council", "time-fits", note(""), cite.Citation{Symbol: sym(t, "A/HRC/RES/59/25"), Claims: cite.Claims{Date: day("2024-07-08"), Year: 2024}}, offline, cite.Questioned},
		{"a year after its symbol's", "time-fits", note(""), cite.Citation{Symbol: sym(t, "E/RES/2000/22"), Claims: cite.Claims{Date: day("2001-07-28"), Year: 2001}}, offline, cite.Questioned},
		{"the last days of the year before", "time-fits", note(""), cite.Citation{Symbol: sym(t, "S/2020/1"), Claims: cite.Claims{Date: day("2019-12-31"), Year: 2019}}, offline, ""},
		{"a letter of the year before", "time-fits", note(""), cite.Citation{Symbol: sym(t, "S/2020/3"), Claims: cite.Claims{Type: "letter", Title: "Letter dated 30 December 2019 from the Permanent Representative of Examplia"}}, offline, ""},
		{"a letter of years before", "time-fits", note(""), cite.Citation{Symbol: sym(t, "S/2020/3"), Claims: cite.Claims{Type: "letter", Title: "Letter dated 30 December 2016 from the Permanent Representative of Examplia"}}, offline, cite.Questioned},
		{"a date that was had", "time-fits", note(""), cite.Citation{Claims: cite.Claims{Date: day("2018-06-28"), Year: 2018}}, found(mali18), ""},

		{"the meeting", "meeting-agrees", note(""), cite.Citation{Claims: cite.Claims{Meeting: "8298"}}, found(with(mali18, cite.FieldMeeting, "S/PV.8298", true)), cite.Verified},
		{"another meeting", "meeting-agrees", note(""), cite.Citation{Claims: cite.Claims{Meeting: "8289"}}, found(with(mali18, cite.FieldMeeting, "S/PV.8298", true)), cite.Contradicted},
		{"a meeting that nobody gives", "meeting-agrees", note(""), cite.Citation{Claims: cite.Claims{Meeting: "8289"}}, found(mali18), cite.Unverifiable},
		{"the record of the meeting", "meeting-agrees", note("x"), cite.Citation{Symbol: sym(t, "S/PV.6498"), Claims: cite.Claims{Meeting: "6498", SymbolAt: span}}, offline, cite.Verified},
		{"the record of another meeting", "meeting-agrees", note("x"), cite.Citation{Symbol: sym(t, "S/PV.6498"), Claims: cite.Claims{Meeting: "6489", SymbolAt: span}}, offline, cite.Contradicted},

		{"two digits swapped", "number-told", note("The mandate was renewed by resolution 2432."), cite.Citation{}, found(mali18), cite.Questioned},
		{"another resolution", "number-told", note("The mandate followed resolution 2433."), cite.Citation{}, found(mali18), ""},
		{"the number", "number-told", note("The mandate was renewed by resolution 2423."), cite.Citation{}, found(mali18), ""},
		{"two digits swapped, looking back", "number-told", note("It recalled resolution 2432."), cite.Citation{}, found(mali18), ""},

		{"the Assembly's name on a decision of the Human Rights Council", "body-agrees", note(""), cite.Citation{Symbol: sym(t, "A/HRC/RES/59/25"), Claims: cite.Claims{Body: "General Assembly", SymbolAt: span}}, offline, cite.Contradicted},
		{"the Assembly's name on its documents", "body-agrees", note(""), cite.Citation{Symbol: sym(t, "A/HRC/59/25"), Claims: cite.Claims{Body: "General Assembly", SymbolAt: span}}, offline, cite.Verified},
		{"words and symbol agree", "number-agrees", note(""), cite.Citation{Claims: cite.Claims{Number: 2423, NameSpan: span, SymbolAt: span}}, offline, cite.Verified},
		{"words and symbol differ", "number-agrees", note(""), cite.Citation{Claims: cite.Claims{Number: 2324, Words: sym(t, "S/RES/2324"), NameSpan: span, SymbolAt: span}}, offline, cite.Contradicted},

		{"the Council's own symbol", "body-agrees", note(""), cite.Citation{Claims: cite.Claims{Body: "Security Council"}}, found(mali18), cite.Verified},
		{"the Assembly's name", "body-agrees", note(""), cite.Citation{Claims: cite.Claims{Body: "General Assembly", SymbolAt: span}}, found(mali18), cite.Contradicted},
		{"the Secretary-General's report to the Council", "body-agrees", note(""), cite.Citation{Claims: cite.Claims{Body: "Secretary-General"}}, found(report), cite.Verified},

		{"the title, shortened", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Report on the Integrated Mission in Timor-Leste"}}, found(report), cite.Verified},
		{"another mission's title", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Report of the Secretary-General on the United Nations Stabilization Mission in Haiti"}}, found(report), cite.Contradicted},
		{"a resolution under its agenda item", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "Mali"}}, found(mali18), cite.Verified},
		{"a resolution under a title of its own", "title-agrees", note(""), cite.Citation{Claims: cite.Claims{Title: "On the protection of bridges"}}, found(mali18), ""},

		{"a paragraph that is there", "paragraph-exists", note(""), cite.Citation{Pinpoints: para(2)}, found(read), cite.Verified},
		{"one beyond the last", "paragraph-exists", note(""), cite.Citation{Pinpoints: para(4)}, found(read), cite.Contradicted},
		{"a text that was not had", "paragraph-exists", note(""), cite.Citation{Pinpoints: para(2)}, unread, cite.Unreachable},
		{"no paragraph cited", "paragraph-exists", note(""), cite.Citation{}, found(read), ""},

		{"a sub-paragraph that is there", "paragraph-exists", note(""), cite.Citation{Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 2, To: 2, Sub: "(b)"}}}, found(places), cite.Verified},
		{"a sub-paragraph that was not read", "paragraph-exists", note(""), cite.Citation{Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 2, To: 2, Sub: "(c)"}}}, found(places), cite.Unverifiable},

		{"a preambular paragraph", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitPreamble, 1)}, found(places), cite.Verified},
		{"one beyond the preamble", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitPreamble, 12)}, found(places), cite.Questioned},
		{"the preamble", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitPreamble, "")}, found(places), cite.Verified},
		{"the annex", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitAnnex, "")}, found(places), cite.Verified},
		{"the second annex", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitAnnex, "II")}, found(places), cite.Verified},
		{"an annex that was not read", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitAnnex, "IV")}, found(places), cite.Unverifiable},
		{"an annex, the text not had", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitAnnex, "II")}, unread, cite.Unreachable},
		{"a page", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitPage, 2)}, found(places), cite.Verified},
		{"a page beyond what was read", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitPage, 9)}, found(places), cite.Unverifiable},
		{"a section", "place-exists", note(""), cite.Citation{Pinpoints: at(cite.UnitSection, "II")}, found(places), cite.Unverifiable},

		{"the words stand there", "quote-appears", note("x", "within existing resources and with full speed"), cite.Citation{Pinpoints: para(2)}, found(read), cite.Verified},
		{"with an ellipsis", "quote-appears", note("x", "act … with full speed"), cite.Citation{}, found(read), cite.Verified},
		{"in another paragraph", "quote-appears", note("x", "within existing resources and"), cite.Citation{Pinpoints: para(1)}, found(read), cite.Contradicted},
		{"a word changed", "quote-appears", note("x", "to act within existing means and with full speed"), cite.Citation{}, found(read), cite.Contradicted},
		{"a small number of the text", "quote-appears", note("x", "deploy 2 battalions within 30 days"), cite.Citation{}, found(numbers), cite.Verified},
		{"a small number changed", "quote-appears", note("x", "deploy 3 battalions within 30 days"), cite.Citation{}, found(numbers), cite.Contradicted},
		{"a small number in the second place changed", "quote-appears", note("x", "battalions … within 60 days"), cite.Citation{}, found(numbers), cite.Contradicted},
		{"a small number that the text does not have", "quote-appears", note("x", "the 8 governors of the regions"), cite.Citation{}, found(numbers), cite.Unverifiable},
		{"the number of the paragraph quoted", "quote-appears", note("x", "1. Decides to deploy 2 battalions"), cite.Citation{}, found(numbers), cite.Verified},
		{"a marker in the text", "quote-appears", note("x", "governors of the regions and the mayors"), cite.Citation{}, found(numbers), cite.Verified},
		{"someone else's words", "quote-appears", note("x", "we never wanted any of these people here"), cite.Citation{}, found(read), cite.Questioned},
		{"a person's words", "quote-appears", note("“We were never asked about it,” said a mayor.", "We were never asked about it,"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a person's words beside the Council's act", "quote-appears", note("A minister said “we were never asked about it”, and the Council called for a ceasefire.", "we were never asked about it"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a person's words beside the report", "quote-appears", note("The report tells of what one observer called “a miracle of our times”.", "a miracle of our times"), cite.Citation{}, found(read), cite.Unverifiable},
		{"somebody by name", "quote-appears", note("“We were never asked about it,” as Annan used to say; the Council called for a plan.", "We were never asked about it,"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a phrase of somebody's", "quote-appears", note("It spoke of a pause, which the envoy, speaking in May, called “the only door out of this war”.", "the only door out of this war"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a party's answer", "quote-appears", note("The Council asked for a plan; M23 replied that it would “never leave our own home”.", "never leave our own home"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a newspaper's words", "quote-appears", note("The text would, in the words of the Guardian, “turn out the lights in town”.", "turn out the lights in town"), cite.Citation{}, found(read), cite.Unverifiable},
		{"the report's own words", "quote-appears", note("The text would, in the words of the report, “turn out the lights in town”.", "turn out the lights in town"), cite.Citation{}, found(read), cite.Questioned},
		{"the name of a declaration", "quote-appears", note("The declaration entitled “Health for all: our ambition for a better world” was welcomed.", "Health for all: our ambition for a better world"), cite.Citation{}, found(read), ""},
		{"a quotation in the note", "quote-appears", cite.Note{Text: "S/RES/2423 (2018), para. 2 (“to act within existing resources and with full speed”)."}, cite.Citation{Span: cite.Span{End: 26}, Claims: cite.Claims{SymbolAt: span}}, found(read), cite.Verified},
		{"a quotation in the note, altered", "quote-appears", cite.Note{Text: "S/RES/2423 (2018), para. 2: “to act within existing means and with full speed”."}, cite.Citation{Span: cite.Span{End: 26}, Claims: cite.Claims{SymbolAt: span}}, found(read), cite.Contradicted},
		{"a short form in the note", "quote-appears", cite.Note{Text: "S/RES/2423 (2018) (hereinafter “the resolution on all that is to come”)."}, cite.Citation{Span: cite.Span{End: 17}, Claims: cite.Claims{SymbolAt: span}}, found(read), ""},
		{"a remark in the note", "quote-appears", cite.Note{Text: "S/RES/2423 (2018), what is called “the mandate that nobody could carry out”."}, cite.Citation{Span: cite.Span{End: 17}, Claims: cite.Claims{SymbolAt: span}}, found(read), ""},
		{"a quotation in the running text", "quote-appears", running("Resolution 2423 (2018) requests “to act within existing resources and with full speed”."), cite.Citation{Span: cite.Span{End: 22}}, found(read), cite.Verified},
		{"a quotation in the running text, altered", "quote-appears", running("Resolution 2423 (2018) requests “to act within existing means and with full speed”."), cite.Citation{Span: cite.Span{End: 22}}, found(read), cite.Contradicted},
		{"another's words in the running text", "quote-appears", running("Resolution 2423 (2018) angered “those who had hoped for a better life”."), cite.Citation{Span: cite.Span{End: 22}}, found(read), ""},
		{"small words alone in common", "quote-appears", note("x", "a matter of the heart and with the soul"), cite.Citation{}, found(text(mali18, "Requests the head of the mission and with the help of others to act")), cite.Questioned},
		{"another form of the verb", "quote-appears", note("x", "decided to extend the mandate"), cite.Citation{}, found(read), cite.Questioned},
		{"names in a sentence", "quote-appears", note("x", "to support the Agreement on the City of Aden"), cite.Citation{}, found(text(mali18, "Decides to support the Agreement on the City of Hodeidah")), cite.Contradicted},
		{"three words of somebody's", "quote-appears", note("x", "den of thieves"), cite.Citation{}, found(read), cite.Unverifiable},
		{"three words, one altered", "quote-appears", note("x", "existing means and with"), cite.Citation{}, found(read), cite.Contradicted},
		{"banners", "quote-appears", note("Protesters’ banners read “give us our votes back”.", "give us our votes back"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a saying", "quote-appears", note("Everyone knew the saying “first the money, then the men”.", "first the money, then the men"), cite.Citation{}, found(read), cite.Unverifiable},
		{"another language", "quote-appears", note("In French it speaks of « l’avenir de la Mission ».", "l’avenir de la Mission"), cite.Citation{}, found(read), cite.Unverifiable},
		{"a person said to speak the document's words, altered", "quote-appears", note("Guterres said “to act within existing means and with full speed”.", "to act within existing means and with full speed"), cite.Citation{}, found(read), cite.Contradicted},
		{"the report's words beside a person", "quote-appears", note("Critics said little; the report notes “a miracle of our times”.", "a miracle of our times"), cite.Citation{}, found(read), cite.Questioned},
		{"a way of speaking", "quote-appears", note("The so-called “stabilization of the north” went on.", "stabilization of the north"), cite.Citation{}, found(read), cite.Unverifiable},
		{"the report's words, altered", "quote-appears", note("The mandate told staff “to act within existing means and with full speed”.", "to act within existing means and with full speed"), cite.Citation{}, found(read), cite.Contradicted},
		{"a term in quotation marks", "quote-appears", note("x", "strategic review"), cite.Citation{}, found(read), ""},
		{"offline", "quote-appears", note("x", "within existing resources"), cite.Citation{}, unread, cite.Unreachable},

		{"a year later", "year-agrees", note("In 2017, the Council imposed sanctions, and a year later it linked them to the mandate."), cite.Citation{}, found(mali18), ""},
		{"an older decision carried over", "year-agrees", note("The Council’s decision in 2017 to impose sanctions was carried over into the mandate."), cite.Citation{}, found(mali18), ""},
		{"a mandate that dates from another year", "year-agrees", note("The mandate dates from 2009, when the Security Council acted on Mali."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a report, looked back at", "year-agrees", note("In 2019, the Secretary-General noted that little had changed since this report."), cite.Citation{}, found(report), ""},
		{"the Assembly's money", "actor-agrees", note("The General Assembly approved $1.07 billion for the mission."), cite.Citation{}, found(mali18), ""},
		{"a later act of another", "actor-agrees", note("The General Assembly later endorsed these words."), cite.Citation{}, found(mali18), ""},
		{"another's resolution", "actor-agrees", note("The General Assembly’s resolution on Mali was cautious."), cite.Citation{}, found(mali18), cite.Questioned},
		{"the vote of another year", "vote-agrees", note("It was not adopted unanimously in 2012."), cite.Citation{}, found(with(mali18, cite.FieldVote, "15-0-0", true)), ""},
		{"the vote on another text", "vote-agrees", note("Two members voted against a similar text, with three abstaining."), cite.Citation{}, found(mali22), ""},
		{"a number of a later year", "number-mentioned", note("There were 1,230 police officers in 2019."), cite.Citation{}, found(counts), ""},
		{"a decision dated to another year", "year-agrees", note("This led to the decision in 2019 to expand the mission’s mandate."), cite.Citation{}, found(mali18), cite.Questioned},
		{"an adoption in the running text", "year-agrees", running("In 2019, the Council adopted resolution 2423 (2018) on Mali."), cite.Citation{Span: cite.Span{Start: 29, End: 51}}, found(mali18), cite.Questioned},
		{"the adoption in the running text", "year-agrees", running("In 2018, the Council adopted resolution 2423 (2018) on Mali."), cite.Citation{Span: cite.Span{Start: 29, End: 51}}, found(mali18), cite.Verified},
		{"another act in the running text", "year-agrees", running("In 2019, the Council met under resolution 2423 (2018) on Mali."), cite.Citation{Span: cite.Span{Start: 31, End: 53}}, found(mali18), ""},
		{"an adoption looked back at in the running text", "year-agrees", running("In 2019, the Council, having adopted resolution 2423 (2018), met."), cite.Citation{Span: cite.Span{Start: 37, End: 59}}, found(mali18), ""},
		{"a decision dated to another month", "year-agrees", note("On 28 July 2018 the Council adopted a new mandate."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a decision dated to another day", "year-agrees", note("On 27 June 2018 the Council adopted a new mandate."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a decision dated to its month", "year-agrees", note("In late June 2018, the Council adopted a new mandate."), cite.Citation{}, found(mali18), cite.Verified},
		{"a decision dated to its day, American", "year-agrees", note("On June 28, 2018, the Council adopted a new mandate."), cite.Citation{}, found(mali18), cite.Verified},
		{"a decision in one of several months", "year-agrees", note("The Council cut the mission in April 2018, enlarged it in May and turned to others in June."), cite.Citation{}, found(mali18), cite.Verified},
		{"a decision beside another time", "year-agrees", note("In July 2018, the Council adopted the text agreed on 28 June 2018."), cite.Citation{}, found(mali18), cite.Verified},
		{"an adoption dated to another year", "year-agrees", note("Since the adoption of the resolution in 2016, little has changed."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a decision dated to its year", "year-agrees", note("This led to the decision in 2018 to expand the mission’s mandate."), cite.Citation{}, found(mali18), cite.Verified},
		{"the Council acts in another year", "year-agrees", note("In 2019, the Security Council returned to Mali and adjusted what it expected."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a mandate that dates from a year", "year-agrees", note("The mandate dates from 2019, when the Security Council acted on Mali."), cite.Citation{}, found(mali18), cite.Questioned},
		{"a conflict that dates from a year", "year-agrees", note("The conflict dates from 2012, when the north was taken."), cite.Citation{}, found(mali18), ""},
		{"a report told later than its date", "year-agrees", note("In 2013, the Secretary-General reported on Timor-Leste for the period from 20 September 2011 to 6 January 2012."), cite.Citation{}, found(report), cite.Questioned},
		{"a report told later, with its mandate", "year-agrees", note("In 2014, the Secretary-General informed the Council of Timor-Leste, pursuant to Security Council resolution 1969 (2011)."), cite.Citation{}, found(report), cite.Questioned},
		{"a report told in its year", "year-agrees", note("In 2013, the Secretary-General reported on Timor-Leste, as he had in 2012."), cite.Citation{}, found(report), ""},
		{"from a year onward", "year-agrees", note("From 2019 onward, the mandate also incorporated support to the joint force."), cite.Citation{}, found(mali18), ""},
		{"a thing named by its year", "year-agrees", note("The Council adopted a text on the 2015 Agreement for Peace."), cite.Citation{}, found(mali18), ""},
		{"an end to come", "year-agrees", note("The Council decided that the withdrawal would be completed by December 2019."), cite.Citation{}, found(mali18), ""},
		{"several years", "year-agrees", note("After the coups of 2020 and 2021 the Council adopted a text in 2022."), cite.Citation{}, found(mali18), ""},
		{"looking back", "year-agrees", note("In 2019, the Council recalled its earlier resolution."), cite.Citation{}, found(mali18), ""},
		{"no decision told", "year-agrees", note("In 2019, attacks increased in the centre of the country."), cite.Citation{}, found(mali18), ""},
		{"the year stands in a quotation", "year-agrees", note("The Council adopted “a plan in 2019 for all”."), cite.Citation{}, found(mali18), ""},
		{"a report older than its event", "year-agrees", note("In March 2014, the Secretary-General gave the Council a sober account."), cite.Citation{}, found(report), cite.Questioned},
		{"a report younger than its event", "year-agrees", note("In March 2010, the Secretary-General gave the Council a sober account."), cite.Citation{}, found(report), ""},

		{"the Assembly acts, a Council decision is cited", "actor-agrees", note("In 2018, the General Assembly returned to Mali."), cite.Citation{}, found(mali18), cite.Questioned},
		{"the Assembly’s resolution, a Council decision is cited", "actor-agrees", note("The General Assembly’s resolution on Mali was cautious."), cite.Citation{}, found(mali18), cite.Questioned},
		{"the Assembly’s resolution beside the Council", "actor-agrees", note("The General Assembly’s resolution on Mali followed that of the Security Council."), cite.Citation{}, found(mali18), ""},
		{"the Council acts", "actor-agrees", note("In 2018, the Security Council returned to Mali."), cite.Citation{}, found(mali18), ""},

		{"another vote", "vote-agrees", note("The text was adopted by 14 votes to none, with 1 abstention."), cite.Citation{}, found(mali22), cite.Questioned},
		{"the vote", "vote-agrees", note("The text was adopted by 13 votes to none, with 2 abstentions."), cite.Citation{}, found(mali22), cite.Verified},
		{"as many states as abstained", "vote-agrees", note("The Council renewed the mandate, with China and the Russian Federation abstaining."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"states named first", "vote-agrees", note("China and the Russian Federation abstained."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"three states named first", "vote-agrees", note("China, Gabon and the Russian Federation abstained."), cite.Citation{}, found(mali22), cite.Questioned},
		{"states after a semicolon", "vote-agrees", note("It had 13 votes in favour; China and the Russian Federation abstained."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"states after a place", "vote-agrees", note("On Mali, China and the Russian Federation abstained."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"one of those who abstained", "vote-agrees", note("The Russian Federation abstained, in a rage."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"one who abstained alone", "vote-agrees", note("Only the Russian Federation abstained."), cite.Citation{}, found(mali22), cite.Questioned},
		{"one and another", "vote-agrees", note("The Russian Federation abstained, as did China."), cite.Citation{}, found(mali22), ""},
		{"a state with an and of its own", "vote-agrees", note("Gabon and Bosnia and Herzegovina abstained."), cite.Citation{}, found(mali22), cite.Unverifiable},
		{"a state against", "vote-agrees", note("Gabon voted against it."), cite.Citation{}, found(mali22), cite.Questioned},
		{"a state against a draft", "vote-agrees", note("Gabon voted against the first draft."), cite.Citation{}, found(mali22), ""},
		{"nobody abstained", "vote-agrees", note("It was put to the vote and nobody abstained."), cite.Citation{}, found(mali22), cite.Questioned},
		{"a member abstaining", "vote-agrees", note("The Council, with one member abstaining, asked for restraint."), cite.Citation{}, found(mali22), cite.Questioned},
		{"by consensus, and was not", "vote-agrees", note("The text was adopted by consensus."), cite.Citation{}, found(mali22), cite.Questioned},
		{"the vote of another week", "vote-agrees", note("The Council spoke with one voice; three weeks later five members abstained."), cite.Citation{}, found(mali22), ""},
		{"the vote in the note", "vote-agrees", cite.Note{Text: "S/RES/2640 (2022), adopted by 13 votes to none, with 2 abstentions."}, cite.Citation{Span: cite.Span{End: 17}}, found(mali22), cite.Verified},
		{"another vote in the note", "vote-agrees", cite.Note{Text: "S/RES/2640 (2022) (adopted unanimously)."}, cite.Citation{Span: cite.Span{End: 17}}, found(mali22), cite.Questioned},
		{"the part of a sentence with two markers", "vote-agrees", cite.Note{Text: "S/RES/2640 (2022).", Markers: []cite.Marker{{Sentence: "It was unanimous in 2021, while two members abstained in June.", Part: "while two members abstained in June."}}}, cite.Citation{}, found(mali22), cite.Verified},
		{"a unanimous demand", "vote-agrees", note("The demand was unanimous."), cite.Citation{}, found(mali22), cite.Questioned},
		{"passed, with figures", "vote-agrees", note("The text passed 14-0-1."), cite.Citation{}, found(mali22), cite.Questioned},
		{"the League of one mind", "vote-agrees", note("The Council acted after the Arab League had unanimously decided so."), cite.Citation{}, found(mali22), ""},
		{"a vote in the running text", "vote-agrees", running("Resolution 2640 (2022) was adopted unanimously."), cite.Citation{Span: cite.Span{End: 22}}, found(mali22), cite.Questioned},
		{"the vote in the running text", "vote-agrees", running("Resolution 2640 (2022), adopted with two abstentions, was the last."), cite.Citation{Span: cite.Span{End: 22}}, found(mali22), cite.Verified},
		{"a vote in the running text, of something else", "vote-agrees", running("Resolution 2640 (2022) fell flat; the budget was adopted unanimously."), cite.Citation{Span: cite.Span{End: 22}}, found(mali22), ""},
		{"nobody voted against", "vote-agrees", note("Nobody voted against it."), cite.Citation{}, found(mali22), ""},
		{"members voted against", "vote-agrees", note("Two members voted against the referral."), cite.Citation{}, found(mali22), cite.Questioned},
		{"nobody else", "vote-agrees", note("China abstained on Mali, and nobody else."), cite.Citation{}, found(mali22), cite.Questioned},
		{"unanimous, as before", "vote-agrees", note("The Council unanimously extended it, as it had the year before."), cite.Citation{}, found(mali22), cite.Questioned},
		{"not by consensus", "vote-agrees", note("The text was not adopted by consensus."), cite.Citation{}, found(mali22), ""},
		{"more than abstained", "vote-agrees", note("The Council renewed the mandate, with China, Gabon and the Russian Federation abstaining."), cite.Citation{}, found(mali22), cite.Questioned},
		{"unanimous in another matter", "vote-agrees", note("Commentators were unanimous in their dismay."), cite.Citation{}, found(mali22), ""},
		{"it failed to be unanimous", "vote-agrees", note("The Council failed to adopt the text on Mali unanimously."), cite.Citation{}, found(mali22), ""},

		{"an ordinary document as the resolution", "type-agrees", note(""), cite.Citation{Symbol: sym(t, "S/2018/599"), Claims: cite.Claims{Type: "resolution", SymbolAt: span}}, offline, cite.Contradicted},
		{"a draft as the resolution", "type-agrees", note(""), cite.Citation{Symbol: sym(t, "A/72/L.69"), Claims: cite.Claims{Type: "resolution", SymbolAt: span}}, offline, cite.Contradicted},
		{"a press release as the resolution", "type-agrees", note(""), cite.Citation{Symbol: sym(t, "SC/13400"), Claims: cite.Claims{Type: "resolution", SymbolAt: span}}, offline, cite.Contradicted},
		{"a corrigendum as the resolution", "type-agrees", note(""), cite.Citation{Symbol: sym(t, "S/RES/2423/Corr.1"), Claims: cite.Claims{Type: "resolution", SymbolAt: span}}, offline, cite.Questioned},
		{"the resolution", "type-agrees", note(""), cite.Citation{Claims: cite.Claims{Type: "resolution", SymbolAt: span}}, found(mali18), ""},
		{"a report", "type-agrees", note(""), cite.Citation{Claims: cite.Claims{Type: "report", SymbolAt: span}}, found(report), ""},

		{"the number is there", "number-mentioned", note("It counted 1,115 police officers."), cite.Citation{}, found(counts), cite.Verified},
		{"another number of the same", "number-mentioned", note("It counted 1,511 police officers."), cite.Citation{}, found(counts), cite.Questioned},
		{"a force of another size", "number-mentioned", note("It authorized a force of 12,100."), cite.Citation{}, found(counts), cite.Questioned},
		{"a thing that the document does not count", "number-mentioned", note("It counted 1,511 helicopters."), cite.Citation{}, found(counts), ""},
		{"the report's own number, not found in its text", "number-mentioned", note("The report counts 1,511 helicopters."), cite.Citation{}, found(counts), cite.Unverifiable},
		{"the report's own number, its text not had", "number-mentioned", note("According to the report, there were 1,115 police officers."), cite.Citation{}, found(report), cite.Unreachable},
		{"a number above a note, the text not had", "number-mentioned", note("There were 1,115 police officers by then."), cite.Citation{}, found(report), ""},
		{"the document's number, nobody was asked", "number-mentioned", note("The figure given is 1,115 police officers."), cite.Citation{}, offline, cite.Unreachable},
		{"roughly", "number-mentioned", note("It counted some 1,500 police officers."), cite.Citation{}, found(counts), ""},

		{"a report called a resolution", "name-agrees", note("The resolution of January 2012 lists the details."), cite.Citation{}, found(report), cite.Questioned},
		{"a resolution of another time", "name-agrees", note("The resolution of March 2010 lists the details."), cite.Citation{}, found(report), ""},
		{"a review that is none", "name-agrees", note("The strategic review of January 2012 lists the details."), cite.Citation{}, found(text(report, "one two three")), cite.Questioned},
		{"a review by that name", "name-agrees", note("The strategic review of January 2012 lists the details."), cite.Citation{}, found(text(report, "This strategic review lists")), ""},

		{"unanimous, and was not", "vote-agrees", note("The resolution was adopted unanimously."), cite.Citation{}, found(mali22), cite.Questioned},
		{"said not to be unanimous", "vote-agrees", note("The resolution was not unanimously adopted."), cite.Citation{}, found(mali22), ""},
	} {
		c := tt.cite
		if c.Symbol.IsZero() {
			c.Symbol = mali18.Symbol
			if tt.answer.Document != nil {
				c.Symbol = tt.answer.Document.Symbol
			}
		}
		var got []cite.Verdict
		for _, f := range Run(tt.note, c, tt.answer, k) {
			if f.Check == tt.check {
				got = append(got, f.Verdict)
				if f.Reason == "" {
					t.Errorf("%s: %s gives no reason", tt.name, tt.check)
				}
			}
		}
		var want []cite.Verdict
		if tt.want != "" {
			want = []cite.Verdict{tt.want}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s says %q, want %q", tt.name, tt.check, got, want)
		}
	}
}

// TestSaid: an unmarked sentence that describes the document of a note under
// another name is a question on that note's citation.
func TestSaid(t *testing.T) {
	d := with(document(t, "S/2023/36", "2023-01-16", ""), cite.FieldTitle, "Internal review of the United Nations Mission in Mali", true)
	d.Title = "Internal review of the United Nations Mission in Mali"
	for _, tt := range []struct {
		text, before string
		want         cite.Verdict
	}{
		{"The review, submitted to the Security Council in January 2023, offered three options.", "The UN conducted a strategic review of the mission.", cite.Questioned},
		{"The strategic review that the Security Council received in January 2023 offered three options.", "", cite.Questioned},
		{"The internal review that the Security Council received in January 2023 offered three options.", "", ""},
		{"The review, submitted to the Security Council in March 2018, offered three options.", "The UN conducted a strategic review of the mission.", ""},
		{"The review, submitted to the government in January 2023, offered three options.", "The UN conducted a strategic review of the mission.", ""},
	} {
		var got cite.Verdict
		for _, f := range Run(note("Staff were spread thin."), cite.Citation{Symbol: d.Symbol}, found(d), known{}, cite.Said{Text: tt.text, Before: tt.before}) {
			if f.Check == "name-agrees" {
				got = f.Verdict
			}
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestCandidates(t *testing.T) {
	a, b := document(t, "S/RES/2423", "2018-06-28", "Mali"), document(t, "S/RES/2480", "2019-06-28", "Mali")
	fs := Run(note("This led to the decision in 2019 to expand the mandate."), cite.Citation{Symbol: a.Symbol}, found(a), known{[]cite.Document{a, b}})
	for _, f := range fs {
		if f.Check == "year-agrees" && (!slices.Equal(f.Candidates, []string{"un:S/RES/2480"}) || !strings.Contains(f.Reason, "28 June 2019")) {
			t.Errorf("the candidates are %q: %s", f.Candidates, f.Reason)
		}
	}
}

// TestNearNumbers: a number with one digit changed is a candidate, of the year
// or of the day that the note gives.
func TestNearNumbers(t *testing.T) {
	k := known{[]cite.Document{document(t, "S/RES/944", "1994-09-29", "Haiti"), document(t, "S/RES/994", "1995-05-17", "Croatia"), document(t, "S/RES/980", "1995-03-22", "Liberia")}}
	n := cite.Note{Text: "Resolution 944 (1995)."}
	for _, cl := range []cite.Claims{{Year: 1995, YearSpan: &cite.Span{Start: 16, End: 20}}, {Date: day("1995-05-17")}} {
		for _, f := range Run(n, cite.Citation{Symbol: sym(t, "S/RES/944"), Claims: cl}, found(k.docs[0]), k) {
			if f.Verdict == cite.Contradicted && !slices.Equal(f.Candidates, []string{"un:S/RES/994"}) {
				t.Errorf("%s: the candidates are %q", f.Check, f.Candidates)
			}
			if f.Check == "year-in-brackets" && f.Suggestion != "Resolution 944 (1994)." {
				t.Errorf("the note is corrected to %q", f.Suggestion)
			}
		}
	}
}

func TestSuggestedDate(t *testing.T) {
	d := document(t, "S/RES/1721", "2006-11-01", "Côte d'Ivoire")
	for was, want := range map[string]string{
		"Resolution 1721 (November 11, 2006), UN Doc. S/RES/1721.":   "Resolution 1721 (November 1, 2006), UN Doc. S/RES/1721.",
		"UNSC Res 1721 (11 November 2006) UN Doc S/RES/1721.":        "UNSC Res 1721 (1 November 2006) UN Doc S/RES/1721.",
		"S.C. Res. 1721, U.N. Doc. S/RES/1721 (Nov. 11, 2006).":      "S.C. Res. 1721, U.N. Doc. S/RES/1721 (Nov. 1, 2006).",
		"Resolution 1721 (2006-11-11).":                              "Resolution 1721 (2006-11-01).",
		"Resolution 1721 of 11 November 2006, not 11 November 2006.": "",
	} {
		n := cite.Note{Text: was}
		for _, f := range Run(n, cite.Citation{Symbol: d.Symbol, Claims: cite.Claims{Date: day("2006-11-11")}}, found(d), known{}) {
			if f.Check == "date-agrees" && f.Suggestion != want {
				t.Errorf("%q is corrected to %q, want %q", was, f.Suggestion, want)
			}
		}
	}
}

// TestNoFaultMayAccuse: whatever is taken from an answer, no verdict becomes
// an accusation or a clean bill that it was not before.
func TestNoFaultMayAccuse(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	d := text(with(with(document(t, "S/RES/2423", "2018-06-28", "Mali"), cite.FieldVote, "15-0-0", true), cite.FieldTitle, "Mission in Mali", true), "One two three four", "Five six seven eight nine")
	sentences := []string{"In 2019, the Council adopted it unanimously.", "The decision in 2018 was bold.", "The General Assembly adopted it.", "Nothing here."}
	quotesOf := [][]string{nil, {"six seven eight nine"}, {"none of these words is there"}}
	for range 3000 {
		c := cite.Citation{Symbol: d.Symbol}
		if rnd.IntN(2) == 0 {
			c.Claims.Date = day([]string{"2018-06-28", "2018-06-27"}[rnd.IntN(2)])
		}
		if rnd.IntN(2) == 0 {
			c.Claims.Title = []string{"Mission in Mali", "Bridge in Haiti"}[rnd.IntN(2)]
		}
		if rnd.IntN(2) == 0 {
			c.Pinpoints = para(1 + rnd.IntN(4))
		}
		n := note(sentences[rnd.IntN(len(sentences))], quotesOf[rnd.IntN(len(quotesOf))]...)
		whole := verdicts(Run(n, c, found(d), known{}))
		less := d
		switch rnd.IntN(3) {
		case 0: // a fact was not read
			i := rnd.IntN(len(d.Facts))
			less.Facts = slices.Delete(slices.Clone(d.Facts), i, i+1)
		case 1: // the text was not had
			less.Paragraphs, less.Last = nil, 0
		case 2:
			less.Facts, less.Paragraphs, less.Last = nil, nil, 0
		}
		a := found(less)
		if rnd.IntN(4) == 0 {
			a = &cite.Answer{Symbol: d.Symbol, Outcome: cite.NoWord, Reason: "a fault"}
		}
		for check, v := range verdicts(Run(n, c, a, known{})) {
			if w, ok := whole[check]; ok && v != w && v != cite.Unreachable && v != cite.Unverifiable {
				t.Fatalf("%s turns from %s to %s when less was read (%+v, %+v)", check, w, v, c, n.Markers)
			} else if !ok && v.Rank() <= cite.Questioned.Rank() {
				t.Fatalf("%s accuses (%s) when less was read (%+v, %+v)", check, v, c, n.Markers)
			}
		}
	}
}

// verdicts is the worst verdict of each check.
func verdicts(fs []cite.Finding) map[string]cite.Verdict {
	out := map[string]cite.Verdict{}
	for _, f := range fs {
		if v, ok := out[f.Check]; !ok || f.Verdict.Rank() < v.Rank() {
			out[f.Check] = f.Verdict
		}
	}
	return out
}

// TestEvidence: what is verified, contradicted or not found has evidence.
func TestEvidence(t *testing.T) {
	d := text(document(t, "S/RES/2423", "2018-06-28", "Mali"), "One two three four", "Five six seven eight")
	c := cite.Citation{Symbol: d.Symbol, Claims: cite.Claims{Date: day("2018-06-27"), Year: 2017, Body: "General Assembly", SymbolAt: &cite.Span{}}, Pinpoints: para(9)}
	for _, a := range []*cite.Answer{found(d), {Outcome: cite.Absent, Reason: "x", Evidence: &cite.Evidence{Place: "list"}}} {
		for _, f := range Run(note("In 2019, the Council adopted it.", "five six seven nine"), c, a, known{}) {
			if (f.Verdict == cite.Verified || f.Verdict == cite.Contradicted || f.Verdict == cite.NotFound) && f.Evidence == nil {
				t.Errorf("%s is %s without evidence", f.Check, f.Verdict)
			}
		}
	}
}

func TestWorksAndOpenCitations(t *testing.T) {
	if fs := Run(note(""), cite.Citation{Work: &cite.Work{Type: "book", Title: "T"}}, nil, known{}); len(fs) != 1 || fs[0].Verdict != cite.Unverifiable {
		t.Errorf("a book is %+v", fs)
	}
	open := &cite.Finding{Check: "short-form", Verdict: cite.Questioned, Reason: "two sources"}
	if fs := Run(note(""), cite.Citation{Open: open}, nil, known{}); len(fs) != 1 || fs[0].Check != "short-form" || fs[0].Verdict != cite.Questioned {
		t.Errorf("an open ibid. is %+v", fs)
	}
}

// TestScans: what recognition may have got wrong is a question, never an
// accusation.
func TestScans(t *testing.T) {
	d := document(t, "S/RES/2423", "2018-06-28", "The situation in Mali")
	scanned := text(d, "one two three", "four five six")
	scanned.OCR = true
	read := note("x")
	read.OCR = true
	wrong := cite.Citation{Symbol: d.Symbol, Claims: cite.Claims{Date: day("2017-06-28"), Year: 2017}}
	for _, tt := range []struct {
		name string
		note cite.Note
		cite cite.Citation
		doc  cite.Document
		want cite.Verdict
	}{
		{"a plain note", note("x"), wrong, d, cite.Contradicted},
		{"a note from a picture", read, wrong, d, cite.Questioned},
		{"a paragraph of a plain document", note("x"), cite.Citation{Symbol: d.Symbol, Pinpoints: para(9)}, text(d, "one", "two"), cite.Contradicted},
		{"a paragraph of a scan", note("x"), cite.Citation{Symbol: d.Symbol, Pinpoints: para(9)}, scanned, cite.Questioned},
		{"the catalogue's date beside a scan", note("x"), wrong, scanned, cite.Contradicted},
		{"what was no symbol in a picture", read, cite.Citation{Open: &cite.Finding{Check: "exists", Verdict: cite.Questioned}}, d, cite.Unverifiable},
	} {
		if got := cite.Worst(Run(tt.note, tt.cite, found(tt.doc), known{})); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestNeeds(t *testing.T) {
	s := sym(t, "S/RES/2423")
	if n := NeedsOf(note("x"), cite.Citation{Symbol: s}); !n.Facts || n.Text {
		t.Errorf("a plain citation needs %+v", n)
	}
	if n := NeedsOf(note("x"), cite.Citation{Symbol: s, Pinpoints: para(3)}); !n.Text {
		t.Errorf("a paragraph needs %+v", n)
	}
	if n := NeedsOf(note("x", "four words of quotation"), cite.Citation{Symbol: s}); !n.Text {
		t.Errorf("a quotation needs %+v", n)
	}
	if n := NeedsOf(note("x"), cite.Citation{}); n.Facts || n.Text {
		t.Errorf("a work needs %+v", n)
	}
}

func BenchmarkRun(b *testing.B) {
	d := text(document(b, "S/RES/2423", "2018-06-28", "Mali"), strings.Repeat("one two three four five six seven ", 40), strings.Repeat("eight nine ten eleven ", 60))
	c := cite.Citation{Symbol: d.Symbol, Claims: cite.Claims{Date: day("2018-06-27")}, Pinpoints: para(2)}
	n := note("In 2019, the Council adopted it.", "one two three four nine")
	for b.Loop() {
		Run(n, c, found(d), known{})
	}
}
