package hall_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging/office/sending"
	"fayi/judging/room/roomtest"
	served "fayi/judging/sending"
)

// TestUnitsSendToContestsOfAHall sends to one of two contests: the other one's links open nothing there, an address
// without a contest answers as it does to who has no link, and judges' routes and units' know nothing of each other.
func TestUnitsSendToContestsOfAHall(t *testing.T) {
	folder := t.TempDir()
	judges := contests(t, folder, "甲.fayi", "乙.fayi")
	links := map[string]string{}
	for _, name := range []string{"甲.fayi", "乙.fayi"} {
		o, err := roomtest.Reopen(t.Context(), filepath.Join(folder, name))
		must(t, err)
		issued, err := o.Sending().IssueLinks(t.Context(), []string{"示例小学"})
		must(t, err)
		_, err = o.Sending().OpenSending(t.Context(), sending.OpenRequest{})
		must(t, err)
		links[name] = issued[0].Token
		must(t, o.Close())
	}
	h := open(t, folder, nil)
	at := strings.TrimPrefix(h.row("甲.fayi").Address, h.at) + "/send"
	bearer := func(token string) []string {
		return []string{"Authorization", "Bearer " + token, "Tus-Resumable", "1.0.0"}
	}
	if code, header, page := h.get("GET", at+"/", ""); code != 200 || !strings.Contains(page, "报送助手") ||
		!strings.Contains(header.Get("Content-Security-Policy"), "connect-src 'self'") {
		t.Errorf("the page: %d %v", code, header)
	}
	if code, header, _ := h.get("GET", at, ""); code != http.StatusMovedPermanently ||
		header.Get("Location") != at+"/" {
		t.Errorf("without a slash: %d %v", code, header)
	}
	wrongCode, wrongHeader, wrong := h.get("GET", at+"/api/call", "", bearer(links["乙.fayi"])...)
	noneCode, noneHeader, none := h.get("GET", "/c/abcdefghijkl/send/api/call", "", bearer(links["甲.fayi"])...)
	if wrongCode != 403 || wrongCode != noneCode || wrong != none {
		t.Errorf("another contest's link: %d %s; no contest: %d %s", wrongCode, wrong, noneCode, none)
	}
	if a, b := wrongHeader.Get("Content-Type"), noneHeader.Get("Content-Type"); a != b {
		t.Errorf("%s, %s", a, b)
	}
	if code, _, _ := h.get("GET", at+"/api/call", "", bearer(judges["甲.fayi"]["j001"])...); code != 403 {
		t.Errorf("a judge's token: %d", code)
	}
	if code, _, _ := h.get("GET", strings.TrimSuffix(at, "/send")+"/api/duties", "",
		bearer(links["甲.fayi"])...); code != 403 {
		t.Errorf("a unit's token for judges: %d", code)
	}
	list := "作品名称,作品类别,组别,作者\n法治春风,书法,小学组,新某\n"
	sum := sha256.Sum256([]byte(list))
	b64 := base64.StdEncoding.EncodeToString
	code, header, body := h.get("POST", at+"/api/files/", "", append(bearer(links["甲.fayi"]),
		"Upload-Length", fmt.Sprint(len(list)), "Upload-Metadata",
		"filename "+b64([]byte("登记表.csv"))+",sha256 "+b64([]byte(hex.EncodeToString(sum[:]))))...)
	file := header.Get("Location")
	if code != 201 || !strings.HasPrefix(file, at+"/api/files/") {
		t.Fatalf("%d %v %s", code, header, body)
	}
	code, _, body = h.get("PATCH", file, list, append(bearer(links["甲.fayi"]), "Upload-Offset", "0",
		"Content-Type", "application/offset+octet-stream")...)
	if code != 204 {
		t.Fatalf("%d %s", code, body)
	}
	id := file[strings.LastIndex(file, "/")+1:]
	eventually(t, "the list arrives", func() bool {
		_, _, body := h.get("GET", at+"/api/sent/"+id, "", bearer(links["甲.fayi"])...)
		return decoded[served.Sent](t, body).State == "waiting"
	})
	h.end()
	for name, want := range map[string]int{"甲.fayi": 1, "乙.fayi": 0} {
		o, err := roomtest.Reopen(t.Context(), filepath.Join(folder, name))
		must(t, err)
		s, err := o.Sending().Standing(t.Context())
		if must(t, err); len(s.Deliveries) != want {
			t.Errorf("%s has %+v", name, s.Deliveries)
		}
		must(t, o.Close())
	}
}
