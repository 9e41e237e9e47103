package works

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// workQuicks counts works by state, each work once; a state nobody is in is left out.
func workQuicks(m *worksMedia, all []judging.Work) []kit.Quick {
	t := m.sh
	out := []kit.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	add := func(state, title string, tone kit.Tone) {
		if n := len(m.rows(all, kit.Filter{Quick: state})); n > 0 {
			out = append(out, kit.Quick{Key: state, Title: title, Count: n, Tone: tone})
		}
	}
	add(unseen, t.T("app.state_waiting", nil), kit.Info)
	for _, s := range []judging.WorkStatus{judging.Accepted, judging.Returned, judging.Rejected, judging.Withdrawn} {
		add(string(s), page.StatusWord(t, s), page.StatusTone(s))
	}
	add(page.NoFiles, t.T("app.no_files", nil), kit.Waiting)
	return out
}
