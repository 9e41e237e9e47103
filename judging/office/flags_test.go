package office_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func raisedBy(t *testing.T, o *office.Office) []scoring.Raised {
	t.Helper()
	all, err := o.Scoring().Flags(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFlagsAndRecusalsReachTheOrganiserAndAreHandled(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	first, second := d.Works[0], d.Works[1]
	flagged := judging.Ballot{
		Code:     first.Code,
		Marks:    fill(d.Rubrics[first.Category], 0.7),
		Flags:    []judging.Flag{judging.Copied},
		FlagNote: "见网上",
	}
	for _, b := range []judging.Ballot{flagged, {Code: second.Code, State: judging.Recused, Reason: "我的学生"}} {
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	all := raisedBy(t, o)
	if len(all) != 2 || all[0].State != judging.Recused || all[0].Reason != "我的学生" || all[1].Note != "见网上" ||
		!all[0].Open() || !all[1].Open() {
		t.Fatalf("%+v", all)
	}
	wantCode(
		t, o.Scoring().HandleFlag(t.Context(), "j001", string(d.Works[2].Code), "看过"), judging.NotFound, "flags.none",
	)
	wantCode(
		t, o.Scoring().HandleFlag(t.Context(), "j001", string(first.Code), " "), judging.Invalid,
		"closing.needs_reason",
	)
	if err := o.Scoring().HandleFlag(t.Context(), "j001", string(first.Code), "核查不是抄袭"); err != nil {
		t.Fatal(err)
	}
	if all = raisedBy(t, o); all[0].State != judging.Recused || all[1].Handled == nil ||
		all[1].Handled.Reason != "核查不是抄袭" {
		t.Fatalf("%+v", all)
	}
	flagged.Marks = fill(d.Rubrics[first.Category], 0.6)
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), flagged); err != nil {
		t.Fatal(err)
	}
	if all = raisedBy(t, o); all[1].Open() {
		t.Error("another mark raised the flag anew")
	}
	flagged.Flags = append(flagged.Flags, judging.Concern)
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), flagged); err != nil {
		t.Fatal(err)
	}
	if all = raisedBy(t, o); !all[0].Open() || !all[1].Open() {
		t.Error("another flag was taken for handled")
	}
}

func TestARecusedWorkIsOfferedToOthersAndMovesOn(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	code := d.Works[0].Code
	before, err := o.Scoring().Substitutes(t.Context(), "j001", string(code))
	if err != nil || len(before) == 0 {
		t.Fatal(before, err)
	}
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:   code,
		State:  judging.Recused,
		Reason: "亲属",
	}); err != nil {
		t.Fatal(err)
	}
	able, err := o.Scoring().Substitutes(t.Context(), "j001", string(code))
	if err != nil || !slices.Equal(able, before) {
		t.Fatalf("%v, before the recusal %v, %v", able, before, err)
	}
	for _, s := range able {
		if s.Name == "" ||
			slices.ContainsFunc(firstDuty(t, o, s.Judge).Works, func(w judging.Duty) bool { return w.Code == code }) {
			t.Errorf("%+v has the work already", s)
		}
	}
	if _, err := o.Scoring().RecuseJudge(t.Context(), "j001", string(code), "亲属", able[0].Judge); err != nil {
		t.Fatal(err)
	}
	if all := raisedBy(t, o); len(all) != 1 || all[0].Open() || !all[0].Replaced {
		t.Errorf("%+v", all)
	}
	_, err = o.Scoring().Substitutes(t.Context(), "j001", string(code))
	wantCode(t, err, judging.Forbidden, "scores.not_yours")
}

func TestTheGridTellsWhoIsBehind(t *testing.T) {
	o := published(t, 12)
	scoreBy(t, o, []judging.JudgeID{"j001", "j002", "j003", "j004"}, false)
	d := firstDuty(t, o, "j005")
	if _, err := o.Scoring().Desk("j005").Save(t.Context(), judging.Ballot{
		Code:   d.Works[0].Code,
		State:  judging.Abstained,
		Reason: "打不开",
	}); err != nil {
		t.Fatal(err)
	}
	p, err := o.Scoring().Progress(t.Context())
	if err != nil || p.Median != 1 || p.Raised != 1 || len(p.Categories) != 3 {
		t.Fatalf("%+v %v", p, err)
	}
	for i, r := range p.Rows {
		sum := scoring.Part{}
		for _, c := range r.Cells {
			sum.Done, sum.Total = sum.Done+c.Done, sum.Total+c.Total
		}
		if j := p.Judges[i]; j.Judge != r.Judge || sum.Done != j.Done || sum.Total != j.Total {
			t.Errorf("%s: cells sum to %v, the judge has %d of %d", r.Judge, sum, j.Done, j.Total)
		}
		if behind := r.Judge == "j005" || r.Judge == "j006"; r.Behind != behind {
			t.Errorf("%s behind: %v", r.Judge, r.Behind)
		}
		if (r.Raised == 1) != (r.Judge == "j005") || r.Last.IsZero() != (r.Judge == "j006") {
			t.Errorf("%+v", r)
		}
	}
}

func TestRemindersNameWhatIsLeft(t *testing.T) {
	o := published(t, 12)
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	scoreBy(t, o, []judging.JudgeID{"j002"}, false)
	all, err := o.Scoring().Reminders(t.Context(), words(t))
	if err != nil || len(all) != 5 || all[0].Judge != "j002" || !strings.Contains(all[0].Text, "还没有确认提交") {
		t.Fatalf("%+v %v", all, err)
	}
	d := firstDuty(t, o, "j003")
	if want := "还有 " + judging.Serial("", 1, len(d.Works)) + " 件未评"; !strings.Contains(all[1].Text, want) ||
		!strings.Contains(all[1].Text, "2020年5月12日") {
		t.Errorf("%q does not say %q", all[1].Text, want)
	}
}
