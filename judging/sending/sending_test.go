package sending_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	stage "fayi/judging/office/sending"
	"fayi/judging/parcel"
)

const patience = 2 * time.Minute

func TestWhatIsSentWaitsForTheOrganiserAndIsTakenAsItIs(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	c := h.client(school)
	data := h.pack(school, 1, nil, 3000, 70_000)
	s := c.settled(c.upload("报送包-示例县第一小学-第1次.zip", data), patience)
	if s.State != "waiting" || s.Number != "s001" || s.Works != 2 || s.Files != 2 || s.Sum != sumOf(data) {
		t.Fatalf("%+v", s)
	}
	works, err := h.office.Works(t.Context(), office.WorkFilter{})
	mediatest.Must(t, err)
	if len(works) != 0 {
		t.Fatal("works came in without the organiser")
	}
	if theirs := h.client(other).sent(); len(theirs) != 0 {
		t.Errorf("another unit sees %+v", theirs)
	}
	if _, err := h.office.Sending().TakeDelivery(t.Context(), "s001", true, nil); err != nil {
		t.Fatal(err)
	}
	r, err := h.office.Sending().TakeDelivery(t.Context(), "s001", false, nil)
	mediatest.Must(t, err)
	if r.Parcel.Unit != school || r.Parcel.Accepted != 2 || len(r.Parcel.Sources) != 1 ||
		r.Parcel.Sources[0] != "报送包-示例县第一小学-第1次.zip" {
		t.Errorf("%+v", r.Parcel)
	}
	if own := c.sent(); len(own) != 1 || own[0].State != "taken" {
		t.Errorf("%+v", own)
	}
	if a := c.create("b.zip", sumOf(data), int64(len(data))); a.status != http.StatusConflict ||
		!strings.Contains(a.text(), "s001") {
		t.Errorf("the same once more: %d %s", a.status, a.body)
	}
	free, err := h.office.Sending().ClearDeliveries(t.Context(), false)
	if err != nil || free.Bytes != int64(len(data)) {
		t.Errorf("%+v %v", free, err)
	}
	if report, err := h.office.CheckContest(t.Context(), "", nil); err != nil {
		t.Errorf("%+v %v", report, err)
	}
}

