package works

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func someWorks() []judging.Work {
	return []judging.Work{
		{
			ID: "w1", Code: "SF-0001", Title: "法治之光", Category: "书法", Group: "小学组", Authors: []string{"王小明"},
			Unit: "一小", Status: judging.Accepted, Files: []judging.File{{Kind: "picture"}},
		},
		{
			ID: "w2", Code: "SY-0002", Title: "普法路上", Category: "摄影", Authors: []string{"李大山", "赵一"}, Unit: "文化馆",
			Teachers: []string{"钱老师"}, Status: judging.Accepted,
		},
		{
			ID: "w3", Code: "SF-0003", Title: "宪法在心", Category: "书法", Group: "成人组", Authors: []string{"孙三"},
			Unit: "一小", Status: judging.Returned, Reason: "缺作者",
		},
	}
}

func TestWorkRowsKeepTheFilter(t *testing.T) {
	for name, c := range map[string]struct {
		f    kit.Filter
		want string
	}{
		"all":                  {kit.Filter{}, "w1 w2 w3"},
		"a status":             {kit.Filter{Quick: "returned"}, "w3"},
		"without files":        {kit.Filter{Quick: page.NoFiles}, "w2 w3"},
		"category and unit":    {kit.Filter{}.With("category", "书法").With("unit", "一小"), "w1 w3"},
		"group":                {kit.Filter{}.With("group", "小学组"), "w1"},
		"second author":        {kit.Filter{Text: "赵一"}, "w2"},
		"teacher":              {kit.Filter{Text: "钱老师"}, "w2"},
		"code in full width":   {kit.Filter{Text: "ｓｆ－０００１"}, "w1"},
		"nothing of both":      {kit.Filter{Quick: "returned", Text: "普法"}, ""},
		"two words, two cells": {kit.Filter{Text: "一小 宪法"}, "w3"},
	} {
		var got []string
		for _, w := range page.WorkRows(someWorks(), c.f) {
			got = append(got, string(w.ID))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestWorkQuicksCountOnlyStatesThatOccur(t *testing.T) {
	var got []string
	m := &worksMedia{sh: kittest.New(t), waiting: map[judging.WorkID]bool{"w2": true}}
	for _, q := range workQuicks(m, someWorks()) {
		got = append(got, q.Key+":"+string(rune('0'+q.Count)))
	}
	if want := []string{":3", "waiting:1", "accepted:1", "returned:1", "no_files:2"}; !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
}

func TestAWorkIsLookedAtReturnedAndAcceptedAgain(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := openWorks(t, o)
	kittest.TapRow(t, root, "作品01", 1)
	for _, want := range []string{"6 件", "作者01", "附件 1 个", "13900000000", "第 2 行 · 汇总表.csv"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	if images := kittest.All[*canvas.Image](p.detail.picture); len(images) != 1 || images[0].Image == nil {
		t.Errorf("the picture is not shown")
	}
	kittest.Tap(t, root, "退回补正…")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("returned without a reason: %v", err)
	}
	sh.Asked[0].Content.(*field.Text).SetText("作者姓名不全")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if w, _ := p.table.Selected(); w.Status != judging.Returned || !kittest.Shows(root, "作者姓名不全") {
		t.Fatalf("%+v", w)
	}
	kittest.Tap(t, root, "改为合格")
	p.Load()
	if w, _ := p.table.Selected(); w.Status != judging.Accepted || len(sh.Errors) > 0 {
		t.Fatalf("%+v %v", w, sh.Errors)
	}
}

func TestARouteOpensTheWorksOfAState(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	p := newWorksPage(sh, page.PapersOf(o), kit.Route{Tab: page.NoFiles})
	sh.Open(p)
	if n := len(p.table.Rows()); n != 5 {
		t.Fatalf("%d rows", n)
	}
	kept := p.Keep()
	again := newWorksPage(sh, page.PapersOf(o), kit.Route{})
	again.Restore(kept)
	sh.Open(again)
	if n := len(again.table.Rows()); n != 5 {
		t.Fatalf("%d rows after coming back", n)
	}
}

func TestTheListOfWorksIsExported(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "清单.xlsx")
	root := sh.Open(newWorksPage(sh, page.PapersOf(o), kit.Route{}))
	kittest.Tap(t, root, "导出清单")
	if _, err := os.Stat(sh.Path); err != nil || len(sh.Told) != 1 || !strings.Contains(sh.Told[0].Text, "6 件") {
		t.Fatalf("%v %v", err, sh.Told)
	}
}

func TestTheWorksPageFits(t *testing.T) {
	o := pagetest.WithWorks(t, 40)
	pagetest.Shots(t, "works", func(sh kit.Shell) kit.Page { return newWorksPage(sh, page.PapersOf(o), kit.Route{}) })
}

func TestNoWorksSaysWhatToDo(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	root := sh.Open(newWorksPage(sh, page.PapersOf(o), kit.Route{}))
	if !kittest.Shows(root, "还没有作品") || !kittest.Shows(root, "拖到这里") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	pagetest.Shots(t, "works-empty", func(sh kit.Shell) kit.Page {
		return newWorksPage(sh, page.PapersOf(o), kit.Route{})
	})
}

func TestTickedWorksOfTheListAreReviewedAtOnce(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := openWorks(t, o)
	p.table.Tick("w000002", true)
	p.table.Tick("w000003", true)
	pagetest.Settle(sh)
	kittest.Tap(t, root, "审核通过")
	waiting, err := o.Review().WaitingWorks(t.Context())
	if err != nil || len(waiting) != 4 || len(sh.Errors) > 0 {
		t.Fatalf("%d wait, %v %v", len(waiting), err, sh.Errors)
	}
	sh.Told[0].Do()
	if waiting, _ = o.Review().WaitingWorks(t.Context()); len(waiting) != 6 {
		t.Fatalf("%d wait after it was taken back", len(waiting))
	}
}

func TestTheWorksLeadToTheProblemsWhileThereAreSome(t *testing.T) {
	_, p, root := openWorks(t, pagetest.NewContest(t))
	if p.Load(); kittest.Shows(root, "处理问题") {
		t.Error("problems are offered where there are none")
	}
	sh, _, root := openWorks(t, pagetest.WithProblems(t))
	kittest.Tap(t, root, "处理问题")
	if len(sh.Routes) != 1 || sh.Routes[0].Kind != page.Problems {
		t.Errorf("%+v", sh.Routes)
	}
}

func TestFilesDroppedOnTheWorksGoToTheImport(t *testing.T) {
	sh, p, _ := openWorks(t, pagetest.NewContest(t))
	p.Dropped([]string{"/来稿/一", "/来稿/二"})
	if len(sh.Routes) != 1 || sh.Routes[0].Kind != page.Import || sh.Routes[0].ID != "/来稿/一\n/来稿/二" {
		t.Errorf("%+v", sh.Routes)
	}
}
