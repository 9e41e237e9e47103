package judgetest

import (
	"slices"
	"testing"

	"fayi/judging"
)

func history(t *testing.T, d desk) {
	code, r := d.first()
	said := func() []judging.ScoreVersion {
		t.Helper()
		all, err := d.History(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if all := said(); len(all) != 0 {
		t.Errorf("a work nobody touched has the history %+v", all)
	}
	b := judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria))}
	want := []judging.Ballot{d.save(b)}
	d.save(b)
	b.Comment = "好"
	want = append(want, d.save(b))
	b.Flags = []judging.Flag{judging.OffTopic}
	want = append(want, d.save(b), d.save(judging.Ballot{Code: code, State: judging.Abstained, Reason: "看不清"}))
	all := said()
	if len(all) != len(want) {
		t.Fatalf("%d changes kept of %d: %+v", len(all), len(want), all)
	}
	for i, v := range all {
		if v.Code = code; !same(v.Ballot, want[i]) {
			t.Errorf("change %d is %+v, want %+v", i, v.Ballot, want[i])
		}
		if v.At.IsZero() || i > 0 && v.At.Before(all[i-1].At) {
			t.Errorf("change %d at %v", i, v.At)
		}
	}
	_, err := d.History(t.Context(), "XX-0000")
	expectCode(t, judging.Forbidden, err)
}

func flags(t *testing.T, d desk) {
	code, r := d.first()
	b := judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria)), FlagNote: "与网上一幅很像",
		Flags: []judging.Flag{judging.Privacy, judging.Copied, judging.Privacy}}
	kept := d.save(b)
	want := []judging.Flag{judging.Copied, judging.Privacy}
	if !slices.Equal(kept.Flags, want) || kept.FlagNote != b.FlagNote || kept.State != judging.Scored {
		t.Errorf("kept %+v", kept)
	}
	if got := d.load(code); !same(got, kept) {
		t.Errorf("loaded %+v", got)
	}
	if w := d.duty(code); !slices.Equal(w.Flags, want) {
		t.Errorf("the list says %v", w.Flags)
	}
	b.Flags = []judging.Flag{"upside_down"}
	_, err := d.Save(t.Context(), b)
	expectCode(t, judging.Invalid, err)
	b = judging.Ballot{Code: code, State: judging.Skipped, Flags: []judging.Flag{judging.Concern}, Confidence: 1}
	d.save(b)
	if w := d.duty(code); w.State != judging.Skipped || !slices.Equal(w.Flags, b.Flags) || w.Confidence != 1 {
		t.Errorf("put aside, the list says %+v", w)
	}
	d.save(judging.Ballot{Code: code})
	if got := d.load(code); len(got.Flags) != 0 {
		t.Errorf("taken back, still %v", got.Flags)
	}
}

func sealed(t *testing.T, d desk) {
	if asks := d.duties().Secret; asks != (d.secret != "") {
		t.Fatalf("the list asks for a secret: %v", asks)
	}
	if d.secret == "" {
		return
	}
	d.scoreAll()
	for _, wrong := range []string{"", d.secret + "0"} {
		expectCode(t, judging.Forbidden, d.Submit(t.Context(), wrong))
		if d.duties().Submitted {
			t.Errorf("handed in with %q", wrong)
		}
	}
}
