package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/store/bolt"
	"fayi/judging/superior"
)

func (p *plain) final() bool { return p.Notice != nil && p.Notice.Final }

func submitList(w *world, r *rand.Rand) error {
	judge, _ := pick(r, w.p.Judges)
	if r.IntN(3) > 0 { // fills up first what is open
		for _, work := range w.p.list(judge) {
			if now, some := w.p.score(judge, work).now(); w.p.Notice == nil && (!some || now.N == noScore) &&
				!w.p.score(judge, work).Void {
				if err := w.loadForm(judge, work); err != nil {
					return err
				}
				if err := w.save(judge, work, drawn(r)); err != nil {
					return err
				}
			}
		}
	}
	allowed := w.p.Planned && w.p.Notice == nil
	if allowed && !w.p.Handed[judge] {
		allowed = !w.p.Closed
		for _, work := range w.p.list(judge) {
			now, some := w.p.score(judge, work).now()
			allowed = allowed && some && now.N != noScore && w.p.score(judge, work).pending() == nil
		}
	}
	done, err := w.act(judge+"'s list is handed in", when(allowed), func(ctx context.Context) error {
		return w.o.Scoring().SubmitScores(ctx, judging.JudgeID(judge))
	})
	if done {
		w.p.Handed[judge] = true
	}
	return err
}

func reopenList(w *world, r *rand.Rand) error {
	judge, _ := pick(r, w.p.Judges)
	allowed := w.p.Planned && w.p.Notice == nil && w.p.Handed[judge] && !w.p.Closed
	done, err := w.act(judge+"'s list is given back", when(allowed), func(ctx context.Context) error {
		return w.o.Scoring().ReopenScores(ctx, judging.JudgeID(judge), "漏评")
	})
	if done {
		w.p.Handed[judge] = false
	}
	return err
}

func closeRound(w *world, _ *rand.Rand) error {
	allowed := w.p.Planned && w.p.Notice == nil && !w.p.Closed
	done, err := w.act("the round is closed", when(allowed), func(ctx context.Context) error {
		return reads(w.o.Scoring().CloseRound(ctx, "到期"))
	})
	w.p.Closed = w.p.Closed || done
	return err
}

func reopenRound(w *world, _ *rand.Rand) error {
	allowed := w.p.Notice == nil && w.p.Closed
	done, err := w.act("the round is opened again", when(allowed), func(ctx context.Context) error {
		return w.o.Scoring().ReopenRound(ctx, "还有一份")
	})
	w.p.Closed = w.p.Closed && !done
	return err
}

func voidScore(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	s := w.p.score(judge, work)
	done, err := w.act(fmt.Sprintf("%s's score of %s is void", judge, work), when(w.p.Notice == nil && len(s.Said) > 0),
		func(ctx context.Context) error {
			return w.o.Scoring().VoidScore(ctx, judging.JudgeID(judge), work, "误评")
		})
	s.Void = s.Void || done
	return err
}

func restoreScore(w *world, r *rand.Rand) error {
	for _, judge := range w.p.Judges {
		for _, work := range w.p.Works {
			s := w.p.Scores[w.p.key(judge, work.ID)]
			if s == nil || !s.Void || r.IntN(2) == 0 {
				continue
			}
			allowed := w.p.Notice == nil && slices.Contains(w.p.list(judge), work.ID)
			done, err := w.act(fmt.Sprintf("%s's score of %s counts again", judge, work.ID), when(allowed),
				func(ctx context.Context) error {
					return w.o.Scoring().RestoreScore(ctx, judging.JudgeID(judge), work.ID, "作废错了")
				})
			s.Void = s.Void && !done
			return err
		}
	}
	return nil
}

