package office_test

import (
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/comparisons"
	"fayi/judging/office/rules"
)

// evenOut lets all works of 书法 share the first place: points of the office bring them level, and no rule parts them.
func evenOut(c attempt) {
	r, err := c.Rules(c.ctx)
	must(c.t, err)
	r, err = rules.AmendRules(r, "ties = []")
	must(c.t, err)
	must(c.t, reads(c.RuleBook().SaveRules(c.ctx, r, true)))
	placings, err := c.Results().Rank(c.ctx)
	must(c.t, err)
	top := map[string]float64{}
	for _, p := range placings {
		if first, known := top[p.Category]; !known {
			top[p.Category] = p.Official
		} else if more := judging.Exact(first) - judging.Exact(p.Official); p.Place > 0 && more != 0 {
			must(c.t, reads(c.Offsets().Give(c.ctx, string(p.Work), more.Float(), "拉平")))
		}
	}
}

// compares opens a comparison of the first tie and has its judges say so many things, all with one mind.
func compares(answers int) func(c attempt) {
	return func(c attempt) {
		evenOut(c)
		must(c.t, openTie(c))
		for range answers {
			more, err := answerNext(c)
			must(c.t, err)
			if !more {
				return
			}
		}
	}
}

func openTie(c attempt) error {
	lines, err := c.Comparisons().Lines(c.ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Why == "tie" {
			return reads(c.Comparisons().Open(c.ctx, comparisons.Request{
				Why: l.Why, Category: l.Category, Group: l.Group, Award: l.Award,
			}))
		}
	}
	return judging.Fail(judging.NotFound, "compare.no_lines", nil)
}

// answerNext lets whose turn it is take the work whose code comes first.
func answerNext(c attempt) (more bool, err error) {
	s, err := c.Comparisons().Show(c.ctx, "k001")
	if err != nil || s.Turn == "" {
		return false, err
	}
	desk := c.Comparisons().Desk(s.Turn)
	p, err := desk.Ask(c.ctx)
	if err != nil {
		return false, err
	}
	best := min(p.Left.Code, p.Right.Code)
	return true, desk.Answer(c.ctx, p.Comparison, p.Left.Code, p.Right.Code, best)
}

// answerOnce is answerNext on a device of the judge's own.
func answerOnce(c attempt) error {
	s, err := c.Comparisons().Show(c.ctx, "k001")
	if err != nil {
		return err
	}
	desk := c.Comparisons().Desk(s.Turn).InRoom()
	p, err := desk.Ask(c.ctx)
	if err != nil {
		return err
	}
	return desk.AnswerOnce(c.ctx, "p1", p.Comparison, p.Left.Code, p.Right.Code, "")
}

func settles(c attempt) {
	compares(200)(c)
	must(c.t, reads(c.Comparisons().Settle(c.ctx, "k001", "按两两比较", true)))
}

// Deeds around comparing in pairs.
func init() {
	deedsOf["scored"] = append(deedsOf["scored"],
		deed{"lines", func(c attempt) error { return reads(c.Comparisons().Lines(c.ctx)) }, ""},
		deed{"compare", openTie, ""},
		deed{"comparisons", func(c attempt) error { return reads(c.Comparisons().List(c.ctx)) }, ""},
		deed{"answer about a pair", func(c attempt) error { return reads(answerNext(c)) }, ""},
		deed{"answer about a pair on a device", answerOnce, ""},
		deed{"take an answer about a pair back", func(c attempt) error {
			return c.Comparisons().TakeBack(c.ctx, "k001/00001", "按错了")
		}, ""},
		deed{"take one's own answer back", func(c attempt) error {
			s, err := c.Comparisons().Show(c.ctx, "k001")
			if err != nil {
				return err
			}
			for _, j := range s.Panel {
				if j.N == 0 {
					continue
				}
				desk := c.Comparisons().Desk(j.Judge)
				p, err := desk.Ask(c.ctx)
				if err != nil {
					return err
				}
				return desk.Back(c.ctx, p.Last, "按错了")
			}
			return judging.Fail(judging.NotFound, "compare.no_answer", judging.Args{"ID": "k001/00001"})
		}, ""},
		deed{"preview a settlement", func(c attempt) error {
			return reads(c.Comparisons().Preview(c.ctx, "k001"))
		}, ""},
		deed{"settle by pairs", func(c attempt) error {
			return reads(c.Comparisons().Settle(c.ctx, "k001", "按两两比较", true))
		}, ""},
		deed{"undo a settlement", func(c attempt) error {
			return reads(c.Comparisons().Undo(c.ctx, "k001", "重新比较"))
		}, ""},
		deed{"give a comparison up", func(c attempt) error {
			return c.Comparisons().Drop(c.ctx, "k001", "改为合议")
		}, ""},
		deed{"export answers", func(c attempt) error {
			return reads(c.Comparisons().Export(c.ctx, "k001", filepath.Join(c.out, "回答.csv")))
		}, ""},
	)
	ready["compare"] = evenOut
	for _, name := range []string{
		"comparisons", "answer about a pair", "answer about a pair on a device", "give a comparison up",
	} {
		ready[name] = compares(1)
	}
	ready["take an answer about a pair back"], ready["take one's own answer back"] = compares(1), compares(1)
	ready["export answers"] = compares(3)
	ready["preview a settlement"], ready["settle by pairs"] = compares(200), compares(200)
	ready["undo a settlement"] = settles
}
