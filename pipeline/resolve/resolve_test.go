package resolve_test

import (
	"fmt"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/resolve"
)

// TestAll: each case is a report's notes, one a line, "label| text" and after
// "=>" what the last citation of the note must come to: a symbol, the title
// of a work, or "?" with a word of the reason, "??" where it was we who did
// not understand. "^4" is the note meant. A line without "=>" is context.
func TestAll(t *testing.T) {
	for _, tt := range []struct{ name, notes string }{
		{"ibid. means the note before", `
			1| S/2023/402, para. 5.
			2| Ibid. => S/2023/402 {} ^1
			3| Ibid., para. 9. => S/2023/402 {para 9} ^2
			4| Ibid. => S/2023/402 {} ^3
			5| Loc. cit. => S/2023/402`},
		{"another hand than the Secretary-General’s", `
			1| Panel of Experts on Examplia, Final Report, UN Doc. S/2020/473, May 30, 2020.
			2| Secretary-General, supra note 1, para. 4. => ?does not cite
			3| Panel of Experts, supra note 1, para. 4. => S/2020/473 {para 4} ^1
			4| S/RES/2423 (2018).
			5| Secretary-General, supra note 4. => ?does not cite`},
		{"a note that prints no title", `
			1| UN Doc. S/2000/214.
			2| Secretary-General, Interim report on the situation in Examplia, supra note 1, para. 5. => S/2000/214 {para 5} ^1
			3| Secretary-General, supra note 1. => S/2000/214 ^1
			4| Panel of Experts, supra note 1. => ??prints no title
			5| Doe, supra note 1. => ?does not cite
			6| Report of the Secretary-General, S/2009/69, 3 February 2009.
			7| Secretary-General, Report of the Secretary-General on Examplia, supra note 6. => S/2009/69 ^6
			8| Rapport du Secrétaire général, S/2009/70, 3 février 2009.
			9| Secretary-General, Report of the Secretary-General on Examplia, supra note 8. => S/2009/70 ^8`},
		{"a note that says nothing of the document", `
			1| We are grateful to a reviewer for this point.
			2| Secretary-General, Report on the Mission in Examplia, supra note 1, para. 5. => ?does not cite
			3| Data on file with the authors; the table (version 2.4) can be shared on request.
			4| Secretary-General, Report on the Mission in Examplia, supra note 3, para. 5. => ?does not cite
			5| The mission’s figures of 12 May 2019 are on file.
			6| Secretary-General, Report on the Mission in Examplia, supra note 5. => ??did not understand
			7| T/PCC and other short forms follow usage.
			8| Secretary-General’s report, supra note 7. => ??did not understand`},
		{"a report on a resolution is the report", `
			1| Report of the Secretary-General pursuant to Security Council resolution 1046 (1996), S/1996/373, 23 May 1996.
			2| Secretary-General, Report on Security Council resolution 1046 (1996), supra note 1, para. 30. => S/1996/373 {para 30} ^1
			3| S/2009/254.
			4| Secretary-General, Report on Security Council resolutions 1808 (2008), 1839 (2008) and 1866 (2009), supra note 3, para. 66. => S/2009/254 {para 66} ^3`},
		{"a symbol and the name that it sets up", `
			1| S/2014/773 (“Report on Presence 2014”).
			2| Secretary-General, Report on the Mission in Examplia, op. cit., note 1, para. 35. => S/2014/773 {para 35} ^1
			3| Report on Presence 2014, para. 3. => S/2014/773 {para 3} ^1`},
		{"op. cit. of namesakes means the one cited last", `
			1| Ann d’Orsay, Quiet Exits (Routledge, 2015), p. 4.
			2| Leo d’Orsay, Loud Entries (Routledge, 2017), p. 9.
			3| d’Orsay, op. cit., p. 12. => Loud Entries ^2
			4| Bo Stone, Long Roads (Routledge, 2018), p. 3.
			5| Cy Stone, “Short Roads,” Reuters, 5 May 2019.
			6| Stone, op. cit., p. 12. => Long Roads ^4
			7| Bo Stone, Longer Roads (Routledge, 2020), p. 3.
			8| Stone, op. cit., p. 12. => ?fits several`},
		{"op. cit. with a page means the work that has pages", `
			1| Bo Stone, Long Roads (Routledge, 2018), p. 3.
			2| Bo Stone, “Short Roads,” Reuters, 5 May 2019.
			3| Stone, op. cit., p. 12. => Long Roads ^1
			4| Stone, op. cit. => ?fits several`},
		{"a source in a sentence behind the citation", `
			1| S/2023/402. The Guardian reported the same on 5 May 2023.
			2| Ibid. => ??all of note 1
			3| S/2023/402. The Secretary-General reported the same in May.
			4| Ibid. => S/2023/402 ^3
			5| S/2023/402, para. 9. The mission reported no losses.
			6| Ibid. => S/2023/402 ^5`},
		{"ibid. of works", `
			1| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.
			2| Ibid. => Quiet Exits ^1`},
		{"ibid. after two sources", `
			1| S/2023/402, para. 5; S/RES/2423 (2018).
			2| Ibid., para. 3. => ?2 sources
			3| Ibid. => ??not clear itself`},
		{"ibid. after two documents and what was not understood", `
			1| S/2023/402, para. 5; S/RES/2423 (2018); Smith’s memo.
			2| Ibid. => ?at least 2 sources`},
		{"supra by its title to a document cited by its symbol", `
			1| S/2002/618.
			2| Secretary-General, Report of the Secretary-General on the United Nations Mission in Bosnia and Herzegovina, supra note 1, para. 34. => S/2002/618 {para 34} ^1
			3| Smith, supra note 1. => ?does not cite
			4| S/RES/1423 (2002).
			5| Secretary-General, Report of the Secretary-General on the United Nations Mission in Bosnia and Herzegovina, supra note 4. => ?does not cite`},
		{"the year tells works apart", `
			1| John Doe, Book One (London: X Press, 2010); John Doe, Book Two (London: X Press, 2012).
			2| Doe (2012), supra note 1, p. 3. => Book Two {page 3} ^1
			3| Doe, supra note 1, p. 3. => ?2 sources
			4| Doe (2012), op. cit., p. 4. => Book Two`},
		{"supra to a note with an unseen source", `
			1| S/2023/402, para. 5; Smith’s memo.
			2| Supra note 1. => ??all of note 1`},
		{"a note as a whole", `
			1| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022; Ilse Achterberg, Patrols Without Roads (Fennimore University Press, 2014), p. 12.
			2| See supra note 1. => ??as a whole
			3| Supra note 1. => ?2 sources`},
		{"the author before those who write of him", `
			1| 1 William Blackstone, Commentaries on the Laws of England (Fennimore University Press, 1983); Albert Alschuler, Rediscovering Blackstone (Halden & Moss, 1996), p. 4.
			2| 1 Blackstone, supra note 1, at 42. => Commentaries on the Laws of England
			3| In the words of William Blackstone, supra note 1, at 2: no law binds without reason. => Commentaries on the Laws of England`},
		{"ibid. after one source named twice", `
			1| S/2023/402, para. 5, and S/2023/402, para. 9.
			2| Ibid. => S/2023/402 ^1`},
		{"ibid. after a list", `
			1| Security Council resolutions 1325 (2000), 1820 (2008) and 1888 (2009).
			2| Ibid. => ?3 sources`},
		{"ibid. within a note", `
			1| S/RES/2423 (2018).
			2| S/2023/402, para. 5; see also ibid., para. 9. => S/2023/402 {para 9}`},
		{"ibid. at the start", `
			1| Ibid. => ?no note before`},
		{"ibid. after a note that cites nothing", `
			1| S/2023/402, para. 5.
			2| All remaining errors are those of the authors, who thank the colleagues who read earlier drafts.
			3| Ibid., para. 9. => ?cites nothing`},
		{"ibid. after a note that we did not understand", `
			1| S/2023/402, para. 5.
			2| Zweiter Bericht des Ausschusses “Lage”, Drs 19/4 2018
			3| Ibid. => ??did not understand`},
		{"tables are a run of their own", `
			1| S/2023/402, para. 5.
			table a| S/RES/2423 (2018).
			2| Ibid. => S/2023/402 ^1
			table b| Ibid. => S/RES/2423 ^a`},
		{"supra", `
			1| S/2023/402, para. 5.
			2| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.
			3| Petrov, supra note 2, p. 7. => Quiet Exits {page 7} ^2
			4| Supra note 1, para. 8. => S/2023/402 {para 8} ^1
			5| Petrov (n 2) 12. => Quiet Exits ^2
			6| Petrov, note 2 above. => Quiet Exits ^2`},
		{"supra does not inherit a place", `
			1| S/2023/402, para. 5.
			2| Supra note 1. => S/2023/402 {} ^1`},
		{"supra picks the author's source", `
			1| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022; Tom Reed, “Loud Ones,” Reuters, July 16, 2022.
			2| Reed, supra note 1. => Loud Ones
			3| Supra note 1. => ?2 sources
			4| Stone, supra note 1. => ?does not cite Stone`},
		{"supra to a note without that author says where it is", `
			1| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.
			2| Tom Reed, “Loud Ones,” Reuters, July 16, 2022.
			3| Petrov, supra note 2. => ?note 1 does`},
		{"supra looks back only", `
			1| Petrov, supra note 2. => ?comes later
			2| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.
			3| Petrov, supra note 3. => ?itself
			4| Petrov, supra note 44. => ?no note 44
			5| Petrov, infra note 2. => ?comes earlier`},
		{"infra looks ahead", `
			1| Petrov, infra note 2. => Quiet Exits ^2
			2| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.`},
		{"a sentence names the source", `
			1| S/2013/493 [hereinafter Moon Report]; S/2014/101 [hereinafter Sun Report].
			2| Note that Ruritania was not a party to what the Moon Report says, supra note 1. => S/2013/493
			3| Note that Ruritania was not a party to any of these, supra note 1. => ??which one`},
		{"labels begin anew: the nearest before", `
			1| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022.
			1| Tom Reed, “Loud Ones,” Reuters, July 16, 2022.
			2| Reed, supra note 1. => Loud Ones
			3| Petrov, supra note 1. => ?does not cite Petrov`},
		{"words that all reports share tell nothing apart", `
			1| UN Security Council, Report of the Secretary-General on the situation in Ruritania, UN Doc. S/2023/402, June 1, 2023.
			2| UN Security Council, Report of the Secretary-General on the situation in Sylvania, UN Doc. S/2023/21, January 6, 2023.
			3| Secretary-General, Report on the situation in Ruritania, supra note 1, para. 3. => S/2023/402
			4| Secretary-General, Report on the situation in Ruritania, supra note 2, para. 3. => ?note 1 does
			5| Secretary-General’s report, supra note 2. => S/2023/21`},
		{"a resolution named again", `
			1| UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423.
			2| Security Council resolution 2423, supra note 1, para. 4. => S/RES/2423 ^1
			3| Security Council resolution 2391, supra note 1. => ?does not cite`},
		{"op. cit.", `
			1| Ann Petrov, *The Arithmetic of Protection* (Greywater Academic, 2002), p. 17.
			2| S/2023/402.
			3| Petrov, op. cit., p. 135. => The Arithmetic of Protection {page 135} ^1
			4| Reed, op. cit., p. 1. => ?no earlier note cites Reed
			5| Ann Petrov, *Quiet Exits* (Greywater Academic, 2004), p. 5.
			6| Petrov, op. cit., p. 2. => ?several
			7| Petrov, Arithmetic, op. cit., p. 2. => The Arithmetic of Protection`},
		{"accents and capitals", `
			1| FLORE SARMIENTO & SUZY NIKIÈMA, FAIR TREATMENT 2 (2022).
			2| Sarmiento and Nikiema, supra note 1, p. 3. => FAIR TREATMENT`},
		{"defined terms", `
			1| S/2013/493, August 19, 2013 (hereinafter “Report on Presence”).
			2| Report on Presence, para. 56. => S/2013/493 {para 56} ^1
			3| Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022 [Petrov Exits].
			4| Report on Presence. => S/2013/493 ^1
			5| Report on Presence, supra note 1, para. 5. => S/2013/493 ^1
			6| Report on Presence, op. cit., para. 5. => S/2013/493 ^1`},
		{"a term does not work backwards", `
			1| Report on Presence, para. 56. => Report on Presence
			2| S/2013/493 (hereinafter “Report on Presence”).`},
		{"the nearest definition holds", `
			1| S/2013/493 (hereinafter “Peace Report”).
			2| S/2014/101 (hereinafter “Peace Report”).
			3| Peace Report, para. 5. => S/2014/101`},
		{"author and short title", `
			1| Ann Petrov and Tom Reed, *African Peacekeepers in Ruritania* (Oslo: Nordic Institute, 2017).
			2| S/2023/402.
			3| Petrov and Reed, African Peacekeepers, p. 12. => African Peacekeepers in Ruritania ^1`},
		{"another number of a series is another treaty", `
			1| United Nations, Treaty Series, vol. 1771, No. 30822.
			2| Ibid., vol. 1760, No. 30619. => United Nations, Treaty Series, vol. 1760, No. 30619
			3| Ibid., p. 5. => United Nations, Treaty Series, vol. 1760, No. 30619 {page 5}
			4| Official Records of the General Assembly, Fifty-second Session, Supplement No. 23 (A/52/23).
			5| Ibid., Supplement No. 9. => ??another document`},
		{"French and Spanish", `
			1| Ann Petrov, « Sorties », Le Monde, 15 juillet 2022.
			2| Ibid. => Sorties
			3| Petrov, préc. note 1, p. 3. => Sorties
			4| Petrov, supra nota 1. => Sorties`},
		{"two symbols, one document", `
			1| A/79/815-S/2025/145, para. 3.
			2| S/2025/145, para. 4. => A/79/815
			3| Ibid. => A/79/815`},
	} {
		var notes []cite.Note
		var want []string
		for _, l := range strings.Split(strings.TrimSpace(tt.notes), "\n") {
			l = strings.TrimSpace(l)
			text, w, _ := strings.Cut(l, "=>")
			label, text, _ := strings.Cut(text, "|")
			placement := cite.PlaceFoot
			if rest, ok := strings.CutPrefix(label, "table "); ok {
				label, placement = rest, cite.PlaceTable
			}
			notes = append(notes, noteOf(label, strings.TrimSpace(text), placement))
			want = append(want, strings.TrimSpace(w))
		}
		resolve.All(notes)
		for i, w := range want {
			if w == "" {
				continue
			}
			if got := outcome(notes[i]); !meets(got, w) {
				t.Errorf("%s: note %s %q comes to %s, want %s", tt.name, notes[i].Label, notes[i].Text, got, w)
			}
		}
	}
}

