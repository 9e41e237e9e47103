package judgetest

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"fayi/judging"
)

// sumOf reads r to its end and back.
func sumOf(t *testing.T, r io.ReadSeeker) string {
	t.Helper()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		t.Error(err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		t.Error(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// tag is the tag of a file opened now. It must not begin as the file's sum does.
func (d desk) tag(code judging.WorkCode, n int) string {
	d.t.Helper()
	r, err := d.OpenFile(d.t.Context(), code, n, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	if strings.HasPrefix(sumOf(d.t, r), r.ETag[:min(8, len(r.ETag))]) {
		d.t.Errorf("the tag %s is of the file's sum", r.ETag)
	}
	return r.ETag
}

// small asks for a small picture, which need not be one.
func small(t *testing.T, d desk, code judging.WorkCode, n int) {
	t.Helper()
	r, err := d.OpenFile(t.Context(), code, n, 200)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	k, err := io.Copy(io.Discard, r)
	if err != nil || k != r.Size || r.Type == "" || r.ETag == "" {
		t.Errorf("a small picture: %d bytes of %d, type %q, tag %q, %v", k, r.Size, r.Type, r.ETag, err)
	}
}

// said is how many versions a work has.
func (d desk) said(code judging.WorkCode) int {
	d.t.Helper()
	all, err := d.History(d.t.Context(), code)
	if err != nil {
		d.t.Fatal(err)
	}
	return len(all)
}

// on is a ballot that gives n criteria their points, made on what holds.
func (d desk) on(code judging.WorkCode, r judging.Rubric, n int, mark, comment string) judging.Ballot {
	d.t.Helper()
	base := d.load(code).Base
	if base == "" {
		d.t.Fatal("a ballot is loaded without its base")
	}
	return judging.Ballot{Code: code, Marks: marks(r, n), Comment: comment, Mark: mark, Base: base}
}

// clash saves what was overtaken and returns what holds.
func (d desk) clash(b judging.Ballot) judging.Ballot {
	d.t.Helper()
	holds, err := d.Save(d.t.Context(), b)
	expectCode(d.t, judging.Clash, err)
	if !same(holds, d.load(b.Code)) || holds.Base != d.load(b.Code).Base {
		d.t.Errorf("told %+v, what holds is %+v", holds, d.load(b.Code))
	}
	return holds
}

func sentAgain(t *testing.T, d desk) {
	code, r := d.first()
	a := d.on(code, r, len(r.Criteria), "suite-again-a", "甲")
	one := d.save(a)
	if two := d.save(a); !same(one, two) || one.Base != two.Base || d.said(code) != 1 {
		t.Errorf("sent again: %+v, then %+v, %d versions", one, two, d.said(code))
	}
	b := a
	b.Mark, b.Base, b.Comment = "suite-again-b", one.Base, "乙"
	now := d.save(b)
	for range 2 {
		if late := d.save(a); !same(late, now) || !same(d.load(code), now) || d.said(code) != 2 {
			t.Errorf("sent again after another, answered %+v, %d versions", late, d.said(code))
		}
	}
}

func twoDevices(t *testing.T, d desk) {
	code, r := d.first()
	first := d.on(code, r, len(r.Criteria), "suite-two-a", "一")
	second := first
	second.Mark, second.Comment = "suite-two-b", "二"
	kept := d.save(first)
	for range 3 { // the answer may be lost, and the ballot sent again
		holds, err := d.Save(t.Context(), second)
		if err != nil && judging.CodeOf(err) != judging.Clash || !same(holds, kept) {
			t.Errorf("told %+v, %v", holds, err)
		}
	}
	if !same(d.load(code), kept) {
		t.Errorf("the device that was overtaken won: %+v", d.load(code))
	}
}

func decides(t *testing.T, d desk) {
	for i, keep := range []bool{false, true} {
		w := d.duties().Works[i]
		r := d.duties().Rubrics[w.Category]
		first := d.on(w.Code, r, len(r.Criteria), "suite-decides-a", "一")
		first.Mark += string(w.Code)
		second := first
		second.Mark, second.Comment = second.Mark+"2", "二"
		d.save(first)
		holds := d.clash(second)
		answer := second
		if keep {
			answer.Comment = first.Comment
		}
		answer.Mark, answer.Base = second.Mark+"3", holds.Base
		if kept := d.save(answer); kept.Comment != answer.Comment || d.load(w.Code).Comment != answer.Comment {
			t.Errorf("decided on %q, kept %+v", answer.Comment, kept)
		}
		if kept := d.save(answer); kept.Comment != answer.Comment {
			t.Errorf("sent again: %+v", kept)
		}
	}
	for _, w := range d.duties().Works[2:] {
		r := d.duties().Rubrics[w.Category]
		d.save(judging.Ballot{Code: w.Code, Marks: marks(r, len(r.Criteria))})
	}
	if err := d.Submit(t.Context(), d.secret); err != nil {
		t.Errorf("nothing waits for anybody: %v", err)
	}
}

func comesLate(t *testing.T, d desk) {
	code, r := d.first()
	late := d.on(code, r, len(r.Criteria), "suite-late-a", "甲")
	kept := d.save(d.on(code, r, len(r.Criteria), "suite-late-b", "乙"))
	kept = d.save(d.on(code, r, 1, "suite-late-c", kept.Comment+"丙"))
	if holds := d.clash(late); !same(holds, kept) {
		t.Errorf("told %+v, want %+v", holds, kept)
	}
	if w := d.duty(code); w.State != kept.State || w.Total != kept.Total {
		t.Errorf("the list says %+v", w)
	}
}

func sentAfter(t *testing.T, d desk) {
	in := d.scoreAll()
	code, r := in.Works[0].Code, in.Rubrics[in.Works[0].Category]
	a := d.on(code, r, len(r.Criteria), "suite-after", "末")
	kept := d.save(a)
	if err := d.Submit(t.Context(), d.secret); err != nil {
		t.Fatal(err)
	}
	if again := d.save(a); !same(again, kept) {
		t.Errorf("sent again after the end: %+v", again)
	}
	a.Mark, a.Base, a.Comment = "suite-after-2", kept.Base, "改"
	_, err := d.Save(t.Context(), a)
	expectCode(t, judging.Closed, err)
}
