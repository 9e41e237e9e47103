package works

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// withFiles is a contest with works of several kinds of files: a photo and a text of one work, an essay, a song and
// nothing.
func withFiles(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.NewContest(t)
	dir := t.TempDir()
	img := image.NewRGBA(image.Rect(0, 0, 2400, 1600))
	for i := range img.Pix {
		img.Pix[i] = byte(i / 7000)
	}
	img.Set(3, 3, color.White)
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, img, nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"汇总表.csv":  "作品名称,作者,类别,组别,单位\n守望长城,赵一,摄影,成人组,甲单位\n宪法伴我,钱二,征文,小学组,乙学校\n普法之歌,孙三,歌曲,,丙单位\n空空如也,李四,摄影,成人组,丁单位\n",
		"守望长城.jpg": photo.String(), "守望长城 说明.txt": "这是一张照片的说明。",
		"宪法伴我.txt": "第一段。\n第二段，国家宪法。\n" + strings.Repeat("法", 500),
		"普法之歌.mp3": "ID3\x03\x00\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 300),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}

func press(p kit.Keyed, keys ...fyne.KeyName) {
	for _, k := range keys {
		p.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestKeysLeadThroughFilesAndWorks(t *testing.T) {
	o := withFiles(t)
	sh := kittest.New(t)
	all, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(all) != 4 || len(all[0].Files) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	p := newViewPage(sh, page.StagesOf(o), kit.Route{Kind: page.View, ID: string(all[0].ID)})
	root := sh.Open(p)
	shows := func(want string) {
		t.Helper()
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	if p.zoom == nil {
		press(p, fyne.KeyRight)
	}
	if p.zoom == nil {
		t.Fatalf("no picture: %q", kittest.Texts(root))
	}
	shows("守望长城")
	sh.Win.Canvas().Capture()
	small := p.zoom
	press(p, fyne.KeySpace)
	if p.zoom != small || p.zoom.Percent() != 100 {
		t.Errorf("enlarged to %d%%", p.zoom.Percent())
	}
	press(p, fyne.Key0, fyne.KeyPageDown)
	shows("宪法伴我")
	shows("第二段，国家宪法。")
	shows("上一件")
	press(p, fyne.KeyPageDown)
	shows("普法之歌")
	shows("用其他程序打开")
	press(p, fyne.KeyPageDown)
	shows("这件作品没有附件")
	press(p, fyne.KeyPageDown)
	shows("空空如也")
	press(p, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp)
	shows("文件 1 / 2")
	press(p, fyne.KeyRight)
	shows("文件 2 / 2")
	kept := p.Keep()
	again := newViewPage(sh, page.StagesOf(o), kit.Route{Kind: page.View, ID: string(all[3].ID)})
	again.Restore(kept)
	root = sh.Open(again)
	shows("文件 2 / 2")
	for _, err := range sh.Errors {
		t.Error(err)
	}
}

func TestOneStepsThroughTheWorksOfTheFilter(t *testing.T) {
	o := withFiles(t)
	sh := kittest.New(t)
	f := kit.Filter{}.With("category", "摄影")
	all, _ := o.Works(t.Context(), office.WorkFilter{})
	p := newViewPage(sh, page.StagesOf(o), kit.Route{Kind: page.View, ID: string(all[0].ID), Filter: f})
	root := sh.Open(p)
	press(p, fyne.KeyPageDown)
	if !kittest.Shows(root, "空空如也") {
		t.Errorf("%q", kittest.Texts(root))
	}
	gone := newViewPage(sh, page.StagesOf(o), kit.Route{Kind: page.View, ID: "w999999", Filter: f})
	if root = sh.Open(gone); !kittest.Shows(root, "这件作品已不在了。") {
		t.Errorf("%q", kittest.Texts(root))
	}
	press(gone, fyne.KeyRight, fyne.KeyPageDown, fyne.KeySpace, fyne.KeyReturn)
}

func TestAFileIsCopiedForOtherProgramsByWhatItIs(t *testing.T) {
	o := withFiles(t)
	all, _ := o.Works(t.Context(), office.WorkFilter{})
	for i, w := range all[:3] {
		at, err := page.CopyOut(t.Context(), o.WorkFiles(), w, 0, func(int, int) {})
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		info, err := os.Stat(at)
		if err != nil || info.Size() != w.Files[0].Bytes || strings.Contains(at, w.Title) {
			t.Errorf("%s: %v", filepath.Base(at), err)
		}
		_ = os.RemoveAll(filepath.Dir(at))
	}
}

func TestWorksAreLookedAtAsPictures(t *testing.T) {
	o := withFiles(t)
	sh, p, root := openWorks(t, o)
	kittest.Tap(t, root, "图")
	pagetest.Settle(sh)
	for _, want := range []string{"守望长城", "宪法伴我"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	drawn := 0
	for _, w := range p.all {
		if img, _ := p.pics.shelf.Get(w); img != nil {
			drawn++
		}
	}
	if drawn != 1 {
		t.Errorf("%d pictures are there", drawn)
	}
	w := p.all[0]
	p.pics.grid.Select(string(w.ID))
	if got, _ := p.table.Selected(); got.ID != w.ID || !p.detail.Visible() {
		t.Errorf("selected %q", got.ID)
	}
	again := newWorksPage(sh, page.PapersOf(o), kit.Route{})
	again.Restore(p.Keep())
	sh.Open(again)
	if got, _ := again.pics.grid.Selected(); !again.pics.pictures() || got.ID != w.ID {
		t.Errorf("after coming back: %v, %q", again.pics.pictures(), got.ID)
	}
	again.onView()
	if r := sh.Routes[len(sh.Routes)-1]; r.Kind != page.View || r.ID != string(w.ID) {
		t.Errorf("went to %+v", r)
	}
}

func TestWhatTheRulesRequireStandsBesideTheWork(t *testing.T) {
	o := withFiles(t)
	sh := kittest.New(t)
	p := newWorksPage(sh, page.PapersOf(o), kit.Route{Tab: unmet})
	root := sh.Open(p)
	rows := p.table.Rows()
	if len(rows) == len(p.all) || !slices.ContainsFunc(rows, func(w judging.Work) bool { return w.Title == "空空如也" }) {
		t.Fatalf("%d rows: %q", len(rows), kittest.Texts(root))
	}
	kittest.TapRow(t, root, "空空如也", 1)
	if !kittest.Shows(root, "没有作品文件。") {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestTheViewerFits(t *testing.T) {
	o := withFiles(t)
	all, _ := o.Works(t.Context(), office.WorkFilter{})
	for i, w := range []judging.Work{all[0], all[3]} {
		pagetest.Shots(t, fmt.Sprintf("viewer-%d", i), func(sh kit.Shell) kit.Page {
			return newViewPage(sh, page.StagesOf(o), kit.Route{Kind: page.View, ID: string(w.ID)})
		})
	}
}
