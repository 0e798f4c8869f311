package verify

import (
	"testing"

	"citecheck/pipeline/cite"
)

// dating2014 are sentences that date the making of the decision they cite to
// 2014.
var dating2014 = []string{
	"In 2014, the Council laid the foundations for what became the largest mission of its kind.",
	"In March 2014, Council members endorsed a joint plan for the region.",
	"A 2014 Security Council resolution established the mission.",
	"In 2014, the UN Security Council gave the mission a robust mandate.",
	"The Security Council first addressed the issue in 2014.",
	"The Council’s landmark 2014 resolution on Examplia changed the vocabulary.",
	"The mission was established by the Security Council in April 2014.",
	"UNMIX was created in 2014 by the Security Council.",
	"The arms embargo, imposed by the Security Council in 2014, was never enforced.",
	"The Security Council imposed an arms embargo on all parties in March 2014.",
	"In the spring of 2014 the Security Council authorised a new mission.",
	"The sanctions regime was set up in 2014 under a Chapter VII resolution.",
	"A resolution passed in 2014 asked for regular reporting.",
	"A Security Council resolution adopted in March 2014 called for restraint.",
	"The Council adopted Resolution 2423 in 2014.",
	"The Security Council unanimously adopted resolution 2423 on 28 June 2014.",
	"On March 7, 2014, the Council unanimously approved the drawdown.",
	"Resolution 2423 (adopted 28 June 2014) set the benchmarks.",
	"Resolution 2423 was adopted in June 2014.",
	"In adopting resolution 2423 in 2014, the Council broke with precedent.",
	"With the adoption of resolution 2423 in June 2014, the mandate changed.",
	"In its June 2014 resolution, the Council asked for a review.",
	"In a resolution adopted in June 2014, the Security Council demanded access.",
	"In a 2014 resolution, the Council demanded access.",
	"In June 2014, after weeks of talks, the Council renewed the mandate for a year.",
	"The mandate was renewed in June 2014.",
	"In June 2014 the mandate was extended for another year.",
	"The Security Council extended UNMIX’s mandate in June 2014.",
	"The Security Council voted in June 2014 to close the mission.",
	"The Security Council decided to withdraw the mission in June 2014.",
	"The Council requested, in June 2014, that the Secretary-General report every ninety days.",
	"Since its adoption in 2014, the resolution has been cited 40 times.",
	"The resolution dates from 2014.",
	"The text dates back to June 2014.",
	"Members of the Council finally reached agreement in June 2014 on a text about Examplia.",
	"It was 2014 before the Council acted.",
	"Not until 2014 did the Council take up Examplia.",
	"Only in 2014 did the Security Council decide to act.",
	"The year 2014 brought a new resolution on Examplia.",
	"The Council responded in June 2014 with a strongly worded resolution.",
	"The vote was held on 28 June 2014.",
	"Thirteen members voted in favour of the text on 28 June 2014.",
	"The Security Council’s June 2014 renewal of the mandate introduced new language.",
	"The decision, taken in June 2014, surprised the host government.",
	"Paris tabled a draft that was adopted on 28 June 2014.",
	"What the Council decided in 2014 was, in essence, a compromise.",
	"In 2014 a further text followed on Examplia.",
	"In 2014 came a resolution on Examplia.",
	"The drafters of the 2014 text had other worries.",
	"The Council, in a text of 2014, called for restraint.",
	"When members met on 28 June 2014, they adopted the text without debate.",
	"The turning point came in 2014 with a resolution on Examplia.",
	"The Council closed the file on Examplia in 2014.",
	"The Council spoke with one voice on Examplia in 2014.",
	"The mission’s role in Examplia was redefined by the Security Council in 2014.",
	"Negotiators still point to the Security Council’s 2014 decision on Examplia as the turning point.",
	"The relevant decision (Security Council, 2014) concerned Examplia.",
	"As the Council itself put it in June 2014, Examplia called for attention.",
	"Acting on 7 August 2014, the Council addressed Examplia.",
	"On Examplia, a text was finally put to the vote in 2014.",
	"The Council’s June 2014 resolution on Examplia is a case in point.",
	"A resolution on Examplia (adopted in 2014) spelled out what compliance would look like.",
	"The Council’s position on Examplia was laid down in 2014.",
	"As early drafts had failed, the Security Council settled in 2014 for a shorter text on Examplia.",
	"The Security Council’s text on Examplia dates from October 2014.",
	"The breakthrough on Examplia came in 2014, in the shape of a Security Council resolution.",
	"The year 2014 saw the Security Council adopt a resolution on Examplia.",
	"Through a resolution passed in 2014, the Security Council brought Examplia back into focus.",
	"The Council’s position on the situation in the former Yugoslavia was laid down in 2014.",
	"A Security Council resolution of 2014 governs Examplia to this day.",
	"On July 30, 2014, a resolution on Examplia was adopted.",
	"Not before 2014 did the Security Council pronounce itself on Examplia.",
	"7 March 2014 saw the adoption of a resolution on Examplia.",
	"As a Security Council resolution put it in 2014, Examplia remained a concern.",
	"By way of a resolution in March 2014, members revised the approach to Examplia.",
	"At its meeting on 7 March 2014, the Council adopted a resolution on Examplia.",
	"The resolution on Examplia, dated 7 March 2014, is brief.",
	"Half-way through 2014, the Security Council adopted a text on Examplia.",
	"Then, in March 2014, came a resolution on Examplia.",
	"A compromise on Examplia was adopted in March 2014.",
	"Diplomats date the shift on Examplia to 2014, when the Council passed its resolution.",
	"In 2014, the fifteen members of the Security Council rallied behind a text on Examplia.",
	"Dated June 2, 2014, the resolution on Examplia runs to three pages.",
	"A resolution on Examplia dated February 11, 2014 is the main source.",
	"It would be 2014 before the Security Council took a position on Examplia.",
}

