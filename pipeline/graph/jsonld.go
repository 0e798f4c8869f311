package graph

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"citecheck/pipeline/cite"
)

// ldContext is the context of the JSON-LD, inline so that no reader needs a
// network. The terms are those of the OpenCitations Data Model, and W3C Web
// Annotation for what citecheck says of a citation; the few of our own are
// under urn:citecheck:.
const ldContext = `{
  "biro": "http://purl.org/spar/biro/", "c4o": "http://purl.org/spar/c4o/", "cito": "http://purl.org/spar/cito/",
  "datacite": "http://purl.org/spar/datacite/", "dcterms": "http://purl.org/dc/terms/", "deo": "http://purl.org/spar/deo/",
  "doco": "http://purl.org/spar/doco/", "fabio": "http://purl.org/spar/fabio/", "foaf": "http://xmlns.com/foaf/0.1/",
  "frbr": "http://purl.org/vocab/frbr/core#", "literal": "http://www.essepuntato.it/2010/06/literalreification/",
  "oa": "http://www.w3.org/ns/oa#", "oco": "https://w3id.org/oc/ontology/", "prism": "http://prismstandard.org/namespaces/basic/2.0/",
  "pro": "http://purl.org/spar/pro/", "xsd": "http://www.w3.org/2001/XMLSchema#", "cc": "urn:citecheck:term:",
  "id": "@id", "type": "@type",
  "kind": "cc:kind", "name": "cc:id", "relation": "cc:relation", "verdict": "cc:verdict", "check": "cc:check", "via": "cc:via",
  "claimed": "cc:claimed", "found": "cc:found", "accepted": "cc:accepted", "placement": "cc:placement", "pinpoint": "cc:pinpoint",
  "page": {"@id": "prism:startingPage"},
  "part": {"@id": "frbr:part", "@type": "@id"},
  "contextOf": {"@id": "c4o:isContextOf", "@type": "@id"},
  "content": "c4o:hasContent",
  "denotes": {"@id": "c4o:denotes", "@type": "@id"},
  "references": {"@id": "biro:references", "@type": "@id"},
  "citing": {"@id": "cito:hasCitingEntity", "@type": "@id"},
  "cited": {"@id": "cito:hasCitedEntity", "@type": "@id"},
  "characterisation": {"@id": "cito:hasCitationCharacterisation", "@type": "@id"},
  "revises": {"@id": "frbr:revisionOf", "@type": "@id"},
  "adds_to": {"@id": "frbr:supplementOf", "@type": "@id"},
  "corrects": {"@id": "cito:corrects", "@type": "@id"},
  "annotation": {"@id": "oco:hasAnnotation", "@type": "@id"},
  "body": {"@id": "oa:hasBody", "@type": "@id"},
  "target": {"@id": "oa:hasTarget", "@type": "@id"},
  "source": {"@id": "oa:hasSource", "@type": "@id"},
  "selector": {"@id": "oa:hasSelector", "@type": "@id"},
  "start": "oa:start", "end": "oa:end", "exact": "oa:exact",
  "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
  "text": "dcterms:description",
  "title": "dcterms:title",
  "date": "prism:publicationDate",
  "relatesTo": {"@id": "dcterms:relation", "@type": "@id"},
  "identifier": {"@id": "datacite:hasIdentifier", "@type": "@id"},
  "scheme": {"@id": "datacite:usesIdentifierScheme", "@type": "@id"},
  "value": "literal:hasLiteralValue",
  "role": {"@id": "pro:isDocumentContextFor", "@type": "@id"},
  "withRole": {"@id": "pro:withRole", "@type": "@id"},
  "heldBy": {"@id": "pro:isHeldBy", "@type": "@id"},
  "agent": "foaf:name", "given": "foaf:givenName", "family": "foaf:familyName",
  "url": {"@id": "frbr:exemplar", "@type": "@id"}
}`

// thing is one object of the JSON-LD; encoding/json sorts its names.
type thing map[string]any

