package points

import (
	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
)

// flags finds flags and recusals that nobody handled.
func flags(l *look) (found, error) {
	s, err := l.start()
	if err != nil || s.plan == nil {
		return found{}, err
	}
	all, err := scoring.ListRaised(l.tx, *s.plan)
	var works []judging.WorkID
	n := 0
	for _, r := range all {
		if w, known := s.byID[r.Work]; known && s.takes(w) && r.Open() {
			works = append(works, r.Work)
			n++
		}
	}
	out := ofWorks(works)
	out.count = n
	return out, err
}

// listsOpen finds judges who have not handed in, until the round is closed.
func listsOpen(l *look) (found, error) {
	s, err := l.start()
	if err != nil || s.status.Closed != nil {
		return found{}, err
	}
	var out found
	for _, j := range s.status.Judges {
		if j.Total > 0 && !j.Submitted {
			out.judges = append(out.judges, j.Judge)
			out.count++
		}
	}
	return out, nil
}

// clashes finds scores that contest and packets tell differently.
func clashes(l *look) (found, error) {
	all, err := scoring.OpenClashes(l.tx)
	out := found{count: len(all)}
	for _, c := range all {
		out.judges = append(out.judges, c.Judge)
	}
	return out, err
}

// judgeShort finds works with fewer scores than their plan gave them, once nobody is going to give any more.
func judgeShort(l *look) (found, error) {
	s, err := l.start()
	if err != nil || s.plan == nil {
		return found{}, err
	}
	scored, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	lists, err := records.PlanRosters(l.tx, s.plan.ID)
	if err != nil {
		return found{}, err
	}
	waiting := map[judging.JudgeID]bool{}
	for _, j := range s.status.Judges {
		waiting[j.Judge] = s.status.Closed == nil && !j.Submitted
	}
	wanted, open := map[judging.WorkID]int{}, map[judging.WorkID]bool{}
	for _, list := range lists {
		for _, w := range list.Works {
			wanted[w]++
			open[w] = open[w] || waiting[list.Judge]
		}
	}
	var works []judging.WorkID
	for _, p := range scored.Placings {
		if !open[p.Work] && p.Scores < wanted[p.Work] {
			works = append(works, p.Work)
		}
	}
	return ofWorks(works), nil
}

// unranked finds works that get no place for want of scores, once the round's scoring is over.
func unranked(l *look) (found, error) {
	s, err := l.start()
	if err != nil || !s.status.Finished() { // nothing is finished without a plan
		return found{}, err
	}
	scored, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	var works []judging.WorkID
	for _, p := range scored.Placings {
		if p.Place == 0 {
			works = append(works, p.Work)
		}
	}
	return ofWorks(works), nil
}

// twoFormulas finds works whose highest and lowest scores stay in while those of others in their list are left out, or
// the other way round: the fewer of the two.
func twoFormulas(l *look) (found, error) {
	scored, err := l.scoring()
	if err != nil || scored.Rules.Official != judging.ByRules {
		return found{}, err
	}
	var works []judging.WorkID
	for _, list := range results.Runs(scored.Placings, results.SameList) {
		var whole, trimmed []judging.WorkID
		for _, p := range list {
			switch {
			case p.Place == 0:
			case p.Dropped == 0:
				whole = append(whole, p.Work)
			default:
				trimmed = append(trimmed, p.Work)
			}
		}
		if len(whole) <= len(trimmed) { // none of one of them: nothing to tell
			works = append(works, whole...)
		} else {
			works = append(works, trimmed...)
		}
	}
	return ofWorks(works), nil
}

// conflicted finds scores that count although their judges are to be kept from the works.
func conflicted(l *look) (found, error) {
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	all, err := l.r.ConflictedScores(s.contest.Round)
	var out found
	for _, x := range all {
		if w, known := s.byID[x.Work]; known && s.takes(w) {
			out.works, out.judges = append(out.works, x.Work), append(out.judges, x.Judge)
			out.count++
		}
	}
	return out, err
}

// disputes finds works whose judges are too far apart and that nobody did anything about.
func disputes(l *look) (found, error) {
	return l.disputesThat(func(d awards.DisputedWork) bool { return d.State == awards.DisputeOpen })
}

// reopened finds works that were opened to their judges again and are not settled.
func reopened(l *look) (found, error) {
	return l.disputesThat(func(d awards.DisputedWork) bool { return d.State == awards.DisputeUnderway })
}

func (l *look) disputesThat(pass func(awards.DisputedWork) bool) (found, error) {
	scored, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	all, err := awards.DisputesIn(l.tx, *scored)
	var works []judging.WorkID
	for _, d := range all {
		if pass(d) {
			works = append(works, d.Work)
		}
	}
	return ofWorks(works), err
}
