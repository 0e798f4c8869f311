package cite

// A Response is one answer of a server, or of an archive in its stead.
type Response struct {
	Source
	Status      int
	ContentType string
	Body        []byte
	Challenged  bool // a bot wall's answer: it says nothing of the document

	ETag, LastModified string // what the answer may be asked for again by
	Location           string // of a redirect
}

// A Kept is an answer as it is kept: the HTTP message itself, so that it can be
// read again and its hashes checked.
type Kept struct {
	URL     string // that was asked
	Fetched string // RFC 3339, UTC
	ID      string // of its record: "urn:uuid:…"
	Message []byte // status line, fields and body as they came, without transfer coding, cookies and tokens
}

// A Failure is why no answer was had. Kind is one word for programs, Reason a
// sentence for people.
type Failure struct {
	Kind   string // "offline", "dns", "tls", "timeout", "refused", "throttled", "forbidden", "robots", "truncated", "too-large", "policy"
	Reason string
}

func (f *Failure) Error() string { return f.Reason }
