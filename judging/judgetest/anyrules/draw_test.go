package anyrules

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// said is what one judge says of a work.
type said struct {
	judge int
	marks []float64 // in the order of the rubric, off where one does not apply; nil where only a total was given
	total float64   // as it is kept: to four decimals
	whole *big.Rat  // the total
	flag  judging.Flag
}

// off stands in the place of a mark of what does not apply.
const off = -1

// piece is a work with all that was said of it.
type piece struct {
	id                            judging.WorkID
	category, group, unit, author string
	offset                        float64
	votes                         *int // of an audience; nil where none came in
	said                          []said
}

// drawn is a contest drawn at random.
type drawn struct {
	sheet  judging.Rules
	panels []int // of each judge
	senior []bool
	works  []piece
}

const (
	judges = 6
	copied = judging.Copied
)

var (
	categories = []string{"书法", "绘画", "征文"}
	groups     = []string{"小学组", "中学组"}
)

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// draw draws rules that a contest can run by, and what judges say by them.
func draw(seed uint64) drawn {
	r := rand.New(rand.NewPCG(seed, 20))
	d := drawn{sheet: judging.Rules{Title: "任意规则", PerWork: 5, TieAtCut: judging.TieShare}}
	s := &d.sheet
	drawRubrics(r, s)
	s.Combine = drawCombine(r)
	drawOptional(rand.New(rand.NewPCG(seed, 22)), s)
	s.TotalOnly = !s.Combine.ByCriterion && r.IntN(3) == 0
	ranks := s.Combine.Method == judging.RankSum
	if ranks {
		s.PerWork = judges
	}
	if !ranks && r.IntN(3) == 0 {
		s.Panels = []judging.Panel{{Name: "专家", Weight: 62.5}, {Name: "大众", Weight: 37.5}}
		s.Combine.Uniform = false
	}
	if !ranks && r.IntN(4) == 0 {
		s.Voting = pick(r, &voting.Rule{Kind: voting.Approval, Pass: pick(r, "2/3", "60%", "1/2")},
			&voting.Rule{Kind: voting.Approval}, &voting.Rule{Kind: voting.Votes, Votes: 1 + r.IntN(3)})
	}
	steps := slices.Clone(terms.TieSteps)
	r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	s.Ties = steps[:r.IntN(4)]
	s.TieAtCut = pick(r, judging.TieShare, judging.TieShare, judging.TieHold, judging.TieEmpty)
	s.TieTakesNext = s.TieAtCut == judging.TieShare && r.IntN(2) == 0
	s.Missing = judging.RankByRest
	if r.IntN(3) == 0 {
		s.Missing, s.MinScores = judging.NeedScores, 1+r.IntN(5)
	}
	drawAwards(r, s, ranks)
	drawWhole(rand.New(rand.NewPCG(seed, 22)), s)
	for range judges {
		d.panels, d.senior = append(d.panels, r.IntN(2)), append(d.senior, r.IntN(2) == 0)
	}
	d.panels[0], d.panels[1], d.panels[2] = 0, 1, 0
	d.drawWorks(r)
	if !ranks && s.Voting == nil {
		d.drawAudience(rand.New(rand.NewPCG(seed, 21)))
	}
	return d
}

// drawAudience draws what votes of an audience are worth, for one contest of three, and the votes.
func (d *drawn) drawAudience(r *rand.Rand) {
	if r.IntN(3) > 0 {
		return
	}
	rule := audience.Rule{Weight: pick(r, 30, 50, 12.5, 40, 99.9999), By: pick(r, audience.Ways...)}
	switch rule.By {
	case audience.Places:
		rule.Steps = []audience.Step{{At: 1, Mark: 100}, {At: 3, Mark: 75.5}, {At: 4, Mark: 12.5}}
	case audience.Bands:
		rule.Steps = []audience.Step{{At: 1000, Mark: 100}, {At: 300, Mark: 33.3333}, {At: 0, Mark: 5}}
	}
	if r.IntN(3) == 0 {
		rule.Least = pick(r, 1, 100, 300)
	}
	if r.IntN(3) == 0 {
		rule.Most = pick(r, 300, 700, 1000)
	}
	d.sheet.Audience = &rule
	for i := range d.works {
		if r.IntN(10) > 0 {
			d.works[i].votes = new(pick(r, 0, 7, 99, 100, 300, 301, 700, 999, 1000, 12345))
		}
	}
}

