package lookup

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/extractors/unpage"
	"citecheck/pipeline/cite"
)

// Bases are the addresses of the sources; each may be replaced by a mirror or
// a test server.
type Bases struct {
	DHL   string // the library's yearly tables of meetings, as files
	API   string // the same, as the library's site loads them today
	ODS   string // the document system
	Main  string // the Security Council's own lists
	Press string // coverage of meetings
	UNDL  string // the UN Digital Library
	SCR   string // Security Council Report, which is no UN site
}

// DefaultBases are the UN's own.
var DefaultBases = Bases{
	DHL:   "https://www.un.org/depts/dhl/resguide",
	API:   "https://ydsftksff8.execute-api.us-east-1.amazonaws.com/dev",
	ODS:   "https://documents.un.org/api/symbol/access",
	Main:  "https://main.un.org/securitycouncil/en",
	Press: "https://press.un.org/en",
	UNDL:  "https://digitallibrary.un.org",
	SCR:   "https://www.securitycouncilreport.org/un-documents",
}

// Names are the names of the sources, as --source has them.
var Names = []string{"dhl", "dhl-api", "ods", "main", "press", "undl", "scr"}

// By is the base of a source by its name; nil for a name that is none.
func (b *Bases) By(name string) *string {
	return map[string]*string{"dhl": &b.DHL, "dhl-api": &b.API, "ods": &b.ODS, "main": &b.Main, "press": &b.Press, "undl": &b.UNDL, "scr": &b.SCR}[name]
}

// A source is one page that may know a document, and the site whose reader
// reads it.
type source struct {
	site string // as unpage names it
	base func(*Bases) string
	path string
	// whole tells whether the page lists all of its kind for a year: the tables
	// of the library do.
	whole bool
}

func (s source) url(b *Bases) string { return s.base(b) + s.path }

var (
	dhlBase   = func(b *Bases) string { return b.DHL }
	apiBase   = func(b *Bases) string { return b.API }
	mainBase  = func(b *Bases) string { return b.Main }
	pressBase = func(b *Bases) string { return b.Press }
	undlBase  = func(b *Bases) string { return b.UNDL }
	scrBase   = func(b *Bases) string { return b.SCR }
)

// tables are the library's tables of a year, in the order to ask: the static
// files in the spelling that the library used for the year, and from 2000 on
// what its site loads today, which alone goes on after 2022.
func tables(year int) []source {
	name := "/scact" + strconv.Itoa(year) + "_table_en"
	files := []source{{"dhl", dhlBase, name + ".htm", true}, {"dhl", dhlBase, name + ".html", true}}
	if year < 1994 || year == 2022 {
		files[0], files[1] = files[1], files[0]
	}
	api := source{"dhl", apiBase, fmt.Sprintf("/render_meeting/scmeetings_%d/EN", year), true}
	switch {
	case year < 2000:
		return files
	case year < 2022:
		return append(files, api)
	}
	return append([]source{api}, files...)
}

// councilList is the Council's own list of a year's resolutions.
func councilList(year int) source {
	s := "resolutions"
	if year == 1959 { // there was one
		s = "resolution"
	}
	return source{"main.un.org", mainBase, fmt.Sprintf("/content/%s-adopted-security-council-%d", s, year), false}
}

// reportList is the Council's list of the Secretary-General's reports of a year.
func reportList(year int) source {
	return source{"main.un.org", mainBase, fmt.Sprintf("/content/reports-submitted-transmitted-secretary-general-security-council-%d", year), false}
}

// coverage is the press release on a meeting: "SC/13400" of 2018.
func coverage(release string, year int) (source, bool) {
	n, ok := strings.CutPrefix(release, "SC/")
	if _, err := strconv.Atoi(n); !ok || err != nil || year == 0 {
		return source{}, false
	}
	return source{"press.un.org", pressBase, fmt.Sprintf("/%d/sc%s.doc.htm", year, n), false}, true
}

// pressPage is the page of a press release, as its own address has it:
// "SG/SM/21853" of 2023 is /2023/sgsm21853.doc.htm. Offices whose addresses are
// not known have none.
func pressPage(s cite.Symbol, year int) (source, bool) {
	i := strings.LastIndexByte(s.String(), '/')
	office, n := s.String()[:i], s.String()[i+1:]
	if !slices.Contains(offices, office) || s.Modifier() != "" {
		return source{}, false
	}
	return source{"press.un.org", pressBase, fmt.Sprintf("/%d/%s%s.doc.htm", year, strings.ToLower(strings.ReplaceAll(office, "/", "")), n), false}, true
}

var offices = []string{"SC", "GA", "SG/SM", "DSG/SM", "ECOSOC", "AFR", "PKO", "ORG", "GA/SPD", "GA/DIS", "GA/SHC", "HR"}

// assemblySession is the session whose table has a resolution of the General
// Assembly. Those of emergency and special sessions stand in the table of the
// regular one during which they met, which their symbol does not tell.
func assemblySession(s cite.Symbol) (int, bool) {
	if s.Body() != "General Assembly" || s.Series() != "resolution" || !strings.HasPrefix(s.String(), "A/RES/") || s.Modifier() != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s.Session())
	return n, err == nil && n >= 31
}

// assemblyTable is the library's table of a session's resolutions, as its site
// loads it today.
func assemblyTable(session int) source {
	return source{"dhl", apiBase, fmt.Sprintf("/render_meeting_ga/garesolutions_%d/EN", session), false}
}

// thirdParty tells whether Security Council Report may have a page on a
// document. It is not asked for statements: of these a complete list can say
// that there is none, and a third party must not say otherwise in its place.
func thirdParty(s cite.Symbol) bool {
	return s.Body() == "Security Council" && s.Modifier() == "" && (s.IsCouncilResolution() || s.Series() == "document" && s.Year() > 0)
}

// councilReport is Security Council Report's page on a document.
func councilReport(s cite.Symbol) source {
	return source{"securitycouncilreport.org", scrBase, "/document/" + strings.ToLower(strings.ReplaceAll(s.String(), "/", "-")) + ".php", false}
}

var recordNumber = regexp.MustCompile(`^\d{1,9}$`)

// harvest is a record of the library as its OAI-PMH repository has it, which
// answers when the rest of that site does not.
func harvest(number string) source {
	return source{"undl", undlBase, "/oai2d?verb=GetRecord&metadataPrefix=marcxml&identifier=oai:digitallibrary.un.org:" + number, false}
}

// record is the library's record of a document, in MARCXML.
func record(s cite.Symbol) source {
	return source{"undl", undlBase, "/search?ln=en&p=191__a%3A%22" + strings.NewReplacer("/", "%2F", " ", "+").Replace(s.String()) + "%22&of=xm", false}
}

// readAs reads a page with the reader of the site that it is of, or mirrors.
func readAs(s source, resp *cite.Response) (unpage.Page, error) {
	return unpage.ReadAs(s.site, s.url(&DefaultBases), resp.ContentType, resp.Body)
}
