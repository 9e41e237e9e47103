package app

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

func TestAGateLeadsToTheWorksThatStopIt(t *testing.T) {
	s := sit(t, Inline{})
	s.whole(t)
	err := error(&office.OpenError{Gate: "batch", Asks: []office.Point{{
		Kind: "no_files", Count: 40, Works: []judging.WorkID{"w000001"}, Place: page.Works, Text: "open.no_files",
		Args: judging.Args{"Count": 40},
	}}})
	for name, ask := range map[string]func(){
		"an error": func() { s.app.ShowError(err) },
		"a form": func() {
			s.app.Ask(kit.Question{Title: "问", Action: "做", Do: func() error { return err }})
			kittest.Tap(t, kittest.Top(s.app.win), "做")
		},
		"a doubt": func() {
			s.app.Ask(kit.Question{Title: "问", Text: s.app.Err(err), Ways: kit.WaysOf(s.app, err)})
		},
	} {
		s.app.Restart(kit.Route{Kind: page.Overview})
		ask()
		kittest.Tap(t, kittest.Top(s.app.win), "没有文件的作品（40）")
		if r := s.app.Route(); r.Kind != page.OpenPoint || r.Tab != "no_files" {
			t.Errorf("%s led to %+v", name, r)
		}
		if kittest.Top(s.app.win) != nil {
			t.Errorf("%s lies over the works it led to", name)
		}
	}
}

func TestErrorsCallThingsByName(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	work := works[0]
	for want, err := range map[string]*judging.Error{
		"评委 赵一 没有给作品 " + string(work.Code) + " 评分。": judging.Fail(judging.NotFound, "scores.none", judging.Args{
			"Judge": judging.JudgeID("j001"), "Work": work.ID,
		}),
		"没有裁定 第 7 号，或已经撤销。": judging.Fail(judging.NotFound, "awards.no_ruling", judging.Args{"Ruling": "u007"}),
		"异议 " + string(work.Code) + " 已经答复过了。": judging.Fail(judging.Closed, "notice.answered", judging.Args{
			"Objection": "b001",
		}),
	} {
		if got := s.app.Err(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