func drawRubrics(r *rand.Rand, s *judging.Rules) {
	for i, name := range categories[:1+r.IntN(3)] {
		c := judging.Category{Name: name, Prefix: string(rune('A' + i)), Rubric: name}
		s.Categories = append(s.Categories, c)
		if r.IntN(2) == 0 {
			s.Categories[i].Groups = groups[:1+r.IntN(2)]
		}
		scale := pick(r, 100.0, 10, 30)
		rubric := judging.Rubric{Scale: scale, Step: pick(r, 1, .5), Criteria: []judging.Criterion{
			{Name: "主题", Weight: scale * .6}, {Name: "技法", Weight: scale * .4},
		}}
		if r.IntN(3) == 0 {
			rubric.Least = scale * .4
			for k := range rubric.Criteria {
				rubric.Criteria[k].Least = rubric.Criteria[k].Weight / 2
			}
		}
		if r.IntN(3) == 0 {
			rubric.Vetoes = []terms.Veto{{Flag: string(copied), Judges: 1 + r.IntN(2)}}
		}
		s.Rubrics = append(s.Rubrics, judging.NamedRubric{Name: name, Rubric: rubric})
	}
	for _, g := range groups {
		s.Groups = append(s.Groups, judging.GroupRule{Name: g})
	}
}

// drawOptional lets a criterion of some rubrics not apply.
func drawOptional(r *rand.Rand, s *judging.Rules) {
	for i := range s.Rubrics {
		if r.IntN(2) == 0 {
			s.Rubrics[i].Criteria[r.IntN(2)].Optional = true
			s.Combine.Uniform = s.Combine.Uniform && !s.Combine.ByCriterion
		}
	}
}

func drawCombine(r *rand.Rand) judging.Combine {
	c := judging.Combine{Method: pick(r, judging.Mean, judging.Trimmed, judging.Trimmed, judging.Median, judging.Best,
		judging.RankSum), Decimals: 1 + r.IntN(4)}
	switch c.Method {
	case judging.RankSum:
		return c
	case judging.Trimmed:
		c.TrimFrom, c.Uniform = 3+r.IntN(3), r.IntN(3) == 0
		if r.IntN(2) == 0 {
			c.DropLow, c.DropHigh = r.IntN(3), r.IntN(3)
			low, high := c.Trims()
			c.TrimFrom = max(c.TrimFrom, low+high+1)
		}
	case judging.Best:
		c.Best = 1 + r.IntN(4)
	}
	c.ByCriterion = r.IntN(3) == 0
	c.Decimals -= r.IntN(2)
	return c
}

func drawShare(r *rand.Rand, s judging.Rules, ranks bool) judging.Share {
	if s.Voting != nil && s.Voting.Pass != "" && r.IntN(3) == 0 {
		return judging.Share{Passed: true}
	}
	out := judging.Share{Count: 1 + r.IntN(3)}
	if r.IntN(2) == 0 {
		out = judging.Share{Percent: pick(r, 5, 12.5, 20, 33.3333, 10),
			Rounding: pick(r, "", judging.Down, judging.Nearest, judging.Up)}
	}
	if !ranks && r.IntN(3) == 0 {
		out.MinScore = pick(r, 4, 6.5, 60, 75)
	}
	if s.Voting != nil && s.Voting.Kind == voting.Votes {
		out.MinScore = min(out.MinScore, float64(s.PerWork))
	}
	return out
}

