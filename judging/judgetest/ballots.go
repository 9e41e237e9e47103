package judgetest

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"testing"

	"fayi/judging"
)

// BallotsSuite tests what open returns against the contract of judging.Ballots: each time a new desk of one judge
// with at least two works on the list, none of them touched, one of them with a file, no secret.
func BallotsSuite(t *testing.T, open func(t *testing.T) judging.Ballots) {
	SecretBallotsSuite(t, "", open)
}

// SecretBallotsSuite is BallotsSuite for desks that are handed in with a secret only.
func SecretBallotsSuite(t *testing.T, secret string, open func(t *testing.T) judging.Ballots) {
	tests := []struct {
		name string
		test func(*testing.T, desk)
	}{
		{"the list is complete, has a rubric for each work and keeps its order", listStable},
		{"what was saved is loaded again, whole", roundTrip},
		{"a ballot nobody saved is open", untouched},
		{"a comment or a confidence alone is kept", remarkAlone},
		{"state and total follow from the marks", settled},
		{"put aside is kept with its reason, and can be taken back", putAside},
		{"a mark that won't do is invalid and nothing is kept", badMarks},
		{"a total alone is kept only where the rules allow it", totalAlone},
		{"saving the same again changes nothing", idempotent},
		{"a work of nobody's or another's list is forbidden", foreign},
		{"files are given by number, and only those there are", files},
		{"open or skipped works stop the submission", submitEarly},
		{"after submission nothing changes, and to submit again is no error", submitted},
		{"a context that has ended changes nothing", ended},
		{"every change is kept with its time, oldest first", history},
		{"flags are kept beside the marks, each once and in order", flags},
		{"what was looked at is kept, and is no score", looked},
		{"a list with a secret is handed in with the right one only", sealed},
		{"what is sent again, at once or late, changes nothing and is answered", sentAgain},
		{"of two devices the one that was overtaken is told what holds", twoDevices},
		{"a judge who was told what holds decides by saving on it", decides},
		{"a statement that comes late is never laid over a newer one", comesLate},
		{"what was kept is answered as kept after the list is handed in", sentAfter},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.test(t, desk{t, secret, open(t)}) })
	}
}

// desk is a Ballots whose errors fail the test.
type desk struct {
	t      *testing.T
	secret string
	judging.Ballots
}

func (d desk) duties() judging.Duties {
	d.t.Helper()
	out, err := d.Duties(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	if len(out.Works) < 2 {
		d.t.Fatalf("the suite needs two works, got %d", len(out.Works))
	}
	return out
}

func (d desk) load(code judging.WorkCode) judging.Ballot {
	d.t.Helper()
	b, err := d.Load(d.t.Context(), code)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

func (d desk) save(b judging.Ballot) judging.Ballot {
	d.t.Helper()
	kept, err := d.Save(d.t.Context(), b)
	if err != nil {
		d.t.Fatal(err)
	}
	return kept
}

// duty is the entry of code in a list read now.
func (d desk) duty(code judging.WorkCode) judging.Duty {
	d.t.Helper()
	for _, w := range d.duties().Works {
		if w.Code == code {
			return w
		}
	}
	d.t.Fatalf("%s is gone from the list", code)
	return judging.Duty{}
}

// first is the first work of the list with its rubric.
func (d desk) first() (judging.WorkCode, judging.Rubric) {
	d.t.Helper()
	in := d.duties()
	return in.Works[0].Code, in.Rubrics[in.Works[0].Category]
}

// marks gives the first n criteria all their points.
func marks(r judging.Rubric, n int) map[string]float64 {
	out := map[string]float64{}
	for _, c := range r.Criteria[:n] {
		out[c.Name] = c.Weight
	}
	return out
}

// same compares ballots by what a judge said.
func same(a, b judging.Ballot) bool {
	return a.Code == b.Code && a.State == b.State && a.Total == b.Total && a.Confidence == b.Confidence &&
		a.Comment == b.Comment &&
		a.Reason == b.Reason && maps.Equal(a.Marks, b.Marks) && slices.Equal(a.Flags, b.Flags) &&
		a.FlagNote == b.FlagNote
}

func listStable(t *testing.T, d desk) {
	in := d.duties()
	if in.Judge == "" || in.Plan == "" || in.Submitted {
		t.Errorf("judge %q, plan %q, submitted %v", in.Judge, in.Plan, in.Submitted)
	}
	seen := map[judging.WorkCode]bool{}
	for _, w := range in.Works {
		if w.Code == "" || w.Title == "" || seen[w.Code] {
			t.Errorf("work %q %q, seen before: %v", w.Code, w.Title, seen[w.Code])
		}
		seen[w.Code] = true
		if r, ok := in.Rubrics[w.Category]; !ok || len(r.Criteria) == 0 {
			t.Errorf("no rubric for %q", w.Category)
		}
		if w.State != judging.Open || w.Total != 0 {
			t.Errorf("%s: %q with %v before anybody scored it", w.Code, w.State, w.Total)
		}
	}
	code, r := d.first()
	d.save(judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria))})
	again := d.duties()
	if !slices.EqualFunc(in.Works, again.Works, func(a, b judging.Duty) bool { return a.Code == b.Code }) {
		t.Error("the order changed")
	}
	if w := d.duty(code); w.State != judging.Scored || w.Total != r.Scale {
		t.Errorf("the list says %q with %v of a scored work", w.State, w.Total)
	}
}

