"""Invented prose for the labelled set, and the small language that it is written in.

A paragraph is a list of sentences. {{5|Text of the note.}} in a sentence is a note and its marker, {{=5}} a marker that calls a
note again (or one that is missing), {{5}} a marker whose note is given elsewhere; <i>...</i> is italic; <sup>...</sup> is raised
and no marker.
"""
import re
import unicodedata

TOKEN = re.compile(r'\{\{(=?)([^|}]+)(?:\|(.*?))?\}\}', re.S)


def plain(s):
    """The text of a sentence or note as a person reads it, without its markers."""
    s = TOKEN.sub('', s)
    s = re.sub(r'</?\w+>', '', s).replace('¶', ' ').replace('\u00ad', '')
    return unicodedata.normalize('NFC', re.sub(r'\s+', ' ', s)).strip()


class Truth:
    """The notes of a document, in order, with the sentences that call them."""

    def __init__(self):
        self.notes, self.faults = [], []

    def paragraph(self, sentences, placement='foot'):
        for s in sentences:
            for again, label, text in TOKEN.findall(s):
                if text and not again:
                    self.note(label, text, placement)
                for n in reversed(self.notes):
                    if n['label'] == label:
                        n['sentences'].append(plain(s))
                        break
                if text:
                    self.nested(text, placement)

    def nested(self, text, placement):
        for again, label, inner in TOKEN.findall(text):
            if inner:
                self.note(label, inner, placement)

    def note(self, label, text, placement='foot'):
        self.notes.append({'label': label, 'placement': placement, 'text': plain(text), 'sentences': []})

    def fault(self, kind, label):
        self.faults.append({'kind': kind, 'label': label})


EN = [
    'The mission in Valdoria was set up after the cease-fire of Port Anselm, and it was never meant to stay for more than a year.',
    'Its first commander, Gen. A. B. Okonkwo, asked for three more battalions.',
    'The Council gave him one.',
    'In 2019 the parties signed a second agreement, which the Secretary-General called “a fragile but real beginning.”',
    'Most observers disagreed (among them the authors of this report).',
    'By the end of that year some 4,500 people had come back to the valley of the Orne, where no school, no clinic and no bridge was left standing.',
    'Under para. 14 of the mandate the force may protect civilians, e.g. by patrols at night.',
    'Whether it did so is another question.',
    'The U.N. Security Council met five times on the matter.',
    'Each meeting ended without a statement; the draft of No. 3 was never published.',
    'Three villages were burnt on the night of 4 June.',
    'A panel of experts, led by Dr. M. Achterberg, counted 112 violations of the embargo between March and September.',
    'Who sold the weapons?',
    'The answer lies in the customs papers of two neighbouring States, and they are not public.',
    'Local councils took over the water supply, the courts and the police.',
    'The budget rose by 3.5 per cent, to $1.2 billion, in a single year.',
    'As one officer put it: “We guard the road; nobody guards the people.”',
    'Women were absent from the talks at all levels.',
    'The drawdown began early, on the 30<sup>th</sup> of May, before the elections had been held.',
    'Several contingents left equipment behind that the host State could neither use nor repair.',
    'A follow-on presence of about 200 civilians remains in the capital today.',
    'The lesson is plain enough, and it has been drawn many times before: mandates without means protect nobody.',
    'Troop contributors from nine States, most of them from the region, made long-term commitments that outlived their governments.',
    'Nothing in the peacekeeping doctrine of the time had foreseen so swift a collapse of the interlocutors’ authority.',
]

NOTES_EN = [
    'UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38.',
    'Ibid., para. 4.',
    'A. Okonkwo, <i>Guarding the Road</i> (Port Anselm: Lantern Press, 2014), pp. 12–19.',
    'Interview with a former civil affairs officer, Valdoria, May 2021.',
    'Report of the Secretary-General on the situation in Valdoria, UN Doc. S/2019/454, paras. 11–13.',
    'See also M. Achterberg, “Bridges and Embargoes,” <i>Journal of Small Missions</i> 7, no. 2 (2016): 201–230, available at https://journal.example.org/small-missions/7/2/201.',
    'The figure leaves out those who came back by the river: nobody counted them. A second count, made in October by the Red Cross, gives 4,950, and a third, made by the local councils themselves, more than 6,000; the three were never reconciled, and each party to the talks went on to use the one that suited it.',
    'S/PV.8298, p. 3.',
    'General Assembly resolution 60/1, para. 139.',
    'Compare A/59/565, para. 203, with A/55/305-S/2000/809, para. 62.',
    'Decision 2020/14 of the Joint Commission (unpublished).',
    'Id., at 17.',
    'On the numbers see Table 3 below.',
    'Letter dated 12 March 2015 from the Permanent Representative of Valdoria, UN Doc. S/2015/178, annex.',
]