func drawAwards(r *rand.Rand, s *judging.Rules, ranks bool) {
	for _, name := range []string{"一等奖", "二等奖", "三等奖"}[:1+r.IntN(3)] {
		s.Awards = append(s.Awards, judging.Award{Name: name, Share: drawShare(r, *s, ranks)})
		if r.IntN(3) == 0 {
			c := pick(r, s.Categories...)
			q := judging.Quota{Award: name, Category: c.Name, Share: drawShare(r, *s, ranks)}
			if len(c.Groups) > 0 && r.IntN(2) == 0 {
				q.Group = pick(r, c.Groups...)
			}
			s.Quotas = append(s.Quotas, q)
		}
	}
	if t := drawTotal(r, *s); r.IntN(2) == 0 && len(judging.Rules.Check(with(*s, t))) == 0 {
		s.Totals = append(s.Totals, t)
	}
	if r.IntN(3) == 0 {
		s.Specials = append(s.Specials, terms.SpecialPrize{Name: "最佳提名奖", By: terms.ByNomination})
	}
	scoreless := s.Voting != nil || ranks
	if !scoreless && !s.TotalOnly && r.IntN(3) == 0 {
		s.Specials = append(s.Specials, terms.SpecialPrize{Name: "最佳技法奖", By: terms.ByCriterion, Criterion: "技法",
			Count: 1 + r.IntN(2), Per: pick(r, terms.PerContest, terms.PerCategory, terms.PerUnit)})
	}
	if !scoreless && r.IntN(3) == 0 {
		s.Specials = append(s.Specials, terms.SpecialPrize{Name: "全场大奖", By: terms.ByScore,
			Count: 1 + r.IntN(2), Per: pick(r, terms.PerContest, terms.PerGroup, terms.PerUnit)})
	}
}

// drawTotal draws a total over some awards, which may be none that can be meant.
func drawTotal(r *rand.Rand, s judging.Rules) (t terms.AwardTotal) {
	for _, a := range s.Awards[r.IntN(len(s.Awards)):] {
		t.Awards = append(t.Awards, a.Name)
	}
	t.Share = judging.Share{Count: 2 + r.IntN(4)}
	if r.IntN(2) == 0 {
		t.Share = judging.Share{Percent: pick(r, 15.0, 30, 40, 60), Rounding: pick(r, "", judging.Down, judging.Up)}
	}
	return t
}

func with(s judging.Rules, t terms.AwardTotal) judging.Rules {
	s.Totals = []terms.AwardTotal{t}
	return s
}

// drawWorks draws works and what is said of them; marks are few, so that many works are equal.
func (d *drawn) drawWorks(r *rand.Rand) {
	for n := range 6 + r.IntN(12) {
		p := piece{
			id: judging.WorkID(fmt.Sprintf("w%06d", n+1)), category: pick(r, d.sheet.Categories...).Name,
			group: pick(r, groups...), unit: fmt.Sprintf("示例第%d小学", r.IntN(3)+1),
			author: fmt.Sprintf("甲某%d", n+1), offset: pick(r, 0, 0, 0, -.5, 1.25, -300),
		}
		if d.sheet.Voting != nil {
			p.offset = 0
		}
		mute := r.IntN(9) == 0
		for j := range judges {
			if mute || d.sheet.Combine.Method != judging.RankSum && r.IntN(4) == 0 {
				continue
			}
			p.said = append(p.said, d.drawSaid(r, p.category, j))
		}
		d.works = append(d.works, p)
	}
}

func (d *drawn) drawSaid(r *rand.Rand, category string, judge int) (s said) {
	s.judge = judge
	if v := d.sheet.Voting; v != nil {
		s.total = pick(r, voting.For, voting.For, voting.Against)
		if v.Kind == voting.Approval {
			s.total = pick(r, s.total, voting.Unsure)
		}
		s.marks, s.whole = []float64{s.total}, exact(s.total)
		return s
	}
	rubric := d.sheet.RubricOf(category)
	if r.IntN(8) == 0 {
		s.flag = copied
	}
	apply := 0.0
	for _, c := range rubric.Criteria {
		least, most := c.Within(c.Weight)
		steps := int((most - least) / rubric.Step)
		mark := least + rubric.Step*float64(steps-r.IntN(min(steps, 3)+1))
		if c.Optional && r.IntN(3) == 0 {
			s.marks = append(s.marks, off)
			continue
		}
		s.marks, s.total, apply = append(s.marks, mark), s.total+mark, apply+c.Weight
	}
	s.whole = new(big.Rat).Mul(exact(s.total), new(big.Rat).Quo(exact(rubric.Scale), exact(apply)))
	s.total, _ = halfUp(s.whole, 4).Float64()
	if d.sheet.TotalOnly && r.IntN(4) == 0 {
		s.marks, s.whole = nil, exact(s.total)
		if s.total != math.Trunc(s.total) { // a total is typed in whole steps
			s.total = math.Trunc(s.total)
			s.whole = exact(s.total)
		}
	}
	return s
}
