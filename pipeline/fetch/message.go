package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// maxBody bounds an answer, as it comes and unpacked: the largest UN document
// is under 40 MiB. It is a variable so that tests need no answers of that size.
var maxBody int64 = 64 << 20

// secret names fields and parameters whose values are nobody's business.
var secret = regexp.MustCompile(`(?i)cookie|token|authoriz|authentic|secret|session|passw|signature|credential|api-?_?key|^sig$|^jwt$|^auth$`)

const redacted = "redacted"

// Redact is an address without a name and password and the values of its
// secret parameters. Others stay as they are written.
func Redact(address string) string {
	if scheme, rest, ok := strings.Cut(address, "://"); ok && !strings.ContainsAny(scheme, "/?#") {
		end := strings.IndexAny(rest+"/", "/?#")
		if at := strings.LastIndex(rest[:end], "@"); at >= 0 {
			address = scheme + "://" + redacted + rest[at:]
		}
	}
	base, query, ok := strings.Cut(address, "?")
	if !ok {
		return address
	}
	query, fragment, hasFragment := strings.Cut(query, "#")
	pairs := strings.Split(query, "&")
	for i, p := range pairs {
		name, _, has := strings.Cut(p, "=")
		plain, err := url.QueryUnescape(name)
		if has && err == nil && secret.MatchString(plain) {
			pairs[i] = name + "=" + redacted
		}
	}
	address = base + "?" + strings.Join(pairs, "&")
	if hasFragment {
		address += "#" + fragment
	}
	return address
}

// fields are header fields as lines in the order of their names, without
// secrets. The order in which they came is not known any more.
func fields(h http.Header) string {
	var names []string
	for k := range h {
		names = append(names, k)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, k := range names {
		for _, v := range h[k] {
			switch {
			case secret.MatchString(k):
				v = redacted
			case k == "Location" || k == "Content-Location" || k == "Link" || k == "Refresh":
				v = Redact(v)
			}
			fmt.Fprintf(&b, "%s: %s\r\n", k, strings.NewReplacer("\r", " ", "\n", " ").Replace(v))
		}
	}
	return b.String()
}

// message is an answer as it is kept: with the body as it came, but for the
// transfer coding. One whose end nothing proves keeps no length.
func message(resp *http.Response, wire []byte) []byte {
	h := resp.Header.Clone()
	for _, k := range []string{"Transfer-Encoding", "Content-Length", "Trailer", "Connection", "Keep-Alive"} {
		h.Del(k)
	}
	if !openEnded(resp) {
		h.Set("Content-Length", strconv.Itoa(len(wire)))
	}
	status := resp.Status
	if status == "" {
		status = fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	head := "HTTP/1.1 " + strings.NewReplacer("\r", " ", "\n", " ").Replace(status) + "\r\n" + fields(h) + "\r\n"
	return append([]byte(head), wire...)
}

// openEnded tells whether an answer ends where the connection does: then
// nothing shows whether all of it came.
func openEnded(resp *http.Response) bool {
	return resp.ContentLength < 0 && len(resp.TransferEncoding) == 0 && resp.ProtoMajor < 2 && resp.StatusCode != http.StatusNotModified
}

// request is a request as it is kept.
func request(req *http.Request) []byte {
	h := req.Header.Clone()
	h.Set("Host", req.URL.Host)
	u := *req.URL
	u.Fragment = ""
	return []byte("GET " + Redact(u.RequestURI()) + " HTTP/1.1\r\n" + fields(h) + "\r\n")
}

// read is the value of an answer that was kept.
func read(k cite.Kept, name string) (*cite.Response, error) {
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(k.Message)), nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	wire, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	body, err := unpack(wire, resp.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	where := k.ID
	if name != "" {
		where = name + "#" + k.ID
	}
	r := &cite.Response{
		Source: cite.Source{URL: k.URL, Fetched: k.Fetched, SHA256: hex.EncodeToString(sum[:]), WARC: where},
		Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: body,
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
		Unproven: openEnded(resp) && resp.Header.Get("Content-Encoding") == "",
	}
	if isRedirect(resp.StatusCode) {
		r.Location = resp.Header.Get("Location")
	}
	r.Challenged = challenged(resp, body)
	return r, nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// challenges are words of the pages that bot walls put in place of an answer.
var challenges = regexp.MustCompile(`(?i)gokuProps|awsWafCookieDomainList|challenge-platform|cf-chl-|cf_chl_|<title>\s*Just a moment|_Incapsula_Resource|px-captcha|captcha-delivery|Attention Required! \| Cloudflare`)

// challenged tells whether a bot wall answered: by its own mark, by the status
// 202 that AWS's wall uses and no UN page does, or by the page that it shows.
func challenged(resp *http.Response, body []byte) bool {
	return resp.Header.Get("X-Amzn-Waf-Action") != "" || resp.Header.Get("Cf-Mitigated") != "" || resp.StatusCode == http.StatusAccepted ||
		!bytes.HasPrefix(body, []byte("%PDF-")) && challenges.Match(body[:min(len(body), 64<<10)])
}

// sound tells whether an answer is one: a page, or the way to one. All else
// may pass and is asked again.
func sound(r *cite.Response) bool {
	return r != nil && !r.Challenged && (r.Status == http.StatusOK || r.Location != "")
}

// unpack is a body without its content coding, bounded.
func unpack(wire []byte, coding string) ([]byte, error) {
	switch coding = strings.ToLower(strings.TrimSpace(coding)); coding {
	case "", "identity":
		if int64(len(wire)) > maxBody {
			return nil, tooLarge()
		}
		return wire, nil
	case "gzip", "x-gzip":
	default:
		return nil, fail("coding", "the answer has the content coding %q, which is not read", coding)
	}
	z, err := gzip.NewReader(bytes.NewReader(wire))
	if err != nil {
		return nil, fail("truncated", "the answer's compression is damaged")
	}
	body, err := io.ReadAll(io.LimitReader(z, maxBody+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fail("truncated", "the compressed answer broke off")
	case err != nil:
		return nil, fail("truncated", "the answer's compression is damaged")
	case int64(len(body)) > maxBody:
		return nil, fail("bomb", "the answer of %d KiB unpacks to more than %d MiB", len(wire)>>10, maxBody>>20)
	}
	return body, nil
}

func tooLarge() error { return fail("too-large", "the answer is larger than %d MiB", maxBody>>20) }