// outcome shows what the last citation of a note came to.
func outcome(n cite.Note) string {
	if len(n.Citations) == 0 {
		return "nothing"
	}
	c := n.Citations[len(n.Citations)-1]
	pins := ""
	for _, p := range c.Pinpoints {
		pins += fmt.Sprintf("%s %v", p.Unit, p.From)
	}
	tail := fmt.Sprintf(" {%s} ^%s", pins, c.Antecedent)
	switch {
	case !c.Symbol.IsZero():
		return c.Symbol.String() + tail
	case c.Work != nil:
		return c.Work.Title + tail
	case c.Open == nil:
		return "neither bound nor open"
	case c.Open.Check != "short-form":
		return "check " + c.Open.Check
	case c.Open.Verdict == cite.Questioned:
		return "?" + c.Open.Reason
	case c.Open.Verdict == cite.Unverifiable:
		return "??" + c.Open.Reason
	}
	return string(c.Open.Verdict)
}

func meets(got, want string) bool {
	if w, ok := strings.CutPrefix(want, "??"); ok {
		return strings.HasPrefix(got, "??") && strings.Contains(got, w)
	}
	if w, ok := strings.CutPrefix(want, "?"); ok {
		return strings.HasPrefix(got, "?") && !strings.HasPrefix(got, "??") && strings.Contains(got, w)
	}
	name, rest, _ := strings.Cut(want, " ^")
	label := rest
	name, pins, hasPins := strings.Cut(name, " {")
	if !strings.HasPrefix(got, name+" {") {
		return false
	}
	return (!hasPins || strings.Contains(got, " {"+pins)) && (label == "" || strings.HasSuffix(got, " ^"+label))
}

