package office_test

import (
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office/intake"
)

func TestAFinalistWhoLeavesIsFollowedByTheNext(t *testing.T) {
	o := newOffice(t)
	text := withRules(
		"\n[combine]\n", "\n[[rounds]]\nname = \"复评\"\ntake = { percent = 50 }\ncarry = \"pooled\"\n\n[combine]\n",
	)
	_, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false)
	must(t, err)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 4)
	publish(t, o)
	scoreAll(t, o)
	_, err = o.Awards().NextRound(t.Context(), false)
	must(t, err)
	on, err := o.Awards().RoundWorks(t.Context(), 0)
	must(t, err)
	before, err := o.Awards().RoundWorks(t.Context(), 1)
	must(t, err)
	in := func(id judging.WorkID) bool {
		return slices.ContainsFunc(on, func(w judging.Work) bool { return w.ID == id })
	}
	out, follows, err := o.Awards().ReplaceEntrant(t.Context(), string(on[0].ID), "", "作者退出")
	must(t, err)
	i := slices.IndexFunc(before, func(w judging.Work) bool { return w.ID == follows })
	if out != on[0].ID || i < 0 || in(follows) || before[i].Category != on[0].Category {
		t.Errorf("%s out, %s in", out, follows)
	}
	now, err := o.Awards().RoundWorks(t.Context(), 0)
	must(t, err)
	if len(now) != len(on) || slices.ContainsFunc(now, func(w judging.Work) bool { return w.ID == out }) {
		t.Errorf("%d became %d", len(on), len(now))
	}
	_, err = o.Awards().EnterWork(t.Context(), string(follows), "补录")
	wantCode(t, err, judging.Clash, "rounds.in_already")
	_, err = o.Awards().EnterWork(t.Context(), string(out), "又来")
	must(t, err)
	_, _, err = o.Awards().ReplaceEntrant(t.Context(), "w999999", "", "退出")
	wantCode(t, err, judging.NotFound, "rounds.not_in")
	publish(t, o)
	judges, err := o.Assignment().Judges(t.Context())
	must(t, err)
	scoreSome(t, o, judges[0].ID, 1)
	_, _, err = o.Awards().ReplaceEntrant(t.Context(), string(out), "", "退出")
	wantCode(t, err, judging.Closed, "rounds.scored")
}
