package matrix

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/sheet/paper"
)

// audience is the cells of a work's votes: how many came in, how many of them hold, full marks, and what the votes are
// worth next to those of its list, of 100.
func (b book) audience(w Row, r int) []any {
	rule := b.Audience
	if rule == nil {
		return nil
	}
	votes, counted := fmt.Sprintf("%s%d", b.letter(colVotes), r), fmt.Sprintf("%s%d", b.letter(colCounted), r)
	held := votes
	if rule.Most > 0 {
		held = fmt.Sprintf("MIN(%s,%d)", held, rule.Most)
	}
	none := fmt.Sprintf("COUNT(%s)=0", votes)
	if rule.Least > 0 {
		none = fmt.Sprintf("OR(%s,%s<%d)", none, votes, rule.Least)
	}
	list := fmt.Sprintf("(%s=$C%d)*(%s=$D%d)", b.all("C", false), r, b.all("D", false), r)
	all := b.all(b.letter(colCounted), false)
	mark := ""
	switch most := fmt.Sprintf("SUMPRODUCT(MAX(%s*%s))", list, all); rule.By {
	case audience.Share:
		mark = fmt.Sprintf("IF(%s=0,0,%d*%s/MAX(1,%s))", counted, audience.Full, counted, most)
	case audience.Places:
		place := fmt.Sprintf("SUMPRODUCT(%s*(%s>%s))+1", list, all, counted)
		mark = steps(rule.Steps, place, "<=")
	default:
		mark = steps(rule.Steps, counted, ">=")
	}
	cells := []any{nil, paper.Formula(fmt.Sprintf("IF(%s,0,%s)", none, held)), w.Full,
		paper.Formula(fmt.Sprintf("IF(%s,0,%s)", none, mark))}
	if w.Votes != nil {
		cells[0] = *w.Votes
	}
	return cells
}

// steps is the mark of the first step that takes a value in.
func steps(list []audience.Step, value, compare string) string {
	out := "0"
	for i := len(list) - 1; i >= 0; i-- {
		out = fmt.Sprintf("IF(%s%s%d,%s,%s)", value, compare, list[i].At, judging.Exact(list[i].Mark), out)
	}
	return out
}

// heard mixes what judges made with what the audience adds.
func (b book) heard(judges string, r int) string {
	if b.Audience == nil {
		return judges
	}
	weight := judging.Exact(b.Audience.Weight)
	return fmt.Sprintf("(%s)*(100-%s)/100+%s%d*%s%d/100*%s/100", judges, weight, b.letter(colHeard), r,
		b.letter(colFull), r, weight)
}
