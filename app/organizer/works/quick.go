package works

import (
	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// workQuicks counts works by state, each work once; a state nobody is in is left out.
func workQuicks(m *worksMedia, all []judging.Work) []filter.Quick {
	t := m.sh
	out := []filter.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	add := func(state, title string, tone look.Tone) {
		if n := len(m.rows(all, kit.Filter{Quick: state})); n > 0 {
			out = append(out, filter.Quick{Key: state, Title: title, Count: n, Tone: tone})
		}
	}
	add(unseen, t.T("app.state_waiting", nil), look.Info)
	for _, s := range []judging.WorkStatus{judging.Accepted, judging.Returned, judging.Rejected, judging.Withdrawn} {
		add(string(s), page.StatusWord(t, s), page.StatusTone(s))
	}
	add(page.NoFiles, t.T("app.no_files", nil), look.Waiting)
	return out
}