// WriteJSONLD writes the graph in the OpenCitations Data Model. The sentence
// is a discourse element and the context of a marker; the marker is an
// in-text reference pointer and denotes what its note cites; the note is a
// footnote whose parts are bibliographic references; each of these refers to
// a document, and a citation ties the report to it.
func WriteJSONLD(w io.Writer, g *Graph) error {
	l := ld{nodes: g.byID(), byNote: map[string][]Edge{}, out: []thing{}}
	parts := map[string][]string{}
	amends := map[string][]Edge{}
	for _, e := range g.Edges {
		switch {
		case e.Cites != nil:
			l.byNote[e.Source] = append(l.byNote[e.Source], e)
		case e.Relation == "has_note":
			parts[e.Source] = append(parts[e.Source], iri(e.Target))
		default:
			amends[e.Source] = append(amends[e.Source], e)
		}
	}
	for _, n := range g.Nodes {
		t := thing{"id": iri(n.ID()), "kind": n.kind(), "name": n.ID()}
		switch v := n.value().(type) {
		case *Report:
			t["type"], t["title"] = []string{"fabio:Expression", "fabio:ReportDocument"}, first(v.Title, v.File)
			t["part"] = list(parts[v.ID])
			t["identifier"] = identifier(iri(v.ID), "local-resource-identifier-scheme", v.SHA256)
		case *Note:
			l.note(t, v)
			continue
		case *Document:
			l.document(t, v)
			for _, e := range amends[v.ID] {
				l.between(t, e)
			}
		case *Work:
			l.work(t, v)
		case *Open:
			t["type"], t["content"], t["text"] = "fabio:Expression", v.Text, v.Reason
		}
		l.out = append(l.out, t)
	}
	return writeJSON(w, struct {
		Context json.RawMessage `json:"@context"`
		Graph   []thing         `json:"@graph"`
	}{json.RawMessage(ldContext), l.out}, " ")
}

type ld struct {
	nodes  map[string]Node
	byNote map[string][]Edge
	out    []thing
}

// between adds an edge from one document to another. A document may refer to
// another at many places: each is a citation of its own.
func (l *ld) between(t thing, e Edge) {
	if e.Relation != "refers" {
		old, _ := t[e.Relation].([]string) // nil at first
		t[e.Relation] = append(old, iri(e.Target))
		return
	}
	l.out = append(l.out, thing{"id": iri(e.Source) + "/" + strings.TrimPrefix(iri(e.Key), iri("")) + "/" + strings.TrimPrefix(iri(e.Target), iri("")),
		"type": "cito:Citation", "relation": e.Relation, "text": e.Place, "citing": iri(e.Source), "cited": iri(e.Target), "characterisation": "cito:cites"})
}

// note adds a note with its references, its markers with their sentences, and
// its citations with what was found of them.
func (l *ld) note(t thing, n *Note) {
	me := iri(n.ID)
	var refs []string
	for _, e := range l.byNote[n.ID] {
		refs = append(refs, iri(e.Key)+"/ref")
	}
	t["type"], t["content"], t["placement"] = []string{"deo:DiscourseElement", "doco:Footnote"}, n.Text, n.Placement
	t["title"], t["part"] = n.Label, list(refs)
	if n.Page > 0 {
		t["page"] = fmt.Sprint(n.Page)
	}
	l.out = append(l.out, t)
	for i, m := range n.Markers {
		pointer := fmt.Sprintf("%s/marker-%d", me, i+1)
		l.out = append(l.out, thing{"id": pointer, "type": "c4o:InTextReferencePointer", "content": n.Label, "denotes": list(refs)})
		s := thing{"id": fmt.Sprintf("%s/sentence-%d", me, i+1), "type": []string{"deo:DiscourseElement", "doco:Sentence"},
			"content": m.Sentence, "contextOf": []string{pointer}}
		if m.Page > 0 {
			s["page"] = fmt.Sprint(m.Page)
		}
		l.out = append(l.out, s)
	}
	for _, e := range l.byNote[n.ID] {
		l.citation(n, e)
	}
}

func (l *ld) citation(n *Note, e Edge) {
	me := iri(e.Key)
	l.out = append(l.out,
		thing{"id": me + "/ref", "type": "biro:BibliographicReference", "content": e.Text, "references": iri(e.Target), "annotation": me + "/annotation"},
		thing{"id": me + "/annotation", "type": "oa:Annotation", "body": me},
		thing{"id": me, "type": "cito:Citation", "name": e.Key, "relation": e.Relation, "citing": iri(n.Report), "cited": iri(e.Target),
			"characterisation": "cito:" + characterisation(n, e), "via": string(e.Via), "verdict": string(e.Verdict), "pinpoint": pins(e.Pinpoints)})
	for i, f := range e.Findings {
		a := thing{"id": fmt.Sprintf("%s/finding-%d", me, i+1), "type": "oa:Annotation", "motivation": "oa:assessing", "check": f.Check,
			"verdict": string(f.Verdict), "claimed": f.Claimed, "found": f.Found, "text": f.Reason,
			"target": thing{"type": "oa:SpecificResource", "source": iri(n.ID), "selector": []thing{
				{"type": "oa:TextPositionSelector", "start": e.Span.Start, "end": e.Span.End},
				{"type": "oa:TextQuoteSelector", "exact": e.Text}}}}
		if f.Evidence != nil && f.Evidence.URL != nil && webAddress(*f.Evidence.URL) != "" {
			a["body"] = webAddress(*f.Evidence.URL)
		}
		if f.Accepted != nil {
			a["accepted"] = f.Accepted.Reason
		}
		l.out = append(l.out, a)
	}
}

