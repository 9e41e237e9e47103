package room_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/room/roomtest"
	"fayi/judging/room/sign"
)

// caller signs requests by hand, so that they can be wrong.
type caller struct {
	t       testing.TB
	way     http.RoundTripper // nil: the usual one
	base    string
	key     sign.Key
	device  string
	session string
	count   uint64
}

func newCaller(t testing.TB, h *roomtest.House, judge judging.JudgeID) *caller {
	t.Helper()
	return newCallerOn(t, h, judge, strings.Repeat("d", 16)+string(judge))
}

func newCallerOn(t testing.TB, h *roomtest.House, judge judging.JudgeID, device string) *caller {
	t.Helper()
	key, err := sign.KeyOf(h.Tokens[judge])
	if err != nil {
		t.Fatal(err)
	}
	c := &caller{t: t, base: h.At, key: key, device: device}
	_, body := c.plain("POST", "/api/hello", []byte(`{"pass":"`+key.ID()+`"}`), nil)
	var out struct{ Session string }
	if err := json.Unmarshal(body, &out); err != nil || out.Session == "" {
		t.Fatalf("hello answers %s, %v", body, err)
	}
	c.session = out.Session
	return c
}

// plain sends a request as it is, and returns what came back, headers and all.
func (c *caller) plain(method, path string, body []byte, header http.Header) (*http.Response, []byte) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for k, v := range header {
		if r.Header[k] = v; k == "Host" {
			r.Host = v[0]
		}
	}
	resp, err := (&http.Client{Transport: c.way}).Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp, data
}

// header signs a request with the next count.
func (c *caller) header(method, path string, body []byte) http.Header {
	c.count++
	of := sign.Request{Method: method, Path: path, Session: c.session, Count: c.count, Device: c.device, Body: body}
	return c.headerOf(of)
}

func (c *caller) headerOf(of sign.Request) http.Header {
	said := []string{c.key.ID(), of.Session, strconv.FormatUint(of.Count, 10), of.Device, c.key.Sign(of)}
	return http.Header{"Authorization": {"Fayi " + strings.Join(said, ",")}}
}

func (c *caller) ask(method, path string, body []byte) (*http.Response, []byte) {
	c.t.Helper()
	return c.plain(method, path, body, c.header(method, path, body))
}

// local opens the room on the loopback: no browser is asked.
func local(t *testing.T, c roomtest.Contest) *roomtest.House {
	t.Helper()
	h := roomtest.NewContest(t, c)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.Open(t, l)
	return h
}

var mediaAddress = regexp.MustCompile(`/media/[^"\\]+(?:\\u0026[^"\\]+)*`)

