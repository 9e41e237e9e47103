package app

import (
	"context"
	"regexp"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// identity is what an identity of the program looks like: w000012, j003, u001.
var identity = regexp.MustCompile(`^([wjbupn])[0-9]{3,6}$`)

// called returns what people call the judge, work, objection or ruling with an identity: a name, or the code of the
// work. What has no name of its own is called by its number.
func (s *Session) called(id string) (string, bool) {
	m := identity.FindStringSubmatch(id)
	o := s.now()
	if m == nil || o == nil {
		return "", false
	}
	switch m[1] {
	case "j":
		all, err := o.Assignment().Judges(context.Background())
		for _, j := range all {
			if err == nil && string(j.ID) == id {
				return j.Name, true
			}
		}
	case "w":
		return codeOf(o, judging.WorkID(id))
	case "b":
		board, err := o.Notices().ListNotices(context.Background())
		for _, x := range board.Objections {
			if err == nil && x.ID == id {
				return codeOf(o, x.Work)
			}
		}
	}
	return s.app.T("kit.number", judging.Args{"N": strings.TrimLeft(id[1:], "0")}), true
}

func codeOf(o *office.Office, id judging.WorkID) (string, bool) {
	all, err := o.Works(context.Background(), office.WorkFilter{})
	for _, w := range all {
		if err == nil && w.ID == id {
			return string(w.Code), true
		}
	}
	return "", false
}
