package scoring

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
)

// fromHome scores the first works of a packet's list at another computer and returns the reply.
func fromHome(t *testing.T, path, phrase string, totals ...float64) string {
	t.Helper()
	p, err := packet.Open(t.Context(), packet.Place{File: path, Dir: t.TempDir(), Now: time.Now}, phrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	d, err := p.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, total := range totals {
		if _, err := p.Save(t.Context(), judging.Ballot{Code: d.Works[i].Code, Total: total}); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "回执"+packet.ReplyEnding)
	if err := p.WriteReply(out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPacketsAreMadeForAllAndTheirRepliesTakenIn(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh := kittest.New(t)
	p := newPacketsPage(sh, page.PapersOf(o))
	root := sh.Open(p)
	if !kittest.Shows(root, "赵一") || !kittest.Shows(root, "没有评审包") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	dir := t.TempDir()
	sh.Path = dir
	kittest.Tap(t, root, "做评审包")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "评审包", "*"+packet.Ending))
	if err != nil || len(files) != 4 || !kittest.Shows(root, "在评委手里") {
		t.Fatalf("%v, %v, %v, %q", files, err, sh.Errors, kittest.Texts(root))
	}
	slips := filepath.Join(dir, "口令.pdf")
	sh.Path = slips
	kittest.Tap(t, root, "打印口令条")
	if n := len(sh.Told); n == 0 || !strings.Contains(sh.Told[n-1].Text, "4 张") {
		t.Errorf("%+v", sh.Told)
	}

	path := filepath.Join(dir, "one"+packet.Ending)
	made, err := o.Packets().SealPacket(t.Context(), "j001", path, packets.SealOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply := fromHome(t, path, made.Passphrase, 80, 70)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code: d.Works[0].Code, Total: 65, Comment: "气韵生动",
	}); err != nil {
		t.Fatal(err)
	}
	p.Dropped([]string{reply, slips})
	for _, want := range []string{"有 1 件作品，本机和评审包里各有一份新评分", "收过，未提交", "口令.pdf"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	if told := sh.Told[len(sh.Told)-1]; !strings.Contains(told.Text, "收取 1 / 2 份回执，更新 1 件评分，1 件待定") ||
		told.Tone != look.Waiting {
		t.Errorf("%+v", told)
	}
	decide(t, o, d.Works[0].Code)
}

// decide takes the packet's score on the page of clashes.
func decide(t *testing.T, o *office.Office, code judging.WorkCode) {
	t.Helper()
	sh := kittest.New(t)
	root := sh.Open(newClashesPage(sh, page.StagesOf(o)))
	for _, want := range []string{string(code), "65 分", "80 分", "气韵生动", "本机现有", "评审包里"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	var takes []*button.Button
	for _, b := range kittest.All[*button.Button](root) {
		if kittest.Shows(b, "用这一份") {
			takes = append(takes, b)
		}
	}
	takes[1].Tapped(nil)
	if q := sh.Asked[0]; !strings.Contains(q.Text, "65 → 80") {
		t.Errorf("old and new are not shown: %q", q.Text)
	}
	if b, err := o.Scoring().Desk("j001").Load(t.Context(), code); err != nil || b.Total == 80 {
		t.Errorf("decided by one press: %+v, %v", b, err)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if !kittest.Shows(root, "都决定好了") || len(sh.Errors) > 0 {
		t.Errorf("%v, %q", sh.Errors, kittest.Texts(root))
	}
	if b, err := o.Scoring().Desk("j001").Load(t.Context(), code); err != nil || b.Total != 80 {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestPacketPagesFit(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	path := filepath.Join(t.TempDir(), "x"+packet.Ending)
	made, err := o.Packets().SealPacket(t.Context(), "j001", path, packets.SealOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply := fromHome(t, path, made.Passphrase, 80)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code: d.Works[0].Code, Total: 65, Comment: "气韵生动，章法稍乱，落款与正文不相称。",
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Packets().CollectReply(t.Context(), reply, scoring.TakeNone); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "packets", func(sh kit.Shell) kit.Page { return newPacketsPage(sh, page.PapersOf(o)) })
	pagetest.Shots(t, "clashes", func(sh kit.Shell) kit.Page { return newClashesPage(sh, page.StagesOf(o)) })
}
