package judgetest

import (
	"testing"

	"fayi/judging"
)

// PledgedBallotsSuite tests what open returns against the contract of the pledge: each time a new desk as
// BallotsSuite wants it, of a judge who is asked for one and has not accepted it.
func PledgedBallotsSuite(t *testing.T, open func(t *testing.T) judging.Ballots) {
	t.Run("no score is kept before the pledge", func(t *testing.T) {
		d := desk{t, "", open(t)}
		a := d.duties().Pledge
		if !a.Open() || a.Text == "" || a.Sum == "" {
			t.Fatalf("the list asks for %+v", a)
		}
		code, r := d.first()
		b := judging.Ballot{Code: code, Marks: marks(r, len(r.Criteria))}
		if _, err := d.Save(t.Context(), b); judging.CodeOf(err) != judging.Closed {
			t.Errorf("saved before the pledge: %v", err)
		}
		if now := d.load(code); now.State != judging.Open || len(now.Marks) > 0 {
			t.Errorf("kept before the pledge: %+v", now)
		}
		for _, other := range []string{"", "0123456789abcdef"} {
			if err := d.Pledge(t.Context(), other); judging.CodeOf(err) != judging.Clash {
				t.Errorf("the wording %q was accepted: %v", other, err)
			}
		}
		if !d.duties().Pledge.Open() {
			t.Error("another wording closed the pledge")
		}
		if err := d.Pledge(t.Context(), a.Sum); err != nil {
			t.Fatal(err)
		}
		first := d.duties().Pledge
		if first.Open() || first.Text != a.Text {
			t.Errorf("accepted, the list says %+v", first)
		}
		if err := d.Pledge(t.Context(), a.Sum); err != nil {
			t.Errorf("accepted twice: %v", err)
		}
		if again := d.duties().Pledge; !again.At.Equal(first.At) {
			t.Errorf("accepted again at %v, first at %v", again.At, first.At)
		}
		if kept := d.save(b); kept.State != judging.Scored {
			t.Errorf("after the pledge: %+v", kept)
		}
	})
}
