package collect

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/arrival"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

func wrote(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// asked is a contest with works and a list of units, of which some have sent nothing.
func asked(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.WithWorks(t, 6)
	list := wrote(t, "单位.csv", "单位名称,类型,联系人,电话,限报数\n单位1,学校,佟某,13800138000,5\n示例镇,乡镇,乔某,13800138001,\n"+
		"示例县第二小学,学校,,,\n")
	if _, err := o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: list}); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAParcelIsLookedAtAndTakenInTheWindow(t *testing.T) {
	o := asked(t)
	sh, _, root := pagetest.Open(t, func(sh kit.Shell) *inboxPage { return newInboxPage(sh, o.Collect(), o.Dir()) })
	if !kittest.Shows(root, "示例镇") || !kittest.Shows(root, "未报送") || !kittest.Shows(root, "还没有来件") {
		t.Errorf("%q", kittest.Texts(root))
	}
	sh.Path = wrote(t, "示例镇.csv", "报送单位：示例镇,,,\n作品名称,作品类别,组别,作者\n与法同行,书法,小学组,甲某\n")
	kittest.Tap(t, root, "收下来件")
	if len(sh.Asked) != 1 {
		t.Fatalf("%d questions, %v", len(sh.Asked), sh.Errors)
	}
	if q := sh.Asked[0]; !strings.Contains(q.Text, "新增 1 件") || !kittest.Shows(sh.Put(q.Content), "在单位名单里") {
		t.Errorf("%q %q", q.Text, kittest.Texts(q.Content))
	}
	if b, err := o.Collect().Inbox(t.Context()); err != nil || len(b.Parcels) != 0 {
		t.Fatalf("the preview wrote: %v", err)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	b, err := o.Collect().Inbox(t.Context())
	if err != nil || len(b.Parcels) != 1 || b.Parcels[0].Unit != "示例镇" {
		t.Fatalf("%+v %v", b.Parcels, err)
	}
	kittest.TapRow(t, root, "示例镇", 1)
	for _, text := range []string{"没有原创承诺书", "乔某"} {
		if !kittest.Shows(root, text) {
			t.Errorf("the page does not say %s: %q", text, kittest.Texts(root))
		}
	}
}

func TestTheInboxFits(t *testing.T) {
	o := asked(t)
	pagetest.Shots(t, "inbox", func(sh kit.Shell) kit.Page {
		return selecting{newInboxPage(sh, o.Collect(), o.Dir())}
	})
}

// selecting is the page with the facts of a listed unit shown.
type selecting struct{ *inboxPage }

func (s selecting) Load() {
	s.inboxPage.Load()
	s.units.Select("单位1")
}

func TestWhatIsSavedInTheWatchedFolderWaits(t *testing.T) {
	o := asked(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "示例镇.csv"),
		[]byte("报送单位：示例镇,,,\n作品名称,作品类别,组别,作者\n与法同行,书法,小学组,甲某\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	var page *inboxPage
	sh, _, root := pagetest.Open(t, func(sh kit.Shell) *inboxPage {
		sh.(*kittest.Shell).Clock = &kittest.Clock{} // the next look comes later
		page = newInboxPage(sh, o.Collect(), o.Dir())
		page.watching.watch = arrival.NewWatch(dir, func() time.Time { return now })
		return page
	})
	if !kittest.Shows(root, "还在写入") {
		t.Errorf("%q", kittest.Texts(root))
	}
	now = now.Add(arrival.Quiet)
	page.lookNow()
	if !slices.Contains(kittest.Texts(root), "等着收") { // the line below the table says how many wait, too
		t.Errorf("%q", kittest.Texts(root))
	}
	page.look(filepath.Join(dir, "示例镇.csv"))
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	page.lookNow()
	if slices.Contains(kittest.Texts(root), "等着收") {
		t.Errorf("it waits though it was taken: %q", kittest.Texts(root))
	}
	if _, err := os.Stat(filepath.Join(dir, "示例镇.csv")); err != nil {
		t.Errorf("the file is gone: %v", err)
	}
}

// manyUnits is a contest with a list of units of several kinds, from one of which works came.
func manyUnits(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.WithWorks(t, 6)
	text := "单位名称,类型,限报数\n单位1,学校,5\n单位2,学校,\n"
	for i := range 40 {
		text += fmt.Sprintf("示例县第%d中心小学（东校区）,学校,\n示例镇%d,乡镇,\n", i, i)
	}
	text += "示例县人力资源和社会保障局普法工作领导小组办公室,部门,\n"
	req := correction.UnitsRequest{Path: wrote(t, "单位.csv", text)}
	if _, err := o.Units().ImportUnits(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestTheMapShowsEachUnitAndLeadsToIt(t *testing.T) {
	o := manyUnits(t)
	sh, _, root := pagetest.Open(t, func(sh kit.Shell) *mapPage { return newMapPage(sh, o.Collect()) })
	for _, text := range []string{"○ 未报送", "△ 有缺", "示例镇7", "合计", "名单以外", "部门：1 个单位，已报 0 个"} {
		if !kittest.Shows(root, text) {
			t.Errorf("the page does not say %s", text)
		}
	}
	kittest.Tap(t, root, "示例镇7")
	if len(sh.Routes) != 1 || sh.Routes[0] != (kit.Route{Kind: page.Inbox, ID: "示例镇7"}) {
		t.Errorf("%+v", sh.Routes)
	}
	sh.Path = filepath.Join(t.TempDir(), "一览.pdf")
	kittest.Tap(t, root, "写成 PDF")
	if _, err := os.Stat(sh.Path); err != nil || len(sh.Errors) > 0 {
		t.Errorf("%v %v", err, sh.Errors)
	}
}

func TestTheMapFits(t *testing.T) {
	o := manyUnits(t)
	pagetest.Shots(t, "unitmap", func(sh kit.Shell) kit.Page { return newMapPage(sh, o.Collect()) })
}