// grown reads the lists of a plan that grew out of another. Lists with something left to score are open again.
func (w *world) grown() error {
	if err := w.readDuties(); err != nil {
		return err
	}
	for judge := range w.p.Handed {
		for _, work := range w.p.Duty[judge] {
			if now, some := w.p.score(judge, work).now(); !some || now.N == noScore {
				w.p.Handed[judge] = false
			}
		}
	}
	for key, s := range w.p.Scores {
		for _, judge := range w.p.Judges {
			for _, work := range w.p.Works {
				if key == w.p.key(judge, work.ID) && s.counts() && w.p.inRound(work.ID, w.p.Round) &&
					!slices.Contains(w.p.Duty[judge], work.ID) {
					return fault("%s lost %s with a score that counts", judge, work.ID)
				}
			}
		}
	}
	return nil
}

func adjust(w *world, r *rand.Rand) error {
	if !w.p.Planned {
		return nil
	}
	var plan judging.Plan
	expected := may
	if w.p.Notice != nil {
		expected = no
	}
	done, err := w.act("the plan is adjusted", expected, func(ctx context.Context) (err error) {
		seed := r.Uint64() >> 12
		plan, _, err = w.o.Assignment().AdjustPlan(ctx, &seed, nil)
		return err
	})
	if !done {
		return err
	}
	done, err = w.act("it is published", when(!w.p.Closed), func(ctx context.Context) error {
		return reads(w.o.Assignment().PublishPlan(ctx, plan.ID))
	})
	if !done {
		return err
	}
	return w.grown()
}

func recuse(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	substitute := ""
	if r.IntN(2) == 0 {
		substitute, _ = pick(r, w.p.Judges)
	}
	expected := may
	if w.p.Notice != nil || w.p.Closed {
		expected = no
	}
	done, err := w.act(fmt.Sprintf("%s is recused from %s for %q", judge, work, substitute), expected,
		func(ctx context.Context) error {
			by := judging.JudgeID(substitute)
			return reads(w.o.Scoring().RecuseJudge(ctx, judging.JudgeID(judge), work, "师生", by))
		})
	if !done {
		return err
	}
	if s := w.p.score(judge, work); s.counts() {
		s.Void = true
	}
	w.p.Apart[judge+"/"+work] = true
	if err := w.grown(); err != nil {
		return err
	}
	if slices.Contains(w.p.Duty[judge], work) {
		return fault("%s still has %s", judge, work)
	}
	return nil
}

func declare(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	done, err := w.act(fmt.Sprintf("a conflict of %s with %s is declared", judge, work), when(!w.p.final()),
		func(ctx context.Context) error {
			return w.o.Assignment().DeclareConflict(ctx, judging.Conflict{Judge: judging.JudgeID(judge),
				Work: judging.WorkID(work), Reason: "亲属"})
		})
	if done {
		w.p.Apart[judge+"/"+work] = true
	}
	return err
}

// conflicted are the scores that wait for a word.
func (p *plain) conflicted() (out [][2]string) {
	for _, judge := range p.Judges {
		for _, w := range p.Works {
			if p.Apart[judge+"/"+w.ID] && p.Scores[p.key(judge, w.ID)].counts() && !p.Kept[p.key(judge, w.ID)] {
				out = append(out, [2]string{judge, w.ID})
			}
		}
	}
	return out
}

func settleConflict(w *world, r *rand.Rand) error {
	x, some := pick(r, w.p.conflicted())
	if !some {
		return nil
	}
	keep := r.IntN(2) == 0
	allowed := w.p.Notice == nil || keep && !w.p.final()
	done, err := w.act(fmt.Sprintf("the score of %v in spite of a conflict is kept: %v", x, keep), when(allowed),
		func(ctx context.Context) error {
			return w.o.Scoring().SettleConflict(ctx, judging.JudgeID(x[0]), x[1], keep, "已核实")
		})
	if done && keep {
		w.p.Kept[w.p.key(x[0], x[1])] = true
	} else if done {
		w.p.score(x[0], x[1]).Void = true
	}
	return err
}