// TestWhatCanNotBeTakenIsRefusedInWords tries what may be sent by mistake or on purpose. Each is refused with a
// sentence, at once or after it has arrived; nothing reaches the contest.
func TestWhatCanNotBeTakenIsRefusedInWords(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{Most: 64 << 20})
	h.serve()
	c := h.client(school)
	good := h.pack(school, 1, nil, 3000)
	sum := sumOf(good)
	atOnce := map[string]struct {
		with   client
		name   string
		sum    string
		size   int64
		status int
		words  string
	}{
		"no link":          {client{t: t, at: h.at, token: ""}, "a.zip", sum, 10, 403, "链接不能用"},
		"a made-up link":   {client{t: t, at: h.at, token: "AAAAAAAAAAAAAAAAAAAAAA"}, "a.zip", sum, 10, 403, "链接不能用"},
		"a huge token":     {client{t: t, at: h.at, token: strings.Repeat("A", 5000)}, "a.zip", sum, 10, 403, "链接不能用"},
		"a film of 4 GB":   {c, "影片.mp4", sum, 4 << 30, 400, "不收“影片.mp4”"},
		"a large parcel":   {c, "大.zip", sum, 4<<30 + 1, 400, "4096 MB，一次最多报送 64 MB"},
		"nothing":          {c, "空.zip", sum, 0, 400, "空文件"},
		"no sum":           {c, "a.zip", "", 10, 400, "不完整"},
		"a sum that is no": {c, "a.zip", strings.Repeat("g", 64), 10, 400, "不完整"},
		"no name":          {c, "", sum, 10, 400, "不收"},
		"a program":        {c, "报送.zip.exe", sum, 10, 400, "不收"},
	}
	for what, x := range atOnce {
		a := x.with.create(x.name, x.sum, x.size)
		if a.status != x.status || !strings.Contains(a.text(), x.words) {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	cut := good[:len(good)-30]
	book := []byte("作品名称,作品类别\n与法同行,书法\n")
	arrived := map[string]struct {
		name, words string
		data        []byte
	}{
		"cut off":         {"断.zip", "不完整或打不开", cut},
		"of another unit": {"别.zip", "“示例县文化馆”", h.pack(other, 1, nil, 100)},
		"of another contest": {"外.zip", "另一次征集（2026年甲县法治作品征集）", h.pack(school, 1, func(m *parcel.Manifest) {
			m.Contest = "0011223344556677"
		}, 100)},
		"a zip without a manifest": {"照片.zip", "不是报送助手打的包", zipOf(t, "a.txt", "甲")},
		"a file altered":           {"改.zip", "缺失或已损坏", altered(good)},
		"a part of three": {"一.zip", "分成了 3 个包", h.pack(school, 1, func(m *parcel.Manifest) {
			m.Parts = 3
		}, 100)},
		"no zip at all":          {"假.xlsx", "打不开", []byte("\x89PNG\r\n\x1a\nnothing")},
		"a manifest of no sense": {"乱.zip", "不是报送助手", zipOf(t, parcel.ManifestName, `{"parcel": 1}`)},
		"a file out of its folder": {"逃.zip", "不是报送助手", h.pack(school, 1, func(m *parcel.Manifest) {
			m.Works[0].Files[0].Name = "../../x.jpg"
		}, 100)},
	}
	for what, x := range arrived {
		s := c.settled(c.upload(x.name, x.data), patience)
		if s.State != "refused" || s.Text == "" || !strings.Contains(s.Text, x.words) ||
			strings.Contains(s.Text, "<no value>") {
			t.Errorf("%s: %+v", what, s)
		}
	}
	if len(h.deliveries()) != 0 {
		t.Errorf("the contest has %+v", h.deliveries())
	}
	if s := c.settled(c.upload("登记表.csv", book), patience); s.State != "waiting" {
		t.Errorf("a list: %+v", s)
	}
	wrong := c.create("错.zip", strings.Repeat("0", 64), int64(len(good)))
	at := wrong.header.Get("Location")
	_, err := c.patch(at, 0, bytes.NewReader(good))
	mediatest.Must(t, err)
	s := c.settled(at[strings.LastIndex(at, "/")+1:], patience)
	if s.State != "refused" || !strings.Contains(s.Text, "校验不符") {
		t.Errorf("a wrong sum: %+v", s)
	}
}

func zipOf(t *testing.T, name, text string) []byte {
	t.Helper()
	return mediatest.MakeZip(t, mediatest.Item{Name: name, Body: text})
}

// altered changes one byte of the last file of a zip of stored files.
func altered(z []byte) []byte {
	out := bytes.Clone(z)
	at := bytes.LastIndex(out, []byte("PK\x03\x04")) + 30 + len("作品/001.jpg") + 40
	out[at] ^= 1
	return out
}

// TestNamesOfFilesAreOnlyNames sends whatever a name may be made of; each stays below the folder of its half, and comes
// back as something that a person can read.
func TestNamesOfFilesAreOnlyNames(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	for _, name := range []string{
		"../../../etc/passwd.zip", `..\..\x.zip`, "C:\\Windows\\x.zip", "a\x00b.zip", "CON.zip", "\u202egnp.zip",
		"/.zip", "note.json.zip", strings.Repeat("长", 300) + ".zip", "<script>alert(1)</script>.zip",
		"\xff\xfe.zip", " . .zip",
	} {
		c := h.client(school)
		a := c.create(name, sumOf([]byte(name)), 10)
		if a.status != http.StatusCreated {
			t.Errorf("%q: %d %s", name, a.status, a.body)
			continue
		}
		for _, s := range c.sent() {
			if strings.ContainsAny(s.Name, "/\\\x00<>:\u202e") || s.Name == "" || len(s.Name) > 200 ||
				strings.HasPrefix(s.Name, ".") || s.Name == "note.json" {
				t.Errorf("%q is kept as %q", name, s.Name)
			}
		}
		if a := c.must("DELETE", a.header.Get("Location"), nil, nil); a.status != http.StatusNoContent {
			t.Errorf("given up: %d %s", a.status, a.body)
		}
	}
	for _, bad := range []string{
		"filename", "filename !!!", ",,,", "filename  ,sha256 a", strings.Repeat("a b,", 2000),
	} {
		c := h.client(school)
		a := c.must("POST", "/api/files/", nil, map[string]string{"Upload-Length": "5", "Upload-Metadata": bad})
		if a.status < 400 || a.status >= 500 || a.text() == "" {
			t.Errorf("%.20q: %d %s", bad, a.status, a.body)
		}
	}
}

// TestAUnitSeesOnlyItsOwn tries each route with the token of another unit.
func TestAUnitSeesOnlyItsOwn(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	own, stranger := h.client(school), h.client(other)
	data := h.pack(school, 1, nil, 5000)
	at := own.create("a.zip", sumOf(data), int64(len(data))).header.Get("Location")
	id := at[strings.LastIndex(at, "/")+1:]
	for _, x := range []struct{ method, path string }{
		{"HEAD", at}, {"PATCH", at}, {"DELETE", at}, {"GET", "/api/sent/" + id}, {"GET", at},
	} {
		a := stranger.must(x.method, x.path, strings.NewReader("x"), map[string]string{
			"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})
		if a.status != 404 && a.status != 405 {
			t.Errorf("%s %s: %d %s", x.method, x.path, a.status, a.body)
		}
	}
	if n, err := own.offset(at); n != 0 || err != nil {
		t.Errorf("a stranger wrote %d, %v", n, err)
	}
	none := client{t: t, at: h.at, token: ""}
	for _, path := range []string{"/api/call", "/api/sent"} {
		if a := none.must("GET", path, nil, nil); a.status != 403 || bytes.Contains(a.body, []byte("甲县")) {
			t.Errorf("without a link: %d %s", a.status, a.body)
		}
	}
	_, err := h.office.Sending().OpenSending(t.Context(), stage.OpenRequest{Public: true})
	mediatest.Must(t, err)
	a := none.must("GET", "/api/call", nil, nil)
	if a.status != 200 || !bytes.Contains(a.body, []byte("书法")) || bytes.Contains(a.body, []byte(school)) {
		t.Errorf("what is published: %d %s", a.status, a.body)
	}
	if a := none.create("a.zip", sumOf(data), 10); a.status != 403 {
		t.Errorf("who has no link sends: %d", a.status)
	}
	fresh, err := h.office.Sending().IssueLinks(t.Context(), []string{school})
	mediatest.Must(t, err)
	if a := own.must("GET", "/api/sent", nil, nil); a.status != 403 {
		t.Errorf("the link before: %d", a.status)
	}
	if a := (client{t: t, at: h.at, token: fresh[0].Token}).must("HEAD", at, nil, nil); a.status != 200 {
		t.Errorf("what was begun is gone with the link: %d", a.status)
	}
	for _, path := range []string{"/api/duties", "/api/hello", "/screen", "/media/x", "/api/names"} {
		if a := own.must("GET", path, nil, nil); a.status != 404 && a.status != 405 {
			t.Errorf("a route of judges: %s %d", path, a.status)
		}
	}
}

// TestNoUnitFillsTheDisk begins more than there is room for.
func TestNoUnitFillsTheDisk(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	left := int64(5 << 30)
	h.free = func(string) (int64, error) { return left, nil }
	h.serve()
	c := h.client(school)
	if a := c.create("大.zip", sumOf([]byte("1")), 1<<30); a.status != 507 || !strings.Contains(a.text(), "空间不够") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := c.create("a.zip", sumOf([]byte("2")), 300<<20); a.status != 201 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.client(other).create("b.zip", sumOf([]byte("3")), 300<<20); a.status != 507 {
		t.Errorf("what another has begun was not counted: %d %s", a.status, a.body)
	}
	left = 1 << 40
	for n := range 3 {
		if a := c.create(fmt.Sprintf("c%d.zip", n), sumOf([]byte{9, byte(n)}), 100); a.status != 201 {
			t.Errorf("%d: %d %s", n, a.status, a.body)
		}
	}
	if a := c.create("e.zip", sumOf([]byte("5")), 100); a.status != 429 || !strings.Contains(a.text(), "正在报送") {
		t.Errorf("a fifth at once: %d %s", a.status, a.body)
	}
	// the disk fills while something is under way: what was written stays, and goes on when there is room again
	at := c.sent()[0]
	left = 1 << 30
	a, err := c.patch("/api/files/"+at.ID, 0, bytes.NewReader(make([]byte, at.Bytes)))
	if err != nil || a.status != 507 || a.text() == "" {
		t.Errorf("%v %d %s", err, a.status, a.body)
	}
}

// TestTwoDevicesOfAUnitSendTheSameFile lets both send all the time: one has to wait, both end with the same.
func TestTwoDevicesOfAUnitSendTheSameFile(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	data := h.pack(school, 1, nil, 2<<20)
	at := h.client(school).create("a.zip", sumOf(data), int64(len(data))).header.Get("Location")
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			c := h.client(school)
			for end := time.Now().Add(patience); time.Now().Before(end); {
				offset, err := c.offset(at)
				if err != nil {
					continue // the library ends a request by ending its connection, of which another may come
				}
				if offset == int64(len(data)) {
					return
				}
				piece := data[offset:min(int(offset)+100_000, len(data))]
				_, _ = c.patch(at, offset, bytes.NewReader(piece)) // the other one may have been first
			}
		})
	}
	both.Wait()
	id := at[strings.LastIndex(at, "/")+1:]
	if s := h.client(school).settled(id, patience); s.State != "waiting" || s.Sum != sumOf(data) {
		t.Errorf("%+v", s)
	}
	if all := h.deliveries(); len(all) != 1 {
		t.Errorf("%+v", all)
	}
}