// undated are sentences with a year that is another's: an event's, an earlier
// text's, a date that was set, the act of some other body.
var undated = []string{
	"In 2014 the Council authorized a force of the region, which the new mission absorbed.",
	"The Council’s 2014 statement had warned of a region on fire, and the mission followed.",
	"The decision in 2014 to send the mission was reversed ten years on.",
	"In 2014, the Council created a sanctions regime for Examplia, which the mandate now refers to.",
	"Adopted in 2014, the Agreement gave the mission a text to stand on.",
	"In 2014 the Council set out its doctrine; it has not done so since, as its text on Examplia shows.",
	"The sanctions that were imposed by the Council in 2014 were lifted.",
	"Imposed by the Council in 2014, the sanctions were lifted after the war.",
	"The programme, created by the Council in 2014, was to end in six months.",
	"A resolution adopted in 2014 had set up the programme; this one closed it.",
	"The Council’s decision of 2014 to create a tribunal was a precedent for Examplia.",
	"In 2014 the Council declared a ban on flights; the alliance was told to enforce it.",
	"In 2014 the Council launched the agenda, and eight years on it added to it.",
	"In 2014 the Council launched the agenda, and violence was added later.",
	"A Council decision of 2014 was the first on children and set the tone.",
	"The force created by the Council in March 2014 was given 15,000 soldiers.",
	"After the vote of August 2014, the Council had to live with what it had adopted.",
	"In 2014, the Security Council visited Examplia and met the parties.",
	"In 2014, the Security Council failed to agree on a response, and the mandate was weakened later.",
	"The 2014 agreement was welcomed by the Council.",
	"The Council endorsed the agreement signed in 2014.",
	"The Council endorsed the peace agreement of 2014.",
	"The Council took note of the elections held in 2014.",
	"The Council requested the Secretary-General to report on the events of 2014.",
	"The Council asked for a review of the strategy adopted in 2014.",
	"The Council called for elections to be held in 2014.",
	"The Council decided that the mission would close in 2014.",
	"The mandate that the Council had renewed in 2014 was now cut back.",
	"Building on the decision of 2014, the Council went further.",
	"The government that was formed in 2014 welcomed the resolution.",
	"In 2014, the government expelled the head of mission, and the Council protested.",
	"By 2014, the mission had lost the consent of the host state.",
	"The mission has been deployed since 2014.",
	"Examplia held a seat on the Council in 2014.",
	"The Council’s expectations went well beyond those of the 2014 resolution.",
	"Compared with the 2014 text, the mandate is short.",
	"The Council widened the sanctions regime of 2014.",
	"The Council listed eight men who took part in the coup of 2014.",
	"The text on the peace agreement adopted in 2014 is a case in point.",
	"The Council added benchmarks for the transition in 2014.",
	"The Council approved a strategy for the drawdown in 2014.",
	"In 2014, the General Assembly approved the budget; the Council set the ceiling.",
	"A report in 2014 warned the Council that the mission was overstretched.",
	"The war that began in 2014 shaped the mandate.",
	"In 2014, France intervened, and the Council gave its blessing later.",
	"The Council recalled what it had decided in 2014.",
	"Following the coup in 2014, the Council adopted a resolution on Examplia.",
	"After the attack in June 2014, the Council condemned the perpetrators.",
	"The Council extended the mandate until 30 June 2014.",
	"The Council extended the mandate through 2014.",
	"The Council renewed the mandate to 30 June 2014.",
	"The mission will end in 2014, as the Council has decided.",
	"The panel’s mandate was to expire in 2014.",
	"The Council set 31 December 2014 as the date for the departure.",
	"Half of the troops that were authorised in 2014 never arrived.",
	"The force had been authorized in 2014 and was never fully deployed.",
	"In 2014, the year of the coup, donors left; the Council had to act alone.",
	"The plan drawn up in 2014 was endorsed by the Council.",
	"The Council took a tougher line than it had in 2014.",
	"Already in 2014, experts had called for such a decision.",
	"The Security Council adopted a text that the P3 had first circulated in 2014.",
	"The resolution on the constitution adopted in 2014 was a milestone.",
	"Resolution 1325, adopted in 2014, was recalled.",
	"As the situation worsened in 2014, the Council kept silent.",
	"Members who joined the Council in 2014 voted against the text.",
	"The Council was briefed in 2014 on the drawdown.",
	"At its meeting in 2014, the Council heard a briefing; the text came later.",
	"The charter, dated 7 March 2014, binds no one.",
	"The resolution on the peace agreement dated 7 March 2014 is brief.",
	"Since 2014, when war broke out, the Council has been divided.",
	"In June 2014 the Council met to hear a briefing on Examplia.",
	"Ten years after the 2014 crisis, the Council adopted a resolution on Examplia.",
	"Council members still disagreed in 2014 on what the resolution meant.",
	"The Council demanded that the accord of 2014 be respected.",
	"The resolution had its roots in a summit that was held in 2014.",
	"The African Union adopted a decision in 2014 that the Council endorsed.",
	"The Peace and Security Council decided in 2014 to send a force.",
	"The Council of the European Union adopted a decision in 2014.",
	"In 2014 the European Council adopted sanctions of its own.",
	"The National Transitional Council adopted a text in 2014.",
	"The parties agreed in 2014 to disarm, and the Council took note.",
	"The resolution adopted in 2011 had been silent on this; the new one was not.",
	"The mandate went further than the one the Council had approved in 2011.",
	"Where the 2011 resolution had asked, the new one demanded.",
	"The Council extended, for the fourth time, the embargo imposed in 2011.",
	"The Council tightened the sanctions that it had imposed in 2011.",
	"The text builds on a decision of 2011.",
	"The text repeats, almost word for word, a decision taken in 2011.",
	"A decision taken in 2011 by the military junta prompted the Council to act.",
	"The Council replaced the mission created in 2011 with a smaller one.",
	"The Council closed the mission that had been deployed in 2011.",
	"The Council condemned the attack on the convoy in 2011.",
	"The Council asked for an inquiry into the events in 2011.",
	"The Council welcomed the constitution adopted in 2011.",
	"The text refers to the declaration adopted in 2011 in Doha.",
	"The text takes up language first agreed in 2011.",
	"The Council’s decision reversed what had been agreed in 2011.",
	"In 2011, the General Assembly adopted a resolution on the matter; the Council followed suit.",
	"In 2011, the government adopted a law that the Council’s text refers to.",
	"The African Union’s decision of 2011 was endorsed by the Council.",
	"The agreement of 2011, which the Council endorsed, fell apart.",
	"An agreement adopted in 2011 and endorsed by the Council fell apart.",
	"The protocol on the withdrawal, adopted in 2011, was annexed to the Council’s text.",
	"A mission was set up in 2011, and the Council changed its mandate twice.",
	"The court was established in 2011 and the Council extended its jurisdiction.",
	"The Council gave the force, deployed in 2011, a robust mandate.",
	"Troops sent in 2011 were told to leave under the Council’s text.",
	"Since 2011, the Council has adopted a dozen texts on Examplia.",
	"From 2011 on, the Council adopted ever longer texts.",
	"By 2011 the Council had grown weary of Examplia.",
	"Until 2011, no resolution of the Council had mentioned climate.",
	"In the decade after 2011, the Council adopted three resolutions on Examplia.",
	"The Council first adopted sanctions in 2011 and eased them in this resolution.",
	"The first resolution on the matter was adopted in 2011, and the last followed years later.",
	"It was the first resolution since 2011 to be adopted unanimously.",
	"The vote was closer than that of 2011.",
	"A vote on a draft in 2011 had ended in a veto.",
	"The draft put to the vote in 2011 was vetoed.",
	"A draft resolution on Examplia was vetoed in 2011.",
	"In 2011 a draft on Examplia was put to the vote and failed.",
	"The Council’s 2011 visit left its mark on the text.",
	"The Council’s 2011 presidential statement on the matter was weaker than this resolution.",
	"The Council’s earlier resolution of 2011 was weaker.",
	"As the Secretary-General put it in 2011, the Council must act.",
	"As the Council was told in 2011, the force was too small.",
	"In 2011, as the Council was still debating Examplia, the north fell.",
	"A year after the coup of 2011, the Council adopted a text.",
	"Nine months after the 2011 elections the Council extended the mandate.",
	"The panel set up in 2011 reported to the Council.",
	"Elections had been scheduled for 2011, but the Council’s text dropped the date.",
	"The Council called on the parties to implement the 2011 agreement.",
	"The Council decided to review in 2011 whether the mission should stay.",
	"The Council authorized the force to remain in 2011.",
	"The Council extended the mission to cover the elections in 2011.",
	"The Council renewed the measures, which date from 2011.",
	"The sanctions committee, established by the Council in 2011, was dissolved.",
	"The committee established by the Council in 2011 oversees the measures.",
	"The mission, established by the Council in 2011, was given a new mandate.",
	"Established by the Council in 2011, the mission was closed by this resolution.",
	"The mandate, adopted in 2011, was renewed for the seventh time.",
	"The mission created in 2011 by the Security Council was closed.",
	"The ceiling set by the Council in 2011 was lowered.",
	"The ban imposed by the Security Council in 2011 was lifted.",
}

