package results

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/results"
)

// stateOpen narrows to works of which it is open on which side of an award line they belong.
const stateOpen = "open"

// fairnessList is a list with its works and what is said of its category.
type fairnessList struct {
	results.ListAnalysis
	name  string
	about results.CategoryAnalysis
	rows  []fairnessRow
}

// fairnessRow is a work with its place by the corrected scores and the awards whose lines it can't be separated from.
type fairnessRow struct {
	results.Standing
	corrected int // place in the list by corrected scores; 0 without
	open      []results.Chance
	cut       bool // an award line is right below its place
}

// fairnessLists cuts an analysis into its lists; a list without any score is left out.
func fairnessLists(a results.Analysis) []fairnessList {
	var out []fairnessList
	for _, l := range a.Lists {
		f := fairnessList{ListAnalysis: l, name: listName(l.Category, l.Group)}
		for _, c := range a.Categories {
			if c.Category == l.Category {
				f.about = c
			}
		}
		for _, s := range a.Standings {
			if s.Category == l.Category && s.Group == l.Group {
				f.rows = append(f.rows, fairnessRow{Standing: s, open: openAwards(s, l.Cuts)})
			}
		}
		f.place()
		if slices.ContainsFunc(f.rows, func(r fairnessRow) bool { return r.Corrected != nil }) {
			out = append(out, f)
		}
	}
	return out
}

func listName(category, group string) string { return strings.TrimSpace(category + " " + group) }

// openAwards are the awards of whose lines the scores don't show on which side the work belongs.
func openAwards(s results.Standing, cuts []results.Cut) []results.Chance {
	var out []results.Chance
	for k, c := range cuts {
		if slices.Contains(c.Doubtful, s.Work) && k < len(s.Chances) {
			out = append(out, s.Chances[k])
		}
	}
	return out
}

// place sets the places by corrected scores, and marks after which rows an award line comes.
func (l *fairnessList) place() {
	var scores []float64
	for _, r := range l.rows {
		if r.Corrected != nil {
			scores = append(scores, *r.Corrected)
		}
	}
	slices.SortFunc(scores, func(a, b float64) int { return cmp.Compare(b, a) })
	for i := range l.rows {
		r := &l.rows[i]
		if r.Corrected != nil {
			r.corrected = 1 + slices.Index(scores, *r.Corrected)
		}
		for _, c := range l.Cuts {
			last := i+1 == len(l.rows) || l.rows[i+1].Place > c.Places || l.rows[i+1].Place == 0
			r.cut = r.cut || r.Place > 0 && r.Place <= c.Places && last && c.Places > 0
		}
	}
}

// openRows are the works in doubt.
func (l fairnessList) openRows() []fairnessRow {
	return slices.DeleteFunc(slices.Clone(l.rows), func(r fairnessRow) bool { return len(r.open) == 0 })
}

func (l fairnessList) open() int { return len(l.openRows()) }

// mostNamed is how many works the sentence names: what a panel can look at again in one sitting.
const mostNamed = 3

// closest are the works in doubt, those of which the scores say least on which side of a line they belong first.
func (l fairnessList) closest() []fairnessRow {
	out := l.openRows()
	slices.SortStableFunc(out, func(a, b fairnessRow) int { return cmp.Compare(a.evenness(), b.evenness()) })
	return out
}

// evenness is how far the chances at its closest line are from even, 0 to 0.5.
func (r fairnessRow) evenness() float64 {
	least := 0.5
	for _, c := range r.open {
		least = min(least, math.Abs(c.P-0.5))
	}
	return least
}

// closestAward is the award at whose line the work is hardest to place.
func (r fairnessRow) closestAward() string {
	at := slices.MinFunc(r.open, func(a, b results.Chance) int {
		return cmp.Compare(math.Abs(a.P-0.5), math.Abs(b.P-0.5))
	})
	return at.Award
}

// say names the works that deserve another look, or says that none does.
func (l fairnessList) say(t kit.Texter) string {
	open := l.closest()
	if len(open) == 0 {
		return t.T("fair.say_settled", nil)
	}
	named := open[:min(len(open), mostNamed)]
	var works, lines []string
	for _, r := range named {
		works = append(works, t.T("kit.work", judging.Args{"Code": r.Code, "Title": brief(r.Title)}))
		if at := r.closestAward(); !slices.Contains(lines, at) {
			lines = append(lines, at)
		}
	}
	return t.T("fair.say_look", judging.Args{
		"Works": strings.Join(works, t.T("kit.comma", nil)), "Award": strings.Join(lines, t.T("kit.comma", nil)),
		"More": len(open) - len(named),
	})
}