func lateWork(w *world, _ *rand.Rand) error {
	if len(w.p.Works) > 14 {
		return nil
	}
	over := w.p.Planned && (w.p.Closed || w.allHanded())
	title := fmt.Sprintf("迟到%d", len(w.p.Works))
	n := len(w.p.Works)
	if w.p.Round > 1 || over || w.p.Notice != nil {
		path := table(w.t, "迟到.xlsx", header, []any{title, "书法", "", "迟某", "某校", "", ""})
		before, err := w.o.Works(w.t.Context(), office.WorkFilter{})
		if err != nil {
			return err
		}
		done, err := w.act("a late work is refused", may, func(ctx context.Context) error {
			return reads(w.o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{path}}, nil))
		})
		if done {
			w.p.LeftOut = 1 // the list that comes again takes the place of the one before
		}
		after, err2 := w.o.Works(w.t.Context(), office.WorkFilter{})
		if err == nil && err2 == nil && len(after) != len(before) {
			return fault("a work came in though it was too late")
		}
		return firstOf(err, err2)
	}
	_, err := w.act("a late work comes in", yes, func(context.Context) error {
		return w.takeIn(title, plainCategories[n%2])
	})
	return err
}

func firstOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// allHanded reports whether every judge with works has handed in.
func (w *world) allHanded() bool {
	for _, j := range w.p.Judges {
		if len(w.p.Duty[j]) > 0 && !w.p.Handed[j] {
			return false
		}
	}
	return true
}

func leaveContest(w *world, r *rand.Rand) error {
	x, _ := pick(r, w.p.Works)
	status := []judging.WorkStatus{judging.Withdrawn, judging.Rejected}[r.IntN(2)]
	done, err := w.act(fmt.Sprintf("%s is %s", x.ID, status), when(!w.p.final()), func(ctx context.Context) error {
		return reads(w.o.Review().ReviewWorks(ctx, []judging.WorkID{judging.WorkID(x.ID)},
			judging.Finding{Status: status, Note: "退出"}))
	})
	x.In = x.In && !done
	return err
}

func correctWork(w *world, r *rand.Rand) error {
	x, _ := pick(r, w.p.Works)
	field, value := "title", fmt.Sprintf("%s改%d", x.Title[:6], w.p.Clock)
	if r.IntN(2) == 0 {
		field, value = "authors", "李"+stem(w.p.Clock)
	}
	done, err := w.act(fmt.Sprintf("%s of %s is put right", field, x.ID), yes, func(ctx context.Context) error {
		return reads(w.o.Corrections().CorrectWorks(ctx, correction.Correction{Works: []string{x.ID},
			Set: map[string]string{field: value}, Reason: "写错"}))
	})
	if done && field == "title" {
		x.Title = value
	} else if done {
		x.Author = value
	}
	return err
}

func mergeJudges(w *world, r *rand.Rand) error {
	from, _ := pick(r, w.p.Judges)
	into, _ := pick(r, w.p.Judges)
	if from == into || len(w.p.Judges) < 4 {
		return nil
	}
	take := []string{"", "from", "into"}[r.IntN(3)]
	asks := false
	for round := 1; round <= w.p.Round; round++ {
		for _, x := range w.p.Works {
			a := w.p.Scores[fmt.Sprintf("%d/%s/%s", round, from, x.ID)]
			b := w.p.Scores[fmt.Sprintf("%d/%s/%s", round, into, x.ID)]
			asks = asks || a.counts() && b.counts()
		}
	}
	done, err := w.act(fmt.Sprintf("%s is the same judge as %s, taking %q", from, into, take),
		when(w.p.Notice == nil && !(asks && take == "")), func(ctx context.Context) error {
			a, b := judging.JudgeID(from), judging.JudgeID(into)
			return reads(w.o.ScoredJudges().MergeJudges(ctx, a, b, take, "录入两次"))
		})
	if !done {
		return err
	}
	w.p.merge(from, into, take)
	delete(w.desks, from)
	delete(w.desks, into)
	handed := (w.p.Handed[from] || len(w.p.Duty[from]) == 0) && (w.p.Handed[into] || len(w.p.Duty[into]) == 0) &&
		(w.p.Handed[from] || w.p.Handed[into])
	for _, work := range w.p.Duty[from] {
		if !slices.Contains(w.p.Duty[into], work) {
			w.p.Duty[into] = append(w.p.Duty[into], work)
		}
	}
	delete(w.p.Duty, from)
	for _, work := range w.p.Duty[into] {
		s := w.p.score(into, work)
		now, some := s.now()
		handed = handed && (s.Void || some && now.N != noScore) && (s.pending() == nil || !w.p.inContest(work))
	}
	delete(w.p.Handed, from)
	w.p.Handed[into] = handed
	return nil
}