// TestACrawlOfEverythingMeetsNoName asks as each judge for all that there is, and looks in every answer, in headers and
// bytes, for what would tell who made a work.
func TestACrawlOfEverythingMeetsNoName(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 10, Judges: 3, Media: true, Names: true, PIN: "2048"})
	secrets := append([]string{}, roomtest.Secrets...)
	blobs, err := filepath.Glob(filepath.Join(h.Dir, "media", "*", "*"))
	if err != nil || len(blobs) < 10 {
		t.Fatal(len(blobs), err)
	}
	for _, b := range blobs {
		secrets = append(secrets, filepath.Base(b))
	}
	answers := 0
	look := func(what string, resp *http.Response, body []byte) {
		answers++
		var head bytes.Buffer
		_ = resp.Header.Write(&head) // into memory
		for _, s := range secrets {
			if bytes.Contains(body, []byte(s)) || strings.Contains(head.String(), s) {
				t.Errorf("%s tells %s", what, s)
			}
			if raw, err := hex.DecodeString(s); err == nil && len(raw) > 8 && bytes.Contains(body, raw) {
				t.Errorf("%s tells the sum %s", what, s)
			}
		}
	}
	stranger := &caller{t: t, base: h.At}
	resp, body := stranger.plain("GET", "/api/names", nil, nil)
	look("the names", resp, body)
	namesOnly(t, body, "评委A")
	resp, body = stranger.plain("POST", "/api/enter", []byte(`{"public":"x","sealed":"x"}`), nil)
	look("a refused entry", resp, body)
	for judge := range h.Tokens {
		c := newCaller(t, h, judge)
		resp, list := c.ask("GET", "/api/duties", nil)
		look("the list", resp, list)
		var in struct{ Duties judging.Duties }
		if err := json.Unmarshal(list, &in); err != nil || len(in.Duties.Works) == 0 {
			t.Fatalf("%s: %v", list, err)
		}
		pages := list
		for _, w := range in.Duties.Works {
			code := url.PathEscape(string(w.Code))
			for _, path := range []string{"/api/works/" + code, "/api/ballots/" + code,
				"/api/ballots/" + code + "/history", "/api/works/" + code + "/files/0"} {
				resp, body := c.ask("GET", path, nil)
				if resp.StatusCode != http.StatusOK {
					t.Fatalf("%s: %s %s", path, resp.Status, body)
				}
				look(path, resp, body)
				if strings.HasPrefix(path, "/api/works/") && !strings.Contains(path, "/files/") {
					pages = append(pages, body...)
				}
			}
			resp, body := c.ask("PUT", "/api/ballots/"+code, []byte(`{"marks":{"没有":1}}`))
			look("a refusal", resp, body)
		}
		seen := map[string]bool{}
		for _, a := range mediaAddress.FindAllString(string(pages), -1) {
			a = strings.ReplaceAll(a, `\u0026`, "&")
			if seen[a] {
				continue
			}
			seen[a] = true
			resp, body := c.plain("GET", a, nil, nil)
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s: %s %s", a, resp.Status, body)
			}
			look(a, resp, body)
		}
		if len(seen) < 10 {
			t.Errorf("only %d addresses of media", len(seen))
		}
	}
	if answers < 100 {
		t.Errorf("only %d answers were looked at", answers)
	}
	t.Logf("%d answers of 3 judges, %d secrets: none told", answers, len(secrets))
}

// namesOnly wants an answer to hold names of judges, and what a page needs to agree on a key: no more.
func namesOnly(t *testing.T, body []byte, names ...string) {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	var listed []string
	for _, n := range got["names"].([]any) {
		listed = append(listed, n.(string))
	}
	public, _ := got["public"].(string)
	page, _ := got["page"].(string)
	if !slices.Equal(listed, names) || len(public) != 43 || page != web.Room().Version || len(got) != 3 {
		t.Errorf("the names are told as %s", body)
	}
}

func TestWhatIsAbsentAndWhatIsAnothersAreTheSame(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 12, Judges: 6})
	own := map[judging.WorkCode]bool{}
	for _, w := range listOf(t, h, "j001").Works {
		own[w.Code] = true
	}
	foreign := ""
	for _, w := range listOf(t, h, "j002").Works {
		if !own[w.Code] {
			foreign = string(w.Code)
		}
	}
	if foreign == "" {
		t.Fatal("the judges have the same works")
	}
	c := newCaller(t, h, "j001")
	absent := foreign[:3] + strconv.Itoa(10_000)[1:]
	for _, path := range []string{"/api/works/X", "/api/works/X/files/0", "/api/ballots/X", "/api/ballots/X/history"} {
		one, a := c.ask("GET", strings.Replace(path, "X", foreign, 1), nil)
		two, b := c.ask("GET", strings.Replace(path, "X", absent, 1), nil)
		if one.StatusCode != 403 || two.StatusCode != 403 ||
			strings.ReplaceAll(string(a), foreign, "") != strings.ReplaceAll(string(b), absent, "") {
			t.Errorf("%s: %d %s, %d %s", path, one.StatusCode, a, two.StatusCode, b)
		}
	}
}