// brief is as much of a title as a sentence bears that names several works; the table below has the whole.
func brief(title string) string {
	const most = 16
	if all := []rune(title); len(all) > most {
		return string(all[:most-1]) + "…"
	}
	return title
}

// scale runs from the first place to the last, with a line below each award. Words are the number of the last place
// that has the award.
func (l fairnessList) scale() chart.Scale {
	out := chart.Scale{Low: 0.5, High: float64(l.Ranked) + 0.5}
	for _, c := range l.Cuts {
		if c.Places > 0 && c.Places < l.Ranked {
			out.Lines = append(out.Lines, chart.ScaleLine{At: float64(c.Places) + 0.5, Text: fmt.Sprint(c.Places)})
		}
	}
	return out
}

// span draws the places between which the work may belong, its place as a dot and its place by corrected scores as
// a stroke.
func (r fairnessRow) span(l results.ListAnalysis) chart.Span {
	s := chart.Span{
		Drawn: r.Place > 0 && r.PlaceLo > 0, Low: float64(r.PlaceLo) - 0.5, High: float64(r.PlaceHi) + 0.5,
		At: float64(r.Place), Tone: look.Info, Rule: r.cut,
	}
	if also := float64(r.corrected); r.corrected > 0 && r.corrected != r.Place {
		s.Also = &also
	}
	if len(r.open) > 0 {
		s.Open, s.Tone = true, look.Waiting
	}
	return s
}

// cutWords writes the award lines: “一等奖到第 2 名、二等奖到第 6 名”.
func cutWords(t kit.Texter, cuts []results.Cut) string {
	var out []string
	for _, c := range cuts {
		out = append(out, t.T("fair.line", judging.Args{"Award": c.Award, "Places": c.Places}))
	}
	return strings.Join(out, t.T("kit.comma", nil))
}

func fairnessColumns(t kit.Texter) []table.Column[fairnessRow] {
	number := func(key string, least float32, of func(fairnessRow) table.Cell) table.Column[fairnessRow] {
		return table.Column[fairnessRow]{Title: t.T(key, nil), Min: least, Number: true, Cell: of}
	}
	return []table.Column[fairnessRow]{
		number("app.col_place", 3, func(r fairnessRow) table.Cell { return page.PlaceNumber(r.Place) }),
		number("fair.col_corrected", 5, func(r fairnessRow) table.Cell { return page.PlaceNumber(r.corrected) }),
		table.TextColumn(t.T("app.col_code", nil), 5, 0, func(r fairnessRow) string { return string(r.Code) }),
		table.TextColumn(t.T("app.col_title", nil), 8, 1, func(r fairnessRow) string { return r.Title }),
		{Title: "", Min: 12, Weight: 3},
		number("fair.col_range", 4.5, rangeCell),
		number("fair.col_chance", 4, func(r fairnessRow) table.Cell { return table.Cell{Text: chanceText(r)} }),
		{Title: t.T("fair.col_open", nil), Min: 11, Cell: func(r fairnessRow) table.Cell { return openCell(t, r) }},
	}
}

func rangeCell(r fairnessRow) table.Cell {
	if r.PlaceLo == 0 {
		return table.Cell{Text: "—", Tone: look.Quiet}
	}
	return table.Cell{Text: fmt.Sprintf("%d–%d", r.PlaceLo, r.PlaceHi), Tone: look.Quiet}
}

func chanceText(r fairnessRow) string {
	if r.Corrected == nil {
		return "—"
	}
	return percentOf(r.PAward)
}

// percentOf never says 0 % or 100 % of what is only nearly so.
func percentOf(p float64) string {
	switch {
	case p > 0 && p < 0.01:
		return "<1%"
	case p < 1 && p > 0.99:
		return ">99%"
	}
	return fmt.Sprintf("%.0f%%", 100*p)
}

// openCell names the award lines in doubt, the first to the last, with a hollow dot like the drawing's.
func openCell(t kit.Texter, r fairnessRow) table.Cell {
	if len(r.open) == 0 {
		return table.Cell{Text: t.T("fair.settled", nil), Tone: look.Quiet}
	}
	first, last := r.open[0].Award, r.open[len(r.open)-1].Award
	if first != last {
		first += "–" + last
	}
	return table.Cell{Text: t.T("fair.open", judging.Args{"Awards": first}), Tone: look.Waiting}
}
