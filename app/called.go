package app

import (
	"context"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// called returns what people call the judge, work, objection or ruling with an identity: a name, or the code of the
// work. What has no name of its own is called by its number.
func (s *Session) called(id string) (string, bool) {
	o := s.now()
	if o == nil || !office.IsIdentity(id) {
		return "", false
	}
	if names, err := office.Names(context.Background(), o); err == nil && names[id] != "" {
		return names[id], true
	}
	return s.app.T("kit.number", judging.Args{"N": strings.TrimLeft(id[1:], "0")}), true
}

// scope tells whose drafts are kept: those of the open contest.
func (s *Session) scope() string {
	if o := s.now(); o != nil {
		return o.Dir()
	}
	return ""
}
