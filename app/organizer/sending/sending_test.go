package sending

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/assets"
	"fayi/judging/office"
	deliveries "fayi/judging/office/sending"
)

func newKeeper(t *testing.T) *Keeper {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	k := NewKeeper(Config{Texts: texts, Now: time.Now,
		Awake: func(context.Context, string) (func(), error) { return func() {}, nil }})
	t.Cleanup(func() { _ = k.Close() })
	return k
}

// arrives brings a list as a unit sends it.
func arrives(t *testing.T, o *office.Office, text string) {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	_, err := deliveries.DoorOf(o.Sending()).Keep(t.Context(), deliveries.Delivery{
		Unit: "示例镇", Name: "登记表.csv", Bytes: int64(len(text)), Sum: hex.EncodeToString(sum[:]),
		Kind: deliveries.Workbook}, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
}

const (
	oneList   = "作品名称,作品类别,组别,作者\n与法同行,书法,小学组,甲某\n"
	otherList = "作品名称,作品类别,组别,作者\n法在身边,书法,小学组,乙某\n"
)

func TestSendingIsOpenedLinkedTakenAndClosedInTheWindow(t *testing.T) {
	o, k := pagetest.WithWorks(t, 3), newKeeper(t)
	sh, p, root := pagetest.Open(t, func(sh kit.Shell) *sendingPage { return NewPage(sh, k, o).(*sendingPage) })
	if !kittest.Shows(root, "没有开放") {
		t.Errorf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "开放报送…")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	at, local := k.address()
	if !local || !strings.HasPrefix(at, "http://") || !kittest.Shows(root, "已经开放") {
		t.Fatalf("%s %q %v", at, kittest.Texts(root), sh.Errors)
	}
	p.issue([]string{"示例镇"})
	link := k.link("示例镇")
	if !strings.HasPrefix(link, at+"/#") || !kittest.Shows(root, "复制链接") {
		t.Errorf("%s %q", link, kittest.Texts(root))
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", at+"/api/call", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+link[strings.Index(link, "#")+1:])
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusOK {
		t.Errorf("the link opens nothing: %d", resp.StatusCode)
	}
	arrives(t, o, oneList)
	arrives(t, o, otherList)
	p.Load()
	if !kittest.Shows(root, "待收 2 份") {
		t.Errorf("%q", kittest.Texts(root))
	}
	for _, d := range p.got.Deliveries {
		if d.ID == "s001" {
			p.look(d)
		}
	}
	if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "新增 1 件") {
		t.Errorf("%q", q.Text)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	s, err := o.Sending().Standing(t.Context())
	if err != nil || s.Count(deliveries.Taken) != 1 || s.Count(deliveries.Waiting) != 1 {
		t.Errorf("%+v %v", s, err)
	}
	kittest.Tap(t, root, "停止报送")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if !kittest.Shows(root, "没有开放") || len(sh.Errors) > 0 {
		t.Errorf("%q %v", kittest.Texts(root), sh.Errors)
	}
}

func TestThePageOfSendingFits(t *testing.T) {
	o, k := pagetest.WithWorks(t, 3), newKeeper(t)
	issued, err := o.Sending().IssueLinks(t.Context(), []string{"示例镇", "示例县第一小学", "示例县人民法院普法办公室"})
	if err != nil {
		t.Fatal(err)
	}
	k.of(o)
	k.know(issued)
	k.setAt("https://fayi.example.cn/c/k3v9x7q2m4pa/send")
	until := time.Now().AddDate(100, 0, 0)
	if _, err := o.Sending().OpenSending(t.Context(), deliveries.OpenRequest{Until: until}); err != nil {
		t.Fatal(err)
	}
	arrives(t, o, oneList)
	arrives(t, o, otherList)
	pagetest.Shots(t, "sending", func(sh kit.Shell) kit.Page { return NewPage(sh, k, o) })
}

func TestPosterSlipsAndKitsAreWrittenFromTheWindow(t *testing.T) {
	o, k := pagetest.WithWorks(t, 3), newKeeper(t)
	sh, p, _ := pagetest.Open(t, func(sh kit.Shell) *sendingPage { return NewPage(sh, k, o).(*sendingPage) })
	sh.Path = filepath.Join(t.TempDir(), "海报.pdf")
	p.onPoster(false)
	p.onSlips()
	if len(sh.Told) != 2 || len(sh.Asked) > 0 {
		t.Errorf("nobody knows where works are sent, and it was not said: %+v", sh.Told)
	}
	issued, err := o.Sending().IssueLinks(t.Context(), []string{"示例镇", "示例县第一小学"})
	if err != nil {
		t.Fatal(err)
	}
	k.of(o)
	k.know(issued)
	k.setAt("https://fayi.example.cn/c/abc/send")
	p.Load()
	p.onPoster(true)
	if len(sh.Asked) != 1 || !strings.Contains(sh.Asked[0].Text, "没有开放公开查看") {
		t.Fatalf("%+v", sh.Asked)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(sh.Path); err != nil {
		t.Error(err)
	}
	sh.Path = filepath.Join(t.TempDir(), "链接条.pdf")
	p.onSlips()
	if _, err := os.Stat(sh.Path); err != nil || len(sh.Errors) > 0 {
		t.Errorf("%v %v", err, sh.Errors)
	}
}
