package room

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/room/host"
)

// Ways in which a room is sent over the network.
const (
	wayPlain  = "plain"  // HTTP
	wayOwn    = "own"    // HTTPS, by the contest's own authority
	wayOffice = "office" // HTTPS, by a certificate that the office has
)

// safety asks how what is sent is kept from others on the network, and says what each way takes.
type safety struct {
	sh    kit.Shell
	way   string
	files host.Secure // of the office
	note  *fyne.Container
	whole fyne.CanvasObject
}

func newSafety(sh kit.Shell, way string, files host.Secure) *safety {
	if way == "" {
		way = wayPlain
	}
	s := &safety{sh: sh, way: way, files: files, note: lay.Stack(lay.Gap4)}
	var options []choice.Option
	for _, w := range []string{wayPlain, wayOwn, wayOffice} {
		options = append(options, choice.Option{Key: w, Title: sh.T("roompage.way_"+w, nil)})
	}
	ways := choice.NewSegments(options, way, func(key string) {
		s.way = key
		s.draw(false)
	})
	s.whole = lay.Stack(
		lay.Gap4, look.NewText(sh.T("roompage.way", nil), look.Body, look.Plain), lay.Row(0, ways), s.note,
	)
	s.draw(false)
	return s
}

// draw says what the way takes; missing says loudly which files an office still has to choose.
func (s *safety) draw(missing bool) {
	s.note.RemoveAll()
	defer s.note.Refresh()
	if s.way == wayPlain {
		s.note.Add(newPlainWarning(s.sh))
		return
	}
	s.note.Add(look.NewPara(s.sh.T("roompage.way_text_"+s.way, nil), look.Body, look.Quiet, 48).Fluid())
	if s.way == wayOwn {
		return
	}
	for _, f := range []struct {
		key  string
		path *string
	}{{"cert", &s.files.Cert}, {"key", &s.files.Key}} {
		name, tone := s.sh.T("roompage.way_none", nil), look.Quiet
		if *f.path != "" {
			name, tone = filepath.Base(*f.path), look.Plain
		} else if missing {
			tone = look.Problem
		}
		choose := button.New(s.sh.T("roompage.way_"+f.key, nil), func() { s.choose(f.path) })
		s.note.Add(lay.Flow(lay.Gap8, choose, level(look.NewText(name, look.Body, tone), choose)))
	}
}

// level centres a text in the height of what it stands next to.
func level(text, with fyne.CanvasObject) fyne.CanvasObject {
	return lay.Row(0, lay.Blank(0, with.MinSize().Height), text)
}

func (s *safety) choose(into *string) {
	s.sh.OpenFile([]string{".pem", ".crt", ".cer", ".key"}, func(path string) {
		*into = path
		s.draw(false)
	})
}

// secure is what was chosen, nil for plain HTTP; false where a file is missing.
func (s *safety) secure() (*host.Secure, bool) {
	switch {
	case s.way == wayPlain:
		return nil, true
	case s.way == wayOwn:
		return &host.Secure{}, true
	case s.files.Cert == "" || s.files.Key == "":
		s.draw(true)
		lay.Reveal(s.note) // the button that was pressed is above it, and may be far
		return nil, false
	}
	return &host.Secure{Cert: s.files.Cert, Key: s.files.Key}, true
}

// newTrust says how devices come to trust an open room.
func newTrust(sh kit.Shell, t *host.Trust) fyne.CanvasObject {
	return lay.Stack(lay.Gap4,
		look.NewPara(sh.T("roompage.trust", judging.Args{"Page": t.Page}), look.Body, look.Plain, 48).Fluid(),
		look.NewPara(sh.T("roompage.trust_print", judging.Args{"Print": t.Print}), look.Note, look.Quiet, 48).Fluid())
}