func roundTrip(t *testing.T, d desk) {
	code, r := d.first()
	b := judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria)), Confidence: 2, Comment: "气韵生动\n“守法”二字稍弱 <&>"}
	kept := d.save(b)
	b.State, b.Total = judging.Scored, r.Scale
	if !same(kept, b) {
		t.Errorf("answered %+v, want %+v", kept, b)
	}
	if got := d.load(code); !same(got, b) {
		t.Errorf("loaded %+v, want %+v", got, b)
	}
	b.Marks = marks(r, 1)
	kept = d.save(b)
	if got := d.load(code); !same(got, kept) || len(got.Marks) != 1 || got.State != judging.Started {
		t.Errorf("after a change loaded %+v", got)
	}
}

func untouched(t *testing.T, d desk) {
	code, _ := d.first()
	if got := d.load(code); !same(got, judging.Ballot{Code: code, State: judging.Open}) {
		t.Errorf("got %+v", got)
	}
}

func settled(t *testing.T, d desk) {
	code, r := d.first()
	kept := d.save(judging.Ballot{Code: code, State: judging.Scored, Total: 1, Marks: marks(r, 1)})
	if kept.Total != r.Criteria[0].Weight || len(r.Criteria) > 1 && kept.State != judging.Started {
		t.Errorf("kept %+v: state and total must follow from the marks", kept)
	}
	if kept = d.save(judging.Ballot{Code: code}); kept.State != judging.Open || kept.Total != 0 || len(kept.Marks) > 0 {
		t.Errorf("emptied, kept %+v", kept)
	}
	if w := d.duty(code); w.State != judging.Open || w.Total != 0 {
		t.Errorf("emptied, the list says %+v", w)
	}
}

func putAside(t *testing.T, d desk) {
	code, r := d.first()
	for _, st := range []judging.BallotState{judging.Skipped, judging.Abstained, judging.Recused} {
		d.save(judging.Ballot{Code: code, State: st, Reason: "师生"})
		if got := d.load(code); got.State != st || got.Reason != "师生" || got.Total != 0 {
			t.Errorf("%s: got %+v", st, got)
		}
		if w := d.duty(code); w.State != st {
			t.Errorf("%s: the list says %q", st, w.State)
		}
	}
	d.save(judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria))})
	if got := d.load(code); got.State != judging.Scored || got.Reason != "" {
		t.Errorf("taken back: got %+v", got)
	}
}

func badMarks(t *testing.T, d desk) {
	code, r := d.first()
	before := d.save(judging.Ballot{Code: code, Marks: marks(r, 1)})
	name, most := r.Criteria[0].Name, r.Criteria[0].Weight
	for what, b := range map[string]judging.Ballot{
		"too high":     {Marks: map[string]float64{name: most + r.Step}},
		"below zero":   {Marks: map[string]float64{name: -r.Step}},
		"off the step": {Marks: map[string]float64{name: most - r.Step/2}},
		"unknown":      {Marks: map[string]float64{"没有这一项": 1}},
		"too sure":     {Marks: marks(r, 1), Confidence: 4},
	} {
		b.Code = code
		if _, err := d.Save(t.Context(), b); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", what, err)
		}
		if got := d.load(code); !same(got, before) {
			t.Errorf("%s: now %+v", what, got)
		}
	}
}

func totalAlone(t *testing.T, d desk) {
	code, r := d.first()
	kept := d.save(judging.Ballot{Code: code, Total: r.Scale})
	want := judging.Open
	if d.duties().TotalOnly {
		want = judging.Scored
		if _, err := d.Save(t.Context(), judging.Ballot{
			Code:  code,
			Total: r.Scale + r.Step,
		}); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("a total above the scale: %v", err)
		}
	}
	if got := d.load(code); kept.State != want || got.State != want {
		t.Errorf("kept %+v, loaded %+v, want %s", kept, got, want)
	}
}

func idempotent(t *testing.T, d desk) {
	code, r := d.first()
	b := judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria)), Comment: "好"}
	one := d.save(b)
	two, three := d.save(b), d.save(one)
	if !same(one, two) || !same(one, three) || !same(d.load(code), one) {
		t.Errorf("answers differ: %+v, %+v, %+v", one, two, three)
	}
	if b.State != "" || len(b.Marks) != len(r.Criteria) {
		t.Errorf("the caller's ballot was changed: %+v", b)
	}
}