// noteOf parses a note; what stands between stars is italic.
func noteOf(label, text string, placement cite.Placement) cite.Note {
	var italics []cite.Span
	var plain []rune
	from := -1
	for _, r := range text {
		switch {
		case r != '*':
			plain = append(plain, r)
		case from < 0:
			from = len(plain)
		default:
			italics = append(italics, cite.Span{Start: from, End: len(plain)})
			from = -1
		}
	}
	n := parsed(label, string(plain), placement, italics...)
	n.Italics = italics
	return n
}

// FuzzAll: whatever the notes say, every back reference comes to a source or
// to a reason, and only to sources of other citations.
func FuzzAll(f *testing.F) {
	f.Add("S/2023/402.\nIbid., para. 5.\nPetrov, supra note 1.\nPetrov, op. cit.")
	f.Add("A v. B, 2001 (the “X”)\nX, p. 3\nid.\ninfra note 5\n(n 2)")
	f.Fuzz(func(t *testing.T, s string) {
		var notes []cite.Note
		for i, l := range strings.Split(s, "\n") {
			if i == 40 {
				break
			}
			notes = append(notes, parsed(fmt.Sprint(i+1), l, cite.PlaceFoot))
		}
		resolve.All(notes)
		for _, n := range notes {
			for _, c := range n.Citations {
				if c.BackRef != nil && !c.Resolved() && c.Open == nil {
					t.Errorf("note %s: %q is neither bound nor open", n.Label, c.Text)
				}
				if c.Resolved() && c.Open != nil {
					t.Errorf("note %s: %q is bound and open", n.Label, c.Text)
				}
				if c.Open != nil && c.Open.Reason == "" {
					t.Errorf("note %s: %q is open for no reason", n.Label, c.Text)
				}
			}
		}
	})
}