// merge puts all of one judge under another; what counts comes last.
func (p *plain) merge(from, into, take string) {
	p.Judges = slices.DeleteFunc(p.Judges, func(j string) bool { return j == from })
	for round := 1; round <= p.Round; round++ {
		for _, x := range p.Works {
			a, b := fmt.Sprintf("%d/%s/%s", round, from, x.ID), fmt.Sprintf("%d/%s/%s", round, into, x.ID)
			s, mine := p.Scores[a], p.Scores[b]
			for i := range p.Acked {
				if p.Acked[i].Key == a {
					p.Acked[i].Key = b
				}
			}
			if s == nil {
				continue
			}
			if mine == nil {
				mine = &plainScore{}
			}
			first, last := mine, s
			if weight(mine) > weight(s) || weight(mine) == weight(s) && take != "from" && mine.counts() {
				first, last = s, mine
			}
			p.Scores[b] = &plainScore{Said: slices.Concat(first.Said, last.Said), Void: last.Void,
				Waiting: slices.Concat(mine.Waiting, s.Waiting), Undone: slices.Concat(mine.Undone, s.Undone)}
			delete(p.Scores, a)
			if p.Apart[from+"/"+x.ID] {
				p.Apart[into+"/"+x.ID] = true
			}
			p.Kept[b] = last == s && p.Kept[a] || last == mine && p.Kept[b]
		}
	}
	for _, x := range p.Works {
		if p.Apart[from+"/"+x.ID] {
			p.Apart[into+"/"+x.ID] = true
		}
	}
}

// weight tells which of two entries of one judge says more: a score that counts, one that was given back, a void one,
// nothing.
func weight(s *plainScore) int {
	now, some := s.now()
	switch {
	case s.counts():
		return 3
	case some && !s.Void && now.N != noScore:
		return 2
	case some && s.Void:
		return 1
	}
	return 0
}

func strikeJudge(w *world, r *rand.Rand) error {
	judge, _ := pick(r, w.p.Judges)
	what := []string{"void", "keep", ""}[r.IntN(3)]
	asks := false
	for key, s := range w.p.Scores {
		var round int
		var j, x string
		parts(key, &round, &j, &x)
		now, some := s.now()
		asks = asks || j == judge && some && !s.Void && now.N != noScore
	}
	allowed := w.p.Notice == nil && !(asks && what == "")
	done, err := w.act(fmt.Sprintf("%s is struck, scores %q", judge, what), when(allowed),
		func(ctx context.Context) error {
			return reads(w.o.ScoredJudges().StrikeJudge(ctx, judging.JudgeID(judge), what, "泄露"))
		})
	if !done || what != "void" {
		return err
	}
	for key, s := range w.p.Scores {
		var round int
		var j, x string
		parts(key, &round, &j, &x)
		if now, some := s.now(); j == judge && some && now.N != noScore {
			s.Void = true
		}
	}
	return nil
}

func backup(w *world, _ *rand.Rand) error {
	var path string
	_, err := w.act("a copy is made", yes, func(ctx context.Context) (err error) {
		path, err = w.o.BackupContest(ctx)
		return err
	})
	w.copies = append(w.copies, backupWorld{path, w.p.clone()})
	return err
}

