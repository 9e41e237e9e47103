package packet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/packet"
	"fayi/judging/terms"
)

// A packet whose rubrics ask what older programs know nothing of bears a format that they refuse; all others do not.
func TestAPacketThatAsksMoreIsRefusedByOlderPrograms(t *testing.T) {
	packet.Cheap(t)
	for strict, want := range map[bool]string{false: "FAYI-PACKET 1 ", true: "FAYI-PACKET 2 "} {
		_, public, err := packet.NewReplyKey()
		if err != nil {
			t.Fatal(err)
		}
		c := contents(public)
		r := c.Duties.Rubrics["书法"]
		if strict {
			r.Comment = terms.Comment{When: terms.Always}
		}
		c.Duties.Rubrics["书法"] = r
		var b bytes.Buffer
		if _, err := packet.Seal(t.Context(), &b, c, phrase, nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(b.Bytes(), []byte(want)) {
			t.Errorf("strict %v: begins %q", strict, b.Bytes()[:20])
		}
		path := filepath.Join(t.TempDir(), "a"+packet.Ending)
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := packet.Open(t.Context(), packet.Place{File: path, Dir: t.TempDir(), Now: clock()}, phrase, nil)
		if err != nil {
			t.Fatal(err)
		}
		marks := map[string]float64{"内容": 50, "形式": 30}
		for _, w := range c.Duties.Works {
			b, err := p.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: marks})
			if err != nil || (b.State == judging.Scored) == strict {
				t.Errorf("strict %v: %v, %v", strict, b.State, err)
			}
		}
		if err := p.Submit(t.Context(), phrase); (judging.CodeOf(err) == judging.Clash) != strict {
			t.Errorf("strict %v: handed in, %v", strict, err)
		}
	}
}

// One with a criterion that need not apply bears a format of its own; the judge says so in it, and what must be marked
// refuses it.
func TestAPacketTakesWhatDoesNotApply(t *testing.T) {
	packet.Cheap(t)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	c := contents(public)
	r := c.Duties.Rubrics["书法"]
	r.Criteria = slices.Clone(r.Criteria)
	i := r.Index("形式")
	r.Criteria[i].Optional = true
	c.Duties.Rubrics["书法"] = r
	var b bytes.Buffer
	if _, err := packet.Seal(t.Context(), &b, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	if want := "FAYI-PACKET 5 "; !bytes.HasPrefix(b.Bytes(), []byte(want)) {
		t.Errorf("begins %q", b.Bytes()[:20])
	}
	path := filepath.Join(t.TempDir(), "a"+packet.Ending)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, packet.Place{File: path, Dir: t.TempDir(), Now: clock()})
	code := c.Duties.Works[0].Code
	marks := map[string]float64{"内容": 45, "形式": terms.NotApplicable}
	kept, err := p.Save(t.Context(), judging.Ballot{Code: code, Marks: marks})
	if err != nil || kept.State != judging.Scored || kept.Total != r.Sum(marks).Total() || kept.Total <= 45 {
		t.Errorf("%+v %v", kept, err)
	}
	marks = map[string]float64{"内容": terms.NotApplicable}
	if _, err := p.Save(t.Context(), judging.Ballot{Code: code, Marks: marks}); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("what must be marked: %v", err)
	}
}
