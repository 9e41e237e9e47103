package organizer

import (
	"slices"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// atWindow are the pages that the window makes itself.
var atWindow = []string{page.Settings, page.Start}

func TestEveryOpenPointHasATitleAndAWay(t *testing.T) {
	o := pagetest.NewContest(t)
	makers := Pages(func() *office.Office { return o }, nil)
	sh := kittest.New(t)
	for _, lang := range []string{"zh-Hans", "en"} {
		sh.Speak(lang)
		for _, kind := range office.PointKinds() {
			if title := page.PointTitle(sh, kind); title == "openpoint.of_"+kind {
				t.Errorf("%s: %s has no title", lang, kind)
			}
		}
	}
	open := office.OpenError{Gate: "notice", Stops: []office.Point{
		{Kind: "no_group", Count: 2, Works: []judging.WorkID{"w000001"}, Place: page.Works},
		{Kind: "duplicates", Count: 1, Works: []judging.WorkID{"w000001"}, Place: page.Duplicates},
	}, Asks: []office.Point{{Kind: "conflicted_scores", Count: 3, Place: page.Judges}}}
	for _, w := range page.Ways(sh, &open) {
		w.Do()
	}
	want := []kit.Route{
		{Kind: page.OpenPoint, Tab: "no_group"}, {Kind: page.Duplicates},
		{Kind: page.Judges, Tab: page.ConflictedScores},
	}
	if !slices.Equal(sh.Routes, want) {
		t.Errorf("led to %+v", sh.Routes)
	}
	for _, r := range want {
		if makers[r.Kind] == nil && !slices.Contains(atWindow, r.Kind) {
			t.Errorf("%s is no page", r.Kind)
		}
	}
}

func TestExactlyTheWorksOfAnOpenPointAreListed(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	p := pageOf(sh, o, kit.Route{Kind: page.OpenPoint, Tab: "no_files"}).(*openPointPage)
	root := sh.Open(p)
	for _, w := range works {
		if got := kittest.Shows(root, w.Title); got != (len(w.Files) == 0) {
			t.Errorf("%s with %d files: listed %v", w.Title, len(w.Files), got)
		}
	}
	if !kittest.Shows(root, "没有文件的作品") || !kittest.Shows(root, "须确认：上报") {
		t.Errorf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "去处理")
	if len(sh.Routes) != 1 || sh.Routes[0].Kind != page.Works {
		t.Errorf("led to %+v", sh.Routes)
	}
	p = pageOf(sh, o, kit.Route{Kind: page.OpenPoint, Tab: "ties_held"}).(*openPointPage)
	if root = sh.Open(p); !kittest.Shows(root, "都处理好了") {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestTheOpenPointFits(t *testing.T) {
	o := pagetest.WithWorks(t, 12)
	pagetest.Shots(t, "openpoint", func(sh kit.Shell) kit.Page {
		return pageOf(sh, o, kit.Route{Kind: page.OpenPoint, Tab: "no_files"})
	})
}