func foreign(t *testing.T, d desk) {
	for _, code := range []judging.WorkCode{"XX-0000", ""} {
		_, err := d.Save(t.Context(), judging.Ballot{Code: code})
		expectCode(t, judging.Forbidden, err)
		_, err = d.Load(t.Context(), code)
		expectCode(t, judging.Forbidden, err)
		_, err = d.OpenFile(t.Context(), code, 0, 0)
		expectCode(t, judging.Forbidden, err)
	}
}

func files(t *testing.T, d desk) {
	read := 0
	for _, w := range d.duties().Works {
		for i, f := range w.Files {
			r, err := d.OpenFile(t.Context(), w.Code, i, 0)
			if err != nil {
				t.Fatal(err)
			}
			if r.Size != f.Bytes || r.Type == "" || r.ETag == "" {
				t.Errorf("file %d of %s: %d bytes of type %q, tagged %q", i, w.Code, r.Size, r.Type, r.ETag)
			}
			if r.ETag == sumOf(t, r) || r.ETag != d.tag(w.Code, i) {
				t.Errorf("the tag of file %d of %s is its sum, or not always the same", i, w.Code)
			}
			small(t, d, w.Code, i)
			n, err := io.Copy(io.Discard, r)
			if err != nil || n != f.Bytes {
				t.Errorf("file %d of %s: %d bytes of %d, %v", i, w.Code, n, f.Bytes, err)
			}
			if at, err := r.Seek(0, io.SeekStart); err != nil || at != 0 {
				t.Errorf("back to the beginning: %d, %v", at, err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
			read++
		}
		for _, n := range []int{-1, len(w.Files)} {
			_, err := d.OpenFile(t.Context(), w.Code, n, 0)
			expectCode(t, judging.NotFound, err)
		}
	}
	if read == 0 {
		t.Error("the suite needs a work with a file")
	}
}

// scoreAll scores every work of the list.
func (d desk) scoreAll() judging.Duties {
	d.t.Helper()
	in := d.duties()
	for _, w := range in.Works {
		r := in.Rubrics[w.Category]
		d.save(judging.Ballot{Code: w.Code, Marks: marks(r, len(r.Criteria))})
	}
	return in
}

func submitEarly(t *testing.T, d desk) {
	expectCode(t, judging.Clash, d.Submit(t.Context(), d.secret))
	in := d.scoreAll()
	code, r := d.first()
	for _, b := range []judging.Ballot{{State: judging.Skipped}, {Marks: marks(r, 1)}, {}} {
		b.Code = code
		if d.save(b); len(r.Criteria) > 1 || len(b.Marks) == 0 {
			expectCode(t, judging.Clash, d.Submit(t.Context(), d.secret))
		}
	}
	d.save(judging.Ballot{Code: code, State: judging.Recused, Reason: "亲属"})
	d.save(judging.Ballot{Code: in.Works[1].Code, State: judging.Abstained, Reason: "打不开"})
	if err := d.Submit(t.Context(), d.secret); err != nil {
		t.Errorf("recused and abstained works are done: %v", err)
	}
}

func submitted(t *testing.T, d desk) {
	d.scoreAll()
	for range 2 {
		if err := d.Submit(t.Context(), d.secret); err != nil {
			t.Fatal(err)
		}
	}
	if !d.duties().Submitted {
		t.Error("the list does not say so")
	}
	code, r := d.first()
	before := d.load(code)
	for _, b := range []judging.Ballot{{
		Marks: marks(r, 1),
	}, {
		Marks:   before.Marks,
		Comment: "补一句",
	}, {
		State:  judging.Recused,
		Reason: "亲属",
	}} {
		b.Code = code
		_, err := d.Save(t.Context(), b)
		expectCode(t, judging.Closed, err)
	}
	if got := d.load(code); !same(got, before) {
		t.Errorf("now %+v", got)
	}
}

func ended(t *testing.T, d desk) {
	code, r := d.first()
	before := d.save(judging.Ballot{Code: code, Marks: marks(r, 1)})
	ctx, end := context.WithCancel(t.Context())
	end()
	_, saveErr := d.Save(ctx, judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria))})
	_, listErr := d.Duties(ctx)
	_, loadErr := d.Load(ctx, code)
	for _, err := range []error{saveErr, listErr, loadErr, d.Submit(ctx, d.secret)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if got := d.load(code); !same(got, before) || d.duties().Submitted {
		t.Errorf("now %+v", got)
	}
}

func remarkAlone(t *testing.T, d desk) {
	code, _ := d.first()
	d.save(judging.Ballot{Code: code, Confidence: 1, Comment: "待细看"})
	if got := d.load(code); got.Comment != "待细看" || got.Confidence != 1 || got.State != judging.Open {
		t.Errorf("got %+v", got)
	}
}
