package sending_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/assets/rubrics"
	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	stage "fayi/judging/office/sending"
	"fayi/judging/parcel"
	"fayi/judging/room/lan"
	"fayi/judging/sending"
	"fayi/judging/store/bolt"
)

const (
	school = "示例县第一小学"
	other  = "示例县文化馆"
)

// house is a contest to which units send.
type house struct {
	t      testing.TB
	dir    string
	office *office.Office
	tokens map[string]string
	at     string // "http://192.0.2.1:1234"
	end    func()
	free   func(string) (int64, error)
}

func config(dir string) office.Config {
	return office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser", Cache: os.TempDir()}
}

// newHouse makes a contest with two units that have links, open for sending.
func newHouse(t testing.TB, req stage.OpenRequest) *house {
	t.Helper()
	h := &house{t: t, dir: filepath.Join(t.TempDir(), "甲.fayi"), tokens: map[string]string{}, end: func() {}}
	cfg := config(h.dir)
	var err error
	cfg.DB, cfg.Blobs, err = bolt.Create(h.dir)
	mediatest.Must(t, err)
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	mediatest.Must(t, err)
	h.office, err = office.Create(t.Context(), cfg, "2026年甲县法治作品征集", "甲县司法局", r)
	mediatest.Must(t, err)
	t.Cleanup(func() { h.end(); _ = h.office.Close() })
	issued, err := h.office.Sending().IssueLinks(t.Context(), []string{school, other})
	mediatest.Must(t, err)
	for _, i := range issued {
		h.tokens[i.Unit] = i.Token
	}
	_, err = h.office.Sending().OpenSending(t.Context(), req)
	mediatest.Must(t, err)
	return h
}

// networkHost is an address of this computer that is not its loopback: browsers take that for a secure place.
func networkHost(t testing.TB) string {
	t.Helper()
	all, err := lan.Addresses()
	mediatest.Must(t, err)
	if len(all) == 0 {
		t.Skip("NOT TESTED: this computer has no network address, and on the loopback a browser behaves differently")
	}
	return all[0].IP
}

func words(t testing.TB) func(lang string) sending.Words {
	t.Helper()
	all, err := assets.Load()
	mediatest.Must(t, err)
	return func(lang string) sending.Words {
		if lang == "" {
			lang = "zh-Hans"
		}
		return all.In(lang)
	}
}

// serve serves the contest; more are hosts under which it may be asked, too: those of proxies.
func (h *house) serve(more ...string) {
	h.t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(networkHost(h.t), "0"))
	mediatest.Must(h.t, err)
	s, err := sending.New(sending.Config{
		Door: stage.DoorOf(h.office.Sending()), Dir: filepath.Join(h.dir, "sending"), Text: words(h.t),
		Random: rand.Reader,
		Now:    time.Now, Hosts: append(more, l.Addr().String()), Free: h.free,
	})
	mediatest.Must(h.t, err)
	ctx, end := context.WithCancel(context.Background())
	srv, ended := s.HTTP(), make(chan struct{}, 2)
	go func() { s.Run(ctx); ended <- struct{}{} }()
	go func() { _ = srv.Serve(l); ended <- struct{}{} }()
	h.at = "http://" + l.Addr().String()
	h.end = func() {
		end()
		_ = srv.Close()
		<-ended
		<-ended
		h.end = func() {}
	}
}

// client is a plain client of the protocol: nothing of the page or of the server's library is in it.
type client struct {
	t     testing.TB
	at    string
	token string
	lang  string // of the answers

	through string // the address of what stands in between, "" for nothing
}

func (h *house) client(unit string) client { return client{t: h.t, at: h.at, token: h.tokens[unit]} }

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// text is the sentence of an error.
func (a answer) text() string {
	var f struct{ Text string }
	_ = json.Unmarshal(a.body, &f) // no sentence where it is not one
	return f.Text
}

func (c client) ask(method, path string, body io.Reader, header map[string]string) (answer, error) {
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.at+path, body)
	mediatest.Must(c.t, err)
	r.Header.Set("Tus-Resumable", "1.0.0")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.lang != "" {
		r.Header.Set("Accept-Language", c.lang)
	}
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if c.through != "" {
		r.URL.Host, r.Host = c.through, strings.TrimPrefix(c.at, "http://")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, data}, err
}

func (c client) must(method, path string, body io.Reader, header map[string]string) answer {
	c.t.Helper()
	a, err := c.ask(method, path, body, header)
	mediatest.Must(c.t, err)
	return a
}

func metadata(name, sum string) string {
	b64 := base64.StdEncoding.EncodeToString
	return "filename " + b64([]byte(name)) + ",sha256 " + b64([]byte(sum))
}

// create begins a file.
func (c client) create(name, sum string, size int64) answer {
	c.t.Helper()
	return c.must("POST", "/api/files/", nil, map[string]string{
		"Upload-Length": strconv.FormatInt(size, 10), "Upload-Metadata": metadata(name, sum)})
}