func restore(w *world, r *rand.Rand) error {
	c, some := pick(r, w.copies)
	if !some {
		return nil
	}
	ctx := w.t.Context()
	was, refusal := w.o.MayRestore(ctx, "")
	if (refusal != nil) != w.p.final() {
		return fault("a restore is refused: %v, final: %v", refusal, w.p.final())
	}
	if refusal != nil {
		return nil
	}
	if err := w.o.Close(); err != nil {
		return err
	}
	kept := fmt.Sprintf("before-restore-%d.db", w.p.Clock)
	if _, err := bolt.Restore(ctx, w.dir, c.path, kept, office.SameContest); err != nil {
		return err
	}
	if err := w.open(); err != nil {
		return err
	}
	w.log = append(w.log, "a copy is restored: done")
	next := c.p.clone()
	next.Clock, next.NextID = w.p.Clock, w.p.NextID
	w.p, w.desks = next, map[string]*deskWorld{}
	return w.o.NoteRestored(ctx, was)
}

func award0(kind award.RulingKind, work, name string) award.Ruling {
	return award.Ruling{Kind: kind, Work: judging.WorkID(work), Award: name, Reason: "评委会决定"}
}

func ruleWork(w *world, r *rand.Rand) error {
	x, _ := pick(r, w.p.Works)
	kind := []award.RulingKind{award.RuleDisqualify, award.RuleWithhold, award.RuleGive}[r.IntN(3)]
	name := ""
	if kind == award.RuleGive {
		name = plainAwards[r.IntN(3)].name
	}
	allowed := !w.p.final() || kind == award.RuleDisqualify
	var u award.Ruling
	done, err := w.act(fmt.Sprintf("ruling on %s: %s %s", x.ID, kind, name), when(allowed),
		func(ctx context.Context) (err error) {
			u, err = w.o.Awards().RuleAward(ctx, award0(kind, x.ID, name))
			return err
		})
	if done {
		w.p.Words = append(w.p.Words, &plainRuling{ID: u.ID, Kind: string(kind), Work: x.ID, Award: name,
			Since: w.p.Decides})
	}
	return err
}

func recallRuling(w *world, r *rand.Rand) error {
	u, some := pick(r, w.p.Words)
	if !some {
		return nil
	}
	pending := w.p.Decides > 0 && u.Since == w.p.Decides
	allowed := !u.Recalled && (!w.p.final() || pending)
	done, err := w.act("ruling "+u.ID+" is taken back", when(allowed), func(ctx context.Context) error {
		return w.o.Awards().RecallRuling(ctx, u.ID, "误判")
	})
	if !done {
		return err
	}
	u.Recalled = true
	if u.Since = w.p.Decides; pending {
		u.Since = -1
	}
	return nil
}

// pending are the rulings that no deciding has seen.
func (p *plain) pending() (n int) {
	for _, u := range p.Words {
		if p.Decides > 0 && u.Since == p.Decides {
			n++
		}
	}
	return n
}

func decideAwards(w *world, _ *rand.Rand) error {
	scored := false
	for _, j := range w.p.Judges {
		for _, x := range w.p.list(j) {
			now, some := w.p.score(j, x).now()
			scored = scored || some && now.N != noScore
		}
	}
	expected := when(w.p.Planned && scored && (!w.p.final() || w.p.pending() > 0))
	if w.p.Planned && !scored && !w.p.final() {
		expected = may // works that have left may have scores
	}
	done, err := w.act("awards are decided", expected, func(ctx context.Context) error {
		return reads(w.o.Awards().DecideAwards(ctx, false))
	})
	if !done {
		return err
	}
	w.p.Decides++
	w.p.Decided, w.p.Notes = w.p.awards()
	if w.p.final() {
		w.p.Notice.Shown, w.p.Notice.Decide = namesOf(w.p.Decided), w.p.Decides
	}
	for work, a := range w.p.Again {
		if a.Open && w.p.inRound(work, w.p.Round) && w.p.unheard(work) == 0 {
			a.Open = false
		}
	}
	return nil
}

