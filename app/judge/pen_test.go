package judge

import (
	"context"
	"errors"
	"testing"

	"fayi/judging"
)

// slate remembers comments in the order they were written.
type slate struct {
	judging.Ballots
	said []string
	err  error
}

func (s *slate) Save(_ context.Context, b judging.Ballot) (judging.Ballot, error) {
	if s.err == nil {
		s.said = append(s.said, string(b.Code)+b.Comment)
	}
	return b, s.err
}

func TestAnOvertakenBallotIsNotWrittenAfterItsSuccessor(t *testing.T) {
	s := &slate{}
	p := newPen(nil, s)
	for _, c := range []struct {
		n             int
		code, comment string
		want          error
	}{{2, "A", "2", nil}, {1, "A", "1", errOvertaken}, {3, "B", "3", nil}, {1, "B", "1", errOvertaken},
		{1, "C", "1", nil}, {4, "A", "4", nil}} {
		if _, err := p.write(t.Context(), c.n, judging.Ballot{
			Code:    judging.WorkCode(c.code),
			Comment: c.comment,
		}); err != c.want {
			t.Errorf("ballot %d of %s: %v", c.n, c.code, err)
		}
	}
	if got := s.said; len(got) != 4 || got[0] != "A2" || got[1] != "B3" || got[2] != "C1" || got[3] != "A4" {
		t.Errorf("written %q", got)
	}
}

func TestAFailedBallotDoesNotHoldBackAnOlderOne(t *testing.T) {
	s := &slate{err: errors.New("full")}
	p := newPen(nil, s)
	if _, err := p.write(t.Context(), 2, judging.Ballot{Code: "A"}); err == nil {
		t.Fatal("no error")
	}
	s.err = nil
	if _, err := p.write(t.Context(), 1, judging.Ballot{Code: "A", Comment: "1"}); err != nil || len(s.said) != 1 {
		t.Errorf("written %q, %v", s.said, err)
	}
}
