package points

import (
	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// flags finds flags and recusals that nobody handled.
func flags(l *look) (found, error) {
	s, err := l.start()
	if err != nil || s.plan == nil {
		return found{}, err
	}
	return raisedIn(l.tx, *s.plan, func(id judging.WorkID) bool {
		w, known := s.byID[id]
		return known && s.takes(w)
	})
}

// listsOpen finds judges who have not handed in, until the round is closed.
func listsOpen(l *look) (found, error) {
	status, err := l.progress()
	return waitingLists(status), err
}

func waitingLists(s records.Status) (out found) {
	for _, j := range s.Judges {
		if s.Closed == nil && j.Total > 0 && !j.Submitted {
			out.judges = append(out.judges, j.Judge)
			out.count++
		}
	}
	return out
}

// pledgesOpen finds judges with works who have not accepted the pledge that the rules ask for.
func pledgesOpen(l *look) (found, error) {
	status, err := l.progress()
	if err != nil {
		return found{}, err
	}
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	return pledgesIn(l.tx, s.rules, status)
}

func pledgesIn(tx store.Tx, rules judging.Rules, s records.Status) (out found, err error) {
	for _, j := range s.Judges {
		if j.Total == 0 {
			continue
		}
		switch err := pledged.Owed(tx, rules, judging.Judge{ID: j.Judge}); judging.CodeOf(err) {
		case judging.Closed:
			out.judges = append(out.judges, j.Judge)
			out.count++
		case "":
		default:
			return out, err
		}
	}
	return out, nil
}

// clashes finds scores that contest and packets tell differently.
func clashes(l *look) (found, error) { return clashesIn(l.tx) }

func clashesIn(tx store.Tx) (found, error) {
	all, err := scoring.OpenClashes(tx)
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
	status, err := l.progress()
	if err != nil {
		return found{}, err
	}
	waiting := map[judging.JudgeID]bool{}
	for _, j := range status.Judges {
		waiting[j.Judge] = status.Closed == nil && !j.Submitted
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
	status, err := l.progress()
	if err != nil || !status.Finished() { // nothing is finished without a plan
		return found{}, err
	}
	scored, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	var works []judging.WorkID
	for _, p := range scored.Placings {
		lacks := scored.Rules.Audience != nil && scored.Votes.Of(p.Work) == nil // votesMissing tells of it
		if p.Place == 0 && !(lacks && p.Scores >= scored.Rules.LeastScores()) {
			works = append(works, p.Work)
		}
	}
	return ofWorks(works), nil
}

// votesMissing finds works of the last round without votes of the audience whose votes the rules weigh.
func votesMissing(l *look) (found, error) {
	s, err := l.start()
	if err != nil || s.plan == nil || s.rules.In(s.contest.Round).Audience == nil {
		return found{}, err
	}
	votes, err := votelists.Counts(l.tx)
	if err != nil {
		return found{}, err
	}
	return l.worksThat(func(w judging.Work) bool { return votes.Of(w.ID) == nil })
}

// quickVotes finds nothing: where an audience counts, tallies say nothing.
func quickVotes(*quick) (found, error) { return found{}, nil }

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
func disputes(l *look) (found, error) { return l.disputesThat(awards.DisputeOpen) }

// reopened finds works that were opened to their judges again and are not settled.
func reopened(l *look) (found, error) { return l.disputesThat(awards.DisputeUnderway) }

func (l *look) disputesThat(state awards.DisputeState) (found, error) {
	scored, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	return disputesThat(l.tx, *scored, state)
}

func disputesThat(tx store.Tx, s results.Scoring, state awards.DisputeState) (found, error) {
	all, err := awards.DisputesIn(tx, s)
	var works []judging.WorkID
	for _, d := range all {
		if d.State == state {
			works = append(works, d.Work)
		}
	}
	return ofWorks(works), err
}