// unheard counts the judges who have not spoken since a work was opened again.
func (p *plain) unheard(work string) (n int) {
	for _, j := range p.Judges {
		s := p.Scores[p.key(j, work)]
		if now, some := s.now(); some && now.N != noScore && !s.Void && now.At <= p.Again[work].At {
			n++
		}
	}
	return n
}

func scoreAgain(w *world, r *rand.Rand) error {
	x, _ := pick(r, w.p.Works)
	allowed := w.p.Notice == nil
	done, err := w.act(x.ID+" is to be scored again", when(allowed), func(ctx context.Context) error {
		return reads(w.o.Awards().SettleDispute(ctx, x.ID, judging.Rescore, "", "分歧"))
	})
	if done {
		w.p.open(x.ID, "")
	}
	return err
}

func (p *plain) open(work, by string) {
	a := p.Again[work]
	if a == nil {
		a = &plainAgain{}
		p.Again[work] = a
	}
	a.At, a.Open, a.By = p.Clock, true, append(a.By, plainOpening{by, p.Clock, a.Open})
}

func publishAwards(w *world, _ *rand.Rand) error {
	allowed := w.p.Decided != nil && w.p.Notice == nil && !w.p.stopped("notice")
	var n judging.Notice
	done, err := w.act("awards are shown", when(allowed), func(ctx context.Context) (err error) {
		n, err = w.o.Notices().PublishAwards(ctx, awards.NoticeRequest{Days: 1})
		return err
	})
	if done {
		w.p.Notice = &plainNotice{ID: n.ID, Shown: namesOf(w.p.Decided), Decide: w.p.Decides}
		w.p.Past[n.ID] = w.p.Notice
	}
	return err
}

func recallNotice(w *world, _ *rand.Rand) error {
	stands := w.p.Notice != nil && !w.p.final()
	done, err := w.act("the notice is taken back", when(stands), func(ctx context.Context) error {
		return reads(w.o.Notices().RecallNotice(ctx, "日期写错"))
	})
	if done {
		w.p.Past[w.p.Notice.ID].Why, w.p.Past[w.p.Notice.ID].Over = true, true
		w.p.Notice = nil
	}
	return err
}

func finalize(w *world, _ *rand.Rand) error {
	w.day = w.day.AddDate(0, 0, 5)
	done, err := w.act("awards are final", when(w.p.Notice != nil && !w.p.final() && !w.p.stopped("final")),
		func(ctx context.Context) error { return reads(w.o.Notices().FinalizeAwards(ctx)) })
	if done {
		w.p.Notice.Final = true
	}
	return err
}

func object(w *world, r *rand.Rand) error {
	x, _ := pick(r, w.p.Works)
	var got judging.Objection
	stands := w.p.Notice != nil && !w.p.final()
	done, err := w.act("an objection to "+x.ID, when(stands), func(ctx context.Context) (err error) {
		got, err = w.o.Notices().FileObjection(ctx, x.ID, "雷同", "")
		return err
	})
	if done {
		w.p.Objects = append(w.p.Objects, &plainObjection{ID: got.ID, Work: x.ID, Notice: w.p.Notice.ID, State: "open"})
	}
	return err
}

