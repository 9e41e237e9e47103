package judge

import (
	"slices"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/voting"
)

// given is what the judge gave a work so far, in words where no marks are given; works put aside have nothing.
func given(text kit.Texter, d judging.Duties, w judging.Duty) string {
	out := total(w)
	if out != "" && d.Voting != nil {
		return saidOf(text, *d.Voting, w.Total)
	}
	return out
}

// saidOf says in words what a mark means where no marks are given.
func saidOf(text kit.Texter, rule voting.Rule, mark float64) string {
	return text.T("voting.say_"+rule.Said(mark), map[string]any{"N": int(mark)})
}

// votesWords says how many votes may still be given in the list of a work, or in each list for ""; "" where votes are
// not counted.
func votesWords(text kit.Texter, d judging.Duties, list string) (out string) {
	for _, c := range d.Votes() {
		if list != "" && c.List != list {
			continue
		}
		key := "left"
		switch {
		case c.Twice > 0:
			key = "twice"
		case c.Missing > 0:
			key = "missing"
		case c.Left() < 0:
			key = "over"
		}
		if out != "" {
			out += text.T("kit.semicolon", nil)
		}
		out += text.T("desk."+string(c.Kind)+"_"+key, map[string]any{
			"List": c.List, "Given": c.Given, "Left": c.Left(), "Over": -c.Left(), "Twice": c.Twice,
			"Missing": c.Missing,
		})
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
