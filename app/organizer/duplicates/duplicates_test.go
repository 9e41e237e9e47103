package duplicates

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

func TestCopiesAreComparedAndDecidedByKeys(t *testing.T) {
	o := pagetest.WithCopies(t)
	sh := kittest.New(t)
	p := newDuplicatesPage(sh, page.StagesOf(o), nil)
	root := sh.Open(p)
	if !kittest.Shows(root, "还没有比对") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "开始比对")
	pagetest.Settle(sh)
	for _, want := range []string{"3 对 · 待认定 3 对", "街灯  /  夜色", "（镜像或旋转过）", "李二 · 二中"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	press := func(k fyne.KeyName) {
		if !p.TypedKey(&fyne.KeyEvent{Name: k}) {
			t.Fatalf("%s is not used", k)
		}
	}
	first, _ := p.table.Selected()
	press(fyne.KeyDown)
	if d, _ := p.table.Selected(); d.ID() == first.ID() {
		t.Fatal("the arrow does not go on")
	}
	press(fyne.KeyUp)
	press(fyne.Key3)
	sh.Asked[0].Content.(*field.Text).SetText(" ")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("without a reason: %v", err)
	}
	sh.Asked[0].Content.(*field.Text).SetText("镜像后报送")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if d, _ := p.table.Selected(); d.ID() == first.ID() || d.ID() == "" {
		t.Errorf("the next pair is not selected: %v", d.ID())
	}
	press(fyne.Key1)
	p.Load()
	all, err := o.Duplicates().ListDuplicates(t.Context())
	if err != nil || len(all) != 3 || all[0].Verdict.Verdict != "" || all[1].Verdict.Verdict == "" ||
		len(sh.Errors) > 0 {
		t.Fatalf("%+v %v %v", all, err, sh.Errors)
	}
	sh.Told[len(sh.Told)-1].Do()
	if all, _ = o.Duplicates().ListDuplicates(t.Context()); all[1].Verdict.Verdict != "" {
		t.Fatalf("not taken back: %+v", all)
	}
}

func TestFormerWorksAreTakenInAndCompared(t *testing.T) {
	o := pagetest.WithCopies(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "2019年")
	if err := os.Mkdir(sh.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	pagetest.Write(t, filepath.Join(sh.Path, "旧作.jpg"), pagetest.Drawing(t, 2, 640, 480, false))
	p := newDuplicatesPage(sh, page.StagesOf(o), nil)
	root := sh.Open(p)
	kittest.Tap(t, root, "加入往年作品…")
	kittest.Tap(t, root, "开始比对")
	p.table.Select("w000003+r000001/similar_picture")
	pagetest.Settle(sh)
	if !kittest.Shows(root, "往年作品：2019年") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
}

func TestAFormerContestIsTakenInWithItsTitles(t *testing.T) {
	o := pagetest.WithCopies(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "去年.fayi")
	if err := os.Mkdir(sh.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	pagetest.Write(t, filepath.Join(sh.Path, "contest.db"), []byte("opened by its opener only"))
	p := newDuplicatesPage(sh, page.StagesOf(o), func(_ context.Context, dir string) (*office.Office, error) {
		if dir != sh.Path {
			t.Errorf("%s is opened", dir)
		}
		return pagetest.WithCopies(t), nil
	})
	root := sh.Open(p)
	kittest.Tap(t, root, "加入往年作品…")
	kittest.Tap(t, root, "开始比对")
	pagetest.Settle(sh)
	all, err := o.Duplicates().ListDuplicates(t.Context())
	if at := slices.IndexFunc(all, func(d judging.Duplicate) bool { return d.From != "" }); err != nil ||
		len(sh.Errors) > 0 || at < 0 || all[at].Titles[0] != all[at].Titles[1] {
		t.Fatalf("%v %v %+v", err, sh.Errors, all)
	}
}

func TestRowsOfCopiesKeepTheFilter(t *testing.T) {
	all := []judging.Duplicate{
		{Works: [2]string{"w1", "w2"}, Reason: judging.SameBytes, Titles: [2]string{"甲", "乙"}},
		{
			Works: [2]string{"w1", "w3"}, Reason: judging.SimilarText, Titles: [2]string{"甲", "丙"},
			Verdict: judging.DuplicateRuling{Verdict: judging.VerdictSame},
		},
	}
	for name, c := range map[string]struct {
		f    kit.Filter
		want string
	}{
		"all": {kit.Filter{}, "w2 w3"}, "open": {kit.Filter{Quick: openPairs}, "w2"},
		"a reason": {kit.Filter{Quick: "similar_text"}, "w3"}, "a title": {kit.Filter{Text: "丙"}, "w3"},
	} {
		var got []string
		for _, d := range duplicateRows(all, c.f) {
			got = append(got, d.Works[1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if a, b := nextPair(all, all[0].ID()), nextPair(all, all[1].ID()); a != all[1].ID() || b != all[0].ID() {
		t.Errorf("%s %s", a, b)
	}
}

func TestTheCopiesPageFits(t *testing.T) {
	o := pagetest.WithCopies(t)
	if _, err := o.Duplicates().FindDuplicates(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "copies", func(sh kit.Shell) kit.Page { return newDuplicatesPage(sh, page.StagesOf(o), nil) })
}
