package assignment

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// judgesPlan decides what a list of judges does, before anything is written.
type judgesPlan struct {
	req   JudgesRequest
	rules judging.Rules
	all   []judging.Judge // as they will be
	was   map[judging.JudgeID]judging.Judge
	said  map[string]judging.Conflict
	units map[string]bool // that works come from, folded
	names map[string]bool // of authors and teachers
	first map[int]judging.Place
	rows  []plannedJudge
	list  records.JudgeList
}

// plannedJudge is one row, with the place of its judge in all; -1: none.
type plannedJudge struct {
	JudgeOutcome
	at int
}

func newJudgesPlan(tx store.Tx, req JudgesRequest, rules judging.Rules) (*judgesPlan, error) {
	p := &judgesPlan{
		req: req, rules: rules, was: map[judging.JudgeID]judging.Judge{}, said: map[string]judging.Conflict{},
		units: map[string]bool{}, names: map[string]bool{}, first: map[int]judging.Place{},
	}
	f, err := loadField(tx)
	if err != nil {
		return nil, err
	}
	p.all = f.Judges
	for _, j := range f.Judges {
		p.was[j.ID] = j
	}
	for _, c := range f.Said {
		p.said[c.ID()] = c
	}
	for _, w := range f.Works {
		p.units[judging.Fold(w.Unit)], p.units[judging.Fold(w.Sender)] = true, true
		for _, name := range slices.Concat(w.Authors, w.Teachers) {
			p.names[judging.Fold(name)] = true
		}
	}
	return p, nil
}

func (p *judgesPlan) take(rows []table.JudgeRow) {
	for _, r := range rows {
		p.rows = append(p.rows, p.row(r))
	}
	for i, j := range p.all {
		before, old := p.was[j.ID]
		switch {
		case j.ID == "":
			p.list.Added = append(p.list.Added, j)
		case old && !sameJudge(before, j):
			p.list.Changed = append(p.list.Changed, records.JudgeChange{Before: before, After: p.all[i]})
		}
	}
}

// row decides about one row.
func (p *judgesPlan) row(r table.JudgeRow) plannedJudge {
	j := r.Judge
	out := plannedJudge{at: -1}
	out.JudgeOutcome = JudgeOutcome{
		Place: j.Source, Status: judging.RowRejected, Name: j.Name, Unit: j.Unit, Problems: r.Problems,
	}
	if r.Rejected() {
		return out
	}
	refuse := func(text string, args judging.Args) plannedJudge {
		out.Problems = append(out.Problems, judging.Problem{Place: out.Place, Text: text, Args: args, Fatal: true})
		return out
	}
	if err := checkJudge(&j, p.rules); err != nil {
		var told *judging.Error
		errors.As(err, &told)
		return refuse(told.Text, told.Args)
	}
	if j.Panel != "" && len(p.rules.Panels) == 0 {
		out.Problems = append(out.Problems, judging.Problem{
			Place: out.Place, Text: "judges.panel_unused", Args: judging.Args{"Value": j.Panel},
		})
	}
	at, doubtful := p.find(j)
	if doubtful && !p.req.Namesakes {
		return refuse("judges.namesake_row", judging.Args{"Name": j.Name})
	}
	if before, again := p.first[at]; again && at >= 0 {
		if other := p.merged(p.all[at], j); !sameJudge(p.all[at], other) {
			return refuse("judges.twice_differs", judging.Args{"Name": j.Name, "Row": before.Row})
		}
		out.Status, out.at = judging.RowUnchanged, at
		out.Problems = append(out.Problems, judging.Problem{
			Place: out.Place, Text: "judges.twice", Args: judging.Args{"Name": j.Name, "Row": before.Row},
		})
	} else if out.at = at; at < 0 {
		out.at, out.Status = len(p.all), judging.RowAccepted
		p.all = append(p.all, j)
	} else {
		old := p.all[at]
		p.all[at] = p.merged(old, j)
		out.Changes, out.Status = judgeChanges(old, p.all[at]), judging.RowChanged
		if sameJudge(old, p.all[at]) {
			out.Status = judging.RowUnchanged
		}
	}
	if _, again := p.first[out.at]; !again {
		p.first[out.at] = out.Place
	}
	out.Avoid = r.Avoid
	p.tellUnknown(&out)
	return out
}

