package works

import (
	"context"

	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/workfiles"
)

type mediaOffice interface {
	MeasureFiles(ctx context.Context, progress func(done, total int)) (workfiles.MeasureTally, error)
	MakeThumbnails(ctx context.Context, progress func(done, total int)) (workfiles.ThumbTally, error)
	CheckWorks(ctx context.Context) ([]workfiles.WorkCheck, error)
}

// unmet is the state of works whose files do not keep to what the rules require, in the filter.
const unmet = "unmet"

// worksMedia prepares the files of works in the background and knows what the rules' requirements find wanting.
type worksMedia struct {
	sh     kit.Shell
	office mediaOffice
	begun  bool
	short  map[judging.WorkID][]judging.Shortfall
	// works that nobody looked at, or that changed since: whatever their status, they wait for review
	waiting map[judging.WorkID]bool
	look    string // how works are to be looked at, from when one was here before
}

// prepare measures files and makes small pictures, once for the page; where something was measured, it asks again what
// is wanting and calls checked.
func (m *worksMedia) prepare(checked func()) {
	if m.begun {
		return
	}
	m.begun = true
	var found workfiles.MeasureTally
	m.sh.Run(m.sh.T("viewer.measuring", nil), func(ctx context.Context, progress kit.Progress) (err error) {
		found, err = m.office.MeasureFiles(ctx, progress)
		return err
	}, func(err error) {
		if err != nil {
			m.sh.ShowError(err)
			return
		}
		if found.Measured > 0 {
			m.check(checked)
		}
		m.sh.Run(m.sh.T("viewer.thumbing", nil), func(ctx context.Context, progress kit.Progress) error {
			_, err := m.office.MakeThumbnails(ctx, progress)
			return err
		}, m.sh.ShowError)
	})
}

// check asks what is wanting; checked is called when that differs from what was known.
func (m *worksMedia) check(checked func()) {
	var list []workfiles.WorkCheck
	m.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		list, err = m.office.CheckWorks(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // the list of works has shown the same error
		}
		if m.know(list) {
			checked()
		}
	})
}

// know keeps what is wanting, and reports whether that differs from what was known.
func (m *worksMedia) know(list []workfiles.WorkCheck) bool {
	before := m.short
	m.short = map[judging.WorkID][]judging.Shortfall{}
	same := len(before) == len(list)
	for _, c := range list {
		m.short[c.Work] = c.Shortfalls
		same = same && len(before[c.Work]) == len(c.Shortfalls)
	}
	return !same
}

// rows returns the works that f lets through.
func (m *worksMedia) rows(all []judging.Work, f kit.Filter) []judging.Work {
	state := f.Quick
	if state == "" || state == page.NoFiles {
		return page.WorkRows(all, f)
	}
	f.Quick = ""
	out := []judging.Work{}
	for _, w := range page.WorkRows(all, f) {
		if state == unmet && len(m.short[w.ID]) > 0 || m.stateOf(w) == state {
			out = append(out, w)
		}
	}
	return out
}

// unseen is the state of works that wait for review.
const unseen = "waiting"

// stateOf is the one state that a work is in: waiting for review, or what the review said.
func (m *worksMedia) stateOf(w judging.Work) string {
	if m.waiting[w.ID] {
		return unseen
	}
	return string(w.Status)
}

// state shows the state of a work.
func (m *worksMedia) state(w judging.Work) table.Cell {
	if m.waiting[w.ID] {
		return table.Cell{Text: m.sh.T("app.state_waiting", nil), Tone: look.Info}
	}
	return table.Cell{Text: page.StatusWord(m.sh, w.Status), Tone: page.StatusTone(w.Status)}
}

// quick is the filter's state for works that want something, none if there are no such works.
func (m *worksMedia) quick() []filter.Quick {
	if len(m.short) == 0 {
		return nil
	}
	return []filter.Quick{{Key: unmet, Title: m.sh.T("viewer.unmet", nil), Count: len(m.short), Tone: look.Waiting}}
}

// it says in words what a work's files want.
func (m *worksMedia) told(id judging.WorkID) []string {
	var out []string
	for _, s := range m.short[id] {
		text := m.sh.T(s.Text, s.Args)
		if s.File > 0 {
			text = m.sh.T("viewer.of_file", judging.Args{"N": s.File, "Text": text})
		}
		out = append(out, text)
	}
	return out
}