func TestNothingNewIsBegunOnceItIsClosed(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	c := h.client(school)
	data := h.pack(school, 1, nil, 5000)
	at := c.create("a.zip", sumOf(data), int64(len(data))).header.Get("Location")
	_, err := h.office.Sending().CloseSending(t.Context())
	mediatest.Must(t, err)
	if a := c.create("b.zip", sumOf([]byte("b")), 10); a.status != 403 || !strings.Contains(a.text(), "不收新的") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a, err := c.patch(at, 0, bytes.NewReader(data)); err != nil || a.status != 204 {
		t.Errorf("what was begun: %v %d %s", err, a.status, a.body)
	}
	if s := c.settled(at[strings.LastIndex(at, "/")+1:], patience); s.State != "waiting" {
		t.Errorf("%+v", s)
	}
	_, err = h.office.Sending().RefuseDelivery(t.Context(), "s001", "少了监护人同意书")
	mediatest.Must(t, err)
	if own := c.sent(); len(own) != 1 || own[0].Text != "少了监护人同意书" {
		t.Errorf("%+v", own)
	}
}

// TestThePageIsTheSameForAll wants nothing of a contest in the page, and only what it needs allowed.
func TestThePageIsTheSameForAll(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	a := client{t: t, at: h.at, token: ""}.must("GET", "/", nil, nil)
	if a.status != 200 || bytes.Contains(a.body, []byte("甲县")) {
		t.Errorf("%d", a.status)
	}
	policy := a.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'self'") ||
		strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", h.at+"/api/call", nil)
	mediatest.Must(t, err)
	r.Host = "evil.example"
	resp, err := http.DefaultClient.Do(r)
	mediatest.Must(t, err)
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name: %d", resp.StatusCode)
	}
	var doc any
	body, _ := io.ReadAll(resp.Body)
	if json.Unmarshal(body, &doc) == nil {
		t.Error("it says something")
	}
}