// characterisation is the word of CiTO for what a citation is for, as far as
// its signal or its sentence's quotation marks tell.
func characterisation(n *Note, e Edge) string {
	switch strings.ToLower(e.Signal) {
	case "contra", "but see":
		return "disputes"
	case "see also", "cf.", "compare":
		return "citesAsRelated"
	}
	for _, m := range n.Markers {
		if len(m.Quotes) > 0 && len(e.Pinpoints) > 0 {
			return "includesQuotationFrom"
		}
	}
	return "cites"
}

func (l *ld) document(t thing, d *Document) {
	kind := "fabio:ReportDocument"
	switch d.Series {
	case "resolution", "decision", "presidential statement":
		kind = "fabio:PolicyDocument"
	case "letter":
		kind = "fabio:Letter"
	}
	t["type"], t["title"] = []string{"fabio:Expression", kind}, first(d.Title, d.Symbol)
	t["identifier"] = identifier(iri(d.ID), "local-resource-identifier-scheme", d.Symbol)
	if d.Date != "" {
		t["date"] = ldDate(d.Date)
	}
	if d.Body != "" {
		t["role"] = []thing{role(iri(d.ID)+"/author", "pro:author", thing{"type": "foaf:Agent", "agent": d.Body})}
	}
	if u := d.address(); u != "" {
		t["url"] = u
	}
}

func (l *ld) work(t thing, w *Work) {
	kind := map[string]string{"book": "fabio:Book", "chapter": "fabio:BookChapter", "article-journal": "fabio:JournalArticle", "report": "fabio:ReportDocument",
		"article-newspaper": "fabio:NewspaperArticle", "thesis": "fabio:Thesis", "webpage": "fabio:WebPage", "paper-conference": "fabio:ProceedingsPaper"}[w.CSL.Type]
	t["type"] = []string{"fabio:Expression"}
	if kind != "" {
		t["type"] = []string{"fabio:Expression", kind}
	}
	if name := first(w.CSL.Title, w.CSL.Note); name != "" {
		t["title"] = name
	}
	year, month, day := Item{Work: w.CSL}.issued()
	if date := (cite.Date{Year: year, Month: month, Day: day}).String(); year > 0 {
		t["date"] = ldDate(date)
	}
	var roles []thing
	for i, a := range w.CSL.Author {
		agent := thing{"type": "foaf:Agent"}
		if a.Literal != "" {
			agent["agent"] = a.Literal
		} else {
			agent["family"], agent["given"] = a.Family, a.Given
		}
		roles = append(roles, role(fmt.Sprintf("%s/author-%d", iri(w.ID), i+1), "pro:author", agent))
	}
	if roles != nil {
		t["role"] = roles
	}
	if u := webAddress(w.CSL.URL); u != "" {
		t["url"] = u
	}
	if w.CSL.DOI != "" {
		t["identifier"] = identifier(iri(w.ID), "doi", w.CSL.DOI)
	}
}

func role(id, what string, agent thing) thing {
	agent["id"] = id + "/agent"
	return thing{"id": id, "type": "pro:RoleInTime", "withRole": what, "heldBy": agent}
}

func identifier(of, scheme, value string) thing {
	return thing{"id": of + "/id", "type": "datacite:Identifier", "scheme": "datacite:" + scheme, "value": value}
}

// ldDate is a date of the precision that it has.
func ldDate(s string) thing {
	return thing{"@value": s, "@type": []string{"xsd:gYear", "xsd:gYearMonth", "xsd:date"}[strings.Count(s, "-")]}
}

// iri makes an id of the graph into an IRI; what an IRI may not hold is
// percent-encoded.
func iri(id string) string {
	var b strings.Builder
	b.WriteString("urn:citecheck:")
	for _, c := range []byte(id) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~:/()#", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
