package comparisons

import (
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// Line is where an award ends in a list, with the works near it that may be compared.
type Line struct {
	Why      string           `json:"why"` // compared.ForTie or ForDoubt
	Category string           `json:"category"`
	Group    string           `json:"group,omitempty"`
	Award    string           `json:"award"`
	Places   int              `json:"places"` // how many of the works the award has room for
	Works    []judging.WorkID `json:"works"`  // by identity
	Codes    []string         `json:"codes"`  // as people call them, in the same order
	Able     []Able           `json:"able"`   // who may be asked, by identity
	Open     string           `json:"open,omitempty"`
}

// List is the name of the line's list.
func (l Line) List() string { return strings.TrimSpace(l.Category + " " + l.Group) }

// Lines lists the lines of the present round that are worth comparing at: ties first, then doubts, each in the order of
// the lists. Open names the comparison that is under way there, Able who may be asked. Errors: Clash where the official
// method can't compare the judges.
func (o Stage) Lines(ctx context.Context) ([]Line, error) {
	out, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Line, error) {
		return tiesIn(ctx, records.ReadingOf(tx))
	})
	if err != nil {
		return nil, err
	}
	doubts, err := o.doubts(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, doubts...)
	return out, o.rec.DB.View(ctx, func(tx store.Tx) error {
		r := records.ReadingOf(tx)
		contest, err := records.LoadContest(tx)
		for i := range out {
			if err == nil {
				out[i].Able, err = ablesOf(r, contest.Round, out[i])
			}
		}
		return records.FirstError(err, nameLines(tx, out))
	})
}

// nameLines says of each line what its works are called and which comparison is open there.
func nameLines(tx store.Tx, lines []Line) error {
	open, err := compared.RunningIn(tx)
	if err != nil {
		return err
	}
	_, works, err := records.ReadingOf(tx).Works()
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		l.Codes = make([]string, len(l.Works))
		for k, id := range l.Works {
			l.Codes[k] = string(works[id].Code)
		}
		for _, c := range open {
			if l.of(c) {
				l.Open = c.ID
			}
		}
	}
	return nil
}

// of reports whether a comparison is at this line.
func (l Line) of(c compared.Comparison) bool {
	return c.Why == l.Why && c.Category == l.Category && c.Group == l.Group && c.Award == l.Award
}

// tiesIn lists the lines that works tied across them leave open. Nothing is tied where no work has a score.
func tiesIn(ctx context.Context, r *records.Reading) ([]Line, error) {
	out := []Line{}
	c, err := records.LoadContest(r.Tx)
	if err != nil {
		return nil, err
	}
	made, err := awards.Decide(ctx, r, c.Round)
	for _, d := range made {
		for _, n := range d.Notes {
			if !strings.HasPrefix(n.Why, "awards.tie_") || len(n.Works) < 2 {
				continue
			}
			l := Line{Why: compared.ForTie, Category: d.Category, Group: d.Group, Award: n.Award, Places: n.Places,
				Works: slices.Sorted(slices.Values(n.Works))}
			for _, g := range d.Grants {
				if g.Award == n.Award && g.DecidedBy == "quota" && !slices.Contains(n.Works, g.Work) {
					l.Places--
				}
			}
			if l.Places > 0 && l.Places < len(l.Works) {
				out = append(out, l)
			}
		}
	}
	return out, err
}

// doubts lists the lines that the scores leave open; none in a round without marks, or where they say nothing.
func (o Stage) doubts(ctx context.Context) ([]Line, error) {
	a, err := results.Of(o.rec).Analyse(ctx, results.AnalysisRequest{})
	if code := judging.CodeOf(err); code == judging.Invalid || code == judging.Clash || code == judging.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Line
	for _, list := range a.Lists {
		var placed []judging.WorkID
		for _, s := range a.Standings {
			if s.Category == list.Category && s.Group == list.Group && s.Place > 0 {
				placed = append(placed, s.Work)
			}
		}
		for _, cut := range list.Cuts {
			if l, ok := doubtAt(cut, placed); ok {
				l.Category, l.Group = list.Category, list.Group
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// doubtAt is the line below an award with the works whose side of it is open; where all of them are on one side, with
// the nearest on the other. placed is the list, best first.
func doubtAt(cut results.Cut, placed []judging.WorkID) (Line, bool) {
	if len(cut.Doubtful) == 0 || cut.Places < 1 || cut.Places >= len(placed) {
		return Line{}, false
	}
	open := slices.Clone(cut.Doubtful)
	within := func() (n int) {
		for _, id := range placed[:cut.Places] {
			if slices.Contains(open, id) {
				n++
			}
		}
		return n
	}
	switch within() {
	case 0:
		open = append(open, placed[cut.Places-1])
	case len(open):
		open = append(open, placed[cut.Places])
	}
	slices.Sort(open)
	return Line{Why: compared.ForDoubt, Award: cut.Award, Places: within(), Works: open}, true
}

// tieNow is the line of a comparison as the scores stand now. Errors: Clash when there is no such tie any more, or
// other works share it.
func tieNow(ctx context.Context, r *records.Reading, c compared.Comparison, in []judging.WorkID) (Line, error) {
	all, err := tiesIn(ctx, r)
	if err != nil {
		return Line{}, err
	}
	in = slices.Sorted(slices.Values(in))
	for _, l := range all {
		if l.of(c) && slices.Equal(l.Works, in) {
			return l, nil
		}
	}
	return Line{}, judging.Fail(judging.Clash, "compare.tie_changed", nil)
}

// rulingsOf are the rulings that give winners their award.
func rulingsOf(c compared.Comparison, winners []judging.WorkID, reason string) (out []award.Ruling) {
	for _, w := range winners {
		out = append(out, award.Ruling{Kind: award.RuleGive, Work: w, Award: c.Award, Reason: reason})
	}
	return out
}