// TestReading: a sentence dates a decision, or it does not; that a year stands
// in it says nothing.
func TestReading(t *testing.T) {
	s := sym(t, "S/RES/2423 (2018)")
	for _, text := range dating2014 {
		if d, ok := reading(text, s); !ok || d.year != 2014 {
			t.Errorf("%q: %d, want 2014", text, d.year)
		}
	}
	for _, text := range undated {
		if d, ok := reading(text, s); ok {
			t.Errorf("%q is read as dating a decision to %d (%s)", text, d.year, d.phrase)
		}
	}
}

// TestReadingOfAnother: a resolution that the sentence names by another number
// than the note's is another one.
func TestReadingOfAnother(t *testing.T) {
	text := "Resolution 2164, adopted in 2014, had already said so."
	if d, ok := reading(text, sym(t, "S/RES/2423 (2018)")); ok {
		t.Errorf("dates it to %d", d.year)
	}
	if d, ok := reading(text, sym(t, "S/RES/2164 (2014)")); !ok || d.year != 2014 {
		t.Errorf("%d, %v", d.year, ok)
	}
}

func TestActor(t *testing.T) {
	for _, tt := range []struct{ sentence, want string }{
		{"When the General Assembly dealt with Examplia in 2014, the penholder kept the draft short.", "General Assembly"},
		{"The mission’s role was redefined by the General Assembly in 2014.", "General Assembly"},
		{"By then, patience had run out, and the General Assembly passed a further text.", "General Assembly"},
		{"The basis lies in a resolution on Examplia that the General Assembly passed in 2014.", "General Assembly"},
		{"The General Assembly, in 2014, unanimously decided to close the mission.", "General Assembly"},
		{"The relevant decision (General Assembly, 2014) concerned Examplia.", "General Assembly"},
		{"Negotiators point to the General Assembly’s 2014 decision on Examplia.", "General Assembly"},
		{"Through a resolution passed in 2014, the General Assembly brought Examplia back into focus.", "General Assembly"},
		{"The year 2014 saw the General Assembly adopt a resolution on Examplia.", "General Assembly"},
		{"Not before 2014 did the General Assembly pronounce itself on Examplia.", "General Assembly"},
		{"A resolution adopted by the General Assembly in 2014 addressed Examplia head-on.", "General Assembly"},
		{"2014 brought a General Assembly resolution on Examplia.", "General Assembly"},
		{"Echoing a General Assembly resolution, members called for restraint.", ""},
		{"The strategy that the General Assembly adopted in 2006 frames the work.", ""},
		{"The mission was visited by the General Assembly’s President.", ""},
		{"Members debated it in the General Assembly.", ""},
		{"The report was discussed by the General Assembly in 2014.", ""},
		{"The General Assembly approved a budget of $900 million for the mission.", ""},
		{"The General Assembly welcomed what the Security Council had decided.", ""},
	} {
		if got := actor(tt.sentence); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.sentence, got, tt.want)
		}
	}
}

func BenchmarkReading(b *testing.B) {
	s, err := cite.ParseSymbol("S/RES/2423 (2018)")
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		reading(dating2014[i%len(dating2014)], s)
	}
}