func answer(w *world, r *rand.Rand) error {
	x, some := pick(r, w.p.Objects)
	if !some {
		return nil
	}
	uphold, reopen := r.IntN(2) == 0, r.IntN(2) == 0
	done, err := w.act(fmt.Sprintf("%s is answered, upheld %v, to be scored again %v", x.ID, uphold, reopen),
		when(x.State == "open" && !w.p.final()), func(ctx context.Context) error {
			return reads(w.o.Notices().AnswerObjection(ctx, x.ID, uphold, reopen, "经核实"))
		})
	if !done {
		return err
	}
	x.State, x.At, x.Reopen = "dismissed", w.p.Clock, uphold && reopen
	if !uphold {
		return nil
	}
	x.State = "upheld"
	if n := w.p.Past[x.Notice]; w.p.Notice != nil && w.p.Notice.ID == x.Notice {
		n.Over, w.p.Notice = true, nil
	}
	if reopen {
		w.p.open(x.Work, x.ID)
	}
	return nil
}

func retract(w *world, r *rand.Rand) error {
	x, some := pick(r, w.p.Objects)
	if !some {
		return nil
	}
	allowed := x.State != "open" && !w.p.final()
	if x.State == "upheld" {
		allowed = allowed && w.p.Decides == w.p.Past[x.Notice].Decide && w.p.Notice == nil
		for _, u := range w.p.Words {
			allowed = allowed && (u.Work != x.Work || u.Recalled || w.ruledAt(u) < x.At)
		}
		for _, j := range w.p.Judges {
			if now, some := w.p.Scores[w.p.key(j, x.Work)].now(); some && now.At > x.At {
				allowed = false
			}
		}
	}
	expected := when(allowed)
	if allowed && len(w.p.Words) > 0 {
		expected = may // when it was ruled is not kept here
	}
	done, err := w.act("the answer to "+x.ID+" is taken back", expected, func(ctx context.Context) error {
		return reads(w.o.Notices().RetractAnswer(ctx, x.ID, "选错了"))
	})
	if !done {
		return err
	}
	if x.Reopen {
		a := w.p.Again[x.Work]
		i := slices.IndexFunc(a.By, func(o plainOpening) bool { return o.By == x.ID })
		if i == len(a.By)-1 {
			a.Open = a.By[i].Open
		}
		a.By = slices.Delete(a.By, i, i+1)
		if len(a.By) == 0 {
			delete(w.p.Again, x.Work)
		} else {
			a.At = a.By[len(a.By)-1].At
		}
	}
	upheld := x.State == "upheld"
	x.State, x.Reopen = "open", false
	others := slices.ContainsFunc(w.p.Objects, func(o *plainObjection) bool {
		return o.Notice == x.Notice && o.State == "upheld"
	})
	if n := w.p.Past[x.Notice]; upheld && !others && !n.Why {
		n.Over, w.p.Notice = false, n
	}
	return nil
}

func (w *world) ruledAt(*plainRuling) int { return -1 }

func nextRound(w *world, _ *rand.Rand) error {
	on := w.p.entrants()
	allowed := w.p.Notice == nil && w.p.Round == 1 && w.p.Planned && len(on) > 0 && !w.p.stopped("next")
	var got []judging.WorkID
	done, err := w.act("the next round begins", when(allowed), func(ctx context.Context) (err error) {
		got, err = w.o.Awards().NextRound(ctx, false)
		return err
	})
	if !done {
		return err
	}
	var names []string
	for _, id := range got {
		names = append(names, string(id))
	}
	slices.Sort(names)
	if slices.Sort(on); !slices.Equal(on, names) {
		return fault("%v go on, and should %v", names, on)
	}
	first := w.p.clone()
	w.p.First, w.p.Entries, w.p.Round, w.p.Planned, w.p.Closed = first, on, 2, false, false
	w.p.Handed, w.p.Again, w.p.Duty, w.p.Line = map[string]bool{}, map[string]*plainAgain{}, map[string][]string{}, nil
	w.desks = map[string]*deskWorld{}
	return nil
}

