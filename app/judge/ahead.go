package judge

import (
	"fayi/app/judge/form"
)

// retype types strokes from where the cursor is. When they fill a ballot, those after it go to the next work.
func (s *sheet) retype(strokes []form.Stroke) {
	for i, k := range strokes {
		if !s.shown() {
			if next := s.desk.sheet; next != nil {
				next.retype(strokes[i:])
			}
			return
		}
		if !s.ready || !s.form.Retype(k) {
			s.form.Keep(strokes[i:]) // until the ballot was read
			return
		}
	}
}