// TestBadRequestsAreRefusedAndChangeNothing sends what a stranger, a broken page or a listener on the network would.
func TestBadRequestsAreRefusedAndChangeNothing(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 12, Judges: 3})
	c := newCaller(t, h, "j001")
	w := listOf(t, h, "j001").Works[0]
	path := "/api/ballots/" + string(w.Code)
	good := []byte(`{"total":80,"mark":"m1"}`)
	header := c.header("PUT", path, good)
	wants := func(what string, status int, key string, resp *http.Response, body []byte) {
		t.Helper()
		var f struct{ Key, Text string }
		_ = json.Unmarshal(body, &f) // an empty one fails below
		if resp.StatusCode != status || f.Key != key || key != "" && f.Text == "" {
			t.Errorf("%s: %s %s", what, resp.Status, body)
		}
	}
	send := func(what string, status int, key string, method, path string, body []byte, header http.Header) {
		t.Helper()
		resp, got := c.plain(method, path, body, header)
		wants(what, status, key, resp, got)
	}
	send("no signature", 403, "room.no_pass", "PUT", path, good, nil)
	send("another body", 403, "room.no_pass", "PUT", path, []byte(`{"total":20}`), header)
	send("another path", 403, "room.no_pass", "PUT", path+"x", good, header)
	stranger := *c
	stranger.key = sign.Key{7}
	send("a foreign token", 403, "room.no_pass", "PUT", path, good, stranger.header("PUT", path, good))
	send("nonsense", 403, "room.no_pass", "PUT", path, good, http.Header{"Authorization": {"Fayi a,b,c,d,e"}})
	half := []byte(`{"total":`)
	send("half JSON", 400, "room.bad_request", "PUT", path, half, c.header("PUT", path, half))
	long := []byte(`{"comment":"` + strings.Repeat("法", 30_000) + `"}`)
	send("too long", 400, "room.too_long", "PUT", path, long, c.header("PUT", path, long))
	deep := []byte(strings.Repeat("[", 60_000))
	send("deep JSON", 400, "room.bad_request", "PUT", path, deep, c.header("PUT", path, deep))
	send("another device", 403, "room.other_device", "GET", "/api/duties", nil, func() http.Header {
		c.ask("GET", "/api/duties", nil) // binds this one
		other := *c
		other.device = strings.Repeat("e", 32)
		other.count += 50
		return other.header("GET", "/api/duties", nil)
	}())
	send("another session", 401, "room.session", "GET", "/api/duties", nil, c.headerOf(sign.Request{
		Method: "GET", Path: "/api/duties", Session: "1.abc", Count: 1, Device: c.device}))
	host := c.header("GET", "/api/duties", nil)
	host["Host"] = []string{"evil.example"}
	send("another host", 421, "", "GET", "/api/duties", nil, host)
	if b, err := h.Office.Scoring().Desk("j001").Load(t.Context(), w.Code); err != nil || b.State != judging.Open {
		t.Fatalf("now %+v, %v", b, err)
	}
	resp, body := c.plain("PUT", path, good, header)
	wants("the good one", 200, "", resp, body)
	send("the good one again", 401, "room.session", "PUT", path, good, header)
}

func TestAnAddressOfAMediumIsForOneJudgeAndOneThing(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 5, Judges: 3, Media: true})
	c := newCaller(t, h, "j001")
	_, list := c.ask("GET", "/api/duties", nil)
	a := strings.ReplaceAll(mediaAddress.FindString(string(list)), `\u0026`, "&")
	resp, _ := c.plain("GET", a, nil, nil)
	if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Cache-Control"), "private") {
		t.Fatalf("%s: %s %v", a, resp.Status, resp.Header)
	}
	tag := resp.Header.Get("ETag")
	if resp, _ := c.plain("GET", a, nil, http.Header{"If-None-Match": {tag}}); resp.StatusCode != 304 {
		t.Errorf("known, and still %s", resp.Status)
	}
	u, err := url.Parse(a)
	if err != nil {
		t.Fatal(err)
	}
	for key, v := range map[string]string{"w": "1600", "n": "1", "u": "zzzzzz", "k": "00", "s": "", "p": "2"} {
		q := u.Query()
		q.Set(key, v)
		if resp, _ := c.plain("GET", u.Path+"?"+q.Encode(), nil, nil); resp.StatusCode != 403 {
			t.Errorf("with another %s: %s", key, resp.Status)
		}
	}
	if err := h.Office.Passes().RevokePass(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	if resp, _ := c.plain("GET", a, nil, nil); resp.StatusCode != 403 {
		t.Errorf("after the pass was revoked: %s", resp.Status)
	}
}