func undoRound(w *world, _ *rand.Rand) error {
	allowed := w.p.Notice == nil && w.p.Round == 2 && !w.p.Planned
	if w.p.First != nil && len(w.p.First.Judges) != len(w.p.Judges) {
		return nil // judges were merged since: the model does not go back behind that
	}
	done, err := w.act("the round is undone", when(allowed), func(ctx context.Context) error {
		return w.o.Awards().UndoRound(ctx, "入围数不对")
	})
	if !done {
		return err
	}
	first := w.p.First
	w.p.First, w.p.Entries, w.p.Round, w.p.Planned = nil, nil, 1, true
	w.p.Closed, w.p.Handed, w.p.Again, w.p.Line = first.Closed, first.Handed, first.Again, first.Line
	w.p.Duty, w.desks = first.Duty, map[string]*deskWorld{}
	return nil
}

func planRound(w *world, _ *rand.Rand) error {
	if w.p.Planned || w.p.Notice != nil {
		return nil
	}
	_, err := w.act("the round is planned", may, w.plan)
	return err
}

func packBatch(w *world, _ *rand.Rand) error {
	said, fixed, of := w.p.reported()
	allowed := len(w.p.Decided) > 0 && !w.p.stopped("batch")
	works, corrections := map[string]string{}, map[string]string{}
	for id := range w.p.Decided {
		if _, before := fixed[id]; !before {
			works[id] = w.p.saidOf(id)
		}
	}
	for id, was := range said {
		if now := w.p.saidOf(id); now != was {
			corrections[id] = now
		}
	}
	var got report.BatchReport
	allowed = allowed && len(works)+len(corrections) > 0
	done, err := w.act("a batch is packed", when(allowed), func(ctx context.Context) (err error) {
		got, err = w.o.Report().PackBatch(ctx, report.BatchRequest{To: superior.City,
			Dir: filepath.Join(w.root, fmt.Sprintf("批%d", w.p.Clock))}, keyWords, nil)
		return err
	})
	if !done {
		return err
	}
	b := &plainBatch{ID: got.Batch, Works: works, Fixed: corrections, Of: map[string]string{}}
	for id := range corrections {
		b.Of[id] = of[id]
	}
	w.p.Batches = append(w.p.Batches, b)
	if len(got.Works) != len(works) || len(got.Corrections) != len(corrections) {
		return fault("the batch holds %v and corrects %+v, and should %v and %v", got.Works, got.Corrections, works,
			corrections)
	}
	for _, id := range got.Works {
		if _, in := works[string(id)]; !in {
			return fault("the batch holds %s, and should %v", id, works)
		}
	}
	for _, c := range got.Corrections {
		if _, in := corrections[string(c.Work)]; !in || c.Now.Award != awardOf(w.p.Decided, string(c.Work)) {
			return fault("the batch corrects %+v, and should %v", c, corrections)
		}
	}
	return nil
}

// saidOf is all that a batch says of a work.
func (p *plain) saidOf(id string) string {
	x := p.work(id)
	return awardOf(p.Decided, id) + "|" + x.Title + "|" + x.Author
}

// reported is what was last said of each work, which works were reported, and by which batch it was said last.
func (p *plain) reported() (said, in, of map[string]string) {
	said, in, of = map[string]string{}, map[string]string{}, map[string]string{}
	for _, b := range p.Batches {
		if b.Withdrawn {
			continue
		}
		for id, s := range b.Works {
			said[id], in[id], of[id] = s, b.ID, b.ID
		}
		for id, s := range b.Fixed {
			said[id], of[id] = s, b.ID
		}
	}
	return said, in, of
}

func withdrawBatch(w *world, r *rand.Rand) error {
	b, some := pick(r, w.p.Batches)
	if !some {
		return nil
	}
	allowed := !b.Withdrawn
	for _, later := range w.p.Batches {
		for _, of := range later.Of {
			allowed = allowed && (later.Withdrawn || of != b.ID)
		}
	}
	done, err := w.act(b.ID+" is withdrawn", when(allowed), func(ctx context.Context) error {
		return reads(w.o.Report().WithdrawBatch(ctx, b.ID, "漏了附件"))
	})
	b.Withdrawn = b.Withdrawn || done
	return err
}