// BenchmarkAll: many notes that all refer back.
func BenchmarkAll(b *testing.B) {
	var notes []cite.Note
	for i := range 4000 {
		text := []string{"Ann Petrov, “Quiet Exits %d,” Reuters, July 15, 2022.", "Ibid., para. %d.", "Petrov, “Quiet Exits %[1]d,” op. cit., p. 5.", "Petrov, supra note %d."}[i%4]
		notes = append(notes, parsed(fmt.Sprint(i+1), fmt.Sprintf(text, i-i%4+1), cite.PlaceFoot))
	}
	b.ReportAllocs()
	for b.Loop() {
		fresh := make([]cite.Note, len(notes))
		copy(fresh, notes)
		for i := range fresh {
			fresh[i].Citations = append([]cite.Citation(nil), notes[i].Citations...)
		}
		resolve.All(fresh)
	}
}

// TestUnseenSource: a note that may hold a source which we don't see blocks the
// ibid. after it. Remarks don't.
func TestUnseenSource(t *testing.T) {
	for _, first := range []string{
		`S/2023/402, para. 5; Meyer, Der Krieg, S. 44.`,
		`S/2023/402, para. 5, and the Panel’s interim report.`,
		`See S/2023/402. But see Smith’s blog.`,
		`Doe, “Title,” Journal 3 (2010): 4; statement of the Permanent Representative of France, 3 May 2012.`,
		`S/2023/402; Al-Khabar, 3 May 2023.`,
		`S/2023/402; Le Monde, 5 mai 2023.`,
		`S/2023/402; personal archive of General Doe.`,
		`S/2023/402, as confirmed by Mr. Doe in an email of 5 May 2023.`,
		`S/2023/402; author’s notes.`,
		`Ministry of Defence, “Statement No. 5”; S/2023/402.`,
		`S/2023/402; Jones (2010), p. 5.`,
		`S/2023/402; cf. Doe, Book Title, p. 7.`,
		`S/2023/402; Jones 2010: 5.`,
		`S/2023/402; the Arusha Agreement, art. 3.`,
		`S/2023/402; Reuters.`,
		`See Petrov, op. cit.; S/2023/402.`,
		`Security Council resolution 2100 (2013); Loi n° 2012-018.`,
		`S/2023/402 (French version); document on file with the authors.`,
		`S/2023/402; A/HRC/99/.`,
		`S/2023/402; UN Doc. S/2O23/403.`,
		`S/2023/402, quoted in Doe, Book Title (London: X Press, 2010), p. 7.`,
		`Doe, Book Title (London: X Press, 2010), p. 7, quoting S/2023/402.`,
	} {
		notes := []cite.Note{parsed("1", first, cite.PlaceFoot), parsed("2", "Ibid., para. 7.", cite.PlaceFoot)}
		resolve.All(notes)
		if c := notes[1].Citations[0]; c.Resolved() {
			t.Errorf("after %q ibid. is bound to %s", first, c.Target(""))
		}
	}
	for _, first := range []string{
		"S/2023/402, para. 5 (emphasis added).",
		"S/2023/402, para. 5. This was the first of several such reports.",
		"In 2011 the Council acted. S/2023/402. That was late.",
		"S/2023/402; see also section 3 above.",
		"See S/2023/402, para. 5, which says so.",
		"On the vote, see S/2023/402, para. 5.",
		"S/2023/402 (hereinafter “the report”).",
		"S/2023/402, paras. 5 ff.",
		"For details, see S/2023/402, annex; it was never published.",
	} {
		notes := []cite.Note{parsed("1", first, cite.PlaceFoot), parsed("2", "Ibid., para. 7.", cite.PlaceFoot)}
		resolve.All(notes)
		if c := notes[1].Citations[0]; c.Symbol.String() != "S/2023/402" {
			t.Errorf("after %q ibid. is not bound: %+v", first, c.Open)
		}
	}
}