// find looks for the judge that a row is about: of the same name and unit, or the same name and staff number or phone.
// doubtful says that one of the name is there who may be the same or not.
func (p *judgesPlan) find(j judging.Judge) (at int, doubtful bool) {
	name := judging.Fold(j.Name)
	same := func(a, b string) bool { return a != "" && judging.Fold(a) == judging.Fold(b) }
	differ := func(a, b string) bool { return a != "" && b != "" && judging.Fold(a) != judging.Fold(b) }
	for i, old := range p.all {
		if judging.Fold(old.Name) == name && same(old.Number, j.Number) {
			return i, false
		}
	}
	for i, old := range p.all {
		if judging.Fold(old.Name) != name || differ(old.Number, j.Number) {
			continue
		}
		if old.Key() == j.Key() || same(old.Phone, j.Phone) {
			return i, false
		}
		doubtful = doubtful || old.Unit == "" || j.Unit == ""
	}
	return -1, doubtful
}

// merged is a judge with what a row says of them. Blanks say nothing.
func (p *judgesPlan) merged(old, row judging.Judge) judging.Judge {
	j := old
	for _, f := range []struct {
		to   *string
		from string
	}{{&j.Unit, row.Unit}, {&j.Post, row.Post}, {&j.Phone, row.Phone}, {&j.Number, row.Number}, {&j.Panel, row.Panel}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if len(row.Categories) > 0 {
		j.Categories = row.Categories
	}
	if row.MaxLoad > 0 {
		j.MaxLoad = row.MaxLoad
	}
	j.Away = j.Away || row.Away
	if !sameJudge(old, j) {
		j.Source = row.Source
	}
	return j
}

// judgeChanges lists what differs, without the phone's digits.
func judgeChanges(a, b judging.Judge) []judging.WorkChange {
	var list []judging.WorkChange
	add := func(field, old, now string) {
		if old != now {
			list = append(list, judging.WorkChange{Field: field, Old: old, New: now})
		}
	}
	add("unit", a.Unit, b.Unit)
	add("post", a.Post, b.Post)
	add("phone", a.Phone, b.Phone)
	add("staff_no", a.Number, b.Number)
	add("categories", strings.Join(a.Categories, "、"), strings.Join(b.Categories, "、"))
	add("panel", a.Panel, b.Panel)
	add("max_load", strconv.Itoa(a.MaxLoad), strconv.Itoa(b.MaxLoad))
	if a.Away != b.Away {
		add("away", "", "√")
	}
	return list
}

// tellUnknown says of which units and people no work is there: a name may be misspelt.
func (p *judgesPlan) tellUnknown(out *plannedJudge) {
	for _, c := range out.Avoid {
		if len(p.units) == 0 || p.units[judging.Fold(c.Unit)] && c.Person == "" || p.names[judging.Fold(c.Person)] {
			continue
		}
		text := "judges.avoid_no_unit"
		if c.Person != "" {
			text = "judges.avoid_no_person"
		}
		out.Problems = append(out.Problems, judging.Problem{
			Place: out.Place, Text: text, Args: judging.Args{"Name": c.Unit + c.Person},
		})
	}
}

// writes reports whether the list changes anything.
func (p *judgesPlan) writes() bool {
	p.list.Conflicts = p.conflicts()
	return len(p.list.Added)+len(p.list.Changed)+len(p.list.Conflicts) > 0
}

// number gives the judges that are new their identities, from n on.
func (p *judgesPlan) number(n int) {
	p.list.Added = nil
	for i := range p.all {
		if p.all[i].ID == "" {
			p.all[i].ID = judging.JudgeID(judging.Serial("j", 3, n))
			p.list.Added = append(p.list.Added, p.all[i])
			n++
		}
	}
	p.list.Conflicts = p.conflicts()
}

// conflicts are those that the list declares and that nobody has declared or cleared.
func (p *judgesPlan) conflicts() []judging.Conflict {
	var list []judging.Conflict
	seen := map[string]bool{}
	for _, r := range p.rows {
		for _, c := range r.Avoid {
			c.Judge, c.Reason = p.all[r.at].ID, p.req.Reason
			key := strconv.Itoa(r.at) + c.ID()
			if _, known := p.said[c.ID()]; known || seen[key] {
				continue
			}
			seen[key] = true
			list = append(list, c)
		}
	}
	return list
}

// report fills in what became of the rows.
func (p *judgesPlan) report(report *JudgesReport) {
	report.List, report.Conflicts = p.list.ID, len(p.conflicts())
	for _, r := range p.rows {
		if r.at >= 0 {
			r.Judge = p.all[r.at].ID
		}
		report.Add(r.Status)
		report.Rows = append(report.Rows, r.JudgeOutcome)
	}
}
