package host_test

import (
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/host"
	"fayi/judging/room/roomtest"
)

func open(t *testing.T, h *roomtest.House, addr string) (*host.Host, assets.Text, error) {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	room, err := host.Open(t.Context(), h.Office, host.Config{Addr: addr, Random: rand.Reader, Now: time.Now,
		Cache: os.TempDir(), Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		}})
	return room, texts.In("zh-Hans"), err
}

func TestTheOrganiserSeesWhoIsHere(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 6, Judges: 3})
	r, text, err := open(t, h, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	issued, err := h.Office.Passes().IssuePasses(t.Context(), []judging.JudgeID{"j001", "j002"})
	if err != nil {
		t.Fatal(err)
	}
	slips := filepath.Join(t.TempDir(), "slips.pdf")
	if err := r.WriteSlips(t.Context(), slips, issued, text.T); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(slips); err != nil || info.Size() < 5000 {
		t.Errorf("slips: %v, %v", info, err)
	}
	c, err := client.Open(http.DefaultClient, r.Link(issued[0].Token), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := in.Works[0]
	if _, err := c.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
	rows, err := r.Rows(t.Context())
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if one := rows[0]; one.Kind != "program" || one.Done != 1 || one.Total != len(in.Works) || one.Seen.IsZero() {
		t.Errorf("the judge who is here: %+v", one)
	}
	if two := rows[1]; !two.Bound.IsZero() || !two.Seen.IsZero() || two.Issued.IsZero() {
		t.Errorf("the judge who is not: %+v", two)
	}
	if r.Ended() {
		t.Error("it has ended by itself")
	}
	left, err := r.Close()
	if err != nil || len(left) != 0 {
		t.Errorf("closed with %v, %v", left, err)
	}
	if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("after it was closed: %v", err)
	}
}

func TestAPortThatIsTakenIsSaid(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	one, text, err := open(t, h, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	_, _, err = open(t, h, strings.TrimPrefix(one.Address, "http://"))
	if judging.CodeOf(err) != judging.Busy || !strings.Contains(text.Err(err), "占用") {
		t.Errorf("the port is taken: %v", err)
	}
	_, _, err = open(t, h, "203.0.113.250:0")
	if judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("an address of another computer: %v", err)
	}
}