// offset asks how much of a file is there.
func (c client) offset(at string) (int64, error) {
	a, err := c.ask("HEAD", at, nil, nil)
	if err != nil {
		return 0, err
	}
	if a.status != http.StatusOK {
		return 0, fmt.Errorf("HEAD: %d", a.status)
	}
	n, err := strconv.ParseInt(a.header.Get("Upload-Offset"), 10, 64)
	if err != nil {
		err = fmt.Errorf("HEAD: %d %v %s", a.status, a.header, a.body)
	}
	return n, err
}

func (c client) patch(at string, offset int64, body io.Reader) (answer, error) {
	return c.ask("PATCH", at, body, map[string]string{
		"Upload-Offset": strconv.FormatInt(offset, 10), "Content-Type": "application/offset+octet-stream"})
}

// upload sends all in one piece and returns the identity.
func (c client) upload(name string, data []byte) string {
	c.t.Helper()
	a := c.create(name, sumOf(data), int64(len(data)))
	if a.status != http.StatusCreated {
		c.t.Fatalf("%d %s", a.status, a.body)
	}
	at := a.header.Get("Location")
	if a, err := c.patch(at, 0, bytes.NewReader(data)); err != nil || a.status != http.StatusNoContent {
		c.t.Fatalf("%v %d %s", err, a.status, a.body)
	}
	return at[strings.LastIndex(at, "/")+1:]
}

// settled waits until something was decided on a file.
func (c client) settled(id string, most time.Duration) sending.Sent {
	c.t.Helper()
	for end := time.Now().Add(most); ; time.Sleep(20 * time.Millisecond) {
		a := c.must("GET", "/api/sent/"+id, nil, nil)
		var s sending.Sent
		if a.status != http.StatusOK || json.Unmarshal(a.body, &s) != nil {
			c.t.Fatalf("%d %s", a.status, a.body)
		}
		if s.State != "checking" && s.State != "receiving" {
			return s
		}
		if time.Now().After(end) {
			c.t.Fatalf("still %+v", s)
		}
	}
}

func (c client) sent() (out []sending.Sent) {
	c.t.Helper()
	a := c.must("GET", "/api/sent", nil, nil)
	if a.status != http.StatusOK || json.Unmarshal(a.body, &out) != nil {
		c.t.Fatalf("%d %s", a.status, a.body)
	}
	return out
}

func sumOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// pack makes a parcel of one work for each of the sizes, as the page would.
func (h *house) pack(unit string, edition int, change func(*parcel.Manifest), sizes ...int) []byte {
	h.t.Helper()
	var out bytes.Buffer
	h.packTo(&out, unit, edition, change, sizes...)
	return out.Bytes()
}

// filler gives n bytes that no compression helps, the same for the same seed.
type filler struct{ state, left uint64 }

// Read implements io.Reader.
func (f *filler) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(uint64(len(p)), f.left)
	for i := range p[:n] {
		f.state = f.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(f.state >> 56)
	}
	f.left -= n
	return int(n), nil
}

func (h *house) packTo(w io.Writer, unit string, edition int, change func(*parcel.Manifest), sizes ...int) {
	h.t.Helper()
	c, err := h.office.Contest(h.t.Context())
	mediatest.Must(h.t, err)
	r, err := h.office.Rules(h.t.Context())
	mediatest.Must(h.t, err)
	m := parcel.Manifest{Format: 1, ID: sumOf([]byte(unit))[:16], Edition: edition, Part: 1, Parts: 1,
		Contest: parcel.Key(c), ContestName: c.Name, RulesVersion: r.Version, RulesHash: r.Hash(), Unit: unit,
		Contact: "周", Phone: "1"}
	for n, size := range sizes {
		sum := sha256.New()
		_, _ = io.Copy(sum, &filler{uint64(n + 1), uint64(size)}) // neither fails
		m.Works = append(m.Works, parcel.Work{Row: n + 1, Title: fmt.Sprint("作品", n+1), Category: "书法", Group: "小学组",
			Authors: []string{"甲"}, Files: []parcel.File{{Name: fmt.Sprintf("作品/%03d.jpg", n+1), Was: "a.jpg",
				Bytes: int64(size), Sum: hex.EncodeToString(sum.Sum(nil)), Part: 1}}})
	}
	if change != nil {
		change(&m)
	}
	z := zip.NewWriter(w)
	add := func(name string, body io.Reader) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		mediatest.Must(h.t, err)
		_, err = io.Copy(f, body)
		mediatest.Must(h.t, err)
	}
	note, err := json.Marshal(m)
	mediatest.Must(h.t, err)
	add(parcel.ManifestName, bytes.NewReader(note))
	for n, size := range sizes {
		add(fmt.Sprintf("作品/%03d.jpg", n+1), &filler{uint64(n + 1), uint64(size)})
	}
	mediatest.Must(h.t, z.Close())
}

func (h *house) deliveries() []stage.Delivery {
	h.t.Helper()
	s, err := h.office.Sending().Standing(h.t.Context())
	mediatest.Must(h.t, err)
	return s.Deliveries
}