// TestWhatBrowsersMustNotDo reads the headers of every kind of answer.
func TestWhatBrowsersMustNotDo(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 5, Judges: 3})
	c := newCaller(t, h, "j001")
	for _, path := range []string{
		"/", "/screen", "/a/none.js", "/api/names", "/api/duties", "/api/pairs", "/api/screen/wait", "/api/screen/news",
		"/media/x.jpg", "/nothing",
	} {
		resp, _ := c.plain("GET", path, nil, nil)
		p := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") ||
			resp.Header.Get("X-Content-Type-Options") != "nosniff" ||
			resp.Header.Get("Referrer-Policy") != "no-referrer" ||
			len(resp.Header["Set-Cookie"]) > 0 {
			t.Errorf("%s: %v", path, resp.Header)
		}
	}
	for _, shell := range []string{"/", "/screen"} {
		resp, _ := c.plain("GET", shell, nil, nil)
		got := resp.Header.Get("Cache-Control")
		if !strings.Contains(got, "private, max-age=86400, stale-while-revalidate") {
			t.Errorf("the shell %s is kept as %q", shell, got)
		}
	}
	cross := c.header("PUT", "/api/ballots/x", nil)
	cross["Origin"] = []string{"http://evil.example"}
	if resp, _ := c.plain("PUT", "/api/ballots/x", nil, cross); resp.StatusCode != 403 {
		t.Errorf("from another page: %s", resp.Status)
	}
}

// TestADeviceThatAsksTooOftenIsSlowedDown asks without pause.
func TestADeviceThatAsksTooOftenIsSlowedDown(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 5, Judges: 3})
	c := newCaller(t, h, "j001")
	slowed := false
	for range 400 {
		resp, _ := c.ask("GET", "/api/ballots/x", nil)
		if resp.StatusCode == 429 {
			slowed = resp.Header.Get("Retry-After") != ""
			break
		}
	}
	if !slowed {
		t.Error("400 requests at once are answered")
	}
}

// FuzzRequests sends anything at all to the room: it must not fail inside, and strangers learn nothing.
func FuzzRequests(f *testing.F) {
	h := roomtest.NewContest(f, roomtest.Contest{Works: 3, Judges: 3})
	r, err := roomtest.NewRoom(f.Context(), h.Office, "room")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("GET", "/api/duties", "Fayi a,b,1,0123456789abcdef,d", []byte("{}"))
	f.Add("POST", "/api/pairs?auth=a,b,1,0123456789abcdef,d", "", []byte(`{"left":"SF-0001","mark":1}`))
	f.Add("PUT", "/api/ballots/SF-0001?auth=a,b,1,0123456789abcdef,d", "", []byte(`{"marks":{"x":1e999}}`))
	f.Add("GET", "/media/a.jpg?c=SF-0001&n=-1&w=99999999999999999999&u=zz&k=00&s=x", "", []byte{})
	f.Add("POST", "/api/hello", "", []byte(`{"pass":[1]}`))
	r.Names = true
	f.Add("POST", "/api/enter", "", []byte(`{"public":"`+strings.Repeat("B", 43)+`","sealed":"AAAA"}`))
	f.Fuzz(func(t *testing.T, method, path, auth string, body []byte) {
		req, err := http.NewRequest(method, "http://room/", bytes.NewReader(body))
		if err != nil {
			return
		}
		u, err := url.ParseRequestURI(path)
		if err != nil || strings.HasSuffix(u.Path, "/wait") || strings.HasSuffix(u.Path, "/news") {
			return
		}
		req.URL, req.RemoteAddr = u, rand.Text()+":1"
		req.Header.Set("Authorization", auth)
		w := httptest.NewRecorder()
		r.ServeHTTP(w, req)
		if w.Code >= 500 && w.Code != http.StatusNotImplemented {
			t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	})
}
