package judge

import (
	"slices"

	"fayi/app/kit"
	"fayi/judging"
)

// given is what the judge gave a work so far, in words where no marks are given; works put aside have nothing.
func given(text kit.Texter, d judging.Duties, w judging.Duty) string {
	out := total(w)
	if out != "" && d.Voting != nil {
		return text.T("voting.say_"+d.Voting.Said(w.Total), nil)
	}
	return out
}

// votesWords says how many votes may still be given in the list of a work, or in each list for ""; "" where votes are
// not counted.
func votesWords(text kit.Texter, d judging.Duties, list string) (out string) {
	for _, c := range d.Votes() {
		if list != "" && c.List != list {
			continue
		}
		key := "desk.votes_left"
		if c.Left() < 0 {
			key = "desk.votes_over"
		}
		if out != "" {
			out += text.T("kit.semicolon", nil)
		}
		out += text.T(key, map[string]any{"List": c.List, "Given": c.Given, "Left": c.Left(), "Over": -c.Left()})
	}
	return out
}

// tellVotes shows how many votes are left, with what is said of this work now.
func (s *sheet) tellVotes() {
	d := s.desk.duties
	if d.Voting == nil {
		return
	}
	d.Works = slices.Clone(d.Works)
	if i := s.desk.find(s.work.Code); i >= 0 && s.writable() {
		w := &d.Works[i]
		if mark, said := s.form.Whole(); said {
			w.State, w.Total = judging.Scored, mark
		}
	}
	s.form.TellVotes(votesWords(s.desk.sh, d, s.work.List))
}
